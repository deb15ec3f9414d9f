"""A schematic map: where places lie, drawn from their coordinates over the outline of the country.

In come places, out goes HTML: an SVG of the land and the dots, and the names as text over it. The outline
(``outline.json``) is Natural Earth's (public domain), made coarse on purpose: fjords and small islands are left out. It
refuses to know what happens at a place.
"""

import json
from collections.abc import Sequence
from functools import cache, cached_property
from math import cos, radians, sin, tan
from pathlib import Path

from booklet.easel import COLUMN, LABEL, LEADING, SMALL, on_grid
from booklet.entities import escape
from booklet.graphs import Chart, Spot
from booklet.scales import apart
from booklet.widths import width_of

_OUTLINE = Path(__file__).parent / "outline.json"
_MIDDLE, _PARALLEL = 15.0, 65.0
"""Degrees: the meridian that stands upright, the parallel that keeps its length (equidistant conic projection)."""
_HIGHEST, _LOWEST = 122, 70
"""Mm: heights between which the large map is drawn."""
Point = tuple[float, float]


def project(latitude: float, longitude: float) -> Point:
    """Return a place on a plane, in degrees of latitude: to the right, and down."""
    cone = sin(radians(_PARALLEL))
    radius = 57.2958 / tan(radians(_PARALLEL)) + _PARALLEL - latitude
    angle = radians(cone * (longitude - _MIDDLE))
    return radius * sin(angle), radius * cos(angle)


@cache
def _land() -> tuple[tuple[Point, ...], ...]:
    rings = json.loads(_OUTLINE.read_text("utf-8"))
    return tuple(tuple(project(latitude, longitude) for longitude, latitude in ring) for ring in rings)


class _Plane:
    """The land in mm, of some height, with its upper left corner at a place."""

    def __init__(self, height: float, left: float = 0.0, top: float = 0.0) -> None:
        points = [point for ring in _land() for point in ring]
        self._west, self._north = min(x for x, _ in points), min(y for _, y in points)
        south, east = max(y for _, y in points), max(x for x, _ in points)
        self.scale, self.height = height / (south - self._north), round(height + 2 * top, 2)
        self.left, self.top, self.width = left, top, (east - self._west) * self.scale

    def place(self, point: Point) -> Point:
        """Return where a point of the plane stands, in mm."""
        return (
            round(self.left + (point[0] - self._west) * self.scale, 2),
            round(self.top + (point[1] - self._north) * self.scale, 2))

    def spot(self, spot: Spot) -> Point:
        """Return where a place stands, in mm."""
        return self.place(project(spot.latitude, spot.longitude))

    @cached_property
    def rings(self) -> list[list[Point]]:
        """The outline in mm, once the plane has its place."""
        return [[self.place(point) for point in ring] for ring in _land()]

    def land(self, ink: str) -> str:
        """Return the outline as SVG."""
        path = "".join(f"M{' '.join(f'{x:g} {y:g}' for x, y in ring)}Z" for ring in self.rings)
        return f'<path d="{path}" fill="var(--{ink})" stroke="var(--line)" stroke-width=".15"/>'


def _dot(at: Point, radius: float) -> str:
    return (
        f'<circle cx="{at[0]:g}" cy="{at[1]:g}" r="{radius:g}" fill="var(--theme)" stroke="var(--paper)" '
        f'stroke-width=".25"/>')


def _svg(width: float, height: float, alt: str, shapes: str) -> str:
    return (
        f'<svg class="map" xmlns="http://www.w3.org/2000/svg" width="{width:g}mm" height="{height:g}mm" '
        f'viewBox="0 0 {width:g} {height:g}"><title>{escape(alt)}</title>{shapes}</svg>')


def locate(spots: Sequence[Spot], alt: str, height: float = 34.0) -> str:
    """Return a small map of the country with a dot at each of some places."""
    plane, land = _small(height)
    dots = "".join(_dot(plane.spot(spot), 1.15) for spot in spots)
    return _svg(round(plane.width + 0.4, 2), height, alt, land + dots)


@cache
def _small(height: float) -> tuple[_Plane, str]:
    """Return the country at some height, and its outline."""
    plane = _Plane(height - 0.4, 0.2, 0.2)
    return plane, plane.land("theme-tint")


def draw_map(chart: Chart, alt: str) -> str:
    """Return a map with a name at each place: names stand in the sea, counties inland."""
    plane, ends = _fitting(chart)
    at = [plane.spot(spot) for spot in chart.spots]
    shapes, words = [plane.land("theme-tint")], []
    for row, (x, y), (end, down) in zip(chart.rows, at, ends, strict=True):
        note = f' <span class="soft">{escape(row.note)}</span>' if row.note else ""
        shapes.append(
            f'<path d="M{end + 0.8:.2f} {down:.2f}L{x:g} {y:g}" stroke="var(--stone)" stroke-width=".2" fill="none"/>')
        words.append(_word(f"<strong>{escape(row.label)}</strong>{note}", f"right:{COLUMN - end:.2f}mm", down))
    shapes += [_dot(point, 1.3) for point in at]
    words += _counties(plane, chart)
    drawing = _svg(COLUMN, plane.height, alt, "".join(shapes))
    height = f"height:{on_grid(plane.height):g}mm"
    return f'<div class="plot plot-map" style="{height}">{drawing}{"".join(words)}</div>'


def _fitting(chart: Chart) -> tuple[_Plane, list[Point]]:
    """Return the largest map in the column that leaves room for the names, and where each name ends."""
    needs = [width_of(f"{row.label} ", LABEL, bold=True) + width_of(row.note, SMALL) for row in chart.rows]
    for height in range(_HIGHEST, _LOWEST, -2):
        plane = _Plane(height - 1.0, 0, 0.5)
        plane.left = COLUMN - plane.width - 0.2
        at = [plane.spot(spot) for spot in chart.spots]
        downs = apart([y for _, y in at], LEADING + 0.5)
        ends = [(min(x, *_coast(plane, down)) - 2.6, down) for (x, _), down in zip(at, downs, strict=True)]
        if all(end >= need for (end, _), need in zip(ends, needs, strict=True)):
            break
    return plane, ends


def _word(html: str, place: str, down: float) -> str:
    return f'<span class="word" style="{place};top:{down - LEADING / 2:.2f}mm">{html}</span>'


def _coast(plane: _Plane, down: float) -> list[float]:
    """Return how far from the left the land begins about a height, in mm."""
    return [x for ring in plane.rings for x, y in ring if abs(y - down) < 3.0] or [COLUMN]


def _counties(plane: _Plane, chart: Chart) -> list[str]:
    """Return the name of each county, inland of its places."""
    groups: dict[str, list[Point]] = {}
    for spot in chart.spots:
        groups.setdefault(spot.county, []).append(plane.spot(spot))
    names = list(groups)
    middles = [sum(y for _, y in groups[name]) / len(groups[name]) for name in names]
    words = []
    for name, down in zip(names, apart(middles, LEADING + 1), strict=True):
        left = max(x for x, y in groups[name]) + 3.4
        words.append(_word(f'<span class="soft">{escape(name)}</span>', f"left:{left:.2f}mm", down))
    return words
