"""Figures without an axis: what is drawn where."""

import pytest
from graphing import chart, row
from test_plots import rects, words

from booklet.strips import pictogram, process, strip, timeline


def test_parts_of_a_whole_fill_the_strip() -> None:
    parts = rects(strip(chart("strip", row("A", "3"), row("B", "2"), unit="dager")))
    assert parts[0][1] + parts[1][1] == pytest.approx(100, abs=1) and parts[0][1] > parts[1][1]


def test_part_of_many_says_its_share_and_part_of_few_does_not() -> None:
    many, few = (strip(chart("strip", row("A", a), row("B", b))) for a, b in (("300", "100"), ("3", "2")))
    assert "300 personer (75\u00a0%)" in words(many) and "3 personer" in words(few)


def test_names_of_narrow_parts_climb_so_that_none_meets_another() -> None:
    easel = strip(chart("strip", *(row(f"Den aller {name} gruppa", "1") for name in "abcde")))
    wide = strip(chart("strip", row("A", "1"), row("B", "1")))
    assert easel.height > wide.height


def test_pictogram_has_as_many_in_colour_as_there_are_tenths() -> None:
    inks = [ink for _, _, ink in rects(pictogram(chart("pictogram", row("A", "80"), unit="prosent")))]
    assert inks == ["theme"] * 8 + ["line"] * 2


def test_what_is_not_sure_is_an_outline() -> None:
    inks = [ink for _, _, ink in rects(pictogram(chart("pictogram", row("A", "60–70"), unit="prosent")))]
    assert inks == ["theme"] * 6 + ["paper"] + ["line"] * 3


@pytest.mark.parametrize(
    ("share", "people"), [("0", 0), ("4", 0), ("5", 1), ("50", 5), ("94", 9), ("96", 10), ("100", 10)])
def test_share_is_rounded_to_the_nearest_person(share: str, people: int) -> None:
    inks = [ink for _, _, ink in rects(pictogram(chart("pictogram", row("A", share), unit="prosent")))]
    assert inks.count("theme") == people


def test_days_stand_one_below_the_other() -> None:
    easel = timeline(chart("timeline", row("2013", note="Det begynte."), row("2019", note="Det endte."), unit=""))
    assert list(words(easel)) == ["Det begynte.", "2013", "Det endte.", "2019"] and easel.height > 10


def test_steps_are_equally_wide_and_stand_beside_each_other() -> None:
    steps = rects(process(chart("process", row("Spør", note="alle"), row("Svar"), row("Gå"), unit="")))
    assert len({width for _, width, _ in steps}) == 1 and [x for x, _, _ in steps] == sorted({x for x, _, _ in steps})
