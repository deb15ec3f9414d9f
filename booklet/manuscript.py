"""Text that knows where it stands: the types between the rooms that read our Markdown.

In comes the text of a file, out go lines, passages and nodes with exact places. It refuses to know what
the signs in the text mean. No I/O.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from booklet.findings import Position

FILLER = "\ue00f"
"""Stands where a comment stood within a line, so that columns stay true; never printed."""
OPEN, CLOSE = "\ue003", "\ue004"
"""Around the number of a construct in a phrase's text."""
_TICKS = re.compile("`+")


class Line(Struct, frozen=True):
    """A line, or the rest of one, and where it begins."""

    path: Path
    number: int
    text: str
    column: int = 1

    def at(self, offset: int = 0) -> Position:
        """Return the place of a character of this line."""
        return Position(self.path, self.number, self.column + offset)

    def part(self, start: int, end: int | None = None) -> "Line":
        """Return a piece of the line that still knows its place."""
        return Line(self.path, self.number, self.text[start:end], self.column + start)

    @property
    def blank(self) -> bool:
        """Return whether nothing would be printed."""
        return not self.text.strip(" " + FILLER)

    @property
    def indent(self) -> int:
        """Return the number of spaces before the first sign."""
        return len(self.text) - len(self.text.lstrip(" "))


class Passage(Struct, frozen=True):
    """Running words over one or more lines: what stands in a paragraph, a heading, a cell."""

    lines: tuple[Line, ...]
    text: str
    """The lines joined with newlines."""

    def at(self, offset: int = 0) -> Position:
        """Return the place of a character of the text."""
        for line in self.lines:
            if offset <= len(line.text):
                return line.at(offset)
            offset -= len(line.text) + 1
        return self.lines[-1].at(len(self.lines[-1].text))

    def part(self, start: int, end: int) -> "Passage":
        """Return a piece of the passage that still knows its places."""
        pieces, before = [], 0
        for line in self.lines:
            first, last = max(start - before, 0), min(end - before, len(line.text))
            if first <= last:
                pieces.append(line.part(first, last))
            before += len(line.text) + 1
        return passage(pieces or [self.lines[0].part(0, 0)])


class Node(Struct, frozen=True):
    """A construct of blocks: heading, paragraph, list, item, quote, definitions, term, meaning, box."""

    kind: str
    at: Position
    words: Passage | None = None
    """The words of a heading, paragraph or term; a box's title."""
    children: tuple["Node", ...] = ()
    label: str = ""
    """Of a box its kind, of a list its tag."""
    id: str = ""
    level: int = 0
    lines: tuple[Line, ...] = ()
    """What stands in a table box, not read yet."""


class Footnote(Struct, frozen=True):
    """The text of a footnote, which waits for its call."""

    name: str
    at: Position
    words: Passage


class Outline(Struct, frozen=True):
    """A body taken apart into blocks."""

    nodes: tuple[Node, ...]
    footnotes: tuple[Footnote, ...]
    whole: bool
    """False when a fault hides the rest of the file, so that nothing may be said about what is missing."""


class Phrase(Struct, frozen=True):
    """Words with placeholders, and what the placeholders stand for."""

    text: str
    tokens: tuple["Token", ...]
    at: Position


class Token(Struct, frozen=True):
    """One construct within running words."""

    kind: str
    """``html`` (ready), ``pair`` (an allowed element), ``web``, ``link``, ``fact``, ``term``, ``picture``,
    ``chart``, ``citation`` or ``footnote``."""
    at: Position
    target: str = ""
    """Where it points; of HTML the HTML itself."""
    inner: Phrase | None = None
    locator: str = ""


def passage(lines: Sequence[Line]) -> Passage:
    """Return lines as running words."""
    return Passage(tuple(lines), "\n".join(line.text for line in lines))


def split(text: str, path: Path, first: int = 1) -> tuple[Line, ...]:
    """Return the lines of a text of which the first stands in line ``first`` of the file."""
    return tuple(Line(path, number, line) for number, line in enumerate(text.split("\n"), first))


def closing_ticks(text: str, start: int, ticks: int) -> int:
    """Return where a run of exactly so many backticks begins, or -1."""
    return next((m.start() for m in _TICKS.finditer(text, start) if len(m[0]) == ticks), -1)


def outside_code(text: str, sign: re.Pattern[str], start: int = 0) -> re.Match[str] | None:
    """Return the next match of a pattern that stands neither in a code span nor after a backslash."""
    while match := re.compile(rf"\\[\s\S]?|`+|(?P<sign>{sign.pattern})").search(text, start):
        if match["sign"]:
            return match
        start = match.end()
        if match[0][0] == "`":
            end = closing_ticks(text, start, len(match[0]))
            start = end + len(match[0]) if end >= 0 else start
    return None
