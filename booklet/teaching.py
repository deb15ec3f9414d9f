"""What a booklet is taught with: guides for whoever leads a course, courses, a municipality's own figures.

Frozen data, filled by the reader. No I/O; it refuses to know texts, pages and commands.
"""

from collections.abc import Mapping

from msgspec import Struct, field

from booklet.findings import Position

FIGURES = ("population", "immigrants", "employed", "settled")
"""A municipality's own figures, in the order in which they are shown."""
PARTICIPANT, FACILITATOR = "participant", "facilitator"
AUDIENCES = PARTICIPANT, FACILITATOR
"""For whom a handout is made."""


class Stage(Struct, frozen=True):
    """One step of a programme."""

    minutes: int
    title: str
    uses: str
    """Address of what the participants have before them: «nettverk.berg», «notes»; empty for nothing."""
    say: str
    ask: tuple[str, ...]
    expect: tuple[str, ...]
    """Answers that will probably come."""
    pitfalls: tuple[str, ...]
    position: Position


class Programme(Struct, frozen=True):
    """A meeting, minute by minute."""

    name: str
    frame: int
    """Minutes that there are."""
    stages: tuple[Stage, ...]


class Guide(Struct, frozen=True):
    """What whoever leads a course on a theme holds in hand."""

    theme: str
    aims: tuple[str, ...]
    materials: tuple[str, ...]
    programmes: tuple[Programme, ...]


class Municipality(Struct, frozen=True):
    """A municipality's own figures; what is not known is empty, and nobody fills it in but the participants."""

    name: str = ""
    county: str = ""
    figures: Mapping[str, str] = field(default_factory=dict)
    """Some of ``FIGURES`` → the figure as it was given."""
    year: str = ""
    source: str = ""


class Course(Struct, frozen=True):
    """A course that is given with parts of the booklet."""

    id: str
    name: str
    title: str
    date: str
    audience: str
    """``politicians``, ``planners``, ``volunteers`` or ``staff``; empty for whoever comes."""
    what: tuple[str, ...]
    """Themes, and parts of themes: «nettverk», «nettverk/text», «nettverk/berg», in the order wanted."""
    programme: Programme | None
    copies: int | None
    layout: str
    """``1-up``, ``2-up`` or ``a5-booklet``."""
    language: str
    """Of the words that the program writes; empty for the booklet's own."""
    welcome: str
    place: str
    rules: tuple[str, ...]
    short: bool
    """Whether participants get the points of a theme instead of its text."""
    municipality: Municipality | None
    position: Position


class Occasion(Struct, frozen=True):
    """What a handout is made for."""

    audience: str = ""
    """``participant``, ``facilitator``, or empty for any reader."""
    course: Course | None = None
    guides: tuple[Guide, ...] = ()
    """Of the themes taught, for the facilitator."""
    contents: bool | None = None
    """Whether it is long enough to list what it holds; None for as long as nobody knows."""
    leaflet: bool = False
    """Whether it is the page that invites to the course, and nothing else."""
    held: frozenset[str] = frozenset()
    """For the facilitator: addresses of the whole booklet, and of the participants' handout («@nettverk.berg»)."""
