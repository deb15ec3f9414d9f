"""From what is counted to where it stands."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet.scales import apart, around, from_nought

VALUES = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=8)


@given(VALUES)
def test_bars_begin_at_nought_and_end_within_the_edges(values: list[float]) -> None:
    scale = from_nought(values, 20, 90)
    assert all(20 - 1e-6 <= scale.place(value) <= 90 + 1e-6 for value in [0.0, *values])


def test_bar_is_twice_as_long_for_twice_as_many() -> None:
    scale = from_nought([-5, 10], 0, 100)
    assert scale.length(10) == pytest.approx(2 * scale.length(-5))


def test_points_have_air_on_both_sides() -> None:
    scale = around([10, 20], 0, 100)
    assert 0 < scale.place(10) < scale.place(20) < 100


def test_single_value_stands_in_the_middle() -> None:
    assert around([7], 0, 100).place(7) == pytest.approx(50)


@given(st.lists(st.floats(0, 100), max_size=9))
def test_words_that_would_meet_are_moved_apart_in_their_order(wanted: list[float]) -> None:
    found = apart(wanted, 4.0)
    ordered = [place for _, place in sorted(zip(wanted, found, strict=True))]
    assert sorted(ordered) == ordered
    assert all(after - before >= 4.0 - 1e-6 for before, after in pairwise(ordered))


def test_words_that_do_not_meet_stay() -> None:
    assert apart([10, 30, 20], 5) == [10, 30, 20]
