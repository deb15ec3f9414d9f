"""A print run, frozen: the two folders → the print file and the record of what stands on which page of it.

In comes what is frozen; out go the file and the record, or findings and nothing. The record is never written over one
that is there. Knows no command.
"""

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from msgspec import Struct
from msgspec.structs import replace

from booklet.collector import Collector, has_errors
from booklet.findings import Finding
from booklet.inventory import Inventory, take_inventory
from booklet.linework import Lines, trace
from booklet.outputs import Made, outputs_of
from booklet.pipeline import build, deliver
from booklet.presses import Printer
from booklet.printed import Copy
from booklet.printers import read_printer
from booklet.profiles import PROFILES
from booklet.program import decisive, program
from booklet.reading import read_all
from booklet.repository import NoRevision, holds, open_repository
from booklet.runs import FOLDER, Run, Stamp, read_runs, write_run
from booklet.standings import Standing, pages_of, stand
from booklet.states import digest_of
from booklet.steps import Step
from booklet.store import Store
from booklet.warehouse import Place, Warehouse
from booklet.words import read_words
from booklet.workers import cores

_PROFILE = "print"


class Frozen(FileExistsError):
    """The run is frozen already."""


class Freezing(Struct, frozen=True):
    """What is frozen, and where it goes."""

    content: Path
    styles: Path
    output: Path
    cache: Path
    printer: str
    run: int
    copies: int
    date: str
    """ISO date; empty for the date of the edition."""
    strict: bool = False
    jobs: int | None = None


class Ice(Struct, frozen=True):
    """What became of it."""

    findings: tuple[Finding, ...]
    record: Path | None = None
    """None when it was refused."""
    run: Run | None = None
    file: Path | None = None
    notes: tuple[str, ...] = ()


def freeze(order: Freezing, tell: Callable[[Step], None]) -> Ice:
    """Make the print file and write the record; raises Frozen when there is one of that name."""
    store, found = Store(order.cache), Collector()
    with store.shared():
        warehouse = Warehouse(store, str(order.content.absolute()))
        booklet, styles, findings = read_all(order.content, order.styles, warehouse.memory)
        found.add(findings)
        printer = read_printer(order.printer, order.styles, found)
        if booklet is None or styles is None or printer is None or has_errors(found.findings):
            return Ice(found.findings)
        target = order.content / FOLDER / f"{booklet.edition}-{order.run}.yaml"
        if target.exists():
            raise Frozen(f"'{target}' is there already: a run is frozen once; count on with --run")
        hashes = digest_of(order.content), digest_of(order.styles)
        place = Place(warehouse, order.output, order.strict, order.jobs or cores(), printer)
        result = build(booklet, styles, outputs_of(booklet, (_PROFILE,), ()), place, tell)
        found.add(result.findings)
        if not result.made or (order.strict and len(found)):
            return Ice(found.findings)
        inventory = take_inventory(booklet, read_words(booklet.language, warehouse.memory))
        (made,) = result.made
        revision = _revision(order)
        stamp = _stamp(order, inventory, (made, printer), hashes, booklet.published, revision)
        run = record_run(stamp, inventory, result.maps[_PROFILE], made.content)
        if (digest_of(order.content), digest_of(order.styles)) != hashes:
            raise RuntimeError("the content changed while it was frozen; nothing was written")
        deliver(result, place)
        _put(write_run(run, order.content), target)
        read_runs(order.content, found, warehouse.memory)
    notes = () if revision else ("no git revision holds just this content and these styles: commit before you freeze",)
    return Ice(found.findings, target, run, order.output / made.file, notes)


def _revision(order: Freezing) -> str:
    """Return the git revision that holds just this content and these styles; nothing where none does."""
    try:
        repository = open_repository(order.content)
        commit, styles = repository.resolve("HEAD"), repository.path_of(order.styles)
        same = holds(repository.files(commit), order.content, FOLDER)
        return commit if same and styles and holds(repository.files(commit, styles), order.styles) else ""
    except NoRevision:
        return ""


def _stamp(
    order: Freezing, inventory: Inventory, made: tuple[Made, Printer], hashes: tuple[str, str], *more: str
) -> Stamp:
    file, printer = made
    published, revision = more
    mark, digest = fingerprint_of(*hashes, printer.id, _PROFILE), sha256(file.content).hexdigest()
    return Stamp(
        inventory.edition, str(order.run), str(order.copies), order.date or published, inventory.language, *hashes,
        revision, file.file, digest, str(file.pages), _PROFILE, printer.id, program(), mark)


def fingerprint_of(content: str, styles: str, printer: str, profile: str) -> str:
    """Return one hash of all that a file is made from."""
    return sha256("\n".join([content, styles, printer, profile, program()]).encode()).hexdigest()


def record_run(stamp: Stamp, inventory: Inventory, copy: Copy, content: bytes) -> Run:
    """Return the record of a file: what stands where on its pages, line by line as the file itself says."""
    stands, lines = stand(copy, PROFILES[stamp.profile]), trace(content, copy, inventory)
    whereabouts, said = dict[str, tuple[Standing, ...]](), dict[str, tuple[str, ...]]()
    for part in inventory.parts:
        for number, item in enumerate(part.items):
            spot = f"{part.address}/{number}"
            if part.what == "facts":
                whereabouts[spot] = tuple(Standing(page, -1, -1) for page in pages_of(item.spots, stands))
                continue
            mine = [one for name in item.spots for one in stands.get(name, ())]
            whereabouts[spot] = _counted(mine, item, lines, copy)
            said[spot] = tuple(line.text for line in lines.get(id(item), ()))
    pages = tuple((placed.unit.address, placed.labels[0]) for placed in copy.placed)
    whereabouts = {spot: places for spot, places in whereabouts.items() if places}
    parts = tuple(replace(part, items=tuple(
        replace(item, spots=(spot,) if (spot := f"{part.address}/{number}") in whereabouts else ())
        for number, item in enumerate(part.items))) for part in inventory.parts)
    return Run(stamp, decisive(), pages, replace(inventory, parts=parts), whereabouts, said)


def _counted(mine: list[Standing], item: object, lines: Lines, copy: Copy) -> tuple[Standing, ...]:
    """Return an item's standings with how many lines of it are there, and the pages that only its lines tell."""
    pages = [copy.labels[line.page] for line in lines.get(id(item), ())]
    known = [one.page for one in mine]
    counted = [Standing(one.page, one.x, one.y, pages.count(one.page) if known.index(one.page) == at else 0)
               for at, one in enumerate(mine)]
    more = [page for page in dict.fromkeys(pages) if page not in known]
    return (*counted, *(Standing(page, -1, -1, pages.count(page)) for page in more))


def _put(text: str, target: Path) -> None:
    """Write a record whole, and never over one that is there."""
    target.parent.mkdir(exist_ok=True)
    with NamedTemporaryFile("w", dir=target.parent, prefix=".", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
        try:
            os.link(file.name, target)
        except FileExistsError:
            raise Frozen(f"'{target}' is there already: a run is frozen once") from None
    target.chmod(0o644)
