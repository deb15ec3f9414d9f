"""The door to PDFium for who only reads: text by page and by box, and what pages are called.

In come the bytes of a file; out goes what is read in it. Of PDFium's functions these few are made known here: to make
all of them known takes longer than to read a booklet with them. Refuses to know what should stand in the file.
"""

import ctypes
from ctypes import POINTER, c_char_p, c_double, c_int, c_size_t, c_uint, c_ulong, c_ushort, c_void_p
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_PACKAGE = "pypdfium2_raw"
_KINDS = (".so", ".dylib", ".dll")
_CALLS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "FPDF_InitLibraryWithConfig": (None, (c_void_p,)),
    "FPDF_LoadMemDocument64": (c_void_p, (c_char_p, c_size_t, c_char_p)),
    "FPDF_CloseDocument": (None, (c_void_p,)),
    "FPDF_GetPageCount": (c_int, (c_void_p,)),
    "FPDF_GetPageLabel": (c_ulong, (c_void_p, c_int, c_void_p, c_ulong)),
    "FPDF_LoadPage": (c_void_p, (c_void_p, c_int)),
    "FPDF_ClosePage": (None, (c_void_p,)),
    "FPDFText_LoadPage": (c_void_p, (c_void_p,)),
    "FPDFText_ClosePage": (None, (c_void_p,)),
    "FPDFText_CountChars": (c_int, (c_void_p,)),
    "FPDFText_GetText": (c_int, (c_void_p, c_int, c_int, POINTER(c_ushort))),
    "FPDFText_GetBoundedText": (
        c_int, (c_void_p, c_double, c_double, c_double, c_double, POINTER(c_ushort), c_int)),
}
"""Name → what is returned, what is asked (fpdfview.h, fpdf_text.h, fpdf_doc.h)."""


class Unreadable(RuntimeError):
    """PDFium cannot read a file or a page."""


class _Settings(ctypes.Structure):
    """What PDFium is started with: version 2 of FPDF_LIBRARY_CONFIG."""

    _fields_ = [("version", c_int), ("fonts", c_void_p), ("isolate", c_void_p), ("slot", c_uint)]


def _library() -> str:
    """Return the file that is PDFium."""
    found = find_spec(_PACKAGE)
    if found is None or found.origin is None:
        raise ModuleNotFoundError("the reader of finished files is not installed", name=_PACKAGE)
    beside = [file for file in Path(found.origin).parent.iterdir() if "pdfium" in file.stem and file.suffix in _KINDS]
    return str(beside[0]) if beside else str(import_module(f"{_PACKAGE}.bindings")._libs["pdfium"]._name)


@cache
def _pdfium() -> Any:
    """Return PDFium, ready to read."""
    library = ctypes.CDLL(_library())
    for name, (answer, asked) in _CALLS.items():
        function = getattr(library, name)
        function.restype, function.argtypes = answer, asked
    library.FPDF_InitLibraryWithConfig(ctypes.byref(_Settings(version=2)))  # again, if it was started before: no harm
    return library


class Witness:
    """Reads a file; one page is open at a time."""

    def __init__(self, content: bytes) -> None:
        """Open a file; Unreadable when it is none."""
        self._pdfium, self._content = _pdfium(), content
        self._pdf = self._pdfium.FPDF_LoadMemDocument64(content, len(content), None)
        self._open: tuple[int, Any, Any] | None = None
        if not self._pdf or self._pdfium.FPDF_GetPageCount(self._pdf) < 1:
            raise Unreadable("the file cannot be read")

    def __len__(self) -> int:
        """Return the number of pages."""
        return int(self._pdfium.FPDF_GetPageCount(self._pdf))

    def label(self, number: int) -> str:
        """Return what a page is called; nothing when it has no name."""
        size = self._pdfium.FPDF_GetPageLabel(self._pdf, number, None, 0)
        buffer = ctypes.create_string_buffer(size)
        self._pdfium.FPDF_GetPageLabel(self._pdf, number, buffer, size)
        return buffer.raw[:max(0, size - 2)].decode("utf-16-le")

    def text(self, number: int) -> str:
        """Return all text of a page."""
        page = self._page(number)
        count = self._pdfium.FPDFText_CountChars(page)
        buffer = (c_ushort * (count + 1))()
        size = self._pdfium.FPDFText_GetText(page, 0, count, buffer)
        return _decoded(buffer, size - 1)

    def within(self, number: int, box: tuple[float, float, float, float]) -> str:
        """Return the text in a box of a page: left, bottom, right, top in pt."""
        page, (left, bottom, right, top) = self._page(number), box
        size = self._pdfium.FPDFText_GetBoundedText(page, left, top, right, bottom, None, 0)
        buffer = (c_ushort * max(0, size))()
        self._pdfium.FPDFText_GetBoundedText(page, left, top, right, bottom, buffer, size)
        return _decoded(buffer, size)

    def _page(self, number: int) -> Any:
        """Return the text of a page, which stays open until another is asked for."""
        if self._open is None or self._open[0] != number:
            self._shut()
            page = self._pdfium.FPDF_LoadPage(self._pdf, number)
            text = self._pdfium.FPDFText_LoadPage(page) if page else None
            if not text:
                raise Unreadable(f"page {number + 1} cannot be read")
            self._open = number, page, text
        return self._open[2]

    def _shut(self) -> None:
        if self._open is not None:
            self._pdfium.FPDFText_ClosePage(self._open[2])
            self._pdfium.FPDF_ClosePage(self._open[1])
            self._open = None

    def close(self) -> None:
        """Give everything back, in the order that PDFium wants."""
        self._shut()
        self._pdfium.FPDF_CloseDocument(self._pdf)


def _decoded(buffer: Any, size: int) -> str:
    return bytes(buffer)[:2 * max(0, size)].decode("utf-16-le", errors="ignore")
