"""Computed values and used lengths, found at once where nothing has to be computed.

In come the styles and boxes of WeasyPrint 70.0. A style that asks for one initial value gets all of them; a value that
is inherited as it is, is handed down; lengths in px become numbers without being asked what else they might be. Values
that a style sheet sets, formulas, percentages and logical properties are the engine's to compute.
"""

from operator import itemgetter
from typing import Any

from weasyprint import css
from weasyprint.css.computed_values import COMPUTER_FUNCTIONS, PHYSICAL_FUNCTIONS
from weasyprint.css.functions import check_math
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES, Dimension
from weasyprint.formatting_structure import boxes
from weasyprint.layout import float as floats
from weasyprint.layout import percent

from booklet.distribution import nameless

_WIDTHS = {f"{edge}_style": f"{edge}_width" for edge in (
    "border_top", "border_right", "border_bottom", "border_left", "outline", "column_rule")}
"""An edge without a style has no width, whatever its width is said to be."""
_ODD = {"page", "position", "float", "display"}
_INITIAL = {
    name: value for name, value in INITIAL_VALUES.items()
    if name not in INHERITED | INITIAL_NOT_COMPUTED | _ODD
    and not name.startswith("text_decoration_") and not check_math(value)}
_HANDED_DOWN = frozenset(name for name in INHERITED if not name.startswith("text_decoration_")) - _ODD
_LONE = frozenset({"anchor", "counter_set", "counter_reset", "counter_increment", "content"})
"""Asked for of elements that nothing else is asked of."""
_LOGICAL = frozenset(
    function(block="ttb", inline=inline) for function in PHYSICAL_FUNCTIONS.values() for inline in ("ltr", "rtl"))
_LISTED = frozenset({"first-line", "first-letter"})
"""Styles of which the engine asks all that was computed: nothing may be added to them."""
_FINISHED = frozenset({str, int, float, type(None), Dimension})
"""Types that hold no formula."""
_computed = css.ComputedStyle.__missing__
_anonymous = css.AnonymousStyle.__init__


def _fill(style: Any) -> None:
    """Give a style all initial values that its cascade leaves as they are."""
    values = {**_INITIAL, **dict.fromkeys(_WIDTHS.values(), 0)}
    for name in style.cascaded:
        values.pop(name, None)
        if name in _WIDTHS:
            values.pop(_WIDTHS[name], None)
    values.update(style)
    style.update(values)


def missing(style: Any, key: str) -> Any:
    """Return a value of a style that was not asked for before, and keep it."""
    if key not in style.cascaded:
        if key in _INITIAL:
            if key in _LONE:
                value = style[key] = _INITIAL[key]
                return value
            if style.pseudo_type not in _LISTED and style.cascaded.keys().isdisjoint(_LOGICAL):
                _fill(style)
                return style[key]
        elif key in _HANDED_DOWN and style.parent_style is not None:
            value = style.parent_style[key]
            if type(value) in _FINISHED:
                style[key] = value
                return value
    return _computed(style, key)


def begin_anonymous(style: Any, parent_style: Any) -> None:
    """Begin the style of a box without an element: all that it does not inherit is initial."""
    style.update(_INITIAL)
    _anonymous(style, parent_style)
    nameless.append(style)


_colours: dict[tuple[Any, ...], Any] = {}
_colour = COMPUTER_FUNCTIONS["color"]


def colour(style: Any, name: str, value: Any) -> Any:
    """Return a computed colour; one that is named is looked up once."""
    if type(value) is not str:
        return _colour(style, name, value)
    key = value, style["color_scheme"]
    if key not in _colours:
        _colours[key] = _colour(style, name, value)
    return _colours[key]


_LENGTHS = (
    "margin_left", "margin_right", "margin_top", "margin_bottom", "padding_left", "padding_right", "padding_top",
    "padding_bottom", "width", "min_width", "max_width", "height", "min_height", "max_height")
_EDGES = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))
_ASKED = itemgetter(*_LENGTHS, *_EDGES, "border_collapse", "box_sizing")
_used: dict[tuple[Any, ...], dict[str, Any] | None] = {}
_MOST = 4096
_resolve = percent.resolve_percentages


def _lengths(key: tuple[Any, ...]) -> dict[str, Any] | None:
    """Return used values by name; None when a containing block decides on them."""
    *_, collapse, sizing = key
    lengths: dict[str, Any] = dict(zip((*_LENGTHS, *_EDGES), key, strict=False))
    if collapse == "collapse" or sizing != "content-box":
        return None
    for name in _LENGTHS:
        value = lengths[name]
        if type(value) is Dimension and value.unit == "px":
            lengths[name] = value.value
        elif value == "auto":
            lengths[name] = 0 if name in ("min_width", "min_height") else value
        else:
            return None
    return lengths


def resolve_percentages(box: Any, containing_block: Any) -> None:
    """Set the used lengths of a box."""
    if not isinstance(box, boxes.Box):  # what stands in for a box that is placed later
        _resolve(box, containing_block)
        return
    key = _ASKED(box.style)
    try:
        lengths = _used[key]
    except KeyError:
        if len(_used) >= _MOST:
            _used.clear()
        lengths = _used[key] = _lengths(key)
    except TypeError:  # a formula cannot be looked up
        lengths = None
    if lengths is None:
        _resolve(box, containing_block)
    else:
        box.__dict__.update(lengths)


_CORNERS = tuple(f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left"))
_ROUNDED = itemgetter(*_CORNERS)
_SQUARE = (((0, "px"), (0, "px")),) * 4
_NO_RADII = dict.fromkeys(_CORNERS, (0, 0))
_radii = percent.resolve_radii_percentages


def resolve_radii(box: Any) -> None:
    """Set the used radii of a box's corners."""
    if isinstance(box, boxes.Box) and _ROUNDED(box.style) == _SQUARE:
        box.__dict__.update(_NO_RADII)
    else:
        _radii(box)


_in_flow = boxes.Box.is_in_normal_flow


def in_flow(box: Any) -> bool:
    """Tell whether a box is in normal flow."""
    style = box.style
    return (style["float"] == "none" and style["position"] in ("static", "relative")) or _in_flow(box)


_avoid = floats.avoid_collisions


def avoid_collisions(context: Any, box: Any, containing_block: Any, outer: bool = True) -> tuple[float, float, float]:
    """Return x, y and the room for a box beside floats; without any, all of its containing block is its own."""
    if context.excluded_shapes or box.is_floated() or containing_block.style["direction"] != "ltr":
        return _avoid(context, box, containing_block, outer)  # type: ignore[no-any-return]
    left = containing_block.content_box_x()
    right = left + containing_block.width
    if outer:
        return left, box.position_y, right - left
    left += box.margin_left
    right -= box.margin_right
    return left - box.margin_left, box.border_box_y() - box.margin_top, right - left


_page_values = boxes.ParentBox.page_values


def page_values(box: Any) -> tuple[str, str]:
    """Return the names of the pages that a box begins and ends on."""
    start = end = box.style["page"]
    first = next((child for child in box.children if child.is_in_normal_flow() or child.is_floated()), None)
    if first is None:
        return start, end
    last = next(child for child in reversed(box.children) if child.is_in_normal_flow() or child.is_floated())
    values = first.page_values()
    return values[0] or start, (values if last is first else last.page_values())[1] or end
