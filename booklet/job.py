"""What the engine is given: all that one layout depends on, in memory.  Plain data; knows no engine."""

from collections.abc import Callable, Mapping

from msgspec import Struct

from booklet.findings import Position
from booklet.profiles import Profile


class Sheet(Struct, frozen=True):
    """A style sheet with the name that its warnings carry."""

    name: str
    css: str


class Shown(Struct, frozen=True):
    """A picture of pixels as it stands on a page."""

    path: str
    width: float
    """In px of 1/96 inch."""
    height: float
    page: int
    """Index within the unit."""
    ground: tuple[int, ...]
    """The colour behind it, each part 0 to 255: four of a press, three of a screen; empty for paper."""


def _as_it_is(shown: Shown) -> bytes | None:
    return None


class Job(Struct, frozen=True):
    """One unit, ready for the engine."""

    html: str
    sheets: tuple[Sheet, ...]
    pictures: Mapping[str, bytes]
    """Path as in ``book://x/pictures/…`` → bytes as they are laid out."""
    profile: Profile
    address: str
    position: Position
    develop: Callable[[Shown], bytes | None] = _as_it_is
    """Returns a picture as it is painted, once its place is known; None for as it was laid out."""
    language: str = "nb"
    hyphenation: tuple[str, ...] = ()
    """Words that are broken otherwise than the patterns would."""
    mend: tuple[float, float] = (0, 0)
    """By how many parts of the size letters may be set apart to mend a last line, and how many letters it must have."""
    twin: bool = False
    """Another copy of the same unit will be asked for in this process."""
