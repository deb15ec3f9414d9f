"""Lines and paragraphs: what lint finds in small layouts with one fault each, and in those without."""

import pytest
from laying import LINES_A_PAGE, codes, galley, paragraphs

from booklet.rags import judge_lines

LONG = '<p data-b="30">Denne teksten er lang nok til at den går over tre linjer i denne spalten, og så er den {}</p>'
BREAKING = "p { hyphens: auto }"
LADDER = "<p data-b='3' style='width: 21mm'>integreringen utdanningen opplæringen organisasjonen innvandringen alt</p>"
COMPOUND = "<p data-b='4' style='width: {}mm'>{}</p>"


def found(body: str, css: str = "", *exceptions: str) -> list[str]:
    """Return the faults of a layout."""
    return codes(list(judge_lines(galley(body, css), {"bærekraft": 1, "mål": 1}, exceptions)))


@pytest.mark.parametrize(("before", "widows", "orphans", "faults"), [
    (LINES_A_PAGE - 1, 1, 1, ["orphan 30"]),
    (LINES_A_PAGE - 2, 1, 1, ["widow 30"]),
    (LINES_A_PAGE - 2, 2, 2, []),
    (LINES_A_PAGE - 4, 1, 1, []),
])
def test_line_that_the_turn_of_a_page_leaves_alone(before: int, widows: int, orphans: int, faults: list[str]) -> None:
    body = paragraphs(before) + LONG.format("altså ferdig nå")
    assert found(body, f"p {{ widows: {widows}; orphans: {orphans} }}") == faults


@pytest.mark.parametrize(("end", "faults"), [
    ("altså ferdig nå", []), ("skrevet godt ut", []), ("skrevet nok ja", []),
])
def test_last_line_of_some_words_is_none_of_lints_matters(end: str, faults: list[str]) -> None:
    assert found(LONG.format(end)) == faults


@pytest.mark.parametrize(("last", "faults"), [
    ("ja.", ["short-last-line 2"]), ("u.å. b).", ["short-last-line 2"]), ("2019).", ["short-last-line 2"]),
    ("femte", []), ("et par ord", []),
])
def test_last_line_of_under_five_letters(last: str, faults: list[str]) -> None:
    assert found(f'<p data-b="2">Her kommer det noen ord<br>{last}</p>') == faults
    assert found(f'<h2 data-b="2">Her kommer det noen ord<br>{last}</h2>') == []
    assert found(f'<ul class="points"><li data-b="2">Her kommer det<br>{last}</li></ul>') == []


def test_last_line_of_half_a_word() -> None:
    body = "<p data-b='5' style='width: 19mm'>Her er integreringen</p>"
    assert found(body, BREAKING) == ["hyphenated-end 5"]
    assert found(body) == []


def test_more_than_two_hyphens_in_a_row() -> None:
    assert "hyphen-ladder 3" in found(LADDER, BREAKING)
    assert found(LADDER.replace("21mm", "60mm"), BREAKING) == []


def test_word_broken_over_the_turn_of_a_page() -> None:
    words = "Ord<br>Her er integreringen og litt mer av det som kommer"
    body = paragraphs(LINES_A_PAGE - 2) + f'<p data-b="30" style="width: 19mm">{words}</p>'
    assert found(body, BREAKING) == ["hyphen-at-turn 30"]
    assert found(body) == []


@pytest.mark.parametrize(("width", "exceptions", "faults"), [
    (27, (), ["bad-break 4"]), (50, (), []), (27, ("bærekraft-smål",), []),
])
def test_compound_broken_beside_its_joint(width: int, exceptions: tuple[str, ...], faults: list[str]) -> None:
    body = COMPOUND.format(width, "Alle bærekraftsmål og flere ord her")
    assert [one for one in found(body, BREAKING, *exceptions) if "break" in one] == faults


@pytest.mark.parametrize(("limits", "faults"), [("4 2 2", ["bad-break 4"]), ("6 3 3", [])])
def test_word_broken_near_its_end(limits: str, faults: list[str]) -> None:
    body = COMPOUND.format(19, "Det er nok kommunene alt")
    told = found(body, f"p {{ hyphens: auto; hyphenate-limit-chars: {limits} }}")
    assert [one for one in told if "break" in one] == faults
