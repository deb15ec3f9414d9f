"""Booklet → smaller booklet: an excerpt is a booklet, not a mode.  No I/O."""

from dataclasses import replace

from booklet.model import Booklet


def select(booklet: Booklet, themes: tuple[str, ...]) -> Booklet:
    """Return the excerpt of the themes named, the whole when none is; LookupError names one that is unknown."""
    if not themes:
        return booklet
    known = {theme.id for theme in booklet.themes}
    for name in themes:
        if name not in known:
            raise LookupError(name)
    kept = tuple(theme for theme in booklet.themes if theme.id in themes)
    registers = tuple(part for part in booklet.back if isinstance(part, str))
    return replace(booklet, themes=kept, front=(), back=registers, excerpt=True)
