"""The ground that boxes stand on, and all the boxes of a page in order: asked of every box, and nothing for most.

In come laid-out boxes of WeasyPrint 70.0. A box without colour, picture or shadow is done with at once; whatever is
painted is the engine's to place.
"""

from collections.abc import Callable, Iterator
from operator import itemgetter
from typing import Any

from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.formatting_structure.boxes import Box, TextBox
from weasyprint.layout import background

from booklet import cascade

_PAINTED = ("border_image_source", "mask_border_source", "background_image", "box_shadow", "visibility")
_ASKED = itemgetter(*_PAINTED)
_NOTHING = tuple(INITIAL_VALUES[name] for name in _PAINTED)
_NOTED = "bare"
_BARE = {"background": None, **cascade.NO_RADII}
_layout = background.layout_box_backgrounds


def _is_bare(looks: Any) -> bool:
    """Tell whether a style paints nothing behind a box with square corners, and note it on the style."""
    colour = looks["background_color"]
    bare = bool(type(colour) is not str and not colour.alpha and _ASKED(looks) == _NOTHING and cascade.is_square(looks))
    looks.__dict__[_NOTED] = bare
    return bare


def layout_box_backgrounds(
    page: Any, box: Any, get_image_from_uri: Callable[..., Any], layout_children: bool = True, style: Any = None
) -> None:
    """Place the ground of a box and, if so wished, of all that it holds."""
    if layout_children:
        for child in box.all_children():
            if type(child) is TextBox and child.style.__dict__.get(_NOTED):
                child.__dict__.update(_BARE)
            else:
                layout_box_backgrounds(page, child, get_image_from_uri)
    if style is None and box is not page and isinstance(box, Box):
        noted = box.style.__dict__
        if noted[_NOTED] if _NOTED in noted else _is_bare(box.style):
            box.__dict__.update(_BARE)
            return
    _layout(page, box, get_image_from_uri, False, style)


def descendants(box: Any, placeholders: bool = False) -> Iterator[Any]:
    """Yield a box and all that it holds, each before what it holds itself."""
    yield box
    rows = [iter(box.children)]
    while rows:
        for child in rows[-1]:
            if isinstance(child, Box):
                yield child
                if child.children:
                    rows.append(iter(child.children))
                    break
            elif placeholders:
                yield from child.descendants(placeholders)
            else:
                yield child
        else:
            rows.pop()
