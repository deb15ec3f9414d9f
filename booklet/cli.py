"""Words for the terminal: the only room that speaks, and the only door to click.

In come arguments; out go findings on standard error, results on standard output, and an exit code: 0 made, 1 content
has errors, 2 wrong usage, 4 a tool or the machine broke, 130 or 143 stopped. Heavy rooms are loaded when a command
needs them, so that ``--help`` is quick.
"""

import json
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import click

from booklet.findings import Finding, Severity
from booklet.profiles import PROFILES

MADE, CONTENT, USAGE, BROKEN, INTERRUPTED, TERMINATED = 0, 1, 2, 4, 130, 143


def _epilog(*examples: str) -> str:
    return "\b\nExamples:\n" + "\n".join(f"  {example}" for example in examples)


_content = click.option(
    "--content", type=click.Path(path_type=Path), default=Path("content"), show_default=True,
    help="The author's folder.")
_styles = click.option(
    "--styles", type=click.Path(path_type=Path), default=Path("styles"), show_default=True,
    help="The designer's folder.")
_output = click.option(
    "--output", type=click.Path(path_type=Path), default=Path("dist"), show_default=True, help="Where the PDFs go.")
_cache = click.option(
    "--cache", type=click.Path(path_type=Path), default=None,
    help="Where laid-out pages are kept.  [default: .booklet-cache]")
_jobs = click.option("--jobs", type=click.IntRange(1), default=None, help="Processes at once.  [default: the cores]")
_strict = click.option("--strict", is_flag=True, help="Warnings count as errors.")


def _making(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of all commands that make files."""
    for option in (_strict, _jobs, _cache, _output, _styles, _content):
        command = option(command)
    return command


_PROFILE = click.Choice(tuple(PROFILES))


def _show(findings: Iterable[Finding]) -> None:
    for finding in findings:
        click.echo(str(finding), err=True)


def _github(finding: Finding) -> str:
    """Return a finding as an annotation of a pull request."""
    place = ""
    if at := finding.position:
        place = f" file={at.path},line={at.line},col={at.column}"
    hint = f" ({finding.hint})" if finding.hint else ""
    return f"::{finding.severity}{place}::{finding.code}: {finding.message}{hint}"


def _record(finding: Finding) -> dict[str, object]:
    at = finding.position
    return {
        "path": str(at.path) if at else None, "line": at.line if at else None, "column": at.column if at else None,
        "severity": str(finding.severity), "code": finding.code, "message": finding.message, "hint": finding.hint,
    }


def _refuse(findings: Sequence[Finding], strict: bool) -> bool:
    return any(strict or finding.severity is Severity.ERROR for finding in findings)


def _read(content: Path, styles: Path, strict: bool) -> Any:
    """Return booklet, styles and whether nothing is wrong; shows what is, and ends when that forbids going on."""
    booklet, looks, findings = import_module("booklet.reading").read_all(content, styles)
    _show(findings)
    if booklet is None or looks is None or _refuse(findings, strict):
        _end(CONTENT, f"{len(findings)} findings; nothing was written")
    return booklet, looks, not findings


def _end(code: int, message: str = "") -> NoReturn:
    if message:
        click.echo(f"booklet: {message}", err=True)
    sys.exit(code)


def _table(rows: Sequence[Sequence[str]]) -> None:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        click.echo("  ".join(cells).rstrip())


def _tell(output: Any) -> None:
    if sys.stderr.isatty():
        click.echo(f"making {output.file}", err=True)


def _make(order: dict[str, Any], pick: str, arguments: tuple[Any, ...]) -> None:
    """Make the outputs that ``pick`` names, unless nothing has changed; show the table."""
    ledger = import_module("booklet.ledger").Ledger.of(order, (pick, *map(str, arguments)))
    if rows := ledger.unchanged():
        _table([("file", "pages", "size", "seconds"), *rows])
        return
    booklet, looks, silent = _read(order["content"], order["styles"], order["strict"])
    outputs, pipeline = import_module("booklet.outputs"), import_module("booklet.pipeline")
    try:
        wanted = getattr(outputs, pick)(booklet, *arguments)
    except LookupError as unknown:
        known = ", ".join(theme.id for theme in booklet.themes)
        raise click.BadParameter(f"there is no theme '{unknown.args[0]}' (themes: {known})") from None
    jobs = order["jobs"] or import_module("booklet.workers").cores()
    place = outputs.Place(ledger.cache, order["output"], order["strict"], jobs)
    result = pipeline.build(booklet, looks, wanted, place, _tell)
    _show(result.findings)
    if not result.made:
        _end(CONTENT, f"{len(result.findings)} findings; nothing was written")
    note = silent and not result.findings  # what is said once must be said again the next time
    rows = ledger.write(result.made, note)
    _table([("file", "pages", "size", "seconds"), *rows, ("together", "", "", f"{result.seconds:.1f}")])


@click.group(epilog=_epilog("booklet build", "booklet excerpt nettverk", "booklet check --format json"))
@click.version_option(package_name="booklet", message="%(version)s")
def main() -> None:
    """Turn versioned YAML and Markdown into a print-ready booklet, a screen edition and handouts."""


@main.command(epilog=_epilog(
    "booklet build", "booklet build --profile print", "booklet build --profile screen --theme nettverk"))
@click.option("--profile", "profiles", type=_PROFILE, multiple=True, help="Only this kind of copy; may be repeated.")
@click.option("--theme", "themes", multiple=True, help="Only excerpts of this theme; may be repeated.")
@_making
def build(profiles: tuple[str, ...], themes: tuple[str, ...], **order: Any) -> None:
    """Make the PDFs: with no option print, screen, and a handout of each theme."""
    _make(order, "outputs_of", (profiles, themes))


@main.command(epilog=_epilog("booklet excerpt nettverk", "booklet excerpt nettverk retning --profile screen"))
@click.argument("themes", nargs=-1, required=True)
@click.option("--profile", type=_PROFILE, default="handout", show_default=True, help="How the copy is made.")
@_making
def excerpt(themes: tuple[str, ...], profile: str, **order: Any) -> None:
    """Make one PDF of one or several themes."""
    _make(order, "output_of", (profile, themes))


@main.command(epilog=_epilog("booklet check", "booklet check --strict --format github"))
@_content
@_styles
@_strict
@click.option("--format", "form", type=click.Choice(("text", "json", "github")), default="text", show_default=True)
def check(content: Path, styles: Path, strict: bool, form: str) -> None:
    """Show every finding in the content; writes no file."""
    _, _, findings = import_module("booklet.reading").read_all(content, styles)
    if form == "json":
        click.echo(json.dumps([_record(finding) for finding in findings], ensure_ascii=False, indent=2))
    elif form == "github":
        click.echo("\n".join(map(_github, findings)))
    else:
        _show(findings)
    sys.exit(CONTENT if _refuse(findings, strict) else MADE)


@main.command("list", epilog=_epilog("booklet list", "booklet list --format json"))
@_content
@_styles
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def list_(content: Path, styles: Path, form: str) -> None:
    """Show the themes, what they hold, and the files that build makes."""
    booklet, _, _ = _read(content, styles, False)
    outputs = [output.file for output in import_module("booklet.outputs").outputs_of(booklet, (), ())]
    themes = [
        {"id": theme.id, "number": theme.number, "title": theme.title,
         "examples": [example.article.address for example in theme.examples]} for theme in booklet.themes]
    if form == "json":
        click.echo(json.dumps({"themes": themes, "outputs": outputs}, ensure_ascii=False, indent=2))
        return
    for theme in themes:
        click.echo(f"{theme['number']}  {theme['id']}: {theme['title']}")
        click.echo("".join(f"   {address}\n" for address in theme["examples"]), nl=False)
    click.echo("\n".join(outputs))


@main.command(epilog=_epilog("booklet schema", "booklet schema theme", "booklet schema --output content/schema"))
@click.argument("name", required=False)
@click.option("--output", type=click.Path(path_type=Path), default=None, help="Write each schema to this folder.")
def schema(name: str | None, output: Path | None) -> None:
    """Print the JSON Schema of a kind of content file, or of all."""
    schemas = import_module("booklet.schemas")
    if name and name not in schemas.NAMES:
        raise click.BadParameter(f"there is no schema '{name}' (schemas: {', '.join(schemas.NAMES)})")
    wanted = {one: schemas.schema(one) for one in ([name] if name else schemas.NAMES)}
    if output is None:
        click.echo(json.dumps(wanted[name] if name else wanted, ensure_ascii=False, indent=2))
        return
    write = import_module("booklet.finishing").write
    for one, content in wanted.items():
        text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
        write(text.encode(), output / f"{one}.schema.json")


def _terminate(number: int, frame: FrameType | None) -> None:
    raise SystemExit(TERMINATED)


def run() -> NoReturn:
    """Run the command line and end with its exit code."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        main(standalone_mode=False)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(wrong.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _end(INTERRUPTED, "stopped; the old files are as they were")
    except (OSError, ArithmeticError, LookupError, RuntimeError, ImportError, ValueError, TypeError,
            MemoryError) as broken:
        _end(BROKEN, f"{type(broken).__name__}: {broken}")
    sys.exit(MADE)
