"""Points, boxes, matrices and outlines on a page: what lies where.  Lengths in pt; no I/O; nobody below.

It refuses to know what is painted.
"""

import itertools
from collections.abc import Iterable, Sequence
from math import hypot, isfinite

from msgspec import Struct

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
Outline = tuple[Point, ...]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
MM = 72 / 25.4
"""Points in a millimetre."""
_STEPS = tuple(step / 8 for step in range(1, 9))
_FARTHEST = 1e7


def times(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that does one thing and then another."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def moved(matrix: Matrix, x: float, y: float) -> Point:
    """Return where a point comes to lie."""
    a, b, c, d, e, f = matrix
    left, up = a * x + c * y + e, b * x + d * y + f
    if not (isfinite(left) and isfinite(up)):
        return _FARTHEST, _FARTHEST
    return max(-_FARTHEST, min(_FARTHEST, left)), max(-_FARTHEST, min(_FARTHEST, up))


def determinant(matrix: Matrix) -> float:
    """Return by how much an area grows; negative when it is mirrored."""
    return matrix[0] * matrix[3] - matrix[1] * matrix[2]


class Box(Struct, frozen=True):
    """A rectangle along the axes."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: "Box") -> bool:
        """Tell whether two boxes share more than an edge; a line without width shares too."""
        return (self.left < other.right and other.left < self.right
                and self.bottom < other.top and other.bottom < self.top)

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies in it."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def within(self, other: "Box", slack: float = 0.0) -> bool:
        """Tell whether it lies inside another."""
        return (self.left >= other.left - slack and self.bottom >= other.bottom - slack
                and self.right <= other.right + slack and self.top <= other.top + slack)

    def cut(self, other: "Box") -> "Box":
        """Return what two boxes share; turned inside out when they share nothing."""
        return Box(max(self.left, other.left), max(self.bottom, other.bottom),
                   min(self.right, other.right), min(self.top, other.top))

    def grown(self, by: float) -> "Box":
        """Return a box larger on every side."""
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)

    @property
    def width(self) -> float:
        """Return how wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return how high it is."""
        return self.top - self.bottom

    @property
    def empty(self) -> bool:
        """Tell whether nothing can be seen through it."""
        return self.right < self.left or self.top < self.bottom


EVERYWHERE = Box(-_FARTHEST, -_FARTHEST, _FARTHEST, _FARTHEST)


def around(points: Iterable[Point]) -> Box:
    """Return the smallest box around points; there is one at least."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def quarter(matrix: Matrix, box: Box) -> Outline:
    """Return the four corners of a box where a matrix puts them."""
    return (moved(matrix, box.left, box.bottom), moved(matrix, box.right, box.bottom),
            moved(matrix, box.right, box.top), moved(matrix, box.left, box.top))


def curve(start: Point, one: Point, two: Point, end: Point) -> list[Point]:
    """Return points along a Bézier curve, without its start."""
    points = []
    for t in _STEPS:
        u = 1 - t
        a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        points.append((a * start[0] + b * one[0] + c * two[0] + d * end[0],
                       a * start[1] + b * one[1] + c * two[1] + d * end[1]))
    return points


def covers(outlines: Sequence[Outline], even_odd: bool, x: float, y: float) -> bool:
    """Tell whether a point lies inside what outlines enclose (ISO 32000-1, 8.5.3.3)."""
    winding = crossings = 0
    for outline in outlines:
        for (x0, y0), (x1, y1) in zip(outline, (*outline[1:], outline[0]), strict=True):
            if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
                crossings += 1
                winding += 1 if y1 > y0 else -1
    return bool(crossings % 2) if even_odd else winding != 0


def slenderness(outline: Outline) -> tuple[float, float]:
    """Return width and length of an outline of few corners, as if it were a bar; of others the sides of its box."""
    box = around(outline)
    if len(outline) > 6:
        return min(box.width, box.height), max(box.width, box.height)
    pairs = list(zip(outline, (*outline[1:], outline[0]), strict=True))
    longest = max(hypot(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairs)
    area = abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs)) / 2
    return (area / longest if longest else 0.0), longest


def line_width(width: float, matrix: Matrix, outlines: Sequence[Outline]) -> float:
    """Return the width in pt that a stroke has on the page where it is thinnest.

    A matrix that squeezes in one direction makes lines across that direction thinner.
    """
    area, thinnest = abs(determinant(matrix)), None
    if not area:
        return 0.0
    a, b, c, d, _, _ = matrix
    for outline in outlines:
        for (x0, y0), (x1, y1) in itertools.pairwise(outline):
            east, north = x1 - x0, y1 - y0
            length = hypot(east, north)
            if length < 1e-6:
                continue
            before = hypot(d * east - c * north, a * north - b * east) / area
            found = width * area * before / length
            thinnest = found if thinnest is None else min(thinnest, found)
    return width * area ** 0.5 if thinnest is None else thinnest
