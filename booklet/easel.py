"""What a figure is drawn on: flat shapes in the palette's colours, and words that are set over them.

In come shapes and words with their places, out goes HTML: an SVG of the shapes, and the words as ordinary text over it,
so that they are set by the engine in our faces, in black ink alone, and can be searched. Across, places are per cent of
the column, down they are mm: so one drawing fits the columns of all profiles. Colours are tokens (``theme``, ``line``,
``ink`` …) that the press gives the inks of the profile. It refuses to know what is shown.
"""

from math import ceil

from booklet.entities import escape

COLUMN = 104.0
"""Width in mm of the narrowest column that a figure stands in; labels are measured for it."""
LABEL, SMALL = 8.3, 7.4
"""Sizes in pt of labels and of what is said by the way, as in the style sheet."""
LEADING = 3.7
"""Mm from line to line."""
_HALF = LEADING / 2


_LINE = 13.2 * 25.4 / 72
"""Mm of a line of the text: with the half line below its title a drawing fills whole lines."""


def on_grid(height: float) -> float:
    """Return the height that a drawing is given so that the lines after it stand on the grid of the page."""
    return round((ceil(round(height / _LINE + 0.5, 3)) - 0.5) * _LINE, 3)


def share(width: float) -> float:
    """Return a width in mm as per cent of the column."""
    return 100 * width / COLUMN


def _trim(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".") if number else "0"


class Easel:
    """One drawing; ``height`` in mm grows with what is put on it."""

    def __init__(self, height: float = 0.0) -> None:
        self.height = height
        self._shapes: list[str] = []
        self._words: list[str] = []

    def _reach(self, down: float) -> None:
        self.height = max(self.height, down)

    def bar(
        self, across: float, down: float, size: tuple[float, float], ink: str, *, edge: str = "", bend: float = 0.0
    ) -> None:
        """Draw a rectangle from its upper left corner; size is per cent and mm, corners are bent by a radius in mm."""
        width, height = size
        self._reach(down + height)
        outline = f' stroke="var(--{edge})" stroke-width=".25mm"' if edge else ""
        corner = f' rx="{_trim(bend)}mm"' if bend else ""
        self._shapes.append(
            f'<rect x="{_trim(across)}%" y="{_trim(down)}mm" width="{_trim(width)}%" height="{_trim(height)}mm"'
            f'{corner} fill="var(--{ink})"{outline}/>')

    def rule(self, begin: tuple[float, float], end: tuple[float, float], ink: str, weight: float = 0.18) -> None:
        """Draw a line of a weight in mm."""
        self._reach(max(begin[1], end[1]))
        (x1, y1), (x2, y2) = begin, end
        self._shapes.append(
            f'<line x1="{_trim(x1)}%" y1="{_trim(y1)}mm" x2="{_trim(x2)}%" y2="{_trim(y2)}mm" stroke="var(--{ink})" '
            f'stroke-width="{_trim(weight)}mm"/>')

    def dot(self, across: float, down: float, radius: float, ink: str, *, hollow: bool = False) -> None:
        """Draw a disc of a radius in mm, or a ring of the same size."""
        self._reach(down + radius)
        if hollow:
            paint = f'r="{_trim(radius - 0.25)}mm" fill="var(--paper)" stroke="var(--{ink})" stroke-width=".5mm"'
        else:
            paint = f'r="{_trim(radius)}mm" fill="var(--{ink})"'
        self._shapes.append(f'<circle cx="{_trim(across)}%" cy="{_trim(down)}mm" {paint}/>')

    def say(self, words: str, across: float, down: float, style: str = "", *, side: str = "left") -> None:
        """Set words on one line about a height: they begin at a place, end there, or stand around it."""
        places = {
            "left": f"left:{_trim(across)}%",
            "right": f"right:{_trim(100 - across)}%",
            "middle": f"left:{_trim(across - 50)}%;width:100%",
        }
        kind = " ".join(filter(None, ("word", style, "middle" if side == "middle" else "")))
        self._reach(down + _HALF)
        self._words.append(
            f'<span class="{kind}" style="{places[side]};top:{_trim(down - _HALF)}mm">{escape(words)}</span>')

    def say_lines(self, lines: tuple[str, ...], across: float, down: float, style: str = "") -> None:
        """Set words on several lines around a height."""
        first = down - (len(lines) - 1) * _HALF
        for number, line in enumerate(lines):
            self.say(line, across, first + number * LEADING, style)

    def html(self, alt: str) -> str:
        """Return the drawing, with the words that stand for it where it is not seen."""
        height = _trim(on_grid(self.height))
        return (
            f'<div class="plot" style="height:{height}mm"><svg class="drawing" xmlns="http://www.w3.org/2000/svg" '
            f'width="100%" height="{height}mm" fill="none"><title>{escape(alt)}</title>{"".join(self._shapes)}</svg>'
            f'{"".join(self._words)}</div>')
