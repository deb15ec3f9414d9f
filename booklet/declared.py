"""Values that a style sheet sets, computed at once where they need little more than to be looked at.

In come a style of WeasyPrint 70.0 and the name of a property that its rules set; out goes the computed value, kept in
the style. Numbers, lengths and words are ours; formulas, lists, logical properties and what depends on other properties
are the engine's.
"""

from typing import Any

from weasyprint import css
from weasyprint.css.computed_values import COMPUTER_FUNCTIONS, PHYSICAL_FUNCTIONS
from weasyprint.css.properties import INITIAL_VALUES, Dimension

LOGICAL = frozenset(
    function(block="ttb", inline=inline) for function in PHYSICAL_FUNCTIONS.values() for inline in ("ltr", "rtl"))
FINISHED = frozenset({str, int, float, type(None), Dimension})
"""Types that hold no formula."""
_ELSEWHERE = frozenset({"inherit", "initial"})
"""Words for values that are not said here."""
_ALONE = frozenset(
    name for name in INITIAL_VALUES
    if name not in ("page", "position", "float", "display") and not name.startswith("text_decoration_"))
"""Properties that no other decides on."""
_computed = css.ComputedStyle.__missing__


def declared(style: Any, key: str) -> Any:
    """Return the computed value of a property that rules set, and keep it."""
    cascaded = style.cascaded
    value = cascaded[key][0]
    if type(value) in FINISHED and value not in _ELSEWHERE and key in _ALONE and cascaded.keys().isdisjoint(LOGICAL):
        compute = COMPUTER_FUNCTIONS.get(key)
        value = style[key] = compute(style, key, value) if compute else value
        return value
    return _computed(style, key)


_WORDS = _ALONE - COMPUTER_FUNCTIONS.keys() - {"anchor"}
"""Properties whose words and numbers stand as they are said; what an element is called is nobody else's."""
_length = COMPUTER_FUNCTIONS["width"]
_LENGTHS = frozenset(name for name in _ALONE if COMPUTER_FUNCTIONS.get(name) is _length)
_UNITS = frozenset({None, "px", "pt", "mm", "cm", "in", "%"})


def declare(style: Any) -> None:
    """Keep the plain words, numbers and lengths that rules set, when none of them is a logical property."""
    for name, (value, _) in style.cascaded.items():
        if name in style:
            continue
        if type(value) is Dimension:
            if name in _LENGTHS and (value.unit in _UNITS or (value.unit == "em" and "font_size" in style)):
                style[name] = _length(style, name, value)
        elif name in _WORDS and type(value) in FINISHED and value not in _ELSEWHERE:
            style[name] = value


_MOST = 4096
_colours: dict[tuple[Any, ...], Any] = {}
_said: dict[int, tuple[Any, Any, Any]] = {}
"""Kept with what was said, so that nothing else takes its place in memory."""
_colour = COMPUTER_FUNCTIONS["color"]


def colour(style: Any, name: str, value: Any) -> Any:
    """Return a computed colour; each that a style sheet says is looked up once."""
    if type(value) is not str:
        known = _said.get(id(value))
        if known is None or known[1] != style["color_scheme"]:
            if len(_said) >= _MOST:
                _said.clear()
            known = _said[id(value)] = value, style["color_scheme"], _colour(style, name, value)
        return known[2]
    key = value, style["color_scheme"]
    if key not in _colours:
        _colours[key] = _colour(style, name, value)
    return _colours[key]
