"""A page into its frame: moved to where it lies on the sheet, cut at the bleed, marks beside it.

In come a page's content and its frame; out go new content, and the boxes and states that a print shop asks for.
"""

from functools import cache, lru_cache

from booklet.frames import Box, Frame
from booklet.presses import Printer
from booklet.values import Value, spell


def mount(content: bytes, frame: Frame, slug: bytes) -> bytes:
    """Return a page's content where the frame puts it, with marks and a line beside it."""
    if not frame.moves:
        return content
    left, bottom, right, top = frame.bleed
    clip = f"{left:.3f} {bottom:.3f} {right - left:.3f} {top - bottom:.3f} re W n".encode()
    move = "1 0 0 1 {:.3f} {:.3f} cm".format(*frame.shift).encode()
    return b"\n".join(filter(None, [b"q", clip, move, content, b"Q", frame.marks, slug]))


def dress(page: dict[str, Value], states: dict[str, Value], frame: Frame, printer: Printer) -> None:
    """Set a page's boxes (ISO 15930-7, 6.12), and what black text is painted with."""
    page["/MediaBox"], page["/BleedBox"], page["/TrimBox"] = map(_box, (frame.media, frame.bleed, frame.trim))
    states["/Over"], states["/Knock"] = _overprint(printer.overprint_black), _overprint(False)


@lru_cache(maxsize=64)
def _box(box: Box) -> Value:
    return spell(box)


@cache
def _overprint(wanted: bool) -> Value:
    return spell({"/Type": b"/ExtGState", "/OP": wanted, "/op": wanted, "/OPM": 1})


@cache
def registration() -> Value:
    """Return the colour that prints on every plate (ISO 32000-1, 8.6.6.4)."""
    tint = {"/FunctionType": 2, "/Domain": [0, 1], "/C0": [0, 0, 0, 0], "/C1": [1, 1, 1, 1], "/N": 1}
    return spell([b"/Separation", b"/All", b"/DeviceCMYK", tint])
