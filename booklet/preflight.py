"""Would a printer take this?  Any PDF against a printer's demands.

In come the bytes of a PDF and a printer; out goes a verdict with all faults. The story is told in ``judge``: open it,
ask who it is, measure its pages, read what is painted, look at the ink. It refuses to know where the file comes from.
"""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from pikepdf import Pdf

from booklet.anatomy import Claim, check_warnings, open_file, read_claim
from booklet.boxes import Sheet, read_sheets
from booklet.canvas import MASK, Canvas
from booklet.colourchecks import check_colours, check_spot_count, check_spots
from booklet.docket import Docket, Fault
from booklet.extras import check_extras, check_streams
from booklet.findings import Severity
from booklet.inkcheck import Painted, Proof, check_plates
from booklet.intents import check_intents
from booklet.interpreter import paint
from booklet.linechecks import check_lines, check_pictures, check_remarks, check_safe_zone
from booklet.origins import Origins, origin_of
from booklet.plane import Box, Point
from booklet.presses import Printer
from booklet.separations import NotSeparated, separate
from booklet.streams import MISREAD
from booklet.textchecks import FontCheck, check_overprint, check_text

_AREAS = ("fill", "image", "shading")


class Verdict(Struct, frozen=True):
    """What the printer would say."""

    file: str
    printer: str
    pages: int
    faults: tuple[Fault, ...]
    strict: bool
    origins: Origins = ()
    """What stands behind the pages, where the file is ours."""

    @property
    def refused(self) -> bool:
        """Tell whether the file goes back."""
        return any(self.strict or fault.severity is Severity.ERROR for fault in self.faults)

    @property
    def word(self) -> str:
        """Return the verdict in one word."""
        return "refused" if self.refused else "pass"

    def record(self) -> dict[str, Any]:
        """Return the verdict as JSON takes it."""
        return {"file": self.file, "printer": self.printer, "pages": self.pages, "verdict": self.word,
                "findings": [self._finding(fault) for fault in self.faults]}

    def _finding(self, fault: Fault) -> dict[str, Any]:
        box = fault.box
        at = origin_of(self.origins, fault.page - 1, box.top if box else None) if fault.page else None
        return {
            "code": fault.code, "severity": str(fault.severity), "page": fault.page,
            "bbox_mm": [box.left, box.bottom, box.right, box.top] if box else None,
            "message": fault.message, "hint": fault.hint, "path": str(at.path) if at else None,
            "line": at.line if at else None}

    def lines(self) -> list[str]:
        """Return the verdict as the terminal shows it: a fault a line, the verdict last."""
        count = f"{len(self.faults)} finding{'' if len(self.faults) == 1 else 's'}"
        last = f"{self.file}: {self.word} ({self.pages} pages, printer {self.printer}, {count})"
        return [*(fault.words(self.file) for fault in self.faults), last]


def judge(name: str, content: bytes, printer: Printer, *, strict: bool = False, program: str = "gs") -> Verdict:
    """Return the verdict on a file; ``program`` makes the separations."""
    docket = Docket()
    pages = 0
    pdf = open_file(content, docket)
    if pdf is not None:
        with pdf:
            pages = len(pdf.pages)
            try:
                _examine(pdf, printer, docket, program)
            except MISREAD as broken:
                docket.note(
                    "file-damaged", f"the file cannot be understood, and was not judged to its end ({_told(broken)})",
                    "export it anew")
    return Verdict(name, printer.id, pages, docket.faults(), strict)


def _told(broken: BaseException) -> str:
    return f"{type(broken).__name__}: {str(broken)[:60]}".replace("\n", " ")


def _examine(pdf: Pdf, printer: Printer, docket: Docket, program: str) -> None:
    if not len(pdf.pages):
        return
    claim = read_claim(pdf, printer, docket)
    check_intents(pdf, claim, docket)
    sheets = read_sheets(pdf, printer, docket)
    docket.corners = [sheet.trim for sheet in sheets]
    check_extras(pdf, sheets, claim, docket)
    check_streams(pdf, docket)
    canvases = list(paint(pdf, [sheet.media for sheet in sheets]))
    _check_marks(canvases, sheets, claim, printer, docket)
    check_warnings(pdf, docket)
    pages = list(zip(sheets, map(_artwork, canvases), strict=True))
    _check_inks(pdf, pages, printer, docket, program)


def _check_marks(
    canvases: Sequence[Canvas], sheets: Sequence[Sheet], claim: Claim, printer: Printer, docket: Docket,
) -> None:
    fonts, spots = FontCheck(claim, docket), set[str]()
    for number, (canvas, sheet) in enumerate(zip(canvases, sheets, strict=True)):
        check_remarks(canvas, number, claim, docket)
        check_colours(canvas, number, claim, docket)
        spots |= check_spots(canvas, sheet, number, printer, docket)
        check_text(canvas, sheet, number, docket)
        check_overprint(canvas, sheet, number, printer, docket)
        check_lines(canvas, sheet, number, docket)
        check_safe_zone(canvas, sheet, number, printer, docket)
        check_pictures(canvas, sheet, number, printer, docket)
        fonts.check(canvas, number)
    check_spot_count(spots, printer, docket)


def _check_inks(
    pdf: Pdf, pages: Sequence[tuple[Sheet, Painted]], printer: Printer, docket: Docket, program: str,
) -> None:
    windows = [_window(sheet) for sheet, _ in pages]
    try:
        for number, plates in enumerate(separate(pdf, windows, program)):
            sheet, painted = pages[number]
            check_plates(Proof(sheet, number, windows[number], plates, painted), printer, docket)
    except NotSeparated as why:
        docket.note(
            "ink-not-checked", f"neither ink nor bleed was looked at: {why}",
            "install Ghostscript, or let the printer check it")


def _window(sheet: Sheet) -> Box:
    """Return what is looked at of a page: what the printer prints of it, if there is so much."""
    window = sheet.printed.cut(sheet.media)
    return window if min(window.width, window.height) > 1 else sheet.media


def _artwork(canvas: Canvas) -> Painted:
    """Return whether what lies at one point goes on to another: white of its own or on top of it is meant."""
    marks = [mark for mark in reversed(canvas.marks) if mark.kind in _AREAS and mark.where != MASK]

    def goes_on(here: Point, there: Point) -> bool:
        for mark in marks:
            if mark.lies_at(*here):
                if mark.colour is not None and mark.colour.white:
                    return False
                if mark.lies_at(*there):
                    return True
        return False

    return goes_on
