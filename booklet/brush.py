"""State and shapes → marks on a canvas: what of them can be seen, how wide a line is, how sharp a picture.

In come outlines in page space and the graphics state; out go marks. It refuses to know operators.
"""

from collections.abc import Sequence
from math import hypot, inf
from typing import Any

from msgspec.structs import replace
from pikepdf import Dictionary, Name, Stream

from booklet.canvas import Canvas, Clip, Mark, Picture, State
from booklet.plane import Box, Outline, Point, around, line_width, moved, quarter
from booklet.spaces import Colour, Space, resolve

UNIT = Box(0, 0, 1, 1)
_POINTS = 12
"""So many places of a line of text are looked under."""


def _integer(thing: Any) -> int:
    try:
        return int(thing)
    except (TypeError, ValueError):
        return 0


class Brush:
    """Puts marks on a canvas."""

    def __init__(self, canvas: Canvas, sheet: Box) -> None:
        """Paint on a sheet; what lies beyond it is not painted."""
        self.canvas, self.sheet = canvas, sheet
        self.where = "page"
        self.area: Box | None = None
        """Within a pattern, what the pattern fills."""

    def _add(self, mark: Mark) -> None:
        box = self.area or mark.box.cut(mark.clip.box).cut(self.sheet)
        if box.empty or mark.alpha <= 0 or len(self.canvas.marks) > 500_000:
            return
        self.canvas.marks.append(replace(mark, box=box, clip=Clip(box) if self.area else mark.clip))

    def fill(self, state: State, outlines: Sequence[Outline], even_odd: bool, stroked: bool) -> None:
        """Paint what outlines enclose."""
        points = [point for outline in outlines for point in outline]
        if points:
            self._add(Mark(
                "fill", around(points), state.fill, self.where, state.over_fill, state.mode, state.alpha_fill,
                state.blend, state.masked, tuple(outlines), even_odd, state.clip, stroked=stroked,
                space=pattern_space(state.fill)))

    def stroke(self, state: State, outlines: Sequence[Outline]) -> None:
        """Paint along outlines."""
        points = [point for outline in outlines for point in outline]
        if points:
            width = line_width(state.width, state.matrix, outlines)
            self._add(Mark(
                "stroke", around(points).grown(width / 2), state.stroke, self.where, state.over_stroke, state.mode,
                state.alpha_stroke, state.blend, state.masked, tuple(outlines), clip=state.clip, width=width,
                space=pattern_space(state.stroke)))

    def text(self, state: State, corners: Outline, size: float, base: Sequence[Point]) -> None:
        """Paint a line of text."""
        spots = tuple(base[::max(1, len(base) // _POINTS)])
        line = Mark(
            "text", around(corners), state.fill, self.where, state.over_fill, state.mode, state.alpha_fill,
            state.blend, state.masked, clip=state.clip, size=size, base=spots, space=pattern_space(state.fill))
        if state.render in (0, 2, 4, 6):
            self._add(line)
        if state.render in (1, 2, 5, 6):
            self._add(replace(
                line, colour=state.stroke, overprint=state.over_stroke, alpha=state.alpha_stroke,
                space=pattern_space(state.stroke), width=line_width(state.width, state.matrix, ()),
                stroked=state.render in (1, 5)))

    def image(self, state: State, picture: Picture) -> None:
        """Paint a picture on the unit square."""
        corners = quarter(state.matrix, UNIT)
        stencil = picture.stencil
        self._add(Mark(
            "image", around(corners), state.fill if stencil else None, self.where, state.over_fill, state.mode,
            state.alpha_fill, state.blend, state.masked, (corners,), clip=state.clip, picture=picture,
            space=pattern_space(state.fill) if stencil else picture.space))

    def shading(self, state: State, space: Space) -> None:
        """Paint a shading on all that can be seen."""
        self._add(Mark(
            "shading", state.clip.box, None, self.where, state.over_fill, state.mode, state.alpha_fill, state.blend,
            state.masked, clip=state.clip, space=space))


def pattern_space(colour: Colour) -> Space | None:
    """Return the space of the shading that a colour is."""
    shading = colour.pattern.get("/Shading") if isinstance(colour.pattern, Dictionary | Stream) else None
    if isinstance(shading, Dictionary | Stream):
        return resolve(shading.get("/ColorSpace"), Dictionary())
    return None


def picture_of(state: State, entries: Any, resources: Any, stream: Any, *, inline: bool) -> Picture:
    """Return a picture as the matrix in force shows it (ISO 32000-1, 8.9.5)."""
    width, height = _integer(entries.get("/Width")), _integer(entries.get("/Height"))
    a, b, c, d, _, _ = state.matrix
    across, along = hypot(a, b), hypot(c, d)
    fine = [pixels / length * 72 for pixels, length in ((width, across), (height, along)) if pixels > 1 and length]
    stencil = bool(entries.get("/ImageMask", False))
    space = entries.get("/ColorSpace")
    if inline and isinstance(space, str):
        space = Name(space)
    bits = 1 if stencil else _integer(entries.get("/BitsPerComponent", 8))
    resolved = None if stencil else resolve(space, resources) if space is not None else None
    return Picture(width, height, bits, resolved, stream, stencil, min(fine, default=inf), inline)


def box_at(state: State, box: Box) -> Box:
    """Return where a box comes to lie, whatever is turned."""
    return around(quarter(state.matrix, box))


def point_at(state: State, x: float, y: float) -> Point:
    """Return where a point comes to lie."""
    return moved(state.matrix, x, y)
