"""Glyphs → the page: a line is shown as it was measured, its glyphs read at once.

In comes a shaped line; out goes what WeasyPrint 70.0 writes into the content of a page for it. Faces with pictures for
glyphs, missing glyphs, raised ones and lines cut short are left to the engine.
"""

from copy import copy
from typing import Any

from weasyprint.draw import text as draw_text
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.fonts import get_pango_font_key

from booklet.shaping import GLYPH, Kept, Shape

OLDEST = 14802
"""Of Pango: before, the engine works round a mistake in the sizes of fonts."""
Run = tuple[Any, Any, bytes, int]
_draw = draw_text.draw_first_line


class _Face:
    """A font of Pango's in one size, and what is known of it in all documents."""

    def __init__(self, shape: Shape, pango_font: Any) -> None:
        self.layout, self.pango_font = shape.layout, pango_font  # the layout keeps the font, and so its address, alive
        self.key, _, self.size = get_pango_font_key(pango_font)
        self.sample: Any = None
        self.widths: dict[int, int] = {}
        self.pieces: dict[tuple[bytes, int], str] = {}

    def font(self, stream: Any) -> Any:
        """Return the document's font."""
        if font := stream._fonts.get(self.key):
            return font
        if self.sample is None:
            self.sample = copy(stream.add_font(self.pango_font)[0])
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


def _piece(face: _Face, stream: Any, shape: Shape, run: Run, index: int) -> str | None:
    """Return what shows a glyph that the document did not show before; None when the engine must show it."""
    item, string, glyphs, count = run
    font = stream._fonts[face.key]
    record = glyphs[index * GLYPH.size:(index + 1) * GLYPH.size]
    glyph, width, x, y, _ = GLYPH.unpack(record)
    if x or y or glyph == pango.PANGO_GLYPH_EMPTY or glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG:
        return None
    if glyph not in font.to_unicode:
        clusters = ffi.unpack(string.log_clusters, count)
        end = item.length if index == count - 1 else clusters[index + 1]
        encoded = shape.text.encode()[item.offset:]
        font.to_unicode[glyph] = encoded[clusters[index]:end].decode()
    if glyph not in font.widths:
        font.widths[glyph] = face.width(stream, glyph)
    key = record, font.widths[glyph]
    if key not in face.pieces:
        kerning = font.widths[glyph] - width * 1000 * FROM_UNITS / face.size
        face.pieces[key] = f"{glyph:04x}>{int(kerning)}<" if kerning else f"{glyph:04x}"
    return face.pieces[key]


def _words(face: _Face, stream: Any, shape: Shape, run: Run) -> str | None:
    """Return what shows a run of glyphs; None when the engine must show it."""
    found, glyphs = [], run[2]
    pieces = stream._fonts[face.key].__dict__.setdefault("pieces", {}).setdefault(face.size, {})
    for index, start in enumerate(range(0, len(glyphs), GLYPH.size)):
        record = glyphs[start:start + GLYPH.size]
        piece = pieces.get(record)
        if piece is None:
            piece = _piece(face, stream, shape, run, index)
            if piece is None:
                return None
            pieces[record] = piece
        found.append(piece)
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


def draw_first_line(stream: Any, textbox: Any, text_overflow: str, block_ellipsis: str, matrix: Any) -> list[Any]:
    """Show a line of text; return the pictures that it holds for glyphs."""
    layout = textbox.pango_layout
    if type(layout) is Kept and text_overflow != "ellipsis" and block_ellipsis == "none" and layout.ready:
        if not textbox.text.strip() or textbox.style["font_size"] < 1e-6:
            return []
        shown = _shown(stream, layout.shape)
        if shown:
            stream.set_text_matrix(*matrix.values)
            for name, size, words in shown:
                stream.set_font_size(name, size)
                stream.show_text(words)
            return []
    return _draw(stream, textbox, text_overflow, block_ellipsis, matrix)  # type: ignore[no-any-return]
