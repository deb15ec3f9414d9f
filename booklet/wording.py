"""Two wordings of one thing → how alike they are, and which words changed.  Knows no booklet."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from msgspec import Struct

_NEAR = 1
"""Words between two changes that are told as one."""


class Swap(Struct, frozen=True):
    """Words that stand in the place of others: from and to as indices among the words of each wording."""

    start: int
    end: int
    new_start: int
    new_end: int


def likeness(old: str, new: str) -> float:
    """Return how alike two texts are by their words, 0 to 1."""
    matcher = SequenceMatcher(None, old.split(), new.split(), autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() > 0.2 else 0.0


def swaps(old: str, new: str) -> list[Swap]:
    """Return which words changed, neighbours together."""
    found: list[Swap] = []
    for tag, start, end, new_start, new_end in SequenceMatcher(
            None, old.split(), new.split(), autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if found and start - found[-1].end <= _NEAR:
            start, new_start = found[-1].start, found.pop().new_start
        found.append(Swap(start, end, new_start, new_end))
    return found


def changed_words(old: str, new: str) -> int:
    """Return how many words a reader would have to strike out or put in, the larger of the two."""
    return sum(max(one.end - one.start, one.new_end - one.new_start) for one in swaps(old, new))


def marked(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Yield the words of both, in runs: ``same``, ``old`` (struck out) or ``new`` (put in)."""
    before, after, last = old.split(), new.split(), 0
    for one in swaps(old, new):
        if one.start > last:
            yield "same", " ".join(before[last:one.start])
        if one.end > one.start:
            yield "old", " ".join(before[one.start:one.end])
        if one.new_end > one.new_start:
            yield "new", " ".join(after[one.new_start:one.new_end])
        last = one.end
    if last < len(before):
        yield "same", " ".join(before[last:])
