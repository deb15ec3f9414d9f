"""What the press left of a unit → objects that can be bound into any file.

In comes a fragment's PDF, written as stripping writes it; out go its objects in the order in which a file takes them
over: page by page with all that a page names, then the structure tree. A PDF written otherwise is first written so.
Knows no copy: pages still have their holes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from io import BytesIO

from msgspec import Struct

from booklet.sewing import Thing
from booklet.values import MARK, Spelled, Value, entries, loosen, reference, spell, text_of

_MOST = 192
"""Fragments whose leaves are kept in mind: those of six files."""
_START = re.compile(rb"startxref\n(\d+)\n%%EOF\n\Z")
_ROOT = re.compile(rb"trailer << .*?/Root (\d+) 0 R")
_LENGTH = re.compile(rb"/Length (\d+) ")
_OWNER = re.compile(rb"(\d+) (\[[^\]]*\]|\1 0 R)".replace(rb"\1", MARK))
_ENTRY = 20
_GO = "link://go/"


class Link(Struct, frozen=True):
    """An annotation: what leads from a page elsewhere."""

    place: int
    value: dict[str, Value]
    key: int
    """Its key in the fragment's structure tree."""
    goal: str
    """Where it leads to: an address in the booklet, or another."""
    inner: bool
    """Whether it is an address in the booklet."""


class Page(Struct, frozen=True):
    """A page: what its dictionary says, what it shows, what leads away from it."""

    place: int
    value: dict[str, Value]
    content: bytes
    links: tuple[Link, ...]


class Tree(Struct, frozen=True):
    """A structure tree: the element at its top, and whose each key is."""

    place: int
    top: dict[str, Value]
    owners: tuple[tuple[int, Value], ...]


class Leaves(Struct, frozen=True):
    """The objects of a fragment; all that they refer to are places among them."""

    things: tuple[Thing, ...]
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
        first = data.index(b"\n", int(start[1]) + 5) + 1
        end = data.index(b"trailer", first)
        trailer = _ROOT.match(data, end)
        if trailer is None:
            raise ValueError("the file has no root")
        self.data, self.offsets = data, [int(data[line:line + 10]) for line in range(first, end, _ENTRY)]
        self._things: dict[int, Thing] = {}
        self.nodes: set[int] = set()
        self.catalog = entries(self.thing(int(trailer[1])).value)
        numbers = self._pages(_number(self.catalog["/Pages"]))
        self.pages = {number: entries(self.thing(number).value) for number in numbers}

    def thing(self, number: int) -> Thing:
        """Return an object; what it names are numbers."""
        known = self._things.get(number)
        if known is None:
            known = self._things[number] = self._read(self.data.index(b"\n", self.offsets[number]) + 1)
        return known

    def _read(self, start: int) -> Thing:
        data = self.data
        end = data.index(b"\n", start)  # each stands on a line of its own
        text, begin = data[start:end], end + 8
        if data[end + 1:begin] != b"stream\n":
            return Thing(loosen(text))
        length = _LENGTH.search(text)
        if length is None:
            raise ValueError("a stream without its length")
        told = text[:length.start()] + text[length.end():]
        return Thing(loosen(told), data[begin:begin + int(length[1])])

    def _pages(self, node: int) -> Iterator[int]:
        value = self.thing(node).value
        if b"/Kids " not in value.text:
            yield node
            return
        self.nodes.add(node)
        for kid in entries(value)["/Kids"].names:
            yield from self._pages(kid)

    def order(self) -> list[int]:
        """Return the numbers of what a file takes over, each before what it names, but for what pages show."""
        order, done, pages, root = dict[int, None](), set[int](), self.pages, self.catalog.get("/StructTreeRoot")
        for top in (*pages, *(() if root is None else root.names)):
            stack = [top]
            while stack:
                number = stack.pop()
                if number in done or number in self.nodes:
                    continue
                order[number] = None
                if number in pages and number != top:
                    continue  # it comes in its turn
                done.add(number)
                names = self.thing(number).value.names
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


@lru_cache(maxsize=_MOST)
def leaves_of(data: bytes) -> Leaves:
    """Return the leaves of a fragment's PDF."""
    try:
        return _gather(_Objects(data))
    except ValueError:
        return _gather(_Objects(_rewritten(data)))


def _rewritten(data: bytes) -> bytes:
    """Return a PDF as stripping writes it."""
    pikepdf, target = import_module("pikepdf"), BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.save(target, compress_streams=False, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return target.getvalue()


def _gather(objects: _Objects) -> Leaves:
    places = {number: place for place, number in enumerate(objects.order())}
    plain = set[int]()
    things = tuple([_thing(objects, number, places, plain) for number in places])
    pages = tuple([_page(objects, number, places) for number in objects.pages])
    root = objects.catalog.get("/StructTreeRoot")
    return Leaves(things, frozenset(plain), pages, _tree(objects, root, things, places) if root else None)


def _tree(objects: _Objects, root: Value, things: Sequence[Thing], places: Mapping[int, int]) -> Tree:
    tree = entries(objects.thing(_number(root)).value)
    place = places[tree["/K"].names[0]]
    owned = tree["/ParentTree"]
    numbers = owned if reference(owned) is None else objects.thing(_number(owned)).value
    listed = _moved(entries(numbers)["/Nums"], places)
    owners, start = [], 0
    for key, owner in _OWNER.findall(listed.text, 2):
        end = start + owner.count(MARK)
        owners.append((int(key), Spelled(owner, listed.names[start:end])))
        start = end
    return Tree(place, entries(things[place].value), tuple(owners))


def _thing(objects: _Objects, number: int, places: Mapping[int, int], plain: set[int]) -> Thing:
    """Return an object that names places; it is noted when it is still to be deflated."""
    if number in objects.pages:
        return Thing(Spelled(b"null"))
    thing = objects.thing(number)
    value = _moved(thing.value, places)
    if thing.data is not None and b"/Filter " not in value.text:
        plain.add(places[number])
        value = spell({**entries(value), "/Filter": b"/FlateDecode"})
    return Thing(value, thing.data)


def _page(objects: _Objects, number: int, places: Mapping[int, int]) -> Page:
    value = objects.pages[number]
    content = objects.thing(_number(value["/Contents"])).data or b""
    listed = value.get("/Annots", Spelled(b"[ ]"))
    if reference(listed) is not None:
        listed = objects.thing(_number(listed)).value
    links = tuple([_link(_moved(objects.thing(one).value, places), places[one]) for one in listed.names])
    kept = {key: _moved(item, places) for key, item in value.items() if key not in ("/Contents", "/Parent")}
    return Page(places[number], kept, content, links)


def _link(said: Spelled, place: int) -> Link:
    value = entries(said)
    uri = entries(value["/A"]).get("/URI") if "/A" in value else None
    goal = "" if uri is None else text_of(uri.text)
    key = int(value["/StructParent"].text) if "/StructParent" in value else 0
    return Link(place, value, key, goal.removeprefix(_GO), goal.startswith(_GO))


def _moved(value: Spelled, places: Mapping[int, int]) -> Spelled:
    """Return a value whose references are places."""
    return Spelled(value.text, tuple([places[name] for name in value.names])) if value.names else value
