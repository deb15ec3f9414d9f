"""A schematic map: places where they lie."""

import re
from math import asin, cos, radians, sin

import pytest
from graphing import CHARTS, SPOTS

from booklet.atlas import draw_map, locate, project
from booklet.easel import COLUMN

OSLO, BERGEN, VARDO, LINDESNES = (59.91, 10.75), (60.39, 5.32), (70.37, 31.1), (57.98, 7.05)


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return how far two places are from each other on the plane."""
    (x, y), (u, v) = project(*one), project(*other)
    return float(((x - u) ** 2 + (y - v) ** 2) ** 0.5 * 111.2)


def great_circle(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return how far two places are from each other on the earth."""
    (a, b), (c, d) = (tuple(map(radians, place)) for place in (one, other))
    return 12742 * asin((sin((a - c) / 2) ** 2 + cos(a) * cos(c) * sin((b - d) / 2) ** 2) ** 0.5)


@pytest.mark.parametrize(("one", "other"), [(OSLO, BERGEN), (LINDESNES, VARDO), (BERGEN, VARDO)])
def test_distances_are_true_within_a_fiftieth(one: tuple[float, float], other: tuple[float, float]) -> None:
    assert kilometres(one, other) == pytest.approx(great_circle(one, other), rel=0.02)


def test_north_is_up_and_east_is_to_the_right() -> None:
    assert project(*VARDO)[1] < project(*OSLO)[1] < project(*LINDESNES)[1]
    assert project(*BERGEN)[0] < project(*OSLO)[0] < project(*VARDO)[0]


def test_small_map_has_a_dot_for_each_place_within_its_frame() -> None:
    html = locate(SPOTS, "Kart", 34)
    width, height = map(float, re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', html)[0])
    dots = [(float(x), float(y)) for x, y in re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', html)]
    assert len(dots) == 3 and all(0 < x < width and 0 < y < height for x, y in dots) and height == 34
    assert "<title>Kart</title>" in html


def test_large_map_names_places_in_the_sea_and_each_county_once() -> None:
    html = draw_map(CHARTS["themes/en/figures/map.yaml"], "Kart")
    ends = [COLUMN - float(right) for right in re.findall(r"right:([\d.]+)mm", html)]
    dots = [float(x) for x in re.findall(r'cx="([\d.]+)"', html)]
    assert all(end < dot for end, dot in zip(ends, dots, strict=True))
    assert [html.count(f">{county}<") for county in ("Troms", "Trøndelag", "Sogn og Fjordane")] == [1, 1, 1]
