"""Which pages lie side by side on the sheets of a saddle-stitched booklet, and where on the paper they stand.

In come a number of pages, a trim size and a paper; out go spreads in signature order and a frame. Knows no PDF, no I/O.
"""

from msgspec import Struct

MM = 72 / 25.4
"""Points in a millimetre."""
PAPERS = {"a3": (420 * MM, 297 * MM), "a4": (297 * MM, 210 * MM)}
"""Paper of an office printer, landscape, in pt."""
UNPRINTABLE = 5 * MM
"""What an office printer leaves white at every edge."""
GAP, MARK, REST = 1 * MM, 4 * MM, 1 * MM
"""Between bleed and marks; length of marks; beyond the marks, on paper of our own size."""
ON_A_SHEET = 4
"""Pages on the two sides of a sheet that is folded once."""


class Spread(Struct, frozen=True):
    """One side of a sheet."""

    sheet: int
    """Counted from 1, the outermost."""
    front: bool
    left: int | None
    """Index of a page, None for a blank one."""
    right: int | None
    shift: float
    """How far both pages are moved towards the spine, in the unit of the paper's thickness."""


class Frame(Struct, frozen=True):
    """Where a spread stands on its paper; lengths in pt from the paper's bottom left corner."""

    width: float
    height: float
    """Of the paper."""
    scale: float
    """Never above 1."""
    trim: tuple[float, float, float, float]
    """Left, bottom, right and top of the trimmed spread."""
    bleed: float
    """Beyond the trim, as printed."""

    @property
    def spine(self) -> float:
        """Return where the sheet is folded."""
        return (self.trim[0] + self.trim[2]) / 2


def signature(pages: int, creep: float) -> tuple[Spread, ...]:
    """Return the spreads of all sheets, the outermost first, front before back; blanks fill the last places.

    Every sheet lies in the fold of those around it and is pushed out by their thickness ``creep`` each; the knife then
    cuts more off it, so its pages move as far towards the spine.
    """
    count = -(-pages // ON_A_SHEET)
    spreads = []
    for sheet in range(count):
        first, last = 2 * sheet, ON_A_SHEET * count - 1 - 2 * sheet
        for front, left, right in ((True, last, first), (False, first + 1, last - 1)):
            spreads.append(Spread(
                sheet + 1, front, left if left < pages else None, right if right < pages else None, sheet * creep))
    return tuple(spreads)


def pairs(pages: int) -> tuple[Spread, ...]:
    """Return pages two by two in the order of reading, on both sides of sheets that are not folded."""
    return tuple(
        Spread(number // 4 + 1, not number % 4, number, number + 1 if number + 1 < pages else None, 0)
        for number in range(0, pages, 2))


def frame(page: tuple[float, float], bleed: float, paper: str) -> Frame:
    """Return where spreads of two pages stand: on ``a3`` or ``a4``, or with ``none`` on paper as large as they need."""
    width, height = 2 * page[0], page[1]
    if paper not in PAPERS:
        room = bleed + GAP + MARK + REST
        return Frame(width + 2 * room, height + 2 * room, 1, (room, room, room + width, room + height), bleed)
    sheet = PAPERS[paper]
    around = UNPRINTABLE + GAP + MARK
    scale = min(1, (sheet[0] - 2 * around) / (width + 2 * bleed), (sheet[1] - 2 * around) / (height + 2 * bleed))
    left, bottom = (sheet[0] - scale * width) / 2, (sheet[1] - scale * height) / 2
    return Frame(*sheet, scale, (left, bottom, left + scale * width, bottom + scale * height), scale * bleed)
