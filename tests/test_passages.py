"""A passage scanned before is known by its words and its place, and what is wrong with it is told again."""

from pathlib import Path

from booklet.collector import Collector
from booklet.findings import Finding, Position
from booklet.manuscript import Line, Passage, Phrase
from booklet.passages import scan


def scanned(text: str, line: int = 1) -> tuple[Phrase, tuple[Finding, ...]]:
    """Return what a line of a file says, and what is wrong with it."""
    found = Collector()
    phrase = scan(Passage((Line(Path("a.md"), line, text),), text), found)
    return phrase, found.findings


def test_same_passage_is_scanned_once() -> None:
    assert scanned("[ord](b.md)")[0] is scanned("[ord](b.md)")[0]


def test_fault_is_told_each_time() -> None:
    findings = [scanned("et ord {.klasse}")[1] for _ in range(2)]
    assert [[one.code for one in told] for told in findings] == [["bad-attribute"], ["bad-attribute"]]


def test_passage_that_moved_tells_its_new_place() -> None:
    scanned("[ord](b.md)")
    moved, findings = scanned("[ord](b.md) {.klasse}", 7)
    assert moved.tokens[0].at.line == 7
    assert [one.position for one in findings] == [Position(Path("a.md"), 7, 13)]
