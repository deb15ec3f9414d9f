"""The trainer's commands: the folder of a course, and a pair of handouts for every municipality of a list.

In come arguments; out go files, a table of them, and an exit code as in ``cli``. Heavy rooms are loaded when a command
needs them.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from booklet import options, terminal
from booklet.ending import CONTENT, MADE, USAGE


@click.command(epilog=options.epilog("booklet course kommunestyret", "booklet list"))
@click.argument("course", metavar="NAME")
@options.content
@options.styles
@click.option("--output", type=click.Path(path_type=Path), default=Path("dist"), show_default=True,
              help="Where the folder course-NAME goes.")
@options.cache
@options.jobs
@options.strict
def course(**asked: Any) -> None:
    """Make what a course needs: both handouts, two pages on a sheet, an invitation, a zip."""
    room = import_module("booklet.coursework")
    not_ours = import_module("booklet.parcels").NotOurs
    asked["cache"] = options.cache_of(asked["cache"], asked["content"])
    progress = terminal.Progress(False)
    try:
        outcome = room.carry_out(room.Order(**asked), progress.tell)
    except room.UnknownCourse as wrong:
        raise click.BadParameter(str(wrong), param_hint="NAME") from None
    except not_ours as wrong:
        raise click.BadParameter(str(wrong), param_hint="--output") from None
    finally:
        progress.close()
    terminal.show(outcome.findings)
    if outcome.folder is None:
        terminal.say(f"{len(outcome.findings)} findings; nothing was written")
        sys.exit(CONTENT)
    terminal.table([("file", "size"), *(
        (str(outcome.folder / name), terminal.kilobytes(len(content))) for name, content in outcome.files.items())])
    sys.exit(MADE)


@click.command(epilog=options.epilog(
    "booklet courses --csv municipalities.csv --course kommunestyret",
    "booklet courses --csv municipalities.csv --scheduler tcp://localhost:8786"))
@click.option("--csv", "table", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True,
              help="A row for each municipality; the first line says which column is what.")
@click.option("--course", "name", default="", metavar="NAME", help="Which course.  [default: the first of the list]")
@options.content
@options.styles
@click.option("--output", type=click.Path(path_type=Path), default=Path("dist"), show_default=True,
              help="Where the folder courses-NAME goes.")
@options.cache
@options.jobs
@click.option("--scheduler", default="", metavar="ADDRESS",
              help="Hand the work to this Dask cluster, which has the same folders; needs booklet[cluster].")
def courses(table: Path, name: str, jobs: int | None, scheduler: str, **asked: Any) -> None:
    """Make a pair of handouts for each municipality of a table; what is there already is not made again."""
    room = import_module("booklet.series")
    asked["cache"] = options.cache_of(asked["cache"], asked["content"])
    asked = {key: path.absolute() if scheduler else path for key, path in asked.items()}
    order = room.Order(**asked, table=table, course=_named(name, asked))
    count = terminal.Count("pairs")
    workers = import_module("booklet.workers")
    try:
        with _cluster(scheduler) if scheduler else workers.pool(jobs or workers.cores()) as executor:
            report = room.carry_out(order, executor, count.tell)
    finally:
        count.close()
    terminal.show(report.findings)
    terminal.table([("folder", "made", "there before", "not made"), (
        str(report.folder), str(report.made), str(report.kept), str(report.failed))])
    sys.exit(CONTENT if report.findings else MADE)


def _named(name: str, asked: dict[str, Any]) -> str:
    """Return the name of a course that there is: the one asked for, or the first."""
    store = import_module("booklet.store").Store(asked["cache"])
    memory = import_module("booklet.memory").Memory(store)
    booklet, _, findings = import_module("booklet.reading").read_all(asked["content"], asked["styles"], memory)
    if booklet is None:
        terminal.show(findings)
        terminal.end(CONTENT, f"{len(findings)} findings; nothing was written")
    known = [course.id for course in booklet.courses]
    if name not in known and (name or not known):
        raise click.BadParameter(f"there is no course '{name}' (courses: {', '.join(known) or 'none'})",
                                 param_hint="--course")
    if not name and len(known) > 1:
        terminal.say(f"no --course was named; this is '{known[0]}', the first of {len(known)}")
    return name or str(known[0])


@contextmanager
def _cluster(scheduler: str) -> Iterator[Any]:
    """Give an executor of a Dask cluster."""
    try:
        cluster = import_module("distributed")
    except ImportError:
        terminal.end(USAGE, "--scheduler needs the extra: pip install 'booklet[cluster]'")
    try:
        client = cluster.Client(scheduler, timeout="10s")
    except OSError as wrong:
        raise click.BadParameter(f"{scheduler}: {wrong}", param_hint="--scheduler") from None
    try:
        yield client.get_executor(pure=False)
    finally:
        client.close()
