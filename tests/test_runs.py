"""The record of a print run as text: what is written is read, whatever the words are."""

from pathlib import Path

import pytest

from booklet.collector import Collector
from booklet.findings import Position
from booklet.inventory import Inventory, Item, Part
from booklet.runs import Run, Stamp, joined, read_runs, write_run
from booklet.standings import Standing

HASH = "0123456789"
STAMP = Stamp("2019", "2", "500", "2019-06-03", "nb", "c", "s", "", "a.pdf", "d", "8", "print", "sheetfed", "p", "f")


def record(home: Path, *lines: str, key: str = "") -> Run:
    """Return a run with one block in some lines."""
    at = Position(home / "themes" / "en" / "text.md", 7)
    item = Item("paragraph", key, joined(lines), HASH, at, ("en.text/0",), ("en",))
    part = Part("en.text", "text", "en", "Tittel: «sagt» – og #gjort", Position(at.path), (item,))
    fact = Item("fact", "f-1", "65,0 prosent", HASH, Position(home / "facts.yaml"), ("facts/0",))
    facts = Part("facts", "facts", "", "facts", Position(home / "facts.yaml"), (fact,))
    return Run(
        STAMP, ("weasyprint 70.0",), (("en.text", "4"),), Inventory("nb", "2019", (part, facts)),
        {"en.text/0": (Standing("4", 51, 20.5, len(lines)),), "facts/0": (Standing("4", -1, -1),)},
        {"en.text/0": lines})


@pytest.mark.parametrize("lines", [
    ("En linje.",), ("Ord med inn¬", "byggere i to.", "Og en til."), ("- liste: [a] {b} & *c*", "# ikke en merknad"),
    ('"sitat" og \\ strek',), ("'enkelt'",), ("null",), ("2019",), ("Ja: no",), ("Å være",), ("…",),
], ids=lambda lines: lines[0])
@pytest.mark.parametrize("key", ["", "colophon Om: teksten"])
def test_record_is_read_as_it_was_written(lines: tuple[str, ...], key: str, tmp_path: Path) -> None:
    run = record(tmp_path, *lines, key=key)
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / "2019-2.yaml").write_text(write_run(run, tmp_path), encoding="utf-8")
    found = Collector()
    assert read_runs(tmp_path, found) == (run,) and found.findings == ()


def test_broken_words_are_joined() -> None:
    assert joined(("inn¬", "byggere bor", "her")) == "innbyggere bor her"
