"""What is measured of this program: the commands of an author's day, cold and warm."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from pypdfium2 import PdfDocument

from tests.bench.desk import ROOT, Desk
from tests.bench.measuring import Case, Failed, Run, Watcher, cpu_of, environment, measure, stop, until
from tests.bench.thousand import write_thousand
from tests.making import lay_tiny

US = "booklet"
BUILD = sys.executable, ROOT / "build.py"
PRINT = "build", "--profile", "print"
SLOW = 3
"""Runs of a case that takes minutes."""


def pages_of(path: Path) -> int:
    """Return the number of pages of a PDF."""
    with PdfDocument(path) as document:
        return len(document)


def _take(desk: Desk, words: tuple[str, ...], before: Callable[[], None] | None = None) -> Run:
    if before:
        before()
    return measure((*BUILD, *words), desk.folder)


def _whole(desk: Desk) -> int:
    """Return the pages of the print PDF on a desk."""
    return pages_of(next(desk.output.glob("*-print.pdf")))


def has_watch() -> bool:
    """Tell whether this program can watch."""
    said = subprocess.run([*BUILD, "build", "--help"], capture_output=True, text=True, check=True, env=environment())
    return "--watch" in said.stdout


def _excerpt(desk: Desk) -> tuple[str, ...]:
    themes = sorted(path.name for path in (desk.folder / "content/themes").iterdir())
    return "excerpt", themes[0]


def watch(desk: Desk, words: tuple[str, ...]) -> Run:
    """Save a text while the program watches; take the time until the new PDF lies there.

    The first edit is not counted: it warms what an author's second edit finds warm.
    """
    process = subprocess.Popen(
        list(map(str, (*BUILD, *words, "--watch"))), cwd=desk.folder, env=environment(),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    watcher = Watcher(process.pid)
    watcher.start()
    try:
        _settle(desk, process, 0)
        for counted in (False, True):
            old = _newest(desk)
            cpu, start = cpu_of(process.pid), time.perf_counter()
            desk.edit()
            if not until(lambda old=old: _newest(desk) > old, 60):  # type: ignore[misc]
                raise Failed("watch: no new PDF within a minute")
            wall, taken = time.perf_counter() - start, cpu_of(process.pid) - cpu
            if counted:
                return Run(taken, wall, watcher.most or None)
            _settle(desk, process, old)
    finally:
        watcher.ended.set()
        stop(process)
    raise AssertionError


def _newest(desk: Desk) -> int:
    """Return when the last PDF was put down, in nanoseconds; nought when there is none."""
    found = 0
    for path in desk.output.glob("*.pdf"):
        try:
            found = max(found, path.stat().st_mtime_ns)
        except FileNotFoundError:
            continue  # it is being replaced
    return found


def _settle(desk: Desk, process: "subprocess.Popen[bytes]", old: int) -> None:
    """Wait until a PDF newer than ``old`` lies there and the program rests."""
    if not until(lambda: _newest(desk) > old or process.poll() is not None, 120, 0.01) or process.poll() is not None:
        raise Failed("watch: the program did not come up")
    spent = -1.0
    while cpu_of(process.pid) - spent > 0.02:
        spent = cpu_of(process.pid)
        time.sleep(0.5)


def daily(folder: Path) -> list[Case]:
    """Return the cases on the shipped content; a case may stand on what the one before left."""
    desk, other = Desk(folder / "ours", ROOT / "content"), Desk(folder / "watched", ROOT / "content")
    take = partial(_take, desk)

    def case(name: str, what: str, words: tuple[str, ...], before: Callable[[], None] | None = None) -> Case:
        return Case(name, what, US, lambda: take(words, before))

    found = [
        case("`booklet --help`", "help", ("--help",)),
        case("`booklet check`", "check", ("check",)),
        case("print PDF, nothing kept", "cold", PRINT, desk.forget),
        case("print PDF, one word edited", "one word", PRINT, desk.edit),
        case("print PDF, nothing changed", "nothing changed", PRINT),
        case("all six files, nothing kept", "six cold", ("build",), desk.forget),
        case("all six files, one word edited", "six one word", ("build",), desk.edit),
        case("excerpt of one theme, out of the cache", "excerpt", _excerpt(desk), desk.forget_output),
    ]
    found[2].pages_of = lambda: _whole(desk)
    if has_watch():
        found.append(Case("watching, from save to PDF", "watch", US, lambda: watch(other, PRINT)))
    else:
        print("left out: watching, for 'booklet build' has no --watch yet", file=sys.stderr)
    return found


def another(folder: Path) -> list[Case]:
    """Return the cases on a small booklet that is not the shipped one, in nynorsk."""
    with tempfile.TemporaryDirectory() as place:
        desk = Desk(folder / "tiny", lay_tiny(Path(place)))
    steps = ("cold", "nothing kept", desk.forget), ("one word", "one word edited", desk.edit), (
        "nothing changed", "nothing changed", None)
    found = [Case(f"small booklet, {name}", what, US, partial(_take, desk, PRINT, before), content="small")
             for what, name, before in steps]
    found[0].pages_of = lambda: _whole(desk)
    return found


def long(folder: Path) -> list[Case]:
    """Return the cases on a booklet of a thousand pages."""
    content = write_thousand(ROOT / "content", folder / "thousand-content")
    desk = Desk(folder / "thousand", content)
    found = [
        Case("1,000 pages, check", "check", US, lambda: _take(desk, ("check",)), content="thousand", most=SLOW),
        Case("1,000 pages, nothing kept", "cold", US, lambda: _take(desk, PRINT, desk.forget), content="thousand",
             most=1),
        Case("1,000 pages, one word edited", "one word", US, lambda: _take(desk, PRINT, desk.edit), content="thousand",
             most=SLOW),
        Case("1,000 pages, nothing changed", "nothing changed", US, lambda: _take(desk, PRINT), content="thousand",
             most=SLOW),
    ]
    found[1].pages_of = lambda: _whole(desk)
    return found


def warm_up(folder: Path) -> None:
    """Let Python compile what it runs: an author's first start ever is not what is measured."""
    os.makedirs(folder, exist_ok=True)
    measure((*BUILD, "--help"), folder)
    desk = Desk(folder / "warm-up", ROOT / "content")
    measure((*BUILD, *PRINT), desk.folder)
