"""Room for all calls of a command at once.

In comes something to be done; out goes what comes of it. CPython keeps the frames of functions in pieces of 16 kB: it
takes a piece from the machine when a call needs one more, and gives it back when that call returns (Python/pystate.c,
``push_chunk``). A layout crosses such an edge ten thousand times, and each time the machine finds, clears and takes
back pages: a twentieth of a cold build. But a piece is twice as large as its first frame needs, so all is done within
a large one, of which nothing is ever touched.
"""

from collections.abc import Callable
from typing import TypeVar

_SLOTS = 2 ** 16
"""Of eight bytes, for which the interpreter takes a megabyte: half of it is left for other frames."""
Made = TypeVar("Made")


def with_headroom(do: Callable[[], Made]) -> Made:
    """Do something whose calls find room without asking the machine for it."""
    return do()


with_headroom.__code__ = with_headroom.__code__.replace(co_stacksize=_SLOTS)
