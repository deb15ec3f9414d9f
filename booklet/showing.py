"""Glyphs → the page: a line is shown as it was measured, its glyphs read at once.

In comes a shaped line; out goes what WeasyPrint 70.0 writes into the content of a page for it. Faces with pictures for
glyphs, missing glyphs, raised ones and lines cut short are left to the engine.
"""

from typing import Any

from weasyprint.draw import text as draw_text
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.fonts import get_pango_font_key

from booklet.shaping import GLYPH, Kept, Shape

_draw = draw_text.draw_first_line


def _font(stream: Any, shape: Shape, pango_font: Any) -> tuple[Any, float]:
    """Return the document's font for one of Pango's, and its size."""
    known, address = shape.setting.fonts, int(ffi.cast("intptr_t", pango_font))
    if address not in known:
        key, _, size = get_pango_font_key(pango_font)
        known[address] = key, size
    key, size = known[address]
    font = stream._fonts.get(key)
    return (font, size) if font else stream.add_font(pango_font)


class _Pieces(dict[bytes, str]):
    """Glyph and width as Pango has them → what shows them, for one font in one size."""

    def __init__(self, stream: Any, font: Any, size: float) -> None:
        super().__init__()
        self.stream, self.font, self.size = stream, font, size


def _piece(pieces: _Pieces, shape: Shape, run: tuple[Any, Any, bytes, int], index: int) -> str | None:
    """Return what shows a glyph that was not met before; None when the engine must show it."""
    item, string, glyphs, count = run
    font, size = pieces.font, pieces.size
    glyph, width, x, y, _ = GLYPH.unpack_from(glyphs, index * GLYPH.size)
    if x or y or glyph == pango.PANGO_GLYPH_EMPTY or glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG:
        return None
    if glyph not in font.to_unicode:
        clusters = ffi.unpack(string.log_clusters, count)
        end = item.length if index == count - 1 else clusters[index + 1]
        encoded = shape.text.encode()[item.offset:]
        font.to_unicode[glyph] = encoded[clusters[index]:end].decode()
    if glyph not in font.widths:
        pango.pango_font_get_glyph_extents(
            item.analysis.font, glyph, pieces.stream.ink_rect, pieces.stream.logical_rect)
        font.widths[glyph] = round(pieces.stream.logical_rect.width * 1000 * FROM_UNITS / size)
    kerning = font.widths[glyph] - width * 1000 * FROM_UNITS / size
    return f"{glyph:04x}>{int(kerning)}<" if kerning else f"{glyph:04x}"


def _run(pieces: _Pieces, shape: Shape, run: tuple[Any, Any, bytes, int]) -> str | None:
    """Return what shows a run of glyphs; None when the engine must show it."""
    _, _, glyphs, count = run
    found = []
    for index in range(count):
        record = glyphs[index * GLYPH.size:(index + 1) * GLYPH.size]
        piece = pieces.get(record)
        if piece is None:
            piece = _piece(pieces, shape, run, index)
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
        item = run[0]
        if item.analysis.level % 2:
            return None
        font, size = _font(stream, shape, item.analysis.font)
        if font.png or font.svg or font.colr or font.bitmap:
            return None
        pieces = font.__dict__.setdefault("pieces", {}).setdefault(size, None) or _Pieces(stream, font, size)
        font.__dict__["pieces"][size] = pieces
        words = _run(pieces, shape, run)
        if words is None:
            return None
        if item.analysis.font == before:
            shown[-1] = font.hash, size, shown[-1][2] + words
        else:
            shown.append((font.hash, size, words))
        before = item.analysis.font
    return shown


def draw_first_line(stream: Any, textbox: Any, text_overflow: str, block_ellipsis: str, matrix: Any) -> list[Any]:
    """Show a line of text; return the pictures that it holds for glyphs."""
    layout = textbox.pango_layout
    if type(layout) is Kept and text_overflow != "ellipsis" and block_ellipsis == "none" and layout.ready:
        if not textbox.text.strip() or textbox.style["font_size"] < 1e-6:
            return []
        shown = _shown(stream, layout.shape)
        if shown is not None and all(words for _, _, words in shown):
            stream.set_text_matrix(*matrix.values)
            for name, size, words in shown:
                stream.set_font_size(name, size)
                stream.show_text(words)
            return []
    return _draw(stream, textbox, text_overflow, block_ellipsis, matrix)  # type: ignore[no-any-return]
