"""Leaves ↔ bytes: the objects of a fragment as the bindery wants them, gathered once and not at every binding.

In comes a fragment's PDF; out go bytes that are kept beside it, and from both its leaves: what streams and pages hold
stays in the PDF. A fragment without such bytes, or with some that cannot be read, is gathered from it. No I/O.
"""

from hashlib import sha256

from msgspec import MsgspecError, Struct
from msgspec.msgpack import Decoder, Encoder

from booklet.leaves import MOST, Leaves, Link, Page, Tree, gathered, leaves_of
from booklet.printed import Fragment
from booklet.sewing import Thing
from booklet.values import Spelled

_Part = tuple[int, int]
"""Where something begins and ends in the PDF."""


class _Page(Struct, frozen=True, array_like=True):
    """A page of the leaves."""

    place: int
    value: dict[str, Spelled | dict[str, Spelled]]
    content: _Part
    links: tuple[Link, ...]


class _Tree(Struct, frozen=True, array_like=True):
    """A tree of the leaves."""

    place: int
    top: dict[str, Spelled]
    owners: tuple[tuple[int, Spelled], ...]


class _Collated(Struct, frozen=True, array_like=True):
    """What is kept."""

    digest: bytes
    """Hash of the PDF: it tells these bytes from those of other fragments."""
    things: list[Thing]
    """The objects, but for what streams hold."""
    streams: tuple[tuple[int, int, int], ...]
    """Place of each stream, and where it is in the PDF."""
    ranks: tuple[int, ...]
    plain: tuple[int, ...]
    pages: tuple[_Page, ...]
    tree: _Tree | None


_encode = Encoder().encode
_decode = Decoder(_Collated).decode
_known: dict[bytes, Leaves] = {}
_HEAD = 40
"""So many bytes hold the hash, and tell which leaves these are."""


def collate(pdf: bytes) -> bytes:
    """Return what is kept beside a fragment's PDF; nothing when it is not written as stripping writes it."""
    try:
        leaves, starts = gathered(pdf)
    except ValueError:
        return b""
    things = [Thing(thing.text, thing.names) for thing in leaves.things]
    streams = [
        (place, starts[place], starts[place] + len(thing.data))
        for place, thing in enumerate(leaves.things) if thing.data is not None]
    pages = [
        _Page(page.place, page.value, (starts[page.place], starts[page.place] + len(page.content)), page.links)
        for page in leaves.pages]
    tree = _Tree(leaves.tree.place, leaves.tree.top, leaves.tree.owners) if leaves.tree else None
    kept = _encode(_Collated(
        sha256(pdf).digest(), things, tuple(streams), leaves.ranks, tuple(sorted(leaves.plain)), tuple(pages), tree))
    _remember(kept[:_HEAD], leaves)
    return kept


def leaves_in(fragment: Fragment) -> Leaves:
    """Return the leaves of a fragment."""
    head = bytes(fragment.leaves[:_HEAD])
    if head in _known:
        return _known[head]
    try:
        kept = _decode(fragment.leaves)
    except MsgspecError:
        return leaves_of(bytes(fragment.pdf))
    return _remember(head, _read(kept, memoryview(fragment.pdf)))


def _remember(head: bytes, leaves: Leaves) -> Leaves:
    """Keep leaves in mind."""
    if len(_known) >= MOST:
        _known.clear()
    _known[head] = leaves
    return leaves


def _read(kept: _Collated, pdf: memoryview) -> Leaves:
    """Return the leaves that were kept, with what streams and pages hold."""
    things = kept.things
    for place, start, end in kept.streams:
        things[place] = Thing(things[place].text, things[place].names, pdf[start:end])
    pages = [
        Page(page.place, page.value, pdf[page.content[0]:page.content[1]], page.links) for page in kept.pages]
    tree = Tree(kept.tree.place, kept.tree.top, kept.tree.owners) if kept.tree else None
    return Leaves(tuple(things), kept.ranks, frozenset(kept.plain), tuple(pages), tree)
