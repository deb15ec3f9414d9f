"""The order, told once: from the two folders to everything that a print shop asks for, in one folder.

In comes what is ordered; out goes the folder, whole, or findings and the old one. Every file is made before any is
written. Knows no command.
"""

import json
import zlib
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from booklet.assembly import assemble
from booklet.collector import Collector, has_errors
from booklet.commission import MOST_TRIES, Restless
from booklet.findings import Finding, Position
from booklet.finishing import Imprint, finish
from booklet.imposition import Wanted, impose
from booklet.ledger import Asked, Ledger
from booklet.model import Booklet
from booklet.ordersheet import ADDRESS, Matter, sheet
from booklet.outputs import Made, outputs_of
from booklet.parcels import NotOurs, check, deliver
from booklet.pipeline import build
from booklet.preflight import Verdict, judge
from booklet.press import Press, Stock
from booklet.presses import Printer
from booklet.printed import RECTO, Copy, Placed, Sheets
from booklet.printers import read_printer
from booklet.profiles import ORDER_SHEET, PROFILES
from booklet.purchase import PrintOrder
from booklet.reading import read_all
from booklet.reckoning import Reckoning, reckon
from booklet.review import overdue
from booklet.spreads import ON_A_SHEET
from booklet.steps import Step
from booklet.store import Store
from booklet.styles import Styles
from booklet.terms import FILE
from booklet.warehouse import Place, Warehouse
from booklet.words import read_words
from booklet.workers import cores

__all__ = ["NotOurs", "Order", "Outcome", "Uncounted", "carry_out"]
Tell = Callable[[Step], None]


class Uncounted(ValueError):
    """Nobody said how many copies."""


class Order(Struct, frozen=True):
    """What is ordered, from what, and where it goes."""

    content: Path
    styles: Path
    output: Path
    cache: Path
    printer: str
    """Name of a printer, or the path of its file."""
    copies: int | None
    """None for as many as print.yaml says."""
    strict: bool = False
    jobs: int | None = None


class Outcome(Struct, frozen=True):
    """What became of an order."""

    folder: Path | None
    """None when it was refused."""
    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]
    verdict: Verdict | None = None
    """What the preflight says of the print file."""


class _Desk(Struct, frozen=True):
    """What an order is made from."""

    booklet: Booklet
    styles: Styles
    printer: Printer
    terms: PrintOrder
    copies: int
    place: Place
    tell: Tell


def report(verdict: Verdict) -> tuple[str, str]:
    """Return what the preflight says, as JSON and as text."""
    return json.dumps(verdict.record(), ensure_ascii=False, indent=2) + "\n", "\n".join(verdict.lines()) + "\n"


def carry_out(order: Order, tell: Tell) -> Outcome:
    """Make the folder of an order.

    Raises Uncounted when nobody said how many, NotOurs when the folder holds what somebody else put there, and
    Restless when the sources never hold still.
    """
    store = Store(order.cache)
    place = Place(Warehouse(store, str(order.content.absolute())), order.output, order.strict, order.jobs or cores())
    with store.shared():
        outcome = _settle(order, place, tell)
    if store.changed:
        store.prune()
    return outcome


def _settle(order: Order, place: Place, tell: Tell) -> Outcome:
    """Make everything, again when a source changed meanwhile, and write it."""
    for _ in range(MOST_TRIES):
        ledger = Ledger(Asked(order.content, order.styles, order.output, ("order",)), place.warehouse.store)
        found = Collector()
        desk = _desk(order, place, tell, found)
        files, verdict = _make(desk, found) if desk else ({}, None)
        if not ledger.is_current():
            continue
        if desk is None or not files or _refused(found, order.strict):
            return Outcome(None, {}, found.findings)
        folder = order.output / f"order-{desk.booklet.edition}"
        written = deliver(folder, files)
        place.warehouse.close_run()
        return Outcome(folder, written, found.findings, verdict)
    raise Restless("the content changes faster than it can be built; nothing was written")


def _refused(found: Collector, strict: bool) -> bool:
    return has_errors(found.findings) or (strict and len(found) > 0)


def _desk(order: Order, place: Place, tell: Tell, found: Collector) -> _Desk | None:
    """Read everything; None, with findings, when something is wrong or missing."""
    booklet, styles, findings = read_all(order.content, order.styles, place.warehouse.memory)
    found.add(findings)
    printer = read_printer(order.printer, order.styles, found)
    if booklet is None or styles is None or printer is None:
        return None
    found.add(overdue(booklet))
    check(order.output / f"order-{booklet.edition}")
    terms = booklet.print_order
    if terms is None:
        where = Position(order.content / FILE)
        found.error("no-print-order", f"there is no '{FILE}', which says what is ordered", where,
                    "write it, if only with 'binding: stitched'; `booklet schema print` says what it may hold")
        return None
    copies = order.copies or terms.copies
    if copies is None:
        raise Uncounted(f"neither the command nor '{FILE}' says how many")
    return _Desk(booklet, styles, printer, terms, copies, place, tell)


def _make(desk: _Desk, found: Collector) -> tuple[dict[str, bytes], Verdict | None]:
    """Return every file of the folder but the checksums, and the verdict; nothing where something is wrong."""
    place = replace(desk.place, printer=desk.printer, strict=False)  # what is strict is judged with all findings
    result = build(desk.booklet, desk.styles, outputs_of(desk.booklet, ("print",), ()), place, desk.tell)
    # Whether so many pages can be stitched is judged below: the order says how they are bound.
    found.add(finding for finding in result.findings if finding.code != "too-many-to-stitch")
    if not result.made:
        return {}, None
    (made,) = result.made
    trim = PROFILES["print"].trim
    numbers = reckon(desk.terms, desk.copies, made.pages, trim)
    _judge(desk, numbers, found)
    if has_errors(found.findings):
        return {}, None
    words = read_words(desk.booklet.language, desk.place.warehouse.memory)
    stem = f"{desk.booklet.slug}-{desk.booklet.edition}"
    creep = (desk.terms.inside_paper.thickness or 0) / 1000
    files = {
        made.file: made.content,
        f"{stem}-order.pdf": _sheet(desk, made, numbers, found),
        f"{stem}-dummy.pdf": impose(made.content, Wanted(words, "none", creep)).content,
        f"{stem}-dummy-a3.pdf": impose(made.content, Wanted(words, "a3")).content}
    verdict = judge(made.file, made.content, desk.printer, strict=desk.place.strict)
    told = zip((".json", ".txt"), report(verdict), strict=True)
    return files | {f"{stem}-preflight{end}": text.encode() for end, text in told}, verdict


def _judge(desk: _Desk, numbers: Reckoning, found: Collector) -> None:
    """Report where the order, the file and the printer contradict each other."""
    terms, printer = desk.terms, desk.printer

    def place(key: str) -> Position:
        return terms.places.get(key, terms.places[""])

    if terms.format and terms.format != numbers.trim:
        wanted, made = (f"{size[0]:g} × {size[1]:g} mm" for size in (terms.format, numbers.trim))
        found.error("order-format", f"{wanted} are ordered, the pages are {made}", place("format"),
                    "correct it, or leave it empty")
    if terms.binding == "stitched" and numbers.pages > printer.most_stitched:
        message = f"{numbers.pages} pages, more than the {printer.most_stitched} that '{printer.id}' can stitch"
        found.error("order-stitched", message, place("binding"), "write 'binding: glued', or ask the print shop")
    if terms.binding == "stitched" and numbers.pages % ON_A_SHEET:
        message = f"{numbers.pages} pages, no multiple of the {ON_A_SHEET} on a folded sheet"
        found.error("order-multiple", message, place("binding"), f"write 'multiple: 4' in '{printer.id}.yaml'")
    parts = [one.copies for one in terms.deliveries]
    known = sum(part or 0 for part in parts)
    if parts and (known > numbers.copies or (None not in parts and known != numbers.copies)):
        message = f"{known} copies are delivered of {numbers.copies} that are ordered"
        found.error("order-delivery", message, place("copies"), "correct the copies of each delivery")


def _sheet(desk: _Desk, made: Made, numbers: Reckoning, found: Collector) -> bytes:
    """Return the order sheet as a PDF, laid out by the same press as the booklet."""
    booklet, house = desk.booklet, desk.place.warehouse
    words, where = read_words(booklet.language, house.memory), desk.terms.places[""]
    matter = Matter(booklet, desk.terms, numbers, desk.printer, made, sha256(made.content).hexdigest())
    unit = sheet(matter, words, where)
    press = Press(ORDER_SHEET, Stock(
        desk.styles, words, booklet.language, {}, house.fragments, found, desk.tell, desk.styles.icc))
    fragment = press.lay_out(unit, RECTO)
    if fragment.pages > 1:
        found.error("order-long", f"the order sheet takes {fragment.pages} pages", where,
                    "shorten the notes, deliveries and contacts")
    labels = tuple(str(number) for number in range(1, fragment.pages + 1))
    placed = Placed(unit, fragment, 0, labels)
    pages = {name: place.page for name, place in fragment.places.items()}
    imprint = Imprint(
        unit.title, ", ".join(booklet.publishers), f"{words['edition']} {booklet.edition}", booklet.language,
        booklet.published, desk.styles.icc[ORDER_SHEET.ink])
    sheets = Sheets(Copy((placed,), pages, labels), ORDER_SHEET, {ADDRESS: "1"})
    return finish(assemble(sheets, zlib.compress), ORDER_SHEET, imprint, zlib.compress)
