"""An order to make files, carried out: nothing when nothing changed; else read, build, and write what was asked for.

In comes an order; out goes an outcome for whoever speaks. Heavy rooms are loaded when they are needed, so that a build
with nothing changed ends at once. When a source changes during a build, the build is made again: what is written
always belongs to one state of the folders.
"""

import gc
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from msgspec import Struct

from booklet.findings import Finding, Severity
from booklet.ledger import Asked, Ledger, Row, rows
from booklet.signals import undisturbed
from booklet.steps import Step
from booklet.store import Store

MOST_TRIES = 5
"""Builds in a row during which a source may change, before it is given up."""

SELDOM = 20
"""Builds of one process after which the store is tidied up again."""


class Restless(RuntimeError):
    """The sources change faster than they can be built."""


class UnknownTheme(LookupError):
    """A theme was asked for that the booklet does not have."""


class Order(Struct, frozen=True):
    """What is wanted, from what, and where it goes."""

    asked: Asked
    cache: Path
    pick: str
    """The function of ``outputs`` that names the files."""
    arguments: tuple[Any, ...]
    strict: bool
    printer: str
    """Name or path of the print shop's file."""
    jobs: int | None
    """How many processes may work; None for as many as there are cores."""
    locked: bool = False
    """Whether nothing may stand elsewhere than in the newest print run."""
    on: str = ""
    """ISO date on which facts must not be past review; empty for the edition's own."""


class Outcome(Struct, frozen=True):
    """What became of an order."""

    rows: tuple[Row, ...]
    """One a file that lies there now; empty when it was refused."""
    findings: tuple[Finding, ...]
    seconds: float | None = None
    """Of the build; None when nothing had changed."""
    notes: tuple[str, ...] = ()
    """What is worth saying, and no finding."""


class Commission:
    """One order, which may be carried out again and again."""

    def __init__(self, order: Order) -> None:
        """Open the cache; nothing is read yet."""
        self._order, self._store = order, Store(order.cache)
        self._warehouse: Any = None
        self._glance: Any = None
        """What lay in the folders when they were last looked at."""
        self._rehearsed, self._built = False, 0

    def carry_out(self, tell: Callable[[Step], None]) -> Outcome:
        """Make and write the files; Restless when the sources never hold still, UnknownTheme where there is none."""
        for _ in range(MOST_TRIES):
            ledger = Ledger(self._order.asked, self._store, self._glance)
            self._glance = ledger.glance
            made, said = ledger.unchanged()
            if made:
                return Outcome(tuple(made), said)
            with self._store.shared(patient=True):
                outcome = self._build(ledger, tell)
                if outcome is None or outcome.seconds is None:  # nothing was delivered, which would have ended the run
                    self._warehouse.memory.keep()
            if self._store.changed:
                self._tidy()
            if outcome is not None:
                return outcome
        raise Restless("the content changes faster than it can be built; nothing was written")

    def _tidy(self) -> None:
        """Tidy up the store after the first build, and after some of those that follow."""
        if self._built % SELDOM == 0:
            self._store.prune()
        self._built += 1

    def warm_up(self, rest: Callable[[], bool]) -> None:
        """Load what a build will need, and get to know the author's words, as long as the folders rest."""
        import_module("booklet.pipeline")
        import_module("booklet.press").keep_pages()
        if not self._rehearsed:
            with self._store.shared():
                self._rehearsed = self._rehearse(rest)
        gc.collect()
        gc.freeze()  # what is kept from build to build is not searched again

    def _rehearse(self, rest: Callable[[], bool]) -> bool:
        """Lay out what may be edited next; tells whether that came to its end."""
        booklet, looks, findings = self._read()
        if booklet is None or looks is None or _refuse(findings, strict=False):
            return False
        wanted = self._wanted(booklet)
        place, _ = self._place(wanted)
        return all(rest() for _ in import_module("booklet.rehearsal").rehearse(booklet, looks, wanted, place))

    def _read(self, glance: Any = None) -> Any:
        """Return booklet, designer's folder and what is wrong with them, as a glance saw them or as they are."""
        import_module("booklet.patterns").ready_patterns()
        asked = self._order.asked
        if self._warehouse is None:
            home = str(asked.content.absolute())
            self._warehouse = import_module("booklet.warehouse").Warehouse(self._store, home)
        self._warehouse.memory.glance = glance
        return import_module("booklet.reading").read_all(asked.content, asked.styles, self._warehouse.memory)

    def _build(self, ledger: Ledger, tell: Callable[[Step], None]) -> Outcome | None:
        """Read, build and write; None when a source changed meanwhile."""
        order = self._order
        booklet, looks, findings = self._read(ledger.glance)
        if booklet is not None:
            findings = (*findings, *import_module("booklet.review").overdue(booklet, order.on))
        if booklet is None or looks is None or _refuse(findings, order.strict):
            return Outcome((), findings) if ledger.is_current() else None
        with undisturbed():  # an interrupt within a library's first breath ends it wrongly
            pipeline = import_module("booklet.pipeline")
        wanted = self._wanted(booklet)
        place, more = self._place(wanted)
        findings = (*findings, *more)
        if _refuse(findings, order.strict):
            return Outcome((), findings) if ledger.is_current() else None
        result = pipeline.build(booklet, looks, wanted, place, tell)
        shifts, notes = self._shifts(booklet, result)
        findings = (*findings, *result.findings, *shifts)
        if not ledger.is_current():
            return None
        if shifts:
            return Outcome((), findings)
        pipeline.deliver(result, place)
        if result.made:
            ledger.note(result.made, findings)  # what is said once must be said again the next time
        return Outcome(tuple(rows(result.made)), findings, result.seconds, notes)

    def _shifts(self, booklet: Any, result: Any) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
        """Return what the newest print run has elsewhere: as errors where the layout is locked, else as a note."""
        content, found = self._order.asked.content, import_module("booklet.collector").Collector()
        runs = import_module("booklet.reading").runs_of(content, found, self._warehouse.memory)
        profile = next((name for name in ("print", "screen") if name in result.maps), None)
        if profile is None or not runs:
            if self._order.locked and result.made:
                why = "no run is on record" if not runs else "the whole booklet was not laid out"
                found.error("nothing-locked", f"{why}, so that nothing can be compared", booklet.position,
                            "freeze a run, and build the profile 'print'")
            return found.findings, ()
        drift = import_module("booklet.drift")
        words = import_module("booklet.words").read_words(booklet.language, self._warehouse.memory)
        shifts = drift.find_shifts(runs[-1], booklet, words, result.maps[profile], profile)
        return (drift.as_errors(shifts, runs[-1]), ()) if self._order.locked else ((), drift.as_notes(shifts, runs[-1]))

    def _place(self, wanted: Any) -> tuple[Any, tuple[Finding, ...]]:
        """Return where and for whom the files are made, and what is wrong with the print shop's file."""
        order, profiles = self._order, import_module("booklet.profiles").PROFILES
        printer, (found, aside) = None, (import_module("booklet.collector").Collector() for _ in range(2))
        made = [profiles[output.profile] for output in wanted]
        for_press = any(profile.ink == "cmyk" for profile in made)
        if for_press or any(profiles[profile.counted_by].ink == "cmyk" for profile in made):
            # an excerpt lays out the whole as it is printed, and shares it; for that a faulty print shop is no matter
            printer = import_module("booklet.printers").read_printer(
                order.printer, order.asked.styles, found if for_press else aside, self._warehouse.memory)
        jobs = order.jobs or import_module("booklet.workers").cores()
        room = import_module("booklet.warehouse")
        place = room.Place(self._warehouse, order.asked.output, order.strict, jobs, printer)
        return place, found.findings

    def _wanted(self, booklet: Any) -> Any:
        try:
            return getattr(import_module("booklet.outputs"), self._order.pick)(booklet, *self._order.arguments)
        except LookupError as unknown:
            known = ", ".join(theme.id for theme in booklet.themes)
            raise UnknownTheme(f"there is no theme '{unknown.args[0]}' (themes: {known})") from None


def _refuse(findings: tuple[Finding, ...], strict: bool) -> bool:
    return any(strict or finding.severity is Severity.ERROR for finding in findings)
