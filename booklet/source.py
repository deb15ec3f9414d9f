"""The files of the content folder: a path → its bytes or its text, or findings that say why not.

In come the folder and a path, out go bytes and clean text with ``\\n`` line ends. It refuses to know what the text
means. It never leaves the folder: a symbolic link out of it is a finding.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from msgspec import Struct, field

from booklet.collector import Collector
from booklet.findings import Finding, Position
from booklet.glance import listed
from booklet.letters import FORBIDDEN, describe
from booklet.memory import Memory
from booklet.stamps import blob_id
from booklet.store import Store

TEXT_LIMIT = 500_000
PICTURE_LIMIT = 20_000_000
"""Bytes. A chapter of a book has 50 000; what is larger is a mistake or an attack."""
RUNS = "runs"
"""The folder with the records of print runs."""
_NOT_CONTENT = {"schema", RUNS}
_MARKER = re.compile(r"^(<{7}|={7}|>{7}|\|{7})(?: .*)?$", re.MULTILINE)
_POINTER = b"version https://git-lfs.github.com/spec/"


class Shelf(Struct, frozen=True):
    """The content folder and the files in it, by their path from the folder with forward slashes."""

    root: Path
    files: tuple[str, ...]
    asked: set[str] = field(default_factory=set)
    """The files that somebody wanted to read: the others are not used."""
    refused: frozenset[str] = frozenset()
    """Files that are there, but about which a finding says that they may not be read."""
    memory: Memory = field(default_factory=lambda: Memory(Store(None)))
    """What was read before."""
    held: Mapping[str, bytes] | None = None
    """The files' bytes where they lie in no folder, as those of an old revision do."""
    blobs: dict[str, str] = field(default_factory=dict)
    """The id of each file that was read."""

    def path(self, name: str) -> Path:
        """Return where a file lies, spelt as the caller spelt the folder."""
        return _path(self.root, name)

    def is_folder(self, name: str) -> bool:
        """Return whether a folder of that name holds files or lies there empty."""
        if any(file.startswith(f"{name}/") for file in self.files):
            return True
        return self.held is None and self.path(name).is_dir()


@lru_cache(4096)
def _path(root: Path, name: str) -> Path:
    return root.joinpath(*name.split("/"))


def hold_shelf(root: Path, held: Mapping[str, bytes], found: Collector, memory: Memory | None = None) -> Shelf:
    """Return the shelf of a folder that somebody holds in memory, named as if it lay in ``root``."""
    names = [name for name in held if not any(part.startswith(".") for part in name.split("/"))]
    content = tuple(sorted(name for name in names if name.split("/")[0] not in _NOT_CONTENT))
    if not content:
        found.error("missing-content", f"there is no folder '{root}'", Position(root), "name the content folder")
    return Shelf(root, content, set(), frozenset(), memory or Memory(Store(None)), held)


def open_shelf(root: Path, found: Collector, memory: Memory | None = None) -> Shelf | None:
    """List the files of the folder; dot files, ``schema/`` and ``runs/`` are not content."""
    if not root.is_dir():
        found.error("missing-content", f"there is no folder '{root}'", Position(root), "name the content folder")
        return None
    names, skip = dict[str, bool](), len(str(root).rstrip("/")) + 1
    for path, plain in _entries(str(root), _NOT_CONTENT):
        name = path[skip:]
        sound = plain and name.isascii()  # and no link leads to its folder, else nobody had looked into that
        names[name if sound else _name(name)] = sound or _confined(Path(path), root, found)
    refused = frozenset(name for name, good in names.items() if not good)
    return Shelf(root, tuple(sorted(names)), set(), refused, memory or Memory(Store(None)))


def _entries(folder: str, skipped: Collection[str] = ()) -> Iterator[tuple[str, bool]]:
    """Yield what lies in a folder and below, and whether it is plainly a file; nobody follows a link to a folder."""
    files, folders = listed(folder)
    yield from ((entry.path, entry.is_file(follow_symlinks=False)) for entry in files)
    for entry in folders:
        if entry.is_symlink():
            yield entry.path, False
        elif entry.name not in skipped:
            yield from _entries(entry.path)


def read_bytes(shelf: Shelf, name: str, limit: int, found: Collector) -> bytes | None:
    """Return the bytes of a file of the shelf, or say what keeps us from them."""
    path = shelf.path(name)
    shelf.asked.add(name)
    if name not in shelf.files:
        kind = "a folder, not a file" if path.is_dir() else "missing"
        found.error("missing-file", f"'{name}' is {kind}", Position(path), "put the file there")
        return None
    if name in shelf.refused:
        return None
    try:
        size, content = _taken(shelf, name, path, limit)
    except OSError as problem:
        found.error("unreadable-file", f"cannot be read: {(problem.strerror or '').lower()}", Position(path))
        return None
    if size > limit:
        found.error("file-too-large", f"{size} bytes, more than {limit}", Position(path), "make the file smaller")
        return None
    if content.startswith(_POINTER):
        found.error("lfs-pointer", "a Git LFS pointer instead of the file", Position(path), "run 'git lfs pull'")
        return None
    shelf.blobs[name] = shelf.memory.once(blob_id, name, content)
    return content


def _taken(shelf: Shelf, name: str, path: Path, limit: int) -> tuple[int, bytes]:
    """Return the size and the bytes of a file, nothing of one that is too large."""
    glance = shelf.memory.glance
    content = shelf.held[name] if shelf.held is not None else glance.content(path) if glance else None
    size = path.stat().st_size if content is None else len(content)
    return size, b"" if size > limit else path.read_bytes() if content is None else content


def read_text(shelf: Shelf, name: str, found: Collector) -> str | None:
    """Return the text of a file, ``\\n`` at line ends; None when a fault makes reading on senseless."""
    content = read_bytes(shelf, name, TEXT_LIMIT, found)
    if content is None:
        return None
    text, findings = shelf.memory.once(_read_letters, content, str(shelf.path(name)))
    found.add(findings)
    return text


def _read_letters(content: bytes, path: str) -> tuple[str | None, tuple[Finding, ...]]:
    found = Collector()
    return read_letters(content, Path(path), found), found.findings


def read_letters(content: bytes, path: Path, found: Collector) -> str | None:
    """Return the text that some bytes are; None when a fault makes reading on senseless."""
    text = _decode(content, path, found)
    if text is None:
        return None
    if not text.strip():
        found.error("empty-file", "the file is empty", Position(path), "write it or remove it")
        return None
    readable = not _report_markers(text, path, found)
    return text if not _report_characters(text, path, found) and readable else None


def _name(name: str) -> str:
    # Macintosh file systems hand out decomposed letters; an author's link has composed ones.
    return unicodedata.normalize("NFC", name).encode("utf-8", "replace").decode("utf-8")


def _confined(path: Path, root: Path, found: Collector) -> bool:
    place = Position(Path(str(path).encode("utf-8", "replace").decode("utf-8")))
    if place.path != path:
        found.error("unreadable-file", "the file's name is not UTF-8", place, "rename the file")
        return False
    if path.is_file() and not path.is_symlink():
        return True
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        found.error("unreadable-file", "a symbolic link that leads nowhere", place, "put the file itself here")
        return False
    if not target.is_relative_to(root.resolve()):
        found.error("outside-content", "a symbolic link out of the content folder", place, "put the file itself here")
        return False
    if not target.is_file():
        found.error("unreadable-file", "neither a file nor a plain folder", place, "put a file here")
        return False
    return True


def _decode(content: bytes, path: Path, found: Collector) -> str | None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        found.error("not-utf8", "the file is UTF-16, not UTF-8", Position(path), "save it as UTF-8")
        return None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as problem:
        before = content[: problem.start].decode("utf-8")
        message = f"byte 0x{content[problem.start]:02x} is not UTF-8"
        found.error("not-utf8", message, _place(before, len(before), path), "save the file as UTF-8")
        return None
    if text.startswith("\ufeff"):
        found.error("byte-order-mark", "a byte-order mark", Position(path), "save the file as UTF-8 without it")
        text = text[1:]
    return text.replace("\r\n", "\n")


def _report_markers(text: str, path: Path, found: Collector) -> bool:
    """Report each conflict once, at its first marker."""
    within, any_found = False, False
    for match in _MARKER.finditer(text):
        sign = match[1][0]
        if sign == "=" and not within:
            continue  # perhaps a heading marked by a line below it
        if not within:
            any_found = True
            place = _place(text, match.start(), path)
            found.error("merge-marker", f"a merge conflict: '{match[1]}'", place, "resolve it and remove the markers")
        within = sign != ">" and (within or sign == "<")
    return any_found


def _report_characters(text: str, path: Path, found: Collector) -> bool:
    """Report the first forbidden character of each kind; return whether there is any."""
    seen: set[str] = set()
    for match in FORBIDDEN.finditer(text):
        if match[0] not in seen:
            count = text.count(match[0])
            more = f", {count} times" if count > 1 else ""
            place = _place(text, match.start(), path)
            found.error("control-character", f"the character {describe(match[0])}{more}", place, "remove it")
        seen.add(match[0])
    return bool(seen)


def _place(text: str, offset: int, path: Path) -> Position:
    line = text.count("\n", 0, offset) + 1
    return Position(path, line, offset - (text.rfind("\n", 0, offset) + 1) + 1)
