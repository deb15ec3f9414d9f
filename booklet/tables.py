"""Reads what stands in a table box: a pipe table, and perhaps a line that names its source.

In come the lines between the fences, out go cells that know their places. It refuses to know what stands in a cell.
"""

import itertools
import re
from collections.abc import Sequence

from msgspec import Struct

from booklet.collector import Collector
from booklet.findings import Position
from booklet.manuscript import Line, Passage, outside_code, passage

_PIPE = re.compile("[|]")
_RULE = re.compile(r":?-+:?")


class Row(Struct, frozen=True):
    """A row of a table."""

    at: Position
    cells: tuple[Passage, ...]


class Table(Struct, frozen=True):
    """A table: header, rows, which columns hold numbers, and its source."""

    header: Row
    numbers: tuple[bool, ...]
    rows: tuple[Row, ...]
    source: tuple[Passage, ...]


def read_table(lines: Sequence[Line], at: Position, found: Collector) -> Table | None:
    """Return the table of a table box that begins at ``at``."""
    filled = [line for line in lines if not line.blank]
    if not filled:
        return None  # an empty box is reported where its fence is read
    start = lines.index(filled[0])
    end = next((i for i in range(start, len(lines)) if lines[i].blank), len(lines))
    rows = [_row(line) for line in lines[start:end]]
    if len(rows) < 3 or "|" not in filled[0].text or not _is_rule(rows[1]):
        hint = "write a header row, a row of '---|---:' and at least one row, no blank line between"
        found.error("table-shape", "a table box without a table", filled[0].at(), hint)
        return None
    header, rule, body = rows[0], rows[1], rows[2:]
    if any(cell.text.strip().startswith(":") and cell.text.strip().endswith(":") for cell in rule.cells):
        found.error("table-shape", "a centred column", rule.at, "write '---' for words and '---:' for numbers")
    for row in (rule, *body):
        if len(row.cells) != len(header.cells):
            message = f"cells in this row: {len(row.cells)}, in the header: {len(header.cells)}"
            found.error("table-cells", message, row.at, "write '\\|' for the sign itself")
    numbers = tuple(cell.text.strip().endswith(":") for cell in rule.cells)
    return Table(header, numbers, tuple(body), _source(lines[end:], found))


def _row(line: Line) -> Row:
    text = line.text
    bars: list[int] = []
    while match := outside_code(text, _PIPE, bars[-1] + 1 if bars else 0):
        bars.append(match.start())
    first, last = line.indent, len(text.rstrip())
    if bars and bars[0] == first:
        first = bars.pop(0) + 1
    if bars and bars[-1] == last - 1:
        last = bars.pop()
    edges = [first - 1, *bars, last]
    cells = [_trimmed(line, a + 1, b) for a, b in itertools.pairwise(edges)]
    return Row(line.at(line.indent), tuple(passage([cell]) for cell in cells))


def _trimmed(line: Line, start: int, end: int) -> Line:
    cell = line.text[start:end]
    inner = cell.strip()
    start += len(cell) - len(cell.lstrip())
    return line.part(start, start + len(inner))


def _is_rule(row: Row) -> bool:
    return all(_RULE.fullmatch(cell.text) for cell in row.cells)


def _source(lines: Sequence[Line], found: Collector) -> tuple[Passage, ...]:
    """Return the paragraph below the table."""
    filled = [line for line in lines if not line.blank]
    if not filled:
        return ()
    start = lines.index(filled[0])
    rest = lines[start:]
    end = next((i for i, line in enumerate(rest) if line.blank), len(rest))
    more = next((line for line in rest[end:] if not line.blank), None)
    if more or "|" in rest[0].text[:1]:
        place = (more or rest[0]).at()
        found.error("table-shape", "more than a table and its source in the box", place, "move it out of the box")
        return ()
    return (passage([line.part(line.indent) for line in rest[:end]]),)
