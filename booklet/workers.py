"""Several pieces of work at once, each in a process of its own.

In come calls whose results lie in a store afterwards; out goes nothing. A call that fails or is killed has only wasted
time: whoever needs its result does the work again, and then hears what is wrong.
"""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess


def cores() -> int:
    """Return how many processes may run at once on this machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _quietly(call: Callable[[], object]) -> None:
    """Do a piece of work and say nothing: the terminal's Ctrl-C is for the parent, which ends its children."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    sys.stderr = sys.stdout = open(os.devnull, "w")  # noqa: SIM115 (it ends with the process)
    call()


def side_by_side(calls: Sequence[Callable[[], object]], jobs: int) -> None:
    """Make calls in at most ``jobs`` processes at once and wait for all; without fork, or for one job, do nothing."""
    if jobs < 2 or len(calls) < 2 or sys.platform != "linux":
        return
    context = get_context("fork")
    running: list[ForkProcess] = []
    try:
        for call in calls:
            while sum(process.is_alive() for process in running) >= jobs:
                wait([process.sentinel for process in running if process.is_alive()])
            process = context.Process(target=_quietly, args=(call,), daemon=True)
            process.start()
            running.append(process)
        for process in running:
            process.join()
    finally:
        for process in running:
            process.terminate()
            process.join()
