"""What the engine is given: all that one layout depends on, in memory.  Plain data; knows no engine."""

from collections.abc import Mapping
from dataclasses import dataclass

from booklet.findings import Position
from booklet.profiles import Profile


@dataclass(frozen=True, slots=True)
class Sheet:
    """A style sheet with the name that its warnings carry."""

    name: str
    css: str


@dataclass(frozen=True, slots=True)
class Job:
    """One unit, ready for the engine."""

    html: str
    sheets: tuple[Sheet, ...]
    pictures: Mapping[str, bytes]
    """Path as in ``book://x/pictures/…`` → bytes in the profile's inks."""
    profile: Profile
    address: str
    position: Position
