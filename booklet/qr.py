"""A web address → the drawing of its QR code (ISO/IEC 18004): the only door to segno.

In comes an address; out goes an SVG whose shapes have no colour of their own, so that each profile draws them in its
own black. Knows no page.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

import segno

QUIET = 2
"""Modules left white around the code; the paper around it gives the rest of the four that the standard asks for."""


def draw_code(address: str) -> bytes:
    """Return the QR code of an address as SVG, error correction M: a fold or a stain does it no harm."""
    rows = [list(row) for row in segno.make(address, error="m", micro=False, boost_error=False).matrix]
    size = len(rows) + 2 * QUIET
    path = "".join(_path(rows))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
            f'<path d="{path}"/></svg>\n').encode()


def _path(rows: Iterable[Iterable[int]]) -> Iterator[str]:
    """Yield a bar for each run of dark modules."""
    for y, row in enumerate(rows, QUIET):
        x = QUIET
        for dark, modules in groupby(row):
            length = len(list(modules))
            if dark:
                yield f"M{x} {y}h{length}v1h-{length}z"
            x += length
