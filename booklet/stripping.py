"""What the engine wrote → what a fragment keeps: pages without fonts, holes by byte offset, margins as artifacts.

In comes a PDF of one unit, uncompressed, and where the box tree says its holes are; out goes a smaller PDF and the
holes as places in its content streams. Knows the engine's way of writing (one operator a line), not its library.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from io import BytesIO
from typing import Any

import pikepdf
from msgspec import Struct
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Name

from booklet.findings import Finding, Severity
from booklet.job import Job
from booklet.overprint import mark_black
from booklet.printed import Hole
from booklet.profiles import Profile
from booklet.tags import Tree
from booklet.typefaces import FACES

_MATRIX = b"1 0 0 -1 "
_MARKED = re.compile(rb"^<</MCID (\d+)>>$")
_TELLING = frozenset((b"Tf", b"Tm", b"TJ"))
"""How the lines end that tell where a hole is."""
_USED = re.compile(rb"(?m)^/(\S+) Do$")


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
    if not orphans:
        return lines
    marked = list(lines)
    for number, line in enumerate(lines):
        match = line.startswith(b"<</MCID ") and _MARKED.match(line)
        if match and int(match[1]) in orphans:
            marked[number - 1:number + 2] = [b"/Artifact", b"%", b"BMC"]
    return marked


def _find_holes(lines: Sequence[bytes], slots: Sequence[Slot], fonts: Mapping[str, str]) -> Iterator[tuple[int, Hole]]:
    """Yield line number and hole: shows in a hole's face, matched with the box tree by their origin."""
    left, within, face, matrix = list(slots), False, "", b"1 0 0 -1 0 0 Tm"
    for number, line in enumerate(lines):
        tail = line[-2:]
        if tail not in _TELLING:
            continue
        if tail == b"Tf":
            face = fonts.get(line[1:].split(b" ", 1)[0].decode(), "")
            within = face in FACES and FACES[face].hole
        elif tail == b"Tm":
            matrix = line if line.startswith(_MATRIX) else matrix
        elif within:
            x, y = (float(part) for part in matrix.split()[4:6])
            slot = min(left, key=lambda slot: abs(slot.x - x) + abs(slot.y - y), default=None)
            if slot is None or abs(slot.x - x) + abs(slot.y - y) > 0.5:
                raise HoleLost(f"text in the face {face!r} at {x}, {y} is no hole of the box tree")
            left.remove(slot)
            yield number, Hole(slot.page, 0, slot.digits, slot.kind, slot.target, slot.left, slot.gap, face, slot.box)
    if left:
        raise HoleLost(f"the hole {left[0].kind!r} {left[0].target!r} is not in the content stream")


def _pierce(lines: list[bytes], found: Iterable[tuple[int, Hole]]) -> list[Hole]:
    """Put a blank of known length in the place of each hole's show; return the holes with their offsets."""
    holes, begin, offset = [], 0, 0
    for number, hole in found:
        offset += sum(map(len, lines[begin:number])) + number - begin
        holes.append(replace(hole, offset=offset))
        lines[number] = blank(hole.digits)
        begin = number
    return holes


def blank(digits: int) -> bytes:
    """Return the operator that stands in a hole until it is filled, as long as what will fill it."""
    return b" " * (len("[-0000<0000>]TJ") + 4 * digits)


def _share_out(pdf: pikepdf.Pdf) -> None:
    """Let every page name the pictures that it shows, and no others."""
    shown: list[Any] = [page.obj.Resources.get("/XObject", {}) for page in pdf.pages]
    if any(item.get("/Subtype") != Name.Image for items in shown for item in items.values()):
        pdf.remove_unreferenced_resources()  # looks into drawings within drawings, and takes its time
        return
    for page, items in zip(pdf.pages, shown, strict=True):
        used = {f"/{name.decode()}" for name in _USED.findall(page.Contents.read_bytes())} if len(items) else set()
        page.obj.Resources = copy(page.obj.Resources)
        for kind in ("/Font", "/XObject"):
            if kind in page.obj.Resources:
                page.obj.Resources[kind] = copy(page.obj.Resources[kind])
        for name in set(items.keys()) - used:
            del page.obj.Resources.XObject[name]


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
    bad = any(mark in content and _RGB.search(content) for content in painted for mark in (b" rg", b" RG"))
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
        tree = Tree(pdf) if job.profile.tagged else None
        orphans = tree.unreachable() if tree else {}
        for number, page in enumerate(pdf.pages):
            lines = shift + page.Contents.read_bytes().split(b"\n")
            lines = _artifacts(lines, orphans.get(number, frozenset()))
            if job.profile.ink == "cmyk":
                lines = mark_black(lines)
                page.obj.Resources.ColorSpace = Dictionary()  # the engine names Lab spaces that it never uses
            found += _pierce(lines, _find_holes(lines, [slot for slot in slots if slot.page == number], fonts))
            page.obj.Contents = pdf.make_stream(b"\n".join(lines))
            _boxes(page, job.profile)
            if not job.profile.tagged and "/Annots" in page.obj:
                del page.obj.Annots  # no link may lie on what is printed (ISO 15930-7, 6.17)
            page.obj.Resources.Font = Dictionary()
        if tree:
            tree.mend(job.address)
        for key in ("/Outlines", "/Names", "/OutputIntents", "/Metadata"):
            if key in pdf.Root:
                del pdf.Root[key]
        target = BytesIO()
        _share_out(pdf)
        pdf.save(target, compress_streams=False, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return target.getvalue(), tuple(found), findings



