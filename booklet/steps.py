"""What a build tells while it works: a unit at hand, taken from the cache or made, and why.  Nobody below."""

from msgspec import Struct


class Step(Struct, frozen=True):
    """A unit at hand: taken from the cache, or made."""

    profile: str
    address: str
    kept: bool
    why: tuple[str, ...] = ()
    """Of one that was made: which of its inputs changed; ``new`` for one never made, empty for one that was lost."""
