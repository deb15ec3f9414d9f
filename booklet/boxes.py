"""The boxes of a PDF's pages: where it is cut, how far it bleeds, whether they fit into each other.

In come an open PDF and a printer; out go the sheets, and faults. It refuses to know what is on them.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from pikepdf import Pdf

from booklet.docket import Docket
from booklet.figures import box_of
from booklet.plane import MM, Box
from booklet.presses import Printer

_SLACK = 0.01
"""In pt: boxes are written with few decimals."""
_SAME = 0.6
"""In pt: sizes and boxes that differ by less are meant to be the same."""
_LACK = 0.15
"""In mm: three millimetres are often written as 8.5 pt or 8.4."""
_DEFAULT = Box(0, 0, 612, 792)
EDGES = ("left", "bottom", "right", "top")


class Sheet(Struct, frozen=True):
    """One page, in pt."""

    media: Box
    trim: Box
    bleed: Box
    """As the file has it."""
    wanted: Mapping[str, float]
    """Edge → bleed that the printer wants, in pt."""

    @property
    def printed(self) -> Box:
        """Return what the printer prints of it: the trimmed page and the bleed that is wanted."""
        trim, wanted = self.trim, self.wanted
        return Box(trim.left - wanted["left"], trim.bottom - wanted["bottom"],
                   trim.right + wanted["right"], trim.top + wanted["top"])


def _wanted(printer: Printer, number: int, angle: int) -> dict[str, float]:
    """Return the bleed of each edge of a page in pt: the first page is a recto, with the gutter at its left."""
    gutter, outer = ("left", "right") if number % 2 == 0 else ("right", "left")
    bleed = {gutter: printer.bleed["gutter"], outer: printer.bleed["outer"],
             "bottom": printer.bleed["foot"], "top": printer.bleed["head"]}
    ring = ("left", "top", "right", "bottom")
    turned = angle // 90 % 4
    return {edge: bleed[ring[(ring.index(edge) + turned) % 4]] * MM for edge in EDGES}


def read_sheets(pdf: Pdf, printer: Printer, docket: Docket) -> list[Sheet]:
    """Return the sheets of a file; note what is wrong with their boxes."""
    sheets = [_sheet(page.obj, number, printer, docket) for number, page in enumerate(pdf.pages)]
    sizes: dict[tuple[int, int], int] = {}
    for sheet in sheets:
        size = round(sheet.trim.width / _SAME / 2), round(sheet.trim.height / _SAME / 2)
        sizes[size] = sizes.get(size, 0) + 1
    first = sheets[0].trim if sheets else _DEFAULT
    for number, sheet in enumerate(sheets):
        east, north = abs(sheet.trim.width - first.width), abs(sheet.trim.height - first.height)
        if east > _SAME or north > _SAME:
            docket.note(
                "trim-sizes", f"the trimmed page is {_size(sheet.trim)}, the first {_size(first)}",
                "make all pages the same size", number)
    _count(len(sheets), printer, docket)
    return sheets


def _count(pages: int, printer: Printer, docket: Docket) -> None:
    if pages % printer.multiple:
        docket.note(
            "page-multiple", f"{pages} pages, which is no multiple of {printer.multiple}",
            f"add or remove pages: {pages + -pages % printer.multiple} would do")
    if pages > printer.most_stitched:
        docket.note(
            "too-many-pages", f"{pages} pages, more than the {printer.most_stitched} that can be stitched",
            "shorten it, or have it glued")


def _size(box: Box) -> str:
    return f"{box.width / MM:.1f} × {box.height / MM:.1f} mm"


def _sheet(page: Any, number: int, printer: Printer, docket: Docket) -> Sheet:
    media = box_of(page.get("/MediaBox"))
    if media is None or min(media.width, media.height) <= 0:
        docket.note("box-nesting", "the MediaBox is missing or empty", "give every page a MediaBox", number)
        media = _DEFAULT
    crop, trim, art, bleed = (box_of(page.get(f"/{name}Box")) for name in ("Crop", "Trim", "Art", "Bleed"))
    angle = _turns(page, number, docket)
    if crop is not None and _apart(crop, media):
        docket.note(
            "crop-box", f"the CropBox ({_size(crop)}) is not the MediaBox ({_size(media)})",
            "remove the CropBox", number)
    if trim is None:
        where = " (there is an ArtBox)" if art else ""
        docket.note("trim-box-missing", f"the page has no TrimBox{where}", "export with trim and bleed boxes", number)
    elif art is not None:
        docket.note("trim-and-art-box", "the page has a TrimBox and an ArtBox", "remove the ArtBox", number)
    sheet = Sheet(media, trim or art or media, bleed or crop or media, _wanted(printer, number, angle))
    _nest(sheet, bleed, number, docket)
    if trim is not None:
        _bleed(sheet, number, docket)
    return sheet


def _apart(one: Box, other: Box) -> bool:
    return not (one.within(other, _SAME) and other.within(one, _SAME))


def _turns(page: Any, number: int, docket: Docket) -> int:
    """Return by how many degrees a page is turned; note that, and units of its own."""
    unit = page.get("/UserUnit")
    if unit is not None and float(unit) != 1:
        docket.note("user-unit", f"the page has a UserUnit of {float(unit):g}", "export in real size", number)
    try:
        angle = int(page.get("/Rotate", 0))
    except (TypeError, ValueError):
        angle = 0
    if angle % 360:
        docket.note("page-rotated", f"the page is turned by {angle} degrees (/Rotate)", "export it upright", number)
    return angle % 360


def _nest(sheet: Sheet, bleed: Box | None, number: int, docket: Docket) -> None:
    pairs = [("TrimBox", sheet.trim, "MediaBox", sheet.media)]
    if bleed is not None:
        pairs += [("TrimBox", sheet.trim, "BleedBox", bleed), ("BleedBox", bleed, "MediaBox", sheet.media)]
    for inner, inside, outer, outside in pairs:
        if min(inside.width, inside.height) <= 0:
            docket.note("box-nesting", f"the {inner} is empty", "export the boxes anew", number)
        elif not inside.within(outside, _SLACK):
            docket.note("box-nesting", f"the {inner} is not inside the {outer}", "export the boxes anew", number)


def _bleed(sheet: Sheet, number: int, docket: Docket) -> None:
    trim, bleed = sheet.trim, sheet.bleed.cut(sheet.media)
    found = {"left": trim.left - bleed.left, "bottom": trim.bottom - bleed.bottom,
             "right": bleed.right - trim.right, "top": bleed.top - trim.top}
    short = [edge for edge in EDGES if found[edge] / MM < sheet.wanted[edge] / MM - _LACK]
    if short:
        worst = min(short, key=lambda edge: found[edge] - sheet.wanted[edge])
        has, wants = max(0.0, found[worst]) / MM, sheet.wanted[worst] / MM
        docket.note(
            "bleed-too-small", f"{has:.1f} mm bleed at the {', '.join(short)}, the printer wants {wants:g}",
            "export with more bleed", number)
