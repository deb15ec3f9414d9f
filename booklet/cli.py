"""The commands: words in, work done, exit code out.

In come arguments; out go findings on standard error, results on standard output, and an exit code: 0 made, 1 content
has errors, 2 wrong usage, 3 preflight refused, 4 a tool or the machine broke, 130 or 143 stopped. Heavy rooms are
loaded when a command needs them, so that ``--help`` is quick.
"""

import json
import sys
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click
from msgspec.structs import replace

from booklet import options, terminal
from booklet.ending import CONTENT, MADE, REFUSED, USAGE, run_to_end
from booklet.profiles import PROFILES

_content, _styles, _output, _cache = options.content, options.styles, options.output, options.cache
_jobs, _strict, _epilog, _cache_folder = options.jobs, options.strict, options.epilog, options.cache_of
_on = options.on
_HEAD = "file", "pages", "size", "seconds"
_verbose = click.option("--verbose", "-v", is_flag=True, help="Say why each unit is made again.")
_watch = click.option("--watch", is_flag=True, help="Stay, and build again whenever a file is saved.")
_locked = click.option("--locked", is_flag=True, help="Nothing may stand elsewhere than in the newest print run.")
_printer = click.option(
    "--printer", default="sheetfed", show_default=True,
    help="The print shop: a name in styles/printers, or a file.")


def _making(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of all commands that make files."""
    for option in (_verbose, _watch, _locked, _on, _printer, _strict, _jobs, _cache, _output, _styles, _content):
        command = option(command)
    return command


_PROFILE = click.Choice(tuple(PROFILES))


def _read(content: Path, styles: Path, cache: Path | None) -> Any:
    """Return booklet, styles and findings; files that were read before are not read again."""
    import_module("booklet.patterns").ready_patterns()
    store = import_module("booklet.store").Store(_cache_folder(cache, content))
    memory = import_module("booklet.memory").Memory(store)
    with store.shared():
        return import_module("booklet.reading").read_all(content, styles, memory)


def _make(order: dict[str, Any], pick: str, arguments: tuple[Any, ...]) -> NoReturn:
    """Carry out an order to make files, once or whenever something is saved; ends with the exit code."""
    room = import_module("booklet.commission")
    words = pick, *map(str, arguments), str(order["strict"]), order["printer"], str(order["locked"]), order["on"]
    shop = import_module("booklet.presses").printer_path(order["printer"], order["styles"])
    asked = import_module("booklet.ledger").Asked(order["content"], order["styles"], order["output"], words, shop)
    cache = _cache_folder(order["cache"], order["content"])
    commission = room.Commission(
        room.Order(asked, cache, pick, arguments, order["strict"], order["printer"], order["jobs"],
                   order["locked"], order["on"]))
    try:
        if not order["watch"]:
            sys.exit(_carry_out(commission, order["verbose"]))
        for rest in import_module("booklet.watch").changes((asked.content, asked.styles)):
            _carry_out_watching(commission, order["verbose"], (OSError, room.UnknownTheme, room.Restless))
            commission.warm_up(rest)
    except room.UnknownTheme as unknown:
        raise click.BadParameter(str(unknown)) from None
    sys.exit(MADE)


def _carry_out_watching(commission: Any, verbose: bool, passing: tuple[type[Exception], ...]) -> None:
    """Carry out an order among others to come: what may pass ends nothing."""
    try:
        _carry_out(commission, verbose)
    except passing as wrong:
        terminal.say(f"{wrong}; waiting for the next change")


def _carry_out(commission: Any, verbose: bool) -> int:
    """Carry out an order once and show what became of it; returns the exit code."""
    progress = terminal.Progress(verbose)
    try:
        outcome = commission.carry_out(progress.tell)
    finally:
        progress.close()
    terminal.show(outcome.findings)
    if not outcome.rows:
        terminal.say(f"{len(outcome.findings)} findings; nothing was written")
        return CONTENT
    for note in outcome.notes:
        terminal.say(note)
    together = [] if outcome.seconds is None else [("together", "", "", f"{outcome.seconds:.1f}")]
    terminal.table([_HEAD, *outcome.rows, *together])
    return MADE


_ELSEWHERE = {
    "impose": "buyer", "order": "buyer", "lint": "designer", "course": "trainer", "courses": "trainer",
    **dict.fromkeys(("freeze", "runs", "diff", "errata", "news"), "editor"),
    **dict.fromkeys(("facts", "rebuild", "verify"), "archivist")}
"""Command → the room that has it, which is loaded when somebody asks for it."""


class _Commands(click.Group):
    def list_commands(self, context: click.Context) -> list[str]:
        return sorted({*self.commands, *_ELSEWHERE})

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name in _ELSEWHERE:
            command: click.Command = getattr(import_module(f"booklet.{_ELSEWHERE[name]}"), name)
            return command
        return super().get_command(context, name)


@click.group(cls=_Commands, epilog=_epilog("booklet build", "booklet excerpt nettverk", "booklet check --format json"))
@click.version_option(package_name="booklet", message="%(version)s")
@click.pass_context
def main(context: click.Context) -> None:
    """Turn versioned YAML and Markdown into a print-ready booklet, a screen edition and handouts."""
    context.obj = _today


def _today() -> str:
    """Return what day it is, for whoever asks; nothing that is made depends on it."""
    return date.today().isoformat()


@main.command(epilog=_epilog(
    "booklet build", "booklet build --profile print", "booklet build --profile screen --theme nettverk"))
@click.option("--profile", "profiles", type=_PROFILE, multiple=True, help="Only this kind of copy; may be repeated.")
@click.option("--theme", "themes", multiple=True, help="Only excerpts of this theme; may be repeated.")
@_making
def build(profiles: tuple[str, ...], themes: tuple[str, ...], **order: Any) -> None:
    """Make the PDFs: with no option print, screen, and a handout of each theme."""
    _make(order, "outputs_of", (profiles, themes))


@main.command(epilog=_epilog(
    "booklet excerpt nettverk", "booklet excerpt nettverk/text nettverk/berg --profile screen",
    "booklet excerpt nettverk --audience participant --audience facilitator"))
@click.argument("themes", nargs=-1, required=True, metavar="THEME[/PART]...")
@click.option("--profile", type=_PROFILE, default="handout", show_default=True, help="How the copy is made.")
@click.option("--audience", "audiences", type=click.Choice(("participant", "facilitator")), multiple=True,
              help="For whom a handout is; give both for a pair.")
@_making
def excerpt(themes: tuple[str, ...], profile: str, audiences: tuple[str, ...], **order: Any) -> None:
    """Make one PDF of themes, of texts (THEME/text), of examples (THEME/NAME)."""
    if audiences and PROFILES[profile].plan != "handout":
        raise click.BadParameter("only handouts are made for an audience", param_hint="--audience")
    _make(order, "output_of", (profile, themes, audiences))


@main.command(epilog=_epilog("booklet check", "booklet check --strict --format github"))
@_content
@_styles
@_cache
@_strict
@_on
@click.option("--format", "form", type=click.Choice(("text", "json", "github")), default="text", show_default=True)
def check(content: Path, styles: Path, strict: bool, form: str, **asked: Any) -> None:
    """Show every finding in the content; makes nothing."""
    booklet, _, findings = _read(content, styles, asked["cache"])
    if booklet is not None:
        findings = (*findings, *import_module("booklet.review").overdue(booklet, asked["on"]))
    if form == "json":
        click.echo(terminal.as_json(findings))
    elif form == "github":
        click.echo("\n".join(map(terminal.as_github, findings)))
    else:
        terminal.show(findings)
    sys.exit(CONTENT if terminal.refuse(findings, strict) else MADE)


@main.command("list", epilog=_epilog("booklet list", "booklet list --format json"))
@_content
@_styles
@_cache
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def list_(content: Path, styles: Path, cache: Path | None, form: str) -> None:
    """Show the themes, what they hold, and the files that build makes."""
    booklet, looks, findings = _read(content, styles, cache)
    terminal.show(findings)
    if booklet is None or looks is None:
        terminal.end(CONTENT, f"{len(findings)} findings")
    outputs = [output.file for output in import_module("booklet.outputs").outputs_of(booklet, (), ())]
    themes = [
        {"id": theme.id, "number": theme.number, "title": theme.title,
         "examples": [example.article.address for example in theme.examples]} for theme in booklet.themes]
    courses = [{"id": course.id, "name": course.name, "title": course.title} for course in booklet.courses]
    if form == "json":
        record = {"themes": themes, "courses": courses, "outputs": outputs}
        click.echo(json.dumps(record, ensure_ascii=False, indent=2))
        return
    for theme in themes:
        click.echo(f"{theme['number']}  {theme['id']}: {theme['title']}")
        click.echo("".join(f"   {address}\n" for address in theme["examples"]), nl=False)
    click.echo("".join(f"course {course['id']}: {course['title']}\n" for course in courses), nl=False)
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


@main.command(epilog=_epilog("booklet preflight dist/temahefte-2019-print.pdf", "booklet preflight x.pdf --strict"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--printer", default="sheetfed", show_default=True, help="Whose demands: a name, or a YAML file.")
@_styles
@_strict
@_content
@_cache
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def preflight(file: Path, printer: str, styles: Path, strict: bool, form: str, **home: Any) -> None:
    """Judge any PDF as a print shop would."""
    found = import_module("booklet.collector").Collector()
    shop = import_module("booklet.printers").read_printer(printer, styles, found, with_icc=False)
    if shop is None:
        terminal.show(found.findings)
        sys.exit(USAGE)
    store, pdf = import_module("booklet.store").Store(_cache_folder(home["cache"], home["content"])), file.read_bytes()
    verdict = import_module("booklet.preflight").judge(str(file), pdf, shop, strict=strict)
    verdict = replace(verdict, origins=import_module("booklet.origins").read_origins(store, pdf))
    if form == "json":
        click.echo(json.dumps(verdict.record(), ensure_ascii=False, indent=2))
    else:
        terminal.verdict(verdict.lines())
    sys.exit(REFUSED if verdict.refused else MADE)


@main.command(epilog=_epilog("booklet checks", "booklet checks --format json"))
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def checks(form: str) -> None:
    """Show every check: its code, how much it matters, why, and where it is written."""
    codes = import_module("booklet.catalogue")
    rows = import_module("booklet.demands").catalogue(codes.CODES, codes.LINT)
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        terminal.catalogue(rows)


@main.command("cache", epilog=_epilog("booklet cache --show", "booklet cache --clear"))
@_content
@_cache
@click.option("--show", "action", flag_value="show", default="show", help="Say what is kept, and where.  [default]")
@click.option("--clear", "action", flag_value="clear", help="Forget everything; costs time only.")
def cache_(content: Path, cache: Path | None, action: str) -> None:
    """Show or clear what builds keep for later ones."""
    room = import_module("booklet.store")
    folder = _cache_folder(cache, content)
    store = room.Store(folder if folder.is_dir() else None)
    if action == "clear":
        click.echo(f"{store.clear()} entries removed from {folder}")
        return
    sizes = store.sizes()
    total = sum(count for count, _ in sizes.values()), sum(size for _, size in sizes.values())
    click.echo(str(folder))
    rows = [(room.KINDS[kind], str(count), terminal.kilobytes(size))
            for kind, (count, size) in {**sizes}.items()]
    terminal.table([("what", "entries", "size"), *rows,
                    ("together", str(total[0]), terminal.kilobytes(total[1]))])


def run() -> NoReturn:
    """Run the command line and end with its exit code."""
    run_to_end(main)
