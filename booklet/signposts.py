"""What leads through a file: bookmarks, page labels, links from unit to unit.

In come a copy and the open file with its pages; what is made is added to it. Knows no unit's content.
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from booklet.printed import Copy, Entry, Place
from booklet.quires import Quire
from booklet.values import Ref, Spelled, Value, spell


class _Item(Struct):
    """A bookmark with what is below it."""

    entry: Entry
    place: Ref
    children: list["_Item"]


class Signposts:
    """Where everything stands in a file."""

    def __init__(self, out: Quire, copy: Copy) -> None:
        """Know the pages of a file, which are all there."""
        self.out, self.copy = out, copy
        self.places: Mapping[str, Place] = {
            name: place for placed in copy.placed for name, place in placed.fragment.places.items()}
        self._known: dict[str, Spelled] = {}

    def destination(self, address: str) -> Spelled:
        """Return where an address stands."""
        known = self._known.get(address)
        if known is None:
            place, page = self.places[address], self.out.pages[self.copy.pages[address]]
            known = self._known[address] = spell([page, b"/XYZ", place.x, round(place.y + 6, 3), None])
        return known

    def raise_outline(self) -> None:
        """Write the bookmarks: parts, what they hold, and the headings of texts."""
        out, roots = self.out, list[_Item]()
        top, stack = out.open({}), list[_Item]()
        for entry in _entries(self.copy):
            item = _Item(entry, out.open({}), [])
            while stack and stack[-1].entry.level >= entry.level:
                stack.pop()
            (stack[-1].children if stack else roots).append(item)
            stack.append(item)
        told = self._level(top, roots)
        out.values[top] = {"/Type": b"/Outlines", **told} if roots else {"/Type": b"/Outlines"}
        out.values[out.root]["/Outlines"] = top

    def _level(self, parent: Ref, items: list[_Item]) -> dict[str, Value]:
        """Write the bookmarks below one; returns what that one says of them."""
        count, before, last = len(items), [None, *items], [*items[1:], None]
        for item, previous, following in zip(items, before, last, strict=False):
            below = self._level(item.place, item.children)
            if item.entry.level > 1:
                below["/Count"] = -below["/Count"]
            else:
                count += below["/Count"]
            self.out.values[item.place] = {
                "/Title": item.entry.title, "/Dest": self.destination(item.entry.address), "/Parent": parent,
                "/Prev": previous and previous.place, "/Next": following and following.place, **below}
        ends = {"/First": items[0].place, "/Last": items[-1].place} if items else {}
        return {**ends, "/Count": count}

    def name_pages(self) -> None:
        """Write page labels that say what the folios say (ISO 32000-1, 12.4.2)."""
        nums: list[Value] = []
        expected = None
        for index, label in enumerate(self.copy.labels):
            if not label.isdigit():
                nums += [index, {"/P": label}]
                expected = None
            elif label != expected:
                nums += [index, {"/S": b"/D", "/St": int(label)}]
            expected = str(int(label) + 1) if label.isdigit() else None
        self.out.values[self.out.root]["/PageLabels"] = self.out.add({"/Nums": nums})


def _entries(copy: Copy) -> Iterator[Entry]:
    for placed in copy.placed:
        unit = placed.unit
        if unit.level:
            yield Entry(unit.level, "", unit.title, unit.address)
            yield from (
                Entry(unit.level + mark.level - 1, "", mark.title, mark.address) for mark in unit.bookmarks)
