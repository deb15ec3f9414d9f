"""Calls and returns take no memory from the machine, however deep they stand."""

import mmap
import resource
import sys
from collections.abc import Callable

import pytest

from booklet.headroom import with_headroom

DEPTHS, CALLS, PAGES = 120, 200, 64


def _leaf(*slots: int) -> int:
    return len(slots)


def _at_depth(depth: int, do: Callable[[], None]) -> None:
    return _at_depth(depth - 1, do) if depth else do()


def _faults() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt


def _counts() -> bool:
    """Tell whether this machine counts how often memory is asked for."""
    before = _faults()
    with mmap.mmap(-1, PAGES * mmap.PAGESIZE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) as fresh:
        for start in range(0, len(fresh), mmap.PAGESIZE):
            fresh[start] = 1
    return _faults() - before >= PAGES / 2


counted = pytest.mark.skipif(not _counts(), reason="this machine does not count how often memory is asked for")


def _most_faults() -> int:
    """Return how often the machine was asked for memory by calls of a function at the depth where that was worst."""
    found = []

    def call() -> None:
        before = _faults()
        for _ in range(CALLS):
            _leaf(1, 2, 3)
        found.append(_faults() - before)

    for depth in range(DEPTHS):
        _at_depth(depth, call)
    return max(found)


@counted
def test_calls_need_no_new_memory_at_any_depth() -> None:
    assert with_headroom(_most_faults) < CALLS / 4


@counted
@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="other interpreters may keep a piece at hand")
def test_without_headroom_some_depth_pays_for_every_call() -> None:
    """If this fails, the interpreter has learnt to keep a piece at hand: then ``headroom`` may go."""
    assert _most_faults() >= CALLS


def test_what_is_done_comes_back_and_its_errors_too() -> None:
    assert with_headroom(lambda: 7) == 7
    try:
        with_headroom(lambda: {}["nothing"])
    except KeyError as error:
        assert error.args == ("nothing",)
