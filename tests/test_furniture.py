"""What stands in the margins of a page stands where the engine puts it."""

from typing import Any

import pytest
from pressing import boxes
from weasyprint import layout

from booklet import furniture

PAGES = {
    "none": "@page { margin: 10mm }",
    "sides": "@page { margin: 10mm 20mm 30mm 5mm; @top-left { content: 'a' } @bottom-center { content: counter(page) }"
             " @left-middle { content: 'b'; vertical-align: middle } @right-bottom { content: 'c'; width: 10px } }",
    "shared": "@page { margin: 15mm; @top-left { content: 'a'; padding: 2px } @top-right { content: 'lang linje' }"
              " @left-top { content: 'x'; height: 20% } @left-bottom { content: 'y' } @top-center { content: none } }",
    "corners": "@page { margin: 15mm; @top-left-corner { content: 'a' } @bottom-right-corner { content: counter(page) }"
               " @top-right-corner { content: 'b'; vertical-align: bottom } @bottom-left-corner { content: 'c' } }",
    "running": "@page { margin: 15mm; @top-right-corner { content: element(head) } @right-top { content: 'd' } }"
               " h1 { position: running(head) }",
}


def places(css: str) -> list[Any]:
    """Return where each box of a page is, and what it says."""
    return [(type(box).__name__, box.position_x, box.position_y, box.width, box.height, getattr(box, "text", ""))
            for box in boxes("<h1>Tittel</h1><p>ord</p>", css)]


@pytest.mark.parametrize("name", PAGES)
def test_margins_show_what_the_engine_shows_in_them(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "make_margin_boxes", furniture.make_margin_boxes)
    ours = places(PAGES[name])
    monkeypatch.setattr(layout, "make_margin_boxes", furniture._make)
    assert ours == places(PAGES[name]) and ("MarginBox" in dict.fromkeys(one[0] for one in ours)) == (name != "none")
