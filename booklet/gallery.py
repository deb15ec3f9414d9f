"""Charts → the HTML of figures: drawn, captioned, with their sources, and on a screen with the way to their numbers.

In come the charts of a booklet and what its copy holds; out go figures by the path of their file, and the tables
behind them. It refuses to know units and pages; what draws is loaded when there is something to draw.
"""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

from booklet.entities import escape
from booklet.graphs import Chart, Spot
from booklet.inline import Setting, link, page_of
from booklet.retelling import caption, retell, table

TABLES = "numbers"
"""The address of the page that holds the numbers behind all figures."""
_SHORT = 20
_STRIPS = frozenset({"strip", "pictogram", "timeline", "process"})


def draw(chart: Chart, alt: str) -> str:
    """Return the drawing of a chart, which says the same in words to those who do not see it."""
    if chart.kind == "map":
        return str(import_module("booklet.atlas").draw_map(chart, alt))
    return str(drawer_of(chart.kind)(chart).html(alt))


def drawer_of(kind: str) -> Callable[[Chart], Any]:
    """Return what draws charts of a kind: the function of that name."""
    room = import_module("booklet.strips") if kind in _STRIPS else import_module("booklet.plots")
    drawer: Callable[[Chart], Any] = getattr(room, kind)
    return drawer


def locate(spots: Sequence[Spot], alt: str) -> str:
    """Return a small map of the country with a dot at each of some places."""
    return str(import_module("booklet.atlas").locate(spots, alt))


def source_line(chart: Chart, setting: Setting, way: str = "") -> str:
    """Return what a reader must know about the numbers, where they come from, and the way to them."""
    labels = [
        link(f"references.{key}", _tied(setting.labels[key]), setting.live and f"references.{key}" in setting.inside)
        for key in chart.sources]
    word = setting.words["source" if len(labels) == 1 else "sources"]
    note = f"{escape(chart.note)} " if chart.note else ""
    stop = "" if setting.labels[chart.sources[-1]].endswith(".") else "."
    return f'<p class="source">{note}{escape(word)}: {"; ".join(labels)}{stop}{way}</p>'


def _tied(label: str) -> str:
    """Return a short form that stays on one line where it is short indeed."""
    return escape(label.replace(" ", "\u00a0") if len(label) <= _SHORT else label)


def hang_chart(chart: Chart, setting: Setting, draw: Callable[[Chart, str], str] = draw) -> str:
    """Return a figure: its title, its drawing, its sources; ``draw`` may remember drawings."""
    way = ""
    if TABLES in setting.inside:
        words = link(table_address(chart), escape(setting.words["chart-table"]), setting.live)
        way = f' <span class="data-link">{words}\u00a0{page_of(TABLES, setting)}</span>'
    return f"{caption(chart)}{draw(chart, retell(chart, setting.words))}{source_line(chart, setting, way)}"


def table_address(chart: Chart) -> str:
    """Return the address of the table behind a figure."""
    stem = chart.path.rpartition("/")[2].removesuffix(".yaml")
    folder = chart.path.split("/")[1] if chart.path.startswith("themes/") else ""
    return ".".join(filter(None, (TABLES, folder, stem)))


def tables_of(charts: Sequence[Chart], setting: Setting) -> tuple[str, ...]:
    """Return the numbers behind all figures, a table each."""
    return tuple(
        f'<figure class="table" id="{table_address(chart)}">{table(chart, setting.words)}'
        f"{source_line(chart, setting)}</figure>"
        for chart in charts)


def place_map(
    spots: Sequence[Spot], words: Mapping[str, str], locate: Callable[[Sequence[Spot], str], str] = locate
) -> str:
    """Return a small map of where an example is, nothing where that is not known; ``locate`` may remember maps."""
    if not spots:
        return ""
    names = f" {words['and']} ".join([", ".join(spot.name for spot in spots[:-1]), spots[-1].name][len(spots) < 2:])
    counties = ", ".join(dict.fromkeys(spot.county for spot in spots))
    return locate(spots, words["map-alt"].format(places=names, county=counties))
