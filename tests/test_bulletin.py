"""What a comparison says at the terminal and to programs."""

import pytest
from making import AT, CONTENT, booklet

from booklet.bulletin import lines_of, record_of, wording_of
from booklet.comparison import Comparison, Told
from booklet.inventory import Inventory, Item
from booklet.revision import Change
from booklet.states import Desk, State
from booklet.verdict import Verdict

STATES = tuple(
    State(name, Inventory("nb", "2019", ()), "", Desk(CONTENT, CONTENT, None, None, lambda step: None), "", booklet())
    for name in ("run:2019-1", "content"))


def change(old: str, new: str) -> Change:
    """Return an edited paragraph of the first theme."""
    return Change("edited", "paragraph", "en", "en.text", *(
        Item("paragraph", "", text, text, AT, ("en.text#0",), ("en",)) for text in (old, new)))


def comparison(told: Told, *reflowed: str, restyled: bool = False) -> Comparison:
    """Return a comparison with one change."""
    old, new = STATES
    return Comparison(old, new, (told,), reflowed, restyled, Verdict("errata", ("why", "and why")), ())


@pytest.mark.parametrize(("old", "new", "told"), [
    ("en god dag", "en fin dag", "en [-god-] {+fin+} dag"),
    ("a b c d e f g h i j k x", "a b c d e f g h i j k y", "a b c d … h i j k [-x-] {+y+}"),
    ("ord", "ord", "ord"),
])
def test_words_that_changed_are_shown_among_their_neighbours(old: str, new: str, told: str) -> None:
    assert wording_of(change(old, new)) == told


def test_lines_begin_with_the_place_and_end_with_the_verdict() -> None:
    told = comparison(Told(change("a", "b"), ("8", "9"), ("10",)), "11", "12", "13", "20", restyled=True)
    assert list(lines_of(told)) == [
        "here.md:1: edited paragraph (p. 8–9, now p. 10): [-a-] {+b+}", "reflowed only: p. 11–13, 20",
        "the styles are not the same", "handouts to renew: hefte-2019-handout-en.pdf", "errata: why; and why"]


def test_record_has_numbers_for_pages() -> None:
    told = record_of(comparison(Told(change("a", "b"), ("8",), ("8", "ii")), "9"))
    (one,) = told["changes"]  # type: ignore[misc,attr-defined]
    assert (one["old_pages"], one["new_pages"], one["old_text"], one["new_text"]) == ([8], [8, "ii"], "a", "b")
    assert (told["old"], told["new"], told["verdict"], told["reflowed_pages"], told["units"]) == (
        "run:2019-1", "content", "errata", [9], ["en.text"])
