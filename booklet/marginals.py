"""Words that stand beside the text on a line of their own: numbers of lists, words in charts, notes in the margin.

In comes what WeasyPrint 70.0 asks for a box that is placed absolutely, or for the width of a box as wide as its words;
out goes the same box. Only where one line of plain words fills it: all that a block may hold otherwise, and all that a
page's end may do to it, is the engine's.
"""

from math import inf
from operator import itemgetter
from typing import Any

from weasyprint.formatting_structure.boxes import BlockBox, InlineBox, LineBox, TextBox
from weasyprint.layout import absolute, block, inline
from weasyprint.text import line_break

from booklet.cascade import shrink_to_fit as _shrink

_FIXED, _KEPT = ("nowrap", "pre", "pre-wrap"), ("pre", "pre-wrap")
"""White space that does not break lines, or hardly; and such that is shown as it is written."""
_MENDED = frozenset(("p", "li", "dd", "figcaption"))
"""Paragraphs, the lines of which somebody may want otherwise."""
_USUAL = {"position": "absolute", "overflow": "visible", "continue": "auto", "max_lines": "none",
          "box_decoration_break": "slice"}
_WIDTHS, _ANY = itemgetter("width", "min_width", "max_width"), ("auto", "auto", (inf, "px"))
_block = absolute.absolute_block


def _lone(box: Any) -> Any:
    """Return the only box of words of a block; None when it holds anything else."""
    if type(box) is not BlockBox or len(box.children) != 1 or type(line := box.children[0]) is not LineBox:
        return None
    return line.children[0] if len(line.children) == 1 and type(line.children[0]) is TextBox else None


def shrink_to_fit(context: Any, box: Any, available_content_width: float) -> float:
    """Return how wide a box is that is as wide as its words."""
    words = _lone(box)
    if words is not None and _WIDTHS(box.style) == _ANY:
        text, style = words.text, words.style
        whole = text == text.strip() or style["white_space"] in _KEPT
        if text and whole and box.children[0].style["text_indent"] == (0, "px") and words.is_in_normal_flow():
            answer = line_break.split_first_line(
                text, style, context, None, words.justification_spacing, is_line_start=True, minimum=True)
            rest, width = answer[2:4]
            if rest is None and width < available_content_width:
                return width  # type: ignore[no-any-return]
    return _shrink(context, box, available_content_width)


def _still(box: Any) -> bool:
    """Tell whether a box holds words alone, which stay where they are put."""
    style = box.style
    if style["position"] != "static" or style["float"] != "none" or style["white_space"] not in _FIXED:
        return False
    kind = type(box)
    return kind is TextBox or (kind is InlineBox and not box.is_leader and all(map(_still, box.children)))


def _is_plain(context: Any, box: Any) -> bool:
    """Tell whether a block is one line of words."""
    if type(box) is not BlockBox or box.is_table_wrapper or box.element_tag in _MENDED or len(box.children) != 1:
        return False
    (line,), style = box.children, box.style
    if type(line) is not LineBox or context.footnotes or box.force_fragmentation:
        return False
    if box.first_line_style is not None or box.first_letter_style is not None:
        return False
    return all(style[name] == value for name, value in _USUAL.items()) and all(map(_still, line.children))


def _set(context: Any, box: Any, bottom_space: float, fixed_boxes: Any) -> Any:
    """Return a block with its line; None when it has more than one, or not the room."""
    (line,) = box.children
    line.position_x, line.position_y = box.content_box_x(), box.content_box_y()
    inline.resolve_percentages(line, box)
    inline.resolve_one_percentage(line, "text_indent", box.width)
    made, resume = inline.get_next_linebox(
        context, line, line.position_y, bottom_space, None, box, [], fixed_boxes, None, None)
    if made is None or resume is not None or context.overflows_page(bottom_space, made.position_y + made.height):
        return None
    made.resume_at = None
    new = box.copy_with_children([made])
    if new.height == "auto":
        new.height = max(0, made.position_y + made.height - new.content_box_y())
    return new


def _lay_out(context: Any, box: Any, bottom_space: float, fixed_boxes: Any) -> tuple[Any, Any]:
    """Return a block as it is laid out, and where its rest begins."""
    context.create_block_formatting_context(box)
    box.position_y += block.collapse_margin([box.margin_top]) - box.margin_top
    new = _set(context, box, bottom_space, fixed_boxes)
    context.finish_block_formatting_context(new or box)
    if new is None:
        made, resume, *_ = block.block_container_layout(
            context, box, bottom_space, None, page_is_empty=True, absolute_boxes=[], fixed_boxes=fixed_boxes,
            adjoining_margins=None, first_letter_style=None, first_line_style=None, discard=False, max_lines=None)
        return made, resume
    new.height = max(min(new.height, new.max_height), new.min_height)
    return new, None


def absolute_block(context: Any, box: Any, containing_block: Any, *rest: Any) -> tuple[Any, Any]:
    """Return a block that is placed absolutely, and where its rest begins."""
    fixed_boxes, bottom_space, skip_stack, *room = rest
    if skip_stack or not _is_plain(context, box):
        return _block(context, box, containing_block, *rest)  # type: ignore[no-any-return]
    by_width, x = absolute.absolute_width(box, context, *room)
    by_height, y = absolute.absolute_height(box, context, *room)
    new, resume = _lay_out(context, box, bottom_space + (-box.position_y if by_height else y), fixed_boxes)
    new.translate(x - new.width if by_width else x, y - new.height if by_height else y)
    return new, resume
