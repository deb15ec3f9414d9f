"""Which copies there are and where everything in them stands: each page map is made once and shared."""

from pathlib import Path

from making import STYLES, lay_tiny, say_nothing

from booklet.collector import Collector
from booklet.outputs import Output
from booklet.planning import Planner
from booklet.printers import read_printer
from booklet.profiles import PROFILES
from booklet.reading import read_all
from booklet.store import Store
from booklet.warehouse import Place, Warehouse


def test_page_maps_are_made_once_and_an_excerpt_quotes_the_whole(tmp_path: Path) -> None:
    place = Place(Warehouse(Store(None), "planning"), tmp_path, printer=read_printer("sheetfed", STYLES, Collector()))
    booklet, looks, _ = read_all(lay_tiny(tmp_path), STYLES, place.warehouse.memory)
    assert booklet and looks
    planner = Planner(booklet, looks, place, say_nothing)
    output = Output("heim.pdf", "handout", ("heim",))
    copy, quoted = planner.excerpt(output)
    assert planner.excerpt(output)[0] is copy and list(planner.maps) == ["print"]
    whole = planner.whole(PROFILES["print"])
    assert planner.whole(PROFILES["print"]) is whole and quoted["arbeid"] == whole.label("arbeid")
    assert planner.printer(PROFILES["handout"]) is None and planner.filled(PROFILES["print"]).multiple == 4
