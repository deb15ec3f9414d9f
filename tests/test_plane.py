"""Points, boxes, matrices: what lies where."""

from math import sqrt

import pytest

from booklet.plane import Box, covers, curve, line_width, moved, slenderness, times

SQUARE = (((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)),)


def test_matrices_are_applied_in_their_order() -> None:
    assert moved(times((2, 0, 0, 2, 0, 0), (1, 0, 0, 1, 5, 0)), 1, 1) == (7, 2)


def test_line_is_thinner_across_the_squeezed_direction() -> None:
    squeezed = (1.0, 0.0, 0.0, 0.1, 0.0, 0.0)
    assert line_width(1, squeezed, [((0, 0), (10, 0))]) == pytest.approx(0.1)
    assert line_width(1, squeezed, [((0, 0), (0, 1))]) == pytest.approx(1)


def test_hole_is_not_covered() -> None:
    hole = tuple((x / 2 + 2.5, y / 2 + 2.5) for x, y in SQUARE[0])
    assert covers(SQUARE, False, 5, 5)
    assert not covers((*SQUARE, hole), True, 5, 5)
    assert covers((*SQUARE, hole), False, 5, 5)


def test_turned_bar_is_as_thin_as_it_is() -> None:
    side = 1 / sqrt(2)
    bar = ((0.0, 0.0), (10 * side, 10 * side), (9.9 * side, 10.1 * side), (-0.1 * side, 0.1 * side))
    assert slenderness(bar)[0] == pytest.approx(0.1, abs=0.01)


def test_curve_ends_where_it_should_and_bulges() -> None:
    points = curve((0, 0), (0, 10), (10, 10), (10, 0))
    assert points[-1] == (10, 0)
    assert max(y for _, y in points) == pytest.approx(7.5)


def test_line_without_width_meets_the_box_it_lies_in() -> None:
    assert Box(2, 5, 8, 5).meets(Box(0, 0, 10, 10))
    assert not Box(2, 10, 8, 10).meets(Box(0, 0, 10, 10))


def test_numbers_beyond_all_measure_stay_finite() -> None:
    assert moved((1e308, 0, 0, 1e308, 0, 0), 1e308, 1) == (1e7, 1e7)
