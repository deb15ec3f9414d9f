"""Borders and outlines: drawn as the engine draws them."""

from typing import Any

import pytest
import weasyprint
from pressing import _engine

from booklet import edges

RULES = "@page { size: 90mm 90mm; margin: 5mm } p { width: 20mm }"
DRAWN = {
    "visible": "border: 1px solid red", "one side": "border-left: 2px dashed", "outline": "outline: 1px solid",
    "columns": "column-count: 2; column-rule: 1px solid", "hidden": "border: 1px solid; visibility: hidden",
    "picture": "border-image: linear-gradient(red, blue) 1; border: 0", "top": "border-top: 1px solid",
    "left": "border-left: 2.25px solid #14506e", "right": "border-right: .3mm solid device-cmyk(1 0 .5 .25)",
    "bottom": "border-bottom: 1mm solid #14506e80", "round": "border-bottom: 1mm solid; border-radius: 1mm",
    "two": "border: solid; border-width: 1px 0 2px", "unseen": "border-top: 1px solid transparent"}


def content(css: str) -> bytes:
    """Return what is written on a page."""
    found = []

    def keep(document: Any, pdf: Any) -> None:
        """Note the streams."""
        found.extend(item.data for item in pdf.objects if hasattr(item, "stream"))

    body = "<div>ord <b>ord</b> <span><p>ord ord ord ord ord<p>ord</span></div>"
    weasyprint.HTML(string=f"<html><body>{body}</body></html>").write_pdf(
        stylesheets=[weasyprint.CSS(string=f"{RULES} {css}")], font_config=_engine().fonts, finisher=keep,
        uncompressed_pdf=True)
    return b"".join(found)


@pytest.mark.parametrize("where", ["div", "b", "span", "p"])
@pytest.mark.parametrize("kind", [*DRAWN, "none"])
def test_edges_are_drawn_as_the_engine_draws_them(where: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    css = f"{where} {{ {DRAWN.get(kind, '')} }}"
    ours = content(css)
    for name in ("draw_border", "draw_outline"):
        for module in (weasyprint.draw, weasyprint.draw.border):
            monkeypatch.setattr(module, name, getattr(edges, f"_{name}"))
    assert ours == content(css)


def test_box_without_edges_is_passed_by(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(edges, "_draw_border", lambda stream, box: asked.append(box))
    monkeypatch.setattr(edges, "_draw_outline", lambda stream, box: asked.append(box))
    content("")
    assert asked == []


@pytest.mark.parametrize("side", ["top", "right", "bottom", "left"])
def test_line_on_one_side_is_ours(side: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(edges, "_draw_border", lambda stream, box: asked.append(box))
    assert b"W*" in content(f"div {{ border-{side}: 1px solid }}") and not asked
