"""What pages are made from: the state in which each begins, and whatever was looked at for it."""

from collections.abc import Iterator

import pytest
from laying import LINE, job, paragraphs

from booklet import engine
from booklet.daybook import Desk, Leaf

BODY = f"""{paragraphs(16, "Linje.")}<p>Ord<span class="note">Ei note.</span>.</p><p id="split">{LINE} {LINE} {LINE}</p>
<table><tr><td id="cell">{LINE}</td><td>To</td></tr></table><div class="row"><p id="flex">Ved siden</p></div>
<p class="wide"><span id="float">Flyter</span></p>{paragraphs(5, "Linje.")}<p id="last">{LINE}</p>
<div class="row drift"><p id="adrift">Til side</p></div><div class="row aloft"><p id="aloft">Over</p></div>
<p>Midt <span class="inner"><span id="inner">inne</span></span> i linja</p>"""
CSS = """.row { display: flex } .drift { float: right } .aloft { position: absolute; top: 0 }
.inner { display: inline-flex } #float { float: left } @page { @top-left { content: 'Hode' } }"""


@pytest.fixture
def leaves() -> Iterator[list[Leaf]]:
    """Return what was written down of a unit of two pages and some lines."""
    engine.keep_pages()
    engine.press(job(BODY, CSS, mend=(0.02, 5)))
    stock = engine._engine().stock
    assert stock is not None
    kept, = stock._kept.values()
    yield kept._leaves


def touching(leaves: list[Leaf], name: str) -> list[int]:
    """Return the pages that looked at an element."""
    return [number for number, leaf in enumerate(leaves)
            if any(element is not None and element.get("id") == name for element in leaf.touched)]


def test_pages_know_which_blocks_they_looked_at(leaves: list[Leaf]) -> None:
    assert len(leaves) == 2
    names = "cell", "flex", "float", "last", "adrift", "aloft", "inner"
    assert {name: touching(leaves, name) for name in names} == {name: [1] for name in names}
    assert touching(leaves, "split")[0] == 0, "it was looked at to see whether it has room"


def test_page_begins_where_the_one_before_ended(leaves: list[Leaf]) -> None:
    assert leaves[0].state[0] is None and leaves[1].state[0] is not None
    assert len(leaves[0].notes[0]) == 1 and not leaves[1].notes[0], "the note stands on the first page"


def test_pages_that_begin_otherwise_are_not_alike(leaves: list[Leaf]) -> None:
    assert leaves[0].begins_as(leaves[0]) and not leaves[0].begins_as(leaves[1])
    one = leaves[1]
    for name, value in (("notes", ([], [object()])), ("chosen", [((0,), None)]), ("running", {"x": {1: [one.box]}})):
        before = getattr(one, name)
        other = object.__new__(Leaf)
        other.__dict__.update(one.__dict__, **{name: value})
        assert before != value and not one.begins_as(other) and not other.begins_as(one)


def test_nobody_writes_when_all_is_done(leaves: list[Leaf]) -> None:
    assert Desk.scribe is None


def test_nobody_writes_after_a_unit_that_ended_wrongly(monkeypatch: pytest.MonkeyPatch) -> None:
    engine.keep_pages()
    monkeypatch.setattr(engine.weasyprint.document, "build_formatting_structure", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        engine.press(job(BODY, CSS))
    assert Desk.scribe is None
