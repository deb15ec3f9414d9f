"""The content folder → a frozen ``Booklet``, or every finding that keeps us from one.

In come the folder and the palette's theme colours, out go the booklet and the findings, sorted by place. After it,
nobody opens a content file again. It refuses to know templates, styles and PDF.
"""

import posixpath
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from booklet.charts import find_spots, read_chart
from booklet.claims import CODE, bare_in_lines, bare_numbers, units_of
from booklet.collector import Collector, has_errors
from booklet.contents import LISTS, RESERVED, Contents, Part, read_contents
from booklet.courses import read_teaching
from booklet.crossrefs import Places, places_of, resolve
from booklet.drawings import Image
from booklet.findings import Finding, Position
from booklet.graphs import Spot
from booklet.letters import guess, quoted
from booklet.lexicon import read_exceptions
from booklet.memory import Memory, Only
from booklet.model import Article, Booklet, Example, Limits, Picture, Theme
from booklet.pictures import MEDIA, inspect_picture
from booklet.pieces import Piece, article_of
from booklet.registers import Registers, check_source, read_record, read_registers
from booklet.shapes import Record
from booklet.source import PICTURE_LIMIT, Shelf, open_shelf, read_bytes, read_text
from booklet.terms import read_print_order
from booklet.waivers import apply, read_waivers

_CLAIMING = ("lead", "points", "questions")
"""What a reader takes for true although it stands in YAML."""


def read(
    root: Path, colours: frozenset[str] | None, memory: Memory | None = None
) -> tuple[Booklet | None, tuple[Finding, ...]]:
    """Return the booklet of a folder, None when there are errors, and everything that is to be said about it."""
    found = Collector()
    shelf = open_shelf(root, found, memory)
    return (None, found.findings) if shelf is None else read_shelf(shelf, colours, found)


def read_shelf(
    shelf: Shelf, colours: frozenset[str] | None, found: Collector
) -> tuple[Booklet | None, tuple[Finding, ...]]:
    """Return the booklet of a shelf, wherever its files lie, and everything that is to be said about it."""
    registers = read_registers(shelf, found)
    contents = read_contents(shelf, colours, found)
    pieces = contents.pieces()
    more = _check_addresses(shelf, contents, found)
    places = shelf.memory.same(Places, places_of(pieces, more, shelf.files, contents.sure))
    resolved = {piece.name: _resolve_once(shelf, piece, places, registers, found) for piece in pieces}
    _check_sources(pieces, registers, found)
    _check_claims(shelf, contents, resolved.values(), shelf.memory.once(_units, Only(registers)), found)
    order, words = read_print_order(shelf, found), read_exceptions(shelf, found)
    guides, courses = read_teaching(shelf, contents, found)
    wanted = _wanted_pictures(shelf, contents, resolved.values(), found)
    pictures = [_read_picture(shelf, name, place, found) for name, place in wanted.items()]
    charts = [read_chart(shelf, name, registers, found) for name in _shown(resolved.values(), "chart")]
    if contents.sure and all(piece.whole for piece in pieces):
        _report_unused(shelf, found)
    findings = found.findings
    if has_errors(findings):
        return None, findings
    booklet = _booklet(shelf.memory, contents, resolved, registers)
    drawn, files = tuple(filter(None, charts)), tuple(sorted(shelf.blobs.items()))
    teaching = replace(booklet, guides=guides, courses=courses, files=files)
    shown = tuple(filter(None, pictures))
    return replace(teaching, print_order=order, hyphenation=words, charts=drawn, pictures=shown), findings


def _resolve_once(shelf: Shelf, piece: Piece, places: Places, registers: Registers, found: Collector) -> Piece:
    resolved, findings = shelf.memory.once(_resolve, Only(piece), Only(places), Only(registers))
    found.add(findings)
    return resolved


def _resolve(piece: Piece, places: Places, registers: Registers) -> tuple[Piece, tuple[Finding, ...]]:
    found = Collector()
    return resolve(piece, places, registers, found), found.findings


def _check_addresses(shelf: Shelf, contents: Contents, found: Collector) -> dict[str, str]:
    """Report two things at one address; return the addresses of what is no piece."""
    more = {f"themes/{part.id}/theme.yaml": part.id for part in contents.parts}
    more |= {f"{part}.yaml": part for part in contents.back if isinstance(part, str)}
    taken = {address: name for name, address in more.items()} | {name: f"{name}.yaml" for name in LISTS}
    taken |= dict.fromkeys(RESERVED, "a page that the program adds")
    for piece in contents.pieces():
        if piece.address in taken:
            message = f"the address '{piece.address}' belongs to '{taken[piece.address]}' already"
            found.error("address-clash", message, Position(shelf.path(piece.name)), "rename the file")
        taken.setdefault(piece.address, piece.name)
    return more


def _check_sources(pieces: Iterable[Piece], registers: Registers, found: Collector) -> None:
    known = None if registers.sources is None else set(registers.sources)
    for piece in pieces:
        if piece.record:
            check_source(piece.record, "sources", known, found)
            _spots(piece.record, registers, found)


def _spots(record: Record, registers: Registers, found: Collector) -> tuple[Spot, ...]:
    return tuple(find_spots(record, "places", registers, found))


def _check_claims(
    shelf: Shelf, contents: Contents, pieces: Iterable[Piece], units: frozenset[str], found: Collector
) -> None:
    """Report the numbers that nobody vouches for, but for those that an author waives."""
    for piece in pieces:
        waivers = [waiver for waiver in piece.waivers if waiver.code == CODE]
        bare = [*shelf.memory.once(_bare, Only(piece), units)]
        if len(bare) + len(waivers):
            text = read_text(shelf, piece.name, Collector()) or ""
            bare = [*bare_in_lines(_plain_lines(piece.record), units), *bare_numbers(piece.prose, units, text)]
            found.add(apply(bare, waivers, {CODE: ""}, all_judged=piece.whole)[0])
    for part in contents.parts:
        if bare := [*bare_in_lines(_plain_lines(part.record), units)]:
            name = f"themes/{part.id}/theme.yaml"
            waivers = read_waivers(read_text(shelf, name, Collector()) or "", shelf.path(name), ())
            mine = [waiver for waiver in waivers if waiver.code == CODE]
            found.add(apply(bare, mine, {CODE: ""}, all_judged=True)[0])


def _units(registers: Registers) -> frozenset[str]:
    return units_of((registers.facts or {}).values())


def _bare(piece: Piece, units: frozenset[str]) -> tuple[Finding, ...]:
    return *bare_in_lines(_plain_lines(piece.record), units), *bare_numbers(piece.prose, units)


def _plain_lines(record: Record | None) -> Iterator[tuple[str, Position]]:
    """Yield the lines of a record that claim something, and where they stand."""
    for key in _CLAIMING if record else ():
        yield from ((datum.text, datum.position) for datum in (record.data.get(key, ()) if record else ()))


def _wanted_pictures(
    shelf: Shelf, contents: Contents, pieces: Iterable[Piece], found: Collector
) -> dict[str, Position]:
    """Return each picture that is used, and where first."""
    wanted: dict[str, Position] = {}
    for record, key in ((contents.record, "cover"), *((part.record, "picture") for part in contents.parts)):
        if record and record.text(key) and _is_picture_there(shelf, record.text(key), record.place(key), found):
            wanted.setdefault(record.text(key), record.place(key))
    for name, place in _shown(pieces, "picture").items():
        wanted.setdefault(name, place)
    return wanted


def _shown(pieces: Iterable[Piece], kind: str) -> dict[str, Position]:
    """Return each file that texts show as a picture or chart, and where first."""
    shown: dict[str, Position] = {}
    for piece in pieces:
        for reference in piece.prose.references:
            if reference.kind == kind and reference.target:
                shown.setdefault(reference.target, reference.position)
    return shown


def _is_picture_there(shelf: Shelf, name: str, place: Position, found: Collector) -> bool:
    """Report a picture, named by its path from the content folder, that is not in it."""
    if posixpath.normpath(name).startswith(("/", "..")) or "\\" in name:
        message = f"{quoted(name)} leads out of the content folder"
        found.error("outside-content", message, place, "write a path from the content folder")
        return False
    if name not in shelf.files:
        hint = guess(name, filter(_is_picture, shelf.files)) or "write a path from the content folder"
        found.error("picture-missing", f"there is no picture {quoted(name)}", place, hint)
        return False
    return True


def _read_picture(shelf: Shelf, name: str, place: Position, found: Collector) -> Picture | None:
    """Return a picture with its side file."""
    content = read_bytes(shelf, name, PICTURE_LIMIT, found)
    image = None if content is None else _inspect(shelf, shelf.path(name), content, found)
    side = PurePosixPath(name).with_suffix(".yaml").as_posix()
    if side not in shelf.files:
        message = f"the picture '{name}' has no side file"
        found.error("picture-side-file", message, place, f"write '{side}' with alt, credit and licence")
        return None
    at = Position(shelf.path(side))
    record = read_record(shelf, side, "picture", found)
    if record is None or image is None or content is None:
        return None
    text = record.text
    shown = Picture(name, image.media, content, text("alt"), text("caption"), text("credit"), text("licence"), at)
    return shelf.memory.same(name, shown)


def _inspect(shelf: Shelf, path: Path, content: bytes, found: Collector) -> Image | None:
    return shelf.memory.recall(Image, (str(path), content), found, partial(inspect_picture, content, path))


def _is_picture(name: str) -> bool:
    return posixpath.splitext(name)[1].lower() in MEDIA


def _report_unused(shelf: Shelf, found: Collector) -> None:
    # Who mistypes a picture's name does not use the picture and its side file; that is said already.
    missing = any(finding.code == "picture-missing" for finding in found.findings)
    pictures = {posixpath.splitext(name)[0] for name in shelf.files if _is_picture(name)}
    for name in sorted(set(shelf.files) - shelf.asked - shelf.refused):
        if missing and posixpath.splitext(name)[0] in pictures:
            continue
        message = f"nothing uses '{name}'"
        found.warning("unused-file", message, Position(shelf.path(name)), "list or link it, or remove it")


def _booklet(memory: Memory, contents: Contents, pieces: dict[str, Piece], registers: Registers) -> Booklet:
    record = contents.record
    assert record is not None
    text, themes = record.text, enumerate(contents.parts, 1)

    def article(piece: Piece) -> Article:
        return memory.once(article_of, Only(pieces[piece.name]))

    def example(piece: Piece) -> Example:
        return memory.once(_example, Only(article(piece)), Only(pieces[piece.name]), Only(registers))

    return Booklet(
        slug=text("slug"), kicker=text("kicker"), title=text("title"), subtitle=text("subtitle"), short=text("short"),
        language=text("language"), edition=text("edition"), published=text("published"),
        publishers=record.texts("publishers"), isbn=text("isbn"), url=text("url"),
        short_url=text("short_url"), cover=text("cover"),
        blurb=text("blurb"),
        colophon=tuple((line.text("label"), line.text("text")) for line in record.parts["colophon"]),
        front=tuple(map(article, contents.front)),
        themes=tuple(_theme(part, number, article, tuple(map(example, part.examples))) for number, part in themes),
        back=tuple(part if isinstance(part, str) else article(part) for part in contents.back),
        facts=tuple((registers.facts or {}).values()),
        sources=tuple((registers.sources or {}).values()),
        glossary=tuple((registers.glossary or {}).values()),
        pictures=(),
        position=record.place("slug"), budget=int(text("budget") or 0),
        typography_off=record.texts("typography-off"), limits=_limits(record),
    )


def _limits(record: Record) -> Limits:
    """Return the thresholds of a revision, those that are not told as they are by default."""
    told = record.parts.get("revision", ())
    names = {name: name.replace("_", "-") for name in Limits.__struct_fields__}
    return Limits(**{name: int(one.text(key)) for one in told for name, key in names.items() if one.text(key)})


def _theme(part: Part, number: int, article: Callable[[Piece], Article], examples: tuple[Example, ...]) -> Theme:
    record = part.record
    assert record is not None and part.text is not None
    return Theme(
        part.id, number, record.text("title"), record.text("short"), record.text("lead"), record.text("colour"),
        record.texts("points"), article(part.text), examples,
        record.texts("questions"), record.place("title"), record.text("picture"),
    )


def _example(article: Article, piece: Piece, registers: Registers) -> Example:
    record = piece.record
    assert record is not None
    text = record.text
    return Example(
        article, text("municipality"), text("county"), text("period"), record.texts("partners"),
        record.texts("sources"), text("approval"), _spots(record, registers, Collector()),
    )
