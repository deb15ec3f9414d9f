"""An attested copy and the content as it is → what changed since, block by block, on the pages of that very copy.

In comes an attestation that knows file by file; out goes one that knows more, where the run or the revision that the
copy shows is at hand. A page is named exactly where a record tells it, or where the copy, laid out again, says the
same of itself; else the pages of its unit are. Writes no file.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from booklet.attestation import Attestation, Change
from booklet.bulletin import wording_of
from booklet.findings import Position
from booklet.inventory import Item
from booklet.outputs import Output, output_of
from booklet.printed import Copy
from booklet.profiles import PROFILES
from booklet.revision import Change as Revised
from booklet.revision import compare
from booklet.stamping import stamp_of
from booklet.stamps import Stamp
from booklet.standings import page_order, pages_of, stand
from booklet.states import RUN, Desk, NoState, State, load, working_state

_AT_ITS_HEAD = frozenset({"edition", "kicker", "publishers", "title", "url"})
"""What a handout says of the booklet."""
_UNSEEN = "nothing that changed in these files is read in this copy"
_Pages = Callable[[Item], tuple[str, ...]]


def look_back(found: Attestation, desk: Desk) -> Attestation:
    """Return an attestation that names changed blocks in place of files, where its run or revision is known."""
    name = f"{RUN}{found.run}" if found.run else found.commit
    if not name or not found.changes or found.stamp is None:
        return found
    try:
        old, new = load(name, desk), working_state(desk)
    except NoState as none:
        return replace(found, notes=(*found.notes, f"not compared block by block: {none}"))
    exact, spans = _exact_pages(old, found.stamp), _Spans(found.stamp, desk.content)
    changes = tuple(
        _told(one, exact, spans) for one in compare(old.inventory, new.inventory).changes if spans.concerns(one))
    if changes:
        return replace(found, changes=changes)
    return replace(found, notes=(*found.notes, _UNSEEN))


class _Spans(Struct, frozen=True):
    """What a copy says of itself, asked about changes."""

    stamp: Stamp
    content: Path

    def name(self, path: Path) -> str:
        """Return a file's path from the content folder."""
        return path.relative_to(self.content).as_posix() if path.is_relative_to(self.content) else str(path)

    def concerns(self, change: Revised) -> bool:
        """Tell whether a change is one of the copy's own content."""
        if not self.stamp.themes:
            return True
        if change.unit == "booklet":
            return change.item.key in _AT_ITS_HEAD
        files = {name for name, _ in self.stamp.files}
        mine = change.old is None or self.name(change.old.position.path) in files
        return mine and bool(set(self.stamp.themes) & {*change.themes, change.theme})

    def pages(self, addresses: list[str]) -> tuple[str, ...]:
        """Return the pages of the units of some addresses; of their theme's where a unit is a part of that."""
        spans = {part.address: part.first if part.first == part.last else f"{part.first}–{part.last}"
                 for part in self.stamp.parts}
        found = (spans.get(one) or spans.get(one.partition(".")[0], "") for one in addresses)
        return tuple(filter(None, dict.fromkeys(found)))


def _told(change: Revised, exact: _Pages, spans: _Spans) -> Change:
    """Return a change with the pages of the copy on which it was; of what was added those of its unit."""
    old, at = change.old, change.item.position
    if spans.stamp.themes and change.unit == "booklet":
        pages = tuple(part.first for part in spans.stamp.parts[:1])
    else:
        pages = exact(old) or spans.pages(list(_units(old))) if old else spans.pages([change.unit])
    return Change(spans.name(at.path), change.kind, pages, change.what, at.line, change.unit, wording_of(change))


def _units(item: Item) -> Iterator[str]:
    for spot in item.spots:
        yield spot.partition("#")[0].partition("/")[0]


def _exact_pages(old: State, stamp: Stamp) -> _Pages:
    """Return what tells an item's pages to the page; nothing where nobody knows them."""
    if old.run:
        where = old.run.whereabouts
        return lambda item: pages_of(item.spots, where)
    copy = _laid_out(old, stamp)
    if copy is None:
        return lambda item: ()
    stands, blocks, spots = stand(copy, PROFILES[stamp.profile]), copy.blocks(), _by_spots(old)

    def pages(item: Item) -> tuple[str, ...]:
        mine = {copy.labels[page] for spot in item.spots if spot in spots for page in blocks.get(spots[spot], ())}
        return tuple(sorted(mine | set(pages_of(set(item.spots) - spots.keys(), stands)), key=page_order))

    return pages


def _laid_out(old: State, stamp: Stamp) -> Copy | None:
    """Return the copy as it is laid out now; None unless it then says the same of itself, program and styles too."""
    booklet, styles = old.booklet, old.styles
    if booklet is None or styles is None or stamp.profile not in PROFILES:
        return None
    if not set(stamp.themes) <= {theme.id for theme in booklet.themes}:
        return None
    whole = Output("", stamp.profile)
    wanted = output_of(booklet, stamp.profile, stamp.themes)[0] if stamp.themes else whole
    shop = old.shop()
    copy = shop.copy(wanted)
    said = stamp_of(shop.select(wanted), copy, stamp.profile, stamp.printer, styles.digest(PROFILES[stamp.profile]))
    return copy if said == replace(stamp, pages=tuple(mark.rpartition(":")[0] for mark in stamp.pages)) else None


def _by_spots(old: State) -> dict[str, Position]:
    """Return block → where it stands in the content: a handout sets a theme's text in another unit."""
    return {
        spot: item.position for part in old.inventory.parts
        for item in part.items for spot in item.spots if spot.startswith(f"{part.address}#")}
