"""Missing fragments, made by several processes at once before anyone asks for them.

In come the units of all copies in runs that follow each other on paper; what is made goes to the fragments at hand. On
which side a run begins is known only when all pages before it are counted; until then it is reckoned from units of the
same kind and length. A wrong reckoning costs time only, and the result never depends on how many work.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from booklet.packing import pack, unpack
from booklet.press import Press, prepare_engine, tidy_engine
from booklet.printed import RECTO, VERSO, Fragment, Unit
from booklet.steps import Step
from booklet.workers import side_by_side

FEW = 4
"""Up to so many missing units are made by this process: to start others costs more."""
_KEY = 64
"""Hexadecimal digits of a key."""
_LETTERS = 2800
"""Characters of a page, markup and all."""
_SIDES = RECTO, VERSO


class Run(Struct, frozen=True):
    """Units of one copy that follow each other."""

    press: Press
    units: tuple[Unit, ...]

    def at_hand(self, side: str) -> Iterator[tuple[Unit, Fragment | None]]:
        """Yield each unit with its fragment, if it is there, when the first begins on a side."""
        for unit in self.units:
            fragment = self.press.stock.fragments.get(self.press.key(unit, side))
            yield unit, fragment
            side = _turn(side, fragment.pages if fragment else 0)

    def make(self, side: str) -> Iterator[bytes]:
        """Make the units, one after the other; yields what was missing."""
        fragments = self.press.stock.fragments
        fragments.only_read()
        press = replace(self.press, stock=replace(self.press.stock, tell=_say_nothing, twins=set()))  # others make them
        for number, unit in enumerate(self.units):
            inputs, name = press.inputs(unit, side), f"{press.profile.name} {unit.address}"
            missing = not fragments.has(press.key(unit, side))
            fragment = press.lay_out(unit, side)
            if missing and not fragment.findings:
                why = " ".join(fragments.changes(name, inputs))
                yield f"{number} {why}\n".encode() + fragment.key.encode() + pack(fragment)
            side = _turn(side, fragment.pages)


def runs_of(press: Press, units: Sequence[Unit]) -> tuple[Run, ...]:
    """Cut a copy's units into runs: what stands before the themes, each theme, what stands behind them."""
    parts = [number for number, unit in enumerate(units) if unit.level == 1 and number]
    openers = [number for number in parts if units[number].kind == "opener"]
    starts = [0, *openers, *[number for number in parts if openers and number > openers[-1]][:1]]
    return tuple(
        Run(press, tuple(units[start:end])) for start, end in zip(starts, [*starts[1:], len(units)], strict=True))


class _Crew:
    """The runs of all copies, and what is known of their pages."""

    def __init__(self, copies: Sequence[Sequence[Run]]) -> None:
        self.copies = [(number, tuple(runs)) for number, runs in enumerate(copies)]
        self.pages: dict[int, int] = {}
        """A unit (by its identity) → its pages, as far as any layout of it is at hand."""
        self.known: dict[str, list[tuple[Unit, int]]] = {}
        """Profile and kind → its units and their pages."""
        self.lengths: dict[int, int] = {}
        """A unit (by its identity) → its length, where that was asked for."""
        self.sent: set[bytes] = set()
        self.missing = sum(self._look(run, side) for _, runs in self.copies for run, side in self._sides(runs))

    def _look(self, run: Run, side: str) -> int:
        """Learn from what is at hand of a run; returns how much is missing."""
        missing = 0
        for unit, fragment in run.at_hand(side):
            if fragment is None:
                missing += 1
            else:
                self._learn(run, unit, fragment.pages)
        return missing

    def _learn(self, run: Run, unit: Unit, pages: int) -> None:
        self.pages[id(unit)] = pages
        self.known.setdefault(f"{run.press.profile.name} {unit.kind}", []).append((unit, pages))

    def _long(self, unit: Unit) -> int:
        if id(unit) not in self.lengths:
            self.lengths[id(unit)] = _length(unit)
        return self.lengths[id(unit)]

    def _reckon(self, run: Run, unit: Unit) -> int:
        """Return how many pages a unit has or will probably have: as many as the one of its kind most like it."""
        if id(unit) in self.pages:
            return self.pages[id(unit)]
        length, known = self._long(unit), self.known.get(f"{run.press.profile.name} {unit.kind}")
        if not known:
            return -(-length // _LETTERS)
        return min(known, key=lambda other: abs(self._long(other[0]) - length))[1]

    def _sides(self, runs: Sequence[Run]) -> Iterator[tuple[Run, str]]:
        """Yield the runs of a copy, each with the side that it begins on as far as is known."""
        side = RECTO
        for run in runs:
            side = VERSO if run.units[0].spread else side
            yield run, side
            side = _turn(side, sum(self._reckon(run, unit) for unit in run.units))

    def next_piece(self) -> bytes | None:
        """Return the first run that nobody has made on the side where it is now expected."""
        for number, runs in self.copies:
            for place, (run, side) in enumerate(self._sides(runs)):
                piece = bytes([_SIDES.index(side) if run.press.profile.facing else 0])
                piece += number.to_bytes(2, "big") + place.to_bytes(2, "big")
                if piece not in self.sent:
                    self.sent.add(piece)
                    if self._look(run, side):
                        return piece
        return None

    def _run(self, piece: bytes) -> tuple[Run, str]:
        number, place = int.from_bytes(piece[1:3], "big"), int.from_bytes(piece[3:5], "big")
        return self.copies[number][1][place], _SIDES[piece[0]]

    def receive(self, piece: bytes, result: bytes) -> None:
        """Take a fragment."""
        run, _ = self._run(piece)
        head, rest = result.split(b"\n", 1)
        number, *why = head.decode().split()
        unit, fragment = run.units[int(number)], unpack(rest[_KEY:])
        run.press.stock.fragments.put(rest[:_KEY].decode(), fragment)
        run.press.stock.tell(Step(run.press.profile.name, unit.address, False, tuple(why)))
        self._learn(run, unit, fragment.pages)

    def finish(self, piece: bytes) -> None:
        """Hear that a run is made: what follows it is reckoned anew when it is handed out."""

    def do(self, piece: bytes) -> Iterator[bytes]:
        """Make a run."""
        run, side = self._run(piece)
        return run.make(side)

    def leave(self) -> None:
        """End a worker."""
        tidy_engine()


def make_missing(copies: Iterable[Sequence[Run]], jobs: int) -> None:
    """Make what is missing in several processes, unless that is little."""
    crew = _Crew(list(copies)) if jobs > 1 else None
    if crew is None or crew.missing <= FEW:
        return
    runs = [run for _, copy in crew.copies for run in copy]
    sheets = {run.press.sheets(unit.colour): None for run in runs for unit in run.units}
    prepare_engine(sheets, runs[0].press.stock.language)
    side_by_side(crew, jobs)


def _turn(side: str, pages: int) -> str:
    """Return the side that follows so many pages."""
    return _SIDES[(_SIDES.index(side) + pages) % 2]


def _length(unit: Unit) -> int:
    return sum(map(len, _strings(unit.content)))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | tuple):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from _strings(inner)


def _say_nothing(step: Step) -> None:
    """Say nothing: a worker has no terminal."""
