"""What the tests of the order share: print orders by hand, and small PDFs whose pages say their number."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from making import AT, STYLES, booklet
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Name

from booklet.collector import Collector
from booklet.ordersheet import Matter
from booklet.outputs import Made
from booklet.printers import Printer, read_printer
from booklet.purchase import Contact, Delivery, Paper, PrintOrder
from booklet.reckoning import reckon

COVER, INSIDE = Paper("Silk", 250, 230), Paper("Silk", 130, 105)
UNKNOWN = PrintOrder(None, None, "", Paper(), Paper(), "", "", (), "", (), (), (), (), {"": AT})
KNOWN = PrintOrder(
    1000, (170, 240), "separate", COVER, INSIDE, "4+4", "stitched", ("Matt",), "Digitalt",
    (Delivery("Sortland", "2019-05-17", 800), Delivery("Oslo", "", 200)),
    (Contact("Bestiller", "Kari", "1", "k@x.no"), Contact("", "Ola", "", "")), (("Svanemerket", "2041 0001"),),
    ("Halvpall",), {"": AT})
MM = 72 / 25.4


def printer(name: str = "sheetfed") -> Printer:
    """Return a shipped printer."""
    found = read_printer(name, STYLES, Collector(), with_icc=False)
    assert found
    return found


def matter(order: PrintOrder = KNOWN, copies: int = 10000, pages: int = 60, wanted: str = "sheetfed") -> Matter:
    """Return what an order sheet is about."""
    numbers = reckon(order, copies, pages, (170, 240))
    return Matter(booklet(isbn="978"), order, numbers, printer(wanted), Made("h.pdf", b"", pages, 0), "a" * 64)


def matters() -> Iterator[Matter]:
    """Yield orders that together use everything there is to say."""
    yield matter()
    yield matter(UNKNOWN, wanted="marks")
    yield matter(replace(KNOWN, cover="self", cover_paper=Paper()))
    yield matter(replace(KNOWN, binding="glued"))
    yield matter(replace(KNOWN, binding="glued", inside_paper=Paper()))


def numbered(pages: int, size: tuple[float, float] = (170, 240), bleed: float = 3, **keys: Any) -> bytes:
    """Return a PDF whose pages say «side1», «side2» … near their top left corner, all in one typeface."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    width, height = (side * MM for side in size)
    edge = bleed * MM
    for number in range(1, pages + 1):
        place = f"{edge + 20} {edge + height - 40} Td"
        text = f"0 0 1 0 k 0 0 2000 2000 re f 0 0 0 1 k BT /F 12 Tf {place} (side{number}) Tj ET"
        pdf.pages.append(pikepdf.Page(Dictionary(
            Type=Name.Page, MediaBox=Array([0, 0, width + 2 * edge, height + 2 * edge]),
            TrimBox=Array([edge, edge, edge + width, edge + height]), Contents=pdf.make_stream(text.encode()),
            BleedBox=Array([0, 0, width + 2 * edge, height + 2 * edge]),
            Resources=Dictionary(Font=Dictionary(F=font)), **keys)))
    return saved(pdf)


def saved(pdf: pikepdf.Pdf, **how: Any) -> bytes:
    """Return the bytes of a file."""
    target = BytesIO()
    pdf.save(target, deterministic_id="encryption" not in how, **how)
    return target.getvalue()
