"""The structure tree of a unit, mended: what the engine leaves out for whoever listens to the booklet.

In comes the PDF of one unit as the engine tagged it; it is changed in place. Knows PDF 1.7 structure (ISO 32000-1,
14.7 and 14.8) and the engine's habits, nothing of the booklet. The tree is read once, and written when it is mended.
"""

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

_PT = 0.75
_CELLS = ("/TD", "/TH")
_TELLS = frozenset(("/A", "/Lang", "/Alt", "/ActualText", "/ID"))
"""With one of these a span says more than «these words»."""


def document_of(pdf: pikepdf.Pdf) -> Object:
    """Return the Document element at the top of the tree."""
    top = pdf.Root.StructTreeRoot.K
    return top[0] if isinstance(top, Array) else top


class Element:
    """A structure element: what it is, whose page it is on, what it owns: elements, marked content, references."""

    __slots__ = ("it", "keys", "kids", "kind", "page")

    def __init__(self, it: Object) -> None:
        """Read an element and all below it."""
        entries = dict(it.items())
        kids = entries.get("/K")
        self.it, self.keys, self.kind, self.page = it, entries.keys(), str(entries["/S"]), entries.get("/Pg")
        self.kids: list[Element | Object | int] = []
        if kids is not None:
            owned = list(kids) if not isinstance(kids, int) and isinstance(kids, Array) else [kids]
            self.kids = [kid if isinstance(kid, int) else _owned(kid) for kid in owned]

    @property
    def elements(self) -> "list[Element]":
        """The elements that it owns."""
        return [kid for kid in self.kids if isinstance(kid, Element)]

    @property
    def marks(self) -> list[int]:
        """The marked content that it owns."""
        return [kid for kid in self.kids if isinstance(kid, int)]

    def walk(self) -> "Iterator[Element]":
        """Yield the element and all below it in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    def become(self, kind: str) -> None:
        """Be something else."""
        self.kind = kind
        self.it.S = Name(kind)

    def write(self) -> None:
        """Write what it owns, and all below it."""
        self.it.K = Array([kid.it if isinstance(kid, Element) else kid for kid in self.kids])
        for kid in self.kids:
            if isinstance(kid, Element):
                kid.write()


def _owned(kid: Object) -> "Element | Object":
    return Element(kid) if isinstance(kid, Dictionary) and kid.get("/Type") != Name.OBJR else kid


class Tree:
    """The structure tree of a unit."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        """Read the tree of a PDF."""
        self.pdf, self.document = pdf, Element(document_of(pdf))
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        self._nums = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
        self._parents = {page.obj.objgen: int(page.obj.StructParents) for page in pdf.pages}

    def _give(self, mark: int, element: Element) -> None:
        """Let an element be the owner of marked content on its page."""
        if element.page is not None:
            self._nums[self._parents[element.page.objgen]][mark] = element.it

    def unreachable(self) -> dict[int, frozenset[int]]:
        """Return page index → marked-content numbers that no element of the tree owns: what stands in the margins.

        Their entries in the parent tree become null, so that the content can be marked as an artifact.
        """
        pages = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages)}
        owned: dict[int, set[int]] = {}
        for element in self.document.walk():
            if element.page is not None and element.marks:
                owned.setdefault(pages[element.page.objgen], set()).update(element.marks)
        orphans = {}
        for number in range(len(self.pdf.pages)):
            entries = self._nums[number]
            orphans[number] = frozenset(set(range(len(entries))) - owned.get(number, set()))
            for mark in orphans[number]:
                entries[mark] = None
        return orphans

    def mend(self, prefix: str) -> None:
        """Mend the tree in place; ``prefix`` makes its identifiers unique among all units."""
        document = self.document
        _notes(document, prefix)
        for element in [one for one in document.walk() if one.kind == "/L"]:
            _unwrap(element)
        for element in list(document.walk()):
            self._absorb(element)
        self._flatten(document)
        if prefix == "contents":
            _contents(document)
        heads = {id(cell) for one in document.walk() if one.kind == "/THead" for cell in one.walk()}
        for element in document.walk():
            if element.kind in _CELLS:
                _table_cell(element, prefix, id(element) in heads)
            elif element.kind == "/Figure":
                _figure(element.it)
        document.write()

    def _flatten(self, element: Element) -> None:
        """Let an element own its words itself: one structure element a paragraph, not one a line; drop empty ones."""
        kids: list[Element | Object | int] = []
        for kid in element.kids:
            if not isinstance(kid, Element):
                kids.append(kid)
                continue
            self._flatten(kid)
            if not kid.kids and kid.kind not in _CELLS:
                continue
            if element.page is not None and _plain_span(kid, element.page):
                for mark in kid.marks:
                    self._give(mark, element)
                kids += kid.kids
            else:
                kids.append(kid)
        element.kids = kids

    def _absorb(self, plot: Element) -> None:
        """Let a drawing own the words that are set over it: its alternative text says them, in their order."""
        if plot.kind != "/Div":
            return
        kids = plot.elements
        if len(kids) < 2 or kids[0].kind != "/Figure" or any(kid.kind != "/Span" for kid in kids[1:]):
            return
        figure = kids[0]
        for element in (one for kid in kids[1:] for one in kid.walk()):
            for mark in element.marks:
                self._give(mark, figure)
                figure.kids.append(mark)
        plot.kids = [figure]


def _plain_span(kid: Element, page: Object) -> bool:
    """Tell whether an element says nothing but «these words»."""
    return (
        kid.kind == "/Span" and kid.page is not None and kid.page.objgen == page.objgen
        and _TELLS.isdisjoint(kid.keys) and all(isinstance(inner, int) for inner in kid.kids))


def _table_cell(cell: Element, prefix: str, head: bool) -> None:
    """Give a header cell its scope (14.8.5.7) and make identifiers unique in the whole booklet."""
    element = cell.it
    if "/ID" in cell.keys:
        element.ID = String(f"{prefix}-{element.ID}")
    attributes = element.get("/A", Dictionary(O=Name.Table))
    if cell.kind == "/TH":
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


def _notes(document: Element, prefix: str) -> None:
    """Name footnotes what they are; a Note needs an identifier (ISO 14289-1, 7.9)."""
    number = 0
    for area in document.elements:
        notes = area.elements
        if area.kind == "/NonStruct" and area.kids and [note.kind for note in notes] == ["/Span"] * len(area.kids):
            for note in notes:
                number += 1
                note.become("/Note")
                note.it.ID = String(f"{prefix}-note-{number}")


def _unwrap(element: Element) -> None:
    """Let a list hold its items itself: what only keeps a term and its meaning together on a page says nothing."""
    kids: list[Element | Object | int] = []
    for kid in element.kids:
        if isinstance(kid, Element) and kid.kind == "/Div":
            for item in kid.elements:
                item.it.P = element.it
            kids += kid.kids
        else:
            kids.append(kid)
    element.kids = kids


def _contents(document: Element) -> None:
    """Name a table of contents what it is (14.8.4.2): the block of lines a TOC, each line a TOCI."""
    for element in list(document.walk()):
        kids = element.elements
        if element.kind == "/Div" and kids and all(kid.kind == "/P" for kid in kids):
            element.become("/TOC")
            for kid in kids:
                kid.become("/TOCI")
