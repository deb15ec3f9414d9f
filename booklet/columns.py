"""Columns and pages judged: headings at the foot, short last pages, facing columns, the baseline grid.

In comes a galley; out go faults, and figures of the whole. It refuses to know files and colours.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from booklet.galleys import Fault, Galley, box_of, quote
from booklet.measures import FLOW, Line

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ROUNDING = 0.3
"""In mm: what a column may end apart besides whole lines."""


def judge_columns(galley: Galley) -> Iterator[Fault]:
    """Yield what is wrong with the columns of a unit."""
    yield from _headings(galley)
    yield from _last_page(galley)
    if galley.facing and galley.unit.kind in galley.standard.facing:
        yield from _facing(galley)
    if galley.unit.kind in galley.standard.grid:
        yield from _grid(galley)


def _headings(galley: Galley) -> Iterator[Fault]:
    """Yield headings with fewer lines below them on their page than are wanted."""
    for paragraph in galley.measures.paragraphs:
        home, lines = paragraph.home, paragraph.lines
        if home.tag not in _HEADINGS or home.place != FLOW or galley.white:
            continue
        page, end = lines[-1].page, lines[-1].baseline
        leaf = galley.leaf(page)
        below = sum(line.baseline > end + leaf.step / 2 for _, line in galley.column(page))
        pictures = any(
            one.page == page and one.top >= end and one.home.tag in ("img", "svg") for one in galley.measures.things)
        low = leaf.bottom - galley.standard.heading_lines * leaf.step
        if pictures or below >= galley.standard.heading_lines or (page == galley.last and end < low):
            continue
        told = "no line" if not below else "1 line" if below == 1 else f"{below} lines"
        yield Fault("heading-at-foot", f"{told} below the heading {quote(lines[0].text)} at the foot of a page",
                    "let 'break-after: avoid' hold it, or shorten the text above", page, box_of(lines[-1:]), home)


def fill_of(galley: Galley, page: int) -> float:
    """Return how full a page's column is, in per cent."""
    leaf = galley.leaf(page)
    return min(100.0, 100 * (leaf.filled - leaf.top) / (leaf.bottom - leaf.top))


def _last_page(galley: Galley) -> Iterator[Fault]:
    """Yield a last page that is nearly empty."""
    if galley.white or not galley.last:
        return
    fill, column = fill_of(galley, galley.last), galley.column(galley.last)
    if fill >= galley.standard.last_page or not column:
        return
    lines = [line for _, line in column]
    words = sum(len(line.text.split()) for line in lines)
    told = "1 line" if len(lines) == 1 else f"{len(lines)} lines"
    yield Fault("short-last-page", f"the last page of '{galley.unit.address}' is {fill:.0f} % full: {told}",
                f"cut {words} words to win the page, or add as many again", galley.last, box_of(lines),
                column[0][0].home)


def _facing(galley: Galley) -> Iterator[Fault]:
    """Yield spreads whose columns end on different lines."""
    for page in range(galley.last - 1):
        if (galley.first + page) % 2 == 0:
            continue  # a recto: its neighbour is on the other side of the leaf
        left, right = galley.foot(page), galley.foot(page + 1)
        apart = abs(left - right) / galley.leaf(page).step
        if abs(left - right) > galley.standard.facing_lines * galley.leaf(page).step + _ROUNDING:
            short = page if left < right else page + 1
            column = galley.column(short)
            if column:
                yield Fault("facing-unequal", f"the column ends {apart:.1f} lines above the one that it faces",
                            "shorten or lengthen the text, or move what keeps together", short,
                            box_of([column[-1][1]]), column[-1][0].home)


def _offset(line: Line, galley: Galley) -> float:
    """Return how far a line stands from the grid, in mm; above it is negative."""
    leaf = galley.leaf(line.page)
    rows = (line.baseline - leaf.first) / leaf.step
    return (rows - round(rows)) * leaf.step


def _grid(galley: Galley) -> Iterator[Fault]:
    """Yield where lines of running text leave the grid: one fault for all that stand off by the same."""
    for page in range(galley.last + 1):
        before: float = 0.0
        body = [pair for pair in galley.column(page) if pair[1].body]
        for index, (paragraph, line) in enumerate(body):
            apart = _offset(line, galley)
            off = abs(apart) > galley.standard.grid_apart
            if off and abs(apart - before) > galley.standard.grid_apart:
                with_it = sum(abs(_offset(one, galley) - apart) < galley.standard.grid_apart for _, one in body[index:])
                told = "1 line stands" if with_it == 1 else f"{with_it} lines stand"
                yield Fault("off-grid", f"{told} {apart:+.2f} mm off the baseline grid from {quote(line.text)} on",
                            "make the spaces and line heights above whole lines in sum", page, box_of([line]),
                            paragraph.home)
            before = apart if off else 0.0


class Shares(Struct, frozen=True):
    """Figures of the whole, in per cent."""

    grid: float
    """Lines of running text on the baseline grid."""
    fill: float
    """Average of pages, designed white apart."""
    hyphens: float
    """Lines of running text whose end breaks a word."""
    lines: int
    pages: int


def shares_of(galleys: Iterable[Galley]) -> Shares:
    """Return the figures of a copy."""
    body = on = broken = 0
    fills: list[float] = []
    for galley in galleys:
        for paragraph, line in galley.lines():
            if line.body and paragraph.home.place == FLOW and not galley.white:
                body += 1
                on += abs(_offset(line, galley)) <= galley.standard.grid_apart
                broken += bool(line.broken)
        if not galley.white:
            fills += [fill_of(galley, page) for page in range(galley.last + 1)]
    lines, pages = max(body, 1), max(len(fills), 1)
    return Shares(100 * on / lines, sum(fills) / pages, 100 * broken / lines, body, len(fills))
