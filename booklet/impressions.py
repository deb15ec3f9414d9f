"""Pages that were painted once, put on paper again as they are.

In come a page of WeasyPrint 70.0 and the stream of its content; out goes what the engine would write. What was written
for a page is kept with the page, as long as it holds nothing but words and lines in colours of their own: pictures,
groups and patterns have numbers that depend on the pages before, and marks for readers belong to their file.
"""

from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any

from msgspec import Struct
from weasyprint.document import Page
from weasyprint.pdf.stream import pydyf

_paint = Page.paint
_KEPT = "impression"
_NUMBERED = "XObject", "ExtGState", "Pattern", "Shading"


class _Impression(Struct, frozen=True):
    """What was written for a page alone."""

    lines: list[bytes]
    fonts: Mapping[Any, Any]
    states: Mapping[str, Any]
    """Name → how much shines through, for all that this page names."""


def _is_simple(line: bytes) -> bool:
    """Tell whether a line names something that has the same name in all files: a face, a state, a space of colours."""
    if line.startswith((b"/a", b"/A")):
        return line.endswith(b" gs")
    return line.endswith((b" cs", b" CS", b" Tf"))


def _impression(lines: list[bytes], fonts: Mapping[Any, Any], states: "_States") -> _Impression | None:
    """Return what is kept of a page; None when it would not be the same in another file."""
    if not all(_is_simple(line) for line in lines if line.startswith(b"/")):
        return None
    return _Impression(lines, fonts, {name: copy(states[name]) for name in states.asked})


class _States(pydyf.Dictionary):  # type: ignore[misc]
    """The states of a file, which remembers for which somebody asked."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        """Take over what is there."""
        super().__init__(values)
        self.asked: dict[str, None] = {}

    def __contains__(self, name: object) -> bool:
        """Tell whether a state is there: whoever asks will use it."""
        self.asked[str(name)] = None
        return bool(super().__contains__(name))


def _states(stream: Any) -> _States:
    """Return the states of a stream's file, of which nobody asked for any yet."""
    states = stream._resources["ExtGState"]
    if type(states) is not _States:
        states = stream._resources["ExtGState"] = _States(states)
    states.asked = {}
    return states


def _fits(fonts: Mapping[str, Any], there: Mapping[str, Any]) -> bool:
    """Tell whether fonts say nothing of a sign that is otherwise where they come to."""
    for key, font in fonts.items():
        if font.missing:
            return False
        if key in there:
            widths = there[key].widths
            if any(widths.get(glyph, width) != width for glyph, width in font.widths.items()):
                return False
    return True


def _add(fonts: Mapping[Any, Any], there: dict[Any, Any]) -> None:
    """Add fonts to those of a file; what was said of a sign first, stays."""
    for key, font in fonts.items():
        known = there.get(key)
        if known is None:
            known = there[key] = copy(font)
            known.__dict__.pop("pieces", None)
            known.widths, known.to_unicode, known.missing = dict(font.widths), dict(font.to_unicode), {}
        else:
            known.widths = {**known.widths, **font.widths}  # which say the same of what both have
            known.to_unicode = {**known.to_unicode, **font.to_unicode, **known.to_unicode}


def _cut(things: dict[Any, Any], length: int) -> None:
    """Take out what was added to a dictionary after so many."""
    for name in list(things)[length:]:
        del things[name]


def paint(page: Any, stream: Any, scale: float = 1) -> None:
    """Paint a page."""
    if stream._tags is not None:
        _paint(page, stream, scale)
        return
    kept: _Impression | None = page.__dict__.get(_KEPT)
    if kept is not None and _fits(kept.fonts, stream._fonts):
        stream.stream.extend(kept.lines)
        _add(kept.fonts, stream._fonts)
        states = stream._resources["ExtGState"]
        for name, state in kept.states.items():
            if name not in states:
                states[name] = copy(state)
        return
    _paint_alone(page, stream, scale)


def _paint_alone(page: Any, stream: Any, scale: float) -> None:
    """Paint a page as if no other had used a font before, and keep what was written."""
    states, images, fonts = _states(stream), stream._images, stream._fonts
    things = [*(stream._resources[name] for name in _NUMBERED), images]
    before, begin = list(map(len, things)), len(stream.stream)
    ratios = {name: set(image["dpi_ratios"]) for name, image in images.items()}
    alone = stream._fonts = {}
    _paint(page, stream, scale)
    stream._fonts = fonts
    if _fits(alone, fonts):
        page.__dict__[_KEPT] = _impression(stream.stream[begin:], alone, states)
        _add(alone, fonts)
        return
    _undo(stream, begin, zip(things, before, strict=True))
    for name, found in ratios.items():
        images[name]["dpi_ratios"] = found
    _paint(page, stream, scale)


def _undo(stream: Any, begin: int, things: Iterable[tuple[dict[Any, Any], int]]) -> None:
    """Take back what was painted."""
    del stream.stream[begin:]
    for one, length in things:
        _cut(one, length)
    stream._old_font = stream._current_font = None
