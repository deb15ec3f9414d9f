"""A course for every municipality of a table: a pair of handouts each, made by whatever executor is handed in.

In come an order and any ``concurrent.futures`` executor; out go files and a report, row by row. A pair that lies there
as it was made is not made again; a bad row is named, and the others are made. Whoever works needs the same folders in
the same places: what passes to and fro is small. Knows no scheduler and no command.
"""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, as_completed
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from booklet.collector import Collector, has_errors
from booklet.commission import Restless
from booklet.coursework import course_of, outputs_of, workshop_of
from booklet.findings import Finding, Position, Severity
from booklet.finishing import write_all
from booklet.ledger import Asked, Ledger
from booklet.model import Booklet
from booklet.municipalities import Row, read_table
from booklet.pipeline import Workshop
from booklet.program import program
from booklet.reading import read_all
from booklet.steps import Step
from booklet.store import Store
from booklet.styles import Styles
from booklet.teaching import Course
from booklet.warehouse import Place, Warehouse

_PAIR = 2


class Order(Struct, frozen=True):
    """Which course for which municipalities, from what, and where it goes."""

    content: Path
    styles: Path
    output: Path
    cache: Path
    table: Path
    course: str


class Task(Struct, frozen=True):
    """One pair to make: all that a worker must be told."""

    order: Order
    state: str
    """Hash of the folders and the program."""
    row: Row

    @property
    def key(self) -> str:
        """Return the hash of all that the pair depends on."""
        own = self.row.municipality
        said = [self.state, self.order.course, self.row.slug, own.name, own.county, sorted(own.figures.items()),
                own.year, own.source, str(self.order.output.absolute())]
        return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


class Done(Struct, frozen=True):
    """What became of a pair."""

    line: int
    files: tuple[str, ...]
    """Empty when it could not be made."""
    findings: tuple[Finding, ...] = ()
    kept: bool = False
    """Whether it lay there as it should."""


class Report(Struct, frozen=True):
    """What became of an order."""

    folder: Path
    made: int
    kept: int
    """Pairs that lay there as they should."""
    failed: int
    """Rows that no pair was made for."""
    findings: tuple[Finding, ...]


def carry_out(order: Order, executor: Executor, tell: Callable[[int, int], None]) -> Report:
    """Make a pair for each row; ``tell`` hears how many of how many are there.

    Raises UnknownCourse, and Restless when the sources were changed meanwhile: then it is to be said again.
    """
    ledger = Ledger(Asked(order.content, order.styles, order.output, ("courses",)), Store(None))
    found = Collector()
    rows = read_table(_content(order.table, found), order.table, found)
    tasks = [Task(order, f"{program()} {ledger.digest}", row) for row in rows]
    kept = [done for task in tasks if (done := _lying_there(task))]
    lines = {done.line for done in kept}
    missing = [task for task in tasks if task.row.line not in lines]
    results = list(kept)
    with Store(order.cache).shared():
        for done in _make_all(missing, executor):
            results.append(done)
            found.add(done.findings)
            tell(len(results), len(tasks))
    if not ledger.is_current():
        raise Restless("the content was changed meanwhile; say it again, and what is no longer right is made anew")
    made = sum(1 for done in results if done.files and not done.kept)
    bad = {finding.position.line for finding in found.findings if finding.position}
    return Report(_folder(order), made, len(kept), len(bad), found.findings)


def _make_all(tasks: list[Task], executor: Executor) -> Iterator[Done]:
    """Yield what becomes of tasks: the first is made here, which makes what all share."""
    if not tasks:
        return
    first, futures = make_pair(tasks[0]), list[Future[Done]]()
    yield first
    try:
        futures += [executor.submit(make_pair, task) for task in tasks[1:]]
        for future in as_completed(futures):
            yield future.result()
    finally:  # who stops us does not wait for what has not begun
        for future in futures:
            future.cancel()


def _content(table: Path, found: Collector) -> bytes:
    try:
        return table.read_bytes()
    except OSError as wrong:
        found.error("unreadable-file", f"cannot be read: {(wrong.strerror or '').lower()}", Position(table))
        return b""


def _folder(order: Order) -> Path:
    return order.output / f"courses-{order.course}"


def _lying_there(task: Task) -> Done | None:
    """Return a pair that lies there as it was made; None when it must be made."""
    try:
        noted = json.loads(Store(task.order.cache).get("ledger", task.key) or b"{}")
        for name, digest in noted.items():
            if sha256((_folder(task.order) / name).read_bytes()).hexdigest() != digest:
                return None
    except (OSError, ValueError, AttributeError):
        return None
    return Done(task.row.line, tuple(noted), (), True) if noted else None


class _Desk:
    """What all pairs of a run share in one process."""

    def __init__(self, order: Order) -> None:
        self.store, self.order = Store(order.cache), order
        self.warehouse = Warehouse(self.store, str(order.content.absolute()))
        self.booklet, self.styles, self.findings = read_all(order.content, order.styles, self.warehouse.memory)
        self.first: Workshop | None = None

    def bench(self, course: Course, booklet: Booklet, styles: Styles) -> Workshop:
        """Return a workshop for one pair; the first makes what all share, what others make leaves with them."""
        if self.first is not None:
            return self.first.aside()
        self.first = workshop_of(booklet, styles, Place(self.warehouse, self.order.output), _say_nothing, course)
        return self.first

    def close(self, workshop: Workshop) -> None:
        """Keep what the first pair has made."""
        if workshop is self.first:
            self.warehouse.close_run()


@lru_cache(1)
def _desk(order: Order, state: str) -> _Desk:
    return _Desk(order)


def make_pair(task: Task) -> Done:
    """Make the two handouts of a row and note that they are there; runs in any process."""
    desk, line = _desk(task.order, task.state), task.row.line
    if desk.booklet is None or desk.styles is None or has_errors(desk.findings):
        return Done(line, (), desk.findings)
    course = replace(course_of(desk.booklet, task.order.course), municipality=task.row.municipality)
    workshop = desk.bench(course, desk.booklet, desk.styles)
    outputs = outputs_of(course, desk.booklet, task.row.slug)[:_PAIR]
    made = [one for output in outputs if (one := workshop.make(output))]
    wrong = [finding for finding in workshop.found.findings if finding.severity is Severity.ERROR]
    if wrong or len(made) < _PAIR:
        return Done(line, (), tuple(replace(one, position=Position(task.order.table, line)) for one in wrong))
    write_all({_folder(task.order) / one.file: one.content for one in made})
    desk.close(workshop)
    noted = {one.file: sha256(one.content).hexdigest() for one in made}
    desk.store.put("ledger", task.key, json.dumps(noted).encode())
    return Done(line, tuple(noted))


def _say_nothing(step: Step) -> None:
    """Say nothing: what is told is told by pairs."""
