"""Path operators of a PDF → outlines on the page, filled, stroked or looked through (ISO 32000-1, 8.5).

In come numbers and the graphics state; out go marks and clips. It refuses to know colours.
"""

from collections.abc import Callable, Sequence

from booklet.brush import Brush
from booklet.canvas import Clip, State
from booklet.plane import Box, Outline, Point, around, curve, moved
from booklet.spaces import Colour

_OPERANDS = {"m": 2, "l": 2, "c": 6, "v": 4, "y": 4, "re": 4, "h": 0}
_PAINT = {
    "f": "f", "F": "f", "f*": "f*", "S": "S", "s": "hS", "B": "fS", "B*": "f*S", "b": "hfS", "b*": "hf*S", "n": ""}
"""Painting operator → close, fill by which rule, stroke."""
_MOST = 200_000


class Pathways:
    """Builds the current path."""

    operators = frozenset(_OPERANDS.keys() | _PAINT.keys() | {"W", "W*"})

    def __init__(self, brush: Brush) -> None:
        """Paint with a brush."""
        self.brush = brush
        self.outlines: list[list[Point]] = []
        self.clipping = ""
        self.at: Point = (0.0, 0.0)
        self.points = 0

    def follow(self, operator: str, values: Sequence[float], state: State,
               pattern: Callable[[Colour, Box], None]) -> None:
        """Follow one operator; ``pattern`` is told what area a pattern fills."""
        if operator in ("W", "W*"):
            self.clipping = operator
        elif operator in _PAINT:
            self._paint(_PAINT[operator], state, pattern)
        elif len(values) == _OPERANDS[operator] and self.points < _MOST:
            self._build(operator, values, state)

    def _build(self, operator: str, values: Sequence[float], state: State) -> None:
        points = [moved(state.matrix, x, y) for x, y in zip(values[0::2], values[1::2], strict=True)]
        if operator == "re":
            x, y, width, height = values
            corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y))
            self.outlines.append([moved(state.matrix, *corner) for corner in corners])
        elif operator == "m":
            self.outlines.append([points[0]])
        elif self.outlines:
            self._continue(operator, points)
        if self.outlines:
            self.at = self.outlines[-1][-1]
            self.points += 8

    def _continue(self, operator: str, points: list[Point]) -> None:
        outline = self.outlines[-1]
        if operator == "h":
            outline.append(outline[0])
        elif operator == "l":
            outline.append(points[0])
        elif operator == "c":
            outline.extend(curve(self.at, points[0], points[1], points[2]))
        elif operator == "v":
            outline.extend(curve(self.at, self.at, points[0], points[1]))
        else:
            outline.extend(curve(self.at, points[0], points[1], points[1]))

    def _paint(self, how: str, state: State, pattern: Callable[[Colour, Box], None]) -> None:
        if how.startswith("h") and self.outlines:
            self._continue("h", [])
        outlines = [tuple(outline) for outline in self.outlines if len(outline) > 1]
        if outlines and how:
            area = around(point for outline in outlines for point in outline)
            if "f" in how:
                self.brush.fill(state, outlines, "*" in how, "S" in how)
                if state.fill.pattern is not None:
                    pattern(state.fill, area.cut(state.clip.box).cut(self.brush.sheet))
            if "S" in how:
                self.brush.stroke(state, outlines)
                if state.stroke.pattern is not None:
                    pattern(state.stroke, area.cut(state.clip.box).cut(self.brush.sheet))
        if self.clipping:
            self._clip(state, outlines)
        self.outlines, self.clipping, self.points = [], "", 0

    def _clip(self, state: State, outlines: Sequence[Outline]) -> None:
        if not outlines:
            state.clip = Clip(Box(0, 0, -1, -1))
            return
        box = around(point for outline in outlines for point in outline)
        shaped = state.clip.outlines
        if len(outlines) > 1 or not _upright(outlines[0]):
            shaped = (*shaped, (tuple(outlines), self.clipping == "W*"))
        state.clip = Clip(state.clip.box.cut(box), shaped)


def _upright(outline: Outline) -> bool:
    """Tell whether an outline is a rectangle along the axes."""
    return len(outline) == 5 and len({x for x, _ in outline}) <= 2 and len({y for _, y in outline}) <= 2
