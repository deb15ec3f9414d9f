"""Boxes before they are laid out: copied, compared with another version of their document, corrected."""

from typing import Any

import pytest
import weasyprint
from pressing import words

from booklet.engine import _engine
from booklet.flongs import Flong, copy_tree, skeleton
from booklet.mending import MARK

BODY = """<div class="head">Hode</div><p>Ord <em>som står</em> der<span class="note">Note</span> og her.</p><ul><li>Ett
punkt</ul><p class="loud">Høyt</p><p class="loud">FN</p>
<table><colgroup><col></colgroup><tr><td>Celle<td>Celle</table><p>To  ord</p>"""
CSS = ".head { position: running(head) } .note { float: footnote } .loud { text-transform: uppercase }"


def document(body: str = BODY) -> Any:
    """Return a document."""
    return weasyprint.HTML(string=f'<html lang="nb"><body>{body}</body></html>')


def boxes(one: Any) -> Any:
    """Return the boxes of a document before they are laid out."""
    found: list[Any] = []

    def keep(html: Any, root: Any, context: Any) -> Any:
        found.append(root)
        return layout(html, root, context)

    layout, weasyprint.document.layout_document = weasyprint.document.layout_document, keep
    try:
        one.render(stylesheets=[weasyprint.CSS(string=CSS)], font_config=_engine().fonts)
    finally:
        weasyprint.document.layout_document = layout
    return found[0]


@pytest.fixture
def flong() -> Flong:
    """Return the flong of the document."""
    one = document()
    return Flong(one, boxes(one))


def all_of(box: Any) -> list[Any]:
    """Return a box and all that it holds."""
    return [box, *(inner for child in box.all_children() for inner in all_of(child))]


def test_copies_share_nothing_that_a_layout_writes_upon(flong: Flong) -> None:
    copied = flong.cast()
    pairs = list(zip(all_of(flong.root), all_of(copied), strict=True))
    assert {type(box).__name__ for box, _ in pairs} >= {"TableBox", "TableColumnBox", "TextBox", "LineBox"}
    for box, other in pairs:
        assert type(box) is type(other) and box is not other and box.style is other.style
        assert box.element is other.element and box.footnote is other.footnote
        assert box.remove_decoration_sides is not other.remove_decoration_sides
        assert type(box.children) is type(other.children) or not box.children


def test_copy_is_laid_out_as_the_boxes_are() -> None:
    expected = [(box.text, box.position_x, box.position_y) for box in words(BODY, CSS)]
    layout = weasyprint.document.layout_document
    weasyprint.document.layout_document = lambda html, root, context: layout(html, copy_tree(root), context)
    try:
        assert [(box.text, box.position_x, box.position_y) for box in words(BODY, CSS)] == expected
    finally:
        weasyprint.document.layout_document = layout


@pytest.mark.parametrize(("old", "new"), [
    ("Ord <em>", "Andre ord <em>"), ("som står", "som lå"), (" der<", " da<"), (" og her.", " og nå."),
    ("Note<", "Ei note<"), ("<td>Celle<td>Celle", "<td>Ei celle<td>Celle"),
])
def test_words_are_set_right(flong: Flong, old: str, new: str) -> None:
    other = document(BODY.replace(old, new))
    changes = flong.changes(other)
    assert changes is not None and len(changes) == 1
    flong.correct(changes)
    assert flong.changes(other) == []

    def texts(root: Any) -> list[str]:
        found = []
        for box in all_of(root):
            found += [box.text] if hasattr(box, "text") else texts(box.footnote) if box.footnote else []
        return found

    assert texts(flong.root) == texts(boxes(other))


@pytest.mark.parametrize(("old", "new"), [
    ("<em>", '<em class="x">'), ("<em>som står</em>", "som står"), ("<p>To", "<p>En</p><p>To"), ("<ul>", "<ol>"),
    ("Hode", "Hoder"), ("Høyt", "Høyere"), ("FN", "Fn"), ("Ett\npunkt", "Et punkt"), ("To  ord", "To ord"),
    ("Ord <em>", "Ord<em>"),
    ("Ord <em>", " <em>"), (" og her.", "og her."), ("som står", "som  står"), ("som står", "som st\u00adår"),
    ("som står", " som står"),
])
def test_more_than_words_and_words_that_are_changed_by_rules_are_refused(flong: Flong, old: str, new: str) -> None:
    assert old in BODY
    assert flong.changes(document(BODY.replace(old, new))) is None


def test_words_that_stand_twice_in_an_element_are_refused() -> None:
    one = document("<p>Ord<em>a</em>og<em>b</em>og</p>")
    assert Flong(one, boxes(one)).changes(document("<p>Ord<em>a</em>og<em>b</em>eller</p>")) is None


def test_what_mending_noted_is_no_difference(flong: Flong) -> None:
    flong._elements[-1].set(MARK, "0.1")
    assert flong.changes(document()) == []


def test_elements_around_words_go_up_to_the_root(flong: Flong) -> None:
    changes = flong.changes(document(BODY.replace("som står", "som lå")))
    assert {element.tag for element in flong.around(changes or ())} == {"em", "p", "body", "html"}


def test_skeleton_has_no_words() -> None:
    assert skeleton('<p class="a">Ord <em>her</em></p>') == skeleton('<p class="a">Noe <em>annet</em></p>')
    assert skeleton('<p class="a">Ord</p>') != skeleton('<p class="b">Ord</p>')
