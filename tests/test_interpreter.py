"""Content streams, followed: where things land, in which ink, how large, and what lies below them."""

import pytest
from faulty import BLEED, HEIGHT, WIDTH, Draft
from pikepdf import Array, Dictionary, Name

from booklet.canvas import Canvas, Mark
from booklet.interpreter import paint
from booklet.plane import MM, Box

ROOM = 2 * BLEED
SHEET = Box(0, 0, WIDTH + 2 * ROOM, HEIGHT + 2 * ROOM)


def painted(content: str, draft: Draft | None = None) -> Canvas:
    """Return what a page paints beyond the good page's own tint and text."""
    draft = draft or Draft(1, content)
    return next(iter(paint(draft.pdf, [SHEET])))


def last(content: str, draft: Draft | None = None) -> Mark:
    """Return the mark painted last."""
    return painted(content, draft).marks[-1]


def test_text_is_as_large_as_all_matrices_make_it() -> None:
    mark = last("q 2 0 0 2 0 0 cm BT /F 3 Tf 0 2 -2 0 40 40 Tm (A) Tj ET Q")
    assert mark.size == pytest.approx(12)
    assert mark.box.height == pytest.approx(6)


def test_word_spaces_and_kerning_move_what_follows() -> None:
    plain, spaced = last("BT /F 10 Tf 40 40 Td (AA) Tj ET"), last("BT /F 10 Tf 40 40 Td [(A) -1000 (A)] TJ ET")
    assert spaced.box.width - plain.box.width == pytest.approx(10)


def test_state_comes_back_with_its_brackets() -> None:
    mark = last("1 0 0 0 k q 0 1 0 0 k Q 40 40 9 9 re f")
    assert mark.colour is not None
    assert mark.colour.inks == {"Cyan": 1}


def test_brackets_of_a_form_do_not_reach_beyond_it() -> None:
    draft = Draft(1, "1 0 0 0 k q /Fm Do Q 40 40 9 9 re f")
    draft.add("XObject", "Fm", draft.form("Q Q Q 0 1 0 0 k"))
    mark = last("", draft)
    assert mark.colour is not None
    assert mark.colour.inks == {"Cyan": 1}


def test_what_is_clipped_away_is_not_painted() -> None:
    count = len(painted("").marks)
    assert len(painted("10 10 5 5 re W n 100 100 9 9 re f").marks) == count


def test_picture_is_as_sharp_as_the_matrix_lets_it() -> None:
    draft = Draft(1, "q 0 36 -72 0 100 40 cm /Im Do Q")
    draft.add("XObject", "Im", draft.image(100, 100))
    picture = last("", draft).picture
    assert picture is not None
    assert picture.ppi == pytest.approx(100)


def test_indexed_colour_is_what_its_table_says() -> None:
    draft = Draft(1, "/I cs 1 sc 40 40 9 9 re f")
    draft.add("ColorSpace", "I", Array([Name.Indexed, Name.DeviceCMYK, 1, b"\0\0\0\0\xff\0\0\0"]))
    mark = last("", draft)
    assert mark.colour is not None
    assert mark.colour.inks == {"Cyan": 1}


def test_what_lies_below_is_the_uppermost_that_covers_the_point() -> None:
    canvas = painted("1 0 0 0 k 40 40 60 60 re f 0 0 0 0 k 50 50 10 10 re f 0 0 0 1 k 40 40 60 60 re f")
    index = len(canvas.marks) - 1
    assert canvas.below(index, ROOM + 55, ROOM + 55) is None
    assert canvas.below(index, ROOM + 45, ROOM + 45) is not None


def test_four_marks_in_one_path_are_four_pieces() -> None:
    mark = last("1 w 10 10 m 10 20 l 90 90 m 90 99 l S")
    assert [round(part.left - ROOM, 1) for part in mark.parts()] == [9.5, 89.5]


def test_glyphs_that_are_drawn_are_followed() -> None:
    draft = Draft(1, "BT /T 20 Tf 40 60 Td (a) Tj ET")
    draft.add("Font", "T", Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontMatrix=Array([0.01, 0, 0, 0.01, 0, 0]), FontBBox=Array([0, 0, 99, 99]),
        CharProcs=Dictionary(a=draft.stream("100 0 d0 0 1 0 0 k 0 0 100 100 re f")), FirstChar=97, LastChar=97,
        Widths=Array([100]), Encoding=Dictionary(Differences=Array([97, Name.a]))))
    mark = last("", draft)
    assert mark.where == "Type 3 font"
    assert (mark.box.width, round((mark.box.left - ROOM) / MM, 2)) == (pytest.approx(20), round(40 / MM, 2))


def test_nonsense_is_a_remark() -> None:
    for content in ("1 0 (a) cm", "/X gs", "q [ 1 2", "BT (a) Tj ET", "BI /W 1 ID", "<zz> Tj", "/Im Do"):
        assert isinstance(painted(content).remarks, list)
