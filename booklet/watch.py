"""Waits until something in a folder changes: the only door to watchfiles.

In come folders; out goes a signal each time their files are not what they were. The kernel's word is taken first; since
that says nothing of a folder that was itself replaced, the files are also looked at now and then. Reads no content.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from watchfiles import watch

_SETTLE = 15
"""Milliseconds without a change after which a change is told: an editor's save is several."""
_AT_MOST = 200
"""Milliseconds after which a change is told in any case."""
_LOOK = 1000
"""Milliseconds between two looks at the files themselves."""


def _entries(folder: str) -> Iterator[tuple[str, int, int, int]]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        try:
            seen = entry.stat()
        except OSError:
            continue
        if entry.is_dir():
            yield entry.path, 0, 0, 0
            yield from _entries(entry.path)
        else:
            yield entry.path, seen.st_ino, seen.st_size, seen.st_ctime_ns


def _look(folders: Sequence[Path]) -> list[tuple[str, int, int, int]]:
    """Return what the files are like, without opening any."""
    return [entry for folder in folders for entry in [*_entries(str(folder))]]


def changes(folders: Sequence[Path]) -> Iterator[Callable[[], bool]]:
    """Yield each time that the files of the folders changed, and once at the start; never ends by itself.

    What is yielded tells whether they are still as they were then. A folder need not be there yet: its parent is
    watched for it.
    """
    seen = _look(folders)

    def rest() -> bool:
        return _look(folders) == seen

    yield rest
    while not rest():  # what changes while nobody watches yet
        seen = _look(folders)
        yield rest
    while True:
        there = [folder if folder.is_dir() else folder.parent for folder in folders]
        roots = _roots(there)
        for _ in watch(
                *there, debounce=_AT_MOST, step=_SETTLE, rust_timeout=_LOOK, yield_on_timeout=True,
                raise_interrupt=True):
            now = _look(folders)
            if now != seen:
                seen = now
                yield rest
            if roots != _roots([folder if folder.is_dir() else folder.parent for folder in folders]):
                break


def _roots(folders: Sequence[Path]) -> list[tuple[Path, int]]:
    """Return which folders these are, beyond their names."""
    return [(folder, folder.stat().st_ino if folder.is_dir() else 0) for folder in folders]
