"""What a laid-out unit measures: lines, boxes, notes and pages, in mm from the top left corner of the trim.

Plain frozen data between rooms. No I/O, no library.
"""

from msgspec import Struct

FLOW, BESIDE, NOTE, MARGIN = "flow", "beside", "note", "margin"
"""Where words stand: in the column, beside it (floats, what is placed by hand), in a footnote, in the page's margin."""


class Home(Struct, frozen=True):
    """Where in the content something comes from, and among what it stands."""

    block: int
    """Number of the block; -1 for none."""
    below: int
    """Lines below the block's first line."""
    anchor: str
    """The nearest id, outwards."""
    tag: str
    within: tuple[str, ...]
    """Tags and classes of the element and of all around it."""
    place: str
    figure: int = -1
    """Key of the figure that it belongs to; -1 for none."""


class Words(Struct, frozen=True):
    """Words of one line in one style."""

    text: str
    size: int | float
    """In pt."""
    bold: bool
    raised: bool
    """Above or below the line's baseline: a note's number, an index."""
    colour: str
    """``#rrggbb``, or ``cmyk`` and the four inks in per cent."""
    ground: str
    """The colour behind them; empty for paper."""


class Line(Struct, frozen=True):
    """One line of words."""

    page: int
    """Index within the unit."""
    left: int | float
    right: int | float
    """Where its words end."""
    top: int | float
    bottom: int | float
    baseline: int | float
    edge: int | float
    """Where its column ends."""
    words: tuple[Words, ...]
    body: bool
    """Set in the face and size of running text."""
    broken: str = ""
    """The word that the line end breaks, with the hyphen at the break."""

    @property
    def text(self) -> str:
        """Return what the line says."""
        return "".join(words.text for words in self.words)


class Paragraph(Struct, frozen=True):
    """Lines that belong together, on one page or several."""

    home: Home
    lines: tuple[Line, ...]


class Thing(Struct, frozen=True):
    """A part of a box on a page: a table, a figure, a picture, what must not be broken."""

    key: int
    """The same for all parts of one box."""
    home: Home
    page: int
    left: int | float
    top: int | float
    right: int | float
    bottom: int | float
    start: int | float
    end: int | float
    """Left and right edge of what it stands in."""
    whole: bool
    """The design says that it is not to be broken."""
    source: str = ""
    """Path of the picture that it shows."""


class Note(Struct, frozen=True):
    """A footnote: where it is called, and where it stands."""

    home: Home
    call: int
    """Page of its call."""
    page: int
    x: int | float
    y: int | float
    """Of the call."""
    text: str


class Leaf(Struct, frozen=True):
    """One page."""

    width: int | float
    height: int | float
    left: int | float
    top: int | float
    right: int | float
    bottom: int | float
    """The column: what the margins leave."""
    step: int | float
    """Of the baseline grid."""
    first: int | float
    """The grid's first baseline."""
    filled: int | float
    """How far down the column is filled, notes counted as if they stood below the text."""


class Measures(Struct, frozen=True):
    """All that is measured of a unit."""

    leaves: tuple[Leaf, ...]
    paragraphs: tuple[Paragraph, ...]
    things: tuple[Thing, ...]
    notes: tuple[Note, ...]
    lost: tuple[tuple[Home, str], ...] = ()
    """Words that the layout has left out without a word of its own."""
    repairs: tuple[tuple[int, int, str, int | float], ...] = ()
    """Block, lines below, first words, and by how many parts of the size its letters stand wider apart."""
