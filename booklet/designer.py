"""The designer's command: every page looked at.

In come arguments; out go findings, the figures of the whole, pictures, and an exit code as in ``cli``. Heavy rooms are
loaded when they are needed.
"""

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from booklet import options, terminal
from booklet.profiles import PROFILES

_CONTENT = 1


@click.command(epilog=options.epilog(
    "booklet lint", "booklet lint --profile handout --theme nettverk", "booklet lint --picture dist/lint --hyphens"))
@click.option("--profile", "profiles", type=click.Choice(tuple(PROFILES)), multiple=True,
              help="This kind of copy; may be repeated.  [default: print]")
@click.option("--theme", "themes", multiple=True, help="Only excerpts of this theme; may be repeated.")
@options.content
@options.styles
@options.cache
@options.jobs
@options.strict
@click.option("--format", "form", type=click.Choice(("text", "json", "github")), default="text", show_default=True)
@click.option("--hyphens", is_flag=True, help="List every word that a line breaks, once.")
@click.option("--picture", type=click.Path(file_okay=False, path_type=Path), default=None, metavar="DIR",
              help="Write a picture of each page that has faults, the faults marked.")
def lint(form: str, strict: bool, hyphens: bool, picture: Path | None, **asked: Any) -> None:
    """Look at every laid-out page: lines, columns, boxes, colours, the page budget."""
    room = import_module("booklet.inspection")
    progress = terminal.Progress(False)
    cache, jobs = options.cache_of(asked["cache"], asked["content"]), asked["jobs"]
    wanted = room.Asked(
        asked["content"], asked["styles"], cache, asked["profiles"], asked["themes"], picture is not None,
        jobs or import_module("booklet.workers").cores())
    try:
        report = room.inspect(wanted, progress.tell)
    except LookupError as unknown:
        raise click.BadParameter(f"there is no theme '{unknown.args[0]}'") from None
    finally:
        progress.close()
    _show(report, form, hyphens)
    if picture is not None:
        _draw(report, picture)
    sys.exit(_CONTENT if terminal.refuse(report.findings, strict) else 0)


def _show(report: Any, form: str, hyphens: bool) -> None:
    """Show a report in one of the forms."""
    summary = import_module("booklet.summary")
    if form == "json":
        terminal.show_all([json.dumps(summary.record(report), ensure_ascii=False, indent=2)])
        return
    if form == "github":
        terminal.show_all(map(terminal.as_github, report.findings))
        return
    terminal.show(report.findings)
    terminal.show_all(summary.lines(report))
    if hyphens:
        terminal.show_all(summary.hyphens(report))


def _draw(report: Any, folder: Path) -> None:
    """Write the pictures of pages with faults."""
    write, marking = import_module("booklet.finishing").write, import_module("booklet.marking")
    count = 0
    for verdict, pdf in zip(report.verdicts, report.files, strict=True):
        for page, picture in marking.mark_pages(pdf, verdict):
            count += 1
            write(picture, folder / f"{Path(verdict.file).stem}-{page + 1:03}.png")
    terminal.say(f"{count} pictures in {folder}")
