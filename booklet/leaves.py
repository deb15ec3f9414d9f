"""What the press left of a unit → objects that can be bound into any file.

In comes a fragment's PDF, written as stripping writes it; out go its objects in the order in which a file takes them
over: page by page with all that a page names, then the structure tree. A PDF written otherwise is first written so.
Knows no copy: pages still have their holes.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from booklet.sewing import Thing
from booklet.stitches import rewritten
from booklet.values import MARK, Spelled, Value, entries, loosen, reference, spell, text_of

MOST = 192
"""Fragments whose leaves are kept in mind: those of six files."""
_START = re.compile(rb"startxref\n(\d+)\n%%EOF\n\Z")
_ROOT = re.compile(rb"trailer << .*?/Root (\d+) 0 R")
_LENGTH = re.compile(rb"/Length (\d+) ")
_OWNER = re.compile(rb"(\d+) (\[[^\]]*\]|\1 0 R)".replace(rb"\1", MARK))
_ENTRY = 20
_GO = "link://go/"
GOAL, KEY = b"\2", b"\3"
"""What stands in a link for what is known when it is bound."""
_LINK = re.compile(
    rb"<< /A (<< /S /URI /Type /Action /URI \((?:(link://go/)|(?!link://go/))([!-\x27*-\x5b\x5d-~]+)\) >>) "
    rb"(/BS << /W \d+ >> |)"
    rb"(?:/Contents \([^\\()]*\) )?(/Rect \[[^\[\]]*\]) /StructParent (\d+) /Subtype /Link /Type /Annot >>")
"""A link as the engine writes nearly every one."""


class Link(Struct, frozen=True, array_like=True):
    """An annotation: what leads from a page elsewhere."""

    place: int
    text: bytes
    """What it says, spelled, with ``GOAL`` for its destination and ``KEY`` for its key in the structure tree."""
    names: tuple[int, ...]
    key: int
    """Its key in the fragment's structure tree."""
    goal: str
    """The address in the booklet that it leads to; empty when it leads elsewhere."""


class Page(Struct, frozen=True):
    """A page: what its dictionary says, what it shows, what leads away from it."""

    place: int
    value: dict[str, Value]
    content: memoryview
    links: tuple[Link, ...]


class Tree(Struct, frozen=True):
    """A structure tree: the element at its top, and whose each key is."""

    place: int
    top: dict[str, Value]
    owners: tuple[tuple[int, Value], ...]


class Leaves(Struct, frozen=True):
    """The objects of a fragment; all that they refer to are places among them."""

    things: tuple[Thing, ...]
    ranks: tuple[int, ...]
    """In which order a file takes them over."""
    plain: frozenset[int]
    """Places of the streams that are still to be deflated, though they say that they are."""
    pages: tuple[Page, ...]
    tree: Tree | None


class _Objects:
    """The objects of a PDF by their numbers; ValueError when it is not written as stripping writes it."""

    def __init__(self, data: bytes) -> None:
        start = _START.search(data, max(0, len(data) - 40))
        if start is None or not data.startswith(b"xref\n0 ", int(start[1])):
            raise ValueError("the file has no table of its objects")
        self.end = int(start[1])
        first = data.index(b"\n", self.end + 5) + 1
        end = data.index(b"trailer", first)
        trailer = _ROOT.match(data, end)
        if trailer is None:
            raise ValueError("the file has no root")
        self.data, self.things, self.starts = data, [Thing(b"null")], dict[int, int]()
        self.read([*(int(data[line:line + 10]) for line in range(first + _ENTRY, end, _ENTRY)), self.end])
        self.nodes: set[int] = set()
        self.catalog = entries(self.said(int(trailer[1])))
        numbers = self._pages(_number(self.catalog["/Pages"]))
        self.pages = {number: entries(self.said(number)) for number in numbers}

    def read(self, starts: list[int]) -> None:
        """Read all objects: streams one by one, what stands between them at once."""
        data, begin = self.data, starts[0]
        for start, end in pairwise(starts):
            if data.startswith(b"endstream\nendobj\n", end - 17):
                self.read_plain(data[begin:start])
                self.read_stream(data, data.index(b"\n", start) + 1)
                begin = end
        self.read_plain(data[begin:self.end])
        if len(self.things) != len(starts):
            raise ValueError("the objects are not where the table says")

    def read_plain(self, text: bytes) -> None:
        """Read objects that follow each other, none of them a stream."""
        said = loosen(text)
        names, start = said.names, 0
        for each in said.text.split(b"\nendobj\n")[:-1]:
            own = each[each.index(b"\n") + 1:]
            end = start + own.count(MARK)
            self.things.append(Thing(own, names[start:end]))
            start = end

    def read_stream(self, data: bytes, start: int) -> None:
        """Read a stream."""
        end = data.index(b"\n", start)
        text, begin = data[start:end], end + 8
        length = _LENGTH.search(text)
        if length is None or data[end + 1:begin] != b"stream\n":
            raise ValueError("a stream without its length")
        said = loosen(text[:length.start()] + text[length.end():])
        self.starts[len(self.things)] = begin
        self.things.append(Thing(said.text, said.names, memoryview(data)[begin:begin + int(length[1])]))

    def said(self, number: int) -> Spelled:
        """Return what an object says."""
        thing = self.things[number]
        return Spelled(thing.text, thing.names)

    def _pages(self, node: int) -> Iterator[int]:
        if b"/Kids " not in self.things[node].text:
            yield node
            return
        self.nodes.add(node)
        for kid in entries(self.said(node))["/Kids"].names:
            yield from self._pages(kid)

    def order(self) -> list[int]:
        """Return the numbers of what a file takes over, each before what it names, but for what pages show."""
        order, done, pages, root = dict[int, None](), set(self.nodes), self.pages, self.catalog.get("/StructTreeRoot")
        things = self.things
        for top in (*pages, *(() if root is None else root.names)):
            stack = [top]
            while stack:
                number = stack.pop()
                if number in done:
                    continue
                order[number] = None
                if number in pages and number != top:
                    continue  # it comes in its turn
                done.add(number)
                names = things[number].names
                if number in pages:
                    shown = _number(pages[number]["/Contents"])
                    names = tuple([name for name in names if name != shown])
                if names:
                    stack += names[::-1]
        return list(order)


def _number(value: Value) -> int:
    """Return the number that a value refers to; ValueError when it is no reference."""
    number = reference(value)
    if number is None:
        raise ValueError("a reference was expected")
    return number


@lru_cache(maxsize=MOST)
def leaves_of(data: bytes) -> Leaves:
    """Return the leaves of a fragment's PDF."""
    try:
        return _gather(_Objects(data))
    except ValueError:
        return _gather(_Objects(rewritten(data)))


def gathered(data: bytes) -> tuple[Leaves, Mapping[int, int]]:
    """Return the leaves of a PDF, and by its place where in it begins what a stream holds, or what a page shows.

    ValueError when it is not written as stripping writes it.
    """
    objects = _Objects(data)
    shown = {number: objects.starts[_number(value["/Contents"])] for number, value in objects.pages.items()}
    return _gather(objects), {**objects.starts, **shown}


def _gather(objects: _Objects) -> Leaves:
    ranks, plain = [0] * len(objects.things), set[int]()
    for rank, number in enumerate(objects.order()):
        ranks[number] = rank
    pages = tuple([_page(objects, number) for number in objects.pages])
    root = objects.catalog.get("/StructTreeRoot")
    tree = _tree(objects, _number(root)) if root else None
    shown = {_number(value["/Contents"]) for value in objects.pages.values()}
    for number, thing in enumerate(objects.things):
        if number in shown:
            objects.things[number] = Thing(b"null")
        elif thing.data is not None and b"/Filter " not in thing.text:
            said = spell({**entries(objects.said(number)), "/Filter": b"/FlateDecode"})
            objects.things[number] = Thing(said.text, said.names, thing.data)
            plain.add(number)
    return Leaves(tuple(objects.things), tuple(ranks), frozenset(plain), pages, tree)


def _tree(objects: _Objects, root: int) -> Tree:
    tree = entries(objects.said(root))
    place, owned = tree["/K"].names[0], tree["/ParentTree"]
    numbers = owned if reference(owned) is None else objects.said(_number(owned))
    listed = entries(numbers)["/Nums"]
    owners, start = [], 0
    for key, owner in _OWNER.findall(listed.text, 2):
        end = start + owner.count(MARK)
        owners.append((int(key), Spelled(owner, listed.names[start:end])))
        start = end
    return Tree(place, entries(objects.said(place)), tuple(owners))


def _page(objects: _Objects, number: int) -> Page:
    value = objects.pages[number]
    content = objects.things[_number(value["/Contents"])]
    if b"/Filter " in content.text:
        raise ValueError("a page's content is deflated")
    listed = value.get("/Annots", Spelled(b"[ ]"))
    if reference(listed) is not None:
        listed = objects.said(_number(listed))
    links = tuple([_link(objects.said(one), one) for one in listed.names])
    resources = value.get("/Resources", Spelled(b"null"))
    if resources.text.startswith(b"<<"):
        value["/Resources"] = entries(resources)  # every page's are opened when it is bound
    return Page(number, {key: value[key] for key in value if key not in ("/Contents", "/Parent")},
                memoryview(content.data or b""), links)


def _link(said: Spelled, place: int) -> Link:
    """Return a link as a screen reader wants it, which says what it is (ISO 14289-1, 7.18.5)."""
    quick = _LINK.fullmatch(said.text)
    if quick:
        action, go, goal, style, box, key = quick.groups()
        leads = b"%b/Contents (%b) /Dest %b" % (style, goal, GOAL) if go else (
            b"/A %b %b/Contents (%b)" % (action, style, goal))
        text = b"<< %b /F 4 %b /StructParent %b /Subtype /Link /Type /Annot >>" % (leads, box, KEY)
        return Link(place, text, (), int(key), goal.decode() if go else "")
    value = entries(said)
    uri = entries(value["/A"]).get("/URI") if "/A" in value else None
    goal = "" if uri is None else text_of(uri.text)
    inner = goal.startswith(_GO)
    live: dict[str, Value] = {**value, "/Contents": goal.removeprefix(_GO), "/F": 4, "/StructParent": KEY}
    made = spell({**live, "/A": None, "/Dest": GOAL} if inner else live)
    key = int(value["/StructParent"].text) if "/StructParent" in value else 0
    return Link(place, made.text, made.names, key, goal.removeprefix(_GO) if inner else "")
