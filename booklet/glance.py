"""What lay in some folders at one moment: every file read once, for all who want to know its bytes.

In come folders, and perhaps an earlier glance at them; out go bytes and hashes. What is as it was keeps the bytes that
the earlier glance held, and their hash: then who remembers by bytes finds them without comparing them. Times and sizes
of files count for nothing. It refuses to know what is in them.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from booklet.digests import digest_of

LARGEST = 4_000_000
"""Bytes of a file that is held; of a larger one only its hash is known, and who wants it reads it again."""


class _Seen(Struct, frozen=True):
    content: bytes | None
    hash: bytes


_ODD, _CLOSED = _Seen(None, b"-"), _Seen(None, b"?")
"""What is no plain file, and what cannot be read, count by their names alone: the reader refuses them."""


def bytes_of(path: str) -> bytes:
    """Return what lies in a file; OSError where it cannot be read."""
    return parts_of(path, 0)[1]


def parts_of(path: str, head: int) -> tuple[bytes, bytes]:
    """Return the first so many bytes of a file and, uncopied, all others; OSError where it cannot be read."""
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        first = os.read(file, head) if head else b""
        size = os.fstat(file).st_size - len(first) + 1
        content = os.read(file, size)
        if len(content) + 1 != size:  # it grows, or is no plain file
            content = b"".join([content, *iter(partial(os.read, file, 1 << 16), b"")])
        return first, content
    finally:
        os.close(file)


def listed(folder: str) -> tuple[list[os.DirEntry[str]], list[os.DirEntry[str]]]:
    """Return the files of a folder and the folders in it by their names, without those that begin with a dot."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return [], []
    files: list[os.DirEntry[str]] = []
    folders: list[os.DirEntry[str]] = []
    for entry in entries:
        if not entry.name.startswith("."):
            (folders if _is_folder(entry) else files).append(entry)
    return files, folders


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False


def _files(folder: str) -> Iterator[str]:
    """Yield the files of a folder, those in it before those below it; nobody follows a link to a folder."""
    files, folders = listed(folder)
    yield from (entry.path for entry in files)
    for entry in folders:
        if not entry.is_symlink() and not entry.name.startswith("__pycache__"):
            yield from _files(entry.path)


class Glance:
    """The files of some folders, as they were."""

    def __init__(self, folders: Iterable[Path], before: "Glance | None" = None) -> None:
        """Look at the folders now."""
        self._seen: dict[str, _Seen] = {}
        self._known = before._seen if before else {}
        self._same: dict[tuple[int, int], _Seen] = {}
        self._folders = [[*_files(str(folder))] for folder in folders]
        self._roots = [str(folder) for folder in folders]
        for path in (path for paths in self._folders for path in paths):
            self._look(path)

    def _look(self, path: str) -> _Seen:
        if path not in self._seen:
            self._seen[path] = self._read(path)
        return self._seen[path]

    def _read(self, path: str) -> _Seen:
        """Return what a file holds; one that two paths lead to is read once."""
        try:
            status = os.stat(path)
            if not stat.S_ISREG(status.st_mode):
                return _ODD
            one = status.st_dev, status.st_ino
            if one not in self._same:
                self._same[one] = _seen(bytes_of(path), self._known.get(path))
            return self._same[one]
        except OSError:
            return _CLOSED

    def more(self, path: Path) -> bytes | None:
        """Return what lies elsewhere, and look at it with the folders; None when it cannot be held."""
        return self._look(str(path)).content

    def content(self, path: Path) -> bytes | None:
        """Return what a file held; None when it was not there, cannot be read or is too large to be held."""
        seen = self._seen.get(str(path))
        return seen.content if seen else None

    def hash_of(self, path: Path) -> bytes:
        """Return the hash of a file that was looked at."""
        return self._look(str(path)).hash

    def settle(self) -> None:
        """Let go of the earlier glance."""
        self._known, self._same = {}, {}

    def digest(self, words: Iterable[str]) -> str:
        """Return a hash of some words, and of the name and content of every file in the folders."""
        digest = sha256("\0".join(words).encode("utf-8", "surrogateescape"))
        for root, paths in zip(self._roots, self._folders, strict=True):
            digest.update(b"\0folder\0")
            for path in paths:
                digest.update(os.fsencode(path[len(root):]) + b"\0" + self._seen[path].hash)
        return digest.hexdigest()


def _seen(content: bytes, known: _Seen | None) -> _Seen:
    if known and known.content == content:
        return known
    return _Seen(content if len(content) <= LARGEST else None, digest_of(content))
