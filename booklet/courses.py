"""facilitator.yaml of each theme and the files of courses/ → guides and courses.

In come the shelf and what was read of the themes, out go frozen ``Guide``s and ``Course``s, or findings. It refuses to
know pages: whether a handout holds what a step uses is asked when it is made.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from msgspec import Struct

from booklet.collector import Collector
from booklet.contents import Contents, Part
from booklet.findings import Finding, Position
from booklet.kinds import Datum
from booklet.letters import IDENTIFIER, guess, quoted
from booklet.memory import Memory, Only
from booklet.municipalities import municipality_of, read_table
from booklet.registers import read_record
from booklet.shapes import Record
from booklet.source import TEXT_LIMIT, Shelf, read_bytes
from booklet.teaching import Course, Guide, Municipality, Programme, Stage

FOLDER = "courses"
PAGES = ("questions", "notes", "takeaways")
"""Pages of a handout that are no file."""


_Ends = tuple[tuple[str, tuple[tuple[str, str, tuple[str, ...]], ...]], ...]
"""Each theme, and of its texts: path from its folder, address, anchors."""


class _Parts(Struct, frozen=True):
    """What a course can be made of."""

    parts: Mapping[str, Part]
    """Id → theme, in the order of the booklet."""
    sure: bool
    """False when a fault hides what there is."""
    ends: _Ends
    memory: Memory

    def names(self) -> list[str]:
        """Return every name that a course can list: «nettverk», «nettverk/text», «nettverk/berg»."""
        found = []
        for name, part in self.parts.items():
            found += [name, f"{name}/text", *(piece.address.replace(".", "/", 1) for piece in part.examples)]
            asked = part.record and "questions" in part.record.data.keys() | part.record.doubtful
            found += [f"{name}/questions"] if asked else []
        return found

    def programme(self, record: Record, theme: str, found: Collector) -> Programme:
        """Return a programme of a theme."""
        known = self.memory.once(_uses, theme, self.ends)
        programme, findings = self.memory.once(_programme, Only(record), Only(known), self.sure)
        found.add(findings)
        return programme


def _ends_of(part: Part) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for piece in (part.text, *part.examples):
        if piece:
            anchors = tuple(block.anchor for block in piece.prose.blocks if block.anchor)
            yield piece.name.removeprefix(f"themes/{part.id}/"), piece.address, anchors


def _uses(theme: str, parts: _Ends) -> dict[str, str]:
    """Return what a step can use → its address, by the names of a theme's own files and by those of all."""
    found = {page: page for page in PAGES[1:]}
    for name, pieces in parts:
        for path, own, anchors in pieces:
            ends = {"": own}
            ends |= {"#" + anchor.removeprefix(f"{own}."): anchor for anchor in anchors}
            for end, address in ends.items():
                found[f"{name}/{path}{end}"] = found[own.replace(".", "/", 1) + end] = address
                found |= {path + end: address} if name == theme else {}
        found[f"{name}/questions"] = f"{name}.questions"
    return found | {"questions": f"{theme}.questions"}


def read_teaching(shelf: Shelf, contents: Contents, found: Collector) -> tuple[tuple[Guide, ...], tuple[Course, ...]]:
    """Return the guides of the themes that have one, and the courses by their names."""
    sure = contents.sure and all(piece.whole for piece in contents.pieces())
    ends = tuple((part.id, tuple(_ends_of(part))) for part in contents.parts)
    parts = _Parts({part.id: part for part in contents.parts}, sure, ends, shelf.memory)
    guides = {part.id: guide for part in contents.parts if (guide := _read_guide(shelf, part.id, parts, found))}
    names = [file for file in shelf.files if file.rpartition("/")[0] == FOLDER and file.endswith(".yaml")]
    courses = (_read_course(shelf, name, parts, guides, found) for name in names)
    return tuple(guides.values()), tuple(course for course in courses if course)


def _read_guide(shelf: Shelf, theme: str, parts: _Parts, found: Collector) -> Guide | None:
    name = f"themes/{theme}/facilitator.yaml"
    record = read_record(shelf, name, "facilitator", found) if name in shelf.files else None
    if record is None:
        return None
    programmes = tuple(parts.programme(one, theme, found) for one in record.parts.get("programmes", ()))
    return Guide(theme, record.texts("aims"), record.texts("materials"), programmes)


def _programme(record: Record, known: Mapping[str, str], sure: bool) -> tuple[Programme, tuple[Finding, ...]]:
    found = Collector()
    stages = tuple(_stage(one, known, sure, found) for one in record.parts.get("steps", ()))
    programme = Programme(record.text("name"), _number(record, "frame") or 0, stages)
    total = sum(stage.minutes for stage in stages)
    if all(stage.minutes for stage in stages) and programme.frame and total != programme.frame:
        found.warning(
            "programme-time", f"the steps of {quoted(programme.name)} take {total} min, the frame is {programme.frame}",
            record.place("frame"), "change the minutes of a step, or the frame")
    return programme, found.findings


def _stage(record: Record, known: Mapping[str, str], sure: bool, found: Collector) -> Stage:
    text = record.text
    uses = text("uses")
    if uses and uses not in known and sure:
        hint = guess(uses, known) or f"write a file of the theme, or one of {', '.join(PAGES)}"
        found.error("unknown-use", f"a step uses {quoted(uses)}, which is not there", record.place("uses"), hint)
    return Stage(
        _number(record, "minutes") or 0, text("title"), known.get(uses, ""), text("say"), record.texts("ask"),
        record.texts("expect"), record.texts("pitfalls"), record.place("title"))


def _read_course(
    shelf: Shelf, name: str, parts: _Parts, guides: Mapping[str, Guide], found: Collector
) -> Course | None:
    record, stem = read_record(shelf, name, "course", found), PurePosixPath(name).stem
    if not IDENTIFIER.fullmatch(stem):
        found.error("bad-identifier", f"the file name {quoted(stem)} is no id", Position(shelf.path(name)),
                    "rename the file with a–z, 0–9 and hyphens")
    if record is None:
        return None
    text = record.text
    what = _what(record.data.get("what", ()), parts, found)
    theme = what[0].partition("/")[0] if what else ""
    own = [parts.programme(one, theme, found) for one in record.parts.get("programme", ())]
    programme = own[0] if own else _named(record, guides.get(theme), parts.sure, found)
    return Course(
        stem, text("name") or stem, text("title"), text("date"), text("audience"), what, programme,
        _number(record, "copies"), text("layout") or "1-up", text("language"), text("welcome"), text("place"),
        record.texts("rules"), text("short") == "yes", _figures(shelf, record, found), record.place("title"))


def _what(data: Iterable[Datum], parts: _Parts, found: Collector) -> tuple[str, ...]:
    """Return what a course lists, once each; report what the booklet does not have."""
    known, kept = parts.names(), dict[str, None]()
    for datum in data:
        if datum.text not in known and parts.sure:
            hint = guess(datum.text, known) or "write a theme, or a part of one: nettverk/text, nettverk/berg"
            found.error("unknown-part", f"the booklet has no {quoted(datum.text)}", datum.position, hint)
        elif datum.text in kept:
            found.error("duplicate-entry", f"{quoted(datum.text)} is listed twice", datum.position, "remove one")
        kept[datum.text] = None
    return tuple(kept)


def _named(record: Record, guide: Guide | None, sure: bool, found: Collector) -> Programme | None:
    """Return the programme of the first theme that a course names."""
    name, known = record.text("programme"), {one.name: one for one in guide.programmes} if guide else {}
    if name and name not in known and sure:
        hint = guess(name, known) or (f"one of {', '.join(known)}" if known else "write its steps here")
        found.error("unknown-programme", f"the first theme has no programme {quoted(name)}",
                    record.place("programme"), hint)
    return known.get(name)


def _figures(shelf: Shelf, record: Record, found: Collector) -> Municipality | None:
    """Return the municipality's own figures from the file that a course names."""
    name, place = record.text("municipality"), record.place("municipality")
    if not name:
        return None
    if name not in shelf.files:
        tables = [file for file in shelf.files if file.endswith((".yaml", ".csv"))]
        found.error("missing-file", f"there is no file {quoted(name)}", place,
                    guess(name, tables) or "write a path from the content folder")
        return None
    if name.endswith(".csv"):
        rows = read_table(read_bytes(shelf, name, TEXT_LIMIT, found) or b"", shelf.path(name), found)
        return rows[0].municipality if rows else None
    figures = read_record(shelf, name, "municipality", found)
    return municipality_of(figures) if figures else None


def _number(record: Record, key: str) -> int | None:
    text = record.text(key)
    return int(text) if text.isdecimal() else None
