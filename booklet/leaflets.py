"""One unit → a PDF of its own, laid out by the same press as the booklet: the slip of errata, a summary.

In come a unit and what it is set with; out go the bytes and what is to be said of them. Knows no words.
"""

import zlib
from collections.abc import Mapping

from msgspec import Struct

from booklet.assembly import assemble
from booklet.collector import Collector
from booklet.findings import Finding
from booklet.finishing import Imprint, finish
from booklet.model import Booklet
from booklet.press import Press, Stock
from booklet.printed import RECTO, Copy, Placed, Sheets, Unit
from booklet.profiles import Profile
from booklet.styles import Styles
from booklet.warehouse import Place
from booklet.words import read_words

_PRESS = "cmyk"


class Leaflet(Struct, frozen=True):
    """A finished leaflet."""

    content: bytes
    pages: int
    findings: tuple[Finding, ...]


def print_unit(unit: Unit, profile: Profile, booklet: Booklet, styles: Styles, place: Place) -> Leaflet:
    """Return a unit as a PDF; the words of its language come with the place's memory."""
    words, found = read_words(booklet.language, place.warehouse.memory), Collector()
    printer = place.printer if profile.ink == _PRESS else None
    icc: Mapping[str, bytes] = {**styles.icc, **({_PRESS: printer.icc} if printer else {})}
    fragment = Press(profile, Stock(
        styles, words, booklet.language, {}, place.warehouse.fragments, found, _say_nothing, icc, printer,
    )).lay_out(unit, RECTO)
    labels = tuple(str(number) for number in range(1, fragment.pages + 1))
    pages = {name: at.page for name, at in fragment.places.items()}
    imprint = Imprint(
        unit.title, ", ".join(booklet.publishers), f"{words['edition']} {booklet.edition}", booklet.language,
        booklet.published, icc[profile.ink], printer)
    slug = f"{unit.title}, {words['page-name']} {{page}}"
    sheets = Sheets(Copy((Placed(unit, fragment, 0, labels),), pages, labels), profile, {}, printer, slug)
    content = finish(assemble(sheets, zlib.compress), profile, imprint, zlib.compress)
    return Leaflet(content, fragment.pages, found.findings)


def _say_nothing(step: object) -> None:
    """Say nothing: one unit is no progress."""
