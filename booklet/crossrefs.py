"""Do references lead somewhere?  Pieces with what authors wrote → pieces with addresses, or findings.

In come pieces, the registers and the names of files, out go the same pieces whose links and pictures are resolved.
It refuses to open files.
"""

import posixpath
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from urllib.parse import unquote

from booklet.collector import Collector
from booklet.letters import FORBIDDEN, guess, quoted
from booklet.model import Fact, Reference
from booklet.pictures import MEDIA
from booklet.pieces import Piece
from booklet.registers import Registers

_GROUP = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Places:
    """What a link may lead to."""

    addresses: dict[str, str]
    """Address of each file that the booklet uses."""
    anchors: dict[str, set[str] | None]
    """Anchors of each address; None when they are not all known."""
    files: frozenset[str]
    sure: bool
    """False when a fault in a list hides which files the booklet uses."""


def places_of(pieces: Iterable[Piece], more: dict[str, str], files: Iterable[str], sure: bool) -> Places:
    """Return where the pieces and some more files can be found."""
    addresses, anchors = dict(more), dict[str, set[str] | None]()
    for piece in pieces:
        addresses[piece.name] = piece.address
        here = anchors.setdefault(piece.address, set())
        found = {block.anchor for block in piece.prose.blocks if block.anchor}
        anchors[piece.address] = found | here if piece.whole and here is not None else None
    return Places(addresses, anchors, frozenset(files), sure)


def resolve(piece: Piece, places: Places, registers: Registers, found: Collector) -> Piece:
    """Return a piece whose references say addresses, ids and paths that exist."""
    references = tuple(_resolved(piece, reference, places, registers, found) for reference in piece.prose.references)
    return replace(piece, prose=replace(piece.prose, references=references))


def carries(text: str, fact: Fact) -> bool:
    """Return whether some words carry the value of a fact, or one of its other wordings."""
    wanted = [fact.value, _GROUP.sub("", fact.value)]
    if any(_stands_in(value, form) for value in wanted for form in (text, _GROUP.sub("", text))):
        return True
    return any(_stands_in(" ".join(also.split()).casefold(), text.casefold()) for also in fact.also)


def _stands_in(value: str, text: str) -> bool:
    """«5» stands in «5 prosent», but not in «15», «2,5», «5,2» or «−5»."""
    before = r"(?<![\w\u2212])(?<!\d[,.])(?<!(?<!\S)-)"
    return bool(value) and re.search(rf"{before}{re.escape(value)}(?!\w)(?![,.]\d)", " ".join(text.split())) is not None


def _resolved(
    piece: Piece, reference: Reference, places: Places, registers: Registers, found: Collector
) -> Reference:
    match reference.kind:
        case "fact":
            _check_fact(reference, registers, found)
        case "citation":
            _check_id(reference, "unknown-citation", "source", registers.sources, found)
        case "term":
            _check_id(reference, "unknown-term", "glossary term", registers.glossary, found)
        case "picture":
            return replace(reference, target=_picture(piece, reference, places, found))
        case _:
            return replace(reference, target=_address(piece, reference, places, found))
    return reference


def _check_fact(reference: Reference, registers: Registers, found: Collector) -> None:
    _check_id(reference, "unknown-fact", "fact", registers.facts, found)
    fact = (registers.facts or {}).get(reference.target)
    if fact and fact.value and not carries(reference.text, fact):
        message = f"{quoted(reference.text)} does not carry the fact's value {quoted(fact.value)}"
        hint = f"correct the text, or {fact.position}"
        found.error("fact-value", message, reference.position, hint)


def _check_id(
    reference: Reference, code: str, what: str, known: Iterable[str] | None, found: Collector
) -> None:
    if known is None or reference.target in known:
        return
    registers = {"unknown-citation": "references", "unknown-term": "glossary", "unknown-fact": "facts"}
    hint = guess(reference.target, known) or f"add it to {registers[code]}.yaml"
    found.error(code, f"unknown {what} {quoted(reference.target)}", reference.position, hint)


def _file(piece: Piece, reference: Reference, path: str, found: Collector) -> str:
    """Return the path from the content folder that a link means, or nothing when it leads elsewhere."""
    decoded = unquote(path)
    slashed = decoded.replace("\\", "/")
    name = posixpath.normpath(posixpath.join(posixpath.dirname(piece.name), slashed))
    if slashed.startswith("/") or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", slashed) or name.split("/")[0] == "..":
        message = f"{quoted(path)} leads out of the content folder"
        found.error("outside-content", message, reference.position, "write a path to a file of this folder")
        return ""
    if "\\" in decoded or FORBIDDEN.search(decoded) or "\n" in decoded or "\t" in decoded:
        message = f"{quoted(path)} is no path"
        found.error("bad-target", message, reference.position, "write forward slashes and plain signs")
        return ""
    return unicodedata.normalize("NFC", name)


def _picture(piece: Piece, reference: Reference, places: Places, found: Collector) -> str:
    name = _file(piece, reference, reference.target, found)
    if name and name not in places.files:
        _report_missing(piece, name, reference, places, found)
        return ""
    return name


def _pictures(places: Places) -> set[str]:
    return {file for file in places.files if PurePosixPath(file).suffix.lower() in MEDIA}


def _address(piece: Piece, reference: Reference, places: Places, found: Collector) -> str:
    path, _, fragment = reference.target.partition("#")
    name = _file(piece, reference, path, found) if path else piece.name
    if not name:
        return ""
    address = places.addresses.get(name)
    if address is None and not places.sure and (name in places.files or name.startswith("themes/")):
        return ""  # a fault in a list is reported already, and this is perhaps its consequence
    if address is None and name in places.files:
        message = f"the booklet does not use {quoted(name)}"
        found.error("unknown-target", message, reference.position, "add it to the booklet, or link to another file")
    elif address is None:
        _report_missing(piece, name, reference, places, found)
    elif fragment or "#" in reference.target:
        return _anchor(reference, address, unquote(fragment), places, found)
    return address or ""


def _anchor(reference: Reference, address: str, fragment: str, places: Places, found: Collector) -> str:
    anchors = places.anchors.get(address, set())
    anchor = f"{address}.{fragment}"
    if anchors is not None and anchor not in anchors:
        names = {name.removeprefix(f"{address}.") for name in anchors}
        hint = guess(fragment, names) or "write '#' and the id of a heading or box of that file"
        message = f"no heading or box {quoted('#' + fragment)} there"
        found.error("unknown-anchor", message, reference.position, hint)
    return anchor


def _report_missing(piece: Piece, name: str, reference: Reference, places: Places, found: Collector) -> None:
    known = _pictures(places) if reference.kind == "picture" else places.addresses.keys()
    folder = posixpath.dirname(piece.name) or "."
    near = guess(posixpath.relpath(name, folder), [posixpath.relpath(file, folder) for file in known])
    is_folder = name == "." or any(file.startswith(f"{name}/") for file in places.files)
    message = f"{quoted(name)} is a folder" if is_folder else f"there is no file {quoted(name)}"
    code = "picture-missing" if reference.kind == "picture" else "unknown-target"
    found.error(code, message, reference.position, near or "write the path from this file")
