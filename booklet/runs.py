"""Print runs: what was printed, line by line → ``content/runs/2019-1.yaml``, and back.

In come what a file was made from and the file; out goes a record that a person can read and two of which can be
compared. Read back, it is an inventory with pages, so that later booklets are compared with the paper. A record is
never overwritten. Knows no layout.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct

from booklet.collector import Collector
from booklet.findings import Position
from booklet.inventory import Inventory, Item, Part
from booklet.memory import Memory
from booklet.registers import read_record
from booklet.shapes import Record
from booklet.source import RUNS, Shelf, open_shelf
from booklet.standings import Standing, Whereabouts, page_order

FOLDER = RUNS
BROKEN = "¬"
"""Ends a line that breaks a word."""
_HEAD = """\
# yaml-language-server: $schema=../schema/run.schema.json
# A print run, as `booklet freeze` wrote it. It says what stands on paper: never change it.
"""
_BLOCK = re.compile(r"([a-z-]+) ([1-9][0-9]{0,6}) ([0-9a-f]{10})")
_KEYED = ("title", "short", "lead", "colour", "illustration")
"""What is called by what it is."""
_FACT = re.compile(r"(\S+) ([0-9a-f]{10}) \[([^\]]*)\] (.*)", re.DOTALL)
_WORDS_OF_YAML = ("null", "true", "false", "yes", "no", "on", "off")
"""What other readers of YAML take for something else than words."""
_NAME = re.compile(r"([a-z0-9-]+)-([1-9][0-9]*)\.yaml")


class Stamp(Struct, frozen=True):
    """What a run was, in a few words."""

    edition: str
    run: str
    copies: str
    date: str
    language: str
    content: str
    styles: str
    git: str
    file: str
    sha256: str
    pages: str
    profile: str
    printer: str
    program: str
    fingerprint: str

    @property
    def name(self) -> str:
        """Return what the run is called: «2019-1»."""
        return f"{self.edition}-{self.run}"


class Run(Struct, frozen=True):
    """A print run."""

    stamp: Stamp
    versions: tuple[str, ...]
    map: tuple[tuple[str, str], ...]
    """Unit and what the page is called that it begins on."""
    inventory: Inventory
    whereabouts: Whereabouts
    lines: Mapping[str, tuple[str, ...]]
    """Spot of an item → the lines that it was printed in."""


# ---- writing


def _scalar(text: str) -> str:
    """Return a text as YAML; in double quotes where it could be mistaken."""
    if re.fullmatch(r"[\wæøåÆØÅ./][\wæøåÆØÅ./() ,;–-]*", text) and not text.endswith(" ") and (
            text.lower() not in _WORDS_OF_YAML):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _block(item: Item, standings: Sequence[Standing], lines: Sequence[str]) -> Iterator[str]:
    yield f"  - is: {item.what} {item.position.line} {item.digest}"
    if item.key and item.key != item.what:
        yield f"    key: {_scalar(item.key)}"
    if standings:
        yield "    at: " + "; ".join(f"{one.page} {one.x:g} {one.y:g} {one.lines}" for one in standings)
    if not lines and not standings:
        lines = [item.text if len(item.text) < 60 else f"{item.text[:58].rsplit(' ', 1)[0]} …"]
    if len(lines) < 2:
        yield f"    text: {_scalar(lines[0] if lines else item.text)}"
        return
    yield "    text: |-"
    yield from (f"     {line}" for line in lines)


def _units(run: Run, root: Path) -> Iterator[str]:
    for part in run.inventory.parts:
        if part.what == "facts":
            continue
        path = part.position.path
        yield f"- unit: {part.address}"
        yield f"  what: {part.what}"
        if part.theme:
            yield f"  theme: {part.theme}"
        yield f"  title: {_scalar(part.title)}"
        yield f"  file: {_scalar((path.relative_to(root) if path.is_relative_to(root) else path).as_posix())}"
        yield "  blocks:"
        for number, item in enumerate(part.items):
            spot = f"{part.address}/{number}"
            yield from _block(item, run.whereabouts.get(spot, ()), run.lines.get(spot, ()))


def write_run(run: Run, root: Path) -> str:
    """Return the record of a run as YAML; ``root`` is the content folder."""
    stamp, facts = run.stamp, [part for part in run.inventory.parts if part.what == "facts"]
    said = {name: getattr(stamp, name) for name in Stamp.__struct_fields__}
    rows = [f'{name}: "{text}"' if name in ("edition", "date") else f"{name}: {_scalar(text) if text else ''}".rstrip()
            for name, text in said.items()]
    rows += ["versions:", *(f"- {one}" for one in run.versions)]
    rows += ["map:", *(f"- {unit} {page}" for unit, page in run.map)]
    if facts:
        rows.append("facts:")
        for number, item in enumerate(facts[0].items):
            pages = " ".join(one.page for one in run.whereabouts.get(f"facts/{number}", ()))
            rows.append("- " + _scalar(f"{item.key} {item.digest} [{pages}] {item.text}"))
    return "\n".join([*_HEAD.splitlines(), *rows, "units:", *_units(run, root)]) + "\n"


# ---- reading


def read_runs(content: Path, found: Collector, memory: Memory | None = None) -> tuple[Run, ...]:
    """Return every run that the content folder has a record of, oldest first; what is wrong is in ``found``."""
    folder = content / FOLDER
    if not folder.is_dir():
        return ()
    shelf = open_shelf(folder, found, memory)
    runs = [_read_one(shelf, name, content, found) for name in shelf.files] if shelf else []
    return tuple(sorted(filter(None, runs), key=lambda run: (run.stamp.date, run.stamp.edition, int(run.stamp.run))))


def _read_one(shelf: Shelf, name: str, content: Path, found: Collector) -> Run | None:
    if not _NAME.fullmatch(name):
        found.error("run-name", f"'{name}' is no name of a run", Position(shelf.path(name)),
                    "keep nothing here but what `booklet freeze` writes")
        return None
    own = Collector()
    record = read_record(shelf, name, "run", own)
    found.add(own.findings)
    if record is None or len(own):
        return None
    parts = str(content), shelf.path(name).read_bytes()
    run = shelf.memory.recall(Run, parts, found, partial(_run_of, record, content))
    if run and f"{run.stamp.name}.yaml" != name:
        found.error("run-name", f"the record of run '{run.stamp.name}' is called '{name}'", Position(shelf.path(name)),
                    f"call it '{run.stamp.name}.yaml'")
        return None
    return run


def _run_of(record: Record, content: Path, found: Collector) -> Run | None:
    stamp = Stamp(*(record.text(name) for name in Stamp.__struct_fields__))
    parts, lines, whereabouts = [], dict[str, tuple[str, ...]](), dict[str, tuple[Standing, ...]]()
    for unit in record.parts.get("units", ()):
        address, path = unit.text("unit"), content / unit.text("file")
        items = []
        for number, block in enumerate(unit.parts.get("blocks", ())):
            spot = f"{address}/{number}"
            standings = _standings(block, found)
            if standings:
                whereabouts[spot] = standings
            said = tuple(block.text("text").split("\n"))
            lines[spot] = said if sum(one.lines for one in standings) else ()
            items.append(_item(block, (unit, path), spot if standings else "", found))
        parts.append(Part(
            address, unit.text("what"), unit.text("theme"), unit.text("title"), Position(path), tuple(items)))
    facts = _facts(record, content / "facts.yaml", whereabouts, found)
    parts += [Part("facts", "facts", "", "facts", Position(content / "facts.yaml"), facts)] if facts else []
    pages = tuple((unit, page) for unit, _, page in (one.rpartition(" ") for one in record.texts("map")))
    if len(found):
        return None
    return Run(stamp, record.texts("versions"), pages, Inventory(stamp.language, stamp.edition, tuple(parts)),
               whereabouts, lines)


def joined(lines: Sequence[str]) -> str:
    """Return the words of some lines, broken ones in one piece."""
    return " ".join(lines).replace(f"{BROKEN} ", "")


def _item(block: Record, unit: tuple[Record, Path], spot: str, found: Collector) -> Item:
    theme, match = unit[0].text("theme"), _BLOCK.fullmatch(block.text("is"))
    if match is None:
        found.error("run-damaged", "this is no line of a block", block.place("is"), "restore the record")
        return Item("", "", "", "", block.position, ())
    what, line, digest = match.groups()
    key = block.text("key") or (what if what in _KEYED else "")
    return Item(what, key, joined(block.text("text").split("\n")), digest, Position(unit[1], int(line)),
                (spot,) if spot else (), (theme,) if theme else ())


def _standings(block: Record, found: Collector) -> tuple[Standing, ...]:
    standings = []
    for group in filter(None, block.text("at").split(";")):
        try:
            page, x, y, lines = group.split()
            standings.append(Standing(page, float(x), float(y), int(lines)))
        except ValueError:
            message = f"'{group.strip()}' is no place on a page"
            found.error("run-damaged", message, block.place("at"), "restore the record")
    return tuple(standings)


def _facts(
    record: Record, path: Path, whereabouts: dict[str, tuple[Standing, ...]], found: Collector
) -> tuple[Item, ...]:
    items = []
    for number, datum in enumerate(record.data.get("facts", ())):
        match = _FACT.fullmatch(datum.text)
        if match is None:
            found.error("run-damaged", "this is no line of a fact", datum.position, "restore the record")
            continue
        spot, pages = f"facts/{number}", sorted(match[3].split(), key=page_order)
        whereabouts[spot] = tuple(Standing(page, -1, -1) for page in pages)
        items.append(Item("fact", match[1], match[4], match[2], Position(path), (spot,) if pages else ()))
    return tuple(items)
