"""What becomes paper: units before the press, fragments after it, and where everything stands.

Plain frozen data between rooms. No I/O, no library.
"""

from collections.abc import Mapping

from msgspec import Struct

from booklet.findings import Finding, Position
from booklet.presses import Printer
from booklet.profiles import Profile

RECTO, VERSO = "recto", "verso"


class Entry(Struct, frozen=True):
    """A line of the contents, or a bookmark."""

    level: int
    label: str
    title: str
    address: str
    note: str = ""


class Unit(Struct, frozen=True):
    """What begins on a new page and is laid out alone, complete: its template needs nothing else."""

    address: str
    kind: str
    """The name of its template."""
    title: str
    level: int
    """In contents and bookmarks: 1 for parts, 2 for what a theme holds, 0 for neither."""
    colour: str
    """A theme colour of the palette, or empty."""
    running: tuple[str, str]
    """The running heads of left and right pages."""
    content: Mapping[str, object]
    """What its template prints: strings, numbers, tuples and mappings of them."""
    bookmarks: tuple[Entry, ...]
    """Headings inside the unit."""
    pictures: tuple[str, ...]
    position: Position
    blocks: tuple[Position, ...] = ()
    """Where each block that carries ``data-b`` stands in the content."""
    folio: bool = True
    """Whether its pages carry a printed number."""
    folio_digits: int = 2
    """How many digits the printed number has room for."""
    in_booklet: bool = True
    """Whether the whole booklet has these very pages, so that an excerpt keeps their printed numbers."""
    spread: bool = False
    """Whether it is designed for two facing pages, so that in the whole booklet it begins on a verso."""
    drawn: bool = False
    """Whether it shows drawings of ours, whose colours are tokens until they are laid out."""


class Hole(Struct, frozen=True):
    """A place left open for a number that is known only when all pages are counted."""

    page: int
    """Index within the fragment."""
    offset: int
    """Byte offset of its glyph string in the page's content."""
    digits: int
    """How many characters it has room for, the gap not counted."""
    kind: str
    """``folio``, ``page`` (of a target in this copy), ``whole`` (of a target in another copy, as a rule the whole
    booklet), ``mark`` (says which page of the whole booklet begins here, if any does), ``phrase``, or ``print``."""
    target: str
    """An address; of a phrase its words: «Side {page} av {total}»; of a mark a block: «nettverk.text#3»; nothing for
    the pages' own and the fingerprint."""
    left: bool
    """Set from the left; otherwise the digits stand at the right end."""
    gap: bool
    """A space stands before the digits."""
    face: str
    box: tuple[int | float, int | float, int | float, int | float]
    """Left, bottom, right, top in pt from the corner of the media box."""


class Place(Struct, frozen=True):
    """Where an address, or a block, begins on paper."""

    page: int
    x: int | float
    y: int | float
    """In pt from the bottom of the media box."""


class Fragment(Struct, frozen=True):
    """What the press leaves of a unit: data, not code."""

    pages: int
    pdf: bytes | memoryview
    holes: tuple[Hole, ...]
    places: Mapping[str, Place]
    """Address → place, the unit's own address included."""
    blocks: tuple[tuple[int, Place], ...]
    """Number of the block → each place where a part of it begins."""
    glyphs: Mapping[str, Mapping[int, str]]
    """Face → glyph → the text it stands for."""
    fonts: Mapping[str, str]
    """Resource name in the content → face."""
    findings: tuple[Finding, ...] = ()
    key: str = ""
    """Hash of all that it depends on, where the press knows it."""
    leaves: bytes | memoryview = b""
    """The objects of the PDF, collated; nothing where they must be gathered from it."""


class Placed(Struct, frozen=True):
    """A unit in its place in a copy."""

    unit: Unit
    fragment: Fragment
    first: int
    """Index of its first page in the copy, from 0."""
    labels: tuple[str, ...]
    """What a page is called: its folio, or the number it would carry."""


class Copy(Struct, frozen=True):
    """All units of one output in place, pages counted: the page map."""

    placed: tuple[Placed, ...]
    pages: Mapping[str, int]
    """Address → index of the page it stands on."""
    labels: tuple[str, ...]
    """Page index → what the page is called."""

    def fonts(self) -> dict[str, str]:
        """Return resource name in the content → face, over all fragments."""
        return {key: name for placed in self.placed for key, name in placed.fragment.fonts.items()}

    def blocks(self) -> dict[Position, set[int]]:
        """Return where a block begins in the content → indexes of the pages it stands on, in whichever unit."""
        found: dict[Position, set[int]] = {}
        for placed in self.placed:
            for number, place in placed.fragment.blocks:
                if number < len(placed.unit.blocks):
                    found.setdefault(placed.unit.blocks[number], set()).add(placed.first + place.page)
        return found

    def label(self, address: str) -> str:
        """Return what the page is called that an address stands on."""
        return self.labels[self.pages[address]]


class Sheets(Struct, frozen=True):
    """A copy on its way to the bindery."""

    copy: Copy
    profile: Profile
    whole: Mapping[str, str]
    """Address → what the page is called that it stands on in the whole booklet, block → what the margin says of it,
    «@» and address → the page of the participants' handout; empty but for an excerpt."""
    printer: Printer | None = None
    """Whose demands the sheets are made to, in profiles for the press."""
    slug: str = ""
    """What stands beside each page, where the printer has room for it: «Temahefte, 2019, side {page}»."""
    fingerprint: str = "0000\u00a00000"
    """Of the content, as it is printed: «3f2a 91c0»; zeros where nobody knows it."""


def side_of(index: int) -> str:
    """Return the side of the page with this index, counted from 0: the first page of a copy is a recto."""
    return VERSO if index % 2 else RECTO
