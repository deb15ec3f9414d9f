"""Boxes → the page, in the order in which they are painted: most lie flat on their page and hold words.

In come laid-out boxes of WeasyPrint 70.0; out goes what it writes for them. A box that holds what it held before need
not be copied to be painted, and lines without ground or border are gone through at once. Boxes that stand before or
behind others, grounds and borders are the engine's.
"""

from operator import is_, itemgetter
from typing import Any

from weasyprint import draw, stacking
from weasyprint.formatting_structure import boxes
from weasyprint.pdf.stream import Stream

from booklet.edges import draw_border

_FLAT = itemgetter("position", "z_index", "float", "opacity", "transform", "overflow")
_USUAL = ("static", "auto", "none", 1, (), "visible")
_ROWS = (boxes.LineBox, boxes.InlineBox)
_ALONE = (boxes.InlineBlockBox, boxes.InlineFlexBox, boxes.InlineGridBox)
"""What is painted as if it were a page of its own."""
_FROM_HERE = 0, "clip", "none"
"""How a line is painted: how far off, and what becomes of words that are too long."""
_dispatch, _draw_inline = stacking._dispatch, draw.draw_inline_level
_set_color = Stream.set_color
_SIMPLE = frozenset(("srgb", "device-cmyk"))
"""Of spaces: those in which a colour is the same lines in all documents."""
_MOST = 1024


class _Ink:
    """A colour, kept so that no other takes its place in memory."""

    __slots__ = ("alpha", "channels", "color", "lines")

    def __init__(self, color: Any) -> None:
        self.color, self.channels, self.alpha = color, (color.space, *color.coordinates), f"a{color.alpha}"
        self.lines: list[bytes] = []


_channels: dict[int, _Ink] = {}


class _Stacked:
    """Saves and restores the state of a page."""

    __slots__ = ("stream",)

    def __init__(self, stream: Any) -> None:
        self.stream = stream

    def __enter__(self) -> None:
        self.stream.push_state()

    def __exit__(self, *_: object) -> None:
        self.stream.pop_state()


class _Marked:
    """Marks what is painted for readers."""

    __slots__ = ("begin", "stream")

    def __init__(self, stream: Any, *begin: bytes) -> None:
        self.stream, self.begin = stream, begin

    def __enter__(self) -> None:
        self.stream.stream += self.begin

    def __exit__(self, *_: object) -> None:
        self.stream.stream.append(b"EMC")


class _Unmarked:
    """Does nothing."""

    __slots__ = ()

    def __enter__(self) -> None:
        """Begin nothing."""

    def __exit__(self, *_: object) -> None:
        """End nothing."""


_UNMARKED = _Unmarked()


def stacked(stream: Any) -> Any:
    """Save the state of a page and restore it after what is painted within."""
    return _Stacked(stream)


def marked(stream: Any, box: Any, tag: str) -> Any:
    """Mark what is painted within for readers, where anything is marked for them."""
    tags = stream._tags
    if tags is None:
        return _UNMARKED
    assert box not in tags
    number = len(tags)
    tags[box] = {"tag": tag, "mcid": number}
    return _Marked(stream, b"/" + tag.encode("ascii"), b"<</MCID %d>>" % number, b"BDC")


def artifact(stream: Any) -> Any:
    """Mark what is painted within as ornament, where anything is marked."""
    return _UNMARKED if stream._tags is None else _Marked(stream, b"/Artifact", b"BMC")


def set_color(stream: Any, color: Any, stroke: bool = False) -> None:
    """Take a colour to paint with, unless it was taken before."""
    known = _channels.get(id(color))
    if known is None:
        if len(_channels) >= _MOST:
            _channels.clear()
        known = _channels[id(color)] = _Ink(color)
    if stroke:
        _set_color(stream, color, stroke)
        return
    if stream._current_alpha != known.alpha:
        stream.set_alpha(color.alpha)
    if stream._current_color == known.channels:
        return
    if known.lines:
        stream._current_color = known.channels
        stream.stream += known.lines
        return
    begin = len(stream.stream)
    _set_color(stream, color)
    if color.space in _SIMPLE:
        known.lines = stream.stream[begin:]


def dispatch(box: Any, page: Any, *lists: Any) -> Any:
    """Sort a box and what it holds by the order of painting; return it unless it is painted elsewhere."""
    if type(box) is boxes.LineBox:
        return dispatch_children(box, page, *lists)  # styled by the engine alone, as a text is
    if not isinstance(box, boxes.Box) or isinstance(box, _ALONE) or _FLAT(box.style) != _USUAL:
        return _dispatch(box, page, *lists)
    block = isinstance(box, boxes.BlockLevelBox)
    if not block and not isinstance(box, boxes.TableCellBox):
        return dispatch_children(box, page, *lists)
    contexts, blocks, floats, inner = lists
    place, own = len(blocks), dict[Any, Any]()
    box = dispatch_children(box, page, contexts, blocks, floats, own)
    if block:
        blocks.insert(place, box)
    inner[box] = own
    return box


def dispatch_children(box: Any, page: Any, *lists: Any) -> Any:
    """Sort what a box holds; return the box with what is left in it, which is the same when all of it is."""
    if not isinstance(box, boxes.ParentBox):
        return box
    # A text is styled by nobody but the engine, and so lies flat
    kept = [child if type(child) is boxes.TextBox else dispatch(child, page, *lists) for child in box.children]
    if all(map(is_, kept, box.children)):
        return box
    return box.copy_with_children([child for child in kept if child is not None])


def _draw_ground(stream: Any, box: Any) -> None:
    """Paint what lies under the words of a box."""
    if box.style["mask_border_source"][0] != "none":
        draw.set_mask_border(stream, box)
    if box.background is not None:
        draw.draw_background(stream, box.background)
    draw_border(stream, box)


def draw_inline_level(stream: Any, page: Any, box: Any, *how: Any) -> None:
    """Paint a line or a box in it."""
    kind = type(box)
    if kind not in _ROWS or not box.children:
        _draw_inline(stream, page, box, *how)
        return
    offset_x, text_overflow, block_ellipsis = how or _FROM_HERE
    if kind is boxes.LineBox:  # which has neither ground nor border
        text_overflow, block_ellipsis = box.text_overflow, box.block_ellipsis
    else:
        _draw_ground(stream, box)
    last, left, draw_text = box.children[-1], box.position_x, draw.draw_text
    for child in box.children:
        ellipsis = block_ellipsis if child is last else "none"
        if type(child) is boxes.TextBox:
            if stream._tags is None:
                draw_text(stream, child, offset_x + child.position_x - left, text_overflow, ellipsis)
                continue
            with stream.marked(child, "Span"):
                draw_text(stream, child, offset_x + child.position_x - left, text_overflow, ellipsis)
        elif isinstance(child, stacking.StackingContext):
            draw_inline_level(stream, page, child, offset_x, text_overflow, ellipsis)
        else:
            draw_inline_level(stream, page, child, offset_x + child.position_x - left, text_overflow, ellipsis)
