"""The author's exceptions of hyphenation."""

from pathlib import Path

from booklet.collector import Collector
from booklet.lexicon import read_exceptions
from booklet.source import open_shelf


def reading(home: Path, text: str) -> tuple[tuple[str, ...], list[str]]:
    """Return what a file of exceptions says, and the findings about it."""
    (home / "hyphenation.yaml").write_text(text, encoding="utf-8")
    found = Collector()
    shelf = open_shelf(home, found)
    assert shelf
    return read_exceptions(shelf, found), [finding.code for finding in found.findings]


def test_file_of_exceptions(tmp_path: Path) -> None:
    assert reading(tmp_path, "words: [bærekrafts-mål*, nett-verk]") == (("bærekrafts-mål*", "nett-verk"), [])
    assert reading(tmp_path, "words: [bærekrafts mål, 'a--b']")[1] == ["bad-hyphenation", "bad-hyphenation"]
    assert reading(tmp_path, "word: [a-b]")[1] == ["unknown-key"]


def test_folder_without_exceptions(tmp_path: Path) -> None:
    shelf = open_shelf(tmp_path, Collector())
    assert shelf and read_exceptions(shelf, Collector()) == ()
