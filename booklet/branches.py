"""Boxes → structure elements, without detours: what most boxes are is known by the name of their element.

In comes a laid-out box of WeasyPrint 70.0; out go the elements that the engine makes of it. Lists, cells, pictures,
fields and what stands in the margins are the engine's, which comes back here with what they hold.
"""

from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import tags as theirs
from weasyprint.pdf.stream import pydyf

_KINDS = {
    name: f"/{theirs._get_pdf_tag(name)}" for name in (
        None, "div", "span", "p", "section", "article", "main", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "a",
        "em", "strong", "b", "i", "small", "sup", "sub", "cite", "abbr", "figure", "figcaption", "caption", "header",
        "footer", "aside", "tr", "thead", "tbody")}
_THEIRS = (boxes.PageBox, boxes.MarginBox, boxes.ReplacedBox)
_build_box_tree = theirs._build_box_tree


class _Kids(pydyf.Array):  # type: ignore[misc]
    """A list that is part of an object."""

    number, offset, generation, free = None, 0, 0, "n"
    __init__ = list.__init__


class _Branch(pydyf.Dictionary):  # type: ignore[misc]
    """An object that knows what refers to it."""

    number, offset, generation, free, reference = 0, 0, 0, "n", b""
    __init__ = dict.__init__


def _add(pdf: Any, branch: _Branch) -> _Branch:
    """Add an object to a file."""
    branch.number = len(pdf.objects)
    branch.reference = b"%d 0 R" % branch.number
    pdf.objects.append(branch)
    return branch


def _grow(pdf: Any, kind: str, page: bytes, parent: Any) -> _Branch:
    """Add a structure element that owns nothing yet."""
    return _add(pdf, _Branch(
        {"Type": "/StructElem", "S": kind, "K": _Kids(), "Pg": page, "P": parent.reference}))


def build_box_tree(box: Any, parent: Any, *around: Any) -> Any:
    """Return the structure elements of a box, all below them included."""
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    kind = _KINDS.get(None if box.element is None else box.element_tag)
    if kind is None or isinstance(box, _THEIRS) or box.widget_annotation:
        return _build_box_tree(box, parent, *around)
    pdf, number, owners, annotations, marked = around
    page = pdf.page_references[number]
    branch = _grow(pdf, kind, page, parent)
    kids = branch["K"]
    if annotation := box.link_annotation:
        told = _add(pdf, _Branch({"Type": "/OBJR", "Obj": annotation.reference, "Pg": page}))
        annotations.append((branch.reference, annotation))
        kids.append(told.reference)
    for child in box.children:
        for held in child.children if isinstance(child, boxes.LineBox) else (child,):
            if not isinstance(held, boxes.TextBox):
                place = len(kids)  # items of lists add the lists within them to what they are in
                kids[place:place] = [one.reference for one in build_box_tree(held, branch, *around)]
                continue
            mark = marked.pop(held)
            owner, words = branch, mark["mcid"]
            assert words not in owners
            if kind != "/Link":
                owner = _grow(pdf, f"/{mark['tag']}", page, branch)
                owner["K"].append(words)
                kids.append(owner.reference)
            else:
                kids.append(words)
            owners[words] = owner.reference
    return (branch,)
