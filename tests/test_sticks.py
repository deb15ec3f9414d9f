"""Lines of words, links and emphasis: the same boxes in the same places as the engine's."""

import random
from typing import Any

import pytest
from pressing import boxes
from test_slugs import STYLES, WORDS, engine, told

from booklet import slugs

INLINES = ("em", "strong", "a href='#x'", "span", "em")
LONG = "samfunnsplanleggingskompetanse"
MORE = {
    **STYLES,
    "narrow": "p { width: 22mm; hyphens: auto; hyphenate-limit-chars: 6 3 3 }",
    "tight": "p { width: 9mm }",
    "spaced": "em { letter-spacing: .2px } strong { font-size: 1.4em; line-height: 1 }",
    "edged": "strong { padding: 0 3px; border: solid 1px } em { margin-left: 2px; background: #eee }",
    "moved": "em { position: relative; top: -2px } span { white-space: nowrap }",
    "cloned": "em { box-decoration-break: clone; padding: 1px 0 }",
    "lead": "span::after { content: leader('.') }",
    "atomic": "span { display: inline-block }",
    "aside": "a { float: footnote } strong { display: none }",
    "indented": "p { text-indent: 3em; text-align-last: right; line-height: 1.7 } em { vertical-align: 2px }",
}


def body(name: str) -> str:
    """Return paragraphs of words, some within others, with and without spaces beside them."""
    dice, made = random.Random(name), []

    def some(depth: int) -> str:
        parts = []
        for _ in range(dice.randint(1, 7 - depth)):
            text = " ".join(dice.choices([*WORDS, LONG], k=dice.randint(1, 9)))
            tag = dice.choice(INLINES) if dice.random() < 0.5 else ""
            within = some(depth + 1) if depth < 2 and dice.random() < 0.3 else text
            parts.append(f"<{tag}>{within}</{tag.split()[0]}>" if tag else within)
            parts.append(dice.choice((" ", " ", "", ", ", "  ", ".", "\u00a0", "-", "<em></em>", "<em> </em>", "<br>")))
        return "".join(parts)

    for _ in range(14):
        made.append(f"<p>{some(0)}</p>")
    return "".join(made)


@pytest.mark.parametrize("name", MORE)
def test_boxes_are_where_the_engine_puts_them(name: str) -> None:
    ours = told(body(name), MORE[name])
    with engine():
        assert told(body(name), MORE[name]) == ours
    assert len(ours) > 100


def test_engine_is_asked_for_no_line_of_words_links_and_emphasis(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    next_line = slugs._next
    monkeypatch.setattr(slugs, "_next", lambda *given: asked.append(given) or next_line(*given))
    text = " ".join(WORDS)
    lines = boxes(f"<p>{text} <em>{text} <a href='#x'>{text}</a></em>, {text}</p><p><a href='#x'>{text}</a></p>")
    assert sum(type(line).__name__ == "LineBox" for line in lines) > 5 and not asked
    boxes(f"<p>{text} <span>{text}</span></p>", "span { display: inline-block }")
    assert asked
