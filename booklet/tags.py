"""The structure tree of a unit, mended: what the engine leaves out for whoever listens to the booklet.

In come a unit's objects as the engine tagged them; out go its structure elements, spelled, as they should be. Knows PDF
1.7 structure (ISO 32000-1, 14.7 and 14.8) and the engine's habits, nothing of the booklet.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from booklet.matter import Matter, number_of, value_of
from booklet.sewing import Thing
from booklet.values import Ref, Value, spell, text_of

_PT = 0.75
_CELLS = ("/TD", "/TH")
_TELLS = frozenset(("A", "Lang", "Alt", "ActualText", "ID"))
"""With one of these a span says more than «these words»."""
_PLACE = frozenset(("K", "P", "Pg", "S", "Type"))
"""What every element but the topmost says, and most say nothing else."""
_PLAIN = b"<< /K [ %b] /P \1 0 R /Pg \1 0 R /S %b /Type /StructElem >>"


class Element:
    """A structure element: what it is, whose page it is on, what it owns: elements, marked content, references."""

    __slots__ = ("it", "kids", "kind", "number", "page", "parent", "told")

    def __init__(self, number: int, objects: Sequence[Any], among: "list[Element]") -> None:
        """Read an element and all below it; they are added to others in reading order."""
        among.append(self)
        it = objects[number]
        self.number, self.it, self.kind, self.page = number, it, it["S"], it.get("Pg")
        self.parent = number_of(it["P"])
        self.told: dict[str, Value] | None = None
        self.kids: list[Element | int] = []
        for kid in it["K"]:
            if type(kid) is int:
                self.kids.append(kid)
                continue
            other = number_of(kid)
            self.kids.append(Element(other, objects, among) if "S" in objects[other] else Ref(other))

    @property
    def elements(self) -> "list[Element]":
        """The elements that it owns."""
        return [kid for kid in self.kids if type(kid) is Element]

    @property
    def marks(self) -> list[int]:
        """The marked content that it owns."""
        return [kid for kid in self.kids if type(kid) is int]

    def walk(self) -> "Iterator[Element]":
        """Yield the element and all below it in reading order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += [kid for kid in element.kids[::-1] if type(kid) is Element]

    def says(self) -> dict[str, Value]:
        """Return what it says besides what it is, where, and what it owns; to be changed."""
        if self.told is None:
            self.told = {f"/{key}": value_of(item) for key, item in self.it.items() if key not in _PLACE}
        return self.told

    def spelled(self) -> Thing:
        """Return the element as it is spelled."""
        if self.page is None or self.told or len(self.it) > len(_PLACE):
            return self._spelled_in_full()
        words, names = list[bytes](), list[int]()
        for kid in self.kids:
            if type(kid) is int:
                words.append(b"%d " % kid)
            else:
                words.append(b"\1 0 R ")
                names.append(kid.number if isinstance(kid, Element) else kid)
        names += (self.parent, number_of(self.page))
        return Thing(_PLAIN % (b"".join(words), self.kind.encode()), tuple(names))

    def _spelled_in_full(self) -> Thing:
        said = spell({
            **self.says(), "/K": [Ref(kid.number) if isinstance(kid, Element) else kid for kid in self.kids],
            "/P": Ref(self.parent), "/Pg": None if self.page is None else Ref(number_of(self.page)),
            "/S": self.kind.encode(), "/Type": b"/StructElem"})
        return Thing(said.text, said.names)


class Tree:
    """The structure tree of a unit."""

    def __init__(self, matter: Matter, root: int, pages: Sequence[int]) -> None:
        """Read the tree below a root; ``pages`` are the numbers of the pages."""
        self.matter, top = matter, matter.objects[root]
        self._elements: list[Element] = []
        self.document = Element(number_of(top["K"][0]), matter.objects, self._elements)
        self._table = number_of(top["ParentTree"])
        numbers = matter.objects[self._table]["Nums"]
        self._owners: dict[int, Any] = {
            key: [Ref(number_of(owner)) for owner in owners] if isinstance(owners, list) else Ref(number_of(owners))
            for key, owners in zip(numbers[::2], numbers[1::2], strict=True)}
        self._index = {b"%d 0 R" % page: number for number, page in enumerate(pages)}

    def _give(self, mark: int, element: Element) -> None:
        """Let an element be the owner of marked content on its page."""
        if element.page is not None:
            self._owners[self._index[element.page]][mark] = Ref(element.number)

    def unreachable(self) -> dict[int, frozenset[int]]:
        """Return page index → marked-content numbers that no element of the tree owns: what stands in the margins.

        Their entries in the parent tree become null, so that the content can be marked as an artifact.
        """
        owned: dict[int, set[int]] = {number: set() for number in self._index.values()}
        for element in self._elements:
            if element.page is not None:
                owned[self._index[element.page]].update(element.marks)
        orphans = {}
        for number in self._index.values():
            entries = self._owners[number]
            orphans[number] = frozenset(range(len(entries))) - owned[number]
            for mark in orphans[number]:
                entries[mark] = None
        return orphans

    def mend(self, prefix: str) -> None:
        """Mend the tree; ``prefix`` makes its identifiers unique among all units."""
        document = self.document
        _notes(document, prefix)
        for element in self._elements:
            if element.kind == "/L":
                _unwrap(element)
        for element in self._elements:
            if element.kind == "/Div":
                self._absorb(element)
        self._flatten(document)
        if prefix == "contents":
            _contents(document)
        heads = {cell.number for one in self._elements if one.kind == "/THead" for cell in one.walk()}
        for element in document.walk():
            if element.kind in _CELLS:
                _table_cell(element, prefix, element.number in heads)
            elif element.kind == "/Figure" and element.page is not None:
                _figure(element.says(), self.matter.open(number_of(element.page)))
            self.matter.spelled[element.number] = element.spelled()
        self.matter.values[self._table] = {"/Nums": [item for pair in self._owners.items() for item in pair]}

    def _flatten(self, element: Element) -> None:
        """Let an element own its words itself: one structure element a paragraph, not one a line; drop empty ones."""
        kids: list[Element | int] = []
        page = element.page
        owners = [] if page is None else self._owners[self._index[page]]
        for kid in element.kids:
            if type(kid) is not Element:
                kids.append(kid)
                continue
            self._flatten(kid)
            if not kid.kids and kid.kind not in _CELLS:
                continue
            if page is not None and _plain_span(kid, page):
                for mark in kid.marks:
                    owners[mark] = Ref(element.number)
                kids += kid.kids
            else:
                kids.append(kid)
        element.kids = kids

    def _absorb(self, plot: Element) -> None:
        """Let a drawing own the words that are set over it: its alternative text says them, in their order."""
        kids = plot.elements
        if len(kids) < 2 or kids[0].kind != "/Figure" or any(kid.kind != "/Span" for kid in kids[1:]):
            return
        figure = kids[0]
        for element in (one for kid in kids[1:] for one in kid.walk()):
            for mark in element.marks:
                self._give(mark, figure)
                figure.kids.append(mark)
        plot.kids = [figure]


def _plain_span(kid: Element, page: bytes) -> bool:
    """Tell whether an element says nothing but «these words»."""
    return (
        kid.kind == "/Span" and kid.page == page and _TELLS.isdisjoint(kid.it)
        and all(type(inner) is int for inner in kid.kids))


def _table_cell(cell: Element, prefix: str, head: bool) -> None:
    """Give a header cell its scope (14.8.5.7) and make identifiers unique in the whole booklet."""
    said = cell.says()
    if "/ID" in said:
        said["/ID"] = f"{prefix}-{text_of(said['/ID'])}"
    attributes = said.setdefault("/A", {"/O": b"/Table"})
    if cell.kind == "/TH":
        attributes["/Scope"] = b"/Column" if head else b"/Row"
    if "/Headers" in attributes:
        attributes["/Headers"] = [f"{prefix}-{text_of(name)}" for name in attributes["/Headers"]]


def _figure(said: Mapping[str, Value], page: Mapping[str, Value]) -> None:
    """Turn a figure's box from px below the top into pt above the bottom (14.8.5.4.3)."""
    if "/BBox" not in said.get("/A", {}):
        return
    left, top, right, bottom = (float(number) * _PT for number in said["/A"]["/BBox"])
    height, bleed = page["/MediaBox"][3], page["/TrimBox"][0]
    said["/A"]["/BBox"] = [round(n, 3) for n in (
        left + bleed, height - bleed - bottom, right + bleed, height - bleed - top)]


def _notes(document: Element, prefix: str) -> None:
    """Name footnotes what they are; a Note needs an identifier (ISO 14289-1, 7.9)."""
    number = 0
    for area in document.elements:
        notes = area.elements
        if area.kind == "/NonStruct" and area.kids and [note.kind for note in notes] == ["/Span"] * len(area.kids):
            for note in notes:
                number += 1
                note.kind = "/Note"
                note.says()["/ID"] = f"{prefix}-note-{number}"


def _unwrap(element: Element) -> None:
    """Let a list hold its items itself: what only keeps a term and its meaning together on a page says nothing."""
    kids: list[Element | int] = []
    for kid in element.kids:
        if isinstance(kid, Element) and kid.kind == "/Div":
            kid.kind = ""  # it is out of the tree
            for item in kid.elements:
                item.parent = element.number
            kids += kid.kids
        else:
            kids.append(kid)
    element.kids = kids


def _contents(document: Element) -> None:
    """Name a table of contents what it is (14.8.4.2): the block of lines a TOC, each line a TOCI."""
    for element in list(document.walk()):
        kids = element.elements
        if element.kind == "/Div" and kids and all(kid.kind == "/P" for kid in kids):
            element.kind = "/TOC"
            for kid in kids:
                kid.kind = "/TOCI"
