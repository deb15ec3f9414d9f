"""The page budget: how many pages too many, and where a page is won with the fewest words.

In comes a copy's galleys; out goes the fault and what to cut. It refuses to know files.
"""

from collections.abc import Sequence

from msgspec import Struct

from booklet.galleys import Galley
from booklet.printed import Unit

_NAMED = 3
"""Units that the hint names."""


class Cut(Struct, frozen=True):
    """What wins a page."""

    unit: Unit
    lines: int
    """On its last page."""
    words: int


def cuts_of(galleys: Sequence[Galley]) -> tuple[Cut, ...]:
    """Return the units of several pages, that with the fewest words on its last page first."""
    found = []
    for galley in galleys:
        if galley.last and not galley.white:
            lines = [line for _, line in galley.column(galley.last)]
            found.append(Cut(galley.unit, len(lines), sum(len(line.text.split()) for line in lines)))
    return tuple(sorted(found, key=lambda cut: (cut.words, cut.unit.address)))


def overrun(galleys: Sequence[Galley], budget: int, multiple: int) -> int:
    """Return how many pages must be won: pages for notes fill up sheets, and go as they come."""
    pages = sum(galley.last + 1 for galley in galleys)
    written = sum(galley.last + 1 for galley in galleys if galley.unit.kind != "notes")
    return max(0, written - budget // multiple * multiple) if budget and pages > budget else 0


def advice(cuts: Sequence[Cut], pages: int) -> str:
    """Return what to cut to win pages, in words."""
    named = [f"{cut.words} words of '{cut.unit.address}'" for cut in cuts[:max(pages, _NAMED)]]
    return f"cut {', '.join(named)}: a page each" if named else "leave a text out"
