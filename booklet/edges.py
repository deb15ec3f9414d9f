"""Borders and outlines: boxes that have none are passed by at once.

In come boxes as WeasyPrint 70.0 paints them. Whatever has a border, a picture for one, or columns is the engine's.
"""

from typing import Any

from weasyprint.draw import border
from weasyprint.formatting_structure import boxes

_draw_border, _draw_outline = border.draw_border, border.draw_outline


def draw_border(stream: Any, box: Any) -> None:
    """Draw the borders of a box, and the rules between its columns."""
    if box.border_top_width or box.border_right_width or box.border_bottom_width or box.border_left_width:
        _draw_border(stream, box)
    elif isinstance(box, boxes.BlockContainerBox) or box.style["border_image_source"][0] != "none":
        style = box.style
        plain = style["column_width"] == style["column_count"] == "auto"
        if not plain or style["border_image_source"][0] != "none":
            _draw_border(stream, box)


def draw_outline(stream: Any, box: Any) -> None:
    """Draw the outlines of a box and of what it holds."""
    if box.style["outline_width"]:
        _draw_outline(stream, box)
        return
    for child in box.children:
        if isinstance(child, boxes.ParentBox):
            draw_outline(stream, child)
        elif isinstance(child, boxes.Box) and child.style["outline_width"]:
            _draw_outline(stream, child)
