"""Several pieces of work at once, each worker a process of its own that ends with this one.

In come tasks that yield bytes; out go the bytes, as they come. A worker that fails or is killed has only wasted time:
whoever needs its results does the work again, and then hears what is wrong. Nothing but bytes passes between.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess

Task = Callable[[], Iterator[bytes]]
_DONE = b""


def cores() -> int:
    """Return how many processes may run at once on this machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _work(work: "Work", line: Connection) -> None:
    """Do the tasks whose numbers arrive, in silence: the terminal's Ctrl-C is for the parent, which ends us."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit())
    sys.stderr = sys.stdout = open(os.devnull, "w")  # noqa: SIM115 (it ends with the process)
    try:
        while True:
            number = int.from_bytes(line.recv_bytes(), "big")
            for result in work.tasks[number]():
                line.send_bytes(result)
            line.send_bytes(_DONE)
    except (EOFError, OSError):
        return  # the parent has no more work, or is gone
    finally:
        work.leave()


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done."""

    tasks: Sequence[Task]
    leave: Callable[[], None]
    """What each worker does at its end."""


class _Crew:
    """The workers and what they are at."""

    def __init__(self, work: Work, jobs: int) -> None:
        self.waiting = list(range(len(work.tasks)))
        self.busy: dict[Connection, ForkProcess] = {}
        self.processes: list[ForkProcess] = []
        context = get_context("fork")
        for _ in range(min(jobs, len(work.tasks))):
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(work, theirs), daemon=True)
            process.start()
            theirs.close()
            self.processes.append(process)
            self.busy[ours] = process
            self.hand_out(ours)

    def hand_out(self, line: Connection) -> None:
        """Give a worker the next task, or leave when there is none."""
        if self.waiting:
            line.send_bytes(self.waiting.pop(0).to_bytes(4, "big"))
        else:
            del self.busy[line]
            line.close()

    def listen(self, receive: Callable[[bytes], None]) -> None:
        """Wait until somebody says something."""
        for line in wait(list(self.busy)):
            assert isinstance(line, Connection)
            try:
                result = line.recv_bytes()
                receive(result) if result != _DONE else self.hand_out(line)
            except (EOFError, OSError):
                self.busy.pop(line, None)  # it died: its task is left to whoever needs the result
                line.close()


def side_by_side(work: Work, jobs: int, receive: Callable[[bytes], None]) -> None:
    """Do tasks in at most ``jobs`` processes at once; without fork, or for one job, do nothing."""
    if jobs < 2 or not work.tasks or sys.platform != "linux":
        return
    crew = _Crew(work, jobs)
    try:
        while crew.busy:
            crew.listen(receive)
    finally:
        for process in crew.processes:
            process.terminate()
            process.join()
