"""What the engine wrote → what a fragment keeps: pages without fonts, holes by byte offset, margins as artifacts.

In comes a PDF of one unit, uncompressed, and where the box tree says its holes are; out goes a smaller PDF and the
holes as places in its content streams. Knows the engine's way of writing (one operator a line), not its library.
"""

import re
from collections.abc import Mapping, Sequence
from io import BytesIO

import pikepdf
from msgspec import Struct
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Name

from booklet.findings import Finding, Severity
from booklet.job import Job
from booklet.overprint import mark_black
from booklet.printed import Hole
from booklet.profiles import Profile
from booklet.tags import mend, unreachable
from booklet.typefaces import FACES

_MATRIX = re.compile(rb"^1 0 0 -1 (\S+) (\S+) Tm$")
_FONT = re.compile(rb"^/(\S+) \S+ Tf$")
_MARKED = re.compile(rb"^<</MCID (\d+)>>$")


class HoleLost(RuntimeError):
    """A hole of the box tree was not found in the content stream: the engine writes otherwise than we know."""


class Slot(Struct, frozen=True):
    """A hole as the box tree knows it."""

    page: int
    x: float
    """Of its first glyph's origin, in px from the left of the page."""
    y: float
    """Of its baseline, in px from the top of the page."""
    digits: int
    kind: str
    target: str
    left: bool
    gap: bool
    box: tuple[float, float, float, float]


def _artifacts(lines: list[bytes], orphans: frozenset[int]) -> list[bytes]:
    """Return content in which what no structure element owns is marked as an artifact."""
    marked = list(lines)
    for number, line in enumerate(lines):
        match = _MARKED.match(line)
        if match and int(match[1]) in orphans:
            marked[number - 1:number + 2] = [b"/Artifact", b"%", b"BMC"]
    return marked


def _find_holes(lines: Sequence[bytes], slots: Sequence[Slot], fonts: Mapping[str, str]) -> list[Hole]:
    """Return the holes of a page: shows in a hole's face, matched with the box tree by their origin."""
    left, holes, offset = list(slots), [], 0
    face, x, y = "", 0.0, 0.0
    for line in lines:
        if match := _FONT.match(line):
            face = fonts.get(match[1].decode(), "")
        elif match := _MATRIX.match(line):
            x, y = float(match[1]), float(match[2])
        elif line.endswith(b"TJ") and face in FACES and FACES[face].hole:
            slot = min(left, key=lambda slot: abs(slot.x - x) + abs(slot.y - y), default=None)
            if slot is None or abs(slot.x - x) + abs(slot.y - y) > 0.5:
                raise HoleLost(f"text in the face {face!r} at {x}, {y} is no hole of the box tree")
            left.remove(slot)
            holes.append(Hole(
                slot.page, offset, slot.digits, slot.kind, slot.target, slot.left, slot.gap, face, slot.box))
        offset += len(line) + 1
    if left:
        raise HoleLost(f"the hole {left[0].kind!r} {left[0].target!r} is not in the content stream")
    return holes


def _pad(lines: list[bytes], holes: Sequence[Hole]) -> list[bytes]:
    """Return the lines with each hole's show replaced by a blank of known length."""
    starts = {hole.offset: hole for hole in holes}
    offset, padded = 0, []
    for line in lines:
        hole = starts.get(offset)
        padded.append(blank(hole.digits) if hole else line)
        offset += len(line) + 1
    return padded


def blank(digits: int) -> bytes:
    """Return the operator that stands in a hole until it is filled, as long as what will fill it."""
    return b" " * (len("[-0000<0000>]TJ") + 4 * digits)


def _shift(holes: Sequence[Hole], lines: Sequence[bytes]) -> list[Hole]:
    """Return the holes with offsets counted in the padded content."""
    found, order, offset = [], iter(holes), 0
    for line in lines:
        if line and not line.strip():
            hole = next(order)
            found.append(replace(hole, offset=offset))
        offset += len(line) + 1
    return found


def _boxes(page: pikepdf.Page, profile: Profile) -> None:
    """Set the page's boxes with the corner of the media box at 0 0 (ISO 15930-7, 6.12)."""
    bleed, (width, height) = profile.bleed / 25.4 * 72, (side / 25.4 * 72 for side in profile.trim)
    full = [0, 0, round(width + 2 * bleed, 3), round(height + 2 * bleed, 3)]
    trim = [round(bleed, 3), round(bleed, 3), round(bleed + width, 3), round(bleed + height, 3)]
    page.obj.MediaBox, page.obj.BleedBox, page.obj.TrimBox = Array(full), Array(full), Array(trim)
    for annotation in page.obj.get("/Annots", []):
        annotation.Rect = Array([round(float(number) + bleed, 3) for number in annotation.Rect])


_RGB = re.compile(rb"(?m)^(?:[-.\d]+ ){3}(?:rg|RG)$")


def _foreign_ink(pdf: pikepdf.Pdf, job: Job) -> tuple[Finding, ...]:
    """Return a finding when anything in a print file is painted in the colours of a screen."""
    if job.profile.ink != "cmyk":
        return ()
    streams = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
    pictures = [item for item in streams if item.get("/Subtype") == Name.Image]
    painted = [item.read_bytes() for item in streams if item not in pictures and "/FontFile2" not in item]
    bad = any(_RGB.search(content) for content in painted)
    if bad or any(item.get("/ColorSpace") == Name.DeviceRGB for item in pictures):
        return (Finding("rgb-in-print", Severity.ERROR, f"'{job.address}' is painted in the colours of a screen",
                        job.position, "name colours of the palette in styles and drawings"),)
    return ()


def strip(
    data: bytes, slots: Sequence[Slot], fonts: Mapping[str, str], job: Job
) -> tuple[bytes, tuple[Hole, ...], tuple[Finding, ...]]:
    """Return the fragment's PDF, its holes and what is wrong with its inks; HoleLost when tree and content differ."""
    bleed = job.profile.bleed / 25.4 * 72
    shift = [b"1 0 0 1 %.3f %.3f cm" % (bleed, bleed)] if bleed else []
    found: list[Hole] = []
    with pikepdf.open(BytesIO(data)) as pdf:
        findings = _foreign_ink(pdf, job)
        orphans = unreachable(pdf) if job.profile.tagged else {}
        for number, page in enumerate(pdf.pages):
            lines = shift + page.Contents.read_bytes().split(b"\n")
            lines = _artifacts(lines, orphans.get(number, frozenset()))
            if job.profile.ink == "cmyk":
                lines = mark_black(lines)
                page.obj.Resources.ColorSpace = Dictionary()  # the engine names Lab spaces that it never uses
            holes = _find_holes(lines, [slot for slot in slots if slot.page == number], fonts)
            lines = _pad(lines, holes)
            found += _shift(holes, lines)
            page.obj.Contents = pdf.make_stream(b"\n".join(lines))
            _boxes(page, job.profile)
            if not job.profile.tagged and "/Annots" in page.obj:
                del page.obj.Annots  # no link may lie on what is printed (ISO 15930-7, 6.17)
            page.obj.Resources.Font = Dictionary()
        if job.profile.tagged:
            mend(pdf, job.address)
        for key in ("/Outlines", "/Names", "/OutputIntents", "/Metadata"):
            if key in pdf.Root:
                del pdf.Root[key]
        target = BytesIO()
        pdf.remove_unreferenced_resources()
        pdf.save(target, compress_streams=False, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return target.getvalue(), tuple(found), findings



