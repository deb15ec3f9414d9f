"""A build that takes over nothing from any other: what every other build is compared with."""

from pathlib import Path

from making import say_nothing

from booklet.collector import Collector
from booklet.outputs import Output
from booklet.pipeline import build
from booklet.printers import read_printer
from booklet.reading import read_all
from booklet.store import Store
from booklet.warehouse import Place, Warehouse


def clean_build(content: Path, styles: Path, *outputs: Output) -> dict[str, bytes]:
    """Return file → bytes of a booklet that nothing is to be said about."""
    found = Collector()
    printer = read_printer("sheetfed", styles, found)
    assert printer and found.findings == ()
    place = Place(Warehouse(Store(None), "clean"), content / "nowhere", printer=printer)
    booklet, looks, findings = read_all(content, styles, place.warehouse.memory)
    assert booklet and looks and findings == ()
    result = build(booklet, looks, outputs, place, say_nothing)
    assert result.findings == () and len(result.made) == len(outputs)
    return {one.file: one.content for one in result.made}
