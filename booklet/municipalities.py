"""A table of municipalities (CSV) → the figures of each row; a bad row is named by its line, and the others stand.

In come the bytes of a file; out go rows, and findings. A row is a line, so that one quotation mark too many costs one
row. It refuses to know courses.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from unicodedata import normalize

from msgspec import Struct

from booklet.collector import Collector
from booklet.findings import Position
from booklet.letters import guess, quoted
from booklet.nodes import Mapping, Scalar
from booklet.shapes import SHAPES, Record, check_record
from booklet.teaching import FIGURES, Municipality

_KEYS = tuple(SHAPES["municipality"])
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ŋ": "n", "ŧ": "t", "ð": "d", "þ": "th"})
_MOST = 40
"""Letters of a name that a file is named with."""


class Row(Struct, frozen=True):
    """A line of the table that says what it should."""

    line: int
    municipality: Municipality
    slug: str
    """Names the files of the row: no two rows have the same."""


def municipality_of(record: Record) -> Municipality:
    """Return what a record says of a municipality."""
    figures = {name: record.text(name) for name in FIGURES if record.text(name)}
    return Municipality(
        record.text("name"), record.text("county"), figures, record.text("year"), record.text("source"))


def slug_of(name: str) -> str:
    """Return a name as file names can carry it everywhere: «Sør-Varanger» → «sor-varanger»."""
    plain = normalize("NFKD", name.lower().translate(_LETTERS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_MOST].strip("-") or "x"


def read_table(content: bytes, path: Path, found: Collector) -> tuple[Row, ...]:
    """Return the rows of a table that can be used; what is wrong with the others is in ``found``."""
    lines = _lines(content, path, found)
    if not lines:
        return ()
    head = lines[0][1]
    separator = ";" if head.count(";") > head.count(",") else ","
    keys = _keys(head.replace('"', "").split(separator), path, found)
    if keys is None:
        return ()
    read = ((line, _record(text, (line, separator), keys, path, found)) for line, text in lines[1:])
    records = [(line, record) for line, record in read if record is not None]
    return tuple(_rows(records, path, found))


def _lines(content: bytes, path: Path, found: Collector) -> list[tuple[int, str]]:
    """Return the lines that hold anything, each with its number."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        found.error("not-utf8", "the table is not in UTF-8", Position(path), "save it as «CSV UTF-8»")
        return []
    numbered = enumerate(re.split(r"\r\n|\n|\r", text), 1)
    lines = [(number, line) for number, line in numbered if line.strip(" \t,;")]
    if not lines:
        found.error("empty-file", "the table is empty", Position(path), "write a line of keys, and a row each below")
    return lines


@cache
def _csv() -> Any:
    """Return the reader of such tables, once there is one to be read."""
    return import_module("csv")


def _cells(line: str, separator: str) -> list[str]:
    """Return the cells of a line; csv.Error when its quotation marks do not match."""
    if line.count('"') % 2:
        raise _csv().Error("a quotation mark is not closed")
    return [cell.strip() for cell in next(_csv().reader([line], delimiter=separator, strict=True))]


def _keys(cells: list[str], path: Path, found: Collector) -> list[str] | None:
    keys = [cell.strip().lower() for cell in cells]
    for number, key in enumerate(keys, 1):
        if key not in _KEYS:
            hint = guess(key, _KEYS) or f"known columns: {', '.join(_KEYS)}"
            found.error("unknown-key", f"unknown column {quoted(key)}", Position(path, 1, number), hint)
        elif key in keys[:number - 1]:
            found.error("duplicate-key", f"two columns {quoted(key)}", Position(path, 1, number), "remove one")
    if "name" not in keys:
        found.error("missing-key", "the column 'name' is missing", Position(path, 1), "add it, the municipality's name")
    return keys if "name" in keys and set(keys) <= set(_KEYS) and len(set(keys)) == len(keys) else None


def _record(
    text: str, where: tuple[int, str], keys: list[str], path: Path, found: Collector
) -> Record | None:
    """Return a line as a record; None, with a finding, when it cannot be used."""
    (line, separator), place = where, Position(path, where[0])
    try:
        cells = _cells(text, separator)
    except _csv().Error as wrong:
        found.error("bad-row", f"the row cannot be read: {wrong}", place, "close every quotation mark")
        return None
    if len(cells) != len(keys):
        found.error("bad-row", f"the row has {len(cells)} cells, not {len(keys)}", place,
                    "put a text that holds the separator in quotation marks")
        return None
    pairs = tuple((Scalar(key, place, True), Scalar(cell, Position(path, line, number), False))
                  for number, (key, cell) in enumerate(zip(keys, cells, strict=True), 1) if cell)
    own = Collector()
    record = check_record("municipality", Mapping(pairs, place), own, place)
    if record is not None and not own.findings and not record.text("name"):
        own.error("bad-row", "the row has no name", place, "write the municipality's name")
    found.add(own.findings)
    return None if own.findings else record


def _rows(records: list[tuple[int, Record]], path: Path, found: Collector) -> Iterator[Row]:
    """Yield the rows, each with a name for its files; where two names are alike, the county tells them apart."""
    slugs = [slug_of(record.text("name")) for _, record in records]
    seen, counties = dict[str, int](), dict[str, set[str]]()
    for (_, record), slug in zip(records, slugs, strict=True):
        counties.setdefault(slug, set()).add(record.text("county"))
    for (line, record), slug in zip(records, slugs, strict=True):
        county = record.text("county")
        full = f"{slug}-{slug_of(county)}" if len(counties[slug]) > 1 and county else slug
        if full in seen:
            found.error("duplicate-row", f"{quoted(record.text('name'))} stands on line {seen[full]} already",
                        Position(path, line), "remove one, or give each its county")
            continue
        seen[full] = line
        yield Row(line, municipality_of(record), full)
