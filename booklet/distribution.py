"""Type put back into its cases: a unit's boxes are taken apart when its pages are made, so that nothing of them is left.

In come the layouts that WeasyPrint 70.0 begins; nothing comes out. Boxes and styles go when nobody holds them any more;
only where some hold each other would Python have to search everything for them, which costs a twelfth of a build. There
are few such rings: here they are opened.
"""

from typing import Any

from weasyprint.layout import LayoutContext

nameless: list[Any] = []
"""Styles of boxes without an element, each of which holds the style that it was made for, and is held by it."""
_begun: list[Any] = []
_begin = LayoutContext.__init__


def begin_layout(context: Any, *given: Any) -> None:
    """Begin a layout, and remember it until its pages are made."""
    _begin(context, *given)
    _begun.append(context)


def distribute() -> None:
    """Take apart what was laid out; of the pages, nothing may be asked any more."""
    while _begun:
        context = _begun.pop()
        styles = context.style_for.get_computed_styles()
        for cache in {id(style.cache): style.cache for style in styles.values()}.values():
            _open(cache)
        next(iter(styles.values())).root_style.__dict__.clear()
        styles.clear()
        styles.__dict__.clear()
        context.__dict__.clear()
    for style in nameless:
        style.parent_style.__dict__.pop("anonymous_style", None)
        style.__dict__.clear()
    nameless.clear()


def _open(cache: dict[str, Any]) -> None:
    """Open the rings of texts and how they are set."""
    for setting in cache.get("shaping", {}).values():
        if setting is not None:
            setting.shapes.clear()
    cache.clear()
