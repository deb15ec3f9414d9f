"""Glyphs → the page: a line is shown as it was measured, its glyphs read at once.

In comes a shaped line; out goes what WeasyPrint 70.0 writes into the content of a page for it. Faces with pictures for
glyphs, missing glyphs, raised ones and lines cut short are left to the engine.
"""

import struct
from copy import copy
from typing import Any

from weasyprint.draw import text
from weasyprint.draw.color import get_color
from weasyprint.layout.percent import percentage
from weasyprint.pdf.fonts import Font
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.fonts import get_pango_font_key
from weasyprint.text.line_break import Layout

from booklet.numerals import numbers
from booklet.shaping import Kept, Shape, plain, setting_of

OLDEST = 14802
"""Of Pango: before, the engine works round a mistake in the sizes of fonts."""
Run = tuple[Any, Any, bytes, int]
Letters = tuple[bytes, list[int]]
Piece = tuple[int, int, str]
_TOLD, _RECORDS = struct.Struct("=Iiii"), struct.Struct("16s4x")
"""What of a glyph's record tells something: most bits of the last four bytes are whatever lay in the memory before."""
_LEAST = 1e-6
"""In px: the engine shows no smaller text."""
_UNDER = {"underline"}
_draw_text = text.draw_text


class _Dressed(Shape):
    """A line as the engine set it up, letters or words apart."""

    def __init__(self, layout: Any) -> None:
        self.text, self.layout = layout.text, layout.layout
        self.line = pango.pango_layout_get_line_readonly(self.layout, 0)


class _Font(Font):  # type: ignore[misc]
    """A font that is measured when somebody asks how high it is: only for those that are embedded."""

    def __init__(self, face: "_Face") -> None:
        _, description, size = get_pango_font_key(face.pango_font)
        super().__init__(face.pango_font, description, 0)
        del self.ascent, self.descent
        self.face, self.font_size = face, size

    def __getattr__(self, name: str) -> Any:
        if name not in ("ascent", "descent"):
            raise AttributeError(name)
        metrics = ffi.gc(
            pango.pango_font_get_metrics(self.face.pango_font, ffi.NULL), pango.pango_font_metrics_unref)
        for which, way in (("ascent", 1), ("descent", -1)):
            units = getattr(pango, f"pango_font_metrics_get_{which}")(metrics)
            self.__dict__[which] = way * round(units * FROM_UNITS / self.font_size * 1000)
        return self.__dict__[name]


class _Face:
    """A font of Pango's in one size, and what is known of it in all documents."""

    def __init__(self, shape: Shape, pango_font: Any) -> None:
        self.shape, self.pango_font = shape, pango_font  # the shape keeps the font, and so its address, alive
        self.key, _, self.size = get_pango_font_key(pango_font)
        self.sample: Any = None
        self.widths: dict[int, int] = {}
        self.pieces: dict[bytes, tuple[int, int, str]] = {}

    def font(self, stream: Any) -> Any:
        """Return the document's font."""
        if font := stream._fonts.get(self.key):
            return font
        if self.sample is None:
            self.sample = _Font(self)
        font = stream._fonts[self.key] = copy(self.sample)
        font.widths, font.to_unicode, font.missing = {}, {}, {}
        return font

    def width(self, stream: Any, glyph: int) -> int:
        """Return the width of a glyph in thousandths of the size."""
        if glyph not in self.widths:
            pango.pango_font_get_glyph_extents(self.pango_font, glyph, stream.ink_rect, stream.logical_rect)
            self.widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / self.size)
        return self.widths[glyph]


_faces: dict[int, _Face] = {}
_MOST = 512


def _face(shape: Shape, pango_font: Any) -> _Face:
    address = int(ffi.cast("intptr_t", pango_font))
    face = _faces.get(address)
    if face is None:
        if len(_faces) >= _MOST:
            _faces.clear()
        face = _faces[address] = _Face(shape, pango_font)
    return face


def _piece(face: _Face, stream: Any, record: bytes, letters: Letters, index: int) -> Piece | None:
    """Return what shows a glyph that the document did not show before; None when the engine must show it."""
    font, known = stream._fonts[face.key], face.pieces.get(record)
    glyph, width, x, y = _TOLD.unpack(record)
    if not known and (y or glyph == pango.PANGO_GLYPH_EMPTY or glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG):
        return None
    if glyph not in font.to_unicode:
        encoded, places = letters
        font.to_unicode[glyph] = encoded[places[index]:places[index + 1]].decode()
    if glyph not in font.widths:
        font.widths[glyph] = face.width(stream, glyph)
    if known and known[1] == font.widths[glyph]:
        return known
    offset = x / face.size
    kerning = font.widths[glyph] + offset - width * 1000 * FROM_UNITS / face.size
    piece = (f">{-offset}<" if offset else "") + f"{glyph:04x}" + (f">{int(kerning)}<" if kerning else "")
    known = face.pieces[record] = glyph, font.widths[glyph], piece
    return known


def _letters(shape: Shape, run: Run) -> Letters:
    """Return the text of a run, and where in it that of each glyph begins."""
    item = run[0]
    return shape.text.encode()[item.offset:], [*shape.clusters(run), item.length]


def _learn(
    face: _Face, stream: Any, spelled: tuple[Shape, Run], records: list[bytes], pieces: dict[bytes, str],
) -> bool:
    """Find what shows each glyph of a run; tell whether all can be shown so."""
    font, letters = stream._fonts[face.key], None
    shown, widths, before = font.to_unicode, font.widths, face.pieces
    for index, record in enumerate(records):
        if record in pieces:
            continue
        known = before.get(record)  # of another document, or in another size
        if known is None or known[0] not in shown or widths.get(known[0]) != known[1]:
            letters = letters or _letters(*spelled)
            known = _piece(face, stream, record, letters, index)
            if known is None:
                return False
        pieces[record] = known[2]
    return True


def _words(face: _Face, stream: Any, shape: Shape, run: Run) -> str | None:
    """Return what shows a run of glyphs; None when the engine must show it."""
    pieces = stream._fonts[face.key].__dict__.setdefault("pieces", {}).setdefault(face.size, {})
    records = [record for record, in _RECORDS.iter_unpack(run[2])]
    found = list(map(pieces.get, records))
    if None in found:
        if not _learn(face, stream, (shape, run), records, pieces):
            return None
        found = list(map(pieces.__getitem__, records))
    words = f"<{''.join(found)}"
    return words[:-1] if words[-1] == "<" else f"{words}>"


def _shown(stream: Any, shape: Shape) -> list[tuple[str, float, str]] | None:
    """Return name and size of each font of a line and what is shown in it; None when the engine must show it."""
    shown: list[tuple[str, float, str]] = []
    before = None
    for run in shape.runs:
        analysis = run[0].analysis
        face = _face(shape, analysis.font)
        font = face.font(stream)
        if analysis.level % 2 or font.png or font.svg or font.colr or font.bitmap:
            return None
        words = _words(face, stream, shape, run)
        if not words:
            return None
        if face is before:
            shown[-1] = font.hash, face.size, shown[-1][2] + words
        else:
            shown.append((font.hash, face.size, words))
        before = face
    return shown


def _shape_of(layout: Any, style: Any) -> Shape | None:
    """Return the glyphs of a line that is painted in a style; None when the engine must show it."""
    setting = setting_of(style)
    if type(layout) is Kept:
        return layout.shape if layout.shape.setting is setting and "layout" not in layout.__dict__ else None
    if type(layout) is not Layout or not plain(layout.text):
        return None
    if setting is not None and not layout.justification_spacing:
        return setting.shape(layout.text)
    layout.reactivate(style)
    shape = _Dressed(layout)
    layout.deactivate()
    return shape


def _underline(stream: Any, textbox: Any, offset_x: float) -> None:
    """Draw the line under words."""
    style, layout, thickness = textbox.style, textbox.pango_layout, textbox.style["text_decoration_thickness"]
    if thickness == "auto" or thickness == "from-font":
        thickness = layout.underline_thickness
    else:
        thickness = percentage(thickness, style, style["font_size"])
    if style["text_underline_offset"] == "auto":
        offset = -layout.underline_position
    else:
        offset = percentage(style["text_underline_offset"], style, style["font_size"])
    color = get_color(style, "text_decoration_color")
    text.draw_text_decoration(
        stream, textbox, offset_x, textbox.baseline + offset + thickness / 2, thickness, color)


def _show(stream: Any, textbox: Any, shown: list[tuple[str, float, str]] | None) -> None:
    """Write what is shown of a box."""
    x, y = textbox.position_x, textbox.position_y + textbox.baseline
    stream.set_color(textbox.style["color"])
    stream.begin_text()
    lines = stream.stream
    if shown:
        lines.append(b"1 0 0 -1 %b %b Tm" % (numbers[x], numbers[y]))
    for name, size, words in shown or ():
        if stream._current_font != (name, size):
            stream.set_font_size(name, size)
        lines.append(f"[{words}] TJ".encode("ascii"))
    stream.end_text()


def draw_text(stream: Any, textbox: Any, offset_x: float, text_overflow: str, block_ellipsis: str) -> None:
    """Show the text of a box, with the lines under, over and through it."""
    style, whole = textbox.style, text_overflow != "ellipsis" and block_ellipsis == "none"
    line = style["text_decoration_line"]
    if line != "none":
        whole = whole and line == _UNDER and type(textbox.pango_layout) is Kept
    if whole and style["font_size"] and style["visibility"] == "visible":
        seen = style["font_size"] >= _LEAST and textbox.text.strip()
        shape = _shape_of(textbox.pango_layout, style) if seen else None
        shown = _shown(stream, shape) if shape else None
        if shown or not seen:
            if line != "none":
                _underline(stream, textbox, offset_x)
            _show(stream, textbox, shown)
            return
    _draw_text(stream, textbox, offset_x, text_overflow, block_ellipsis)
