"""Boxes as they are built: most are no part of a table, and most words are written as they will stand.

In come boxes of WeasyPrint 70.0 before they are laid out; out go the same without what tables would add to them and
without spaces that do not count. Tables, rows of boxes and words with spaces, tabs or lines in a row are the engine's.
"""

import re
from typing import Any

from weasyprint.formatting_structure import boxes, build

_TABULAR = (
    boxes.TableBox, boxes.TableRowGroupBox, boxes.TableRowBox, boxes.TableColumnGroupBox, boxes.TableColumnBox)
_UNEVEN = re.compile("  |[\\r\\n\\t]")
_table_boxes, _process_whitespace = build.table_boxes_children, boxes.TextBox.process_whitespace


def create_anonymous_boxes(box: Any) -> Any:
    """Return a box with the boxes that it needs around what it holds, asked for only where there can be any."""
    row = [box]
    for one in row:
        if one.children:
            if type(one.children) is not list:
                one.children = [*one.children]
            row += one.children
    kinds = {type(one) for one in row}
    if any(issubclass(kind, _TABULAR) or kind.proper_table_child or kind.internal_table_or_caption for kind in kinds):
        box = build.anonymous_table_boxes(box)
    if any(issubclass(kind, boxes.FlexContainerBox) for kind in kinds):
        box = build.flex_boxes(box)
    if any(issubclass(kind, boxes.GridContainerBox) for kind in kinds):
        box = build.grid_boxes(box)
    return build.block_in_inline(build.inline_in_block(box))


def table_boxes_children(box: Any, children: list[Any]) -> Any:
    """Return a box with what it holds, all that is part of a table within one."""
    if isinstance(box, _TABULAR) or any(
        child.proper_table_child or child.internal_table_or_caption for child in children
    ):
        return _table_boxes(box, children)
    box.children = children
    return box


def process_whitespace(box: Any, following_collapsible_space: bool = False) -> Any:
    """Take spaces out of words that follow others, and tell whether the words end with one."""
    text = box.text
    if not text or _UNEVEN.search(text) or box.style["white_space"] not in ("normal", "nowrap"):
        return _process_whitespace(box, following_collapsible_space)
    if following_collapsible_space and text[0] == " ":
        box.text, box.leading_collapsible_space = text[1:], True
    return text[-1] == " "
