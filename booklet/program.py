"""Which program this is: a hash of its own files and of the versions that decide what it makes."""

import os
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from booklet.glance import bytes_of
from booklet.versions import version

PACKAGE = Path(__file__).parent
_SUFFIXES = (".py", ".jinja", ".yaml", ".json", ".css")
_DECIDES = (
    "weasyprint", "pydyf", "tinycss2", "cssselect2", "tinyhtml5", "pyphen", "fonttools", "pillow", "jinja2", "markdown",
    "pyyaml", "uharfbuzz", "pikepdf", "pypdfium2", "segno", "font_source_serif_pro", "font_source_sans_pro")


def _files(folder: str, below: str = "") -> Iterator[str]:
    """Yield the files of a folder that are program, by their path from it."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir(follow_symlinks=False) and not entry.name.startswith(("__", ".")):
            yield from _files(entry.path, f"{below}{entry.name}/")
        elif entry.name.endswith(_SUFFIXES):
            yield below + entry.name


@cache
def decisive() -> tuple[str, ...]:
    """Return the installed packages that decide the pages: «weasyprint 70.0»."""
    return tuple(f"{name.replace('_', '-')} {version(name)}" for name in _DECIDES)


@cache
def program() -> str:
    """Return a hash of this program and of the versions of all that decides its pages."""
    digest = sha256()
    for name in _files(str(PACKAGE)):
        digest.update(name.encode() + b"\0" + bytes_of(f"{PACKAGE}/{name}") + b"\0")
    digest.update("\n".join(f"{name}=={version(name)}" for name in _DECIDES).encode())
    return digest.hexdigest()
