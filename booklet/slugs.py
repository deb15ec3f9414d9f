"""Lines of words alone, cast in one piece: what most lines of a text are.

In comes what WeasyPrint 70.0 asks for the next line of a paragraph; out goes the same line box, without the lists of
floats, placeholders and children that wait for others. Only where one box of words fills the line, from left to right
and beside nothing that floats: any other line is put together from pieces, or the engine's. Where a line ends is for
others to say.
"""

from typing import Any

from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.layout import inline
from weasyprint.text import line_break

from booklet import sticks
from booklet.shaping import Kept, strut

_ALMOST = 1 + 1e-9
"""The engine lets lines be so much wider than their room."""
_COLLAPSING = ("normal", "nowrap")
_next, _split_text = inline.get_next_linebox, inline.split_text_box


def split_text_box(
    context: Any, box: Any, available_width: float | None, skip: int, is_line_start: bool = True
) -> tuple[Any, int | None, Any]:
    """Return a box of the words that fit, how many bytes to skip for the next line, and whether a break was kept."""
    style, text = box.style, box.text.encode()[skip:].decode() if skip else box.text
    if style["font_size"] == 0 or not text:
        return None, None, False
    layout, length, resume, width, height, baseline = line_break.split_first_line(
        text, style, context, available_width, box.justification_spacing, is_line_start=is_line_start)
    if type(layout) is not Kept:
        return _split_text(context, box, available_width, skip, is_line_start)  # type: ignore[no-any-return]
    following = None if resume is None else resume + skip
    if length <= 0:
        return None, following, False
    new = box.copy_with_text(layout.text)
    leading = (strut(style)[0] - height) / 2
    new.__dict__.update(
        width=width, pango_layout=layout, height=height, margin_top=leading, margin_bottom=leading,
        baseline=baseline + leading)
    return new, following, False


def _beginning(linebox: Any, skip_stack: Any) -> tuple[int, Any, int] | None:
    """Return the box of words that a line begins with, its place and the bytes of it to skip; None when it is none."""
    index, inner = (0, None) if skip_stack is None else next(iter(skip_stack.items()))
    child: Any = linebox.children[index] if index < len(linebox.children) else None
    if type(child) is not TextBox or child.style["white_space"] not in _COLLAPSING or not child.is_in_normal_flow():
        return None
    skip = next(iter(inner)) or 0 if inner else 0
    rest = child.text.encode()[skip:]
    words = rest.lstrip(b" ")
    return (index, child, skip + len(rest) - len(words)) if words else None


def _is_plain(linebox: Any, containing_block: Any) -> bool:
    """Tell whether a line stands as it is in its block, without margins of its own."""
    style = linebox.style
    return (
        style["direction"] == containing_block.style["direction"] == "ltr" and style["position"] == "static"
        and not (linebox.margin_left or linebox.margin_right or linebox.margin_top)
        and not (linebox.padding_right or linebox.border_right_width))


def _align(context: Any, line: Any, words: Any, available_width: float, last: bool) -> None:
    """Put words on the baseline of a line, and the line in its place."""
    x, y = inline.text_align(context, line, available_width, last=last), line.position_y
    top, height = 0 - words.baseline, words.margin_height()
    words.position_y, own = top, 0 - line.baseline
    bottom = max(top + height, own + line.margin_height())
    top = min(top, own)
    line.__dict__.update(baseline=-top, position_y=top, height=bottom - top, margin_top=0, margin_bottom=0)
    line.translate(x, y - top)
    line.position_y = y


def get_next_linebox(context: Any, linebox: Any, position_y: float, *rest: Any) -> tuple[Any, Any]:
    """Return the next line of a paragraph, and where the one after it begins."""
    _, skip_stack, containing_block, *_, letter_style, line_style = rest
    if not (letter_style or line_style or context.excluded_shapes) and _is_plain(linebox, containing_block):
        found = _beginning(linebox, skip_stack)
        made, known = _cast(context, linebox, position_y, containing_block, found) if found else (None, None)
        made = made or sticks.compose(context, linebox, position_y, containing_block, skip_stack, known=known)
        if made:
            return made
    return _next(context, linebox, position_y, *rest)  # type: ignore[no-any-return]


def _cast(
    context: Any, linebox: Any, position_y: float, containing_block: Any, found: tuple[int, Any, int]
) -> tuple[tuple[Any, Any] | None, Any]:
    """Return a line of one box of words, and where the next begins, or None when it has other boxes too; and the words.
    """
    index, child, skip = found
    linebox.position_y, linebox.width, linebox.height = position_y, 0, 0
    x, y, room = inline.avoid_collisions(context, linebox, containing_block, outer=False)
    linebox.position_x, linebox.position_y, child.position_y = x, y, y
    end = (x + room) * _ALMOST
    inline.resolve_percentages(child, containing_block)
    child.position_x = x + linebox.text_indent
    known = words, resume, kept = inline.split_text_box(
        context, child, end - child.position_x, skip, is_line_start=True)
    if words is None or (resume is None and index + 1 < len(linebox.children)):
        return None, known
    edge = words.position_x + words.margin_width()
    if edge > end or words.style["vertical_align"] != "baseline":
        return None, known
    line = linebox.copy_with_children([words])
    line.remove_decoration(start=bool(index or skip), end=resume is not None)
    line.width = edge - line.content_box_x()
    inline._adjust_line_height(line)
    linebox.width, linebox.height = line.width, line.height
    if words.text.endswith(" "):
        inline.remove_last_whitespace(context, line)
    _align(context, line, words, room, resume is None or kept)
    return (line, None if resume is None else {index: {resume: None}}), known
