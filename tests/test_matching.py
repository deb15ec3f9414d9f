"""Which rules meet which element: those of the engine, found sooner."""

import logging
from typing import Any

import pytest
import weasyprint
from weasyprint import css
from weasyprint.css.targets import TargetCollector
from weasyprint.layout import page

from booklet import engine, furniture, matching, shortcuts

PSEUDO = "before", "after", "marker", "first-line", "first-letter", "footnote-call", "footnote-marker", "note-call"
SHEETS = ("""
  * { orphans: 3 } p { color: red; margin: 1px } .a { color: green } #x { color: blue } p.a.b { margin-top: 3px }
  p:not(#x) { widows: 4 } p + p { text-indent: 2px } h1 ~ p { text-indent: 3px } div > p { padding: 1px }
  div p { padding-top: 2px } p:first-child { border: solid } p:nth-child(2n) { border-top: none }
  [lang] { quotes: none }  [title=t] { color: white } p.a::before { content: 'y' }
  p::before, p::after { content: 'x'; anchor: attr(id) }
  em { color: red !important } :is(em, .b) { letter-spacing: 1px } q:lang(nn) { quotes: '<' '>' } svg|rect { x: y }
""", """
  p { color: black } .a, p { margin: 2px } em { color: green } @layer low { p { orphans: 9; widows: 9 !important } }
  p { & em { margin: 4px } } div:has(em) { margin: 5px } li:last-child::marker { color: red } .ø { color: #123456 }
  .c::before { -weasy-anchor: 'there' }
""")
BODY = """<h1 id="en.to-tre">A</h1><p>a</p><p class="a">b</p><p class="b a" id="x">c <em>d</em></p>
<div><p class="b  a" title="t">e</p><p lang="nn">f <q>g</q></p><p style="color: lime; margin: 0; fo: o">h</p>
<a name="n">i</a><p id='od"d'>j</p><p id="k" lang="nb" style=";">k</p></div><div><ul><li>l<li class="c">m</ul>
</div><p class="Ø">n</p><p class="a">o</p><p>p</p>
<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9%"><rect/></svg>"""


def styles(html: Any, sheets: list[Any]) -> tuple[Any, list[str]]:
    """Return the styles of a document, and the anchors in it."""
    collector = TargetCollector()
    made = css.get_all_computed_styles(html, sheets, counter_style={}, target_collector=collector)
    return made, list(collector.target_lookup_items)


def both(monkeypatch: pytest.MonkeyPatch, body: str = BODY) -> Any:
    """Return what we make of a document and what the engine makes of it, and the document."""
    html = weasyprint.HTML(string=f'<html lang="nb"><body>{body}</body></html>')
    sheets = [weasyprint.CSS(string=sheet) for sheet in SHEETS]
    ours = styles(html, sheets)
    with monkeypatch.context() as patch:
        patch.setattr(css.StyleFor, "__init__", matching._begin)
        patch.setattr(css, "find_stylesheets", matching._find)
        return ours, styles(html, sheets), html


def said(style: Any) -> Any:
    """Return what rules and attributes say of an element."""
    return style and (style.pseudo_type, {name: repr(value) for name, value in style.cascaded.items()})


def test_every_element_and_each_of_its_pseudo_elements_has_the_style_of_the_engine(
    monkeypatch: pytest.MonkeyPatch
) -> None:
    (ours, anchors), (theirs, their_anchors), html = both(monkeypatch)
    elements = list(html.etree_element.iter())
    for pseudo in (None, *PSEUDO):
        told = [(said(ours(element, pseudo)), said(theirs(element, pseudo))) for element in elements]
        assert [one for one, _ in told] == [other for _, other in told]
        assert any(one for one, _ in told) or pseudo in ("first-line", "first-letter", "note-call")
    assert anchors == their_anchors and {"en.to-tre", "n", "k", "there"} <= set(anchors)


def test_elements_share_a_style_where_they_do_in_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    (ours, _), (theirs, _), html = both(monkeypatch, BODY * 2)
    pairs = {(id(ours(element)), id(theirs(element))) for element in html.etree_element.iter()}
    assert len({one for one, _ in pairs}) == len(pairs) == len({other for _, other in pairs})
    assert len(pairs) < len(list(html.etree_element.iter()))


def test_what_was_matched_before_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    html = weasyprint.HTML(string="<p class=a>a</p><p class=a id=x>b</p>")
    sheets = [weasyprint.CSS(string=sheet) for sheet in SHEETS]
    first, _ = styles(html, sheets)
    kept = [said(first(element)) for element in html.etree_element.iter()]
    styles(weasyprint.HTML(string=BODY), sheets)
    again, _ = styles(html, sheets)
    assert [said(again(element)) for element in html.etree_element.iter()] == kept


def test_sheets_that_a_document_holds_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    held = "<style>p { color: gold }</style><p>a</p><svg><style>p { top: 0 }</style></svg>"
    (ours, _), (theirs, _), html = both(monkeypatch, held)
    told = [said(ours(element)) for element in html.etree_element.iter("p")]
    assert told == [said(theirs(element)) for element in html.etree_element.iter("p")] and "gold" in str(told)


def test_presentational_hints_are_the_engines_to_heed(monkeypatch: pytest.MonkeyPatch) -> None:
    html = weasyprint.HTML(string="<table bgcolor=red><tr><td align=center>a</table>")
    made = css.get_all_computed_styles(html, presentational_hints=True, counter_style={})
    (cell,) = html.etree_element.iter("td")
    assert made(cell)["text_align_all"] == "center"


def test_declaration_of_an_element_that_the_engine_ignores_is_said_each_time() -> None:
    ear, logger = engine._Ear(), logging.getLogger("weasyprint")
    logger.addHandler(ear)
    for _ in range(2):
        styles(weasyprint.HTML(string='<p style="fo: o">a</p><p style="fo: o">b</p>'), [])
    logger.removeHandler(ear)
    assert sum("Ignored" in line for line in ear.said) == 4


def test_no_more_sheets_are_remembered_than_a_booklet_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "_MOST", 3)
    for _ in range(5):
        styles(weasyprint.HTML(string="<p>a</p>"), [weasyprint.CSS(string="p { color: red }")])
        assert len(matching._drawers) <= 3


@pytest.mark.parametrize("rules", [
    "", "@top-left { content: 'a' }", "@top-center { content: counter(page) } @top-right { width: 9px }",
    "@left-top { content: none } @right-middle { content: 'b'; width: 4px } @right-top { margin: 3px; height: 9mm }",
    "@bottom-left { content: 'c'; content: normal } @bottom-left-corner { content: 'd' } @top-left { color: red }",
    "@top-left { content: var(--a) } @bottom-right { content: inherit } @left-bottom { content: '' }",
    "} @page :nth(2) { margin: 9mm; @bottom-left { content: 'f' }", "} @page :first { @bottom-left { content: 'g' }"])
def test_margins_of_a_page_are_those_of_the_engine(monkeypatch: pytest.MonkeyPatch, rules: str) -> None:
    asked: list[bool] = []

    def told() -> list[Any]:
        text = f"@page {{ margin: 20mm; {rules} }} @page :left {{ @left-top {{ content: 'e' }} }}"
        sheet = weasyprint.CSS(string=text)
        document = weasyprint.HTML(string="<p>a<p style='break-before: page'>b").render(stylesheets=[sheet])
        found = [box for page in document.pages for box in page._page_box.descendants()]
        names = "at_keyword", "position_x", "position_y", "width", "height", "margin_top", "padding_left", "text"
        return [[type(box).__name__, *(getattr(box, name, None) for name in names)] for box in found]

    def style_page(*given: Any) -> None:
        asked.append(True)
        theirs(*given)

    ours = told()
    (theirs,) = (theirs for theirs, mine in shortcuts.FUNCTIONS if mine is furniture.style_page)
    monkeypatch.setattr(page, "set_page_type_computed_styles", style_page)
    assert told() == ours and asked
    assert "MarginBox" in {name for name, *_ in ours}


def test_style_of_an_element_is_found_where_the_engine_finds_it() -> None:
    html = weasyprint.HTML(string="<table><tr><td>a</table><p>b</p>")
    sheet = "table { border-collapse: collapse; padding: 3px } tr { margin: 2px } p::before { content: 'c' }"
    made, _ = styles(html, [weasyprint.CSS(string=sheet)])
    found = list[Any]()
    for element in html.etree_element.iter():
        for pseudo in (None, *PSEUDO):
            ours = matching.style_of(made, element, pseudo)
            assert ours is matching._style_of(made, element, pseudo)
            found += [(element.tag, pseudo)] if ours is not None and pseudo else []
            assert pseudo or element.tag != "table" or ours["padding_left"].value == 0
    assert ("p", "before") in found and ("p", "after") not in found
