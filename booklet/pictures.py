"""Is a picture whole and of a kind we print?  Bytes → media type and size in pixels, or findings.

In come the bytes and the name of a file, out goes what a layout must know about it. It refuses to know Pillow:
the containers are walked here, so that a check starts fast. Sources: PNG (W3C, third edition) §5, JPEG (ITU-T T.81) B.
Drawings (SVG) have a room of their own.
"""

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

from booklet.collector import Collector
from booklet.drawings import Image, walk_svg
from booklet.findings import Position
from booklet.letters import quoted
from booklet.pixels import pixel_fault
from booklet.scans import scan_fault

LARGEST = 12_000
"""Pixels a side: one metre at 300 dpi."""
MEDIA = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def inspect_picture(content: bytes, path: Path, found: Collector) -> Image | None:
    """Return the kind and size of a picture, or say what is wrong with it."""
    media = MEDIA.get(path.suffix.lower())
    place = Position(path)
    if media is None:
        hint = "use SVG, PNG or JPEG"
        found.error("picture-unsupported", f"a picture of the kind '{path.suffix or path.name}'", place, hint)
        return None
    if not content.strip():
        found.error("picture-empty", "the picture is empty", place, "export it again")
        return None
    actual = _recognise(content)
    if actual != media:
        message = f"the file is called '{path.suffix}' but holds {actual or 'something else'}"
        found.error("picture-unsupported", message, place, "export it again as SVG, PNG or JPEG")
        return None
    image = _WALKERS[media](content, path, found)
    if image and max(image.width, image.height) > LARGEST:
        message = f"{image.width:g} × {image.height:g} pixels, more than {LARGEST} a side"
        found.error("picture-oversized", message, place, "make the picture smaller")
        return None
    return image


def _recognise(content: bytes) -> str:
    if content.startswith(_SIGNATURE[:4]):
        return "image/png"
    if content.startswith(b"\xff\xd8"):
        return "image/jpeg"
    return "image/svg+xml" if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else ""


def _cut(path: Path, found: Collector, what: str) -> Image | None:
    found.error("picture-truncated", f"the picture is cut off: {what}", Position(path), "export or copy it again")
    return None


def _damaged(path: Path, found: Collector, what: str) -> Image | None:
    found.error("picture-damaged", f"the picture is damaged: {what}", Position(path), "export or copy it again")
    return None


def _walk_png(content: bytes, path: Path, found: Collector) -> Image | None:
    if not content.startswith(_SIGNATURE):
        return _damaged(path, found, "its signature is broken, perhaps by a change of line ends")
    offset, image, chunks = len(_SIGNATURE), None, dict[bytes, bytes]()
    while offset + 12 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, offset)
        end = offset + 12 + length
        if end > len(content):
            return _cut(path, found, f"its chunk {_chunk(kind)} is not whole")
        if zlib.crc32(content[offset + 4 : end - 4]) != struct.unpack_from(">I", content, end - 4)[0]:
            return _damaged(path, found, f"the checksum of its chunk {_chunk(kind)} is wrong")
        if image is None:
            image = _png_header(content[offset + 8 : end - 4], kind)
            if image is None:
                return _damaged(path, found, "its header is wrong")
        chunks[kind] = chunks.get(kind, b"") + content[offset + 8 : end - 4]
        if kind == b"IEND":
            packed, fault = chunks.get(b"IDAT"), "it has no pixels"
            if packed is not None and max(image.width, image.height) > LARGEST:
                return image  # too large is told elsewhere, and not unpacked
            if packed is not None:
                fault = pixel_fault(chunks[b"IHDR"], packed, b"PLTE" in chunks)
            return _damaged(path, found, fault) if fault else image
        offset = end
    return _cut(path, found, "its end is missing")


def _chunk(kind: bytes) -> str:
    return quoted(kind.decode("latin-1"))


def _png_header(body: bytes, kind: bytes) -> Image | None:
    if kind != b"IHDR" or len(body) != 13:
        return None
    width, height, depth, colour = struct.unpack_from(">IIBB", body)
    good = (depth, colour) in {(d, 0) for d in (1, 2, 4, 8, 16)} | {(d, 3) for d in (1, 2, 4, 8)} | {
        (d, c) for d in (8, 16) for c in (2, 4, 6)
    }
    return Image("image/png", width, height) if width and height and good else None


def _walk_jpeg(content: bytes, path: Path, found: Collector) -> Image | None:
    offset, image, scanned = 2, None, False
    while offset + 2 <= len(content):
        if content[offset] != 0xFF:
            return _damaged(path, found, f"a marker is missing at byte {offset}")
        marker = content[offset + 1]
        if marker == 0xFF:  # fill byte, T.81 B.1.1.2
            offset += 1
            continue
        if marker == 0xD9:
            fault = scan_fault(content) if image and scanned else "it has no pixels"
            return _damaged(path, found, fault) if fault else image
        if marker == 0x01 or 0xD0 <= marker <= 0xD7:
            offset += 2
            continue
        length = int.from_bytes(content[offset + 2 : offset + 4], "big")
        if offset + 2 + length > len(content) or length < 2:
            break
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            image = _jpeg_frame(content[offset + 1 : offset + 2 + length], path, found)
            if image is None:
                return None
        offset += 2 + length
        if marker == 0xDA:
            scanned, offset = True, _after_scan(content, offset)
    return _cut(path, found, "its end is missing")


def _jpeg_frame(segment: bytes, path: Path, found: Collector) -> Image | None:
    if len(segment) < 9:
        return _damaged(path, found, "its header is wrong")
    marker, _, precision, height, width, components = struct.unpack_from(">BHBHHB", segment)
    if marker > 0xC2 or precision != 8 or components not in (1, 3, 4):
        message = "a JPEG of a rare kind (lossless, arithmetic or 12 bit)"
        found.error("picture-unsupported", message, Position(path), "export it again as ordinary JPEG")
        return None
    return Image("image/jpeg", width, height) if width and height else _damaged(path, found, "a side is zero")


def _after_scan(content: bytes, offset: int) -> int:
    """Return where the next marker stands after entropy-coded data (T.81 F.1.2.3: FF is followed by 00)."""
    while True:
        offset = content.find(b"\xff", offset)
        if offset < 0 or offset + 1 >= len(content):
            return len(content)
        if content[offset + 1] and not 0xD0 <= content[offset + 1] <= 0xD7:
            return offset
        offset += 2


_WALKERS: dict[str, Callable[[bytes, Path, Collector], Image | None]] = {
    "image/png": _walk_png,
    "image/jpeg": _walk_jpeg,
    "image/svg+xml": walk_svg,
}
