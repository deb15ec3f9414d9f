"""A layout against the newest print run: what of the unchanged text no longer stands where it was printed.

In come the booklet, its page map and the runs; out go shifts, so that a new engine, typeface or style cannot move the
book unseen. What was edited is no shift. Knows no file.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from booklet.findings import Finding, Position, Severity
from booklet.inventory import Item, Part, take_inventory
from booklet.model import Booklet
from booklet.printed import Copy
from booklet.profiles import PROFILES
from booklet.revision import compare
from booklet.runs import Run
from booklet.standings import Whereabouts, moved_to, pages_of, stand, standings

_MOST = 6
"""Shifts that are told one by one when they are no errors."""


class Shift(Struct, frozen=True):
    """Something that does not stand where it was printed."""

    message: str
    position: Position
    on_page: bool = False
    """It stands on the page that it was printed on, but elsewhere."""


def find_shifts(run: Run, booklet: Booklet, words: Mapping[str, str], copy: Copy, profile: str) -> tuple[Shift, ...]:
    """Return how a layout differs from a run."""
    inventory, stands = take_inventory(booklet, words), stand(copy, PROFILES[profile])
    now = {placed.unit.address: placed.labels[0] for placed in copy.placed}
    shifts, begun = list[Shift](), set[str]()
    for part in inventory.parts:
        before = dict(run.map).get(part.address)
        if before and part.address in now and now[part.address] != before:
            begun.add(part.address)
            message = f"{_name(part, booklet)} begins on p. {now[part.address]}, before {before}"
            shifts.append(Shift(message, part.position))
    pairs = compare(run.inventory, inventory).same
    old = {id(new): was for was, new in pairs}
    for part in inventory.parts:
        if part.address not in begun and part.what not in ("facts", "pictures"):
            shifts += _within(part, [(old[id(one)], one) for one in part.items if id(one) in old], run, stands)
    pages = int(run.stamp.pages)
    if len(copy.labels) != pages:
        shifts.append(Shift(f"the booklet has {len(copy.labels)} pages, before {pages}", booklet.position))
    return tuple(shifts)


def _within(part: Part, pairs: Sequence[tuple[Item, Item]], run: Run, stands: Whereabouts) -> list[Shift]:
    """Return what moved within a unit that begins where it began."""
    moved = [(was, now) for was, now in pairs if moved_to(
        standings(was.spots, run.whereabouts), standings(now.spots, stands))]
    if not moved:
        return []
    turned = [now for was, now in moved if not _on_its_page(was, now, run, stands)]
    if turned:
        return [Shift(f"{_blocks(turned, part)} on another page than before", turned[0].position)]
    message = f"{_blocks([now for _, now in moved], part)} elsewhere on the page than before"
    return [Shift(message, moved[0][1].position, True)]


def _on_its_page(was: Item, now: Item, run: Run, stands: Whereabouts) -> bool:
    return set(pages_of(now.spots, stands)) <= set(pages_of(was.spots, run.whereabouts))


def _blocks(items: Sequence[Item], part: Part) -> str:
    one = len(items) == 1
    return f"{len(items)} {'block' if one else 'blocks'} of '{part.title}' {'stands' if one else 'stand'}"


def _name(part: Part, booklet: Booklet) -> str:
    numbers = {theme.id: theme.number for theme in booklet.themes}
    return f"theme {numbers[part.address]}" if part.what == "theme" else f"'{part.title}'"


def as_errors(shifts: Sequence[Shift], run: Run) -> tuple[Finding, ...]:
    """Return shifts as findings that refuse a build whose layout is locked."""
    return tuple(Finding(
        "layout-shift", Severity.ERROR, f"{shift.message} (run {run.stamp.name})", shift.position,
        "undo what moved it, or build without '--locked'") for shift in shifts)


def as_notes(shifts: Sequence[Shift], run: Run) -> tuple[str, ...]:
    """Return shifts as a few lines for a person; those within a page go without saying."""
    told = [shift.message for shift in shifts if not shift.on_page]
    more = [f"and {len(told) - _MOST} more"] if len(told) > _MOST else []
    return tuple([f"since run {run.stamp.name}: {'; '.join([*told[:_MOST], *more])}"] if told else [])
