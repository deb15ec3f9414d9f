"""What the last build of an order made, and from what: so that a build with nothing changed ends at once.

In comes an order; the ledger compares the bytes of everything that is read with what was read then, and the files with
what was made. Loads nothing heavy; a damaged ledger only means that a build is made.
"""

import json
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Protocol

_PACKAGE = Path(__file__).parent
_SUFFIXES = {".py", ".jinja", ".yaml"}
Row = tuple[str, str, str, str]


class Finished(Protocol):
    """What the ledger must know of a file that was made."""

    file: str
    content: bytes
    pages: int
    seconds: float


def _files(folder: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__pycache__")))
        yield from (Path(here, name) for name in sorted(names) if not name.startswith("."))


def _digest(folders: Iterable[Path], words: Iterable[str]) -> str:
    """Return a hash of every file below the folders and of some words."""
    digest = sha256("\0".join(words).encode())
    for folder in folders:
        for path in _files(folder):
            if folder == _PACKAGE and path.suffix not in _SUFFIXES:
                continue
            digest.update(os.fsencode(path.relative_to(folder)) + b"\0" + _content(path))
    return digest.hexdigest()


def _content(path: Path) -> bytes:
    """Return a hash of a file; what is no plain file counts by its name alone: the reader refuses it."""
    try:
        return sha256(path.read_bytes()).digest() if stat.S_ISREG(path.lstat().st_mode) else b"-"
    except OSError:
        return b"?"


def _row(file: str, pages: int, size: int, seconds: float) -> Row:
    return file, str(pages), f"{size / 1000:,.0f} kB".replace(",", " "), f"{seconds:.1f}"


@dataclass(frozen=True, slots=True)
class Ledger:
    """The page of one order."""

    cache: Path
    output: Path
    folders: tuple[Path, ...]
    words: tuple[str, ...]
    digest: str

    @classmethod
    def of(cls, order: Mapping[str, Any], words: tuple[str, ...]) -> "Ledger":
        """Open the ledger for an order: content, styles, output and cache folders, and the words of the command."""
        cache = order["cache"] or order["content"].parent / ".booklet-cache"
        installed = sorted({path.name for home in sys.path for path in Path(home).glob("*.dist-info")})
        output = order["output"]
        words = (*words, str(order["strict"]), str(output), *installed)
        folders = order["content"], order["styles"], _PACKAGE
        return cls(cache, output, folders, words, _digest(folders, words))

    @property
    def _path(self) -> Path:
        return self.cache / "ledger" / f"{self.digest}.json"

    def unchanged(self) -> list[Row]:
        """Return a row for each file when all of them lie there as the same order made them; else nothing."""
        try:
            made = json.loads(self._path.read_text("utf-8"))
            for one in made:
                if sha256((self.output / one["file"]).read_bytes()).hexdigest() != one["sha256"]:
                    return []
            return [_row(one["file"], one["pages"], one["size"], 0.0) for one in made]
        except (OSError, ValueError, KeyError, TypeError):
            return []

    def write(self, made: Iterable[Finished], note: bool = True) -> list[Row]:
        """Note what was made, unless a source changed meanwhile or ``note`` is false; return a row for each file.

        A ledger that cannot be written costs time only.
        """
        made = tuple(made)
        rows = [_row(one.file, one.pages, len(one.content), one.seconds) for one in made]
        notes = [
            {"file": one.file, "pages": one.pages, "size": len(one.content),
             "sha256": sha256(one.content).hexdigest()} for one in made]
        if not note or _digest(self.folders, self.words) != self.digest:
            return rows
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile("w", dir=self._path.parent, prefix=".", delete=False) as file:
                try:
                    json.dump(notes, file)
                    file.flush()
                    os.replace(file.name, self._path)
                finally:
                    Path(file.name).unlink(missing_ok=True)
        except OSError:
            return rows
        return rows
