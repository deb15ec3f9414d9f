"""What a PDF embeds of a typeface.  No logic: only what HarfBuzz is asked for."""

from msgspec import Struct

Figures = tuple[tuple[int, int], ...]
"""Glyph and its advance in 1/1000 em, character by character."""


class Subset(Struct, frozen=True):
    """A font program with what its dictionaries say; lengths in 1/1000 em."""

    program: bytes
    widths: tuple[tuple[int, int], ...]
    """Glyph and its advance."""
    ascent: int
    descent: int
    box: tuple[int, int, int, int]
    angle: float
    cap_height: int
