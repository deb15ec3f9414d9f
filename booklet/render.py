"""Unit → HTML, through the Jinja templates: the only door to Jinja2.

In comes a unit, complete; out goes one HTML document. Knows nothing of pages, colours or the engine.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from booklet.dummies import Known, later, standing_in
from booklet.inline import fingerprint_hole, hole, sentence_hole
from booklet.printed import Unit
from booklet.profiles import Profile

_CACHES = "BytecodeCache", "FileSystemBytecodeCache", "MemcachedBytecodeCache"
_HARDLY_USED: Known = {
    "inspect": {"getattr_static": later("inspect", "getattr_static")},
    "jinja2.bccache": {name: later("jinja2.bccache", name) for name in _CACHES}}
with standing_in(_HARDLY_USED):
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup, escape

TEMPLATES = Path(__file__).parent / "templates"




def _breakable(address: str) -> Markup:
    """Return a web address that a line may break after its slashes, dots and hyphens."""
    return Markup(re.sub(r"([/.\-_?&=]+)", "\\1\u200b", str(escape(address))))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["breakable"] = _breakable
    return environment


def _folio(unit: Unit, words: Mapping[str, str], profile: Profile) -> Markup:
    """Return the running number of a page: «23», or «Side 3 av 14»."""
    digits = unit.folio_digits
    return Markup(sentence_hole(words["page-of"], digits) if profile.of_total else hole("folio", digits=digits))


def render(unit: Unit, words: Mapping[str, str], language: str, side: str, profile: Profile) -> str:
    """Return the HTML of a unit that starts on the given side; a name that a template misses raises UndefinedError."""
    template = _environment().get_template(f"{unit.kind}.html.jinja")
    return template.render(
        unit=unit, words=words, language=language, side=side, live=profile.tagged, folio=_folio(unit, words, profile),
        fingerprint=Markup(fingerprint_hole()), **unit.content)
