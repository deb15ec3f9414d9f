"""A comparison → where on the pages of a finished file its changes stand.

In come the file's bytes and what changed; out go boxes by page. Knows no drawing.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from booklet.inventory import Inventory, Item
from booklet.linework import trace
from booklet.printed import Copy
from booklet.profiles import Profile
from booklet.standings import stand, standings

_PT = 72 / 25.4
_LOW = 30
"""In pt: how high a thing is that has no words."""


class Mark(Struct, frozen=True):
    """A part of a page that changed."""

    page: int
    left: float
    bottom: float
    right: float
    top: float
    kind: str
    """``edited``, ``added``, ``removed`` or ``moved``."""


def marks_of(
    content: bytes, copy: Copy, profile: Profile, inventory: Inventory, changed: Iterable[tuple[Item, str]]
) -> tuple[Mark, ...]:
    """Return the places of changed items, each with the kind of its change, in pt from the corner of the page."""
    items = {id(item): item for part in inventory.parts for item in part.items}
    lines, stands = trace(content, copy, inventory), stand(copy, profile)
    index = {label: number for number, label in enumerate(copy.labels)}
    marks = []
    for item, kind in changed:
        if id(item) not in items:
            continue
        boxes: dict[int, list[tuple[float, float, float, float]]] = {}
        for line in lines.get(id(item), ()):
            boxes.setdefault(line.page, []).append(line.box)
        for place in standings(item.spots, stands) if not boxes and item.what not in ("fact",) else ():
            top = (profile.trim[1] + profile.bleed - place.y) * _PT
            left = (place.x + profile.bleed) * _PT
            right = (profile.trim[0] + profile.bleed) * _PT - left
            boxes.setdefault(index[place.page], []).append((left, top - _LOW, max(left + _LOW, right), top))
        marks += [_around(page, rows, kind) for page, rows in boxes.items()]
    return tuple(sorted(set(marks), key=lambda mark: (mark.page, -mark.top)))


def _around(page: int, boxes: Iterable[tuple[float, float, float, float]], kind: str) -> Mark:
    left, bottom, right, top = zip(*boxes, strict=True)
    return Mark(page, round(min(left), 1), round(min(bottom), 1), round(max(right), 1), round(max(top), 1), kind)


def by_page(marks: Iterable[Mark]) -> Mapping[int, tuple[Mark, ...]]:
    """Return page → its marks."""
    found: dict[int, tuple[Mark, ...]] = {}
    for mark in marks:
        found[mark.page] = (*found.get(mark.page, ()), mark)
    return found
