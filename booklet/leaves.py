"""What the press left of a unit → objects that can be bound into any file.

In comes a fragment's PDF, written as stripping writes it; out go its objects in the order in which a file takes them
over: page by page with all that a page names, then the structure tree. A PDF written otherwise is first written so.
Knows no copy: pages still have their holes.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from io import BytesIO

from msgspec import Struct

from booklet.sewing import Thing
from booklet.values import Ref, Value, loosen, read, spell, text_of

_MOST = 192
"""Fragments whose leaves are kept in mind: those of six files."""
_START = re.compile(rb"startxref\n(\d+)\n%%EOF\n\Z")
_ROOT = re.compile(rb"trailer << .*?/Root (\d+) 0 R")
_LENGTH = re.compile(rb"/Length (\d+) ")
_ENTRY = 20
_GO = "link://go/"


class Link(Struct, frozen=True):
    """An annotation: what leads from a page elsewhere."""

    place: int
    value: dict[str, Value]
    goal: str
    """Where it leads to: an address in the booklet, or another."""
    inner: bool
    """Whether it is an address in the booklet."""


class Page(Struct, frozen=True):
    """A page: what its dictionary says, what it shows, what leads away from it."""

    place: int
    value: dict[str, Value]
    """References are places among the leaves."""
    content: bytes
    links: tuple[Link, ...]


class Leaves(Struct, frozen=True):
    """The objects of a fragment."""

    things: tuple[Thing, ...]
    plain: frozenset[int]
    """Places of the streams that are still to be deflated, though their texts say that they are."""
    pages: tuple[Page, ...]
    tree: dict[str, Value] | None
    """What the root of the structure tree says, where there is one."""
    top: tuple[int, dict[str, Value]] | None
    """The place of the element at its top, and what that says."""


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
        self._values: dict[int, Value] = {}
        self.nodes: set[int] = set()
        self.catalog = self.value(int(trailer[1]))
        self.pages = dict.fromkeys(self._pages(self.catalog["/Pages"]))

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
            return Thing(*loosen(text))
        length = _LENGTH.search(text)
        if length is None:
            raise ValueError("a stream without its length")
        told = text[:length.start()] + text[length.end():]
        return Thing(*loosen(told), data[begin:begin + int(length[1])])

    def value(self, number: int) -> Value:
        """Return what an object says; references are numbers."""
        if number not in self._values:
            thing = self.thing(number)
            self._values[number] = read(thing.text % thing.names if thing.names else thing.text)
        return self._values[number]

    def _pages(self, node: int) -> Iterator[int]:
        value = self.value(node)
        if "/Kids" not in value:
            yield node
            return
        self.nodes.add(node)
        for kid in value["/Kids"]:
            yield from self._pages(kid)

    def order(self) -> list[int]:
        """Return the numbers of what a file takes over, each before what it names, but for what pages show."""
        order, done, root = dict[int, None](), set[int](), self.catalog.get("/StructTreeRoot")
        for top in (*self.pages, *(() if root is None else (root,))):
            stack = [top]
            while stack:
                number = stack.pop()
                if number in done or number in self.nodes:
                    continue
                order[number] = None
                if number in self.pages and number != top:
                    continue  # it comes in its turn
                done.add(number)
                names = self.thing(number).names
                if number in self.pages:
                    shown = self.value(number)["/Contents"]
                    names = tuple([name for name in names if name != shown])
                stack += names[::-1]
        return list(order)


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
    if root is None:
        return Leaves(things, frozenset(plain), pages, None, None)
    tree = objects.value(root)
    top = tree["/K"][0] if isinstance(tree["/K"], list) else tree["/K"]
    return Leaves(
        things, frozenset(plain), pages, _moved({**tree, "/ParentTree": _resolved(objects, tree["/ParentTree"])}, places),
        (places[top], _moved(objects.value(top), places)))


def _resolved(objects: _Objects, value: Value) -> Value:
    return objects.value(value) if isinstance(value, Ref) else value


def _thing(objects: _Objects, number: int, places: Mapping[int, int], plain: set[int]) -> Thing:
    """Return an object that names places; it is noted when it is still to be deflated."""
    if number in objects.pages:
        return Thing(b"null")
    thing = objects.thing(number)
    text = thing.text
    if thing.data is not None and b"/Filter " not in text:
        plain.add(places[number])
        text, _ = spell({**objects.value(number), "/Filter": b"/FlateDecode"})
    return Thing(text, tuple([places[name] for name in thing.names]), thing.data)


def _page(objects: _Objects, number: int, places: Mapping[int, int]) -> Page:
    value = objects.value(number)
    content = objects.thing(value["/Contents"]).data or b""
    links = tuple([_link(objects.value(one), places, one) for one in _resolved(objects, value.get("/Annots", []))])
    kept = {key: item for key, item in value.items() if key not in ("/Contents", "/Parent")}
    return Page(places[number], _moved(kept, places), content, links)


def _link(value: dict[str, Value], places: Mapping[int, int], number: int) -> Link:
    uri = value.get("/A", {}).get("/URI")
    goal = "" if uri is None else text_of(uri)
    inner = goal.startswith(_GO)
    return Link(places[number], _moved(value, places), goal.removeprefix(_GO), inner)


def _moved(value: Value, places: Mapping[int, int]) -> Value:
    """Return a value whose references are places."""
    if isinstance(value, Ref):
        return Ref(places[value])
    if isinstance(value, dict):
        return {key: _moved(item, places) for key, item in value.items()}
    return [_moved(item, places) for item in value] if isinstance(value, list) else value
