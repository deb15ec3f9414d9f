"""Fragments ↔ bytes: a line of JSON with what is known of the pages, then the pages and their leaves.  No I/O."""

from booklet.notation import decode, encode
from booklet.printed import Fragment, Hole, Place

_FACTS = tuple[
    int, tuple[Hole, ...], dict[str, Place], tuple[tuple[int, Place], ...], dict[str, dict[int, str]], dict[str, str],
    int]
"""Pages, holes, places, blocks, glyphs, fonts, bytes of the PDF."""


def pack(fragment: Fragment) -> bytes:
    """Return a fragment without findings as bytes."""
    facts = (
        fragment.pages, fragment.holes, fragment.places, fragment.blocks, fragment.glyphs, fragment.fonts,
        len(fragment.pdf))
    return b"".join([encode(facts), b"\n", fragment.pdf, fragment.leaves])


def unpack(data: bytes) -> Fragment:
    """Return the fragment that ``pack`` wrote; ValueError when it is something else."""
    begin = data.index(b"\n") + 1
    pages, holes, places, blocks, glyphs, fonts, size = decode(data[:begin], _FACTS)
    end = begin + size
    if not begin <= end <= len(data):
        raise ValueError("the fragment is shorter than it says")
    view = memoryview(data)  # a copy of all pages takes longer than to read what is known of them
    return Fragment(pages, view[begin:end], holes, places, blocks, glyphs, fonts, leaves=view[end:])
