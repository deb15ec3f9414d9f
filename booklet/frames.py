"""Where a page lies on its sheet: trim, bleed, room for marks, by the profile and the print shop.  No I/O.

All lengths in pt, all boxes as left, bottom, right, top from the corner of the media box, which is at 0 0.
"""

from collections.abc import Mapping

from msgspec import Struct

from booklet.presses import Printer
from booklet.printed import RECTO, VERSO
from booklet.profiles import Profile

Box = tuple[float, float, float, float]
_MM = 72 / 25.4
_MARK, _GAP, _WIDTH = 5 * _MM, 1 * _MM, 0.25
"""Length of a crop mark, its distance from the bleed, its thickness."""


class Frame(Struct, frozen=True):
    """The boxes of a page."""

    media: Box
    bleed: Box
    trim: Box
    shift: tuple[float, float]
    """From where the press painted the page to where it lies."""
    marks: bytes
    """What paints the crop marks, in registration colour; empty for none."""

    @property
    def moves(self) -> bool:
        """Whether the page lies elsewhere than it was painted, or other things lie beside it."""
        return self.shift != (0, 0) or bool(self.marks)


def frame_of(profile: Profile, printer: Printer | None, side: str) -> Frame:
    """Return the boxes of a page on a side; without a printer, as the press has painted it."""
    width, height = (length * _MM for length in profile.trim)
    painted = profile.bleed * _MM
    if printer is None:
        full = _round((0, 0, width + 2 * painted, height + 2 * painted))
        return Frame(full, full, _round((painted, painted, painted + width, painted + height)), (0, 0), b"")
    edges, slug = {name: mm * _MM for name, mm in printer.bleed.items()}, printer.slug * _MM
    left, right = (edges["gutter"], edges["outer"]) if side == RECTO else (edges["outer"], edges["gutter"])
    x, y = slug + left, slug + edges["foot"]
    trim = _round((x, y, x + width, y + height))
    bleed = _round((slug, slug, x + width + right, y + height + edges["head"]))
    media = _round((0, 0, bleed[2] + slug, bleed[3] + slug))
    marks = crop_marks(trim, bleed) if printer.marks == "crop" else b""
    return Frame(media, bleed, trim, (round(x - painted, 3), round(y - painted, 3)), marks)


def frames_of(profile: Profile, printer: Printer | None) -> Mapping[str, Frame]:
    """Return side → the boxes of its pages."""
    return {side: frame_of(profile, printer, side) for side in (RECTO, VERSO)}


def crop_marks(trim: Box, bleed: Box) -> bytes:
    """Return what paints eight crop marks outside the bleed: 0.25 pt, in the colour space /All."""
    left, bottom, right, top = trim
    lines = []
    for x in (left, right):
        lines += [(x, bleed[1] - _GAP, x, bleed[1] - _GAP - _MARK), (x, bleed[3] + _GAP, x, bleed[3] + _GAP + _MARK)]
    for y in (bottom, top):
        lines += [(bleed[0] - _GAP, y, bleed[0] - _GAP - _MARK, y), (bleed[2] + _GAP, y, bleed[2] + _GAP + _MARK, y)]
    drawn = "\n".join("{:.3f} {:.3f} m {:.3f} {:.3f} l S".format(*line) for line in lines)
    return f"q /All CS 1 SCN {_WIDTH} w\n{drawn}\nQ".encode()


def _round(box: Box) -> Box:
    left, bottom, right, top = (round(edge, 3) for edge in box)
    return left, bottom, right, top
