"""Columns and pages: headings, last pages, facing columns, the grid, and the figures of the whole."""


import pytest
from laying import LINES_A_PAGE, UNIT, codes, galley, paragraphs
from msgspec.structs import replace

from booklet.columns import judge_columns, shares_of
from booklet.galleys import Galley
from booklet.standard import DEFAULT

HEADING = '<h2 data-b="35">Ei overskrift</h2>'
REST = '<p data-b="36">Ord.</p>' * 9
BLOCK = '<div data-b="37" style="break-inside: avoid">{}</div>'
ARTICLE = replace(UNIT, kind="example")


def found(laid: Galley) -> list[str]:
    """Return the faults of a layout."""
    return codes(list(judge_columns(laid)))


@pytest.mark.parametrize(("before", "faults"), [
    (LINES_A_PAGE - 2, ["heading-at-foot 35"]), (LINES_A_PAGE - 1, ["heading-at-foot 35"]), (LINES_A_PAGE - 3, []),
    (5, []),
])
def test_heading_in_the_last_two_lines_of_a_page(before: int, faults: list[str]) -> None:
    laid = galley(paragraphs(before) + HEADING + REST, "h2 { break-after: auto }", unit=ARTICLE)
    assert [one for one in found(laid) if "heading" in one] == faults


def test_heading_that_ends_a_unit_at_the_foot_of_its_page() -> None:
    assert found(galley(paragraphs(LINES_A_PAGE - 1) + HEADING)) == ["heading-at-foot 35"]


@pytest.mark.parametrize(("lines", "faults"), [
    (LINES_A_PAGE + 6, ["short-last-page 18"]), (LINES_A_PAGE + 7, []), (3, []),
])
def test_last_page_less_than_a_third_full(lines: int, faults: list[str]) -> None:
    assert found(galley(paragraphs(lines))) == faults


def test_page_that_is_designed_with_white_is_not_asked_how_full_it_is() -> None:
    laid = galley(paragraphs(LINES_A_PAGE + 2))
    assert found(replace(laid, standard=replace(DEFAULT, white=("text",)))) == []


@pytest.mark.parametrize(("lines", "first", "kind", "facing", "faults"), [
    (3, 1, "text", True, ["facing-unequal 14"]),
    (1, 1, "text", True, []),
    (3, 0, "text", True, []),
    (3, 1, "example", True, []),
    (3, 1, "text", False, []),
])
def test_facing_columns_that_end_on_different_lines(
    lines: int, first: int, kind: str, facing: bool, faults: list[str]
) -> None:
    kept = BLOCK.format("<p>Ord.</p>" * (lines + 1))
    body = paragraphs(LINES_A_PAGE - lines) + kept + "<p>Ord.</p>" * (2 * LINES_A_PAGE - lines - 3)
    laid = galley(body, unit=replace(UNIT, kind=kind), first=first, facing=facing)
    assert [one.rpartition(" ")[0] for one in found(laid)] == [one.rpartition(" ")[0] for one in faults]


@pytest.mark.parametrize(("css", "faults", "share"), [
    ("", [], 100), ("p + p { margin-top: 12pt }", [], 100), (".off { margin-top: 3pt }", ["off-grid 1"], 25),
    (".off { line-height: 18pt }", ["off-grid 1"], 25), (".off { font-size: 8pt }", [], 100),
    (".off { margin-top: 3pt; margin-bottom: 9pt }", ["off-grid 1"], 75),
])
def test_lines_off_the_baseline_grid(css: str, faults: list[str], share: float) -> None:
    body = '<p data-b="0">Ord.</p><p data-b="1" class="off">Ord.</p><p data-b="2">Ord.</p><p data-b="3">Ord.</p>'
    laid = galley(body, css)
    assert found(laid)[:1] == faults
    assert shares_of([laid]).grid == share


def test_kind_of_page_without_a_grid_is_not_held_to_it() -> None:
    assert found(galley("<p>Ord.</p><p style='margin-top: 5pt'>Ord.</p>", unit=replace(UNIT, kind="glossary"))) == []


def test_figures_of_the_whole() -> None:
    full = galley(paragraphs(LINES_A_PAGE))
    half = galley(paragraphs(LINES_A_PAGE // 2))
    shares = shares_of([full, half])
    assert (shares.pages, shares.lines, shares.hyphens) == (2, LINES_A_PAGE + LINES_A_PAGE // 2, 0)
    assert shares.fill == pytest.approx(72, abs=1)  # 18 lines of 12 pt fill 95 % of 80 mm
    white = replace(half, standard=replace(DEFAULT, white=("text",)))
    assert shares_of([full, white]).pages == 1


def test_share_of_broken_lines() -> None:
    laid = galley("<p style='width: 19mm'>Her er integreringen</p><p>Ord.</p>", "p { hyphens: auto }")
    shares = shares_of([laid])
    assert shares.hyphens == pytest.approx(100 / shares.lines)
