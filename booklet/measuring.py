"""Laid-out boxes → measures: what stands on which page, how large, and where it comes from.

In come the pages of the layout engine, whose box tree is private to WeasyPrint 70.0; only ``engine`` may hand it over.
Out goes plain data. It judges nothing, and imports no engine.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from booklet.measures import BESIDE, FLOW, MARGIN, NOTE, Home, Leaf, Line, Measures, Note, Paragraph, Thing, Words

_MM = 25.4 / 96
_PT = 0.75
_RAISED = 0.5
"""In px: words whose baseline is farther from the line's are raised or lowered."""
_SHAPES = {"table", "img", "svg", "figure", "figcaption", "pre", "aside"}
_TAIL, _HEAD = re.compile(r"([^\W\d_]+)-$"), re.compile(r"[^\W\d_]+")
_TEXTS = {"p", "li", "dt", "dd", "td", "th", "h1", "h2", "h3", "h4", "figcaption"}
_END = 5
"""Letters at the end of a text that must stand at the end of its last line."""
_PICTURES = "book://x/pictures/"
_NOT_FLOW = ("absolute", "fixed")
_EDGES = "top", "bottom", "left", "right"


def colour_of(colour: Any) -> str:
    """Return a colour of the engine in words; empty for one that does not cover what lies behind."""
    if getattr(colour, "alpha", 0) < 1:
        return ""
    if colour.space == "device-cmyk":
        return "cmyk " + " ".join(f"{100 * part:g}" for part in colour.coordinates)
    return "#" + "".join(f"{min(255, max(0, round(255 * part))):02x}" for part in colour.to("srgb").coordinates)


class _Spot(Struct, frozen=True):
    """What is inherited on the way down the tree."""

    home: Home
    ground: str
    start: float = 0
    end: float = 0


def _inner(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        yield getattr(child, "_box", child)


def _texts(box: Any, ground: str) -> Iterator[tuple[Any, str]]:
    """Yield the text boxes of a line with the colour behind each; what is placed beside it is no part of it."""
    for child in _inner(box):
        if child.style["position"] in _NOT_FLOW:
            continue
        behind = colour_of(child.style["background_color"]) or ground
        if type(child).__name__ == "TextBox":
            yield child, behind
        else:
            yield from _texts(child, behind)


def _in_mm(*sizes: float) -> list[float]:
    return [round(size * _MM, 3) for size in sizes]


def _home(element: Any, tag: str, outer: Home) -> Home:
    """Return where an element comes from that stands within another."""
    names, number = (tag, *(element.get("class") or "").split()), element.get("data-b")
    return replace(
        outer, tag=tag, within=tuple(dict.fromkeys((*outer.within, *names))),
        block=int(number) if number else outer.block,
        below=int(element.get("data-l") or (0 if number else outer.below)), anchor=element.get("id") or outer.anchor)


def _letters(text: str) -> str:
    return "".join(_HEAD.findall(text.replace("\u00ad", "").lower()))


class _Surveyor:
    """Walks the pages of one unit."""

    def __init__(self, root: Any) -> None:
        self.face = root.style["font_family"], root.style["font_size"]
        self.paragraphs: dict[object, tuple[Home, Any, list[Line]]] = {}
        self.things: list[Thing] = []
        self.calls: dict[int, tuple[int, float, float, Home]] = {}
        self.bodies: dict[int, tuple[int, str]] = {}
        self.keys: dict[int, int] = {}
        self.low, self.term = 0.0, ""
        self.shown: set[int] = set()

    def walk(self, box: Any, page: int, spot: _Spot) -> None:
        """Note a box and all that it holds."""
        tag = box.element_tag or ""
        if getattr(box, "is_outside_marker", False):
            return
        spot = self.enter(box, tag, spot)
        kind = type(box).__name__
        children = list(_inner(box))
        if any(type(child).__name__ == "LineBox" for child in children):
            self.read_paragraph(box, children, page, spot)
        self.note_thing(box, kind, page, spot)
        sized = hasattr(box, "content_box_x") and isinstance(getattr(box, "width", None), float | int)
        if sized and not box.is_table_wrapper:  # as wide as its table, and no column
            start = box.content_box_x()
            spot = replace(spot, start=start, end=start + box.width)
        for child in children:
            if type(child).__name__ != "LineBox":
                self.walk(child, page, spot)
            else:
                self.walk_line(child, page, spot)

    def walk_line(self, line: Any, page: int, spot: _Spot) -> None:
        """Note the pictures and calls of notes in a line, and what floats from it."""
        for child in _inner(line):
            kind, tag = type(child).__name__, child.element_tag or ""
            if tag.endswith("::footnote-call") and kind == "InlineBox":
                place = page, child.position_x * _MM, child.position_y * _MM, spot.home
                self.calls.setdefault(id(child.element), place)
            elif kind in ("BlockBox", "BlockReplacedBox", "InlineReplacedBox", "FlexBox"):
                self.walk(child, page, spot)
            else:
                self.walk_line(child, page, spot)

    def enter(self, box: Any, tag: str, spot: _Spot) -> _Spot:
        """Return what holds within a box."""
        home, element = spot.home, box.element
        ground = colour_of(box.style["background_color"]) or spot.ground
        if element is not None and "::" not in tag and not getattr(box, "is_for_root_element", False):
            if tag == "dt":
                self.term = element.get("id") or ""
            home = _home(element, tag, home)
            home = replace(
                home, anchor=self.term if tag == "dd" and self.term else home.anchor,
                figure=self.key(element) if tag == "figure" else home.figure)
        aside = box.style["position"] in _NOT_FLOW or box.style["float"] in ("left", "right")
        if home.place == FLOW and aside:
            home = replace(home, place=BESIDE)
        if element is not None:
            self.shown.add(id(element))
        return _Spot(home, ground, spot.start, spot.end)

    def read_paragraph(self, box: Any, children: list[Any], page: int, spot: _Spot) -> None:
        """Note the lines of a block on a page."""
        edge = box.content_box_x() + box.width
        lines = [made for child in children if type(child).__name__ == "LineBox"
                 if (made := self.read_line(child, page, edge, spot))]
        if not lines:
            return
        element = box.element
        key: object = id(element), box.element_tag
        _, _, known = self.paragraphs.setdefault(key, (spot.home, element, []))
        while known and known[-1].page == page:  # another run of lines within one element
            key = key, page
            _, _, known = self.paragraphs.setdefault(key, (spot.home, element, []))
        known += lines
        if spot.home.place == FLOW:
            self.low = max(self.low, *(line.bottom for line in lines))

    def read_line(self, line: Any, page: int, edge: float, spot: _Spot) -> Line | None:
        """Return a line box as a line; None when it holds no words."""
        texts = [(box, ground) for box, ground in _texts(line, spot.ground) if box.text]
        if not "".join(box.text for box, _ in texts).strip():
            return None
        main = max(texts, key=lambda one: len(one[0].text))[0]
        baseline = main.position_y + main.baseline
        words: list[Words] = []
        for box, ground in texts:
            style = box.style
            made = Words(
                box.text.replace("\u00ad", ""), round(style["font_size"] * _PT, 2), style["font_weight"] >= 600,
                abs(box.position_y + box.baseline - baseline) > _RAISED, colour_of(style["color"]), ground)
            if words and replace(words[-1], text=made.text) == made:
                words[-1] = replace(made, text=words[-1].text + made.text)
            else:
                words.append(made)
        solid = [box for box, _ in texts if box.text.strip()]
        left, right = min(box.position_x for box in solid), max(box.position_x + box.width for box in solid)
        body = (main.style["font_family"], main.style["font_size"]) == self.face
        top, bottom = line.position_y, line.position_y + line.height
        left, right, top, bottom, baseline, edge = _in_mm(left, right, top, bottom, baseline, edge)
        return Line(page, left, right, top, bottom, baseline, edge, tuple(words), body)

    def note_thing(self, box: Any, kind: str, page: int, spot: _Spot) -> None:
        """Note a box that has edges of its own."""
        style, tag = box.style, spot.home.tag
        replaced = kind.endswith("ReplacedBox")
        block = hasattr(box, "border_height") and isinstance(getattr(box, "height", None), float | int)
        if not block or kind in ("PageBox", "TableRowBox", "TableCellBox", "TableRowGroupBox", "LineBox"):
            return
        left, top = box.border_box_x(), box.border_box_y()
        right, bottom = left + box.border_width(), top + box.border_height()
        seen = replaced or colour_of(style["background_color"]) or any(
            getattr(box, f"border_{side}_width", 0) for side in _EDGES)
        if spot.home.place == FLOW and seen and not getattr(box, "is_for_root_element", False):
            self.low = max(self.low, bottom * _MM)
        own = box.element is not None and "::" not in (box.element_tag or "")
        whole = style["break_inside"] in ("avoid", "avoid-page")
        if own and (replaced or whole or tag in _SHAPES) and kind != "TableWrapper":
            key = self.key(box.element)
            left, top, right, bottom, start, end = _in_mm(left, top, right, bottom, spot.start, spot.end)
            source = (box.element.get("src") or "").removeprefix(_PICTURES)
            self.things.append(Thing(key, spot.home, page, left, top, right, bottom, start, end, bool(whole), source))

    def key(self, element: Any) -> int:
        """Return the number of an element, the same for all boxes that it becomes."""
        return self.keys.setdefault(id(element), len(self.keys))

    def found(self) -> tuple[Paragraph, ...]:
        """Return the paragraphs in the order of the document, with the words that their lines break."""
        return tuple(
            Paragraph(home, _with_breaks(lines, element)) for home, element, lines in self.paragraphs.values())


    def lost(self, element: Any, home: Home) -> Iterator[tuple[Home, str]]:
        """Yield the words of an element, and of all within, that stand on no page."""
        for child in element:
            tag = child.tag if isinstance(child.tag, str) else ""
            inner = _home(child, tag, home)
            text = " ".join((child.text or "").split())
            if text and tag in _TEXTS and id(child) not in self.shown:
                yield inner, text
            elif text and not len(child) and (lines := self.lines_of(child, tag)):
                words = _letters("".join(line.text for line in lines))
                if not words.endswith(_letters(text)[-_END:]):
                    yield inner, text[-30:]
            if tag != "head":
                yield from self.lost(child, inner)

    def lines_of(self, element: Any, tag: str) -> list[Line]:
        """Return the lines of an element that stands on its own; none where it runs on in another's."""
        return self.paragraphs.get((id(element), tag), (None, None, []))[2]


    def repairs(self) -> Iterator[tuple[int, int, str, float]]:
        """Yield what was set tighter or looser, or moved, which is set apart by nothing."""
        for home, element, lines in self.paragraphs.values():
            if home.place != MARGIN and element is not None and (
                    set_apart := element.get("data-set") or element.get("data-moved")):
                yield home.block, home.below, lines[0].text[:30].strip(), float(set_apart)


def _with_breaks(lines: list[Line], element: Any) -> tuple[Line, ...]:
    """Return lines with the words that their ends break; a hyphen that the author wrote breaks nothing."""
    made = list(lines)
    source = ""
    for index, (line, after) in enumerate(pairwise(lines)):
        tail, head = _TAIL.search(line.text), _HEAD.match(after.text)
        if tail and head:
            source = source or "".join(element.itertext()).replace("\u00ad", "").lower()
            if (tail[1] + head[0]).lower() in source:
                made[index] = replace(line, broken=f"{tail[1]}-{head[0]}")
    return tuple(made)


def _measure_page(page: Any, number: int, surveyor: _Surveyor, strut: tuple[float, float]) -> Leaf:
    """Walk one page, and return its measures."""
    surveyor.low = 0.0
    nowhere = Home(-1, 0, "", "", (), FLOW)
    behind = colour_of(page.style["background_color"])
    notes_height = 0.0
    start, end = page.content_box_x(), page.content_box_x() + page.width
    for child in _inner(page):
        kind = type(child).__name__
        place = NOTE if kind == "FootnoteAreaBox" else MARGIN if kind == "MarginBox" else FLOW
        surveyor.walk(child, number, _Spot(replace(nowhere, place=place), behind, start, end))
        if place == NOTE and child.children:
            notes_height = child.margin_height() * _MM
            for note in _inner(child):
                words = " ".join("".join(note.element.itertext()).split())
                surveyor.bodies.setdefault(id(note.element), (number, words))
    step, baseline = strut
    top = page.content_box_y()
    width, height, left, up, right, bottom, line, first = _in_mm(
        page.margin_width(), page.margin_height(), start, top, end, top + page.height, step, top + baseline)
    low = max(surveyor.low, up)
    return Leaf(width, height, left, up, right, bottom, line, first, round(low + notes_height, 3))


def measure(pages: list[Any], strut: Any) -> Measures:
    """Return what the pages of a unit measure; ``strut`` gives a style's line height and the baseline in it, in px."""
    root = next(_inner(pages[0]))
    surveyor = _Surveyor(root)
    grid = strut(root.style)
    leaves = tuple(_measure_page(page, number, surveyor, grid) for number, page in enumerate(pages))
    notes = tuple(
        Note(home, call, *surveyor.bodies[key][:1], round(x, 3), round(y, 3), surveyor.bodies[key][1][:60])
        for key, (call, x, y, home) in surveyor.calls.items() if key in surveyor.bodies)
    nowhere = Home(-1, 0, "", "", (), FLOW)
    return Measures(
        leaves, surveyor.found(), tuple(surveyor.things), notes, tuple(surveyor.lost(root.element, nowhere)),
        tuple(surveyor.repairs()))
