"""Styles taken over from documents before: the engine's, and nobody's own."""

from functools import cache
from typing import Any

import pytest
import weasyprint
from pressing import _engine
from test_cascade import NAMES, slow
from weasyprint.css.computed_values import COMPUTER_FUNCTIONS
from weasyprint.css.targets import TargetCollector
from weasyprint.logger import LOGGER

from booklet import moulds, shaping
from booklet.supply import BASE

RULES = """
  html { --ink: #14506e; font-size: 10px } p { color: var(--ink); margin: 1em auto; padding: 2px; border: solid 1px }
  div p { text-indent: 2em; width: calc(1px + 2em) } em { letter-spacing: 0.1em; margin-inline-start: 4px }
  p::before { content: '–'; border: dashed; color: var(--ink) } [lang=nn] em { text-transform: uppercase }
  p::first-line { font-weight: bold } th { padding: 3px } .wide { width: 50vw }
"""
BODY = """<p>En <em>to</em></p><div><p>tre <em>fire</em> <em style="color: red; width: 3px">fem</em></p>
<p lang="nn" id="{0}a">seks <em>sju</em></p><p id="{0}b" style="font-size: {1}px">åtte <em>ni</em></p></div>
<table><tr><th>ti</th></tr></table><a name="{0}c">elleve <em>tolv</em></a>"""


@cache
def sheet_of(rules: str) -> Any:
    """Return a style sheet, the same each time."""
    return weasyprint.CSS(string=rules, url_fetcher=_engine().memory)


def made(body: str, rules: str = RULES, root: str = "") -> dict[tuple[Any, Any], Any]:
    """Return the styles of a document's elements and of their pseudo-elements, by place and kind."""
    html = weasyprint.HTML(
        string=f'<html lang="nb" {root}><body>{body}</body></html>', base_url=BASE, url_fetcher=_engine().memory)
    collector, fonts = TargetCollector(), _engine().fonts
    styles = weasyprint.css.get_all_computed_styles(
        html, [sheet_of(rules)], font_config=fonts, counter_style={}, target_collector=collector)
    kinds = [(number, element) for number, element in enumerate(html.etree_element.iter())]
    found = {(number, pseudo): styles(element, pseudo) for number, element in kinds
             for pseudo in (None, "before", "first-line")}
    return {place: style for place, style in found.items() if style is not None}


def values(style: Any) -> dict[str, Any]:
    """Return all values of a style."""
    return {name: style[name] for name in NAMES}


@pytest.mark.parametrize("root", ["", 'style="--ink: red; font-size: 30px"', 'class="other"'])
def test_every_value_in_a_later_document_is_that_of_the_engine(root: str) -> None:
    for style in made(BODY.format("x", 9)).values():
        values(style)
    later = made(BODY.format("y", 14), root=root)
    assert sum(bool(moulds.mould_of(style)) for style in later.values()) > len(later) / 2
    known = [len(style) > 100 for style in later.values() if moulds.mould_of(style)]
    assert (sum(known) > len(known) / 2) is not ("style" in root)
    for style in later.values():
        assert values(style) == values(slow(style)) and style.specified == slow_standing(style)
    assert {"ya", "yb", "yc", None} == {style["anchor"] for style in later.values()}


def slow_standing(style: Any) -> dict[str, Any]:
    """Return what the engine says that rules said of how a box stands."""
    bare = slow(style)
    values(bare)
    return {name: bare.specified[name] for name in style.specified}


def test_style_without_an_element_in_a_later_document_is_as_the_first_was() -> None:
    first, later = ([values(style.anonymous_style) for style in made("<p>a</p>").values()] for _ in range(2))
    assert first == later


def test_what_is_changed_in_a_style_is_handed_to_no_other() -> None:
    for style in made("<p>a</p>").values():
        values(style)
        style.update(display=("none",), white_space="pre", margin_top=7)
        style.anonymous_style.update(white_space="pre")
    style = made("<p>a</p>")[3, None]
    assert moulds.mould_of(style) and style["display"] == ("block", "flow") and style["margin_top"].value == 10
    assert style["white_space"] == style.anonymous_style["white_space"] == "normal"


def test_styles_of_which_the_engine_lists_what_was_asked_begin_empty() -> None:
    for _ in range(2):
        (style,) = [style for (_, pseudo), style in made("<p>a</p>").items() if pseudo == "first-line"]
        assert style["font_weight"] == 700 and not moulds.mould_of(style) and len(style) < 9


def test_size_of_a_page_is_kept_for_no_other_document() -> None:
    for width in (200, 400):
        style = made('<p class="wide">a</p>')[3, None]
        style.initial_page_sizes.update(box=(width, 9), area=(width, 9))
        assert style["width"].value == width / 2
    assert "width" not in moulds.mould_of(style).values


def test_what_the_engine_has_to_say_it_says_of_every_document(monkeypatch: pytest.MonkeyPatch) -> None:
    said = []
    monkeypatch.setattr(LOGGER, "handle", lambda record: LOGGER.filter(record) and said.append(record.msg))
    monkeypatch.setitem(COMPUTER_FUNCTIONS, "width", lambda *given: LOGGER.warning("no width") or given[2])
    for _ in range(3):
        assert made('<p style="width: 3px">a</p>')[3, None]["width"].value == 3
    assert said == ["no width"] * 3


def test_face_that_is_added_makes_all_be_worked_out_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    made("<p>a</p>")
    fonts = _engine().fonts
    assert fonts.__dict__[moulds.KEPT]
    monkeypatch.setattr(shaping, "_add_face", lambda *given: None)
    shaping.add_font_face(fonts, {}, None)
    assert moulds.KEPT not in fonts.__dict__


def test_no_more_is_kept_than_a_booklet_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moulds, "_MOST", 20)
    for number in range(9):
        made(BODY.format("z", number))
        kept = _engine().fonts.__dict__[moulds.KEPT]
        assert sum(mould.count[0] for mould in kept.values()) < 2 * 20 + 20
