"""A figure's file → a ``Chart``: its numbers read, those of the register looked up, its sources named.

In come the shelf, the name of a file and the registers; out goes a chart that needs nothing else, or findings. It
refuses to know how a figure is drawn.
"""

from collections.abc import Iterator

from msgspec import Struct

from booklet.collector import Collector
from booklet.findings import Finding
from booklet.graphs import Chart, Quantity, Row, Spot
from booklet.kinds import Datum
from booklet.letters import guess, quoted
from booklet.memory import Only
from booklet.quantities import is_nothing, print_number, read_quantity
from booklet.registers import Registers, check_source, read_record
from booklet.shapes import Record
from booklet.source import Shelf

_FACT = "fact:"


class _Demand(Struct, frozen=True):
    """What a kind of figure wants of its rows."""

    rows: tuple[int, int]
    series: tuple[int, int] = (1, 1)
    """How many numbers a row has, at least and at most."""
    least: float = float("-inf")
    most: float = float("inf")


_DEMANDS = {
    "bars": _Demand((2, 14), least=0),
    "grouped": _Demand((1, 8), (2, 3), least=0),
    "diverging": _Demand((2, 14), (1, 3)),
    "line": _Demand((1, 6), (2, 12)),
    "dots": _Demand((2, 10), (1, 3)),
    "strip": _Demand((2, 7), least=0),
    "pictogram": _Demand((1, 6), least=0, most=100),
    "timeline": _Demand((2, 9), (0, 0)),
    "process": _Demand((2, 5), (0, 1)),
    "map": _Demand((1, 16), (0, 0)),
}


def read_chart(shelf: Shelf, name: str, registers: Registers, found: Collector) -> Chart | None:
    """Return the chart of a file; None, with findings, when it cannot be drawn."""
    before = len(found)
    record = read_record(shelf, name, "chart", found)
    if record is None or len(found) > before:
        return None
    if before:  # what else was found decides what is told of a figure
        chart = _Reader(record, registers, found).chart(name)
        return None if len(found) > before else chart
    drawn, findings = shelf.memory.once(_draw, Only(record), Only(registers), name)
    found.add(findings)
    return drawn


def _draw(record: Record, registers: Registers, name: str) -> tuple[Chart | None, tuple[Finding, ...]]:
    found = Collector()
    chart = _Reader(record, registers, found).chart(name)
    return None if len(found) else chart, found.findings


class _Reader:
    """Looks up and checks what one file says."""

    def __init__(self, record: Record, registers: Registers, found: Collector) -> None:
        self._record, self._registers, self._found = record, registers, found
        self._kind = record.text("kind")
        self._demand = _DEMANDS[self._kind]
        self._sources: dict[str, None] = {}
        """Of the facts and places, in the order of the rows."""
        self._used: dict[str, None] = {}
        """Facts, in the order of the rows."""

    def chart(self, name: str) -> Chart:
        """Return the chart; what is wrong with it is in the findings."""
        record, rows = self._record, self._record.parts.get("rows", ())
        self._check_counts(rows)
        made = tuple(self._row(row) for row in rows)
        spots = tuple(spot for row in rows if (spot := self._spot(row)))
        known = None if self._registers.sources is None else set(self._registers.sources)
        check_source(record, "sources", known, self._found)
        sources = record.texts("sources") or tuple(self._sources)
        if not sources and known is not None and not len(self._found):
            hint = "add 'sources: [key]', or take its numbers from facts"
            self._found.error("chart-source", "a figure without a source", record.place("title"), hint)
        return Chart(
            name, self._kind, record.text("title"), record.text("what"), record.text("unit"), record.texts("series"),
            made, spots, sources, record.text("note"), tuple(self._used))

    def _check_counts(self, rows: tuple[Record, ...]) -> None:
        (least, most), place = self._demand.rows, self._record.place("kind")
        if not least <= len(rows) <= most:
            message = f"a figure '{self._kind}' of {len(rows)} rows, not {least} to {most}"
            self._found.error("chart-rows", message, place, "add or remove some, or choose another kind")
        least, most = self._demand.series
        count = len(self._record.texts("series"))
        if count and not least <= count <= most:
            wanted = "none" if not most else f"{least} to {most}" if least < most else str(least)
            message = f"a figure '{self._kind}' with {count} series, not {wanted}"
            hint = "add or remove some, or choose another kind"
            self._found.error("chart-rows", message, self._record.place("series"), hint)
        elif least > 1 and not count:
            hint = "add 'series: [one, other]', the names of the numbers of a row"
            self._found.error("chart-rows", f"a figure '{self._kind}' without series", place, hint)

    def _row(self, row: Record) -> Row:
        data = row.data.get("values", ())
        least, most = self._demand.series
        count = len(self._record.texts("series"))
        if count:
            least = most = count
        if not least <= len(data) <= most and "values" not in row.doubtful:
            wanted = f"{least} to {most}" if least < most else str(least)
            message = f"the row {quoted(row.text('label'))} has {len(data)} numbers, not {wanted}"
            self._found.error("chart-rows", message, row.place("values"), "a number a series; '–' where there is none")
        amounts = tuple(self._amount(datum) for datum in data)
        return Row(row.text("label"), amounts, row.text("note"), row.text("highlight") == "yes")

    def _amount(self, datum: Datum) -> Quantity | None:
        if is_nothing(datum.text):
            return None
        text = datum.text
        if text.startswith(_FACT):
            text = self._fact(text.removeprefix(_FACT), datum)
            if not text:
                return None
        quantity = read_quantity(text)
        if quantity is None:
            hint = "write '65,0', '−42', '60–70', 'fact:some-id', or '–' for none"
            self._found.error("chart-value", f"{quoted(text)} is no number", datum.position, hint)
        elif not self._demand.least <= quantity.low <= quantity.high <= self._demand.most:
            least, most = print_number(self._demand.least), self._demand.most
            wanted = f"{least} to {print_number(most)}" if most < float("inf") else f"{least} or more"
            message = f"{quoted(quantity.text)} in a figure '{self._kind}', which shows {wanted}"
            self._found.error("chart-value", message, datum.position, "choose another kind")
        return quantity

    def _fact(self, name: str, datum: Datum) -> str:
        """Return the value of a fact, and remember its source."""
        facts = self._registers.facts
        if facts is None:
            return ""
        if name not in facts:
            hint = guess(name, facts) or "add it to facts.yaml"
            self._found.error("unknown-fact", f"unknown fact {quoted(name)}", datum.position, hint)
            return ""
        fact, unit = facts[name], self._record.text("unit")
        if unit and fact.unit and fact.unit != unit:
            message = f"the fact {quoted(name)} counts {quoted(fact.unit)}, the figure {quoted(unit)}"
            self._found.error("chart-unit", message, datum.position, "show what is counted alike in one figure")
        self._sources.setdefault(fact.source)
        self._used.setdefault(name)
        return fact.value

    def _spot(self, row: Record) -> Spot | None:
        wanted = self._kind == "map"
        if wanted != bool(row.text("place")) and "place" not in row.doubtful:
            has = "has no place" if wanted else "has a place"
            message = f"the row {quoted(row.text('label'))} of a figure '{self._kind}' {has}"
            hint = "add 'place:', an id of places.yaml" if wanted else "remove it, or draw a map"
            self._found.error("chart-rows", message, row.place("place"), hint)
        for spot in find_spots(row, "place", self._registers, self._found):
            self._sources.setdefault(spot.source)
            return spot
        return None


def find_spots(record: Record, key: str, registers: Registers, found: Collector) -> Iterator[Spot]:
    """Yield the places that a record names; an unknown one is a finding."""
    known = registers.places
    for datum in record.data.get(key, ()) if known is not None else ():
        if known and datum.text in known:
            yield known[datum.text]
            continue
        hint = guess(datum.text, known or ()) or "add it to places.yaml"
        found.error("unknown-place", f"unknown place {quoted(datum.text)}", datum.position, hint)
