"""The errata of a print run: a comparison → the slip as PDF and as text, or the reasons why there is none.

In comes a comparison with a run; out go files in memory. Knows no command.
"""

from pathlib import Path

from msgspec import Struct

from booklet.comparison import Comparison
from booklet.corrections import correct
from booklet.findings import Finding
from booklet.leaflets import print_unit
from booklet.profiles import ERRATA_SLIP
from booklet.slip import MOST_PAGES, slip_of, text_of
from booklet.warehouse import Place, Warehouse
from booklet.words import read_revision_words


class Slip(Struct, frozen=True):
    """The files of a slip; none where nothing is to be corrected or something cannot be said."""

    files: dict[str, bytes]
    obstacles: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def make(comparison: Comparison) -> Slip:
    """Return the slip that corrects the older side of a comparison."""
    new, run = comparison.new, comparison.old.run
    assert new.booklet and new.styles
    place = Place(Warehouse(new.desk.store, "errata"), Path(), printer=new.desk.printer)
    words = read_revision_words(new.booklet.language, place.warehouse.memory)
    told = correct(comparison, words)
    if told.obstacles or run is None:
        return Slip({}, told.obstacles)
    if not told.corrections:
        return Slip({})
    unit = slip_of(told.corrections, new.booklet, run, words)
    leaflet = print_unit(unit, ERRATA_SLIP, new.booklet, new.styles, place)
    if leaflet.pages > MOST_PAGES:
        return Slip({}, (f"it takes {leaflet.pages} pages, more than the {MOST_PAGES} of a leaf",), leaflet.findings)
    stem = f"{new.booklet.slug}-{run.stamp.name}-errata"
    text = text_of(told.corrections, new.booklet, run, words)
    return Slip({f"{stem}.pdf": leaflet.content, f"{stem}.txt": text.encode()}, (), leaflet.findings)
