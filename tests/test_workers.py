"""Several pieces of work at once: what a worker cannot do is left undone, and no worker outlives the work."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
from making import ROOT

from booklet.workers import cores, pool, side_by_side

Task = Callable[[], Iterator[bytes]]


def count(name: str, upto: int) -> Iterator[bytes]:
    """Yield some results."""
    for number in range(upto):
        yield f"{name}{number}".encode()


def who() -> Iterator[bytes]:
    """Yield the number of the process."""
    yield b"%d" % os.getpid()


def failing(name: str) -> Iterator[bytes]:
    """Yield a result and fail."""
    yield name.encode()
    raise ZeroDivisionError


def dying(name: str) -> Iterator[bytes]:
    """Yield a result and be killed."""
    yield name.encode()
    os.kill(os.getpid(), signal.SIGKILL)


def leaving() -> Iterator[bytes]:
    """Leave without a word."""
    os._exit(0)
    yield b""


def speaking() -> Iterator[bytes]:
    """Say something to the terminal."""
    print("out")
    print("err", file=sys.stderr)
    yield b"said"


def say_goodbye() -> None:
    """Leave nothing."""


class Pieces:
    """Tasks as work: each a piece, handed out in order."""

    def __init__(self, tasks: Sequence[Task], leave: Callable[[], None] = say_goodbye) -> None:
        self.tasks, self.leave = tasks, leave
        self.waiting = list(range(len(tasks)))
        self.came: list[bytes] = []
        self.finished: list[int] = []

    def next_piece(self) -> bytes | None:
        """Return the number of a task."""
        return bytes([self.waiting.pop(0)]) if self.waiting else None

    def receive(self, piece: bytes, result: bytes) -> None:
        """Keep a result."""
        self.came.append(result)

    def finish(self, piece: bytes) -> None:
        """Note that a task is done."""
        self.finished.append(piece[0])

    def do(self, piece: bytes) -> Iterator[bytes]:
        """Do a task."""
        return self.tasks[piece[0]]()


def results(tasks: Sequence[Task], jobs: int) -> list[str]:
    """Return all that came back, sorted."""
    work = Pieces(tasks)
    side_by_side(work, jobs)
    return sorted(result.decode() for result in work.came)


def children() -> set[str]:
    """Return the processes that this one has started and that are not gone."""
    here = Path(f"/proc/{os.getpid()}/task")
    return {child for task in here.iterdir() for child in (task / "children").read_text().split()}


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are started by fork, on Linux alone")


@pytest.mark.parametrize("jobs", [2, 3, 4, 9])
@pytest.mark.parametrize("tasks", [1, 2, 3, 7])
def test_every_result_of_every_task_comes_once_however_many_work(tasks: int, jobs: int) -> None:
    given = [partial(count, name, number) for number, name in enumerate("abcdefg"[:tasks])]
    assert results(given, jobs) == sorted(one.decode() for task in given for one in task())


def test_results_of_one_task_come_in_order() -> None:
    work = Pieces([partial(count, "a", 5), partial(count, "b", 5)])
    side_by_side(work, 2)
    for name in (b"a", b"b"):
        assert [one for one in work.came if one.startswith(name)] == [b"%s%d" % (name, number) for number in range(5)]


def test_large_results_come_whole() -> None:
    sizes = [1, 100_000, 5_000_000]
    work = Pieces([lambda size=size: iter([b"x" * size]) for size in sizes])  # type: ignore[misc]
    side_by_side(work, 2)
    assert sorted(map(len, work.came)) == sizes


def test_every_piece_is_heard_to_be_done_unless_its_worker_broke() -> None:
    work = Pieces([partial(count, "a", 2), partial(failing, "bad"), partial(count, "b", 0), partial(dying, "x"), who])
    side_by_side(work, 3)
    assert sorted(work.finished) == [0, 2, 4]


class Growing(Pieces):
    """Work of which there is more once some is done."""

    def finish(self, piece: bytes) -> None:
        """Note that a task is done, and think of two others."""
        super().finish(piece)
        if piece[0] == 0:
            self.waiting += [1, 2]


def test_piece_that_comes_up_when_another_is_done_is_done_too() -> None:
    work = Growing([partial(count, "a", 1), partial(count, "b", 1), partial(count, "c", 1)])
    work.waiting = [0]
    side_by_side(work, 2)
    assert sorted(work.came) == [b"a0", b"b0", b"c0"]


def test_work_is_done_by_others_in_no_more_processes_than_allowed() -> None:
    found = results([who] * 12, 3)
    assert len(found) == 12 and len(set(found)) <= 3 and str(os.getpid()) not in found


@pytest.mark.parametrize("jobs", [0, 1])
def test_one_job_alone_starts_nothing(jobs: int) -> None:
    assert results([who, who], jobs) == []


def test_no_task_starts_nothing() -> None:
    assert results([], 4) == []


@pytest.mark.parametrize("bad", [failing, dying])
def test_worker_that_breaks_loses_only_the_rest_of_its_task(bad: Callable[[str], Iterator[bytes]]) -> None:
    tasks = [partial(count, "a", 3), partial(bad, "bad"), partial(count, "b", 3), partial(count, "c", 3)]
    assert results(tasks, 3) == ["a0", "a1", "a2", "b0", "b1", "b2", "bad", "c0", "c1", "c2"]


def test_workers_that_all_break_end_the_work() -> None:
    came = results([leaving, partial(failing, "x"), partial(dying, "y"), leaving, leaving], 2)
    assert set(came) <= {"x", "y"}


def test_workers_say_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    assert results([speaking, partial(failing, "x")], 2) == ["said", "x"]
    assert capfd.readouterr() == ("", "")


def test_no_worker_is_left_when_the_work_is_done() -> None:
    before = children()
    results([who, partial(dying, "x"), leaving], 3)
    assert children() <= before


@pytest.mark.parametrize("last", [who, partial(failing, "x")], ids=["done", "failed"])
def test_every_worker_leaves_in_good_order(last: Task, tmp_path: Path) -> None:
    side_by_side(Pieces([who, last], lambda: (tmp_path / str(os.getpid())).touch()), 2)
    assert len(list(tmp_path.iterdir())) == 2


def forever() -> Iterator[bytes]:
    """Work without an end."""
    yield b"%d" % os.getpid()
    while True:
        time.sleep(1)


@pytest.mark.parametrize("end", [KeyboardInterrupt, SystemExit, OSError])
def test_whatever_ends_the_work_ends_the_workers(end: type[BaseException]) -> None:
    before = children()

    class Ending(Pieces):
        def receive(self, piece: bytes, result: bytes) -> None:
            raise end

    with pytest.raises(end):
        side_by_side(Ending([forever, forever]), 2)
    assert children() <= before


BUSY = """
import os, time
from booklet.workers import side_by_side

class Work:
    left = 3

    def next_piece(self):
        self.left -= 1
        return b"x" if self.left >= 0 else None

    def receive(self, piece, result):
        if result != b"-":
            print(result.decode(), flush=True)

    def finish(self, piece):
        pass

    def do(self, piece):
        yield b"%d" % os.getpid()
        while True:
            time.sleep(0.05)
            yield b"-"

    def leave(self):
        pass

print(os.getpid(), flush=True)
side_by_side(Work(), 3)
"""
IDLE = BUSY.replace('yield b"-"', "pass")


def alive(process: int) -> bool:
    """Tell whether a process is there and at work."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize(
    ("code", "stop"),
    [(BUSY, signal.SIGINT), (IDLE, signal.SIGINT), (BUSY, signal.SIGTERM), (BUSY, signal.SIGKILL)],
    ids=["SIGINT", "SIGINT, at something long", "SIGTERM", "SIGKILL"])
def test_workers_end_with_the_process_that_started_them(stop: signal.Signals, code: str) -> None:
    """One whose parent was killed hears of it with its next result."""
    with subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)}, start_new_session=True) as parent:
        assert parent.stdout
        numbers = [int(parent.stdout.readline()) for _ in range(4)]
        os.kill(numbers[0], stop)
        parent.wait(30)
        deadline = time.monotonic() + 5
        while any(map(alive, numbers)) and time.monotonic() < deadline:
            time.sleep(0.01)
        left = [number for number in numbers if alive(number)]
        for number in left:
            os.kill(number, signal.SIGKILL)
    assert left == []


def test_terminals_ctrl_c_is_for_the_parent_which_ends_the_workers() -> None:
    """The whole group hears it; a worker of its own would die with words."""
    with subprocess.Popen(
            [sys.executable, "-c", IDLE], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)}, start_new_session=True) as parent:
        assert parent.stdout and parent.stderr
        for _ in range(4):
            parent.stdout.readline()
        os.killpg(parent.pid, signal.SIGINT)
        _, said = parent.communicate(timeout=30)
    assert parent.returncode == -signal.SIGINT and said.count("KeyboardInterrupt") == 1 and "ForkProcess" not in said


def test_cores_are_those_that_this_process_may_use() -> None:
    assert 1 <= cores() <= (os.cpu_count() or 1)


def test_pool_works_in_processes_of_its_own() -> None:
    with pool(1) as executor:
        assert executor.submit(os.getpid).result() != os.getpid()


def test_who_leaves_a_pool_by_an_exception_does_not_wait_for_what_has_not_begun() -> None:
    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt), pool(1) as executor:
        for _ in range(20):
            executor.submit(time.sleep, 2)
        raise KeyboardInterrupt
    assert time.monotonic() - start < 10
