"""What a PDF says of itself: whether it can be read, who it is, which PDF/X it claims to be, whether it is trapped.

In come the bytes of a file; out go an open PDF and faults. It refuses to know pages.
"""

import logging
import re
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

from msgspec import Struct
from pikepdf import Array, Dictionary, Name, PasswordError, Pdf, PdfError, Stream, String
from pikepdf import open as open_pdf
from pikepdf.settings import set_qpdf_limits

from booklet.docket import Docket
from booklet.presses import Printer

_LARGEST = 600_000_000
"""Bytes that one stream may be unpacked to."""
_TAIL = 2048
_ANEW = "export it anew; it was perhaps cut off on its way"
_ID = "http://www.npes.org/pdfx/ns/id/"
_OLD = "http://ns.adobe.com/pdfx/1.3/"
_PDF = "http://ns.adobe.com/pdf/1.3/"
logging.getLogger("pikepdf").addHandler(logging.NullHandler())  # what it mutters is among the warnings we read
LEVELS = {
    "PDF/X-1:2001": 1, "PDF/X-1a:2001": 1, "PDF/X-1a:2003": 1, "PDF/X-3:2002": 3, "PDF/X-3:2003": 3, "PDF/X-4": 4,
    "PDF/X-4p": 4}
"""What a file may claim → its family."""


class Claim(Struct, frozen=True):
    """What a file says that it is."""

    version: str
    family: int
    """1 for X-1a, 3 for X-3, 4 for X-4; where it says nothing, that of the printer."""

    @property
    def old(self) -> bool:
        """Tell whether the level is older than transparency, layers and JPEG 2000."""
        return self.family < 4


def open_file(content: bytes, docket: Docket) -> Pdf | None:
    """Return the open file; None, with a fault, when it cannot be read."""
    set_qpdf_limits(flate_max_memory=_LARGEST, run_length_max_memory=_LARGEST, png_max_memory=_LARGEST)
    try:
        pdf = open_pdf(BytesIO(content))
        pages = len(pdf.pages)
    except PasswordError:
        docket.note("file-encrypted", "the file is locked with a password", "export it without protection")
        return None
    except (PdfError, RuntimeError, ValueError, KeyError, TypeError) as broken:
        docket.note("file-damaged", f"the file cannot be read: {_plain(broken)}", "export it anew")
        return None
    if pdf.is_encrypted:
        docket.note("file-encrypted", "the file is encrypted", "export it without protection")
    if not check_warnings(pdf, docket) and b"%%EOF" not in content[-_TAIL:]:
        docket.note("file-damaged", "the file has no end (%%EOF)", _ANEW)
    if not pages:
        docket.note("file-damaged", "the file has no pages", "export it anew")
    return pdf


def check_warnings(pdf: Pdf, docket: Docket) -> bool:
    """Note what qpdf has mended since it was last asked; tells whether it has."""
    told = [_plain(one) for one in pdf.get_warnings()]
    if told:
        docket.note("file-damaged", f"the file is damaged: {told[0]}", _ANEW, key="mended")
    return bool(told)


def _plain(told: object) -> str:
    """Return what qpdf says, without where the bytes lie in memory."""
    return re.sub(r"(stream )?<_io\.BytesIO[^>]*>( \([^)]*\))?:? ?", "", str(told).split("\n")[0]).strip()[:120]


def _text(thing: Any) -> str:
    return str(thing).removeprefix("/") if isinstance(thing, String | Name) else ""


class _Words:
    """What the XMP says: namespace and name → text."""

    def __init__(self, pdf: Pdf, docket: Docket) -> None:
        self.found: dict[tuple[str, str], str] = {}
        stream = pdf.Root.get("/Metadata")
        if not isinstance(stream, Stream):
            return
        try:
            text = stream.read_bytes()
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                raise ElementTree.ParseError("it defines entities")
            tree = ElementTree.fromstring(text.strip(b"\0 \r\n\t"))
        except (PdfError, ElementTree.ParseError, ValueError, LookupError) as broken:
            docket.note("pdfx-disagrees", f"the metadata (XMP) cannot be read: {str(broken)[:80]}", "export it anew")
            return
        for element in tree.iter():
            pairs = [(element.tag, element.text or ""), *element.attrib.items()]
            for name, value in pairs:
                space, _, local = str(name).removeprefix("{").rpartition("}")
                if value.strip():
                    self.found.setdefault((space, local), value.strip())


def _check_id(pdf: Pdf, docket: Docket) -> None:
    given = pdf.trailer.get("/ID")
    whole = isinstance(given, Array) and len(given) == 2 and all(
        isinstance(part, String) and len(bytes(part)) for part in given)
    if not whole:
        docket.note("id-missing", "the file has no /ID", "export it anew, or let qpdf write one")


def read_claim(pdf: Pdf, printer: Printer, docket: Docket) -> Claim:
    """Return what a file says that it is; note what is missing, wrong or said in two ways."""
    _check_id(pdf, docket)
    info = pdf.trailer.get("/Info")
    info = info if isinstance(info, Dictionary) else Dictionary()
    words = _Words(pdf, docket).found
    _check_trapped(info, words.get((_PDF, "Trapped"), ""), docket)
    inside = words.get((_ID, "GTS_PDFXVersion"), words.get((_OLD, "GTS_PDFXVersion"), ""))
    outside = _text(info.get("/GTS_PDFXVersion"))
    conformance = _text(info.get("/GTS_PDFXConformance"))
    return _judge(inside, outside, conformance, printer, docket)


def _judge(inside: str, outside: str, conformance: str, printer: Printer, docket: Docket) -> Claim:
    asked = LEVELS.get(printer.standard, 4)
    hint = f"export it as {printer.standard}"
    claimed = inside or outside
    if not claimed:
        strange = "" if not conformance else f", only the conformance '{conformance}'"
        docket.note("pdfx-missing", f"the file does not say that it is PDF/X{strange}", hint)
        return Claim("", asked)
    if inside and outside and inside != outside:
        docket.note("pdfx-disagrees", f"the metadata says '{inside}', the document information '{outside}'", hint)
    family = LEVELS.get(claimed, 0)
    if not family:
        docket.note("pdfx-wrong", f"the file says that it is '{claimed[:40]}', which is no level of PDF/X known", hint)
        return Claim(claimed, asked)
    if family == 4 and not inside:
        docket.note("pdfx-missing", f"the metadata (XMP) does not say that the file is {claimed}", hint)
    if claimed == "PDF/X-1:2001" and conformance != "PDF/X-1a:2001":
        docket.note("pdfx-wrong", f"PDF/X-1:2001 with the conformance '{conformance}' is not X-1a", hint)
    if family != 4 and not outside:
        docket.note("pdfx-missing", f"the document information does not say that the file is {claimed}", hint)
    if family > asked:
        docket.note("pdfx-wrong", f"the file is {claimed}, the printer wants {printer.standard}", hint)
    return Claim(claimed, family)


def _check_trapped(info: Any, said: str, docket: Docket) -> None:
    given = info.get("/Trapped")
    hint = "set Trapped to False, or to True when it is"
    word = _text(given) if isinstance(given, Name) else ""
    if given is not None and word not in ("True", "False"):
        shown = word or str(given)[:40]
        docket.note("trapped-unknown", f"the document information says Trapped '{shown}'", hint)
    elif given is None and said not in ("True", "False"):
        what = f"says Trapped '{said[:40]}'" if said else "does not say whether it is trapped (Trapped)"
        docket.note("trapped-unknown", f"the file {what}", hint)
    elif given is not None and said and said != word:
        where = f"'{word}' in the document information, '{said[:40]}' in the metadata"
        docket.note("trapped-unknown", f"Trapped is {where}", hint)
