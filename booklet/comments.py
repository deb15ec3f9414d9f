"""Takes comments out of Markdown: they are never printed, and what follows them keeps its place.

In come lines, out go lines without ``<!-- … -->``, and findings about comments that do not begin or end. A comment
sign within a code span or after a backslash is text. It refuses to know any other sign.
"""

import re
from collections.abc import Sequence

from booklet.collector import Collector
from booklet.findings import Position
from booklet.manuscript import FILLER, Line, outside_code

_COMMENT = re.compile("<!--(?:-?>)?|-->")


def without_comments(lines: Sequence[Line], found: Collector) -> tuple[list[Line], bool]:
    """Return what is left without comments, one blank line for many; a line that was only comment leaves no gap."""
    kept: list[Line] = []
    opened: Position | None = None
    for line in lines:
        within = opened is not None
        rest, opened = _outside_comments(line, opened, found)
        commented = rest.blank and (within or rest.text != line.text)
        repeated = rest.blank and kept and kept[-1].blank
        if not commented and not repeated:
            kept.append(rest)
    if opened:
        found.error("unclosed-comment", "a comment begins that never ends", opened, "end it with '-->'")
    return kept, opened is None


def _outside_comments(line: Line, opened: Position | None, found: Collector) -> tuple[Line, Position | None]:
    """Return a line with its comments blanked, and where a comment began that is open at its end."""
    if opened is None and "--" not in line.text:
        return line, None
    pieces: list[str] = []
    start = 0
    while start < len(line.text):
        before = start
        if opened:
            start, opened = _through_comment(line, start, opened, found)
            pieces.append(FILLER * (start - before))
            continue
        match = outside_code(line.text, _COMMENT, start)
        start = match.end() if match else len(line.text)
        pieces.append(line.text[before : match.start() if match else start])
        if match and match[0] == "-->":
            found.error("stray-comment", "a comment ends that never began", line.at(match.start()), "remove '-->'")
        opened = line.at(match.start()) if match and match[0] == "<!--" else None
        pieces.append(FILLER * len(match[0]) if match else "")
    blanked = Line(line.path, line.number, "".join(pieces).rstrip(FILLER), line.column)
    return blanked.part(len(blanked.text) - len(blanked.text.lstrip(FILLER))), opened


def _through_comment(line: Line, start: int, opened: Position, found: Collector) -> tuple[int, Position | None]:
    """Return where a comment ends in a line, and where one began that does not end."""
    end = line.text.find("-->", start)
    stop = len(line.text) if end < 0 else end + 3
    again = line.text.find("<!--", start, stop)
    if again >= 0:
        found.error("unclosed-comment", "a comment begins that never ends", opened, "end it with '-->'")
        opened = line.at(again)
    return stop, opened if end < 0 else None
