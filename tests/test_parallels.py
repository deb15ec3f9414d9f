"""Two copies compared before they are laid out: only what is painted may differ."""

from collections.abc import Callable
from typing import Any

import pytest
import weasyprint
from laying import PLAIN

from booklet.engine import _engine
from booklet.parallels import SERIAL, Noted, Parallels, Unlike, note

BODY = """<h2 id="a">Over</h2><p>Ord <span>og</span> <em>flere</em> ord.<span class="note">Ei note.</span></p>
<table><colgroup><col></colgroup><tr><td>Celle</td></tr></table>
<div class="frame"><p class="foot">Fot <b>her</b></p></div><ul><li>Punkt</li></ul>
<svg xmlns="http://www.w3.org/2000/svg" width="SIZE" height="9"></svg>"""
CSS = """.frame { position: relative } .foot { position: absolute; left: 0; bottom: 0; width: 20mm }
a { text-decoration: none; color: inherit }"""
SMALL, WIDE = "9", "19"


def laid(body: str, css: str, do: Callable[[Any, Any, Any], list[Any]]) -> None:
    """Do something with the boxes of a document instead of laying them out."""
    layout, weasyprint.document.layout_document = weasyprint.document.layout_document, do
    try:
        html = f'<html lang="nb"><body>{body.replace("SIZE", SMALL)}</body></html>'
        sheet = weasyprint.CSS(string=PLAIN + CSS + css)
        weasyprint.HTML(string=html).render(stylesheets=[sheet], font_config=_engine().fonts)
    finally:
        weasyprint.document.layout_document = layout


def told(body: str = BODY, css: str = "") -> tuple[Noted, Any]:
    """Return what is noted of the boxes of a document, which is laid out then, and their root."""
    found: list[tuple[Noted, Any]] = []
    layout = weasyprint.document.layout_document

    def keep(html: Any, root: Any, context: Any) -> list[Any]:
        found.append((note(root), root))
        return list(layout(html, root, context))

    laid(body, css, keep)
    return found[0]


def fresh(body: str = BODY, css: str = "") -> Any:
    """Return the root of the boxes of a document that is not laid out."""
    roots: list[Any] = []

    def keep(html: Any, root: Any, context: Any) -> list[Any]:
        roots.append(root)
        return []

    laid(body, css, keep)
    return roots[0]


def compared(body: str = BODY, css: str = "", first: str = "") -> Parallels:
    """Return the comparison of the document with another."""
    return Parallels(told(css=first)[0], fresh(body, css))


def test_every_box_has_a_number_and_notes_and_columns_too() -> None:
    noted, root = told()
    assert [box.__dict__[SERIAL] for box, _ in noted] == list(range(len(noted)))
    kinds = {type(box).__name__ for box, _ in noted}
    assert root is noted[0][0] and {"TableColumnGroupBox", "TableColumnBox", "InlineReplacedBox"} <= kinds
    assert sum(box.footnote is not None for box, _ in noted) == 1


def test_each_box_of_a_copy_stands_for_one_of_the_same_kind_and_words() -> None:
    noted, _ = told()
    parallels = Parallels(noted, fresh(css="p { color: #ff0000; background-color: #00ff00 } td { border-color: red }"))
    assert sorted(parallels.boxes) == list(range(len(noted))) and not parallels.others
    for number, box in parallels.boxes.items():
        old, values = noted[number]
        assert type(old) is type(box) and values.get("text") == box.__dict__.get("text")
        assert values["element"] is None or parallels.elements[values["element"]] is box.element


def test_a_link_may_stand_for_words_that_lead_nowhere() -> None:
    parallels = compared(BODY.replace("<span>og</span>", '<a href="#a">og</a>'))
    assert any(old.tag == "span" and new.tag == "a" for old, new in parallels.elements.items() if old is not None)


def test_the_side_on_which_a_copy_begins_is_its_own() -> None:
    assert compared(first="html { break-before: left }").boxes


@pytest.mark.parametrize("body", [
    BODY.replace("flere", "mange"), BODY.replace("<em>flere</em>", "<b>flere</b>"), BODY + "<p>Til</p>",
    BODY.replace("<em>flere</em>", "flere"), BODY.replace("Ei note", "Den noten"), BODY.replace("SIZE", WIDE),
    BODY.replace("<li>", '<li style="list-style-type: decimal">'), BODY.replace("<em>", '<em lang="en">'),
    BODY.replace('<p class="foot">', "<p>"), BODY.replace("<col>", "<col><col>")])
def test_other_words_boxes_and_pictures_are_told_apart(body: str) -> None:
    with pytest.raises(Unlike):
        compared(body)


@pytest.mark.parametrize("css", [
    "em { font-weight: 700 }", "p { orphans: 3 }", "td { padding-top: 1pt }", "h2 { break-before: page }",
    "li::marker { font-size: 5pt }", "p { letter-spacing: 1pt }", ":root { --a: 1pt } p { margin-top: var(--a) }",
    ".note { margin-top: 1pt }", "svg { width: 5mm }", ".foot { bottom: 1pt }", "p { border-top: 1pt solid }",
    "body { overflow: hidden }", "p { margin-block-start: 3pt }", "em { text-decoration: underline }"])
def test_values_that_a_layout_asks_for_are_told_apart(css: str) -> None:
    with pytest.raises(Unlike):
        compared(css=css)


def test_a_formula_is_judged_by_what_comes_of_it() -> None:
    assert compared(css=":root { --a: 0pt } p { margin-top: var(--a) }", first="p { margin-top: 0 }").boxes


@pytest.mark.parametrize(("words", "alike"), [
    ("Fot <b>her og der</b>", True), ("Bare fot", True), ('Fot<span class="note">note</span>', False),
    ('Fot <b style="position: absolute">her</b>', False), ('Fot <b style="float: left">her</b>', False)])
def test_what_hangs_from_the_foot_of_a_box_may_say_something_else(words: str, alike: bool) -> None:
    body = BODY.replace("Fot <b>her</b>", words)
    if not alike:
        with pytest.raises(Unlike):
            compared(body)
        return
    parallels = compared(body)
    number, = parallels.others
    assert parallels.boxes[number].element.get("class") == "foot"
    assert not any(box.element_tag == "b" for box in parallels.boxes.values())


def test_but_not_where_it_hangs_from_the_head() -> None:
    turned = ".foot { bottom: auto; top: 0 }"
    with pytest.raises(Unlike):
        compared(BODY.replace("Fot", "Hode"), turned, turned)
