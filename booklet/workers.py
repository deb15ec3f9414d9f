"""Several pieces of work at once, each worker a process of its own that ends with this one.

In comes work that is handed out piece by piece; its results, bytes, come back as they are made. A worker that fails or
is killed has only wasted time: whoever needs its results does the work again, and then hears what is wrong. Nothing but
bytes passes between.
"""

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

_DONE = b""
_PATIENCE = 2
"""Seconds that a worker has to end in good order."""


class Work(Protocol):
    """What is to be done: the first three are asked in this process, the last two in a worker."""

    def next_piece(self) -> bytes | None:
        """Return what to do next, nothing when there is nothing to do at the moment."""

    def receive(self, piece: bytes, result: bytes) -> None:
        """Take a result of a piece."""

    def finish(self, piece: bytes) -> None:
        """Hear that a piece is done, and may have changed what there is to do."""

    def do(self, piece: bytes) -> Iterator[bytes]:
        """Do a piece; yields its results, none of them empty."""

    def leave(self) -> None:
        """End a worker."""


def _processes(way: str) -> Any:
    """Return what makes processes; it is loaded when somebody is to work beside this one."""
    return import_module("multiprocessing").get_context(way)


@contextmanager
def pool(jobs: int) -> Iterator[Any]:
    """Give an executor of so many processes, which share what this one has loaded and end with it.

    Who leaves by an exception does not wait for what has not begun, however often he is interrupted.
    """
    make = import_module("concurrent.futures").ProcessPoolExecutor  # loaded when it is needed: it is not light
    context = _processes("fork" if sys.platform == "linux" else "spawn")
    executor = make(jobs, context, _settle_in, (os.getpid(),))
    try:
        yield executor
        executor.shutdown()
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


def _settle_in(parent: int) -> None:
    """Begin as a worker: the terminal's Ctrl-C is for the parent; when that is killed, nobody needs us."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_watch_over, args=(parent,), daemon=True).start()


def _watch_over(parent: int) -> None:
    while not Event().wait(_PATIENCE):
        if os.getppid() != parent:
            os._exit(1)


def cores() -> int:
    """Return how many processes may run at once on this machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _work(work: Work, line: "Connection", others: "Sequence[Connection]") -> None:
    """Do the pieces that arrive, in silence: the terminal's Ctrl-C is for the parent, which ends us."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit())
    sys.stderr = sys.stdout = open(os.devnull, "w")  # noqa: SIM115 (it ends with the process)
    for end in others:
        end.close()  # else this process keeps its own line open, and never hears that the parent is gone
    try:
        while True:
            for result in work.do(line.recv_bytes()):
                line.send_bytes(result)
            line.send_bytes(_DONE)
    except (EOFError, OSError):
        return  # the parent has no more work, or is gone
    finally:
        work.leave()


class _Crew:
    """The workers and what they are at."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.busy: dict[Connection, bytes] = {}
        self.idle: list[Connection] = []
        self.processes: list[ForkProcess] = []

    def start(self, jobs: int) -> None:
        """Start workers and give each something to do."""
        context = _processes("fork")
        for _ in range(jobs):
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(self.work, theirs, [*self.idle, ours]), daemon=True)
            process.start()
            theirs.close()
            self.processes.append(process)
            self.idle.append(ours)
        self.hand_out()

    def hand_out(self) -> None:
        """Give each idle worker the next piece, as long as there are any."""
        while self.idle and (piece := self.work.next_piece()) is not None:
            line = self.idle.pop(0)
            try:
                line.send_bytes(piece)
                self.busy[line] = piece
            except OSError:
                line.close()  # it died while it was idle: the piece is left to whoever needs its results

    def listen(self) -> None:
        """Wait until somebody says something."""
        for line in import_module("multiprocessing.connection").wait(list(self.busy)):
            try:
                result = line.recv_bytes()
            except (EOFError, OSError):
                del self.busy[line]  # it died: its piece is left to whoever needs the results
                line.close()
                continue
            if result != _DONE:
                self.work.receive(self.busy[line], result)
                continue
            self.work.finish(self.busy.pop(line))
            self.idle.append(line)
        self.hand_out()


def side_by_side(work: Work, jobs: int) -> None:
    """Do work in ``jobs`` processes at once; without fork, or for one job, do nothing."""
    if jobs < 2 or sys.platform != "linux":
        return
    crew = _Crew(work)
    try:
        crew.start(jobs)
        while crew.busy:
            crew.listen()
    finally:
        for process in crew.processes:
            process.terminate()
        for process in crew.processes:
            process.join(_PATIENCE)
            process.kill()
