"""Lines put together from words, links and emphasis: what most other lines of a text are.

In comes what WeasyPrint 70.0 asks for the next line of a paragraph, in a block beside nothing that floats; out goes the
same line, without the lists of floats, placeholders and widths beside them that such a line leaves empty. Whatever
stands on a line but words and plain boxes of words is the engine's. Where words end is for others to say.
"""

from contextlib import suppress
from typing import Any

from weasyprint.formatting_structure.boxes import InlineBox, LineBox, TextBox
from weasyprint.layout import inline
from weasyprint.text import line_break

_ALMOST = 1 + 1e-9
"""The engine lets lines be so much wider than their room."""
_SIDES = ("margin_left", "margin_right", "padding_left", "padding_right", "border_left_width", "border_right_width")
_KEEPING = ("pre", "nowrap")
Fit = tuple[Any, Any, str | None, Any]
"""What fits of a box, where the rest begins, and the first and the last sign; True for a space that was taken away."""


class _Other(Exception):
    """The line holds what the engine must lay out."""


class _Stick:
    """A line that is being put together."""

    def __init__(self, context: Any, block: Any, known: Any) -> None:
        self.context, self.block, self.begun, self.known = context, block, False, known
        self.sides = list[tuple[Any, set[str], set[str]]]()

    def undo(self) -> None:
        """Leave all boxes as they were before they were filled: the engine hands a box's sides on to its copy."""
        for box, sides, before in reversed(self.sides):
            box.remove_decoration_sides = sides
            sides.intersection_update(before)

    def _fit(self, box: Any, x: float, end: float, skip_stack: Any) -> Fit:
        """Return as much of a box as has room up to an edge."""
        if not box.is_in_normal_flow():
            raise _Other
        inline.resolve_percentages(box, self.block)
        if type(box) is TextBox:
            return self._words(box, x, end, (next(iter(skip_stack)) or 0) if skip_stack else 0)
        if type(box) is not InlineBox or box.is_leader or any(box.__dict__[side] for side in _SIDES):
            raise _Other
        return self.fill(box, x, end, skip_stack)

    def _words(self, box: Any, x: float, end: float, skip: int) -> Fit:
        box.position_x = x
        made, resume, kept = self.known or inline.split_text_box(
            self.context, box, end - x, skip, is_line_start=not self.begun)
        self.known = None
        if kept:
            raise _Other
        text = box.text
        if resume is None:
            return (made, None, text[0], text[-1]) if text else (made, None, None, None)
        return made, {resume: None}, text[0], text.encode()[:resume].decode()[-1]

    def fill(self, box: Any, x: float, end: float, skip_stack: Any) -> Fit:
        """Return as much of a line, or of a box on it, as has room up to an edge."""
        begin, end, kept, waiting = x, end * _ALMOST, list[Any](), list[Any]()
        first: str | None = None
        last: Any = None
        skip, inner = (0, None) if skip_stack is None else next(iter(skip_stack.items()))
        resume = None
        for index, child in enumerate(box.children[skip:], skip):
            child.position_y = box.position_y
            made, resume, start, stop = self._fit(child, x, end, inner)
            inner = None
            if waiting and _may_break(box, child, last, start):
                kept += waiting
                waiting = []
            first = start if first is None else first
            last = True if child.trailing_collapsible_space else stop
            if made is not None:
                self.begun = self.begun or type(box) is LineBox
                edge = made.position_x + made.margin_width()
                before = edge > end and self._is_over(made, edge, end) and self._back(kept, waiting, skip_stack)
                if before:
                    return self._filled(box, kept, begin, skip_stack, before), before, first, last
                x = edge
                waiting.append((index, made, child))
            if resume is not None:
                resume = {index: resume}
                break
        return self._filled(box, kept + waiting, begin, skip_stack, resume), resume, first, last

    def _is_over(self, made: Any, edge: float, end: float) -> bool:
        """Tell whether more than a space is too much."""
        return bool(edge - inline.trailing_whitespace_size(self.context, made) > end)

    def _back(self, kept: list[Any], waiting: list[Any], skip_stack: Any) -> Any:
        """Return where the rest begins of a line that is too long, and leave what is before; None if that is nothing.
        """
        left = list(waiting)
        while left:
            index, made, child = left.pop()
            if not inline.can_break_inside(made):
                continue
            x, end = made.position_x, made.position_x + made.margin_width() - 1
            while end > x:
                fitted, resume, *_ = self._fit(child, x, end, skip_stack.get(index) if skip_stack else None)
                if resume:
                    kept += left if fitted is None else [*left, (index, fitted, child)]
                    return {index: resume}
                end -= 1
        return {kept[-1][0] + 1: None} if kept else None

    def _filled(self, box: Any, kept: list[Any], begin: float, skip_stack: Any, resume: Any) -> Any:
        """Return a box, or a line, with what has room in it."""
        self.sides.append((box, box.remove_decoration_sides, box.remove_decoration_sides.copy()))
        made = box.copy_with_children([child for _, child, _ in kept])
        made.remove_decoration(start=skip_stack is not None, end=resume is not None)
        if type(box) is not LineBox:
            made.position_x = begin
        last = made.children[-1] if kept else None
        made.width = last.position_x + last.margin_width() - made.content_box_x() if last else 0
        inline._adjust_line_height(made)
        return made


def _may_break(box: Any, child: Any, last: Any, first: str | None) -> bool:
    """Tell whether a line may be broken before a child of a box, between two signs."""
    if last is True:
        last = " "
    elif box.style["white_space"] in _KEEPING:
        return False
    return None not in (last, first) and line_break.can_break_text(last + first, child.style["lang"])


def _stand(box: Any, low: float, high: float) -> tuple[float, float]:
    """Put all of a line on its baseline, and return how far down and up it reaches."""
    for child in box.children:
        if child.style["vertical_align"] != "baseline":
            raise _Other
        top = child.position_y = 0 - child.baseline
        bottom = top + child.margin_height()
        high, low = min(high, top), max(low, bottom)
        if type(child) is InlineBox:
            low, high = _stand(child, low, high)
    return low, high


def _extent(line: Any) -> tuple[float, float]:
    """Return how far down and up a line reaches."""
    top = 0 - line.baseline
    try:
        return _stand(line, top + line.margin_height(), top)
    except _Other:
        return inline.line_box_verticality(line)  # type: ignore[no-any-return]


def compose(context: Any, linebox: Any, position_y: float, block: Any, skip_stack: Any, *, known: Any) -> Any:
    """Return the next line of a paragraph, and where the one after it begins; None when the engine must say.

    ``known`` is what fits of the words that the line begins with, if somebody has asked before.
    """
    skip_stack = inline.skip_first_whitespace(linebox, skip_stack)
    if skip_stack == "continue":
        return None
    linebox.position_y, linebox.width, linebox.height = position_y, 0, 0
    x, y, room = inline.avoid_collisions(context, linebox, block, outer=False)
    linebox.position_x, linebox.position_y = x, y
    stick = _Stick(context, block, known)
    line = None
    with suppress(_Other):
        line, resume, *_ = stick.fill(linebox, x + linebox.text_indent, x + room, skip_stack)
    if line is None or inline.is_phantom_linebox(line):
        stick.undo()
        return None
    linebox.width, linebox.height = line.width, line.height
    inline.remove_last_whitespace(context, line)
    aside = inline.text_align(context, line, room, last=resume is None)
    bottom, top = _extent(line)
    line.__dict__.update(baseline=-top, position_y=top, height=bottom - top, margin_top=0, margin_bottom=0)
    line.translate(aside, y - top)
    line.position_y = y
    return line, resume
