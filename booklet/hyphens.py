"""Hyphenation patterns read in a twentieth of the time: the same patterns at the same places, taken apart when needed.

In comes the class that pyphen 0.18.1 reads a file of patterns with; out goes one that does the same. A word meets some
fifty of the 27 000 patterns, so each is parsed when a word meets it. Files that hold more than patterns of letters and
digits go the long way.  Knows no engine; which versions it may be used with is said in ``haste``.
"""

import re
from pathlib import Path
from typing import Any

_HEAD = b"ISO8859-1\n"
_TRAIL = re.compile(rb"[ \t]+(?=\n)")
_MORE = re.compile(rb"[/^%#0 \t\r]|HYPHENMIN")
"""What the short way does not know: alternatives, escapes, comments, settings, idle digits."""
_PAIR = re.compile(r"(\d?)(\D?)")

Pattern = tuple[int, tuple[int, ...]]


def read_patterns(path: Path) -> dict[str, str | Pattern] | None:
    """Return letters → pattern as it is written («ar7beid»); None when the file holds more than plain patterns."""
    content = _TRAIL.sub(b"", path.read_bytes())
    if not content.startswith(_HEAD) or _MORE.search(content):
        return None
    content = content.removeprefix(_HEAD)
    letters = content.translate(None, b"123456789").decode("latin-1").split("\n")
    patterns: dict[str, str | Pattern] = dict(zip(letters, content.decode("latin-1").split("\n"), strict=True))
    for key in [key for key, pattern in patterns.items() if key == pattern]:
        del patterns[key]  # without a digit it says nothing
    return patterns


def parse_pattern(pattern: str) -> Pattern:
    """Return where a pattern's first digit stands, and the digits from there to its last."""
    values = [int(digit or 0) for digit, _ in _PAIR.findall(pattern)]
    marked = [place for place, value in enumerate(values) if value]
    return marked[0], tuple(values[marked[0]:marked[-1] + 1])


def _levels(word: str, patterns: dict[str, str | Pattern], longest: int) -> list[int]:
    """Return the highest digit that any pattern sets before each sign of a word (F. M. Liang, 1983)."""
    size, get = len(word), patterns.get
    levels = [0] * (size + 1)
    for start in range(size - 1):
        for stop in range(start + 1, min(start + longest, size) + 1):
            pattern = get(word[start:stop])
            if not pattern:
                continue
            if isinstance(pattern, str):
                pattern = patterns[word[start:stop]] = parse_pattern(pattern)
            for place, level in enumerate(pattern[1], start + pattern[0]):
                if level > levels[place]:
                    levels[place] = level
    return levels


def quick_class(slow: Any, number: Any) -> Any:
    """Return a class that does what pyphen's ``HyphDict`` does; ``number`` is its ``DataInt``."""

    class Quick(slow):  # type: ignore[misc]
        """Patterns of a language, taken apart when a word meets them."""

        def __init__(self, path: Path) -> None:
            patterns = read_patterns(path)
            self.plain = patterns is not None
            if patterns is None:
                super().__init__(path)
            else:
                self.patterns, self.maxlen = patterns, max(map(len, patterns))
                self.cache: dict[str, list[int]] = {}

        def positions(self, word: str) -> list[int]:
            """Return where a word may be hyphenated."""
            if not self.plain:
                found: list[int] = super().positions(word)
                return found
            word = word.lower()
            if word not in self.cache:
                levels = _levels(f".{word}.", self.patterns, self.maxlen)
                self.cache[word] = [number(place - 1) for place, level in enumerate(levels) if level % 2]
            return self.cache[word]

    return Quick
