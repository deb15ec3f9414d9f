"""A Markdown file with front matter → a piece: what it says about itself, and its body set.

In comes the name of a file on the shelf, out goes a piece whose references still say what the author wrote.
It refuses to know registers and other files.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from booklet.collector import Collector
from booklet.composition import set_prose
from booklet.findings import Position
from booklet.manuscript import Line, split
from booklet.model import Article, Prose
from booklet.nodes import read_nodes
from booklet.shapes import Record, check_record
from booklet.source import Shelf, read_text


@dataclass(frozen=True, slots=True)
class Piece:
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


def read_piece(shelf: Shelf, name: str, address: str, shape: str, found: Collector) -> Piece:
    """Return a Markdown file with a front matter of some shape."""
    top = Position(shelf.path(name))
    text = read_text(shelf, name, found)
    if text is None:
        return Piece(name, address, None, Prose(), False, top)
    lines = split(text.removesuffix("\n"), top.path)
    end = _front_end(lines, found)
    if end is None:
        return Piece(name, address, None, Prose(), False, top)
    record = _read_front(lines[:end], shape, found) if end else None
    setting = set_prose(lines[end:], address, found)
    if not setting.prose.blocks and all(line.blank for line in lines[end:]):
        found.error("empty-text", "a front matter without a text below it", top, "write the text or remove the file")
    return Piece(name, address, record, setting.prose, setting.whole, top)


def article_of(piece: Piece) -> Article:
    """Return a piece that has no errors as an article."""
    record = piece.record
    assert record is not None
    return Article(piece.address, record.text("title"), record.text("lead"), piece.prose, record.place("title"))


def _front_end(lines: Sequence[Line], found: Collector) -> int | None:
    """Return the number of lines of the front matter, or None when it hides the text."""
    if lines[0].text.rstrip() != "---":
        message, hint = "the file does not begin with a front matter", "begin it with '---', 'title: …', '---'"
        found.error("missing-front-matter", message, lines[0].at(), hint)
        return 0
    end = next((i for i, line in enumerate(lines) if i and line.text.rstrip() == "---"), None)
    if end is None:
        message = "the front matter begins but never closes"
        found.error("unclosed-front-matter", message, lines[0].at(), "close it with a line '---'")
        return None
    return end + 1


def _read_front(lines: Sequence[Line], shape: str, found: Collector) -> Record | None:
    text = "\n".join(line.text for line in lines[1:-1]) + "\n"
    before = len(found)
    node = read_nodes(text, lines[0].path, found, 2)
    if node is None:
        if len(found) == before:
            found.error("missing-key", "the front matter is empty", lines[0].at(), "add 'title: …'")
        return None
    return check_record(shape, node, found, lines[0].at())
