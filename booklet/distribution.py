"""Type put back into its cases: a unit's boxes are taken apart when its pages are made, so that nothing is left.

In come the layouts that WeasyPrint 70.0 begins; nothing comes out. Boxes and styles go when nobody holds them any more;
only where some hold each other would Python have to search everything for them, which costs a twelfth of a build. There
are few such rings: here they are opened.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.document import Page
from weasyprint.layout import LayoutContext
from weasyprint.svg import SVG

Standing = tuple[list[Any], list[Any], list[Any], list[Any]]
"""Layouts, pages, drawings and nameless styles that are not taken apart yet."""
nameless: list[Any] = []
"""Styles of boxes without an element, each of which holds the style that it was made for, and is held by it."""
_begun: list[Any] = []
_pages: list[Any] = []
_drawings: list[Any] = []
_begin, _begin_page, _begin_drawing = LayoutContext.__init__, Page.__init__, SVG.__init__


def begin_layout(context: Any, *given: Any) -> None:
    """Begin a layout, and remember it until its pages are made."""
    _begin(context, *given)
    _begun.append(context)


def begin_page(page: Any, box: Any) -> None:
    """Begin a page, and remember its box, which holds the place of its notes and is held by it."""
    _begin_page(page, box)
    _pages.append(box)


def begin_drawing(drawing: Any, *given: Any) -> None:
    """Begin a drawing, and remember it: it holds its definitions and is held by them."""
    _begin_drawing(drawing, *given)
    _drawings.append(drawing)


@contextmanager
def distributing() -> Iterator[None]:
    """Take apart what is laid out within; of those pages, nothing may be asked any more."""
    for kept in (_begun, _pages, _drawings, nameless):
        kept.clear()
    try:
        yield
    finally:
        distribute((_begun, _pages, _drawings, nameless))


def leave_standing(standing: Standing) -> None:
    """Add what was laid out since the beginning, or since this was asked, to what is not taken apart for now."""
    for one, kept in zip(standing, (_begun, _pages, _drawings, nameless), strict=True):
        one += kept
        kept.clear()


def distribute(standing: Standing) -> None:
    """Take apart what was left standing."""
    begun, pages, drawings, styles = standing
    while begun:
        _take_apart(begun.pop())
    for kept in (pages, drawings):
        while kept:
            kept.pop().__dict__.clear()
    while styles:
        style = styles.pop()
        style.parent_style.__dict__.pop("anonymous_style", None)
        style.__dict__.clear()


def _take_apart(context: Any) -> None:
    """Open the rings of a layout: styles and the way they are made."""
    styles = context.style_for.get_computed_styles()
    next(iter(styles.values())).root_style.__dict__.clear()  # that of the root has itself for its own
    styles.clear()
    styles.__dict__.clear()
    context.__dict__.clear()
