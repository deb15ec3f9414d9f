"""What is said at the terminal, and how: findings, tables, progress, the last word.

Findings and progress go to standard error, results to standard output. Knows no command.
"""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import NoReturn

import click

from booklet.findings import Finding, Severity
from booklet.steps import Step

_REASONS = {
    "new": "it was never made before", "program": "the program or a library changed", "profile": "the profile changed",
    "side": "it begins on the other side", "words": "the fixed words changed", "content": "its content changed",
    "hyphenation": "a word of it is broken otherwise", "styles": "the styles changed",
    "pictures": "a picture or its colours changed",
}
"""Input of a unit → what to say when it changed."""
_FORGET = "\r\x1b[K"
"""Goes back to the beginning of the line and empties it."""


def show(findings: Iterable[Finding]) -> None:
    """Show findings, one a line."""
    for finding in findings:
        click.echo(str(finding), err=True)


def refuse(findings: Sequence[Finding], strict: bool) -> bool:
    """Tell whether findings forbid going on."""
    return any(strict or finding.severity is Severity.ERROR for finding in findings)


def as_github(finding: Finding) -> str:
    """Return a finding as an annotation of a pull request."""
    place = ""
    if at := finding.position:
        place = f" file={at.path},line={at.line},col={at.column}"
    hint = f" ({finding.hint})" if finding.hint else ""
    return f"::{finding.severity}{place}::{finding.code}: {finding.message}{hint}"


def as_json(findings: Iterable[Finding]) -> str:
    """Return findings as a JSON list."""
    return json.dumps([_record(finding) for finding in findings], ensure_ascii=False, indent=2)


def _record(finding: Finding) -> dict[str, object]:
    at = finding.position
    return {
        "path": str(at.path) if at else None, "line": at.line if at else None, "column": at.column if at else None,
        "severity": str(finding.severity), "code": finding.code, "message": finding.message, "hint": finding.hint,
    }


def say(message: str) -> None:
    """Say something that is no finding."""
    click.echo(f"booklet: {message}", err=True)


def put(result: str) -> None:
    """Put a result on standard output."""
    click.echo(result)


def end(code: int, message: str = "") -> NoReturn:
    """End the program with a last word."""
    if message:
        say(message)
    sys.exit(code)


def show_all(lines: Iterable[str]) -> None:
    """Show lines of a result."""
    for line in lines:
        click.echo(line)


def verdict(lines: Sequence[str]) -> None:
    """Show what is wrong with a PDF, one a line, and the verdict."""
    for line in lines[:-1]:
        click.echo(line, err=True)
    click.echo(lines[-1])


def catalogue(rows: Iterable[Mapping[str, str]]) -> None:
    """Show checks, one a line: code, severity, reason, source."""
    for row in rows:
        severity = f"{row['severity']} " if row["severity"] else ""
        source = f" [{row['source']}]" if row["source"] else ""
        click.echo(f"{row['of']}: {severity}{row['code']}: {row['reason']}{source}")


def kilobytes(size: int) -> str:
    """Return a number of bytes as tables show it: «1 143 kB»."""
    return f"{size / 1000:,.0f} kB".replace(",", " ")


def table(rows: Sequence[Sequence[str]]) -> None:
    """Show rows, the first column from the left, the others from the right."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        click.echo("  ".join(cells).rstrip())


class Progress:
    """Tells by units what is being made: one line that is rewritten, on a terminal; a line a unit when asked."""

    def __init__(self, verbose: bool) -> None:
        """Say why each unit was made again when ``verbose``."""
        self._verbose, self._live = verbose, sys.stderr.isatty()
        self._made: set[tuple[str, str]] = set()
        self._kept: set[tuple[str, str]] = set()

    def tell(self, step: Step) -> None:
        """Take note of a unit at hand."""
        name = step.profile, step.address
        if not step.kept:
            self._made.add(name)
            self._kept.discard(name)
            if self._verbose:
                why = ", ".join(_REASONS[one] for one in step.why) or "it was no longer in the cache"
                click.echo(f"{_FORGET if self._live else ''}made {step.address} ({step.profile}): {why}", err=True)
        elif name not in self._made:
            self._kept.add(name)
        if self._live:
            line = f"{self._counts()}  {step.profile} {step.address}"
            width = import_module("shutil").get_terminal_size().columns
            click.echo(_FORGET + line[:width - 1], nl=False, err=True)

    def _counts(self) -> str:
        return f"units: {len(self._made)} made, {len(self._kept)} from the cache"

    def close(self) -> None:
        """Leave the line empty, or the sum when asked for."""
        if self._live:
            click.echo(_FORGET, nl=False, err=True)
        if self._verbose:
            click.echo(self._counts(), err=True)


class Count:
    """Tells how many of how many are there: one line that is rewritten, on a terminal; nothing in a pipe."""

    def __init__(self, what: str) -> None:
        """Count things of some name."""
        self._what, self._live = what, sys.stderr.isatty()

    def tell(self, done: int, total: int) -> None:
        """Show how many there are."""
        if self._live:
            click.echo(f"{_FORGET}{self._what}: {done} of {total}", nl=False, err=True)

    def close(self) -> None:
        """Leave the line empty."""
        if self._live:
            click.echo(_FORGET, nl=False, err=True)
