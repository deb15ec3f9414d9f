"""What the tests of the bindery share: open files by hand, and what another program makes of them."""

import zlib
from io import BytesIO

import pikepdf

from booklet.quires import Quire


def quire_of(*shown: bytes) -> Quire:
    """Return an open file of blank pages that show something."""
    quire = Quire()
    for content in shown:
        page = {"/Type": b"/Page", "/MediaBox": [0, 0, 612, 792], "/Resources": {}}
        quire.add_page(quire.open({}), page, zlib.compress(content, 6))
    return quire


def closed(quire: Quire, version: str = "1.7") -> bytes:
    """Return a file that says nothing of itself."""
    return quire.close(version, zlib.compress, {})


def opened(quire: Quire) -> pikepdf.Pdf:
    """Return a file as another program reads it."""
    return pikepdf.open(BytesIO(closed(quire)))
