"""Two inventories → what changed from one to the other, block by block.

In come two inventories; out come changes in reading order. Blocks are matched within their unit by content and order,
so that a paragraph that moved is moved, one that was rewritten in part is edited, and a renamed file stays what it was.
Refuses to know pages, files and layout.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from msgspec import Struct
from msgspec.structs import replace

from booklet.inventory import Inventory, Item, Part
from booklet.wording import likeness

EDITED, ADDED, REMOVED, MOVED = "edited", "added", "removed", "moved"
_UNITS = ("article", "theme", "text", "example")
_ALIKE, _VERY_ALIKE, _RENAMED = 0.4, 0.8, 0.6
"""How alike two texts must be for one to be the other edited; the other moved; a file to be another renamed."""
_LONG = 6
"""Words below which likeness says nothing about what was moved."""


class Change(Struct, frozen=True):
    """One thing that is not as it was."""

    kind: str
    """``edited``, ``added``, ``removed`` or ``moved``."""
    what: str
    theme: str
    unit: str
    old: Item | None
    new: Item | None

    @property
    def item(self) -> Item:
        """The thing as it is now, or as it was last."""
        item = self.new or self.old
        assert item is not None
        return item

    @property
    def themes(self) -> tuple[str, ...]:
        """Whose handouts print it, or did."""
        return tuple(dict.fromkeys((*(self.new.themes if self.new else ()), *(self.old.themes if self.old else ()))))

    @property
    def printed(self) -> bool:
        """Whether a reader of a copy sees it: a fact is seen in its sentences, a file's name nowhere."""
        spots = (self.old.spots if self.old else ()) + (self.new.spots if self.new else ())
        return bool(spots) and self.what not in ("fact", "file")


class Revision(Struct, frozen=True):
    """What changed, and which things are the same in both."""

    changes: tuple[Change, ...]
    same: tuple[tuple[Item, Item], ...]
    """What only may have come to stand elsewhere."""


class _Comparison:
    """Compares two inventories."""

    def __init__(self, old: Inventory, new: Inventory) -> None:
        self.old, self.new = old, new
        self.changes: list[Change] = []
        self.same: list[tuple[Item, Item]] = []
        self.gone: list[tuple[Part, Item]] = []
        self.come: list[tuple[Part, Item]] = []

    def note(self, kind: str, part: Part, old: Item | None, new: Item | None) -> None:
        """Note a change."""
        item = new or old
        assert item is not None
        self.changes.append(Change(kind, item.what, part.theme, part.address, old, new))

    def run(self) -> Revision:
        """Compare everything."""
        pairs, lost, found = _pair_parts(self.old.parts, self.new.parts)
        themes = {before.address: after.address for before, after in pairs if after.what == "theme"}
        for before, after in pairs:
            if themes.get(before.theme, before.theme) != after.theme:
                self.note(MOVED, after, _whole(before), _whole(after))
            elif before.address != after.address:
                self.note(MOVED, after, _file(before), _file(after))
            self.part(before, after)
        for before in lost:
            self.note(REMOVED, before, _whole(before), None)
        for after in found:
            self.note(ADDED, after, None, _whole(after))
        self.reorder(pairs)
        self.settle()
        return Revision(tuple(sorted(self.changes, key=self.place)), tuple(self.same))

    def part(self, before: Part, after: Part) -> None:
        """Compare the items of a part: those with names by name, the others by content and order."""
        named = [{item.key: item for item in part.items if item.key} for part in (before, after)]
        for key, item in named[0].items():
            other = named[1].get(key)
            if other is None:
                self.note(REMOVED, before, item, None)
            elif other.digest == item.digest:
                self.same.append((item, other))
            else:
                self.note(EDITED, after, item, other)
        for key, item in named[1].items():
            if key not in named[0]:
                self.note(ADDED, after, None, item)
        self.rows((before, [item for item in before.items if not item.key]),
                  (after, [item for item in after.items if not item.key]))

    def rows(self, before: tuple[Part, Sequence[Item]], after: tuple[Part, Sequence[Item]]) -> None:
        """Compare items that have places in a row only."""
        olds, news = before[1], after[1]
        matcher = SequenceMatcher(None, [one.digest for one in olds], [one.digest for one in news], autojunk=False)
        for tag, i, j, k, m in matcher.get_opcodes():
            if tag == "equal":
                self.same += zip(olds[i:j], news[k:m], strict=True)
                continue
            left, right = list(olds[i:j]), list(news[k:m])
            for old, new in _pair_items(left, right):
                self.note(EDITED, after[0], old, new)
                left.remove(old)
                right.remove(new)
            self.gone += [(before[0], item) for item in left]
            self.come += [(after[0], item) for item in right]

    def settle(self) -> None:
        """Find among what is gone and what has come that which was moved; the rest was removed or added."""
        for part, old in self.gone:
            match = next((pair for pair in self.come if pair[1].digest == old.digest), None)
            match = match or next((pair for pair in self.come if _is_moved(old, pair[1])), None)
            if match:
                self.come.remove(match)
                self.note(MOVED, match[0], old, match[1])
            else:
                self.note(REMOVED, part, old, None)
        for part, new in self.come:
            self.note(ADDED, part, None, new)

    def reorder(self, pairs: Sequence[tuple[Part, Part]]) -> None:
        """Note the units that stand before others than they did: themes among themselves, the rest in their theme."""
        groups: dict[tuple[str, str], list[tuple[Part, Part]]] = {}
        for before, after in pairs:
            if after.what in ("theme", "example", "article"):
                same_theme = before.theme == after.theme or after.what == "theme"
                group = ("theme", "") if after.what == "theme" else (after.what, after.theme)
                groups.setdefault(group if same_theme else ("stray", after.address), []).append((before, after))
        places = {part.address: number for number, part in enumerate(self.old.parts)}
        for members in groups.values():
            kept = _rising([places[before.address] for before, _ in members])
            for number, (before, after) in enumerate(members):
                if number not in kept:
                    self.note(MOVED, after, _whole(before), _whole(after))

    def place(self, change: Change) -> tuple[int, int, str]:
        """Return where in the new booklet a change is to be told."""
        parts = {part.address: number for number, part in enumerate(self.new.parts)}
        old = {part.address: number for number, part in enumerate(self.old.parts)}
        return parts.get(change.unit, old.get(change.unit, 0)), change.item.position.line, change.item.key


def _pair_parts(
    old: Sequence[Part], new: Sequence[Part]
) -> tuple[list[tuple[Part, Part]], list[Part], list[Part]]:
    """Return the parts of both that are one, in the new order; those lost, and those found."""
    olds = {part.address: part for part in old}
    pairs = {
        part.address: olds[part.address] for part in new
        if part.address in olds and not _is_replaced(olds[part.address], part)}
    lost = [part for part in old if part.address not in pairs]
    for part in new:
        if part.address not in pairs and part.what in _UNITS:
            best = max(lost, key=lambda other, part=part: _common(other, part), default=None)  # type: ignore[misc]
            if best is not None and _common(best, part) >= _RENAMED:
                pairs[part.address] = best
                lost.remove(best)
    both = [(pairs[part.address], part) for part in new if part.address in pairs]
    return both, lost, [part for part in new if part.address not in pairs]


def _common(old: Part, new: Part) -> float:
    """Return which share of the items two units have in common."""
    if old.what != new.what or not old.items or not new.items:
        return 0.0
    shared = Counter(item.digest for item in old.items) & Counter(item.digest for item in new.items)
    return 2 * sum(shared.values()) / (len(old.items) + len(new.items))


def _is_replaced(old: Part, new: Part) -> bool:
    """Tell whether a file of the same name tells of something else: another title, and next to nothing kept."""
    if old.what not in ("example", "article") or likeness(old.title, new.title) >= _ALIKE:
        return False
    texts = [{item.digest for item in part.items if item.what not in ("heading", "detail")} for part in (old, new)]
    if texts[0] & texts[1]:
        return False
    return likeness(*(" ".join(item.text for item in part.items) for part in (old, new))) < _ALIKE


def _pair_items(old: Iterable[Item], new: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    """Yield the items of which one is the other edited, the likest first."""
    left, right = list(old), list(new)
    scores = sorted(
        ((-likeness(one.text, other.text), i, k) for i, one in enumerate(left) for k, other in enumerate(right)
         if one.what == other.what and one.digest not in [item.digest for item in right]))
    taken: tuple[set[int], set[int]] = set(), set()
    for score, i, k in scores:
        if -score >= _ALIKE and i not in taken[0] and k not in taken[1]:
            taken[0].add(i)
            taken[1].add(k)
            yield left[i], right[k]


def _is_moved(old: Item, new: Item) -> bool:
    return old.what == new.what and len(old.text.split()) >= _LONG and likeness(old.text, new.text) >= _VERY_ALIKE


def _rising(numbers: Sequence[int]) -> set[int]:
    """Return the indices of a longest run of numbers that rises: what kept its order."""
    best: list[tuple[int, int]] = []
    for i, number in enumerate(numbers):
        before = max(((best[k][0], k) for k in range(i) if numbers[k] < number), default=(0, -1))
        best.append((before[0] + 1, before[1]))
    at = max(range(len(best)), key=lambda i: best[i][0], default=-1)
    kept = set()
    while at >= 0:
        kept.add(at)
        at = best[at][1]
    return kept


def _whole(part: Part) -> Item:
    """Return a unit as one thing."""
    spots = tuple(dict.fromkeys(spot for item in part.items for spot in (part.address, *item.spots)))
    themes = (part.theme,) if part.theme else ()
    return Item(part.what, "", part.title, "", part.position, spots, themes)


def _file(part: Part) -> Item:
    """Return a unit's file."""
    return replace(_whole(part), what="file", text=str(part.position.path))


def compare(old: Inventory, new: Inventory) -> Revision:
    """Return what changed from one inventory to another."""
    return _Comparison(old, new).run()
