"""Where in the content something that is printed comes from: block, lines below it, or the words themselves.

In come a unit and what was measured; out go positions. Looks into files only to find words in them.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from booklet.findings import Position
from booklet.measures import Home
from booklet.model import Booklet
from booklet.printed import Unit

_WORD = re.compile(r"[^\W_]+")
_MOST = 4
"""Words in a row that are looked for; fewer where those are not found."""


def anchors_of(booklet: Booklet) -> dict[str, Position]:
    """Return address → position of the entries of registers, which are no blocks."""
    found = {f"glossary.{term.id}": term.position for term in booklet.glossary}
    return found | {f"references.{source.key}": source.position for source in booklet.sources}


class Whereabouts:
    """Finds positions; keeps the files it has looked into."""

    def __init__(self, texts: Mapping[Path, str], anchors: Mapping[str, Position]) -> None:
        """Look into some texts, by their path."""
        self._lines = {path: [_WORD.findall(line.lower()) for line in text.split("\n")] for path, text in texts.items()}
        self._anchors = anchors

    def find(self, unit: Unit, home: Home | None, words: str = "") -> Position:
        """Return where what stands in a unit comes from; of a block its first line, or that of the words."""
        if home and 0 <= home.block < len(unit.blocks):
            at = unit.blocks[home.block]
            at = Position(at.path, at.line + home.below, 1 if home.below else at.column)
            later = [one.line for one in unit.blocks if one.path == at.path and one.line > at.line]
            return self._look(at, words, at.line, min(later, default=0)) if words else at
        if home and home.anchor in self._anchors:
            return self._anchors[home.anchor]
        return self._look(unit.position, words, 1, 0) if words else unit.position

    def key(self, at: Position, name: str) -> Position:
        """Return where a key stands in a YAML file."""
        lines = self._lines.get(at.path, [])
        return next((Position(at.path, n) for n, words in enumerate(lines, 1) if words[:1] == [name]), at)

    def _look(self, at: Position, words: str, start: int, end: int) -> Position:
        """Return the first line of a stretch that holds the words, or as many of them as any does."""
        wanted, lines = _WORD.findall(words.lower()), self._lines.get(at.path, [])
        stretch = range(start - 1, end - 1 if end else len(lines))
        for size in range(min(_MOST, len(wanted)), 0, -1):
            runs = [wanted[i:i + size] for i in range(len(wanted) - size + 1)]
            for sought in runs if size > 1 else [run for run in runs if len(run[0]) >= _MOST]:
                place = next((number for number in stretch if _holds(lines[number], sought)), None)
                if place is not None:
                    return Position(at.path, place + 1)
        return at


def _holds(line: list[str], sought: list[str]) -> bool:
    size = len(sought)
    return any(line[i:i + size] == sought for i in range(len(line) - size + 1))
