"""The options that several commands share, and what they stand for.  Knows no command."""

import os
from datetime import date
from pathlib import Path

import click


def epilog(*examples: str) -> str:
    """Return what a command's help ends with."""
    return "\b\nExamples:\n" + "\n".join(f"  {example}" for example in examples)


content = click.option(
    "--content", type=click.Path(path_type=Path), default=Path("content"), show_default=True,
    help="The author's folder.")
styles = click.option(
    "--styles", type=click.Path(path_type=Path), default=Path("styles"), show_default=True,
    help="The designer's folder.")
output = click.option(
    "--output", type=click.Path(path_type=Path), default=Path("dist"), show_default=True, help="Where the PDFs go.")
cache = click.option(
    "--cache", type=click.Path(path_type=Path), default=None,
    help="Where laid-out pages are kept.  [default: $XDG_CACHE_HOME/booklet, or .booklet-cache beside the content]")
jobs = click.option("--jobs", type=click.IntRange(1), default=None,
                    help="Processes at once.  [default: the cores]")
strict = click.option("--strict", is_flag=True, help="Warnings count as errors.")


on = click.option(
    "--on", metavar="DATE", default="", callback=lambda context, _option, word: day_of(word, context),
    help="No fact may be past review on this day, YYYY-MM-DD or 'today'.  [default: the edition's date]")

on_today = click.option(
    "--on", metavar="DATE", default="today", callback=lambda context, _option, word: day_of(word, context),
    help="The day that ages are counted to, YYYY-MM-DD.  [default: today]")


def day_of(word: str, context: click.Context) -> str:
    """Return the ISO date that a word on the command line means; nothing for nothing. The root knows what day it is."""
    if word == "today":
        return str(context.find_root().obj())
    try:
        return date.fromisoformat(word).isoformat() if word else ""
    except ValueError:
        raise click.BadParameter(f"'{word}' is no day: write YYYY-MM-DD, or 'today'") from None


def cache_of(named: Path | None, content_folder: Path) -> Path:
    """Return where a booklet's cache is: the folder named, the user's cache, or beside the content."""
    home = os.environ.get("XDG_CACHE_HOME", "")
    beside = Path(home) / "booklet" if os.path.isabs(home) else content_folder.parent / ".booklet-cache"
    return named or beside
