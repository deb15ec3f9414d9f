"""Where words may be broken: exceptions of the author, and compounds broken beside their joints."""

from pathlib import Path

import pytest

from booklet.collector import Collector
from booklet.source import open_shelf
from booklet.syllables import better_break, breaks_of, exceptions_in, is_exception, read_exceptions, words_with

KNOWN = {"bærekraft": 3, "arbeid": 2, "liv": 1, "distrikt": 1, "nettverk": 2, "ene": 1}


@pytest.mark.parametrize(("broken", "better"), [
    ("bærekraft-smål", "bærekrafts-mål"), ("bærekrafts-mål", ""), ("arbeidsli-vet", "arbeids-livet"),
    ("Distriktssen-teret", ""), ("Distrikt-ssenteret", "distrikts-senteret"), ("nettver-kene", ""),
    ("innvand-ring", ""), ("arbei-det", ""),
])
def test_break_beside_a_joint(broken: str, better: str) -> None:
    assert better_break(broken, KNOWN) == better


def test_exception_says_where_a_word_may_be_broken() -> None:
    assert breaks_of("bære-krafts-mål") == (4, 10)
    assert breaks_of("ord*") == ()


@pytest.mark.parametrize(("broken", "word", "right"), [
    ("Bærekrafts-mål", "bærekrafts-mål", True), ("bærekraft-smål", "bærekrafts-mål", False),
    ("bærekrafts-målene", "bærekrafts-mål*", True), ("bærekrafts-målene", "bærekrafts-mål", False),
])
def test_break_that_the_author_wants(broken: str, word: str, right: bool) -> None:
    assert is_exception(broken, [word]) is right


def test_exceptions_of_a_text() -> None:
    words = ("bærekrafts-mål*", "nett-verk")
    assert exceptions_in("FNs Bærekraftsmålene", words) == words[:1]
    told = list(words_with(words[0], "Bærekraftsmål og bærekraftsmålene, bærekraft"))
    assert told == ["bærekraftsmål", "bærekraftsmålene"]
    assert list(words_with(words[1], "nettverk og nettverket")) == ["nettverk"]


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
