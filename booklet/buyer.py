"""The print buyer's commands: spreads for a proof, and everything that a print shop asks for.

In come arguments; out go files, a table of them, and an exit code as in ``cli``. Heavy rooms are loaded when a command
needs them.
"""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from booklet import options, terminal
from booklet.ending import CONTENT, MADE, REFUSED

_LANGUAGE = click.Choice(("nb", "nn"))


@click.command(epilog=options.epilog(
    "booklet impose dist/temahefte-2019-print.pdf --creep 0.12", "booklet impose FILE.pdf --paper a3"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=None,
              help="The file to write.  [default: beside FILE, «…-spreads.pdf»]")
@click.option("--paper", type=click.Choice(("a3", "a4", "none")), default="none", show_default=True,
              help="Paper of an office printer, scaled down where need be; print on both sides, short edge.")
@click.option("--creep", type=click.FloatRange(0, 1), default=0, metavar="MM",
              help="Thickness of the paper: inner sheets move towards the spine.  [default: 0]")
@click.option("--language", type=_LANGUAGE, default="nb", show_default=True, help="What the slug is written in.")
def impose(file: Path, output: Path | None, paper: str, creep: float, language: str) -> None:
    """Make saddle-stitched printer spreads of any PDF, for a proof or an office printer."""
    room = import_module("booklet.imposition")
    suffix = "spreads" if paper == "none" else f"spreads-{paper}"
    target = output or file.with_name(f"{file.stem}-{suffix}.pdf")
    if target.exists() and target.samefile(file):
        raise click.BadParameter("the spreads would be written over the file they are made of", param_hint="--output")
    memory = import_module("booklet.memory").Memory(import_module("booklet.store").Store(None))
    words = import_module("booklet.words").read_words(language, memory)
    try:
        made = room.impose(file.read_bytes(), room.Wanted(words, paper, creep))
    except room.Unfit as unfit:
        raise click.BadParameter(f"{file}: {unfit}", param_hint="FILE") from None
    for warning in made.warnings:
        terminal.say(f"{file} was repaired: {warning}")
    import_module("booklet.finishing").write(made.content, target)
    terminal.table([
        ("file", "pages", "blank", "sheets", "scale", "size"),
        (str(target), str(made.pages), str(made.blanks), str(made.sheets), f"{made.scale:.1%}",
         terminal.kilobytes(len(made.content)))])


@click.command(epilog=options.epilog("booklet order --copies 10000", "booklet order --copies 500 --printer marks"))
@click.option("--copies", type=click.IntRange(1), default=None, help="How many.  [default: as print.yaml says]")
@click.option("--printer", default="sheetfed", show_default=True, metavar="NAME|FILE", help="The print shop's demands.")
@options.content
@options.styles
@click.option("--output", type=click.Path(path_type=Path), default=Path("dist"), show_default=True,
              help="Where the folder order-EDITION goes.")
@options.cache
@options.jobs
@options.strict
def order(**asked: Any) -> None:
    """Make the folder that goes to the print shop: file, order sheet, dummies, preflight, checksums."""
    room = import_module("booklet.ordering")
    asked["cache"] = options.cache_of(asked["cache"], asked["content"])
    progress = terminal.Progress(False)
    try:
        outcome = room.carry_out(room.Order(**asked), progress.tell)
    except room.NotOurs as wrong:
        raise click.BadParameter(str(wrong), param_hint="--output") from None
    except room.Uncounted as wrong:
        raise click.BadParameter(str(wrong), param_hint="--copies") from None
    finally:
        progress.close()
    terminal.show(outcome.findings)
    if outcome.folder is None:
        terminal.say(f"{len(outcome.findings)} findings; nothing was written")
        sys.exit(CONTENT)
    rows = [(str(outcome.folder / name), terminal.kilobytes(len(content))) for name, content in outcome.files.items()]
    for line in outcome.verdict.lines()[:-1]:
        terminal.say(line)
    terminal.table([("file", "size"), *rows])
    if outcome.verdict.refused:
        terminal.say("the preflight refuses the print file: mend what it found, and order again")
    sys.exit(REFUSED if outcome.verdict.refused else MADE)
