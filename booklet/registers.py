"""The registers: facts.yaml, references.yaml, glossary.yaml, places.yaml → what texts may refer to.

In comes the shelf, out go entries by id, or None for a register that cannot be read, so that nobody complains about
what it might hold. It refuses to know the texts.
"""

from functools import partial
from pathlib import Path

from msgspec import Struct

from booklet.collector import Collector
from booklet.findings import Position
from booklet.graphs import Spot
from booklet.letters import guess, quoted
from booklet.model import Fact, Source, Term
from booklet.nodes import Mapping, Node, read_nodes
from booklet.shapes import REGISTERS, Record, check_record, check_register
from booklet.source import TEXT_LIMIT, Shelf, read_bytes, read_letters

_OPTIONAL = {"places"}
"""A booklet without a map has no register of places."""


class Registers(Struct, frozen=True):
    """What texts may refer to; None stands for a register that could not be read."""

    facts: dict[str, Fact] | None
    sources: dict[str, Source] | None
    glossary: dict[str, Term] | None
    places: dict[str, Spot] | None


def _read_tree(text: str | None, path: Path, found: Collector) -> Node | None:
    if text is None:
        return None
    before = len(found)
    node = read_nodes(text, path, found)
    if node is None and len(found) == before:
        found.error("empty-file", "nothing but comments", _top(path), "write it; '{}' stands for nothing")
    return node


def read_record(shelf: Shelf, name: str, shape: str, found: Collector) -> Record | None:
    """Return a YAML file of some shape as a record."""
    content, path = read_bytes(shelf, name, TEXT_LIMIT, found), shelf.path(name)
    if content is None:
        return None
    read = partial(_read_record, content, path, shape)
    return shelf.memory.recall(Record, (shape, str(path), content), found, read)


def _read_record(content: bytes, path: Path, shape: str, found: Collector) -> Record | None:
    node = _read_tree(read_letters(content, path, found), path, found)
    return check_record(shape, node, found, Position(path)) if node else None


def read_registers(shelf: Shelf, found: Collector) -> Registers:
    """Return the registers, checked against each other."""
    names = [name for name in REGISTERS if name not in _OPTIONAL or f"{name}.yaml" in shelf.files]
    contents = [read_bytes(shelf, f"{name}.yaml", TEXT_LIMIT, found) for name in names]
    parts: list[str | bytes] = [str(shelf.root), *(b"" if content is None else content for content in contents)]
    read = partial(_read_registers, shelf, dict(zip(names, contents, strict=True)))
    return shelf.memory.recall(Registers, parts, found, read) or Registers(None, None, None, None)


def _read_registers(shelf: Shelf, contents: dict[str, bytes | None], found: Collector) -> Registers:
    facts, sources, terms, places = (
        _read(contents[name], shelf.path(f"{name}.yaml"), name, found) if name in contents else ()
        for name in REGISTERS)
    known = None if sources is None else {record.key for record in sources}
    for record in (*(facts or ()), *(terms or ()), *(places or ())):
        check_source(record, "source", known, found)
    for record in facts or ():
        _check_dates(record, found)
    for record in sources or ():
        _check_authors(record, found)
    return Registers(
        None if facts is None else {record.key: _fact(record) for record in facts},
        None if sources is None else {record.key: _source(record) for record in sources},
        None if terms is None else {record.key: _term(record) for record in terms},
        None if places is None else {record.key: _spot(record) for record in places},
    )


def check_source(record: Record, key: str, known: set[str] | None, found: Collector) -> None:
    """Report the keys of sources that the register of sources does not hold."""
    for datum in record.data.get(key, ()):
        if known is not None and datum.text not in known:
            hint = guess(datum.text, known) or "add it to references.yaml"
            found.error("unknown-citation", f"unknown source {quoted(datum.text)}", datum.position, hint)


def _top(path: Path) -> Position:
    return Position(path)


def _read(content: bytes | None, path: Path, name: str, found: Collector) -> tuple[Record, ...] | None:
    node = _read_tree(None if content is None else read_letters(content, path, found), path, found)
    if node is None:
        return None
    if not isinstance(node, Mapping):
        check_register(name, node, found)
        return None
    return check_register(name, node, found)


def _check_dates(record: Record, found: Collector) -> None:
    # ISO dates sort as text.
    as_of, review_by = record.text("as_of"), record.text("review_by")
    if as_of and review_by and review_by <= as_of:
        message = f"'review_by' {review_by} is not later than 'as_of' {as_of}"
        found.error("fact-dates", message, record.place("review_by"), "give the day by which somebody looks again")


def _check_authors(record: Record, found: Collector) -> None:
    if record.data.get("authors") and record.data.get("organisation"):
        message = "both 'authors' and 'organisation'"
        found.error("conflicting-keys", message, record.place("organisation"), "keep the one that stands for the work")
    elif not ({"authors", "organisation"} & record.data.keys()) and record.data:
        message = "neither 'authors' nor 'organisation'"
        found.error("missing-key", message, record.position, "add one of the two")


def _fact(record: Record) -> Fact:
    text = record.text
    return Fact(
        record.key, text("value"), text("unit"), text("what"), text("as_of"), text("review_by"), text("source"),
        record.texts("also"), record.position,
    )


def _source(record: Record) -> Source:
    text = record.text
    return Source(
        record.key, record.texts("authors"), text("organisation"), text("short"), text("year"), text("title"),
        text("publisher"), text("report"), text("isbn"), text("pages"), text("url"), text("note"), record.position,
    )


def _term(record: Record) -> Term:
    return Term(record.key, record.text("term"), record.text("meaning"), record.text("source"), record.position)


def _spot(record: Record) -> Spot:
    text = record.text
    return Spot(
        record.key, text("name"), text("county"), _degrees(text("latitude")), _degrees(text("longitude")),
        text("source"))


def _degrees(text: str) -> float:
    return float(text) if text else 0.0  # a finding has said that it is missing
