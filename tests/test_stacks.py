"""Blocks one below the other: margins, breaks and pages as the engine has them."""

from itertools import product
from typing import Any

import pytest
from pressing import boxes
from weasyprint.formatting_structure.boxes import Box
from weasyprint.layout import block

from booklet import stacks

BODY = """<h1>Tittel</h1><p>Et <em>ord</em></p><table><tr><td>a<td>b</table><ul><li>x<li><div>y</div></ul>
<section><div><p>ord</p></div></section><section></section><div><i>z</i></div>"""
STYLES = (
    "", "h1 { break-after: avoid } section { break-before: page }", "div { page: wide } em { page: odd }",
    "li { break-after: avoid-page; float: left } p { position: absolute } h1 { break-before: left }",
    "section { display: flow-root; overflow: hidden } div { display: inline-block } ul { display: flex }")


def collapsed(margins: list[float]) -> float:
    """Return what the engine makes of margins that meet."""
    return max(margin for margin in [0, *margins] if margin >= 0) + min(m for m in [0, *margins] if m <= 0)


@pytest.mark.parametrize("margins", [[], [3], [3, 5.5], [-2.5, 4, 0], [-1, -3], [0.0]])
def test_margins_collapse_as_in_the_engine(margins: list[float]) -> None:
    ours = block.collapse_margin(margins)
    assert (ours, type(ours)) == (collapsed(margins), type(collapsed(margins)))


@pytest.mark.parametrize("css", STYLES)
def test_breaks_between_boxes_are_those_of_the_engine(css: str) -> None:
    found = [box for box in boxes(BODY, css) if isinstance(box, Box)]
    pairs = list(product(found, found))
    assert [stacks.page_break(*pair) for pair in pairs] == [stacks._break(*pair) for pair in pairs]


@pytest.mark.parametrize("css", STYLES)
def test_names_of_pages_are_those_of_the_engine(css: str) -> None:
    found = [box for box in boxes(BODY, css) if isinstance(box, Box)]
    assert [(stacks._page_at(box, False), stacks._page_at(box, True)) for box in found] == [
        box.page_values() for box in found]


@pytest.mark.parametrize("css", STYLES)
def test_boxes_keep_floats_in_where_the_engine_does(css: str) -> None:
    found = [box for box in boxes(BODY, css) if isinstance(box, Box)]
    assert list(map(stacks.establishes, found)) == list(map(stacks._establishes, found))


def places(css: str) -> list[Any]:
    """Return where each box of a page is."""
    return [(type(box).__name__, box.position_x, box.position_y, box.width) for box in boxes(BODY, css)]


def test_boxes_are_moved_as_far_as_is_wished(monkeypatch: pytest.MonkeyPatch) -> None:
    css = "em, p, td { position: relative; top: 3px; left: 10% }"
    ours = places(css)
    monkeypatch.setattr(block, "relative_positioning", stacks._move)
    assert ours == places(css) != places("")


def test_side_without_spacing_has_none() -> None:
    box = boxes("<p>ord", "p { margin: 3px; padding: 2px; border: 1px solid }")[-3]
    box._reset_spacing("left")
    assert (box.margin_left, box.padding_left, box.border_left_width) == (0, 0, 0)
    assert "left" in box.remove_decoration_sides
