"""Takes the engine's detours away: the same pages in about half the time.

Functions of WeasyPrint 70.0 give way to ours, which answer in the cases that they know and hand all others on to the
function they replaced. Only for that version and only on Linux; ``BOOKLET_HASTE=0`` switches it off. Fragments are
the same, byte for byte: tests compare them.
"""

import sys
from collections.abc import Callable
from typing import Any

from weasyprint import css
from weasyprint.css.computed_values import COMPUTER_FUNCTIONS
from weasyprint.draw import text as draw_text
from weasyprint.formatting_structure import boxes
from weasyprint.layout import percent
from weasyprint.text import line_break
from weasyprint.text.ffi import ffi, pango

from booklet import breaking, cascade, shaping, showing
from booklet.haste import wanted

_taken: list[str] = []


def _replace(theirs: Callable[..., Any], ours: Callable[..., Any]) -> None:
    """Let one of the engine's functions give way to one of ours, wherever it is known by name."""
    for name, module in list(sys.modules.items()):
        if name.startswith("weasyprint") and getattr(module, theirs.__name__, None) is theirs:
            setattr(module, theirs.__name__, ours)


def known() -> bool:
    """Tell whether Pango's structures are as long as we read them."""
    sizes = ffi.sizeof("PangoGlyphInfo"), ffi.sizeof("PangoLogAttr")
    return sizes == (shaping.GLYPH.size, 4) and pango.pango_version() >= 14802


def take_shortcuts() -> None:
    """Put our functions in the place of the engine's, once."""
    if _taken or not wanted() or not known():
        return
    _taken.append("text")
    _replace(line_break.split_first_line, breaking.split_first_line)
    _replace(line_break.strut, shaping.strut)
    _replace(draw_text.draw_first_line, showing.draw_first_line)
    line_break.Layout.setup = shaping.setup
    css.ComputedStyle.__missing__ = cascade.missing
    css.AnonymousStyle.__init__ = cascade.begin_anonymous
    boxes.Box.is_in_normal_flow = cascade.in_flow
    for name, function in COMPUTER_FUNCTIONS.items():
        if function is cascade._colour:
            COMPUTER_FUNCTIONS[name] = cascade.colour
    _replace(percent.resolve_percentages, cascade.resolve_percentages)
    _replace(percent.resolve_radii_percentages, cascade.resolve_radii)
