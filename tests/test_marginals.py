"""Words that are placed beside the text stand where the engine puts them."""

from typing import Any

import pytest
from pressing import boxes
from weasyprint.layout import absolute, preferred

from booklet import marginals

BODY = """<p>Et ord <span class="a">til venstre</span> og <span class="a b">med <b>fete <i>og</i></b> ord </span></p>
<ul><li>x</li><li>y</li></ul><ol><li>z <span class="a c">To ord</span></li></ol>
<div class="a"><p>En</p></div><div class="a e">To <u class="a">tre</u> fire</div><b class="f">  ord </b>"""
STYLES = {
    "plain": ".a { right: -5mm; width: 20mm; margin-top: 3px; white-space: nowrap }",
    "shrunk": ".a { left: 3mm; top: 1em; white-space: nowrap; padding: 1px 2px; text-indent: 0 } .f { float: left }",
    "foot": ".a { bottom: 2mm; white-space: pre; text-align: right; width: 60px; text-indent: 3px }",
    "wrapped": ".a { width: 12px; min-height: 30px } .f { display: inline-block }",
    "narrow": ".a { max-width: 10px; white-space: nowrap; margin: -3px auto; left: 0; right: 0; width: 3em }",
    "low": ".a { margin-top: 40cm; white-space: nowrap }",
    "aside": ".a { white-space: nowrap; overflow: hidden; height: 4px; border: 1px solid } u { position: static }",
    "moved": ".a { white-space: nowrap } .a b { position: relative; top: 2px } i { position: relative; left: 1px }",
}


def places(css: str) -> list[Any]:
    """Return where each box of a page is, and what it says."""
    rules = f".a {{ position: absolute }} p {{ position: relative }} {css}"
    return [(type(box).__name__, box.position_x, box.position_y, box.width, box.height, getattr(box, "text", ""))
            for box in boxes(BODY, rules)]


@pytest.mark.parametrize("name", STYLES)
def test_words_stand_where_the_engine_puts_them(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = list[Any]()

    def count(*given: Any) -> Any:
        """Note what was set without the engine's help."""
        made.append(_set(*given))
        return made[-1]

    _set = marginals._set
    monkeypatch.setattr(marginals, "_set", count)
    ours = places(STYLES[name])
    assert any(made) and (name != "low" or None in made)
    monkeypatch.setattr(absolute, "absolute_block", marginals._block)
    for room in (absolute, preferred, __import__("weasyprint.layout.float", fromlist=["float"])):
        monkeypatch.setattr(room, "shrink_to_fit", marginals._shrink)
    assert ours == places(STYLES[name])
