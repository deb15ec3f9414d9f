"""Do references lead somewhere?  Pieces with what authors wrote → pieces with addresses, or findings.

In come pieces, the registers and the names of files, out go the same pieces whose links and pictures are resolved.
It refuses to open files.
"""

import posixpath
import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from booklet.collector import Collector
from booklet.letters import FORBIDDEN, guess, quoted
from booklet.model import Fact, Reference
from booklet.pictures import MEDIA
from booklet.pieces import Piece
from booklet.registers import Registers

_REGISTERS = {
    "fact": ("fact", "facts.yaml"),
    "citation": ("source", "references.yaml"),
    "term": ("glossary term", "glossary.yaml"),
}
_BEGINS = re.compile(r"(?<![\w\u2212])(?<!\d[,.])(?<!(?<!\S)-)")
_ENDS = re.compile(r"(?!\w)(?![,.]\d)")
_DRIVE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_GROUP = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f](?=\d{3}(?!\d))")
_MEASURES = {"prosent", "prosentpoeng", "promille", "kroner", "tusen", "million", "millioner", "milliarder"}
"""Words that a text may carry beside a figure only when the register has them as its unit."""
_NUMBER = re.compile(
    r"(?<![\w.,:/'\u2019\u2212])(?<!\d )(?<!(?<!\S)-)"
    r"\u2212?(?:\d{1,3}(?: \d{3}(?!\d))+|\d+)(?:,\d+)?(?![\w:/'\u2019]|[.,]\d)")
"""A number as a whole: «1 914» is not «914», «65.0» is not «65,0»."""


class Places(Struct, frozen=True):
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
    resolver = _Resolver(piece, places, registers, found)
    references = tuple(resolver.resolved(reference) for reference in piece.prose.references)
    return replace(piece, prose=replace(piece.prose, references=references))


def carries(text: str, fact: Fact) -> bool:
    """Return whether some words carry the value of a fact, or one of its other wordings."""
    if _NUMBER.fullmatch(fact.value):
        value = _GROUP.sub("", fact.value)
        if _measures(text) - _measures(" ".join([fact.unit, *fact.also])) and fact.unit:
            return False
        if value in (_GROUP.sub("", number) for number in _NUMBER.findall(" ".join(text.split()))):
            return True
        return any(_stands_in(" ".join(also.split()).casefold(), text.casefold()) for also in fact.also)
    wanted = [fact.value, _GROUP.sub("", fact.value)]
    if any(_stands_in(value, form) for value in wanted for form in (text, _GROUP.sub("", text))):
        return True
    return any(_stands_in(" ".join(also.split()).casefold(), text.casefold()) for also in fact.also)


def _measures(text: str) -> set[str]:
    """Return the words of a text that make another figure of the same number."""
    return _MEASURES & set(re.findall(r"\w+", text.casefold()))


def _stands_in(value: str, text: str) -> bool:
    """«5» stands in «5 prosent», but not in «15», «2,5», «5,2» or «−5»."""
    words = " ".join(text.split())
    place = words.find(value) if value else -1
    while place >= 0 and not (_BEGINS.match(words, place) and _ENDS.match(words, place + len(value))):
        place = words.find(value, place + 1)
    return place >= 0


class _Resolver:
    """Follows the references of one piece."""

    def __init__(self, piece: Piece, places: Places, registers: Registers, found: Collector) -> None:
        self._name, self._places, self._registers, self._found = piece.name, places, registers, found
        self._folder = posixpath.dirname(piece.name) or "."

    def resolved(self, reference: Reference) -> Reference:
        """Return a reference that says where it leads."""
        match reference.kind:
            case "fact":
                self._check_id(reference, "unknown-fact", self._registers.facts)
                self._check_value(reference)
            case "citation":
                self._check_id(reference, "unknown-citation", self._registers.sources)
            case "term":
                self._check_id(reference, "unknown-term", self._registers.glossary)
            case "picture":
                return replace(reference, target=self._picture(reference))
            case "chart":
                return replace(reference, target=self._chart(reference))
            case _:
                return replace(reference, target=self._address(reference))
        return reference

    def _check_value(self, reference: Reference) -> None:
        fact = (self._registers.facts or {}).get(reference.target)
        if fact and fact.value and not carries(reference.text, fact):
            message = f"{quoted(reference.text)} does not carry the fact's value {quoted(fact.value)}"
            hint = f"correct the text, or {fact.position}"
            self._found.error("fact-value", message, reference.position, hint)

    def _check_id(self, reference: Reference, code: str, known: Iterable[str] | None) -> None:
        if known is None or reference.target in known:
            return
        what, register = _REGISTERS[reference.kind]
        hint = guess(reference.target, known) or f"add it to {register}"
        self._found.error(code, f"unknown {what} {quoted(reference.target)}", reference.position, hint)

    def _file(self, reference: Reference, path: str) -> str:
        """Return the path from the content folder that a link means, or nothing when it leads elsewhere."""
        decoded = unquote(path)
        slashed = decoded.replace("\\", "/")
        name = posixpath.normpath(posixpath.join(self._folder, slashed))
        if slashed.startswith("/") or _DRIVE.match(slashed) or name.split("/")[0] == "..":
            message = f"{quoted(path)} leads out of the content folder"
            self._found.error("outside-content", message, reference.position, "write a path to a file of this folder")
            return ""
        if "\\" in decoded or FORBIDDEN.search(decoded) or "\n" in decoded or "\t" in decoded:
            message = f"{quoted(path)} is no path"
            self._found.error("bad-target", message, reference.position, "write forward slashes and plain signs")
            return ""
        return unicodedata.normalize("NFC", name)

    def _picture(self, reference: Reference) -> str:
        name = self._file(reference, reference.target)
        if not name or name in self._places.files:
            return name
        known = [file for file in self._places.files if PurePosixPath(file).suffix.lower() in MEDIA]
        self._found.error("picture-missing", self._missing(name), reference.position, self._advice(name, known))
        return ""

    def _chart(self, reference: Reference) -> str:
        name = self._file(reference, reference.target)
        if not name or name in self._places.files:
            return name
        known = [file for file in self._places.files if file.endswith(".yaml") and "/" in file]
        self._found.error("chart-missing", self._missing(name), reference.position, self._advice(name, known))
        return ""

    def _address(self, reference: Reference) -> str:
        path, sign, fragment = reference.target.partition("#")
        name = self._file(reference, path) if path else self._name
        address = self._places.addresses.get(name) if name else ""
        if address:
            return self._anchor(reference, address, unquote(fragment)) if sign else address
        # While a fault in a list is reported, a file that seems unused is perhaps its consequence.
        sure = self._places.sure or not (name in self._places.files or name.startswith("themes/"))
        if name in self._places.files and sure:
            message, hint = f"the booklet does not use {quoted(name)}", "add it to the booklet, or link to another file"
            self._found.error("unknown-target", message, reference.position, hint)
        elif name and sure:
            hint = self._advice(name, self._places.addresses)
            self._found.error("unknown-target", self._missing(name), reference.position, hint)
        return ""

    def _anchor(self, reference: Reference, address: str, fragment: str) -> str:
        anchors = self._places.anchors.get(address, set())
        anchor = f"{address}.{fragment}"
        if anchors is not None and anchor not in anchors:
            names = {name.removeprefix(f"{address}.") for name in anchors}
            hint = guess(fragment, names) or "write '#' and the id of a heading or box of that file"
            message = f"no heading or box {quoted('#' + fragment)} there"
            self._found.error("unknown-anchor", message, reference.position, hint)
        return anchor

    def _missing(self, name: str) -> str:
        is_folder = name == "." or any(file.startswith(f"{name}/") for file in self._places.files)
        return f"{quoted(name)} is a folder" if is_folder else f"there is no file {quoted(name)}"

    def _advice(self, name: str, known: Iterable[str]) -> str:
        near = [posixpath.relpath(file, self._folder) for file in known]
        return guess(posixpath.relpath(name, self._folder), near) or "write the path from this file"
