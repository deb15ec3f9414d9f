"""What stands in the margins of a page, without the boxes of the many margins in which nothing stands.

In come the kinds of pages of WeasyPrint 70.0, and pages that are laid out with the counters on them; out go the styles
of both and margin boxes. The engine makes sixteen for each page and throws those away that show nothing: here only
boxes that share a side with one that is shown are made. How wide and where they are is for the engine to say.
"""

from collections.abc import Iterator
from typing import Any

from weasyprint import css
from weasyprint.formatting_structure import boxes, build
from weasyprint.layout import page as pages

from booklet.matching import Weighed, drawer_of
from booklet.moulds import begin, mould_of

_make = pages.make_margin_boxes
_SILENT = ("normal", "inhibit", "none")
_SIDES = {
    "top": ("left", "center", "right"), "bottom": ("left", "center", "right"),
    "left": ("top", "middle", "bottom"), "right": ("top", "middle", "bottom")}
_CORNERS = ("top-left", "top-right", "bottom-left", "bottom-right")
_MARGINS = (
    *(tuple(f"@{side}-{place}" for place in places) for side, places in _SIDES.items()),
    *((f"@{corner}-corner",) for corner in _CORNERS))
"""Margins that share the room on one side of a page."""


def _say(style_for: Any, page_type: Any) -> dict[str | None, Weighed]:
    """Return what rules say of a page and its margins, but for margins that show nothing beside others like that."""
    drawer = drawer_of(style_for._sheets)
    key = page_type if drawer.numbered else (page_type.side, page_type.blank, page_type.name, page_type.index == 0)
    if key not in drawer.pages:
        style_for.add_page_declarations(page_type)
        told: dict[tuple[Any, str | None], Weighed] = style_for.get_cascaded_styles()
        says: dict[str | None, Weighed] = {None: told.pop((page_type, None), {})}
        says.update((pseudo, told.pop((one, pseudo))) for one, pseudo in list(told) if one == page_type)
        for margins in _MARGINS:
            if all(says.get(margin, {}).get("content", _SILENT)[0] in _SILENT for margin in margins):
                for margin in margins:
                    says.pop(margin, None)
        drawer.pages[key] = says
    return drawer.pages[key]


def style_page(page_type: Any, html: Any, style_for: Any) -> None:
    """Style a page and its margins: each is like others of which the same rules speak."""
    computed, root = style_for.get_computed_styles(), html.etree_element
    first = computed[root, None]
    for pseudo, says in _say(style_for, page_type).items():
        over = computed[page_type, None] if pseudo else first
        style = computed[page_type, pseudo] = css.ComputedStyle(
            over, says, pseudo, first, html.base_url, style_for.font_config, style_for.initial_page_sizes)
        mould = mould_of(over)
        begin(style, mould and mould.part(("page", id(says))))


def _empty(page: Any, keyword: str, style: Any, room: tuple[float, float]) -> Any:
    """Return a margin box that shows nothing, beside others that do."""
    style = page.style.anonymous_style if style is None else style
    pages._standardize_page_based_counters(style, keyword)
    box = boxes.MarginBox(keyword, style)
    box.is_generated = False
    pages.resolve_percentages(box, room)
    box.width = box.height = 0
    for side in ("top", "right", "bottom", "left"):
        box._reset_spacing(side)
    return box


def _filled(context: Any, page: Any, named: tuple[str, Any], room: tuple[float, float], state: Any) -> Any:
    """Return a margin box with what it shows."""
    keyword, style = named
    pages._standardize_page_based_counters(style, keyword)
    box = boxes.MarginBox(keyword, style)
    box.is_generated = True
    quote_depth, counters, scopes, groups = state
    quote_depth, counters = [*quote_depth], {name: [*values] for name, values in counters.items()}
    build.update_counters((quote_depth, counters, [*map(set, scopes), set()], groups), style)
    box.children = build.content_to_boxes(
        style, box, quote_depth, counters, context.get_image_from_uri, context.target_collector, context.counter_style,
        context, page)
    box.process_whitespace()
    box.process_text_transform()
    box = build.create_anonymous_boxes(box)
    pages.resolve_percentages(box, room)
    return box


def make_margin_boxes(context: Any, page: Any, state: Any) -> Iterator[Any]:
    """Yield the margin boxes of a page that show something, laid out."""
    styles = {f"@{side}-{place}": context.style_for(page.page_type, f"@{side}-{place}")
              for side, places in _SIDES.items() for place in places}
    styles.update((f"@{corner}-corner", context.style_for(page.page_type, f"@{corner}-corner")) for corner in _CORNERS)
    shown = {keyword for keyword, style in styles.items() if style is not None and style["content"] not in _SILENT}

    def make(keyword: str, room: tuple[float, float]) -> Any:
        if keyword in shown:
            return _filled(context, page, (keyword, styles[keyword]), room, state)
        return _empty(page, keyword, styles[keyword], room)

    made = list[Any]()
    for side, places in _SIDES.items():
        keywords = [f"@{side}-{place}" for place in places]
        if not shown.isdisjoint(keywords):
            made += _along(context, page, side, keywords, make)
    for corner in _CORNERS:
        if f"@{corner}-corner" in shown:
            made.append(_in_corner(context, page, corner, make))
    for box in made:
        yield pages.margin_box_content_layout(context, page, box)


def _along(context: Any, page: Any, side: str, keywords: list[str], make: Any) -> Iterator[Any]:
    """Yield the boxes along a side that show something, in their places."""
    upright, wide, high = side in ("left", "right"), page.border_width(), page.border_height()
    depth = getattr(page, f"margin_{side}")
    x = {"left": 0, "right": page.margin_left + wide}.get(side, page.margin_left)
    y = {"top": 0, "bottom": page.margin_top + high}.get(side, page.margin_top)
    room, length = ((depth, high), high) if upright else ((wide, depth), wide)
    found = [make(keyword, room) for keyword in keywords]
    pages.compute_variable_dimension(context, found, upright, length)
    for box, part in zip(found, (0, 0.5, 1), strict=True):
        if box.is_generated:
            box.position_x = x if upright else x + part * (length - box.margin_width())
            box.position_y = y + part * (length - box.margin_height()) if upright else y
            pages.compute_fixed_dimension(context, box, depth, not upright, side in ("top", "left"))
            yield box


def _in_corner(context: Any, page: Any, corner: str, make: Any) -> Any:
    """Return the box in a corner."""
    up, left = corner.startswith("top"), corner.endswith("left")
    wide, high = page.margin_left if left else page.margin_right, page.margin_top if up else page.margin_bottom
    box = make(f"@{corner}-corner", (wide, high))
    box.position_x = 0 if left else page.margin_left + page.border_width()
    box.position_y = 0 if up else page.margin_top + page.border_height()
    pages.compute_fixed_dimension(context, box, high, True, up)
    pages.compute_fixed_dimension(context, box, wide, False, left)
    return box
