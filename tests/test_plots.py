"""Figures on a scale: what is drawn where."""

import re

import pytest
from graphing import CHARTS, chart, row

from booklet.easel import COLUMN, Easel
from booklet.gallery import drawer_of
from booklet.plots import bars, diverging, dots, grouped, line
from booklet.widths import width_of

DRAWN = [one for one in CHARTS.values() if one.kind != "map"]
_RECT = re.compile(
    r'<rect x="([-\d.]+)%" y="([-\d.]+)mm" width="([\d.]+)%" height="([\d.]+)mm"[^>]*fill="var\(--([\w-]+)\)')
_WORD = re.compile(r'<span class="word([^"]*)" style="(left|right):([-\d.]+)%(;width:100%)?;top:([-\d.]+)mm">([^<]*)<')


def rects(easel: Easel) -> list[tuple[float, float, str]]:
    """Return left edge, width and ink of each bar, in order."""
    return [(float(x), float(width), ink) for x, _, width, _, ink in _RECT.findall(easel.html("alt"))]


def words(easel: Easel) -> dict[str, tuple[float, float]]:
    """Return words → where they begin and end across, in mm."""
    found = {}
    for style, side, at, middle, _, text in _WORD.findall(easel.html("alt")):
        wide = width_of(text, 13 if "big" in style else 8.3 if "soft" not in style else 7.4, bold="bold" in style)
        begin = float(at) / 100 * COLUMN if side == "left" else COLUMN * (1 - float(at) / 100) - wide
        begin = float(at) / 100 * COLUMN + (COLUMN - wide) / 2 if middle else begin
        found[text] = (begin, begin + wide)
    return found


def test_bar_is_as_long_as_its_number_says() -> None:
    (_, one, _), (_, other, _) = rects(bars(chart("bars", row("A", "50"), row("B", "200"))))
    assert other == pytest.approx(4 * one, rel=1e-3)


def test_what_the_title_speaks_of_is_in_the_themes_colour_and_the_rest_is_grey() -> None:
    marked = bars(chart("bars", row("A", "50", strong=True), row("B", "20")))
    assert [ink for _, _, ink in rects(marked)] == ["theme", "line"]
    assert [ink for _, _, ink in rects(bars(chart("bars", row("A", "50"), row("B", "20"))))] == ["theme", "theme"]


def test_range_is_a_bar_with_a_paler_end() -> None:
    (_, sure, ink), (begin, more, pale) = rects(bars(chart("bars", row("A", "60–80"))))
    assert (ink, pale) == ("theme", "theme-tint") and more == pytest.approx(sure / 3, rel=1e-3) and begin > sure


def test_number_that_is_not_known_is_a_dash_and_no_bar() -> None:
    easel = bars(chart("bars", row("A", "60"), row("B", "–")))
    assert len(rects(easel)) == 1 and "–" in words(easel)


def test_bars_of_a_group_differ_without_colour_and_are_named() -> None:
    easel = grouped(chart("grouped", row("2018", "10", "20", "5"), series=("her", "der", "borte")))
    assert len({ink for _, _, ink in rects(easel)}) == 3 and {"her", "der", "borte"} <= words(easel).keys()


def test_losses_go_to_the_left_and_gains_to_the_right_of_one_line() -> None:
    easel = diverging(chart("diverging", row("N", "12", "-7", "5"), series=("Inn", "Ut", "I alt")))
    (gain, _, _), (loss, width, _) = rects(easel)
    assert loss + width == pytest.approx(gain, abs=0.01) and "\u22127" in words(easel)


def test_dots_stand_in_the_order_of_their_numbers() -> None:
    html = dots(chart("dots", row("Før", "36", "53"), series=("Kvinner", "Menn"))).html("")
    first, second = (float(x) for x in re.findall(r'<circle cx="([\d.]+)%', html))
    assert first < second and 'fill="var(--paper)" stroke="var(--stone)"' in html


def test_line_has_a_gap_where_no_number_is_known() -> None:
    html = line(chart("line", row("A", "1", "–", "3"), row("B", "2", "2", "2"), series=("1", "2", "3"))).html("")
    assert html.count('stroke="var(--theme)"') == 2


@pytest.mark.parametrize("one", DRAWN, ids=lambda one: one.kind)
def test_no_word_runs_out_of_the_column(one: object) -> None:
    placed = words(drawer_of(one.kind)(one))  # type: ignore[attr-defined]
    assert {text: place for text, place in placed.items() if place[0] < -0.01 or place[1] > COLUMN + 0.01} == {}


@pytest.mark.parametrize("one", DRAWN, ids=lambda one: one.kind)
def test_every_number_is_said(one: object) -> None:
    html = drawer_of(one.kind)(one).html("")  # type: ignore[attr-defined]
    numbers = [amount.text for row in one.rows for amount in row.amounts if amount]  # type: ignore[attr-defined]
    assert [number for number in numbers if number not in html] == []
