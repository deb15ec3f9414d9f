"""A paragraph in one line: how wide it is up to each sign, where it may be broken, and the glyphs of its pieces.

In comes a shaped text; out go places, and shapes of the words between two spaces, which are not shaped again: no face
of ours has other glyphs beside a space than alone, but for a few capitals. Knows nothing of how wide a line may be.
"""

import sys
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate, compress
from typing import Any

from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from booklet.shaping import GLYPH, Setting, Shape

LENGTH = 4
"""Of PangoLogAttr in bytes; its first bit tells that a line may be broken before the character."""
_LOW = 0 if sys.byteorder == "little" else LENGTH - 1
_MAY_BREAK = bytes(flags & 1 for flags in range(256))
_BEGINS = bytes(byte & 0xC0 != 0x80 for byte in range(256))
"""Which bytes of a text begin a character."""
_NUMBERS = GLYPH.size // 4
"""Of which a glyph consists; its width is the second."""


def leans(sign: str) -> bool:
    """Tell whether a sign may stand closer to a space behind it than alone; nothing is closer to one before it."""
    return sign.isupper() or sign == "\u2027"


class _Item:
    """What is known of the text of a run."""

    offset = 0

    def __init__(self, analysis: Any, length: int) -> None:
        self.analysis, self.length = analysis, length


class Part(Shape):
    """Words of a longer text, with the glyphs that they have there: no face of ours has other ones beside a space."""

    def __init__(self, whole: Shape, text: str, first: int, last: int, units: int) -> None:
        """Take the glyphs of a text that is one run, from one to before another; ``units`` is how wide they are."""
        self.setting, self.text, self.whole, self.ruler = whole.setting, text, whole, None
        self.first, self.last, self.length, self.units = first, last, len(text.encode()), units
        self.width, self.height, self.baseline = units * FROM_UNITS + self.setting.spacing, whole.height, whole.baseline

    @cached_property
    def layout(self) -> Any:
        """Return Pango's layout of the words, for who wants to know more of them."""
        layout = self.setting.layout()
        pango.pango_layout_set_text(layout, self.text.encode(), -1)
        return layout

    @cached_property
    def line(self) -> Any:
        """Return Pango's line of the longer text, which runs the same way."""
        return self.whole.line

    @cached_property
    def runs(self) -> list[tuple[Any, Any, bytes, int]]:
        """The only run."""
        [(item, string, glyphs, _)] = self.whole.runs
        part = glyphs[self.first * GLYPH.size:self.last * GLYPH.size]
        return [(_Item(item.analysis, self.length), string, part, self.last - self.first)]

    def clusters(self, run: tuple[Any, Any, bytes, int]) -> list[int]:
        """Return at which byte of the words each glyph begins."""
        clusters = ffi.unpack(run[1].log_clusters + self.first, run[3])
        return [cluster - clusters[0] for cluster in clusters]


class Ruler:
    """A paragraph in one line, and where it may be broken."""

    def __init__(self, shape: Shape) -> None:
        self.text = text = shape.text
        encoded = text.encode()
        self.bytes = None if len(encoded) == len(text) else [
            *compress(range(len(encoded)), encoded.translate(_BEGINS)), len(encoded)]
        self.starts = list[int]()
        widths: list[int] = []
        for run in shape.runs:
            offset, clusters, glyphs = run[0].offset, shape.clusters(run), run[2]
            self.starts += [offset + cluster for cluster in clusters] if offset else clusters
            widths += memoryview(glyphs).cast("i")[1::_NUMBERS].tolist()
        self.starts.append(len(encoded))
        self.edges = list(accumulate(widths, initial=0))
        attributes = pango.pango_layout_get_log_attrs_readonly(shape.layout, ffi.NULL)
        flags = bytes(ffi.buffer(attributes, LENGTH * len(text)))[_LOW::LENGTH].translate(_MAY_BREAK)
        self.breaks = list(compress(range(1, len(text)), flags[1:]))
        self.straight = self.starts == sorted(set(self.starts))

    def glyph(self, index: int) -> int | None:
        """Return which glyph begins with a character; None within a ligature."""
        byte = self.bytes[index] if self.bytes else index
        found = bisect_left(self.starts, byte)
        return found if self.starts[found] == byte else None

    def at(self, index: int) -> int | None:
        """Return the place of a character's left edge in Pango units; None within a ligature."""
        found = self.glyph(index)
        return None if found is None else self.edges[found]

    def first(self, start: int) -> int:
        """Return how many characters there are to the first break after one."""
        place = bisect_right(self.breaks, start)
        return (self.breaks[place] if place < len(self.breaks) else len(self.text)) - start

    def end(self, start: int, index: int) -> int:
        """Return where a line ends that is broken before a character: spaces before it are not counted."""
        while index > start and self.text[index - 1] == " ":
            index -= 1
        return index

    def piece(self, setting: Setting, start: int, end: int) -> Shape:
        """Return some words: with the glyphs that they have here, if a space stands before them and behind."""
        words, whole = self.text[start:end], setting.shapes.get(self.text)
        known = setting.shapes.get(words)
        if known is not None:
            return known
        if not words or whole is None or setting.spacing or len(whole.runs) != 1 or not self.straight:
            return setting.shape(words)
        if (start and self.text[start - 1] != " ") or self.text[end:end + 1] not in ("", " "):
            return setting.shape(words)
        first, last = self.glyph(start), self.glyph(end)
        if first is None or last is None or (end < len(self.text) and leans(words[-1])):
            return setting.shape(words)
        return setting.keep(Part(whole, words, first, last, self.edges[last] - self.edges[first]))
