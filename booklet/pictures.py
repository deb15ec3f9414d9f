"""Is a picture whole and of a kind we print?  Bytes → media type and size in pixels, or findings.

In come the bytes and the name of a file, out goes what a layout must know about it. It refuses to know Pillow:
the containers are walked here, so that a check starts fast. Sources: PNG (W3C, third edition) §5, JPEG (ITU-T T.81) B.
"""

import math
import re
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from booklet.collector import Collector
from booklet.findings import Position
from booklet.letters import quoted

LARGEST = 12_000
"""Pixels a side: one metre at 300 dpi."""
MEDIA = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_SVG = "http://www.w3.org/2000/svg"
_UNITS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:e[+-]?[0-9]+)?)\s*([a-z]*)\s*", re.IGNORECASE)
_URL = re.compile(r"url\(\s*[\"']?\s*(?!#)|@import|javascript:|expression\(", re.IGNORECASE)
_BAD_ELEMENTS = {"script", "foreignobject", "iframe", "object", "embed", "audio", "video", "handler", "listener"}


@dataclass(frozen=True, slots=True)
class Image:
    """What a layout must know about a picture."""

    media: str
    width: float
    """Pixels; of an SVG CSS pixels."""
    height: float


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
        message = f"{image.width:.0f} × {image.height:.0f} pixels, more than {LARGEST} a side"
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
    offset, image, pixels = len(_SIGNATURE), None, False
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
        pixels = pixels or kind == b"IDAT"
        if kind == b"IEND":
            return image if pixels else _damaged(path, found, "it has no pixels")
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
            return image if image and scanned else _damaged(path, found, "it has no pixels")
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
    if not width or not height:
        return _damaged(path, found, "its width or height is zero")
    return Image("image/jpeg", width, height)


def _after_scan(content: bytes, offset: int) -> int:
    """Return where the next marker stands after entropy-coded data (T.81 F.1.2.3: FF is followed by 00)."""
    while True:
        offset = content.find(b"\xff", offset)
        if offset < 0 or offset + 1 >= len(content):
            return len(content)
        if content[offset + 1] and not 0xD0 <= content[offset + 1] <= 0xD7:
            return offset
        offset += 2


class _Refused(Exception):
    """Ends the parsing of an SVG that says what it may not."""


class _SvgWalk:
    """Watches an SVG go by: its size, and everything that runs, fetches or expands."""

    def __init__(self, path: Path, found: Collector) -> None:
        self._path, self._found = path, found
        self.attributes: dict[str, str] | None = None
        self._style: list[str] | None = None
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.data
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.ProcessingInstructionHandler = self.instruction

    def refuse(self, what: str, hint: str) -> None:
        """Note what may not be in a picture, where it stands."""
        place = Position(self._path, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        self._found.error("picture-unsafe", what, place, hint)

    def doctype(self, *_: object) -> None:
        """Stop at a document type: it can define entities."""
        self.refuse("a document type or entities", "remove '<!DOCTYPE …>'; export as plain SVG")
        raise _Refused

    def instruction(self, target: str, _: str) -> None:
        """Refuse style sheets from outside."""
        self.refuse(f"the processing instruction {quoted(target)}", "remove it")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Look at an element and its attributes."""
        space, _, local = name.rpartition(" ")
        if self.attributes is None:
            self.attributes = attributes
            if (space, local) != (_SVG, "svg"):
                self.refuse(f"the root element is {quoted(local)}, not 'svg'", f'begin with <svg xmlns="{_SVG}">')
                raise _Refused
        if local.lower() in _BAD_ELEMENTS or space.endswith("/xhtml"):
            self.refuse(f"the element {quoted(local)}", "draw it with shapes")
        if local == "style":
            self._style = []
        for key, value in attributes.items():
            self._attribute(key.rpartition(" ")[2].lower(), value)

    def _attribute(self, key: str, value: str) -> None:
        if key.startswith("on"):
            self.refuse(f"the script attribute {quoted(key)}", "remove it")
        elif key in ("href", "src") and not value.strip().startswith("#"):
            self.refuse(f"a reference to {quoted(value)}", "a picture stands alone: remove the reference")
        elif _URL.search(value) or "\\" in value:
            self.refuse(f"a reference in the attribute {quoted(key)}", "a picture stands alone: remove the reference")

    def data(self, text: str) -> None:
        """Gather the words of a style element."""
        if self._style is not None:
            self._style.append(text)

    def end(self, name: str) -> None:
        """Look at a whole style sheet; a backslash could spell «url» otherwise."""
        if self._style is not None and name.endswith(" style"):
            css = "".join(self._style)
            self._style = None
            if _URL.search(css) or "\\" in css:
                self.refuse("a style sheet that refers to something", "write the styles as attributes")


def _walk_svg(content: bytes, path: Path, found: Collector) -> Image | None:
    walk, before = _SvgWalk(path, found), len(found)
    try:
        walk.parser.Parse(content, True)
    except expat.ExpatError as problem:
        _report_xml(problem, path, found)
    except _Refused:
        return None
    except (LookupError, ValueError):
        found.error("picture-damaged", "the SVG's encoding is unknown", Position(path), "save it as UTF-8")
    if len(found) > before or walk.attributes is None:
        return None
    size = _svg_size(walk.attributes)
    if size is None:
        hint = "give the svg element width and height, or a viewBox"
        found.error("picture-damaged", "the SVG has no size", Position(path), hint)
        return None
    return Image("image/svg+xml", *size)


def _report_xml(problem: expat.ExpatError, path: Path, found: Collector) -> None:
    place = Position(path, problem.lineno, problem.offset + 1)
    words = expat.errors.messages.get(problem.code, "not well-formed")
    if words in ("no element found", "unclosed token", "unclosed CDATA section", "partial character"):
        found.error("picture-truncated", "the picture is cut off: the SVG does not end", place, "export it again")
        return
    found.error("picture-damaged", f"the SVG is broken: {words}", place, "export it again")


def _svg_size(attributes: dict[str, str]) -> tuple[float, float] | None:
    sides = [_length(attributes.get(name, "")) for name in ("width", "height")]
    if all(sides):
        return sides[0], sides[1]
    numbers = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
    try:
        box = [float(number) for number in numbers]
    except ValueError:
        return None
    good = len(box) == 4 and all(map(math.isfinite, box)) and box[2] > 0 and box[3] > 0
    return (box[2], box[3]) if good else None


def _length(words: str) -> float:
    """Return CSS pixels, or nought for what is no absolute length."""
    match = _LENGTH.fullmatch(words)
    return float(match[1]) * _UNITS.get(match[2].lower(), 0.0) if match else 0.0


_WALKERS: dict[str, Callable[[bytes, Path, Collector], Image | None]] = {
    "image/png": _walk_png,
    "image/jpeg": _walk_jpeg,
    "image/svg+xml": _walk_svg,
}
