"""What stands behind each place of a finished file: page and height → file and line of the content.

In come sheets when a file is made; the store keeps what is behind them under the hash of the file's bytes, so that who
judges the file later can name the text to mend. Knows no PDF.
"""

import json
from hashlib import sha256
from pathlib import Path

from booklet.digests import digest_of
from booklet.findings import Position
from booklet.notation import encode
from booklet.printed import Placed, Sheets
from booklet.profiles import Profile
from booklet.store import Store

_MM = 25.4 / 72
Origins = tuple[tuple[tuple[float, Position], ...], ...]
"""Page by page: height above the trim's foot in mm where something begins, and where that stands; from the top."""


def note_origins(store: Store, content: bytes, sheets: Sheets) -> None:
    """Keep what stands behind the pages of a file."""
    pages = [page for placed in sheets.copy.placed for page in _pages(placed, sheets.profile)]
    kept = [[(height, str(at.path), at.line) for height, at in page] for page in pages]
    key, told = _key(content), encode(kept)
    if store.get("ledger", key) != told:  # of a file that was kept it is there
        store.put("ledger", key, told)


def read_origins(store: Store, content: bytes) -> Origins:
    """Return what stands behind the pages of a file; nothing where it was made elsewhere."""
    try:
        kept = json.loads(store.get("ledger", _key(content)) or b"[]")
        return tuple(
            tuple((float(height), Position(Path(path), int(line))) for height, path, line in page) for page in kept)
    except (ValueError, TypeError):
        return ()


def origin_of(origins: Origins, page: int, top: float | None) -> Position | None:
    """Return what stands on a page (from 0) at a height in mm: the last thing that begins there or above it."""
    if not 0 <= page < len(origins) or not origins[page]:
        return None
    above = [at for height, at in origins[page] if top is None or height >= top - 1]
    return above[-1] if above and top is not None else origins[page][0][1]


def _pages(placed: Placed, profile: Profile) -> list[list[tuple[float, Position]]]:
    unit, fragment = placed.unit, placed.fragment
    pages: list[list[tuple[float, Position]]] = [[(profile.trim[1], unit.position)] for _ in range(fragment.pages)]
    for number, place in fragment.blocks:
        if number < len(unit.blocks):
            pages[place.page].append((round(place.y * _MM - profile.bleed, 1), unit.blocks[number]))
    last = unit.position
    for page in pages:
        page[0] = page[0][0], last  # what runs on from the page before
        page.sort(key=lambda row: -row[0])
        last = page[-1][1]
    return pages


def _key(content: bytes) -> str:
    return sha256(b"origins of " + digest_of(content)).hexdigest()
