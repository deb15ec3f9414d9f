"""Paragraphs measured once: where each of their characters is, and before which a line may begin.

In come texts that were shaped by Pango as one line; out come rulers, by which lines are cut off them. What was measured
in letters of one size is not measured again in those of another: all widths grow with the letters. Knows no width of a
column.
"""

import sys
from bisect import bisect_left, bisect_right
from copy import copy
from itertools import accumulate, compress

from weasyprint.text.ffi import ffi, pango

from booklet.shaping import GLYPH, Setting, Shape

LENGTH = 4
"""Of PangoLogAttr in bytes; its first bit tells that a line may be broken before the character."""
_LOW = 0 if sys.byteorder == "little" else LENGTH - 1
_MAY_BREAK = bytes(flags & 1 for flags in range(256))
_BEGINS = bytes(byte & 0xC0 != 0x80 for byte in range(256))
"""Which bytes of a text begin a character."""
_NUMBERS = GLYPH.size // 4
"""Of which a glyph consists; its width is the second."""
_RULERS = 4
_SCALED = 64
"""In Pango units: by how much a line may be off on a ruler that was made for letters of another size."""


class Ruler:
    """A paragraph in one line, and where it may be broken."""

    def __init__(self, shape: Shape) -> None:
        self.text = text = shape.text
        encoded = text.encode()
        self.bytes = None if len(encoded) == len(text) else [
            *compress(range(len(encoded)), encoded.translate(_BEGINS)), len(encoded)]
        self.starts = list[int]()
        widths: list[int] = []
        for item, string, glyphs, count in shape.runs:
            offset = item.offset
            clusters = ffi.unpack(string.log_clusters, count)
            self.starts += [offset + cluster for cluster in clusters] if offset else clusters
            widths += memoryview(glyphs).cast("i")[1::_NUMBERS].tolist()
        self.starts.append(len(encoded))
        self.edges = list(accumulate(widths, initial=0))
        attributes = pango.pango_layout_get_log_attrs_readonly(shape.layout, ffi.NULL)
        flags = bytes(ffi.buffer(attributes, LENGTH * len(text)))[_LOW::LENGTH].translate(_MAY_BREAK)
        self.breaks = list(compress(range(1, len(text)), flags[1:]))
        self.straight = self.starts == sorted(set(self.starts))
        self.slack = 0

    def scaled(self, ratio: float) -> "Ruler":
        """Return the ruler of the same paragraph in letters so many times as large."""
        ruler = copy(self)
        ruler.edges, ruler.slack = [round(edge * ratio) for edge in self.edges], _SCALED
        return ruler

    def at(self, index: int) -> int | None:
        """Return the place of a character's left edge in Pango units; None within a ligature."""
        byte = self.bytes[index] if self.bytes else index
        found = bisect_left(self.starts, byte)
        return self.edges[found] if self.starts[found] == byte else None

    def first(self, start: int) -> int:
        """Return how many characters there are to the first break after one."""
        place = bisect_right(self.breaks, start)
        return (self.breaks[place] if place < len(self.breaks) else len(self.text)) - start

    def end(self, start: int, index: int) -> int:
        """Return where a line ends that is broken before a character: spaces before it are not counted."""
        while index > start and self.text[index - 1] == " ":
            index -= 1
        return index


def known_ruler(setting: Setting, text: str) -> Ruler | None:
    """Return the ruler of a paragraph that ends with a text: its own, or one of letters of another size."""
    for ruler in setting.rulers:
        if ruler.text.endswith(text):
            return ruler  # type: ignore[no-any-return]
    for other in setting.kin:
        shape = other.shapes.get(text)
        if shape and shape.ruler and other is not setting:
            setting.rulers = [made := shape.ruler.scaled(setting.size / other.size), *setting.rulers[:_RULERS - 1]]
            return made  # type: ignore[no-any-return]
    return None


def ruler_of(setting: Setting, text: str) -> Ruler:
    """Return the ruler of a paragraph that ends with a text, made anew if need be."""
    ruler = known_ruler(setting, text)
    if ruler is None:
        shape = setting.shape(text)
        ruler = shape.ruler = shape.ruler or Ruler(shape)
        setting.rulers = [ruler, *setting.rulers[:_RULERS - 1]]
    return ruler
