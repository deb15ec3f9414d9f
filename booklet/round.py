"""The editor's round: both folders → the facts with their pages, and the list of them on paper.

In come the folders and a day; out goes the sheet of facts, and a PDF of it. Lays out what was not laid out before;
writes nothing.
"""

import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct

from booklet.assembly import assemble
from booklet.collector import Collector
from booklet.factlist import list_of
from booklet.factsheet import Sheet, survey
from booklet.findings import Finding
from booklet.finishing import Imprint, finish
from booklet.outputs import outputs_of
from booklet.pipeline import Workshop
from booklet.press import Press, Stock
from booklet.printed import RECTO, Copy, Placed, Sheets
from booklet.printers import read_printer
from booklet.profiles import FACT_LIST
from booklet.reading import read_all
from booklet.review import overdue
from booklet.steps import Step
from booklet.store import Store
from booklet.warehouse import Place, Warehouse


class Wanted(Struct, frozen=True):
    """What is asked for."""

    content: Path
    styles: Path
    cache: Path
    on: str
    jobs: int = 1
    paper: bool = False
    """Whether the list is wanted as a PDF."""


class Outcome(Struct, frozen=True):
    """What is to be said."""

    findings: tuple[Finding, ...]
    sheet: Sheet | None = None
    """None where the content has errors."""
    pdf: bytes = b""
    name: str = ""
    """What the PDF is called."""


def survey_facts(wanted: Wanted, tell: Callable[[Step], None]) -> Outcome:
    """Return the facts with their ages and pages; what is past review is among the findings."""
    store, found = Store(wanted.cache), Collector()
    with store.shared():
        house = Warehouse(store, str(wanted.content.absolute()))
        booklet, styles, findings = read_all(wanted.content, wanted.styles, house.memory)
        found.add(findings)
        printer = read_printer("sheetfed", wanted.styles, found)
        if booklet is None or styles is None:
            return Outcome(found.findings)
        shop = Workshop(booklet, styles, Place(house, Path(), False, wanted.jobs, printer), tell)
        outputs = outputs_of(booklet, ("print", "handout"), ())
        shop.prepare(outputs)
        copies = {output.themes: shop.lay_out(output)[0] for output in outputs}
        handouts = {themes[0]: copy for themes, copy in copies.items() if themes}
        sheet = survey(booklet, shop.labels, copies[()], handouts, wanted.on)
        found.add((*shop.found.findings, *overdue(booklet, wanted.on)))
        pdf = _paper(sheet, shop, found) if wanted.paper else b""
        house.close_run()
    return Outcome(found.findings, sheet, pdf, f"{booklet.slug}-{booklet.edition}-facts.pdf")


def _paper(sheet: Sheet, shop: Workshop, found: Collector) -> bytes:
    """Return the list as a PDF, laid out by the same press as the booklet."""
    booklet, words = shop.booklet, shop.words
    unit = list_of(sheet, booklet, words)
    press = Press(FACT_LIST, Stock(
        shop.styles, words, booklet.language, {}, shop.place.warehouse.fragments, found, shop.stock.tell,
        shop.styles.icc))
    fragment = press.lay_out(unit, RECTO)
    labels = tuple(str(number) for number in range(1, fragment.pages + 1))
    pages: Mapping[str, int] = {name: place.page for name, place in fragment.places.items()}
    copy = Copy((Placed(unit, fragment, 0, labels),), pages, labels)
    imprint = Imprint(
        unit.title, ", ".join(booklet.publishers), f"{words['edition']} {booklet.edition}", booklet.language,
        sheet.on, shop.styles.icc[FACT_LIST.ink])
    return finish(assemble(Sheets(copy, FACT_LIST, {}), zlib.compress), FACT_LIST, imprint, zlib.compress)
