"""Both folders, read and checked: what ``check`` does, and how every build begins.  Loads nothing heavy."""

from importlib import import_module
from pathlib import Path
from typing import Any

from msgspec import Struct

from booklet.collector import Collector, has_errors
from booklet.findings import Finding
from booklet.memory import Memory, Only
from booklet.model import Booklet, Picture
from booklet.palette import Palette
from booklet.reader import read
from booklet.source import RUNS
from booklet.store import Store
from booklet.styles import Styles, read_styles


def read_all(
    content: Path, styles: Path, memory: Memory | None = None
) -> tuple[Booklet | None, Styles | None, tuple[Finding, ...]]:
    """Read the author's and the designer's folders; either is None when it has errors."""
    found = Collector()
    looks = read_styles(styles, found, memory)
    booklet, findings = read(content, looks.palette.themes if looks else None, memory)
    found.add(findings)
    runs_of(content, found, memory)
    if has_errors(found.findings):
        booklet = None
    for picture in booklet.pictures if booklet and looks else ():
        if looks and picture.media == "image/svg+xml":
            _check_paints(picture, looks.palette, found, memory or Memory(Store(None)))
    return booklet, looks, found.findings


def runs_of(content: Path, found: Collector, memory: Memory | None = None) -> tuple[Any, ...]:
    """Return the print runs on record, oldest first; what reads them is loaded when there are any."""
    there = (content / RUNS).is_dir()
    return import_module("booklet.runs").read_runs(content, found, memory) if there else ()


class _Painted(Struct, frozen=True):
    """A drawing in the colours of a palette: found to be so once."""


def _check_paints(picture: Picture, palette: Palette, found: Collector, memory: Memory) -> None:
    """Report every paint of a drawing that a palette does not have."""
    def look(own: Collector) -> _Painted:
        palette.recolour(picture, "srgb", own)
        return _Painted()

    inks = memory.once(repr, Only(palette))
    memory.recall(_Painted, (inks, str(picture.position.path), picture.path, picture.content), found, look)
