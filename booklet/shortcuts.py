"""Takes the engine's detours away: the same pages in less time.

Functions of WeasyPrint 70.0 give way to ours, which answer in the cases that they know and hand all others on to the
function they replaced. Only for that version and only on Linux, with structures of Pango as long as we read them;
``BOOKLET_HASTE=0`` switches it off. Fragments are the same, byte for byte: tests compare them.
"""

import sys
from collections.abc import Callable
from functools import cache
from typing import Any

from weasyprint import anchors, css, document, draw, html, layout, stacking
from weasyprint.css.computed_values import COMPUTER_FUNCTIONS
from weasyprint.draw import border
from weasyprint.draw import text as draw_text
from weasyprint.formatting_structure import boxes, build
from weasyprint.layout import absolute, background, block, inline, page, percent, preferred
from weasyprint.layout import float as floats
from weasyprint.pdf import tags
from weasyprint.pdf.stream import Stream, pydyf
from weasyprint.svg import SVG, Node, utils
from weasyprint.text import fonts, line_break
from weasyprint.text.ffi import ffi, pango

from booklet import (
    branches,
    breaking,
    carpentry,
    cascade,
    counterproofs,
    declared,
    distribution,
    edges,
    engraving,
    furniture,
    gleaning,
    grounds,
    inking,
    marginals,
    matching,
    moulds,
    numerals,
    rulers,
    shaping,
    showing,
    slugs,
    stacks,
)
from booklet.haste import wanted

FUNCTIONS: tuple[tuple[Callable[..., Any], Callable[..., Any]], ...] = (
    (line_break.split_first_line, breaking.split_first_line),
    (inline.get_next_linebox, slugs.get_next_linebox),
    (inline.split_text_box, slugs.split_text_box),
    (line_break.can_break_text, breaking.can_break_text),
    (line_break.strut, shaping.strut),
    (draw_text.draw_text, showing.draw_text),
    (background.layout_box_backgrounds, grounds.layout_box_backgrounds),
    (percent.resolve_percentages, cascade.resolve_percentages),
    (percent.resolve_radii_percentages, cascade.resolve_radii),
    (css.find_stylesheets, matching.sheets_within),
    (page.set_page_type_computed_styles, furniture.style_page),
    (page.make_margin_boxes, furniture.make_margin_boxes),
    (floats.avoid_collisions, cascade.avoid_collisions),
    (preferred.shrink_to_fit, marginals.shrink_to_fit),
    (absolute.absolute_block, marginals.absolute_block),
    (utils.size, engraving.size),
    (utils.color, engraving.color),
    (border.draw_border, edges.draw_border),
    (border.draw_outline, edges.draw_outline),
    (stacking._dispatch, inking.dispatch),
    (stacking._dispatch_children, inking.dispatch_children),
    (draw.draw_inline_level, inking.draw_inline_level),
    (build.create_anonymous_boxes, carpentry.create_anonymous_boxes),
    (build.table_boxes_children, carpentry.table_boxes_children),
    (block.collapse_margin, stacks.collapse_margin),
    (block.block_level_page_break, stacks.page_break),
    (block.block_level_page_name, stacks.page_name),
    (block.relative_positioning, stacks.relative_positioning),
    (anchors.gather_anchors, gleaning.gather_anchors),
    (html.get_html_metadata, gleaning.get_html_metadata),
    (tags._build_box_tree, branches.build_box_tree),
    (page.make_all_pages, counterproofs.make_all_pages),
)
METHODS: tuple[tuple[type, str, Callable[..., Any]], ...] = (
    (fonts.FontConfiguration, "add_font_face", shaping.add_font_face),
    (line_break.Layout, "setup", shaping.setup),
    (css.StyleFor, "__init__", matching.annotate),
    (css.StyleFor, "__call__", matching.style_of),
    (css.ComputedStyle, "__missing__", moulds.missing),
    (css.AnonymousStyle, "__init__", moulds.begin_anonymous),
    (css.AnonymousStyle, "__missing__", cascade.missing_anonymous),
    (layout.LayoutContext, "__init__", distribution.begin_layout),
    (document.Page, "__init__", distribution.begin_page),
    (boxes.Box, "descendants", grounds.descendants),
    (SVG, "__init__", distribution.begin_drawing),
    (boxes.TextBox, "process_whitespace", carpentry.process_whitespace),
    (boxes.Box, "establishes_formatting_context", stacks.establishes),
    (boxes.ParentBox, "_reset_spacing", stacks.reset_spacing),
    (boxes.Box, "is_in_normal_flow", cascade.in_flow),
    (boxes.ParentBox, "page_values", cascade.page_values),
    (SVG, "draw_node", engraving.draw_node),
    (Node, "cascade", engraving.cascade),
    (Stream, "set_color", inking.set_color),
    (Stream, "stacked", inking.stacked),
    (Stream, "marked", inking.marked),
    (Stream, "artifact", inking.artifact),
)


def give_way(theirs: Callable[..., Any], ours: Callable[..., Any]) -> None:
    """Let one of the engine's functions give way to one of ours, wherever it is known by name."""
    for name, module in list(sys.modules.items()):
        if name.startswith("weasyprint.") and getattr(module, theirs.__name__, None) is theirs:
            setattr(module, theirs.__name__, ours)


def known() -> bool:
    """Tell whether Pango's structures are those that we read."""
    lengths = ffi.sizeof("PangoGlyphInfo"), ffi.sizeof("PangoLogAttr")
    return lengths == (shaping.GLYPH.size, rulers.LENGTH) and pango.pango_version() >= showing.OLDEST


@cache
def take_shortcuts() -> bool:
    """Put our functions in the place of the engine's, once; tell whether they are there."""
    if not wanted() or not known():
        return False
    for theirs, ours in FUNCTIONS:
        give_way(theirs, ours)
    for owner, name, method in METHODS:
        setattr(owner, name, method)
    pydyf._to_bytes, pydyf.PDF.page_references = numerals.to_bytes, property(numerals.page_references)
    colours = [name for name, function in COMPUTER_FUNCTIONS.items() if function is COMPUTER_FUNCTIONS["color"]]
    COMPUTER_FUNCTIONS.update(dict.fromkeys(colours, declared.colour))
    return True
