"""The waist of the program: what a booklet is, frozen.

In comes nothing, out goes nothing: the reader fills these, everybody else reads them. Nobody who holds
a ``Booklet`` opens a content file again. No I/O.
"""


from msgspec import Struct

from booklet.findings import Position
from booklet.graphs import Chart, Spot
from booklet.purchase import PrintOrder
from booklet.teaching import Course, Guide


class Reference(Struct, frozen=True):
    """Something a text points to; its place in a block's HTML is a mark that carries its number."""

    kind: str
    """``link`` (a place in the booklet), ``fact``, ``citation``, ``term``, ``picture`` or ``chart``."""
    target: str
    """An address («nettverk.berg», «nettverk.berg.tiltak»), a fact's, source's or term's id, a picture's path."""
    text: str
    """The words between the brackets, without markup."""
    position: Position
    locator: str = ""
    """What a citation adds: «s. 12»."""


class Block(Struct, frozen=True):
    """The smallest thing that a revision names: heading, paragraph, list, table, box, figure …"""

    kind: str
    html: str
    """Inert HTML; references are marks: U+E000 number U+E001 inline HTML U+E002."""
    text: str
    position: Position
    anchor: str = ""
    """The full address of the block («nettverk.text.flytting»), where it has one."""
    level: int = 0
    """Of a heading: 2 to 4."""


class Prose(Struct, frozen=True):
    """A Markdown body: blocks in order, and what they refer to."""

    blocks: tuple[Block, ...] = ()
    references: tuple[Reference, ...] = ()


class Article(Struct, frozen=True):
    """A piece with a title and a body: the foreword, a theme's text, where to go on."""

    address: str
    """«foreword», «nettverk.text», «nettverk.berg»: unique, stable, safe as an identifier."""
    title: str
    lead: str
    body: Prose
    position: Position


class Example(Struct, frozen=True):
    """What one municipality did: an article with a fact column."""

    article: Article
    municipality: str
    county: str
    period: str
    partners: tuple[str, ...]
    sources: tuple[str, ...]
    """Keys of the register of sources."""
    approval: str
    """``not-asked``, ``asked`` or ``approved``: whether the municipality has approved the text."""
    spots: tuple[Spot, ...] = ()
    """Where it is on the map."""


class Theme(Struct, frozen=True):
    """One of the booklet's parts."""

    id: str
    number: int
    title: str
    short: str
    lead: str
    colour: str
    points: tuple[str, ...]
    text: Article
    examples: tuple[Example, ...]
    questions: tuple[str, ...]
    position: Position
    picture: str = ""
    """Path of the picture that runs over the spread that opens it; empty for none."""
    form: str = "whole"
    """What an excerpt has of it beside examples and questions: ``whole``, ``text``, ``points`` or nothing."""

    @property
    def has_text(self) -> bool:
        """Tell whether its text is printed."""
        return self.form in ("whole", "text")


class Fact(Struct, frozen=True):
    """A figure of the register, with its source and its age."""

    id: str
    value: str
    unit: str
    what: str
    as_of: str
    """ISO date: the day for which the figure holds."""
    review_by: str
    """ISO date: the day by which somebody must look at it again."""
    source: str
    also: tuple[str, ...]
    position: Position


class Source(Struct, frozen=True):
    """An entry of the list of references."""

    key: str
    authors: tuple[str, ...]
    """Persons, «Family, Given»; empty when an organisation stands for the work."""
    organisation: str
    short: str
    year: str
    """Empty when not known."""
    title: str
    publisher: str
    report: str
    isbn: str
    pages: str
    url: str
    note: str
    position: Position


class Term(Struct, frozen=True):
    """A word of the glossary."""

    id: str
    term: str
    meaning: str
    source: str
    position: Position


class Picture(Struct, frozen=True):
    """A picture with what a reader must be told about it."""

    path: str
    """Relative to the content folder, with forward slashes."""
    media: str
    """``image/png``, ``image/jpeg`` or ``image/svg+xml``."""
    content: bytes
    alt: str
    caption: str
    credit: str
    licence: str
    position: Position


class Limits(Struct, frozen=True):
    """From when on a slip of errata no longer helps."""

    slip_changes: int = 10
    """Changes that a slip may carry."""
    slip_words: int = 40
    """Words of one thing that may change on it."""
    slip_added: int = 1
    """Added or removed paragraphs that it may carry."""
    reprint_themes: int = 1
    """Themes that may be renewed alone before the booklet is."""
    reprint_share: int = 15
    """Per cent of the blocks that may change before all is reprinted."""


class Booklet(Struct, frozen=True):
    """The whole publication, or a smaller one cut from it: an excerpt is a booklet, not a mode."""

    slug: str
    kicker: str
    title: str
    subtitle: str
    short: str
    """For running heads."""
    language: str
    edition: str
    published: str
    """ISO date of the edition: the only date that a made file carries."""
    publishers: tuple[str, ...]
    isbn: str
    url: str
    cover: str
    """Path of the cover's picture; empty for a cover of type alone."""
    blurb: str
    """What stands on the back cover."""
    colophon: tuple[tuple[str, str], ...]
    """Label and text of each line."""
    front: tuple[Article, ...]
    themes: tuple[Theme, ...]
    back: tuple[str | Article, ...]
    """Articles, and the words ``glossary`` and ``references``, in the order wanted."""
    facts: tuple[Fact, ...]
    sources: tuple[Source, ...]
    glossary: tuple[Term, ...]
    pictures: tuple[Picture, ...]
    position: Position
    typography_off: tuple[str, ...] = ()
    """Rules of typography that this booklet does not follow."""
    limits: Limits = Limits()
    excerpt: bool = False
    print_order: PrintOrder | None = None
    budget: int = 0
    """Most pages; 0 for any number."""
    hyphenation: tuple[str, ...] = ()
    """Words with their breaks, «bærekrafts-mål»; a star at the end stands for all that begin so."""
    charts: tuple[Chart, ...] = ()
    """The figures drawn from data that its texts show."""
    short_url: str = ""
    """What a handout prints and its QR code says instead of the web address; empty where there is no shorter one."""
    guides: tuple[Guide, ...] = ()
    courses: tuple[Course, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    """Every content file that was read, by its path from the folder, with its id."""


def articles(booklet: Booklet) -> tuple[Article, ...]:
    """Return every article of a booklet in reading order."""
    found = list(booklet.front)
    for theme in booklet.themes:
        found += [*([theme.text] if theme.has_text else []), *(example.article for example in theme.examples)]
    return (*found, *(part for part in booklet.back if isinstance(part, Article)))


def title_of(booklet: Booklet) -> str:
    """Return the full title, kicker and all: «Temahefte: Innvandring …»."""
    return f"{booklet.kicker}: {booklet.title}" if booklet.kicker else booklet.title
