"""Which files a command makes, what they are called, and what became of them.  No I/O."""

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from booklet.findings import Finding
from booklet.model import Booklet
from booklet.printed import Copy
from booklet.profiles import PROFILES
from booklet.selection import in_order
from booklet.teaching import PARTICIPANT, Guide, Occasion


class Output(Struct, frozen=True):
    """One file to make."""

    file: str
    profile: str
    themes: tuple[str, ...] = ()
    """Themes, and parts of themes: «nettverk», «nettverk/berg»; empty for the whole booklet."""
    occasion: Occasion = field(default_factory=Occasion)
    """What a handout is made for."""

    kit: str = ""
    """Under which name files like it share what was deflated and proven; empty for its own."""

    def for_participants(self) -> "Output":
        """Return the handout that the participants have when this one is the facilitator's."""
        return replace(self, file=f"{self.file} {PARTICIPANT}", occasion=replace(self.occasion, audience=PARTICIPANT))


class Made(Struct, frozen=True):
    """A finished file."""

    file: str
    content: bytes
    pages: int
    seconds: float


class Result(Struct, frozen=True):
    """What a build made, and what is to be said about it; nothing is made where there are errors."""

    made: tuple[Made, ...]
    findings: tuple[Finding, ...]
    seconds: float
    """Of the whole build: what was laid out side by side is in no single file's time."""
    maps: Mapping[str, Copy] = field(default_factory=dict)
    """Profile → the page map of the whole booklet, where one was made."""


def _output(booklet: Booklet, profile: str, names: tuple[str, ...] = (), audience: str = "") -> Output:
    """Return one output; what it holds is put in the booklet's order, LookupError names what is unknown."""
    ordered = in_order(booklet, names)
    parts = [booklet.slug, booklet.edition, profile, *(name.replace("/", ".") for name in ordered), audience]
    occasion = Occasion(audience, guides=guides_of(booklet, ordered))
    return Output("-".join(filter(None, parts)) + ".pdf", profile, ordered, occasion)


def guides_of(booklet: Booklet, names: tuple[str, ...]) -> tuple[Guide, ...]:
    """Return the guides of the themes that something is of, in its order."""
    guides = {guide.theme: guide for guide in booklet.guides}
    themes = dict.fromkeys(name.partition("/")[0] for name in names)
    return tuple(guides[theme] for theme in themes if theme in guides)


def outputs_of(booklet: Booklet, profiles: tuple[str, ...], themes: tuple[str, ...]) -> tuple[Output, ...]:
    """Return what ``build`` makes: whole booklets, and a handout of each theme; with themes, excerpts of those only."""
    found = []
    for name in dict.fromkeys(profiles or PROFILES):
        if PROFILES[name].plan == "handout" or themes:
            wanted = dict.fromkeys(themes or (theme.id for theme in booklet.themes))
            found += [_output(booklet, name, (theme,)) for theme in wanted]
        else:
            found.append(_output(booklet, name))
    return tuple(found)


def output_of(
    booklet: Booklet, profile: str, themes: tuple[str, ...], audiences: tuple[str, ...] = ()
) -> tuple[Output, ...]:
    """Return what ``excerpt`` makes: one file of what is named, for each of the audiences."""
    return tuple(_output(booklet, profile, themes, audience) for audience in audiences or ("",))
