"""What a drawing is painted with, and whether a press can: SVG → every paint that no palette has, with its place.

In come the bytes of a drawing that stands alone, and the colours allowed; out go faults. Colours other than these,
keywords for colours of somewhere else, transparency, gradients, masks and filters are faults: the engine paints them in
the colours of a screen, and says nothing. Sources: SVG 2, 13; Filter Effects 1; Compositing 1.
"""

import re
from collections.abc import Collection, Iterator
from xml.parsers import expat

from msgspec import Struct

_PAINTS = {"fill", "stroke", "color", "stop-color", "flood-color", "lighting-color", "solid-color"}
_OPACITIES = {"opacity", "fill-opacity", "stroke-opacity", "stop-opacity", "flood-opacity"}
_EFFECTS = {"filter", "mask", "mask-image", "mask-border", "mix-blend-mode", "backdrop-filter"}
_ELEMENTS = {"lineargradient", "radialgradient", "meshgradient", "pattern", "hatch", "mask", "filter", "image"}
_NO_PAINT = {"none", "inherit"}
_OPAQUE = {"1", "1.0", "100%", "inherit"}
_NO_EFFECT = {"none", "normal", "inherit"}
_DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;{}]+)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class PaintFault(Struct, frozen=True, order=True):
    """A paint that is not for the press."""

    line: int
    colour: bool
    """A colour, or else something that lets another shine through or mixes two."""
    what: str


class _Walk:
    """Watches a drawing go by and notes its paints."""

    def __init__(self, content: bytes, known: Collection[str]) -> None:
        self._content, self._known = content, {colour.lower() for colour in known}
        self.faults: set[PaintFault] = set()
        self._style: list[str] | None = None
        self._start = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.data

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Look at an element and its attributes."""
        self._start, local = self.parser.CurrentByteIndex, name.rpartition(" ")[2]
        if local.lower() in _ELEMENTS or local.startswith("fe"):
            self._note(False, f"the element '{local}'", (local,))
        if local == "style":
            self._style = []
        for key, value in attributes.items():
            if key == "style":
                self._declarations(value)
            else:
                self._look(key, value)

    def data(self, text: str) -> None:
        """Gather the words of a style sheet."""
        if self._style is not None:
            self._style.append(text)

    def end(self, name: str) -> None:
        """Look at a whole style sheet."""
        if self._style is not None and name.rpartition(" ")[2] == "style":
            self._declarations("".join(self._style))
            self._style = None

    def _declarations(self, css: str) -> None:
        for match in _DECLARATION.finditer(_COMMENT.sub(" ", css)):
            self._look(match[1], re.sub(r"\s*!\s*important\s*$", "", match[2]))

    def _look(self, key: str, value: str) -> None:
        """Note what a property says, when no press should hear it."""
        key, said = key.lower(), value.strip().lower()
        if key in _PAINTS and said not in self._known | _NO_PAINT:
            self._note(True, value.strip() or key, (key, value.strip()))
        elif (key in _OPACITIES and said not in _OPAQUE) or (key in _EFFECTS and said not in _NO_EFFECT):
            self._note(False, f"{key} '{value.strip()}'", (key, value.strip()))

    def _note(self, colour: bool, what: str, words: tuple[str, ...]) -> None:
        place = self._start
        for word in words:
            place = max(place, self._content.find(word.encode(), place))
        self.faults.add(PaintFault(self._content.count(b"\n", 0, place) + 1, colour, what))


def paint_faults(content: bytes, known: Collection[str]) -> Iterator[PaintFault]:
    """Yield every paint of a drawing that is none of the colours known, in the order of its lines."""
    walk = _Walk(content, known)
    walk.parser.Parse(content, True)
    yield from sorted(walk.faults)
