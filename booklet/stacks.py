"""Blocks one below the other: what is asked of each pair of them, answered without walking through all they hold.

In come boxes of WeasyPrint 70.0 that are laid out, or wait to be; out go the margins between them, whether a page may
be broken there, and the names of their pages. Breaks that somebody wished for are the engine's to weigh.
"""

from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block

_FORMAT = itemgetter("float", "position", "overflow", "display")
_USUAL = ("none", "static", "visible")
_BARE = {side: {f"margin_{side}": 0, f"padding_{side}": 0, f"border_{side}_width": 0} for side in (
    "top", "right", "bottom", "left")}
_PARALLEL = (boxes.BlockLevelBox, boxes.TableRowGroupBox, boxes.TableRowBox)
_ROWS = (boxes.InlineBox, boxes.LineBox)
_break, _move = block.block_level_page_break, block.relative_positioning
_establishes = boxes.Box.establishes_formatting_context


def collapse_margin(margins: Iterable[float]) -> float:
    """Return what is left of margins that meet: the largest, and the most that is taken from it."""
    high: float = 0
    low: float = 0
    for margin in margins:
        if margin > high:
            high = margin
        elif margin < low:
            low = margin
    return high + low


def establishes(box: Any) -> bool:
    """Tell whether floats and margins within a box stay there."""
    *usual, display = _FORMAT(box.style)
    if tuple(usual) != _USUAL or box.is_column or len(display) != 2:
        return bool(_establishes(box))
    if isinstance(box, boxes.BlockContainerBox) and not isinstance(box, boxes.BlockBox):
        return True
    return bool(display[1] == "flow-root")


def reset_spacing(box: Any, side: str) -> None:
    """Take margin, padding and border from a side of a box."""
    box.remove_decoration_sides.add(side)
    box.__dict__.update(_BARE[side])


def _flows(box: Any) -> bool:
    return bool(box.is_in_normal_flow() or box.is_floated())


def _page_at(box: Any, end: bool) -> str:
    """Return the name of the page that a box begins or ends on."""
    name: str = box.style["page"]
    while isinstance(box, boxes.ParentBox) and not isinstance(box, boxes.TableBox):
        box = next(filter(_flows, reversed(box.children) if end else box.children), None)
        if box is None:
            break
        name = box.style["page"] or name
    return name


def page_name(before: Any, after: Any) -> str | None:
    """Return the name of the page that a box needs which may not stand on the same page as the one before it."""
    name = _page_at(after, end=False)
    return None if _page_at(before, end=True) == name else name


def _is_free(box: Any, side: str, place: int) -> bool:
    """Tell whether nobody wished for anything at a side of a box, or of what it holds there."""
    while isinstance(box, _PARALLEL) and _flows(box):
        if box.style[side] != "auto":
            return False
        if not box.children:
            break
        box = box.children[place]
    return True


def page_break(before: Any, after: Any) -> Any:
    """Return what is wished for between two boxes."""
    if _is_free(before, "break_after", -1) and _is_free(after, "break_before", 0):
        return "auto"
    return _break(before, after)


def relative_positioning(box: Any, containing_block: Any) -> None:
    """Move a box, and what is on its lines, as far as is wished."""
    if box.style["position"] == "relative":
        _move(box, containing_block)
    elif isinstance(box, _ROWS):
        for child in box.children:
            if isinstance(child, boxes.TextBox):
                if child.style["position"] == "relative":
                    _move(child, containing_block)
            else:
                relative_positioning(child, containing_block)
