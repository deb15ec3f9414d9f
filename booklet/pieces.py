"""A Markdown file with front matter → a piece: what it says about itself, and its body set.

In comes the name of a file on the shelf, out goes a piece whose references still say what the author wrote.
It refuses to know registers and other files.
"""

import re
from collections.abc import Callable, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from booklet.collector import Collector
from booklet.composition import set_prose
from booklet.findings import Position
from booklet.manuscript import Line, split
from booklet.memory import Memory
from booklet.model import Article, Prose
from booklet.nodes import read_nodes
from booklet.shapes import Record, check_record
from booklet.source import TEXT_LIMIT, Shelf, read_bytes, read_letters
from booklet.waivers import Waiver, read_waivers

_KEY = re.compile(r"[a-z_]+:(?: |$)")


class Piece(Struct, frozen=True):
    """A Markdown file, read."""

    name: str
    """Its path from the content folder."""
    address: str
    record: Record | None
    """The front matter; None when it cannot be read."""
    prose: Prose
    whole: bool
    """False when a fault hides a part of the body."""
    position: Position
    waivers: tuple[Waiver, ...] = ()
    """What the author says about faults that are to stay."""


def read_piece(shelf: Shelf, name: str, address: str, found: Collector, *, shape: str) -> Piece:
    """Return a Markdown file with a front matter of some shape."""
    top = Position(shelf.path(name))
    content, nothing = read_bytes(shelf, name, TEXT_LIMIT, found), Piece(name, address, None, Prose(), False, top)
    if content is None:
        return nothing
    parts = name, address, shape, str(top.path), content
    read = partial(_read_content, content, replace(nothing, whole=True), partial(_recall_front, shelf.memory, shape))
    return shelf.memory.recall(Piece, parts, found, read) or nothing


Front = Callable[[Sequence[Line], Position, Collector], Record | None]


def _read_content(content: bytes, blank: Piece, read_front: Front, found: Collector) -> Piece:
    """Return a piece filled with what its file holds."""
    name, address, top = blank.name, blank.address, blank.position
    text = read_letters(content, top.path, found)
    if text is None:
        return Piece(name, address, None, Prose(), False, top)
    lines = split(text.removesuffix("\n"), top.path)
    front = _find_front(lines, found)
    if front is None:
        return Piece(name, address, None, Prose(), False, top)
    start, end = front
    record = read_front(lines[start:end], top, found) if end else None
    body = lines[end + 1 :] if end else lines
    before = len(found)
    setting = set_prose(body, address, found)
    empty = not setting.prose.blocks and len(found) == before
    if empty:
        found.error("empty-text", "a front matter without a text below it", top, "write the text or remove the file")
    starts = [block.position.line for block in setting.prose.blocks] if "lint:" in text else []
    waivers = tuple(read_waivers(text, top.path, starts)) if "lint:" in text else ()
    return Piece(name, address, record, setting.prose, setting.whole and not empty, top, waivers)


def article_of(piece: Piece) -> Article:
    """Return a piece that has no errors as an article."""
    record = piece.record
    assert record is not None
    return Article(piece.address, record.text("title"), record.text("lead"), piece.prose, record.place("title"))


def _find_front(lines: Sequence[Line], found: Collector) -> tuple[int, int] | None:
    """Return the first line of the front matter and the line that closes it; None when it hides the text."""
    filled = next(line.number for line in lines if not line.blank) - 1
    opened = lines[filled].text.rstrip() == "---"
    end = next((i for i in range(filled + 1, len(lines)) if lines[i].text.rstrip() == "---"), None)
    if opened and end is None:
        message = "the front matter begins but never closes"
        found.error("unclosed-front-matter", message, lines[filled].at(), "close it with a line '---'")
        return None
    if opened and filled == 0 and end is not None:
        return 1, end
    message, hint = "the file does not begin with a front matter", "begin it with '---', 'title: …', '---'"
    found.error("missing-front-matter", message, lines[0].at(), hint)
    if end is not None and (opened or _KEY.match(lines[filled].text)):
        return filled + opened, end
    return 0, 0


def _recall_front(
    memory: Memory, shape: str, lines: Sequence[Line], top: Position, found: Collector
) -> Record | None:
    """Return a front matter; who edits the text below it leaves it as it was."""
    text, first = "".join(f"{line.text}\n" for line in lines), lines[0].number if lines else 1
    read = partial(_read_front, text, first, shape, top)
    return memory.recall(Record, ("front matter", shape, str(top.path), str(first), text), found, read)


def _read_front(text: str, first: int, shape: str, top: Position, found: Collector) -> Record | None:
    before = len(found)
    node = read_nodes(text, top.path, found, first)
    if node is None:
        if len(found) == before:
            found.error("missing-key", "the front matter is empty", top, "add 'title: …'")
        return None
    return check_record(shape, node, found, top)
