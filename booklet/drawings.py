"""Is an SVG whole, and does it stand alone?  Bytes → its size, or findings at line and column.

In come the bytes of a drawing, out goes its size in CSS pixels. It refuses to know how it is drawn, and never lets
the parser expand an entity or open a file. Sources: SVG 2 §5 and §8, XML 1.0 §4.4.
"""

import math
import re
from pathlib import Path
from xml.parsers import expat

from msgspec import Struct

from booklet.collector import Collector
from booklet.findings import Position
from booklet.letters import quoted

_SVG = "http://www.w3.org/2000/svg"
_UNITS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:e[+-]?[0-9]+)?)\s*([a-z]*)\s*", re.IGNORECASE)
_URL = re.compile(r"url\(\s*[\"']?\s*(?!#)|@import|javascript:|expression\(", re.IGNORECASE)
_BAD_ELEMENTS = {
    "script", "foreignobject", "iframe", "object", "embed", "audio", "video", "handler", "listener",
    "use", "set", "animate", "animatemotion", "animatetransform", "animatecolor",
}
_DEEPEST, _MOST = 60, 50_000
"""Levels and elements of an SVG: a drawing has fewer, and an engine walks them by recursion."""


class Image(Struct, frozen=True):
    """What a layout must know about a picture."""

    media: str
    width: int | float
    """Pixels; of an SVG CSS pixels."""
    height: int | float


class _Refused(Exception):
    """Ends the parsing of an SVG that says what it may not."""


class _SvgWalk:
    """Watches an SVG go by: its size, and everything that runs, fetches or expands."""

    def __init__(self, path: Path, found: Collector) -> None:
        self._path, self._found = path, found
        self.attributes: dict[str, str] | None = None
        self._depth = self._count = 0
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
        self._depth, self._count = self._depth + 1, self._count + 1
        if self._depth > _DEEPEST or self._count > _MOST:
            self.refuse(f"more than {_DEEPEST} levels or {_MOST} elements", "simplify the drawing")
            raise _Refused
        if local.lower() in _BAD_ELEMENTS or space.endswith("/xhtml"):
            self.refuse(f"the element {quoted(local)}", "draw it with shapes")
            return
        self._style = [] if local == "style" else self._style
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
        self._depth -= 1
        if self._style is not None and name.endswith(" style"):
            css = "".join(self._style)
            self._style = None
            if _URL.search(css) or "\\" in css:
                self.refuse("a style sheet that refers to something", "write the styles as attributes")


def walk_svg(content: bytes, path: Path, found: Collector) -> Image | None:
    """Return the size of a drawing that neither runs, fetches nor expands anything."""
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
