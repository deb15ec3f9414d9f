"""Which files make the booklet: booklet.yaml and the themes → every piece, read.

In come the shelf and the palette's theme colours, out go records and pieces. Where a file that lists others cannot be
read, what lies in the folder is read instead, so that one fault does not hide the others. It refuses to know registers.
"""

from collections.abc import Iterable
from pathlib import PurePosixPath

from msgspec import Struct

from booklet.collector import Collector
from booklet.findings import Position
from booklet.kinds import Datum
from booklet.letters import IDENTIFIER, guess, quoted
from booklet.pieces import Piece, read_piece
from booklet.registers import read_record
from booklet.shapes import Record
from booklet.source import Shelf

LISTS = ("glossary", "references")
"""What the program writes itself, by the words that booklet.yaml names it with."""
RESERVED = (
    "cover", "colophon", "title", "contents", "back", "leaf", "notes", "numbers", "takeaways", "course", "municipality",
    "guide", "programme", "leaflet")
"""Addresses of the units that the program adds."""
"""Words for what the back can hold beside files."""


class Part(Struct, frozen=True):
    """A theme, read."""

    id: str
    record: Record | None
    text: Piece | None
    examples: tuple[Piece, ...]
    sure: bool = True
    """False when a fault hides which examples are used."""


class Contents(Struct, frozen=True):
    """All that was read."""

    record: Record | None
    front: tuple[Piece, ...]
    parts: tuple[Part, ...]
    back: tuple[str | Piece, ...]
    sure: bool
    """False when a fault hides which files are used."""

    def pieces(self) -> list[Piece]:
        """Return every Markdown file in reading order."""
        found = list(self.front)
        for part in self.parts:
            found += [*([part.text] if part.text else []), *part.examples]
        return found + [piece for piece in self.back if isinstance(piece, Piece)]


def read_contents(shelf: Shelf, colours: frozenset[str] | None, found: Collector) -> Contents:
    """Return the booklet's record and everything it lists."""
    record = read_record(shelf, "booklet.yaml", "booklet", found)
    themes = _listed(shelf, record, "themes", _folders(shelf, "themes"))
    parts = tuple(_read_part(shelf, datum, colours, found) for datum in _without_repeats(themes, found))
    front = _read_articles(shelf, record, "front", found)
    back = _read_articles(shelf, record, "back", found)
    sure = record is not None and "themes" in record.data and all(part.sure for part in parts)
    sure = sure and record is not None and not record.doubtful & {"front", "themes", "back"}
    for key, read in (("front", front), ("back", back)):
        sure = sure and record is not None and set(record.texts(key)) == {_listed_as(part) for part in read}
    pieces = tuple(piece for piece in front if isinstance(piece, Piece))
    return Contents(record, pieces, parts, back, sure)


def _listed_as(part: str | Piece) -> str:
    return part if isinstance(part, str) else part.name


def _folders(shelf: Shelf, parent: str) -> list[str]:
    names = {file.split("/")[1] for file in shelf.files if file.startswith(f"{parent}/") and file.count("/") > 1}
    return sorted(names)


def _files(shelf: Shelf, folder: str) -> list[str]:
    return [file for file in shelf.files if file.rpartition("/")[0] == folder and file.endswith(".md")]


def _listed(shelf: Shelf, record: Record | None, key: str, instead: list[str]) -> tuple[Datum, ...]:
    """Return what a record lists, or what lies in the folder when the record cannot be read."""
    if record is not None and key in record.data:
        return record.data[key]
    return tuple(Datum(name, Position(shelf.path(name))) for name in instead)


def _without_repeats(data: Iterable[Datum], found: Collector) -> list[Datum]:
    seen: dict[str, Datum] = {}
    for datum in data:
        if datum.text in seen:
            found.error("duplicate-entry", f"{quoted(datum.text)} is listed twice", datum.position, "remove one")
        seen.setdefault(datum.text, datum)
    return list(seen.values())


def _read_articles(shelf: Shelf, record: Record | None, key: str, found: Collector) -> tuple[str | Piece, ...]:
    data = _listed(shelf, record, key, [*_files(shelf, key), *(LISTS if key == "back" else ())])
    pieces: list[str | Piece] = []
    for datum in _without_repeats(data, found):
        if key == "back" and datum.text in LISTS:
            pieces.append(datum.text)
        elif _is_readable(shelf, datum, key, found):
            address = PurePosixPath(datum.text).stem
            pieces.append(read_piece(shelf, datum.text, address, found, shape="article"))
    return tuple(pieces)


def _is_readable(shelf: Shelf, datum: Datum, key: str, found: Collector) -> bool:
    """Report a file that the booklet lists but does not have."""
    if datum.text not in shelf.files:
        known = {file for file in shelf.files if file.endswith(".md") and file.startswith(f"{key}/")}
        known |= set(LISTS) if key == "back" else set()
        hint = guess(datum.text, known) or "write a path from the content folder"
        folder = shelf.is_folder(datum.text)
        message = f"{quoted(datum.text)} is a folder" if folder else f"unknown text {quoted(datum.text)}"
        found.error("unknown-text", message, datum.position, hint)
        return False
    if not datum.text.endswith(".md") or datum.text.startswith("themes/"):
        what = "belongs to a theme" if datum.text.endswith(".md") else "is not Markdown"
        found.error("unknown-text", f"{quoted(datum.text)} {what}", datum.position, f"list a file '{key}/….md'")
        return False
    return _is_addressable(datum, PurePosixPath(datum.text).stem, found)


def _is_addressable(datum: Datum, stem: str, found: Collector) -> bool:
    if IDENTIFIER.fullmatch(stem):
        return True
    hint = "rename the file with a–z, 0–9 and hyphens"
    found.error("bad-identifier", f"the file name {quoted(stem)} is no id", datum.position, hint)
    return False


def _read_part(shelf: Shelf, datum: Datum, colours: frozenset[str] | None, found: Collector) -> Part:
    folder = f"themes/{datum.text}"
    if datum.text not in _folders(shelf, "themes"):
        if shelf.is_folder(folder):
            hint = "write theme.yaml and text.md in it"
            found.error("empty-theme", f"the folder '{folder}' is empty", datum.position, hint)
        else:
            hint = guess(datum.text, _folders(shelf, "themes")) or f"make the folder '{folder}'"
            found.error("unknown-theme", f"unknown theme {quoted(datum.text)}", datum.position, hint)
        return Part(datum.text, None, None, (), False)
    name = f"{folder}/theme.yaml"
    record = read_record(shelf, name, "theme", found)
    if record:
        _check_colour(record, colours, found)
    text = read_piece(shelf, f"{folder}/text.md", f"{datum.text}.text", found, shape="article")
    examples = _read_examples(shelf, datum.text, record, found)
    sure = record is not None and len(set(record.texts("examples"))) == len(examples)
    sure = sure and record is not None and "examples" in record.data and "examples" not in record.doubtful
    return Part(datum.text, record, text, examples, sure)


def _check_colour(record: Record, colours: frozenset[str] | None, found: Collector) -> None:
    colour = record.text("colour")
    if colour and colours is not None and colour not in colours:
        hint = guess(colour, colours) or f"one of {', '.join(sorted(colours))}"
        found.error("unknown-colour", f"unknown theme colour {quoted(colour)}", record.place("colour"), hint)


def _read_examples(shelf: Shelf, theme: str, record: Record | None, found: Collector) -> tuple[Piece, ...]:
    folder = f"themes/{theme}/examples"
    stems = [PurePosixPath(file).stem for file in _files(shelf, folder)]
    data = _listed(shelf, record, "examples", stems)
    pieces = []
    for datum in _without_repeats(data, found):
        name = f"{folder}/{datum.text}.md"
        if name not in shelf.files:
            hint = guess(datum.text, stems) or f"write '{name}'"
            found.error("unknown-example", f"unknown example {quoted(datum.text)}", datum.position, hint)
        elif _is_addressable(datum, datum.text, found):
            pieces.append(read_piece(shelf, name, f"{theme}.{datum.text}", found, shape="example"))
    return tuple(pieces)
