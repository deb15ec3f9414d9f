"""Drawings → the page: a plain shape is written at once, and one that was written before as it was then.

In come nodes of a drawing as WeasyPrint 70.0 holds them; out goes what it writes for them into the content of a page.
Shapes in flat colours are ours; whatever is dashed, clipped, turned, see-through or styled otherwise the engine draws.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from copy import copy
from typing import Any

from weasyprint.pdf.stream import pydyf
from weasyprint.svg import NOT_INHERITED_ATTRIBUTES, SVG, TAGS, Node
from weasyprint.svg.utils import PointError
from weasyprint.svg.utils import color as _color
from weasyprint.svg.utils import size as _size

from booklet.numerals import Kept, numbers

_STRANGE = frozenset((
    "filter", "transform", "opacity", "clip-path", "mask", "marker", "marker-start", "marker-mid", "marker-end",
    "fill-opacity", "stroke-opacity", "stroke-dasharray", "stroke-miterlimit", "font-size", "display", "visibility"))
"""Of attributes: what makes a shape more than an outline in one colour."""
_LOOK = "fill", "stroke", "stroke-linecap", "stroke-linejoin", "fill-rule"
_SHAPES = frozenset(("circle", "ellipse", "line", "path", "polyline", "polygon", "rect"))
_FLAT = re.compile(r"#[0-9a-fA-F]{6}|device-cmyk\([\d. ]+\)|none|")
_NUMBER = r"-?\d+(?:\.\d+)?"
_STRAIGHT = re.compile(rf"(?:[MLml]{_NUMBER} {_NUMBER}(?: {_NUMBER} {_NUMBER})*|[HVhv]{_NUMBER}|[Zz])+")
_COMMAND = re.compile("([A-Za-z])([^A-Za-z]*)")
_BAR = re.compile(r"M(\d{1,9}) (\d{1,9})h(\d{1,9})v(\d{1,9})h-(\d{1,9})z")
_LENGTH = re.compile(r"(-?(?:\d+(?:\.\d+)?|\.\d+))(mm|px|%)?")
_UNKNOWN = 0.0, True
_PLACES = {"circle": ("cx", "cy", "r"), "rect": ("x", "y", "width", "height", "rx", "ry"), "line": (
    "x1", "y1", "x2", "y2")}
"""Of shapes: what says where they are."""
_UNITS = {None: 1, "px": 1, "mm": 96 / 25.4, "%": 1}
_POINTS = re.compile(rf"{_NUMBER}[ ,]{_NUMBER}(?:[ ,]{_NUMBER}[ ,]{_NUMBER})*")
_WRITTEN = frozenset(("a", "text", "textPath"))
_ELSEWHERE = frozenset(("inherit", "currentColor"))
"""Of values: those that are said elsewhere."""
_draw_node, _cascade = SVG.draw_node, Node.cascade


_lengths, _outlines, _states, _colours = Kept(), Kept(), Kept(), Kept()


class _Made(Kept):
    """What is made of a thing when it is asked for first."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, thing: Any) -> Any:
        """Make what is asked for."""
        return self.keep(thing, self.make(thing))


_digits = _Made(lambda said: numbers[float(said)])
_tags = _Made(lambda name: name.split("}", 1)[-1])
_flat = _Made(lambda paint: paint is None or bool(_FLAT.fullmatch(paint)))


class _Scribe:
    """Writes down what would be drawn on a page."""

    def __init__(self) -> None:
        self.lines: list[bytes] = []

    def move_to(self, x: float, y: float) -> None:
        """Begin an outline."""
        self.lines.append(b"%b %b m" % (numbers[x], numbers[y]))

    def line_to(self, x: float, y: float) -> None:
        """Go straight."""
        self.lines.append(b"%b %b l" % (numbers[x], numbers[y]))

    def curve_to(self, *places: float) -> None:
        """Go by two places to a third."""
        self.lines.append(b"%b %b %b %b %b %b c" % tuple(map(numbers.__getitem__, places)))

    def rectangle(self, *sides: float) -> None:
        """Go round a rectangle."""
        self.lines.append(b"%b %b %b %b re" % tuple(map(numbers.__getitem__, sides)))

    def close(self) -> None:
        """Go home."""
        self.lines.append(b"h")


def size(string: Any, font_size: float | None = None, percentage_reference: float | None = None) -> Any:
    """Return a length in the units of a drawing."""
    known = _lengths.get(string) if type(string) is str else None
    if known is None:
        found = _LENGTH.fullmatch(string) if type(string) is str else None
        if found is None:
            return _size(string, font_size, percentage_reference)
        known = _lengths.keep(string, (float(found[1]) * _UNITS[found[2]], found[2] == "%"))
    number, part = known
    if not part:
        return number
    assert percentage_reference is not None
    return number * percentage_reference / 100


def color(string: str | None) -> Any:
    """Return a colour of its own, for its alpha may be changed."""
    known = _colours.get(string)
    if known is None:
        known = _colours.keep(string, _color(string))
    return copy(known)


def _bars(words: str) -> bytes | None:
    """Return the outline of a path of upright bars alone, as a code of squares is; None for any other."""
    found = _BAR.split(words)
    if any(found[::6]) or found[3::6] != found[5::6]:
        return None
    lines = ["0 0 m"]
    for place in range(1, len(found), 6):
        x, y, wide, high = map(int, found[place:place + 4])
        right, bottom = x + wide, y + high
        lines.append(f"{x} {y} m\n{right} {y} l\n{right} {bottom} l\n{x} {bottom} l\nh")
    return "\n".join(lines).encode()


def _absolute(words: str) -> bytes:
    """Return the outline of a path of straight lines to places on the whole drawing: their numbers stay as they are."""
    lines, x, y, home = [b"0 0 m"], b"0", b"0", None
    for letter, said in _COMMAND.findall(words):
        if letter == "Z":
            if home:
                lines.append(b"h")
                x, y = home
            home = None
        elif letter == "H" or letter == "V":
            home = home or (x, y)
            x, y = (_digits[said], y) if letter == "H" else (x, _digits[said])
            lines.append(b"%b %b l" % (x, y))
        else:
            places = list(map(_digits.__getitem__, said.split(" ")))
            for place in range(0, len(places), 2):
                moves = letter == "M" and not place
                home = None if moves else home or (x, y)
                x, y = places[place:place + 2]
                lines.append(b"%b %b %b" % (x, y, b"m" if moves else b"l"))
    return b"\n".join(lines)


def _polygon(words: str) -> bytes:
    """Return the outline of a plain polygon."""
    places = list(map(_digits.__getitem__, words.replace(",", " ").split(" ")))
    ways = [b"%b %b l" % step for step in zip(places[::2], places[1::2], strict=True)]
    return b"\n".join([ways[0][:-1] + b"m", *ways[1:], b"h"])


def _straight(words: str) -> bytes:
    """Return the outline of a path of straight lines."""
    if words.upper() == words:
        return _absolute(words)
    bars = _bars(words)
    if bars:
        return bars
    scribe, x, y, drawn = _Scribe(), 0.0, 0.0, False
    scribe.move_to(x, y)
    home = x, y
    for letter, said in _COMMAND.findall(words):
        if letter in "Zz":
            if drawn:
                scribe.close()
                x, y = home
            drawn = False
            continue
        numbers = list(map(float, said.split(" ")))
        for place in range(0, len(numbers), 1 if letter in "HVhv" else 2):
            moves = letter in "Mm" and not place
            if not moves and not drawn:
                home = x, y
            drawn = not moves
            x, y = _step(letter, numbers[place:place + 2], x, y)
            (scribe.move_to if moves else scribe.line_to)(x, y)
    return b"\n".join(scribe.lines)


def _step(letter: str, numbers: list[float], x: float, y: float) -> tuple[float, float]:
    """Return where a step leads."""
    first = numbers[0]
    if letter in "Hh":
        return (first + x if letter == "h" else first), y
    if letter in "Vv":
        return x, (first + y if letter == "v" else first)
    return (first + x, numbers[1] + y) if letter in "ml" else (first, numbers[1])


def _fixed(length: str | None) -> bool:
    """Tell whether a length is the same in all drawings."""
    return length is None or not _lengths.get(length, _UNKNOWN)[1]


def _outline(svg: Any, node: Any, font_size: float) -> bytes:
    """Return the outline of a shape; those that depend on nothing but their own words are kept."""
    tag, key = _tags[node._etree_node.tag], None
    if tag == "path" or tag == "polygon":
        words = node.get("d" if tag == "path" else "points", "")
        key = None if "%" in words else (tag, words)
        if key in _outlines:
            return _outlines[key]  # type: ignore[no-any-return]
        if tag == "path" and _STRAIGHT.fullmatch(words):
            return _outlines.keep(key, _straight(words))  # type: ignore[no-any-return]
        if tag == "polygon" and _POINTS.fullmatch(words):
            return _outlines.keep(key, _polygon(words))  # type: ignore[no-any-return]
    elif tag in _PLACES:
        said = tuple(map(node.attrib.get, _PLACES[tag]))
        if (tag, said) in _outlines:
            return _outlines[tag, said]  # type: ignore[no-any-return]
        key = tag, said
    stream, svg.stream = svg.stream, _Scribe()
    try:
        with suppress(PointError):
            TAGS[tag](svg, node, font_size)
        lines = b"\n".join(svg.stream.lines)
    finally:
        svg.stream = stream
        node.vertices.clear()
    if key is None or (tag in _PLACES and not all(map(_fixed, key[1]))):
        return lines
    return _outlines.keep(key, lines)  # type: ignore[no-any-return]


def _state(svg: Any, node: Any, font_size: float, width: float) -> tuple[bytes, bytes]:
    """Return what sets the colours and the pen for a shape, and what paints it."""
    page = svg.stream
    taken = page._current_color, page._current_color_stroke, page._current_alpha, page._current_alpha_stroke
    key = width, *taken, *map(node.attrib.get, _LOOK)
    kept = _states.get(key)
    shown = page._resources["ExtGState"]
    if kept is None:
        lines = page.stream
        begin = len(lines)
        fill, stroke = svg.set_graphical_state(node, font_size)
        svg.fill_stroke(fill, stroke, node.get("fill-rule") == "evenodd")
        *state, paint = lines[begin:]
        del lines[begin:]
        _refresh(page)
        names = [line[1:-3].decode() for line in state if line.endswith(b" gs")]
        alphas = [(name, dict(shown[name])) for name in names]
        kept = _states.keep(key, (b"\n".join(state), paint, alphas))
    for name, alpha in kept[2]:
        if name not in shown:
            shown[name] = pydyf.Dictionary(alpha)
    return kept[0], kept[1]


def _refresh(stream: Any) -> None:
    """Forget colours and face, as the engine does when a state ends."""
    stream._current_color = stream._current_color_stroke = None
    stream._current_alpha = stream._current_alpha_stroke = stream._current_font = None


def _plain(node: Any) -> bool:
    """Tell whether a node is a shape in flat colours."""
    attributes, element = node.attrib, node._etree_node
    if _tags[element.tag] not in _SHAPES or len(element) or not _STRANGE.isdisjoint(attributes):
        return False
    return bool(_flat[attributes.get("fill")] and _flat[attributes.get("stroke")])


def draw_node(svg: Any, node: Any, font_size: float, fill_stroke: bool = True, context: Any = None) -> None:
    """Draw a node."""
    if not fill_stroke or not _plain(node):
        _draw_node(svg, node, font_size, fill_stroke, context)
        return
    width = size(node.attrib.get("stroke-width", "1px"), font_size, svg.inner_diagonal)
    state, paint = _state(svg, node, font_size, width)
    outline = _outline(svg, node, font_size)
    parts = (b"q", state, outline, paint, b"Q") if outline else (b"q", state, paint, b"Q")
    svg.stream.stream.append(b"\n".join(parts))
    _refresh(svg.stream)


def cascade(node: Any, child: Any) -> None:
    """Hand what a node says on to a child; where that is all that counts for it, no styles are asked for."""
    normal, important = node._style
    said = child.attrib
    if normal.order or important.order or "style" in said or _tags[child._etree_node.tag] in _WRITTEN:
        _cascade(node, child)
        return
    for name, value in node.attrib.items():
        if name not in said and name not in NOT_INHERITED_ATTRIBUTES:
            said[name] = value
    if "font" in said or not _ELSEWHERE.isdisjoint(said.values()):
        _cascade(node, child)
