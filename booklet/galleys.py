"""A unit as it was laid out, ready to be judged, and what a judgement is.

Plain frozen data between the rooms that judge and the one that tells. No I/O, no library.
"""

from collections.abc import Iterator
from itertools import groupby

from msgspec import Struct

from booklet.measures import FLOW, NOTE, Home, Leaf, Line, Measures, Paragraph
from booklet.printed import Unit
from booklet.standard import Standard

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in mm from the top left corner of the trim."""


class Galley(Struct, frozen=True):
    """A unit with its measures and its place in a copy."""

    unit: Unit
    measures: Measures
    standard: Standard
    first: int
    """Index of its first page in the copy, from 0."""
    facing: bool
    """The profile has left and right pages."""

    @property
    def last(self) -> int:
        """Return the index of the unit's last page."""
        return len(self.measures.leaves) - 1

    @property
    def white(self) -> bool:
        """Tell whether its pages are designed with white."""
        return self.unit.kind in self.standard.white

    def leaf(self, page: int) -> Leaf:
        """Return a page."""
        return self.measures.leaves[page]

    def lines(self) -> Iterator[tuple[Paragraph, Line]]:
        """Yield every line with its paragraph."""
        for paragraph in self.measures.paragraphs:
            for line in paragraph.lines:
                yield paragraph, line

    def column(self, page: int) -> list[tuple[Paragraph, Line]]:
        """Return the lines of a page's column, from its top."""
        found = [pair for pair in self.lines() if pair[1].page == page and pair[0].home.place == FLOW]
        return sorted(found, key=lambda pair: pair[1].baseline)

    def foot(self, page: int) -> float:
        """Return where the column and its notes end."""
        ends = [line.baseline for paragraph, line in self.lines()
                if line.page == page and paragraph.home.place in (FLOW, NOTE)]
        ends += [thing.bottom for thing in self.measures.things
                 if thing.page == page and thing.home.place == FLOW and thing.home.tag in ("table", "img", "svg")]
        return max(ends, default=self.leaf(page).top)


class Fault(Struct, frozen=True):
    """What is wrong on a page."""

    code: str
    message: str
    hint: str
    page: int
    """Index within the unit."""
    box: Box
    home: Home | None = None
    words: str = ""
    """To be looked for in the content, where the fault is theirs and not the whole block's."""
    severe: bool = False


def box_of(lines: tuple[Line, ...] | list[Line]) -> Box:
    """Return the box around lines."""
    return (min(line.left for line in lines), min(line.top for line in lines),
            max(line.right for line in lines), max(line.bottom for line in lines))


def quote(text: str, most: int = 40) -> str:
    """Return words in quotes, cut off where they are many."""
    text = " ".join(text.split())
    return f"'{text}'" if len(text) <= most else f"'{text[:most - 1].rstrip()}…'"


def by_page(paragraph: Paragraph) -> list[tuple[int, list[Line]]]:
    """Return the lines of a paragraph page by page."""
    return [(page, list(lines)) for page, lines in groupby(paragraph.lines, key=lambda line: line.page)]
