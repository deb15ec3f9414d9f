"""Text operators of a PDF → lines of text where they stand and as large as they are (ISO 32000-1, 9.4).

In come strings and the graphics state; out go marks of text and the codes each font shows. It refuses to know colours.
"""

from collections.abc import Sequence
from math import hypot
from typing import Any

from pikepdf import Object, String

from booklet.brush import Brush
from booklet.canvas import State
from booklet.figures import matrix_of
from booklet.lettering import Face
from booklet.plane import IDENTITY, Matrix, Point, moved, times

_BELOW, _ABOVE = 0.0, 0.68
"""Where most signs begin and end, in parts of the size."""
_MIDDLE = 0.3
INVISIBLE = 3
_SETTINGS = {"Tc": "letter", "Tw": "word", "Tz": "stretch", "TL": "leading", "Ts": "rise", "Tr": "render"}


class Typesetter:
    """Follows the text matrix."""

    def __init__(self, brush: Brush) -> None:
        """Set with a brush."""
        self.brush = brush
        self.matrix: Matrix = IDENTITY
        self.line: Matrix = IDENTITY

    def begin(self) -> None:
        """Begin a text object."""
        self.place(IDENTITY)

    def place(self, matrix: Matrix) -> None:
        """Set the text matrix."""
        self.matrix = self.line = matrix

    def move(self, x: float, y: float) -> None:
        """Begin a line below or beside the last."""
        self.place(times((1, 0, 0, 1, x, y), self.line))

    def follow(self, operator: str, values: Sequence[float], state: State) -> None:
        """Follow an operator that places text or says how it is set."""
        if operator == "BT":
            self.begin()
        elif operator == "Tm":
            if len(values) == 6:
                self.place(matrix_of(values))
        elif operator in ("Td", "TD"):
            if len(values) == 2:
                state.leading = -values[1] if operator == "TD" else state.leading
                self.move(*values)
        elif operator == "T*":
            self.move(0, -state.leading)
        elif values:
            value = values[0] / 100 if operator == "Tz" else values[0]
            setattr(state, _SETTINGS[operator], int(value) if operator == "Tr" else value)

    def show(self, state: State, things: Sequence[Any]) -> list[tuple[int, Matrix]]:
        """Paint strings and the gaps between them; returns the codes of a Type 3 font with the matrix of each."""
        face: Face | None = state.font
        if face is None:
            return []
        spots: list[Point] = []
        shown: list[tuple[int, Matrix]] = []
        start, end = None, 0.0
        x = 0.0
        scale = 0.001
        if face.kind == "Type3":
            scale = abs(_font_matrix(face)[0])
        for thing in things:
            if not isinstance(thing, String | bytes):
                x -= _number(thing) / 1000 * state.size * state.stretch
                continue
            for glyph in face.glyphs(bytes(thing)):
                width = glyph.width * scale * state.size
                if state.render != INVISIBLE:
                    face.used.add(glyph.code)
                if not glyph.space:
                    start = x if start is None else min(start, x)
                    spots.append((x + width * state.stretch / 2, _MIDDLE * state.size + state.rise))
                    if face.kind == "Type3":
                        shown.append((glyph.code, self._at(state, x)))
                    end = x + width * state.stretch
                x += (width + state.letter + (state.word if glyph.space else 0)) * state.stretch
        if start is not None:
            self._paint(state, (start, end), spots)
        self.matrix = times((1, 0, 0, 1, x, 0), self.matrix)
        return shown

    def _at(self, state: State, x: float) -> Matrix:
        """Return where a glyph's own space lies on the page."""
        own: Matrix = (state.size * state.stretch, 0, 0, state.size, x, state.rise)
        return times(_font_matrix(state.font), times(own, times(self.matrix, state.matrix)))

    def _paint(self, state: State, span: tuple[float, float], spots: Sequence[Point]) -> None:
        whole = times(self.matrix, state.matrix)
        size = abs(state.size) * hypot(whole[2], whole[3])
        low, high = state.rise + _BELOW * state.size, state.rise + _ABOVE * state.size
        corners = tuple(moved(whole, x, y) for x, y in (
            (span[0], low), (span[1], low), (span[1], high), (span[0], high)))
        self.brush.text(state, corners, size, [moved(whole, x, y) for x, y in spots])


def _font_matrix(face: Face) -> Matrix:
    values = [_number(value) for value in face.font.get("/FontMatrix", ())]
    if len(values) == 6:
        return values[0], values[1], values[2], values[3], values[4], values[5]
    return 0.001, 0, 0, 0.001, 0, 0


def _number(thing: Any) -> float:
    if isinstance(thing, Object):
        return 0.0
    return float(thing)
