"""The page budget: how many pages must be won, and where."""


import pytest
from laying import LINES_A_PAGE, UNIT, galley, paragraphs
from msgspec.structs import replace

from booklet.budget import advice, cuts_of, overrun
from booklet.galleys import Galley


def unit(name: str, lines: int, kind: str = "text") -> Galley:
    """Return a laid-out unit of some lines."""
    return galley(paragraphs(lines), unit=replace(UNIT, address=name, kind=kind))


LONG, SHORT, NOTES = unit("long", LINES_A_PAGE + 9), unit("short", LINES_A_PAGE + 2), unit("notes-1", 1, "notes")


@pytest.mark.parametrize(("budget", "multiple", "missing"), [
    (0, 4, 0), (5, 1, 0), (4, 1, 0), (3, 1, 1), (2, 1, 2), (3, 2, 2),
])
def test_pages_to_be_won(budget: int, multiple: int, missing: int) -> None:
    assert overrun([LONG, SHORT, NOTES], budget, multiple) == missing


def test_unit_with_the_fewest_words_on_its_last_page_comes_first() -> None:
    cuts = cuts_of([LONG, unit("one", 3), SHORT])
    assert [(cut.unit.address, cut.lines, cut.words) for cut in cuts] == [("short", 2, 4), ("long", 9, 18)]
    assert advice(cuts, 1) == "cut 4 words of 'short', 18 words of 'long': a page each"
    assert advice((), 1) == "leave a text out"
