"""What builds keep for later ones: bytes by kind and key, a hash in each entry, written by rename.

In come bytes, out come the same bytes or nothing: an entry that is damaged, foreign or gone is a miss, a folder that
is full or read-only costs time only. Knows nothing of what it keeps; nothing in it is code. One lock guards the
folder: builds share it, who tidies up has it alone, and it dies with its process.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import IO

from msgspec import Struct

from booklet.glance import parts_of
from booklet.locks import hold
from booklet.signals import undisturbed

_MAGIC = b"booklet cache 2\n"
_HEAD = len(_MAGIC) + 32
KINDS = {
    "fragments": "laid-out units", "read": "content files, read", "kits": "streams, deflated",
    "pictures": "pictures, converted", "proofs": "pages, proven", "copies": "finished files",
    "ledger": "what builds made from what", "measures": "pages, measured",
}
"""Kind of entry → what it is."""
FEW = 4
"""Entries that wait to the end of a build."""
MOST_BYTES = 600_000_000
"""A build of the shipped booklet keeps about 12 MB."""
MOST_AGE = 60 * 86_400
"""In seconds, counted from the entry that was used last, or from now: a clock that is set forgets nothing."""
_KEY = re.compile("[0-9a-f]{64}")
_TAG = b"Signature: 8a477f597d28d172789f06886806bc55\n# This folder is a cache: it may be deleted at any time.\n"


class _Entry(Struct, frozen=True):
    path: str
    size: int
    used: float
    whole: bool
    """Whether it can be an entry: what a killed build left of one, and a folder in its place, cannot."""

    def remove(self) -> None:
        """Take it away."""
        _clear_place(Path(self.path))


class Store:
    """A folder of entries; without a folder, nothing is kept."""

    def __init__(self, cache: Path | None) -> None:
        """Keep entries below ``cache``."""
        self.cache = cache
        self.changed = False
        """Whether anything was put."""
        self._full = False
        self._patience, self._waiting = 0, dict[tuple[str, str], bytes]()

    @contextmanager
    def shared(self, *, patient: bool = False) -> Iterator[None]:
        """Hold the lock together with other builds, so that nobody clears the folder meanwhile.

        Who is patient lets the first few entries wait to the end: what is kept must not delay what is made.
        """
        with hold(self._lock_file(), shared=True):
            self._patience = FEW if patient else 0
            try:
                yield
            finally:
                self._write_waiting()

    def hurry(self) -> None:
        """Let nothing wait in this process, which another has started, and leave to that one what waits there."""
        self._waiting, self._patience = {}, 0

    def _write_waiting(self) -> None:
        waiting, self._waiting, self._patience = self._waiting, {}, 0
        for (kind, key), body in waiting.items():
            self._write(kind, key, body)

    def _lock_file(self) -> IO[bytes] | None:
        if self.cache is None:
            return None
        try:
            self.cache.mkdir(parents=True, exist_ok=True)
            tag = self.cache / "CACHEDIR.TAG"
            if not tag.exists():
                tag.write_bytes(_TAG)
            return open(self.cache / "lock", "ab")
        except OSError:
            return None

    def _path(self, kind: str, key: str) -> str | None:
        return f"{self.cache}/{kind}/{key}" if self.cache else None

    def get(self, kind: str, key: str) -> bytes | None:
        """Return what is kept under a key; None when there is nothing or it is damaged."""
        path = self._path(kind, key)
        if path is None:
            return None
        if (kind, key) in self._waiting:
            return self._waiting[kind, key]
        try:
            head, body = parts_of(path, _HEAD)
        except OSError:
            return None
        if head != _MAGIC + _seal(kind, key, body):
            return None
        with suppress(OSError):
            os.utime(path)
        return body

    def put(self, kind: str, key: str, body: bytes) -> None:
        """Keep something; where that fails once, nothing more is written."""
        if len(self._waiting) < self._patience:
            self._waiting[kind, key] = body
            return
        if self._waiting:
            self._write_waiting()
        self._write(kind, key, body)

    def _write(self, kind: str, key: str, body: bytes) -> None:
        path = self._path(kind, key)
        if path is None or self._full:
            return
        try:
            with undisturbed():  # Ctrl-C leaves no half of it
                draft, file = _new_file(os.path.dirname(path))
                try:
                    with file:
                        file.write(_MAGIC + _seal(kind, key, body) + body)
                    _set_down(draft, path)
                finally:
                    with suppress(FileNotFoundError):
                        os.unlink(draft)
            self.changed = True
        except OSError:
            self._full = True  # a full or read-only cache costs time only

    def _entries(self) -> list[_Entry]:
        """Return every entry, what killed builds have left of some, and what lies in their places, oldest first."""
        found = []
        for kind in KINDS if self.cache else ():
            with suppress(OSError):
                for entry in os.scandir(self.cache / kind) if self.cache else ():
                    is_file = entry.is_file(follow_symlinks=False)
                    if is_file or (_KEY.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False)):
                        seen = entry.stat(follow_symlinks=False)
                        whole = is_file and not entry.name.startswith(".")
                        found.append(_Entry(entry.path, seen.st_size if is_file else 0, seen.st_mtime, whole))
        return sorted(found, key=lambda entry: entry.used)

    def prune(self, most_bytes: int = MOST_BYTES, most_age: float = MOST_AGE) -> int:
        """Forget what was not used for longest: too old, or too much; returns how many entries that were.

        Does nothing while another build is at work: it comes again.
        """
        self.changed = False
        with hold(self._lock_file(), wait=False) as alone:
            entries = self._entries() if alone else []
            room, gone = sum(entry.size for entry in entries) - most_bytes, 0
            last = min(entries[-1].used, self._now()) if entries else 0
            for entry in entries:
                if room <= 0 and last - entry.used <= most_age and entry.whole:  # nobody writes now
                    continue
                with suppress(OSError):
                    entry.remove()
                    room, gone = room - entry.size, gone + 1
            return gone

    def _now(self) -> float:
        """Return the time by the clock that stamps the entries."""
        if self.cache is None:
            return 0
        try:
            os.utime(self.cache / "lock")
            return (self.cache / "lock").stat().st_mtime
        except OSError:
            return 0

    def sizes(self) -> dict[str, tuple[int, int]]:
        """Return kind → how many entries and bytes are kept."""
        entries = self._entries()
        mine = {kind: [entry.size for entry in entries if entry.path.split(os.sep)[-2] == kind] for kind in KINDS}
        return {kind: (len(sizes), sum(sizes)) for kind, sizes in mine.items()}

    def clear(self) -> int:
        """Forget everything, once no build is at work; returns how many entries that were.

        Nothing but entries is removed: a folder named by mistake keeps what is in it.
        """
        with hold(self._lock_file()):
            gone = 0
            for entry in self._entries():
                with suppress(OSError):
                    entry.remove()
                    gone += 1
            for kind in KINDS if self.cache else ():
                with suppress(OSError):
                    (self.cache / kind).rmdir() if self.cache else None
            return gone


def _new_file(folder: str) -> tuple[str, IO[bytes]]:
    """Return a new file beside the entries of a kind, under a name that is no entry's and nobody else's."""
    os.makedirs(folder, exist_ok=True)
    for number in count():
        draft = f"{folder}/.{number}"
        with suppress(FileExistsError):
            return draft, open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
    raise AssertionError("there is always another number")


def _set_down(file: str, path: str) -> None:
    """Put a file in the place of an entry, whatever lies there."""
    try:
        os.replace(file, path)
    except IsADirectoryError:
        _clear_place(Path(path))
        os.replace(file, path)


def _clear_place(path: Path) -> None:
    try:
        path.unlink()
    except IsADirectoryError:
        import_module("shutil").rmtree(path)


def _seal(kind: str, key: str, body: bytes) -> bytes:
    digest = sha256(f"{kind}/{key}\n".encode())
    digest.update(body)
    return digest.digest()
