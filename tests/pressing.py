"""Real units through the engine, for tests that compare: as a program, it prints a digest of each fragment."""

import json
import sys
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import weasyprint
from making import CONTENT, STYLES, WORDS, press_of
from msgspec.structs import replace

from booklet.engine import _engine
from booklet.holdings import brief_labels
from booklet.printed import Unit
from booklet.profiles import PROFILES
from booklet.reading import read_all
from booklet.selection import select
from booklet.units import Brief, compose

_ENOUGH = 14
"""Entries of a list: the next hundred are set as these are."""


def shortened(unit: Unit) -> Unit:
    """Return a unit with the beginnings of its lists."""
    cut = {name: value[:_ENOUGH] for name, value in unit.content.items() if isinstance(value, tuple)}
    return replace(unit, content={**unit.content, **cut})


def fragments(profile: str) -> Iterator[tuple[str, bytes]]:
    """Yield address and bytes of the fragment of one unit of each kind, with all that is said of it."""
    booklet, looks, _ = read_all(CONTENT, STYLES)
    assert booklet and looks
    form = PROFILES[profile]
    copy = select(booklet, (booklet.themes[-1].id,)) if form.plan == "handout" else booklet
    press = press_of(booklet, profile)
    kinds = {unit.kind: unit for unit in compose(copy, Brief(form, WORDS, brief_labels(booklet, WORDS)))}
    if profile != "print":
        kinds.pop("back", None)  # the drawing of the cover again
        kinds.pop("opener", None)
    for unit in kinds.values():
        fragment = press.lay_out(shortened(unit), "verso")
        yield f"{profile} {unit.address}", fragment.pdf + repr(replace(fragment, pdf=b"")).encode()


def boxes(body: str, css: str = "") -> list[Any]:
    """Return the boxes of all lines of a page in our typefaces, in order."""
    html = f'<html lang="nb"><body>{body}</body></html>'
    rules = f"body {{ font-family: BookletSerif; hyphenate-character: '-' }} {css}"
    engine = _engine()
    document = weasyprint.HTML(string=html).render(
        stylesheets=[engine._faces, weasyprint.CSS(string=rules)], font_config=engine.fonts)
    found = [box for page in document.pages for box in page._page_box.descendants()]
    return [getattr(box, "_box", box) for box in found]


def words(body: str, css: str = "") -> list[Any]:
    """Return the boxes of words of a page, in order."""
    return [box for box in boxes(body, css) if type(box).__name__ == "TextBox"]


if __name__ == "__main__":
    digests = {address: sha256(content).hexdigest() for name in PROFILES for address, content in fragments(name)}
    sys.stdout.write(json.dumps(digests))
