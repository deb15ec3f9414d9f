"""What git remembers of a folder: its revisions, which files each held, and their bytes.

In comes a folder; out go commits, the ids of files, or the files themselves. Nothing is checked out and nothing is
written. Refuses to know what the files say.
"""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

_PATIENCE = 60
_PLAIN = ("100644", "100755")
_QUIET = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1"}


class NoHistory(LookupError):
    """There is no repository, or not that revision; the message says which."""


def revisions(folder: Path) -> Iterator[str]:
    """Yield the commits that changed a folder, newest first."""
    yield from _ask(folder, "rev-list", "--all", "--", ".").decode().split()


def blobs_at(folder: Path, commit: str) -> dict[str, str]:
    """Return the files that a folder held at a commit, by their path from it, with their ids."""
    rows = _ask(folder, "ls-tree", "-r", "-z", commit).decode("utf-8", "replace").split("\0")
    found = {}
    for row in filter(None, rows):
        head, _, name = row.partition("\t")
        mode, _, blob = head.split()
        if mode in _PLAIN:
            found[name] = blob
    return found


def files_at(folder: Path, commit: str) -> dict[str, bytes]:
    """Return the files that a folder held at a commit, by their path from it."""
    blobs = blobs_at(folder, commit)
    said = _ask(folder, "cat-file", "--batch", said="".join(f"{blob}\n" for blob in blobs.values()).encode())
    found, at = {}, 0
    for name in blobs:
        end = said.index(b"\n", at)
        size = int(said[at:end].split()[2])
        found[name] = said[end + 1:end + 1 + size]
        at = end + 2 + size
    return found


def title_of(folder: Path, commit: str) -> str:
    """Return a commit as a person knows it: short id, day, first line."""
    return _ask(folder, "log", "-1", "--format=%h %cs %s", commit).decode("utf-8", "replace").strip()


def _ask(folder: Path, *words: str, said: bytes = b"") -> bytes:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *words], input=said, capture_output=True, timeout=_PATIENCE, check=False,
            env={**os.environ, **_QUIET})
    except (FileNotFoundError, subprocess.TimeoutExpired) as wrong:
        raise NoHistory(f"git does not answer: {type(wrong).__name__}") from None
    if done.returncode:
        raise NoHistory(done.stderr.decode("utf-8", "replace").strip().split("\n")[0] or "git refuses")
    return done.stdout
