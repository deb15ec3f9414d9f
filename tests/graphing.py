"""A small figure of every kind, for tests; all of them rest on the source «a»."""

from booklet.graphs import Chart, Quantity, Row, Spot
from booklet.quantities import read_quantity


def quantity(text: str) -> Quantity | None:
    """Return a number, or none for a dash."""
    return read_quantity(text)


def row(label: str, *values: str, note: str = "", strong: bool = False) -> Row:
    """Return a row of numbers as authors write them."""
    return Row(label, tuple(quantity(value) for value in values), note, strong)


def chart(kind: str, *rows: Row, series: tuple[str, ...] = (), unit: str = "personer", **more: str) -> Chart:
    """Return a chart of a kind, at the path that its kind makes."""
    spots = SPOTS[: len(rows)] if kind == "map" else ()
    path = f"themes/en/figures/{kind}.yaml"
    return Chart(
        path, kind, more.get("title", "Flere kom"), more.get("what", "Folk i 2019"), unit, series, rows, spots, ("a",),
        more.get("note", ""))


SPOTS = (
    Spot("berg", "Berg", "Troms", 69.5, 17.5, "a"), Spot("froya", "Frøya", "Trøndelag", 63.73, 8.83, "a"),
    Spot("gloppen", "Gloppen", "Sogn og Fjordane", 61.77, 6.21, "a"))
CHARTS = {
    one.path: one
    for one in (
        chart("bars", row("Oslo", "1200", strong=True), row("Berg", "–"), row("Frøya", "60–70"), note="Om lag."),
        chart("grouped", row("2018", "10", "20", "5"), row("2019", "12", "–", "7"), series=("her", "der", "borte")),
        chart("diverging", row("Nord", "12", "-7", "5"), row("Sør", "3", "-9", "-6"), series=("Inn", "Ut", "I alt")),
        chart("line", row("alle", "65,0", "66,5"), row("noen", "–", "40,1"), series=("2017", "2018"), unit="prosent"),
        chart("dots", row("Før", "36", "53"), row("Nå", "49", "71"), row("Ukjent", "–", "–"),
              series=("Kvinner", "Menn"), unit="prosent"),
        chart("strip", row("Mye", "900", strong=True), row("Mindre", "95"), row("Litt", "5")),
        chart("pictogram", row("Landet", "80"), row("Bygda", "60–70"), row("Ukjent", "–"), unit="prosent"),
        chart("timeline", row("2013", note="Det begynte."), row("2019", note="Det endte."), unit=""),
        chart("process", row("Spør", "3", note="alle"), row("Svar", "–"), unit="steg"),
        chart("map", row("Berg", note="tema 1"), row("Frøya"), row("Gloppen"), unit=""),
    )
}
