"""What is said at the terminal: progress by units on a terminal, reasons when asked, nothing on a pipe."""

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from making import ROOT, booklet, plan, press_of

from booklet import terminal
from booklet.findings import Finding, Position, Severity
from booklet.steps import Step
from booklet.terminal import Progress

MADE, KEPT = Step("print", "en.text", False, ("content",)), Step("print", "en", True)
FINDING = Finding("unknown-key", Severity.ERROR, "unknown key 'a'", Position(Path("a.md"), 3, 4), "mend it")
BARE = Finding("page-count", Severity.WARNING, "x")
FORGET = "\r\x1b[K"

SHOW = """
import sys
from booklet.steps import Step
from booklet.terminal import Progress
progress = Progress({verbose})
for step in {steps}:
    progress.tell(step)
progress.close()
"""


def on_a_terminal(steps: list[Step], verbose: bool = False, columns: int = 80) -> str:
    """Return what progress shows where standard error is a terminal."""
    ours, theirs = pty.openpty()
    code = SHOW.format(verbose=verbose, steps=steps)
    subprocess.run(
        [sys.executable, "-c", code], stderr=theirs, check=True, cwd=ROOT, timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": str(columns), "TERM": "xterm"})
    os.close(theirs)
    shown = b""
    try:
        while data := os.read(ours, 10_000):
            shown += data
    except OSError:
        os.close(ours)  # the other end is closed and all was read
    return shown.decode()


def told(capsys: pytest.CaptureFixture[str], *steps: Step, verbose: bool = False) -> str:
    """Return what progress says where standard error is no terminal; standard output stays empty."""
    progress = Progress(verbose)
    for step in steps:
        progress.tell(step)
    progress.close()
    out, err = capsys.readouterr()
    assert out == ""
    return err


def test_nothing_is_said_on_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, MADE, KEPT) == ""


def test_who_asks_is_told_why_each_unit_was_made_and_how_many_there_were(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, KEPT, MADE, verbose=True) == (
        "made en.text (print): its content changed\nunits: 1 made, 1 from the cache\n")


@pytest.mark.parametrize(
    ("why", "words"),
    [(("new",), "it was never made before"), ((), "it was no longer in the cache"),
     (("side", "content"), "it begins on the other side, its content changed")])
def test_reason_is_told_in_words(why: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = told(capsys, Step("screen", "cover", False, why), verbose=True)
    assert said.splitlines()[0] == f"made cover (screen): {words}"


def test_every_input_of_a_unit_has_words(capsys: pytest.CaptureFixture[str]) -> None:
    unit = plan(booklet()).units[0]
    for what in press_of(booklet()).inputs(unit, "recto"):
        said = told(capsys, Step("print", "cover", False, (what,)), verbose=True)
        assert re.match(r"made cover \(print\): [a-z' ]+\n", said), what


def test_unit_that_others_made_and_that_is_then_at_hand_counts_as_made(capsys: pytest.CaptureFixture[str]) -> None:
    later = Step("print", "en.text", True)
    assert told(capsys, MADE, later, KEPT, KEPT, verbose=True).splitlines()[-1] == "units: 1 made, 1 from the cache"


def test_unit_that_was_at_hand_and_is_then_made_again_counts_once(capsys: pytest.CaptureFixture[str]) -> None:
    before = Step("print", "en.text", True)
    assert told(capsys, before, MADE, verbose=True).splitlines()[-1] == "units: 1 made, 0 from the cache"


def test_same_unit_of_another_profile_is_another(capsys: pytest.CaptureFixture[str]) -> None:
    other = Step("screen", "en.text", False)
    assert told(capsys, MADE, other, verbose=True).splitlines()[-1] == "units: 2 made, 0 from the cache"


def test_terminal_shows_one_line_that_is_empty_at_the_end() -> None:
    shown = on_a_terminal([KEPT, MADE])
    assert shown == (
        f"{FORGET}units: 0 made, 1 from the cache  print en{FORGET}units: 1 made, 1 from the cache  print en.text"
        f"{FORGET}")


def test_line_never_reaches_the_edge_of_the_terminal() -> None:
    shown = on_a_terminal([Step("print", "a" * 200, False)], columns=40)
    assert max(len(part) for part in shown.split(FORGET)) == 39


def test_reasons_stand_on_lines_of_their_own_on_a_terminal() -> None:
    shown = on_a_terminal([MADE], verbose=True)
    assert [part.strip() for part in shown.split(FORGET) if part] == [
        "made en.text (print): its content changed", "units: 1 made, 0 from the cache  print en.text",
        "units: 1 made, 0 from the cache"]
    assert shown.startswith(FORGET)


def test_findings_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.show([FINDING, BARE])
    assert capsys.readouterr() == (
        "", "a.md:3:4: error unknown-key: unknown key 'a' (mend it)\nwarning page-count: x\n")


def test_finding_is_an_annotation_or_a_record() -> None:
    assert terminal.as_github(FINDING) == "::error file=a.md,line=3,col=4::unknown-key: unknown key 'a' (mend it)"
    assert terminal.as_github(BARE) == "::warning::page-count: x"
    first, second = json.loads(terminal.as_json([FINDING, BARE]))
    assert (first["path"], first["line"], first["column"], first["severity"]) == ("a.md", 3, 4, "error")
    assert (second["path"], second["line"], second["severity"]) == (None, None, "warning")


@pytest.mark.parametrize(
    ("findings", "strict", "refused"),
    [([], True, False), ([BARE], False, False), ([BARE], True, True), ([BARE, FINDING], False, True)])
def test_errors_forbid_going_on_and_warnings_where_one_is_strict(
    findings: list[Finding], strict: bool, refused: bool
) -> None:
    assert terminal.refuse(findings, strict) is refused


def test_table_stands_in_columns_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.table([("file", "pages"), ("a.pdf", "8"), ("together", "")])
    assert capsys.readouterr() == ("file      pages\na.pdf         8\ntogether\n", "")


def test_last_word_names_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        terminal.end(4, "broken")
    assert left.value.code == 4 and capsys.readouterr() == ("", "booklet: broken\n")
