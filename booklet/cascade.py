"""Computed values and used lengths, found at once where nothing has to be computed.

In come the styles and boxes of WeasyPrint 70.0. A style that asks for one initial value gets all of them; a value that
is inherited as it is, is handed down; lengths in px become numbers without being asked what else they might be. Values
that a style sheet sets, formulas, percentages and logical properties are the engine's to compute.
"""

from operator import itemgetter
from typing import Any

from weasyprint import css
from weasyprint.css.functions import check_math
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES, Dimension
from weasyprint.formatting_structure import boxes
from weasyprint.layout import float as floats
from weasyprint.layout import percent, preferred

from booklet.declared import FINISHED, LOGICAL, declare, declared
from booklet.distribution import nameless

_WIDTHS = {f"{edge}_style": f"{edge}_width" for edge in (
    "border_top", "border_right", "border_bottom", "border_left", "outline", "column_rule")}
"""An edge without a style has no width, whatever its width is said to be."""
_STANDING = "position", "float", "display"
_ODD = {"page", *_STANDING}
_LINE = "text_decoration_line"
_INITIAL = {
    name: value for name, value in INITIAL_VALUES.items()
    if name not in INHERITED | INITIAL_NOT_COMPUTED | _ODD
    and not name.startswith("text_decoration_") and not check_math(value)}
_INHERITED = frozenset({*INHERITED, "page"})
_HANDED_DOWN = _INHERITED | {_LINE}
_ROOT = {name: INITIAL_VALUES[name] for name in _HANDED_DOWN - {"page"}}
_NAMELESS = {**_INITIAL, "float": "none", "position": "static"}
_HEIRLOOM = "heirloom"
"""Where a style notes what it hands down."""
_LONE = {name: _INITIAL[name] for name in (
    "anchor", "counter_set", "counter_reset", "counter_increment", "content")}
"""Asked for of elements that nothing else is asked of."""
LISTED = frozenset({"first-line", "first-letter"})
"""Styles of which the engine asks all that was computed: nothing may be added to them."""
_UNSAID = {**_INITIAL, **dict.fromkeys(_WIDTHS.values(), 0)}
_left: dict[tuple[str, ...], dict[str, Any]] = {}
"""Names that rules set → the initial values that they leave."""
_MOST_LEFT = 512
_SURE_UNITS = frozenset({None, "px", "pt", "mm", "cm", "in", "em", "rem", "%"})
_computed = css.ComputedStyle.__missing__
_anonymous, _missing_anonymous = css.AnonymousStyle.__init__, css.AnonymousStyle.__missing__


def _fill(style: Any) -> None:
    """Give a style all initial values that its cascade leaves as they are."""
    said = tuple(style.cascaded)
    if said not in _left:
        if len(_left) >= _MOST_LEFT:
            _left.clear()
        taken = {*said, *(_WIDTHS[name] for name in said if name in _WIDTHS)}
        _left[said] = {name: value for name, value in _UNSAID.items() if name not in taken}
    values = _left[said].copy()
    for name in style:
        values.pop(name, None)
    style.update(values)
    declare(style)


def _heirloom(style: Any) -> dict[str, Any]:
    """Return what a style hands down, as far as it is sure from the beginning; noted on the style itself."""
    known: dict[str, Any] | None = style.__dict__.get(_HEIRLOOM)
    if known is not None:
        return known
    parent = style.parent_style
    known = dict(_ROOT if parent is None else _heirloom(parent))
    if type(style) is css.AnonymousStyle:
        known.pop("white_space", None)
        known.update((name, style[name]) for name in known if name in style)
    else:
        said = _HANDED_DOWN.intersection(style.cascaded)
        for name in said:
            known.pop(name, None)
        found = [name for name in said if name in style or _sure(style.cascaded[name][0])]
        if "page" not in known and "page" not in said:
            found.append("page")
        known.update((name, style[name]) for name in found if _lasts(name, style[name]))
    style.__dict__[_HEIRLOOM] = known
    return known


def _sure(value: Any) -> bool:
    """Tell whether a value is computed without a word, and at any time as at any other."""
    if type(value) is Dimension:
        return value.unit in _SURE_UNITS
    if type(value) is tuple:
        return all(map(_sure, value))
    return type(value) in FINISHED or getattr(value, "lower_name", None) == "device-cmyk"


def _lasts(name: str, value: Any) -> bool:
    """Tell whether a value is handed down as it is."""
    if name == _LINE:
        return bool(value == "none")
    return type(value) in FINISHED or not check_math(value)


def _inherit(style: Any, key: str) -> Any:
    """Return an inherited value that a style's own rules do not set, and take over all others with the first."""
    parent = style.parent_style
    known = _heirloom(parent)
    if key not in known:
        value = parent[key]
        if not _lasts(key, value):
            return _computed(style, key)
        style[key] = known[key] = value
        return value
    said = style.cascaded
    style.update({name: value for name, value in known.items() if name not in style and name not in said})
    return style[key]


def _stand(style: Any, key: str) -> Any:
    """Return how a box stands that is nowhere put: in the flow of the page."""
    for name in _STANDING:
        if name not in style and (name != "display" or name not in style.cascaded):
            style[name] = style.specified[name] = INITIAL_VALUES[name]
    return style[key] if key in style else _computed(style, key)


def missing(style: Any, key: str) -> Any:
    """Return a value of a style that was not asked for before, and keep it."""
    cascaded = style.cascaded
    if style.pseudo_type in LISTED:
        return _computed(style, key)
    if key in cascaded:
        return declared(style, key)
    if key in _INITIAL:
        if key in _LONE:
            return _begin(style, key)
        if cascaded.keys().isdisjoint(LOGICAL):
            _fill(style)
            return style[key]
    elif style.parent_style is not None:
        if key in _HANDED_DOWN:
            return _inherit(style, key)
        if key in _STANDING and "position" not in cascaded and "float" not in cascaded:
            return _stand(style, key)
    return _computed(style, key)


def _begin(style: Any, key: str) -> Any:
    """Return a value that is asked for of every element, and add what is asked for next."""
    cascaded = style.cascaded
    for name, value in _LONE.items():
        if name not in cascaded and name not in style:
            style[name] = value
    if style.parent_style is not None and "position" not in cascaded and "float" not in cascaded:
        _stand(style, key)
    return style[key]


def begin_anonymous(style: Any, parent_style: Any) -> None:
    """Begin the style of a box without an element: what it does not inherit is initial."""
    style.update(_NAMELESS)
    _anonymous(style, parent_style)
    style.update(_heirloom(parent_style))
    nameless.append(style)


def missing_anonymous(style: Any, key: str) -> Any:
    """Return a value of the style of a box without an element that was not asked for before, and keep it."""
    if key in _INHERITED:
        value = style[key] = style.parent_style[key]
        return value
    return _missing_anonymous(style, key)


_MOST = 4096
_LENGTHS = (
    "margin_left", "margin_right", "margin_top", "margin_bottom", "padding_left", "padding_right", "padding_top",
    "padding_bottom", "width", "min_width", "max_width", "height", "min_height", "max_height")
_EDGES = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))
_ASKED = itemgetter(*_LENGTHS, *_EDGES, "border_collapse", "box_sizing")
_NOTED = "lengths"
_used: dict[tuple[Any, ...], dict[str, Any] | None] = {}
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


def _lengths_of(style: Any) -> dict[str, Any] | None:
    """Return used values of a style, and note them on it: the engine sets lengths on copies of a style only."""
    key = _ASKED(style)
    try:
        lengths = _used[key]
    except KeyError:
        if len(_used) >= _MOST:
            _used.clear()
        lengths = _used[key] = _lengths(key)
    except TypeError:  # a formula cannot be looked up
        return None
    style.__dict__[_NOTED] = lengths
    return lengths


def resolve_percentages(box: Any, containing_block: Any) -> None:
    """Set the used lengths of a box."""
    if not isinstance(box, boxes.Box):  # what stands in for a box that is placed later
        _resolve(box, containing_block)
        return
    style = box.style
    noted = style.__dict__
    lengths = noted[_NOTED] if _NOTED in noted else _lengths_of(style)
    if lengths is None:
        _resolve(box, containing_block)
    else:
        box.__dict__.update(lengths)


_CORNERS = tuple(f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left"))
_ROUNDED = itemgetter(*_CORNERS)
_SQUARE = (((0, "px"), (0, "px")),) * 4
NO_RADII = dict.fromkeys(_CORNERS, (0, 0))
_radii = percent.resolve_radii_percentages


def is_square(style: Any) -> bool:
    """Tell whether a box has no round corner."""
    return bool(_ROUNDED(style) == _SQUARE)


def resolve_radii(box: Any) -> None:
    """Set the used radii of a box's corners."""
    if isinstance(box, boxes.Box) and is_square(box.style):
        box.__dict__.update(NO_RADII)
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


_shrink = preferred.shrink_to_fit


def shrink_to_fit(context: Any, box: Any, available_content_width: float) -> float:
    """Return how wide a box is that is as wide as its words; how narrow it may be is asked only where they lack room.
    """
    width: float = preferred.max_content_width(context, box, outer=False)
    return width if width < available_content_width else _shrink(context, box, available_content_width)


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
