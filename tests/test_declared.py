"""Values that rules set: the engine's, computed by the engine only where that takes more than a look."""

from typing import Any

import pytest
from test_cascade import Slow, slow
from test_moulds import made
from weasyprint.css import ComputedStyle

from booklet import declared


def style_of(css: str) -> Any:
    """Return the style of a word that a rule describes, nothing of which was asked for yet."""
    styles = made("<em>to</em>", f"em {{ {css} }}")
    bare = slow(styles[3, None])
    bare.__class__ = ComputedStyle
    return bare


def handed_on(monkeypatch: pytest.MonkeyPatch, style: Any, key: str) -> tuple[Any, list[str]]:
    """Return a value of a style, and what the engine was asked to compute."""
    asked: list[str] = []
    with monkeypatch.context() as patch:
        compute = declared._computed
        patch.setattr(declared, "_computed", lambda style, key: asked.append(key) or compute(style, key))
        return declared.declared(style, key), asked


@pytest.mark.parametrize("rule", [
    "width: 3em", "width: 50%", "width: auto", "margin-left: 2mm", "font-size: 1.5em", "font-size: larger",
    "orphans: 3", "font-weight: bold", "line-height: 1.5", "line-height: 12pt", "border-top-width: thin",
    "letter-spacing: 0.1em", "break-before: always", "vertical-align: super", "hyphens: none", "opacity: 0.5"])
def test_plain_value_is_computed_at_once_as_the_engine_does(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    key = rule.split(":")[0].replace("-", "_")
    style = style_of(rule)
    value, asked = handed_on(monkeypatch, style, key)
    theirs = slow(style)
    assert isinstance(theirs, Slow) and value == style[key] == theirs[key] and not asked


@pytest.mark.parametrize("rule", [
    "width: calc(1px + 2em)", "width: inherit", "margin-left: initial", "font-family: a, b", "float: left",
    "position: absolute", "page: a", "text-decoration-line: underline", "color: green", "color: device-cmyk(0 0 0 1)",
    "width: 2px; inline-size: 3px", "margin-left: 3px; margin-inline-start: 9px", "width: var(--none, 3px)"])
def test_any_other_value_is_the_engines_to_compute(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    key = rule.split(":")[0].replace("-", "_")
    style = style_of(rule)
    value, asked = handed_on(monkeypatch, style, key)
    assert value == slow(style)[key] and asked[0] == key


def test_plain_values_are_kept_at_once_and_no_others() -> None:
    style = style_of("width: 2mm; hyphens: none; orphans: 3; top: 2em; left: 1vw; float: left; color: red; width: 9px")
    declared.declare(style)
    assert dict(style) == {name: slow(style)[name] for name in ("font_style", "width", "hyphens", "orphans")}
    assert style["font_size"] and style["width"].value == 9
    declared.declare(style)
    assert style["top"] == slow(style)["top"] and "left" not in style and "float" not in style


def test_colour_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    style, looked = style_of("color: #123456"), list[Any]()
    colour = declared._colour
    monkeypatch.setattr(declared, "_colour", lambda *given: looked.append(given[2]) or colour(*given))
    first = declared.colour(style, "color", style.cascaded["color"][0])
    assert declared.colour(style_of("top: 0"), "color", style.cascaded["color"][0]) is first and len(looked) <= 1
