"""A content folder → the book that every peer is given: the units of the print run, palette, pictures, typefaces.

Words, references and the order of pages are settled here, so that all programs set the same text. Knows no peer.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from booklet.holdings import brief_labels
from booklet.memory import Memory
from booklet.model import Booklet
from booklet.printed import Unit
from booklet.profiles import PROFILES
from booklet.reading import read_all
from booklet.store import Store
from booklet.styles import Styles
from booklet.typefaces import FACES, face_path
from booklet.units import Brief, compose
from booklet.words import read_words


@dataclass(frozen=True)
class Book:
    """What a peer sets."""

    booklet: Booklet
    styles: Styles
    words: Mapping[str, str]
    units: tuple[Unit, ...]

    def lay_pictures(self, folder: Path) -> None:
        """Write the pictures below a folder, under the paths that the content knows them by."""
        for picture in self.booklet.pictures:
            path = folder / picture.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(picture.content)

    def lay_fonts(self, folder: Path) -> None:
        """Copy the font files that the booklet uses, and no others: a folder of sixty costs time to look through."""
        folder.mkdir(parents=True, exist_ok=True)
        for path in {face_path(face) for face in FACES.values()}:
            shutil.copy(path, folder / path.name)


def read_book(content: Path, styles: Path) -> Book:
    """Return the book of a content folder; SystemExit names what is wrong with it."""
    booklet, looks, findings = read_all(content, styles)
    if booklet is None or looks is None:
        raise SystemExit("\n".join(map(str, findings)))
    words = read_words(booklet.language, Memory(Store(None)))
    brief = Brief(PROFILES["print"], words, brief_labels(booklet, words))
    return Book(booklet, looks, words, compose(booklet, brief))
