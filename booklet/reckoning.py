"""What follows from pages, copies and paper: sheets, weight, spine; and how a Norwegian reads such numbers.

In come a print order and the pages of the file; out go numbers, None where something is not known. No I/O.
"""


from msgspec import Struct

from booklet.purchase import Paper, PrintOrder

COVER_PAGES = 4
"""Of a cover of its own paper."""
_MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
    "desember")


class Reckoning(Struct, frozen=True):
    """The numbers of an order."""

    copies: int
    pages: int
    trim: tuple[float, float]
    """Width and height in mm."""
    cover_pages: int | None
    """0 for a cover of the same paper; None when that is not known."""
    sheets: int | None
    """Of a stitched copy: folded once, four pages each."""
    weight: float | None
    """Of a copy, in g."""
    spine: float | None
    """Of a glued copy, in mm."""

    @property
    def inside_pages(self) -> int | None:
        """Return the pages that are not the cover's; None when it is not known whether it has its own."""
        return None if self.cover_pages is None else self.pages - self.cover_pages

    @property
    def run_weight(self) -> float | None:
        """Return the weight of all copies in kg."""
        return None if self.weight is None else self.weight * self.copies / 1000


def reckon(order: PrintOrder, copies: int, pages: int, trim: tuple[float, float]) -> Reckoning:
    """Return what can be computed."""
    own_paper = order.cover == "separate" or (not order.cover and order.cover_paper != Paper())
    cover = COVER_PAGES if own_paper else 0 if order.cover == "self" else None
    return Reckoning(
        copies, pages, trim, cover, -(-pages // 4) if order.binding == "stitched" else None,
        _sum(order, cover, pages, "grammage", trim[0] * trim[1] / 1e6),
        _sum(order, cover, pages, "thickness", 1 / 1000) if order.binding == "glued" else None)


def _sum(order: PrintOrder, cover: int | None, pages: int, quality: str, factor: float) -> float | None:
    """Return a quality of the paper times a factor, summed over all leaves; None when a paper is not known."""
    if cover is None:
        return None
    total = 0.0
    for paper, count in ((order.inside_paper, pages - cover), (order.cover_paper, cover)):
        value = getattr(paper, quality)
        if count and value is None:
            return None
        total += (value or 0) * count / 2 * factor
    return total


def grouped(value: float, decimals: int = 0) -> str:
    """Return a number as Norwegian has it: groups of three after a no-break space, a comma for decimals."""
    return f"{value:,.{decimals}f}".replace(",", "\u00a0").replace(".", ",")


def day(date: str) -> str:
    """Return an ISO date in words: «17. mai 2019»."""
    year, month, number = date.split("-")
    return f"{int(number)}.\u00a0{_MONTHS[int(month) - 1]} {year}"
