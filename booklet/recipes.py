"""What a finished file depends on, as one hash: so that a file made before is not made again.  No I/O."""

from hashlib import sha256
from pathlib import Path

from msgspec.structs import replace

from booklet.digests import digest_of
from booklet.findings import Position
from booklet.finishing import Imprint
from booklet.notation import encode
from booklet.presses import Printer
from booklet.printed import Placed, Sheets
from booklet.program import program


def recipe_of(sheets: Sheets, imprint: Imprint) -> str:
    """Return the hash of all that a finished file depends on."""
    says = replace(imprint, icc=b"", printer=None)
    facts = [
        program(), sheets.profile, says, _shop(sheets.printer), sheets.slug, sheets.fingerprint,
        digest_of(imprint.icc).hex(), sheets.copy.labels,
        [_placed(placed, sheets) for placed in sheets.copy.placed]]
    return sha256(encode(facts)).hexdigest()


def _shop(printer: Printer | None) -> str:
    """Return a print shop's demands but for its profile and its file's place."""
    return "" if printer is None else repr(replace(printer, icc=b"", icc_path=Path(), position=Position(Path())))


def _placed(placed: Placed, sheets: Sheets) -> list[object]:
    """Return what a unit gives to a file: pages, place, bookmarks, and the numbers it takes from elsewhere."""
    unit = placed.unit
    marks = [[mark.level, mark.title, mark.address] for mark in unit.bookmarks]
    wholes = {hole.target: sheets.whole.get(hole.target, "") for hole in placed.fragment.holes
              if hole.kind in ("whole", "mark")}
    return [placed.fragment.key, placed.first, placed.labels, unit.address, unit.level, unit.title, marks, wholes]
