"""What the last build of an order made, and from what: so that a build with nothing changed ends at once.

In comes an order; the ledger compares the bytes of everything that is read with what was read then, and the files with
what was made. Loads nothing heavy; a damaged ledger only means that a build is made.
"""

import json
import re
from collections.abc import Iterable
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from booklet.digests import digest_of
from booklet.findings import Finding
from booklet.glance import Glance
from booklet.program import program
from booklet.store import Store

_ICC = re.compile(r"""([^\s"'{},:]+\.(?:icc|icm))\b""", re.IGNORECASE)
"""What may be a profile's name, wherever YAML lets it stand."""
Row = tuple[str, str, str, str]
_SAID = tuple[Finding, ...]


class Finished(Protocol):
    """What the ledger must know of a file that was made."""

    file: str
    content: bytes
    pages: int
    seconds: float


def _shop(printer: Path | None, glance: Glance) -> list[str]:
    """Return hashes of a print shop's file, and of each file that a line of it names."""
    if printer is None:
        return []
    content = glance.more(printer)
    if content is None:
        return ["no printer"]
    text = content.decode("utf-8", "replace")
    return [text, *(glance.hash_of(printer.parent / name).hex() for name in _ICC.findall(text))]


def _row(file: str, pages: int, size: int, seconds: float) -> Row:
    return file, str(pages), f"{size / 1000:,.0f} kB".replace(",", " "), f"{seconds:.1f}"


class Asked(Struct, frozen=True):
    """What is asked for, as far as the ledger minds."""

    content: Path
    styles: Path
    output: Path
    words: tuple[str, ...]
    """The words of the command."""
    printer: Path | None = None
    """The print shop's file; the ICC profile that it names is read as well."""


class Ledger:
    """The page of one order."""

    def __init__(self, asked: Asked, store: Store, before: Glance | None = None) -> None:
        """Open the ledger for an order as its folders are now; ``before`` is an earlier glance at them."""
        self._asked, self._store = asked, store
        self.glance, self._digest = self._look(before)

    def _look(self, before: Glance | None) -> tuple[Glance, str]:
        """Return the folders as they are, and a hash of the order, its folders and the program."""
        asked = self._asked
        glance = Glance((asked.content, asked.styles), before)
        shop = _shop(asked.printer, glance)
        glance.settle()
        return glance, glance.digest((program(), str(asked.content), str(asked.output), *asked.words, *shop))

    @property
    def digest(self) -> str:
        """Return a hash of the order and its folders as they were."""
        return self._digest

    def is_current(self) -> bool:
        """Tell whether the folders are still as they were when the ledger was opened."""
        return self._look(self.glance)[1] == self._digest

    def unchanged(self) -> tuple[list[Row], tuple[Finding, ...]]:
        """Return a row for each file and what was said of them, when all lie there as the same order made them."""
        try:
            kept = json.loads(self._store.get("ledger", self._digest) or b"{}")
            for one in kept["made"]:
                if sha256((self._asked.output / one["file"]).read_bytes()).hexdigest() != one["sha256"]:
                    return [], ()
            said = import_module("booklet.notation").decode(kept["said"].encode(), _SAID) if kept["said"] else ()
            return [_row(one["file"], one["pages"], one["size"], 0.0) for one in kept["made"]], said
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return [], ()

    def note(self, made: Iterable[Finished], said: tuple[Finding, ...] = ()) -> None:
        """Note what was made, and what must be said again; a ledger that cannot be written costs time only."""
        notes = [
            {"file": one.file, "pages": one.pages, "size": len(one.content),
             "sha256": digest_of(one.content).hex()} for one in made]
        words = import_module("booklet.notation").encode(said).decode() if said else ""
        self._store.put("ledger", self._digest, json.dumps({"made": notes, "said": words}).encode())


def rows(made: Iterable[Finished]) -> list[Row]:
    """Return a row for each file that was made: name, pages, size, seconds."""
    return [_row(one.file, one.pages, len(one.content), one.seconds) for one in made]
