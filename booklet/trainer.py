"""The trainer's commands: the folder of a course, and a pair of handouts for every municipality of a list.

In come arguments; out go files, a table of them, and an exit code as in ``cli``. Heavy rooms are loaded when a command
needs them.
"""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from booklet import options, terminal
from booklet.ending import CONTENT, MADE


def _size(content: bytes) -> str:
    return f"{len(content) / 1000:,.0f} kB".replace(",", " ")


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
        (str(outcome.folder / name), _size(content)) for name, content in outcome.files.items())])
    sys.exit(MADE)
