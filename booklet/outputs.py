"""Which files a command makes, what they are called, and what became of them.  No I/O."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from booklet.findings import Finding
from booklet.model import Booklet
from booklet.printed import Copy
from booklet.profiles import PROFILES


@dataclass(frozen=True, slots=True)
class Output:
    """One file to make."""

    file: str
    profile: str
    themes: tuple[str, ...] = ()
    """Empty for the whole booklet."""


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file."""

    file: str
    content: bytes
    pages: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Result:
    """What a build made, and what is to be said about it; nothing is made where there are errors."""

    made: tuple[Made, ...]
    findings: tuple[Finding, ...]
    seconds: float
    """Of the whole build: what was laid out side by side is in no single file's time."""
    maps: Mapping[str, Copy] = field(default_factory=dict)
    """Profile → the page map of the whole booklet, where one was made."""


def _output(booklet: Booklet, profile: str, themes: tuple[str, ...] = ()) -> Output:
    """Return one output; themes are put in the booklet's order, LookupError names one that is unknown."""
    known = [theme.id for theme in booklet.themes]
    for theme in themes:
        if theme not in known:
            raise LookupError(theme)
    ordered = tuple(theme for theme in known if theme in themes)
    return Output("-".join([booklet.slug, booklet.edition, profile, *ordered]) + ".pdf", profile, ordered)


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


def output_of(booklet: Booklet, profile: str, themes: tuple[str, ...]) -> tuple[Output, ...]:
    """Return what ``excerpt`` makes: one file of the themes named."""
    return (_output(booklet, profile, themes),)
