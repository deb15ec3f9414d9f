"""How a run is measured: wall time, CPU and memory of a process and all that it starts.

CPU is user and system time. Memory is the most that all processes of the tree held at one moment, added up, read from
/proc two hundred times a second; pages that several share count for each. Without /proc: the largest process.
"""

import os
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

EVERY = 0.005
_PROC = Path("/proc")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")


class Failed(Exception):
    """A program did not do what was measured."""


@dataclass(frozen=True)
class Run:
    """What one run took: seconds and bytes; None where that cannot be said."""

    cpu: float
    wall: float
    memory: int | None = None


@dataclass
class Case:
    """One thing that is measured, and its runs."""

    name: str
    what: str
    """«cold», «one word», «nothing changed» …"""
    who: str
    """The program: «booklet» or a peer."""
    take: Callable[[], Run]
    content: str = "shipped"
    runs: list[Run] = field(default_factory=list)
    pages_of: Callable[[], int] | None = None
    most: int = 100
    """How many runs are enough: some take minutes."""
    pages: int = 0
    failed: str = ""

    def measure(self) -> None:
        """Run once more, unless there are runs enough; what goes wrong is kept, and ends this case alone."""
        if self.failed or len(self.runs) >= self.most:
            return
        try:
            self.runs.append(self.take())
            self.pages = self.pages_of() if self.pages_of else 0
        except Failed as wrong:
            self.failed = str(wrong)

    def values(self, name: str) -> list[float]:
        """Return one figure of all runs."""
        return [value for run in self.runs if (value := getattr(run, name)) is not None]

    def middle(self, name: str) -> float:
        """Return the median of a figure."""
        return statistics.median(self.values(name) or [0.0])

    def spread(self, name: str) -> tuple[float, float]:
        """Return the least and the most of a figure."""
        values = self.values(name) or [0.0]
        return min(values), max(values)


def environment() -> dict[str, str]:
    """Return a plain environment, for settings of this shell would count; this program's own switches stay."""
    return {name: value for name, value in os.environ.items() if name in _KEPT or name.startswith("BOOKLET_")}


def tree(pid: int) -> list[int]:
    """Return a process and all living processes below it."""
    found = [pid]
    for one in found:
        try:
            for thread in os.listdir(f"/proc/{one}/task"):
                found += map(int, Path(f"/proc/{one}/task/{thread}/children").read_text().split())
        except OSError:
            continue  # it ended meanwhile
    return found


def memory_of(pid: int) -> int:
    """Return the bytes that a process tree holds now."""
    total = 0
    for one in tree(pid):
        try:
            total += int((_PROC / str(one) / "statm").read_text().split()[1]) * _PAGE
        except OSError:
            continue  # it ended meanwhile
    return total


def cpu_of(pid: int) -> float:
    """Return the CPU seconds that a living process tree has taken, with those of its ended children."""
    total, tick = 0.0, os.sysconf("SC_CLK_TCK")
    for one in tree(pid):
        try:
            ended = (_PROC / str(one) / "stat").read_text().rpartition(") ")[2].split()[13:15]
            threads = [Path(f"/proc/{one}/task/{thread}/schedstat").read_text().split()[0]
                       for thread in os.listdir(f"/proc/{one}/task")]
        except OSError:
            continue  # it ended meanwhile
        total += sum(map(int, ended)) / tick + sum(map(int, threads)) / 1e9
    return total


class Watcher(threading.Thread):
    """Looks at the memory of a process tree while it lives."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.most, self.ended = pid, 0, threading.Event()

    def run(self) -> None:
        """Look until told to stop."""
        while True:
            self.most = max(self.most, memory_of(self.pid))
            if self.ended.wait(EVERY):
                return


def measure(command: Sequence[str | Path], folder: Path, log: Path | None = None) -> Run:
    """Run a program to its end; Failed when it fails, with what it said."""
    said = log or folder / "bench.log"
    with said.open("wb") as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            list(map(str, command)), cwd=folder, stdout=output, stderr=output, env=environment(),
            stdin=subprocess.DEVNULL)
        watcher = Watcher(process.pid)
        watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    watcher.ended.set()
    watcher.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        words = said.read_text("utf-8", "replace")[-2000:]
        raise Failed(f"exit {process.returncode}: {words.strip()}")
    # where there is /proc the kernel's own figure is not asked: it counts this process too, as it was before the start
    largest = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Run(usage.ru_utime + usage.ru_stime, wall, watcher.most or largest)


def until(condition: Callable[[], bool], seconds: float, every: float = 0.001) -> bool:
    """Wait until something holds; tell whether it came to that in time."""
    end = time.perf_counter() + seconds
    while not condition():
        if time.perf_counter() > end:
            return False
        time.sleep(every)
    return True


def stop(process: "subprocess.Popen[bytes]") -> None:
    """End a program as Ctrl-C does."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
