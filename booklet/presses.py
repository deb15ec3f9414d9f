"""What a print shop wants, as data, and where its file lies.  No I/O."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from booklet.findings import Position

FOLDER = "printers"
"""Below the designer's folder: the files of printers."""


def printer_path(wanted: str, styles: Path) -> Path:
    """Return where the file of a printer lies: below the designer's folder, or where its name says."""
    return Path(wanted) if "/" in wanted or wanted.endswith(".yaml") else styles / FOLDER / f"{wanted}.yaml"


class Printer(Struct, frozen=True):
    """What a print shop wants; lengths in mm, resolutions in pixels per inch."""

    id: str
    name: str
    reason: str
    standard: str
    """``PDF/X-4`` or ``PDF/X-1a:2003``."""
    icc: bytes
    icc_path: Path
    condition: str
    """Registered name of the printing condition: FOGRA39."""
    condition_name: str
    registry: str
    bleed: Mapping[str, float]
    """``head``, ``foot``, ``outer``, ``gutter``."""
    marks: str
    """``none`` or ``crop``."""
    slug: float
    """Room beyond the bleed on every side, for marks and the line that names the sheet."""
    safe: float
    """So far from the trim no text or line art may stand."""
    ink: float
    """Highest sum of the four inks in per cent, averaged over 15 mm squares."""
    ppi: Mapping[str, float]
    """``error``, ``warning``, ``most``, ``target`` of contone pictures; ``line-error``, ``line-warning`` of bitmaps."""
    spots: tuple[str, ...]
    """Names of the spot colours allowed."""
    multiple: int
    """The number of pages is a multiple of this."""
    single_pages: bool
    """One page a sheet of the file, no spreads."""
    most_stitched: int
    """More pages cannot be saddle-stitched."""
    overprint_black: bool
    """Whether text in pure black prints over what lies below it."""
    position: Position
