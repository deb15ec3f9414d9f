"""Computed values and used lengths: those of the engine, found sooner."""

from types import SimpleNamespace
from typing import Any

import pytest
from pressing import boxes, words
from weasyprint.css import ComputedStyle
from weasyprint.css.properties import INITIAL_VALUES, Dimension
from weasyprint.formatting_structure.boxes import BlockContainerBox
from weasyprint.layout import preferred

from booklet import cascade

RULES = """
  p { margin: 3px auto; padding: 2px; border: solid 1px; width: 50%; font-size: 1.2em; color: green }
  em { margin-inline-start: 4px; padding-block-end: 3px; border-top-style: dotted; letter-spacing: 0.1em }
  b { text-decoration: underline; float: left; min-width: 30px; border-radius: 3px; border-top-style: dotted }
  u { display: block; box-sizing: border-box; padding: 4px; width: 90px; height: 3em }
  i { position: absolute; top: calc(1px + 2px); width: calc(50% - 3px); box-sizing: border-box; padding: 4px }
  p::before { content: '–'; border: dashed }
"""
LISTED = "p::first-line { font-weight: bold } p::first-letter { color: red }"
BODY = "<p>En <em>to</em> <b>tre <em>fire</em></b> <i>fem</i> <u>seks</u></p>" * 2
NAMES = [name for name in INITIAL_VALUES if not name.startswith(("bleed_", "counter_")) and "line_" not in name]
NAMES = [name for name in NAMES if "_block_" not in name and "_inline_" not in name]


class Slow(ComputedStyle):  # type: ignore[misc]
    """A style that computes everything as the engine does."""

    __missing__ = cascade._computed


def slow(style: Any) -> Any:
    """Return the same style, not yet computed, with parents that are not either."""
    if style is None or not hasattr(style, "cascaded"):
        return style
    return Slow(slow(style.parent_style), style.cascaded, style.pseudo_type, style.root_style, style.base_url,
                style.font_config, style.initial_page_sizes)


def test_every_value_of_every_style_is_that_of_the_engine() -> None:
    styles = {id(box.style): box.style for box in boxes(BODY, RULES) if hasattr(box.style, "cascaded")}
    assert len(styles) > 6
    for style in styles.values():
        bare = slow(style)
        assert {name: style[name] for name in NAMES} == {name: bare[name] for name in NAMES}


def test_style_without_an_element_has_the_values_of_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    parents = [box.style for box in boxes(BODY, RULES) if hasattr(box.style, "cascaded")]
    for parent in parents:
        ours = type(parent.anonymous_style)(parent)
        with monkeypatch.context() as patch:
            patch.setattr(type(ours), "__init__", cascade._anonymous)
            theirs = type(ours)(parent)
        assert {name: ours[name] for name in NAMES} == {name: theirs[name] for name in NAMES}


def test_nothing_is_added_to_styles_that_the_engine_lists() -> None:
    (box, *_) = [box for box in boxes(BODY, RULES + LISTED) if box.first_line_style]
    box.first_line_style["margin_top"]
    assert "margin_bottom" not in box.first_line_style and "margin_top" in box.first_line_style


@pytest.mark.parametrize("room", [(300, 400), (300, "auto"), (0, 0)])
def test_used_lengths_are_those_of_the_engine(room: tuple[float, Any]) -> None:
    for box in boxes(f"{BODY}<table><tr><td>a</td></tr></table>", f"{RULES} table {{ border-collapse: collapse }}"):
        ours, theirs = box.copy(), box.copy()
        cascade.resolve_radii(ours)
        cascade._radii(theirs)
        cascade.resolve_percentages(ours, room)
        cascade._resolve(theirs, room)
        assert ours.__dict__ == theirs.__dict__


def test_copy_of_a_style_has_lengths_of_its_own() -> None:
    (box,) = [box for box in boxes("<p>a</p>", "p { width: 30px }") if type(box).__name__ == "BlockBox"][-1:]
    copy = box.copy()
    copy.style = box.style.copy()
    copy.style["width"] = Dimension(40, "px")
    for one in (box, copy):
        cascade.resolve_percentages(one, (100, 100))
    assert (box.width, copy.width) == (30, 40)


@pytest.mark.parametrize("room", [0, 20, 60, 95, 400, 4000])
def test_box_is_as_wide_as_its_words_when_the_engine_says_so(room: float) -> None:
    context, ours, theirs = SimpleNamespace(dictionaries={}), [], []
    for box in boxes(f"{BODY}<ul><li>a</li></ul>", "b { float: left } li { width: max-content }"):
        if isinstance(box, BlockContainerBox):
            exact = preferred.max_content_width(context, box, outer=False)
            for width in (room, exact):
                ours.append(cascade.shrink_to_fit(context, box, width))
                theirs.append(cascade._shrink(context, box, width))
    assert ours == theirs and len(ours) > 12 and list(map(type, ours)) == list(map(type, theirs))


def test_boxes_are_in_flow_when_the_engine_says_so() -> None:
    told = [(box.is_in_normal_flow(), cascade._in_flow(box)) for box in boxes(BODY, RULES)]
    assert all(ours == theirs for ours, theirs in told) and {ours for ours, _ in told} == {True, False}


@pytest.mark.parametrize("pages", [("a", "b", "c"), ("a",), ("", "b"), ()])
def test_box_begins_and_ends_on_the_pages_of_its_first_and_last_child(pages: tuple[str, ...]) -> None:
    (box,) = [box for box in boxes("<section><p>a</p></section>") if box.element_tag == "section"]
    child = box.children[0]
    box.children = []
    for page in pages:
        one = child.copy()
        one.children, one.style = [], child.style.copy()
        one.style["page"] = page
        box.children.append(one)
    away = child.copy()
    away.style = child.style.copy()
    away.style["position"] = "absolute"
    box.children.append(away)
    assert cascade.page_values(box) == cascade._page_values(box)


@pytest.mark.parametrize("outer", [True, False])
def test_box_without_floats_beside_it_stands_where_the_engine_puts_it(outer: bool) -> None:
    css = "div { overflow: hidden; margin: 3px 5px 7px 11px; padding: 2px; border: solid 1px }"
    for box in boxes("<div>a</div>", css):
        if box.element_tag == "div" and type(box).__name__ == "BlockBox":
            given = SimpleNamespace(excluded_shapes=[]), box, box, outer
            assert cascade.avoid_collisions(*given) == cascade._avoid(*given)


def test_words_beside_a_float_keep_clear_of_it() -> None:
    _, first = words("<b>hit</b><p>ord ord</p>", "b { float: left; width: 50px }")
    other, *_ = words("<p>ord ord</p>")
    assert first.position_x == other.position_x + 50
