"""What a figure drawn from data is: its numbers, its words, its places.  Frozen; no I/O, nobody below."""

from msgspec import Struct


class Quantity(Struct, frozen=True):
    """A number, or two that hold what is known between them."""

    text: str
    """As it is printed."""
    low: float
    high: float

    @property
    def middle(self) -> float:
        """Return what stands for the whole range."""
        return (self.low + self.high) / 2


class Spot(Struct, frozen=True):
    """A place on the map."""

    id: str
    name: str
    county: str
    """As of the edition."""
    latitude: int | float
    longitude: int | float
    source: str
    """Key of the register of sources."""


class Row(Struct, frozen=True):
    """What one line of a figure shows: a group, a year, a step."""

    label: str
    amounts: tuple[Quantity | None, ...]
    """One for each series; None where the source has no number."""
    note: str
    strong: bool
    """What the title speaks of: in the theme's colour where others are grey."""


class Chart(Struct, frozen=True):
    """A figure drawn from data."""

    path: str
    """Of its file, relative to the content folder."""
    kind: str
    title: str
    """The finding."""
    what: str
    """What is measured, of whom and when."""
    unit: str
    series: tuple[str, ...]
    rows: tuple[Row, ...]
    spots: tuple[Spot, ...]
    """Of a map: a place a row."""
    sources: tuple[str, ...]
    """Keys of the register of sources: those the author names, or else those of the facts."""
    note: str
    facts: tuple[str, ...] = ()
    """Ids of the facts that its numbers are."""
