"""What a page is painted with: marks with their colour, place and state, in the order they are painted.

In come matrices, outlines and colours; out go ``Mark`` and ``Canvas``. It refuses to know how a PDF says it.
"""

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from msgspec import Struct, field

from booklet.plane import EVERYWHERE, IDENTITY, Box, Matrix, Outline, covers
from booklet.spaces import BLACK, Colour, Space

MASK = "soft mask"
"""Where marks are painted that only say how strong others are."""
_ASIDE = (MASK, "pattern", "Type 3 font")
_TRANSPARENT = 0.995


class Clip(Struct, frozen=True):
    """Through what a page is seen: a box, and outlines that all hold."""

    box: Box = EVERYWHERE
    outlines: tuple[tuple[tuple[Outline, ...], bool], ...] = ()
    """Each with whether it is filled by the even-odd rule."""

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point is seen."""
        return self.box.holds(x, y) and all(covers(outline, rule, x, y) for outline, rule in self.outlines)


class State(Struct):
    """The graphics state (ISO 32000-1, 8.4 and 9.3)."""

    matrix: Matrix = IDENTITY
    clip: Clip = Clip()
    fill: Colour = BLACK
    stroke: Colour = BLACK
    width: float = 1.0
    over_fill: bool = False
    over_stroke: bool = False
    mode: int = 0
    """Overprint mode, OPM."""
    alpha_fill: float = 1.0
    alpha_stroke: float = 1.0
    blend: str = "Normal"
    masked: bool = False
    font: Any = None
    size: float = 0.0
    letter: float = 0.0
    """Extra room after each glyph."""
    word: float = 0.0
    """Extra room after each space."""
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    render: int = 0


class Picture(Struct, frozen=True):
    """A picture of pixels as it stands on the page."""

    width: int
    height: int
    bits: int
    space: Space | None
    stream: Any
    stencil: bool
    ppi: float
    """The lower of its two resolutions; infinite along a side of one pixel."""
    inline: bool = False


class Mark(Struct, frozen=True):
    """Something painted."""

    kind: str
    """``text``, ``fill``, ``stroke``, ``image`` or ``shading``."""
    box: Box
    """What of it can be seen."""
    colour: Colour | None
    """None of a picture that brings its own."""
    where: str
    """``page``, ``form XObject``, ``pattern`` …"""
    overprint: bool = False
    mode: int = 0
    alpha: float = 1.0
    blend: str = "Normal"
    masked: bool = False
    outlines: tuple[Outline, ...] = ()
    even_odd: bool = False
    clip: Clip = Clip()
    width: float = 0.0
    """Of a stroke, in pt on the page."""
    size: float = 0.0
    """Of text, in pt on the page."""
    picture: Picture | None = None
    space: Space | None = None
    """Of a picture or shading."""
    stroked: bool = False
    """Of a fill whether its edge is painted too, of text whether nothing else is."""
    base: tuple[tuple[float, float], ...] = ()
    """Points of text under which something may lie."""

    @property
    def opaque(self) -> bool:
        """Tell whether nothing shines through."""
        return self.alpha > _TRANSPARENT and not self.masked and self.blend in ("Normal", "Compatible")

    def lies_at(self, x: float, y: float) -> bool:
        """Tell whether it covers a point."""
        if not self.box.holds(x, y) or not self.clip.holds(x, y):
            return False
        return not self.outlines or covers(self.outlines, self.even_odd, x, y)

    def parts(self) -> Iterator[Box]:
        """Yield the boxes of its pieces: four crop marks in one path are four pieces."""
        if self.kind not in ("stroke", "fill") or not self.outlines:
            yield self.box
            return
        reach = self.width / 2
        for outline in self.outlines:
            xs, ys = [x for x, _ in outline], [y for _, y in outline]
            box = Box(min(xs), min(ys), max(xs), max(ys)).grown(reach).cut(self.box)
            if not box.empty:
                yield box


class Remark(Struct, frozen=True):
    """Something that is wrong with how a page is told, rather than with a mark."""

    code: str
    message: str
    box: Box | None = None


class Canvas(Struct, dict=True):
    """A painted page."""

    marks: list[Mark] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    fonts: dict[int, Any] = field(default_factory=dict)
    """What text was shown in, by identity."""
    codes: dict[int, frozenset[int]] = field(default_factory=dict)
    """Which codes each of them showed."""
    looks: int = 1_000_000
    """How many marks may still be looked at to find what lies below others."""

    def remark(self, code: str, message: str, box: Box | None = None) -> None:
        """Note something once."""
        one = Remark(code, message, box)
        if one not in self.remarks:
            self.remarks.append(one)

    @cached_property
    def _grounds(self) -> tuple[list[int], list[Mark]]:
        """Return what other things may lie on, with its place in the order."""
        found = [(index, mark) for index, mark in enumerate(self.marks)
                 if mark.kind not in ("text", "stroke") and mark.where not in _ASIDE]
        return [index for index, _ in found], [mark for _, mark in found]

    def _under(self, index: int, x: float, y: float) -> Iterator[Mark]:
        """Yield what lies below a mark at a point, the uppermost first; nothing once the page has used up its looks."""
        orders, marks = self._grounds
        for place in range(bisect_left(orders, index) - 1, -1, -1):
            self.looks -= 1
            if self.looks < 0:
                return
            if marks[place].lies_at(x, y):
                yield marks[place]

    def ground(self, index: int, x: float, y: float) -> Mark | None:
        """Return what lies next below a mark at a point."""
        return next(self._under(index, x, y), None)

    def below(self, index: int, x: float, y: float) -> Colour | Space | None:
        """Return what shows at a point under a mark: a colour, the space of a picture, or None for bare paper."""
        for mark in self._under(index, x, y):
            if mark.colour is None or mark.colour.pattern is not None:
                return mark.space or (mark.colour.space if mark.colour else None)
            if not mark.colour.white:
                return mark.colour
            if mark.opaque and not mark.overprint:
                return None
        return None
