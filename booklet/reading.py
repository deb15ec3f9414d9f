"""Both folders, read and checked: what ``check`` does, and how every build begins.  Loads nothing heavy."""

from pathlib import Path

from booklet.collector import Collector, has_errors
from booklet.findings import Finding
from booklet.memory import Memory
from booklet.model import Booklet
from booklet.reader import read
from booklet.runs import read_runs
from booklet.styles import Styles, read_styles


def read_all(
    content: Path, styles: Path, memory: Memory | None = None
) -> tuple[Booklet | None, Styles | None, tuple[Finding, ...]]:
    """Read the author's and the designer's folders; either is None when it has errors."""
    found = Collector()
    looks = read_styles(styles, found, memory)
    booklet, findings = read(content, looks.palette.themes if looks else None, memory)
    found.add(findings)
    read_runs(content, found, memory)
    if has_errors(found.findings):
        booklet = None
    for picture in booklet.pictures if booklet and looks else ():
        if looks and picture.media == "image/svg+xml":
            looks.palette.recolour(picture, "srgb", found)
    return booklet, looks, found.findings
