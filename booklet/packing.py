"""Fragments ↔ bytes: a line of JSON with what is known of the pages, then the pages.  No I/O."""

from booklet.notation import decode, encode
from booklet.printed import Fragment, Hole, Place

_FACTS = tuple[
    int, tuple[Hole, ...], dict[str, Place], tuple[tuple[int, Place], ...], dict[str, dict[int, str]], dict[str, str]]
"""Pages, holes, places, blocks, glyphs, fonts."""


def pack(fragment: Fragment) -> bytes:
    """Return a fragment without findings as bytes."""
    facts = (
        fragment.pages, fragment.holes, fragment.places, fragment.blocks, fragment.glyphs, fragment.fonts)
    return encode(facts) + b"\n" + fragment.pdf


def unpack(data: bytes) -> Fragment:
    """Return the fragment that ``pack`` wrote; ValueError when it is something else."""
    head, pdf = data.split(b"\n", 1)
    pages, holes, places, blocks, glyphs, fonts = decode(head, _FACTS)
    return Fragment(pages, pdf, holes, places, blocks, glyphs, fonts)
