"""Hyphenation patterns read in a hurry, beside pyphen's own reading."""

import re
from pathlib import Path

import pyphen
import pytest
from making import CONTENT

from booklet.hyphens import parse_pattern, quick_class, read_patterns

SLOW = next(kind for kind in pyphen.HyphDict.__mro__ if kind.__module__ == "pyphen")
QUICK = quick_class(SLOW, pyphen.DataInt)
norwegian = pytest.mark.parametrize("language", ["nb", "nn"])


def file_of(folder: Path, *lines: str) -> Path:
    """Return a file of patterns."""
    path = folder / "hyph_xx.dic"
    path.write_text("\n".join(["ISO8859-1", *lines, ""]), "latin-1")
    return path


@norwegian
def test_every_pattern_of_the_language_is_read_alike(language: str) -> None:
    patterns = read_patterns(pyphen.LANGUAGES[language])
    assert patterns
    parsed = {key: parse_pattern(value) for key, value in patterns.items() if isinstance(value, str)}
    slow = SLOW(pyphen.LANGUAGES[language])
    assert parsed == slow.patterns and QUICK(pyphen.LANGUAGES[language]).maxlen == slow.maxlen


@norwegian
def test_every_word_of_the_content_is_divided_alike(language: str) -> None:
    text = " ".join(path.read_text("utf-8") for path in CONTENT.rglob("*") if path.suffix in (".md", ".yaml"))
    words = sorted(set(re.findall(r"\w+", text)))
    words += [a + b.lower() for a, b in zip(words, reversed(words), strict=True)]
    words += ["", "a", "ÅLESUND", "x" * 99, "æ-ø"]
    slow, quick = SLOW(pyphen.LANGUAGES[language]), QUICK(pyphen.LANGUAGES[language])
    assert len(words) > 5000
    assert [word for word in words if slow.positions(word) != quick.positions(word)] == []
    assert [word for word in words if quick.positions(word) != quick.positions(word.upper())] == []
    assert all(place.data is None for word in words for place in quick.positions(word))


def test_pattern_without_digits_says_nothing(tmp_path: Path) -> None:
    assert read_patterns(file_of(tmp_path, "a1b", "ab\t", "cd", "3ef  ")) == {"ef": "3ef"}
    assert SLOW(file_of(tmp_path, "cd", "3ef  ")).patterns.keys() == {"ef"}


@pytest.mark.parametrize("line", ["% a1b", "# a1b", "LEFTHYPHENMIN 2", "a1b/x=y,1,1", "a^^e51b", "a0b1c", "a1 b"])
def test_file_with_more_than_patterns_goes_the_long_way(line: str, tmp_path: Path) -> None:
    path = file_of(tmp_path, line, "k1l")
    assert read_patterns(path) is None
    slow, quick = SLOW(path), QUICK(path)
    assert quick.patterns == slow.patterns and quick.positions("haklab") == slow.positions("haklab") != []


def test_file_in_other_letters_goes_the_long_way(tmp_path: Path) -> None:
    path = tmp_path / "hyph_xx.dic"
    path.write_text("UTF-8\nå1b\n", "utf-8")
    assert read_patterns(path) is None and QUICK(path).positions("båb") == SLOW(path).positions("båb") == [2]
