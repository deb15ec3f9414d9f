"""Unit → HTML, through the Jinja templates: the only door to Jinja2.

In comes a unit, complete; out goes one HTML document. Knows nothing of pages, colours or the engine.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any

from markupsafe import Markup, escape

from booklet.forms import TEMPLATES, Reader
from booklet.haste import wanted
from booklet.inline import fingerprint_hole, hole, sentence_hole
from booklet.printed import Unit
from booklet.profiles import Profile


def _breakable(address: str) -> Markup:
    """Return a web address that a line may break after its slashes, dots and hyphens."""
    return Markup(re.sub(r"([/.\-_?&=]+)", "\\1\u200b", str(escape(address))))


FILTERS = {"breakable": _breakable}
"""What our templates ask for beyond what Jinja knows."""


@cache
def environment() -> Any:
    """Return Jinja as it reads our templates; it is loaded when a template has to be compiled."""
    jinja = import_module("jinja2")
    made = jinja.Environment(
        loader=jinja.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja.StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= FILTERS
    return made


def _folio(unit: Unit, words: Mapping[str, str], profile: Profile) -> Markup:
    """Return the running number of a page: «23», or «Side 3 av 14»."""
    digits = unit.folio_digits
    return Markup(sentence_hole(words["page-of"], digits) if profile.of_total else hole("folio", digits=digits))


def render(unit: Unit, words: Mapping[str, str], language: str, side: str, profile: Profile) -> str:
    """Return the HTML of a unit that starts on the given side; a name that a template misses raises UndefinedError."""
    name = f"{unit.kind}.html.jinja"
    told = {
        "unit": unit, "words": words, "language": language, "side": side, "live": profile.tagged,
        "folio": _folio(unit, words, profile), "fingerprint": Markup(fingerprint_hole()), **unit.content}
    ready = Reader(FILTERS).page(name, told) if wanted() else None
    return str(environment().get_template(name).render(told)) if ready is None else ready
