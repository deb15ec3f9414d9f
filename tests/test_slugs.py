"""Lines cast in one go: the same boxes in the same places as the engine's."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from pressing import boxes
from weasyprint.layout import inline

from booklet import slugs

TEXT = "Folk flytter dit det er arbeid og blir der de kjenner noen som har tid 1\u00a0361 § «ja» – f.eks. nord-sør"
WORDS = TEXT.split(" ")
TOLD = (
    "position_x", "position_y", "width", "height", "baseline", "margin_top", "margin_bottom", "text",
    "justification_spacing", "remove_decoration_sides")
STYLES = {
    "left": "p { margin: 0 0 1em }",
    "justified": "p { text-align: justify; text-indent: 2em; line-height: 1.3 }",
    "centred": "p { text-align: center; letter-spacing: .3px; hyphens: auto }",
    "kept": "p { white-space: pre-line; padding: 3px }",
    "beside": "b { float: left; width: 20mm }",
    "right": "p { direction: rtl }",
    "first": "p::first-line { font-size: 2em } p::first-letter { color: red }",
    "raised": "em { vertical-align: super; line-height: 1 } b { position: absolute }",
}


@contextmanager
def engine() -> Iterator[None]:
    """Let the engine cast all lines within."""
    ours = inline.get_next_linebox, inline.split_text_box
    inline.get_next_linebox, inline.split_text_box = slugs._next, slugs._split_text
    yield
    inline.get_next_linebox, inline.split_text_box = ours


def told(body: str, css: str) -> list[list[Any]]:
    """Return all that matters of each box of a page."""
    found = boxes(body, f"@page {{ size: 90mm 200mm; margin: 10mm }} {css}")
    return [[type(box).__name__, *(getattr(box, name, None) for name in TOLD)] for box in found]


def body(name: str) -> str:
    """Return paragraphs of words alone and of words in a row with others, of some length."""
    dice, made = random.Random(name), []
    for count in (1, 5, 30, 60):
        words = dice.choices(WORDS, k=count)
        text = " ".join(words)
        made.append(f"<p>{text}</p><p>{' '.join(words[:9])} <em>{text}</em> til <b>ord</b>\nslutt </p>")
    return "".join(made)


@pytest.mark.parametrize("name", STYLES)
def test_boxes_are_where_the_engine_puts_them(name: str) -> None:
    ours = told(body(name), STYLES[name])
    with engine():
        assert told(body(name), STYLES[name]) == ours
    assert len(ours) > 40


def test_most_lines_of_a_text_are_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, next_line = [], slugs._next
    monkeypatch.setattr(slugs, "_next", lambda *given: asked.append(given) or next_line(*given))
    lines = [box for box in boxes(f"<p>{' '.join(WORDS * 20)}</p>") if type(box).__name__ == "LineBox"]
    assert len(lines) > 5 and not asked
