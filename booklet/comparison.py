"""Two states of the booklet → what changed, on which printed pages, and what to do about it.

In come two states; out goes a comparison, complete for whoever shows it. Knows no terminal and no PDF.
"""


from msgspec import Struct

from booklet.inventory import Item
from booklet.model import Limits
from booklet.outputs import output_of
from booklet.revision import REMOVED, Change, compare
from booklet.standings import Whereabouts, moved_to, page_order, pages_of, standings
from booklet.states import NoState, State
from booklet.verdict import Verdict, counts, judge


class Told(Struct, frozen=True):
    """A change with its pages."""

    change: Change
    old_pages: tuple[str, ...]
    new_pages: tuple[str, ...]


class Comparison(Struct, frozen=True):
    """Everything that is to be said of two states."""

    old: State
    new: State
    told: tuple[Told, ...]
    reflowed: tuple[str, ...]
    """Pages of the new one where nothing changed but what stands where."""
    restyled: bool
    """Whether the styles differ."""
    verdict: Verdict
    same: tuple[tuple[Item, Item], ...]
    """What is the same in both."""

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes without their pages."""
        return tuple(one.change for one in self.told)

    @property
    def units(self) -> tuple[str, ...]:
        """Addresses of the units in which something changed."""
        return tuple(dict.fromkeys(change.unit for change in self.changes))

    @property
    def handouts(self) -> tuple[str, ...]:
        """Names of the handouts that are no longer right."""
        booklet = self.new.booklet
        wanted = {theme for change in self.changes if _in_handout(change) for theme in change.themes}
        before, after = (_numbers(state) for state in (self.old, self.new))
        wanted |= {theme for theme, number in after.items() if before.get(theme, number) != number}
        if booklet is None:
            return tuple(sorted(wanted))
        themes = [theme.id for theme in booklet.themes if theme.id in wanted]
        return tuple(output_of(booklet, "handout", (theme,))[0].file for theme in themes)


def _numbers(state: State) -> dict[str, int]:
    """Return theme → its number, which its handout prints."""
    themes = [part.address for part in state.inventory.parts if part.what == "theme"]
    return {theme: number for number, theme in enumerate(themes, 1)}


def _in_handout(change: Change) -> bool:
    return counts(change) or change.what == "step"


def contrast(old: State, new: State) -> Comparison:
    """Return what changed from one state to another; NoState when one cannot be laid out."""
    revision = compare(old.inventory, new.inventory)
    before, after = old.whereabouts(), new.whereabouts()
    told = tuple(Told(change, _pages(change.old, before), _pages(change.new, after)) for change in revision.changes)
    changed = {page for one in told if counts(one.change) for page in one.new_pages}
    moved = {
        page for was, now in revision.same
        for page in moved_to(standings(was.spots, before), standings(now.spots, after))}
    reflowed = tuple(sorted(moved - changed, key=page_order))
    limits = new.booklet.limits if new.booklet else Limits()
    verdict = judge(revision.changes, new.inventory, limits)
    return Comparison(old, new, told, reflowed, old.looks != new.looks, verdict, revision.same)


def _pages(item: Item | None, whereabouts: Whereabouts) -> tuple[str, ...]:
    return pages_of(item.spots, whereabouts) if item else ()


def path_of(change: Change) -> tuple[str, int]:
    """Return the file and line of a change: as it is now, or as it was where it is gone."""
    item = change.old if change.kind == REMOVED and change.old else change.item
    return str(item.position.path), item.position.line


__all__ = ["Comparison", "NoState", "Told", "contrast", "path_of"]
