"""The archivist's commands: what a file is, a frozen run made anew, the facts and their age.

In come arguments; out go results on standard output, files, and an exit code as in ``cli``. Heavy rooms are loaded when
a command needs them.
"""

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from booklet import options, terminal
from booklet.ending import BROKEN, CONTENT, MADE, REFUSED
from booklet.profiles import PROFILES

_FORM = click.Choice(("text", "json"))


@click.command(epilog=options.epilog(
    "booklet verify dist/temahefte-2019-print.pdf", "booklet verify mailed.pdf --format json"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@options.content
@options.styles
@options.cache
@click.option("--format", "form", type=_FORM, default="text", show_default=True)
def verify(file: Path, content: Path, styles: Path, cache: Path | None, form: str) -> None:
    """Say which edition, run or revision a PDF is, and whether it was altered."""
    room, cache = import_module("booklet.attestation"), options.cache_of(cache, content)
    program = import_module("booklet.program").program()[:16]
    store = import_module("booklet.store").Store(cache if cache.is_dir() else None)
    memory = import_module("booklet.memory").Memory(store)
    found = room.attest(file.read_bytes(), room.Now(content, program, _digests(styles, memory), memory))
    if found.changes and (found.run or found.commit):
        found = _look_back(found, content, styles, store.cache)
    if form == "json":
        terminal.show_all([json.dumps(found.record(str(file)), ensure_ascii=False, indent=2)])
    else:
        terminal.show_all(found.lines(str(file)))
    sys.exit(MADE if found.known else BROKEN if found.verdict == "unreadable" else REFUSED)


def _look_back(found: Any, content: Path, styles: Path, cache: Path | None) -> Any:
    """Return what was found, with the blocks that changed since."""
    progress, printers = terminal.Progress(False), import_module("booklet.printers")
    name = found.stamp.printer if found.stamp.printer in printers.known_printers(styles) else "sheetfed"
    printer = printers.read_printer(name, styles, import_module("booklet.collector").Collector())
    desk = import_module("booklet.states").Desk(content, styles, cache, printer, progress.tell)
    try:
        with desk.store.shared():
            return import_module("booklet.hindsight").look_back(found, desk)
    finally:
        progress.close()


def _digests(styles: Path, memory: Any) -> dict[str, str]:
    """Return profile → hash of its styles; nothing where they are not sound."""
    found = import_module("booklet.collector").Collector()
    looks = import_module("booklet.styles").read_styles(styles, found, memory)
    return {name: looks.digest(profile) for name, profile in PROFILES.items()} if looks else {}


@click.command(epilog=options.epilog("booklet rebuild run:2019-1", "booklet rebuild run:2019-1 --output /tmp/proof"))
@click.argument("run")
@options.content
@options.styles
@options.output
@options.cache
@options.jobs
def rebuild(run: str, output: Path, **asked: Any) -> None:
    """Make the file of a frozen print run anew, to the byte, or say what keeps us from it."""
    found = import_module("booklet.collector").Collector()
    runs = import_module("booklet.runs").read_runs(asked["content"], found)
    frozen = next((one for one in runs if one.stamp.name == run.removeprefix("run:")), None)
    if frozen is None:
        terminal.show(found.findings)
        known = ", ".join(f"run:{one.stamp.name}" for one in runs) or "none is frozen"
        raise click.BadParameter(f"there is no run '{run}' (runs: {known})", param_hint="RUN")
    room, progress = import_module("booklet.custody"), terminal.Progress(False)
    cache = options.cache_of(asked["cache"], asked["content"])
    jobs = asked["jobs"] or import_module("booklet.workers").cores()
    try:
        handed = room.rebuild(frozen, room.Depot(asked["content"], asked["styles"], cache, jobs, progress.tell))
    finally:
        progress.close()
    if handed.content is None:
        for reason in handed.reasons:
            terminal.say(reason)
        terminal.end(BROKEN, f"run {frozen.stamp.name} cannot be made here to the byte; nothing was written")
    import_module("booklet.finishing").write(handed.content, output / frozen.stamp.file)
    terminal.show_all([f"{output / frozen.stamp.file}: run {frozen.stamp.name}, to the byte"])


@click.command(epilog=options.epilog(
    "booklet facts", "booklet facts --on 2027-01-01 --format csv > facts.csv", "booklet facts --format pdf"))
@options.on_today
@options.content
@options.styles
@options.cache
@options.jobs
@options.strict
@click.option("--format", "form", type=click.Choice(("text", "csv", "json", "pdf")), default="text", show_default=True)
@click.option("--output", type=click.Path(path_type=Path), default=Path("dist"), show_default=True,
              help="Where the PDF goes.")
def facts(form: str, strict: bool, output: Path, **asked: Any) -> None:
    """Show every fact with its source, its age, and the pages and handouts it stands on."""
    room, rows, progress = import_module("booklet.round"), import_module("booklet.factsheet"), terminal.Progress(False)
    cache, jobs = options.cache_of(asked["cache"], asked["content"]), asked["jobs"]
    wanted = room.Wanted(
        asked["content"], asked["styles"], cache, asked["on"], jobs or import_module("booklet.workers").cores(),
        form == "pdf")
    try:
        outcome = room.survey_facts(wanted, progress.tell)
    finally:
        progress.close()
    terminal.show(outcome.findings)
    if outcome.sheet is None:
        terminal.end(CONTENT, f"{len(outcome.findings)} findings")
    refused = terminal.refuse(outcome.findings, strict)
    if form == "pdf" and not refused:
        import_module("booklet.finishing").write(outcome.pdf, output / outcome.name)
        terminal.show_all([str(output / outcome.name)])
    elif form != "pdf":
        terminal.show_all(_forms(rows, outcome.sheet)[form]())
    sys.exit(CONTENT if refused else MADE)


def _forms(rows: Any, sheet: Any) -> dict[str, Any]:
    """Return form → what makes the lines of it."""
    return {
        "text": lambda: rows.lines(sheet), "csv": lambda: [rows.as_csv(sheet).removesuffix("\n")],
        "json": lambda: [json.dumps(rows.records(sheet), ensure_ascii=False, indent=2)]}
