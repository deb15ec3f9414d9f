"""A page map → where each spot of an inventory stands on paper, in the words of a reader: page and millimetres.

In comes a copy; out go standings. Knows no text.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from booklet.printed import Copy, Place
from booklet.profiles import Profile

_MM = 25.4 / 72
_STILL = 0.3
"""In mm: records are rounded, and nobody sees less."""


class Standing(Struct, frozen=True):
    """Where a thing, or what of it stands on one page, begins."""

    page: str
    """What the page is called."""
    x: int | float
    """In mm from the left edge of the trimmed page; less than nothing where only the page is known."""
    y: int | float
    """In mm from its upper edge; less than nothing where only the page is known."""
    lines: int = 0
    """How many lines of it stand there, where that was counted."""

    @property
    def known(self) -> bool:
        """Whether more than the page is known."""
        return self.x >= 0 or self.y >= 0


Whereabouts = Mapping[str, tuple[Standing, ...]]
"""Spot → where it stands."""


def stand(copy: Copy, profile: Profile) -> Whereabouts:
    """Return where everything in a copy stands."""
    found: dict[str, tuple[Standing, ...]] = {}
    for placed in copy.placed:
        address = placed.unit.address

        def standing(place: Place, first: int = placed.first) -> Standing:
            x, y = place.x * _MM - profile.bleed, profile.trim[1] + profile.bleed - place.y * _MM
            return Standing(copy.labels[first + place.page], max(0.0, round(x, 1)), max(0.0, round(y, 1)))

        for name, place in placed.fragment.places.items():
            found[name] = (standing(place),)
        for number, place in placed.fragment.blocks:
            spot = f"{address}#{number}"
            found[spot] = (*found.get(spot, ()), standing(place))
    return found


def pages_of(spots: Iterable[str], whereabouts: Whereabouts) -> tuple[str, ...]:
    """Return what the pages are called that some spots stand on, in their order."""
    pages = dict.fromkeys(one.page for spot in spots for one in whereabouts.get(spot, ()))
    return tuple(sorted(pages, key=page_order))


def standings(spots: Iterable[str], whereabouts: Whereabouts) -> list[Standing]:
    """Return everything that is known of where some spots stand."""
    return [one for spot in spots for one in whereabouts.get(spot, ())]


def moved_to(old: Iterable[Standing], new: Iterable[Standing]) -> list[str]:
    """Return the pages on which a thing stands where it did not stand; of what is told by its pages only, new pages."""
    every = list(old), list(new)
    before, after = ([one for one in side if one.known] for side in every)
    if not before or not after:
        known = {one.page for one in every[0]}
        return [one.page for one in every[1] if one.page not in known]
    return [now.page for now in after if not any(_is_same(was, now) for was in before)]


def _is_same(one: Standing, other: Standing) -> bool:
    return one.page == other.page and abs(one.y - other.y) <= _STILL and abs(one.x - other.x) <= _STILL


def page_order(page: str) -> tuple[int, str]:
    """Return what sorts pages by their numbers."""
    return (int(page), "") if page.isdecimal() else (0, page)
