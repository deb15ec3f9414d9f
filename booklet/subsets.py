"""What a PDF embeds of a typeface.  No logic: only what HarfBuzz is asked for."""

from dataclasses import dataclass

Figures = tuple[tuple[int, int], ...]
"""Glyph and its advance in 1/1000 em, character by character."""


@dataclass(frozen=True, slots=True)
class Subset:
    """A font program with what its dictionaries say; lengths in 1/1000 em."""

    program: bytes
    widths: tuple[tuple[int, int], ...]
    """Glyph and its advance."""
    ascent: int
    descent: int
    box: tuple[int, int, int, int]
    angle: float
    cap_height: int
