"""Boxes without a ground, and boxes in order: as the engine has them."""

from typing import Any

import pytest
from pressing import boxes
from weasyprint.formatting_structure.boxes import Box
from weasyprint.layout import background

from booklet import grounds

BODY = "<h1>Tittel</h1><p>Et <em>ord</em> til</p><table><tr><td>a<td>b</table><ul><li>x</ul><div></div>"
STYLES = (
    "", "p { background: #ff0000 } td { background: none }", "p, td { border-radius: 3px; box-shadow: 0 0 1px red }",
    "html { background: blue } em { background: currentcolor }", "div { background-image: linear-gradient(red, blue) }",
    "p { visibility: hidden; background: red } li { position: absolute }")


def ground(painted: Any) -> Any:
    """Return what is painted behind a box, the pictures by their kinds."""
    return painted and [painted.color, *(layer._replace(image=type(layer.image)) for layer in painted.layers)]


def told(css: str) -> list[Any]:
    """Return ground and corners of each box of a page."""
    return [
        [type(box).__name__, ground(box.background), ground(getattr(box, "canvas_background", None)),
         box.border_top_left_radius]
        for box in boxes(BODY, css)]


@pytest.mark.parametrize("css", STYLES)
def test_ground_is_that_of_the_engine(css: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = told(css)
    monkeypatch.setattr(background, "layout_box_backgrounds", grounds._layout)
    assert told(css) == ours
    assert any(ground for _, ground, *_ in ours)


def test_box_without_a_ground_never_reaches_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(grounds, "_layout", lambda *given: asked.append(given))
    boxes_of_page = boxes("<p>ord</p>")
    assert len(asked) == 1 and len(boxes_of_page) > 4  # of the page


def plain(box: Any, placeholders: bool = False) -> Any:
    """Yield a box and all that it holds, as the engine would."""
    yield box
    for child in box.children:
        if placeholders or isinstance(child, Box):
            yield from child.descendants(placeholders)
        else:
            yield child


@pytest.mark.parametrize("placeholders", [False, True])
def test_boxes_come_in_the_order_of_the_engine(placeholders: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    page = boxes(BODY, "em { position: absolute } li { float: left }")[0]
    ours = list(page.descendants(placeholders))
    monkeypatch.setattr(Box, "descendants", plain)
    assert list(map(id, page.descendants(placeholders))) == list(map(id, ours))
