"""The editor's commands: freeze a print run, say what changed since, and what to do about it.

In come arguments; out go records, reports and slips, and an exit code as in ``cli``. Heavy rooms are loaded when a
command needs them.
"""

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from booklet import options, terminal
from booklet.ending import CONTENT, MADE, REFUSED, USAGE

_FORM = click.Choice(("text", "json", "pdf", "html"))
_printer = click.option("--printer", default="sheetfed", show_default=True, metavar="NAME|FILE", help="The print shop.")


def _cached(asked: dict[str, Any]) -> dict[str, Any]:
    return asked | {"cache": options.cache_of(asked["cache"], asked["content"])}


def _desk(asked: dict[str, Any], progress: terminal.Progress) -> Any:
    """Return the desk that states are looked at on; ends when the print shop is not known."""
    found = import_module("booklet.collector").Collector()
    printer = import_module("booklet.printers").read_printer(asked["printer"], asked["styles"], found)
    if printer is None:
        terminal.show(found.findings)
        sys.exit(USAGE)
    cache = options.cache_of(asked["cache"], asked["content"])
    return import_module("booklet.states").Desk(asked["content"], asked["styles"], cache, printer, progress.tell)


@click.command(epilog=options.epilog("booklet freeze --run 1 --copies 10000 --date 2019-06-03"))
@click.option("--run", type=click.IntRange(1, 9999), required=True, help="Which printing of the edition: 1, 2 …")
@click.option("--copies", type=click.IntRange(1, 9_999_999), required=True, help="How many are printed.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), default=None,
              help="Day of the run.  [default: the date of the edition]")
@_printer
@options.content
@options.styles
@options.output
@options.cache
@options.jobs
@options.strict
def freeze(**asked: Any) -> None:
    """Make the print file, and record for good what stands on which page of it."""
    room = import_module("booklet.freezing")
    asked["date"] = f"{asked['date']:%Y-%m-%d}" if asked["date"] else ""
    progress = terminal.Progress(False)
    try:
        ice = room.freeze(room.Freezing(**_cached(asked)), progress.tell)
    except room.Frozen as wrong:
        raise click.BadParameter(str(wrong), param_hint="--run") from None
    finally:
        progress.close()
    terminal.show(ice.findings)
    if ice.record is None:
        terminal.end(CONTENT, f"{len(ice.findings)} findings; nothing was frozen")
    for note in ice.notes:
        terminal.say(note)
    terminal.table([("record", "pages", "copies"), (str(ice.record), ice.run.stamp.pages, ice.run.stamp.copies),
                    (str(ice.file), ice.run.stamp.pages, "")])


@click.command(epilog=options.epilog("booklet runs"))
@options.content
@options.cache
def runs(content: Path, cache: Path | None) -> None:
    """Show the print runs that are on record."""
    found = import_module("booklet.collector").Collector()
    memory = import_module("booklet.memory").Memory(
        import_module("booklet.store").Store(options.cache_of(cache, content)))
    known = import_module("booklet.runs").read_runs(content, found, memory)
    terminal.show(found.findings)
    terminal.table([("run", "date", "copies", "pages", "revision", "file"), *(
        (run.stamp.name, run.stamp.date, run.stamp.copies, run.stamp.pages, run.stamp.git[:12], run.stamp.file)
        for run in known)])
    sys.exit(CONTENT if len(found) else MADE)


@click.command(epilog=options.epilog(
    "booklet diff run:2019-1", "booklet diff HEAD~3 HEAD --format json", "booklet diff v1 --format html"))
@click.argument("old")
@click.argument("new", required=False)
@click.option("--format", "form", type=_FORM, default="text", show_default=True)
@_printer
@options.content
@options.styles
@options.output
@options.cache
def diff(old: str, new: str | None, form: str, **asked: Any) -> None:
    """Say what changed between two states: git revisions, folders, or runs like 'run:2019-1'."""
    comparison = _compare(old, new, asked)
    if form == "json":
        record = import_module("booklet.bulletin").record_of(comparison)
        terminal.put(json.dumps(record, ensure_ascii=False, indent=2))
    elif form == "text":
        for line in import_module("booklet.bulletin").lines_of(comparison):
            terminal.put(line)
    else:
        room, making = ("reviewcopy", "review") if form == "pdf" else ("sidebyside", "page_of")
        booklet = comparison.new.booklet
        if booklet is None:
            raise click.BadParameter(f"of '{comparison.new.name}' only the record is left", param_hint="NEW")
        content = getattr(import_module(f"booklet.{room}"), making)(comparison)
        _write({f"{booklet.slug}-{booklet.edition}-review.{form}": content}, asked["output"])


def _compare(old: str, new: str | None, asked: dict[str, Any]) -> Any:
    """Return the comparison of two states; ends when one of them is not sound."""
    states, progress = import_module("booklet.states"), terminal.Progress(False)
    try:
        desk = _desk(asked, progress)
        with desk.store.shared():
            before = states.load(old, desk)
            after = states.load(new, desk) if new else states.working_state(desk)
            return import_module("booklet.comparison").contrast(before, after)
    except states.NoState as wrong:
        progress.close()
        terminal.show(wrong.findings)
        if wrong.findings:
            terminal.end(CONTENT, str(wrong))
        raise click.BadParameter(str(wrong), param_hint="OLD or NEW") from None
    finally:
        progress.close()


@click.command(epilog=options.epilog("booklet errata --since run:2019-1"))
@click.option("--since", required=True, metavar="RUN", help="The print run that is corrected: 'run:2019-1'.")
@_printer
@options.content
@options.styles
@options.output
@options.cache
def errata(since: str, **asked: Any) -> None:
    """Make the slip that is laid into printed copies, as PDF and as text, or say why it cannot be one."""
    comparison = _compare(since, None, asked)
    made = import_module("booklet.errata").make(comparison)
    terminal.show(made.findings)
    for reason in made.obstacles:
        terminal.say(f"a slip cannot say it: {reason}")
    if made.obstacles or not made.files:
        terminal.end(REFUSED if made.obstacles else MADE, "" if made.obstacles else "nothing is to be corrected")
    _write(made.files, asked["output"])


def _write(files: dict[str, bytes], folder: Path) -> None:
    import_module("booklet.finishing").write_all({folder / name: content for name, content in files.items()})
    terminal.table([("file", "size"), *(
        (str(folder / name), terminal.kilobytes(len(content))) for name, content in files.items())])


@click.command(epilog=options.epilog("booklet news --since run:2019-1"))
@click.option("--since", required=True, metavar="OLD", help="What readers know: a run, a git revision or a folder.")
@click.option("--force", is_flag=True, help="Write it anew though it was edited by hand.")
@_printer
@options.content
@options.styles
@options.cache
def news(since: str, force: bool, **asked: Any) -> None:
    """Write 'front/news.md', what is new in this edition, to be edited by hand where wanted."""
    comparison, room = _compare(since, None, asked), import_module("booklet.news")
    target = asked["content"] / room.FILE
    words = import_module("booklet.words").read_revision_words(
        comparison.new.inventory.language, import_module("booklet.memory").Memory(comparison.new.desk.store))
    text = room.write_news(comparison, words, asked["content"])
    if not text:
        terminal.end(MADE, "nothing is new")
    if target.exists() and not force and room.is_by_hand(target.read_text(encoding="utf-8")):
        terminal.put(text)
        terminal.end(CONTENT, f"'{target}' was edited by hand and stays; what would be written stands above (--force)")
    import_module("booklet.finishing").write(text.encode(), target)
    listed = [article.position.path for article in comparison.new.booklet.front]
    terminal.say(f"'{target}' was written" + ("" if target in listed else f"; list '{room.FILE}' in booklet.yaml"))
