"""Missing fragments, made by several processes at once before anyone asks for them.

In come the units of all copies in runs that follow each other on paper; what is made goes to the fragments at hand. On
which side a run begins is known only when all pages before it are counted, so it is guessed: from the last build, or
from the booklet's plan. A wrong guess costs time only, and the result never depends on how many work.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from booklet.packing import pack, unpack
from booklet.press import Press, load_engine, tidy_engine
from booklet.printed import RECTO, VERSO, Unit
from booklet.steps import Step
from booklet.workers import Work, side_by_side

FEW = 4
"""Up to so many missing units are made by this process: to start others costs more."""
_KEY = 64
"""Hexadecimal digits of a key."""
_OPENER = "opener"
_PARTS = 1
"""The level of units that begin a run: parts of the booklet."""
_OTHER = {RECTO: VERSO, VERSO: RECTO}


@dataclass(frozen=True, slots=True)
class Run:
    """Units that follow each other, and the side on which the first of them is expected."""

    press: Press
    units: tuple[Unit, ...]
    side: str

    def missing(self) -> int:
        """Return how many of the units are not at hand, as far as can be told before any is made."""
        side, count = self.side, 0
        for unit in self.units:
            fragment = self.press.stock.fragments.get(self.press.key(unit, side))
            count += fragment is None
            side = _OTHER[side] if fragment and fragment.pages % 2 else side
        return count

    def make(self) -> Iterator[bytes]:
        """Make the units, one after the other; yields what was missing."""
        side, fragments = self.side, self.press.stock.fragments
        fragments.only_read()
        for unit in self.units:
            inputs, name = self.press.inputs(unit, side), f"{self.press.profile.name} {unit.address}"
            missing = not fragments.has(self.press.key(unit, side))
            fragment = self.press.lay_out(unit, side)
            if missing and not fragment.findings:
                why = " ".join(fragments.changes(name, inputs))
                yield f"{name}\t{why}\n".encode() + fragment.key.encode() + pack(fragment)
            side = _OTHER[side] if fragment.pages % 2 else side


def runs_of(press: Press, units: Sequence[Unit]) -> Iterator[Run]:
    """Cut a copy's units into runs: what stands before the themes, each theme, what stands behind them."""
    parts = [number for number, unit in enumerate(units) if unit.level == _PARTS and number]
    openers = [number for number in parts if units[number].kind == _OPENER]
    behind = [number for number in parts if openers and number > openers[-1]][:1]
    starts = [0, *openers, *behind]
    for start, end in zip(starts, [*starts[1:], len(units)], strict=True):
        before = press.stock.fragments.side(f"{press.profile.name} {units[start].address}")
        planned = VERSO if start else RECTO  # a theme opens over a spread, and fills whole ones
        yield Run(press, tuple(units[start:end]), before if before in _OTHER else planned)


def make_missing(runs: Sequence[Run], jobs: int) -> None:
    """Make what is missing in several processes, unless that is little."""
    if jobs < 2:
        return
    wanting = [(run.missing(), run) for run in runs]
    if sum(count for count, _ in wanting) <= FEW:
        return
    load_engine()
    longest = sorted((one for one in wanting if one[0]), key=lambda one: -one[0])
    stock = longest[0][1].press.stock

    def receive(data: bytes) -> None:
        name, rest = data.split(b"\n", 1)
        key, fragment = rest[:_KEY].decode(), unpack(rest[_KEY:])
        (profile, address), why = name.decode().split("\t")[0].split(" ", 1), name.decode().split("\t")[1]
        stock.fragments.put(key, fragment)
        stock.tell(Step(profile, address, False, tuple(why.split())))

    side_by_side(Work([_quiet(run).make for _, run in longest], tidy_engine), jobs, receive)


def _quiet(run: Run) -> Run:
    """Return a run that tells nobody what it does: its process has no terminal."""
    return replace(run, press=replace(run.press, stock=replace(run.press.stock, tell=_say_nothing)))


def _say_nothing(step: Step) -> None:
    """Say nothing."""
