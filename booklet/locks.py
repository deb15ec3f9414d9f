"""Locks on files that die with the process that holds them: the only door to fcntl.  Nobody below."""

import errno
import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def hold(file: IO[bytes] | None, *, shared: bool = False, wait: bool = True) -> Iterator[bool]:
    """Hold a lock on an open file, which is closed at the end; yields whether it was got.

    Without a file there is nobody to share with, and the lock is had.
    """
    how = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB)
    try:
        yield file is None or _lock(file, how)
    finally:
        if file is not None:
            file.close()


def _lock(file: IO[bytes], how: int) -> bool:
    """Lock a file; returns whether that was done. Where the file system knows no locks, nobody else is waited for."""
    try:
        fcntl.flock(file, how)
    except BlockingIOError:
        return False
    except OSError as wrong:
        if wrong.errno not in (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS):
            raise
    return True


def seize(file: IO[bytes]) -> None:
    """Lock an open file until it is closed."""
    _lock(file, fcntl.LOCK_EX)


def is_left_behind(path: Path) -> bool:
    """Tell whether a file that its maker keeps locked has lost its maker."""
    try:
        with hold(open(path, "ab"), wait=False) as free:
            return free
    except OSError:
        return False
