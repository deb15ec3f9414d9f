"""Measures how fast the booklet is made: `make bench`.  Medians of interleaved runs; asserts nothing.

Each run is a process of its own; CPU is user + system time of the process and its children, memory the largest
resident set of any of them.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
RUNS = int(os.environ.get("RUNS", "5"))


@dataclass
class Case:
    """One thing that is measured."""

    name: str
    words: list[str]
    prepare: Callable[[Path], None] = lambda folder: None
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    def run(self, folder: Path) -> None:
        """Run once and note the figures."""
        self.prepare(folder)
        start = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "build.py"), *self.words], cwd=folder, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        self.wall.append(time.perf_counter() - start)
        self.cpu.append(usage.ru_utime + usage.ru_stime)
        self.memory.append(usage.ru_maxrss / 1024)
        if status:
            raise SystemExit(f"{self.name}: exit {os.waitstatus_to_exitcode(status)}")


def forget(folder: Path) -> None:
    """Remove all that an earlier build left."""
    for name in ("dist", ".booklet-cache"):
        shutil.rmtree(folder / name, ignore_errors=True)


def edit(folder: Path) -> None:
    """Change one word in a theme's text, back and forth."""
    path = folder / "content/themes/nettverk/text.md"
    text = path.read_text("utf-8")
    here, there = "Sammenhengen", "Forbindelsen"
    path.write_text(text.replace(here, there, 1) if here in text else text.replace(there, here, 1), "utf-8")


def cases() -> list[Case]:
    """Return what is measured; the order matters: a case may stand on what the one before left."""
    return [
        Case("booklet --help", ["--help"]),
        Case("booklet check", ["check"]),
        Case("print, cold", ["build", "--profile", "print"], forget),
        Case("print, one word edited", ["build", "--profile", "print"], edit),
        Case("print, nothing changed", ["build", "--profile", "print"]),
        Case("all six files, cold", ["build"], forget),
        Case("all six files, one word edited", ["build"], edit),
        Case("all six files, nothing changed", ["build"]),
    ]


def main() -> None:
    """Measure and print a table."""
    measured = cases()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name in ("content", "styles"):
            shutil.copytree(ROOT / name, folder / name)
        for _ in range(RUNS):
            for case in measured:
                case.run(folder)
    print(f"{'':32}{'CPU s':>8}{'spread':>14}{'wall s':>8}{'MB':>6}")
    for case in measured:
        spread = f"{min(case.cpu):.2f}–{max(case.cpu):.2f}"
        print(f"{case.name:32}{statistics.median(case.cpu):8.2f}{spread:>14}{statistics.median(case.wall):8.2f}"
              f"{max(case.memory):6.0f}")
    print(f"medians of {RUNS} interleaved runs on {os.cpu_count()} cores, Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
