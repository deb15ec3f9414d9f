"""Text in pure black is marked in a page's content, and nothing else is."""

import pytest

from booklet.overprint import KNOCK, OVER, mark_black

BLACK, FJORD, WHITE, GREY = (f"{inks} scn" for inks in ("0 0 0 1", "0.92 0.45 0.2 0.3", "0 0 0 0", "0 0 0 0.35"))
TEXT = "BT\n1 0 0 -1 9 9 Tm\n/F 10 Tf\n[<0011>0<002d>0] TJ\nET"
MARKED = TEXT.replace("[<", "/Over gs\n[<") + "\n/Knock gs"


def marked(*parts: str) -> str:
    """Return content with its black text marked."""
    return b"\n".join(mark_black("\n".join(parts).encode().split(b"\n"))).decode()


def of(*parts: str) -> str:
    """Return content as it is expected."""
    return "\n".join(parts)


def test_black_text_is_marked_before_it_is_shown_and_closed_behind() -> None:
    assert marked("/DeviceCMYK cs", BLACK, TEXT) == of("/DeviceCMYK cs", BLACK, MARKED)


@pytest.mark.parametrize("colour", [
    FJORD, WHITE, GREY, "0 0 0 1.5 scn", "0.1 0 0 1 scn", "1 0 0 0 scn", "/p1 scn", "0 0 0 1 SCN", "1 scn"])
def test_other_text_is_not(colour: str) -> None:
    assert marked("/DeviceCMYK cs", colour, TEXT) == of("/DeviceCMYK cs", colour, TEXT)


def test_text_before_any_colour_is_not() -> None:
    assert marked(TEXT) == TEXT


def test_other_colour_ends_it() -> None:
    assert marked(BLACK, TEXT, FJORD, TEXT, BLACK, TEXT) == of(BLACK, MARKED, FJORD, TEXT, BLACK, MARKED)


def test_other_colour_space_ends_it() -> None:
    assert marked(BLACK, TEXT, "/Pattern cs", TEXT) == of(BLACK, MARKED, "/Pattern cs", TEXT)


def test_colour_of_lines_does_not_matter() -> None:
    assert marked(BLACK, "/DeviceCMYK CS", "0.1 0 0 0 SCN", TEXT) == of(
        BLACK, "/DeviceCMYK CS", "0.1 0 0 0 SCN", MARKED)


def test_state_that_is_restored_brings_its_colour_back() -> None:
    assert marked(BLACK, "q", WHITE, TEXT, "Q", TEXT) == of(BLACK, "q", WHITE, TEXT, "Q", MARKED)
    assert marked(WHITE, "q", BLACK, TEXT, "Q", TEXT) == of(WHITE, "q", BLACK, MARKED, "Q", TEXT)


def test_state_within_a_state_takes_its_colour_over() -> None:
    assert marked(BLACK, "q", "q", TEXT, FJORD, "Q", TEXT, "Q") == of(BLACK, "q", "q", MARKED, FJORD, "Q", MARKED, "Q")


def test_more_restored_than_saved_is_no_fault() -> None:
    assert marked("Q", BLACK, TEXT) == of("Q", BLACK, MARKED)


def test_all_of_a_text_stands_within_one_pair() -> None:
    inner = "[<01>] TJ\n(a) Tj\n1 0 0 -1 9 20 Tm\n[<02>] TJ"
    assert marked(BLACK, "BT", inner, "ET", TEXT) == of(BLACK, "BT", "/Over gs", inner, "ET", "/Knock gs", MARKED)


def test_colour_that_changes_within_a_text_opens_and_closes() -> None:
    assert marked("BT", BLACK, "[<01>] TJ", WHITE, "[<02>] TJ", BLACK, "[<03>] TJ", "ET") == of(
        "BT", BLACK, "/Over gs", "[<01>] TJ", WHITE, "/Knock gs", "[<02>] TJ", BLACK, "/Over gs", "[<03>] TJ", "ET",
        "/Knock gs")


def test_text_without_glyphs_is_left_as_it_is() -> None:
    assert marked(BLACK, "BT", "/F 10 Tf", "ET") == of(BLACK, "BT", "/F 10 Tf", "ET")


def test_black_areas_and_lines_are_left_as_they_are() -> None:
    areas = of(BLACK, "0 0 9 9 re", "f", "0 0 m", "9 9 l", "S", "/x1 Do", "/p1 sh")
    assert marked(areas) == areas


def test_hole_is_marked_like_any_text() -> None:
    """A number that is filled in later stands where its zeros were shown."""
    zeros = "[<0013>0<0013>0] TJ"
    assert marked(BLACK, "BT", "/F 9 Tf", zeros, "ET") == of(
        BLACK, "BT", "/F 9 Tf", "/Over gs", zeros, "ET", "/Knock gs")


def test_content_that_is_marked_and_unmarked_again_is_the_same() -> None:
    lines = of("q", BLACK, TEXT, "q", FJORD, TEXT, "Q", TEXT, "Q").encode().split(b"\n")
    assert [line for line in mark_black(lines) if line not in (OVER, KNOCK)] == lines
    assert mark_black(lines).count(OVER) == mark_black(lines).count(KNOCK) == 2
