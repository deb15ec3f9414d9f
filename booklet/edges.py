"""Borders and outlines: boxes that have none are passed by at once.

In come boxes as WeasyPrint 70.0 paints them. A plain line on one side is drawn at once; whatever else has a
border, a picture for one, or columns is the engine's.
"""

from typing import Any

from weasyprint.draw import border
from weasyprint.formatting_structure import boxes

from booklet.cascade import NO_RADII
from booklet.numerals import numbers

_WIDTHS = {side: f"border_{side}_width" for side in border.SIDES}
_draw_border, _draw_outline = border.draw_border, border.draw_outline


def draw_border(stream: Any, box: Any) -> None:
    """Draw the borders of a box, and the rules between its columns."""
    if box.border_top_width or box.border_right_width or box.border_bottom_width or box.border_left_width:
        side = _only_side(box)
        if side is None:
            _draw_border(stream, box)
        else:
            _draw_side(stream, box, side)
    elif isinstance(box, boxes.BlockContainerBox) or box.style["border_image_source"][0] != "none":
        style = box.style
        plain = style["column_width"] == style["column_count"] == "auto"
        if not plain or style["border_image_source"][0] != "none":
            _draw_border(stream, box)


def _only_side(box: Any) -> str | None:
    """Return on which side alone a box has a plain line; None when there is more to it, or nothing to see."""
    style = box.style
    sides = [side for side, width in _WIDTHS.items() if getattr(box, width)]
    side = sides[0]
    if len(sides) > 1 or style[f"border_{side}_style"] != "solid" or style["visibility"] != "visible":
        return None
    if style["border_image_source"][0] != "none" or style["column_width"] != "auto" or style["column_count"] != "auto":
        return None
    square = all(getattr(box, corner) == radius for corner, radius in NO_RADII.items())
    return side if square and border.get_color(style, f"border_{side}_color").alpha else None


def _draw_side(stream: Any, box: Any, side: str) -> None:
    """Draw a line on one side of a box as the engine does: the ground within cut out of the box, on that side."""
    x, y, wide, high = box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height()
    top, right, bottom, left = (getattr(box, width) for width in _WIDTHS.values())
    with stream.artifact(), stream.stacked():
        if side == "top" or side == "bottom":
            way, down = (y, top) if side == "top" else (y + high, -bottom)
            path = (x + wide, way), (x, way), (x + left, way + down), (x + wide - right, way + down)
        else:
            way, over = (x, left) if side == "left" else (x + wide, -right)
            path = (way, y + high), (way, y), (way + over, y + top), (way + over, y + high - bottom)
        steps = zip(path, b"mlll", strict=True)
        stream.stream += [b"%b %b %c" % (numbers[first], numbers[second], how) for (first, second), how in steps]
        stream.clip(even_odd=True)
        stream.end()
        stream.set_color(border.get_color(box.style, f"border_{side}_color"))
        stream.rectangle(x + left, y + top, wide - left - right, high - top - bottom)
        stream.rectangle(x, y, wide, high)
        stream.fill(even_odd=True)


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
