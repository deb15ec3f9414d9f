"""The structure tree of a unit, mended: what the engine leaves out for whoever listens to the booklet.

In comes the PDF of one unit as the engine tagged it; it is changed in place. Knows PDF 1.7 structure (ISO 32000-1,
14.7 and 14.8) and the engine's habits, nothing of the booklet.
"""

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

_PT = 0.75


def _kids(element: Object) -> list[Object]:
    """Return the children of a structure element, whether written as one or as an array."""
    kids = element.get("/K", Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def _is_element(kid: object) -> bool:
    return isinstance(kid, Dictionary) and kid.get("/Type") != Name.OBJR


def _elements(element: Object) -> Iterator[Object]:
    """Yield an element and all below it in reading order."""
    yield element
    for kid in _kids(element):
        if _is_element(kid):
            yield from _elements(kid)


def document_of(pdf: pikepdf.Pdf) -> Object:
    """Return the Document element at the top of the tree."""
    top = pdf.Root.StructTreeRoot.K
    return top[0] if isinstance(top, Array) else top


def unreachable(pdf: pikepdf.Pdf) -> dict[int, frozenset[int]]:
    """Return page index → marked-content numbers that no element of the tree owns: what stands in the margins.

    Their entries in the parent tree become null, so that the content can be marked as an artifact.
    """
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    owned: dict[int, set[int]] = {}
    for element in _elements(document_of(pdf)):
        if "/Pg" in element:
            numbers = {int(kid) for kid in _kids(element) if isinstance(kid, int)}
            owned.setdefault(pages[element.Pg.objgen], set()).update(numbers)
    nums = pdf.Root.StructTreeRoot.ParentTree.Nums
    orphans = {}
    for number in range(len(pdf.pages)):
        entries = nums[2 * number + 1]
        orphans[number] = frozenset(set(range(len(entries))) - owned.get(number, set()))
        for mcid in orphans[number]:
            entries[mcid] = None
    return orphans


def _plain_span(kid: object, page: Object) -> bool:
    """Tell whether an element says nothing but «these words»."""
    return (
        _is_element(kid) and kid.S == Name.Span and kid.Pg.objgen == page.objgen  # type: ignore[attr-defined]
        and not {"/A", "/Lang", "/Alt", "/ActualText", "/ID"} & set(kid.keys())  # type: ignore[attr-defined]
        and all(isinstance(inner, int) for inner in _kids(kid))  # type: ignore[arg-type]
    )


def _flatten(element: Object, nums: dict[int, Object]) -> None:
    """Let an element own its words itself: one structure element a paragraph, not one a line; drop empty ones."""
    kids: list[Object] = []
    for kid in _kids(element):
        if not _is_element(kid):
            kids.append(kid)
            continue
        _flatten(kid, nums)
        if not _kids(kid) and kid.S not in (Name.TD, Name.TH):
            continue
        if "/Pg" in element and _plain_span(kid, element.Pg):
            for mcid in _kids(kid):
                nums[int(element.Pg.StructParents)][int(mcid)] = element
            kids += _kids(kid)
        else:
            kids.append(kid)
    element.K = Array(kids)


def _table_cell(element: Object, prefix: str, head: bool) -> None:
    """Give a header cell its scope (14.8.5.7) and make identifiers unique in the whole booklet."""
    if "/ID" in element:
        element.ID = String(f"{prefix}-{element.ID}")
    attributes = element.get("/A", Dictionary(O=Name.Table))
    if element.S == Name.TH:
        attributes.Scope = Name.Column if head else Name.Row
    if "/Headers" in attributes:
        attributes.Headers = Array([String(f"{prefix}-{name}") for name in attributes.Headers])
    element.A = attributes


def _figure(element: Object) -> None:
    """Turn a figure's box from px below the top into pt above the bottom (14.8.5.4.3)."""
    if "/BBox" not in element.get("/A", Dictionary()):
        return
    left, top, right, bottom = (float(number) * _PT for number in element.A.BBox)
    box = element.Pg.MediaBox
    height, bleed = float(box[3]), float(element.Pg.TrimBox[0])
    element.A.BBox = Array([round(n, 3) for n in (
        left + bleed, height - bleed - bottom, right + bleed, height - bleed - top)])


def _absorb(plot: Object, nums: dict[int, Object]) -> None:
    """Let a drawing own the words that are set over it: its alternative text says them, in their order."""
    kids = [kid for kid in _kids(plot) if _is_element(kid)]
    if plot.S != Name.Div or len(kids) < 2 or kids[0].S != Name.Figure or any(kid.S != Name.Span for kid in kids[1:]):
        return
    figure = kids[0]
    owned: list[object] = list(_kids(figure))
    for element in (one for kid in kids[1:] for one in _elements(kid)):
        for mcid in (int(inner) for inner in _kids(element) if isinstance(inner, int)):
            nums[int(figure.Pg.StructParents)][mcid] = figure
            owned.append(mcid)
    figure.K, plot.K = Array(owned), Array([figure])


def _notes(document: Object, prefix: str) -> None:
    """Name footnotes what they are; a Note needs an identifier (ISO 14289-1, 7.9)."""
    number = 0
    for area in filter(_is_element, _kids(document)):
        kids = _kids(area)
        if area.S == Name.NonStruct and kids and all(_is_element(kid) and kid.S == Name.Span for kid in kids):
            for note in kids:
                number += 1
                note.S, note.ID = Name.Note, String(f"{prefix}-note-{number}")


def _unwrap(element: Object) -> None:
    """Let a list hold its items itself: what only keeps a term and its meaning together on a page says nothing."""
    kids: list[Object] = []
    for kid in _kids(element):
        if _is_element(kid) and kid.S == Name.Div:
            for item in _kids(kid):
                item.P = element
                kids.append(item)
        else:
            kids.append(kid)
    element.K = Array(kids)


def _contents(document: Object) -> None:
    """Name a table of contents what it is (14.8.4.2): the block of lines a TOC, each line a TOCI."""
    for element in list(_elements(document)):
        kids = [kid for kid in _kids(element) if _is_element(kid)]
        if element.S == Name.Div and kids and all(kid.S == Name.P for kid in kids):
            element.S = Name.TOC
            for kid in kids:
                kid.S = Name.TOCI


def mend(pdf: pikepdf.Pdf, prefix: str) -> None:
    """Mend the tree of a unit in place; ``prefix`` makes its identifiers unique among all units."""
    root, document = pdf.Root.StructTreeRoot, document_of(pdf)
    numbers = root.ParentTree.Nums
    nums = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
    _notes(document, prefix)
    for element in [one for one in _elements(document) if one.S == Name.L]:
        _unwrap(element)
    for element in list(_elements(document)):
        _absorb(element, nums)
    _flatten(document, nums)
    if prefix == "contents":
        _contents(document)
    heads = {cell.objgen for e in _elements(document) if e.S == Name.THead for cell in _elements(e)}
    for element in _elements(document):
        if element.S in (Name.TH, Name.TD):
            _table_cell(element, prefix, element.objgen in heads)
        elif element.S == Name.Figure:
            _figure(element)
