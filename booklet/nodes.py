"""The only door to PyYAML: text → a tree of scalars, mappings and sequences that know their places.

In comes the text of a YAML file or a front matter, out goes a tree in which every scalar is what the author wrote.
It refuses to know keys and types. Anchors, aliases, tags, directives and second documents are findings.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from booklet.collector import Collector
from booklet.findings import Position
from booklet.letters import FORBIDDEN, describe, quoted

if TYPE_CHECKING:
    import yaml

DEEPEST = 8
"""Our deepest file has three levels."""
_ADVICE = (
    ("mapping values are not allowed", "put a text that holds ': ' in double quotes"),
    ("cannot start any token", "put a text that begins with a special sign in double quotes; indent with spaces"),
    ("could not find expected ':'", "write 'key: value'; indent the following lines of a long text"),
    ("end of stream", "close the quote or bracket"),
    ("expected <block end>", "check the indentation and the quotes of this line and the one above"),
    ("expected ',' or", "close the bracket, or put commas between the items"),
    ("unknown escape", "write a backslash twice within double quotes, or use single quotes"),
    ("expected alphabetic or numeric", "put a text that begins with '*' or '&' in double quotes"),
    ("undefined tag handle", "put a text that begins with '!' in double quotes"),
)


class Scalar(Struct, frozen=True):
    """A text, whatever it looks like."""

    text: str
    position: Position
    plain: bool = True
    """Written without quotes: only then can it be empty in the sense of absent."""


class Sequence(Struct, frozen=True):
    """A list."""

    items: tuple["Node", ...]
    position: Position


class Mapping(Struct, frozen=True):
    """Keys with their values, no key twice."""

    pairs: tuple[tuple[Scalar, "Node"], ...]
    position: Position


class Hole(Struct, frozen=True):
    """Stands for something that a finding has been written about, so that nobody reports it again."""

    position: Position


Node = Scalar | Sequence | Mapping | Hole


@cache
def _yaml() -> Any:
    """Return PyYAML, once there is a text to be read."""
    return import_module("yaml")


def _loader() -> Any:
    """Return the C parser where PyYAML has one: ten times as fast."""
    return getattr(_yaml(), "CSafeLoader", _yaml().SafeLoader)


class _Stop(Exception):
    """Ends the reading of a tree about which everything has been said."""


def read_nodes(text: str, path: Path, found: Collector, first: int = 1) -> Node | None:
    """Return the tree of a text whose first line is line ``first`` of the file; None when empty or broken."""
    composer = _Composer(text, path, first, found)
    try:
        return composer.document()
    except _yaml().MarkedYAMLError as problem:
        composer.report(problem)
    except _yaml().reader.ReaderError as problem:
        line = text.count("\n", 0, problem.position) + first
        found.error("yaml-syntax", f"broken YAML: {problem.reason}", Position(path, line), "remove the character")
    except _Stop:
        return None  # what stopped the composer is told already
    return None


class _Composer:
    """Builds the tree from the parser's events, which still show what composing would hide."""

    def __init__(self, text: str, path: Path, first: int, found: Collector) -> None:
        self._parts = _yaml()
        self._events: Iterator[yaml.Event] = iter(self._parts.parse(text, Loader=_loader()))
        self._path, self._first, self._found = path, first, found
        self._anchors: set[str] = set()
        self._quoted: yaml.ScalarEvent | None = None
        """The last quoted text that runs over several lines: where it closes may be the next text's opening quote."""

    def document(self) -> Node | None:
        """Return the only document of the stream."""
        tree: Node | None = None
        documents = 0
        for event in self._events:
            if isinstance(event, _yaml().DocumentStartEvent):
                documents += 1
                self._check_start(event, documents)
                continue
            if isinstance(event, _yaml().StreamStartEvent | _yaml().StreamEndEvent | _yaml().DocumentEndEvent):
                continue
            node = self._node(event, 1)
            tree = node if documents == 1 else tree
        if isinstance(tree, Scalar) and tree.plain and not tree.text:
            return None
        return tree

    def report(self, problem: "yaml.MarkedYAMLError") -> None:
        """Report broken syntax where its cause stands."""
        words = re.sub(r"\s+", " ", problem.problem or problem.context or "cannot be read")
        # An unclosed quote or bracket is noticed at the end of the file, but stands where it was opened.
        opened = problem.context_mark if "end of stream" in words else None
        mark = opened or problem.problem_mark or problem.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        hint = next((advice for sign, advice in _ADVICE if sign in words), "check the quotes and the indentation")
        quoted_text = self._quoted
        if quoted_text and quoted_text.end_mark and quoted_text.end_mark.line == line:
            place, hint = self._at(quoted_text), "close the quote that opens here"
        else:
            place = Position(self._path, line + self._first, column + 1)
        self._found.error("yaml-syntax", f"broken YAML: {words}", place, hint)

    def _check_start(self, event: "yaml.DocumentStartEvent", documents: int) -> None:
        if event.version or event.tags:
            self._found.error("yaml-tag", "a YAML directive", self._at(event), "remove the line that begins with '%'")
        if documents == 2:
            self._found.error("yaml-documents", "a second document begins", self._at(event), "remove the line '---'")
            raise _Stop

    def _at(self, event: "yaml.Event") -> Position:
        mark = event.start_mark
        assert mark is not None
        return Position(self._path, mark.line + self._first, mark.column + 1)

    def _node(self, event: Any, depth: int) -> Node:
        if depth > DEEPEST:
            message = f"nested more than {DEEPEST} levels deep"
            self._found.error("yaml-depth", message, self._at(event), "write it flatter")
            raise _Stop
        if isinstance(event, self._parts.AliasEvent):
            return self._alias(event)
        marked = bool(event.anchor or event.tag) and self._report_marks(event)
        node: Node
        if isinstance(event, self._parts.ScalarEvent):
            node = self._scalar(event)
        elif isinstance(event, self._parts.SequenceStartEvent):
            node = Sequence(tuple(self._items(depth)), self._at(event))
        else:
            node = Mapping(tuple(self._pairs(depth)), self._at(event))
        return Hole(node.position) if marked else node

    def _alias(self, event: "yaml.AliasEvent") -> Node:
        name = event.anchor
        if name not in self._anchors or f"*{name}" not in self._anchors:
            message = f"the alias '*{name}'"
            hint = "write the value itself; put a text that begins with '*' in quotes"
            self._found.error("yaml-anchor", message, self._at(event), hint)
        self._anchors.add(f"*{name}")
        return Hole(self._at(event))

    def _report_marks(self, event: Any) -> bool:
        """Report an anchor or a tag; return whether the value itself may not be trusted."""
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor:
            self._anchors.add(anchor)
            hint = "write the value at each place; put a text that begins with '&' in quotes"
            self._found.error("yaml-anchor", f"the anchor '&{anchor}'", self._at(event), hint)
        if tag:
            short = tag.replace("tag:yaml.org,2002:", "!!")
            hint = "remove it; put a text that begins with '!' in quotes"
            self._found.error("yaml-tag", f"the tag {quoted(short)}", self._at(event), hint)
        return bool(tag or anchor)

    def _scalar(self, event: "yaml.ScalarEvent") -> Node:
        start, end = event.start_mark, event.end_mark
        if event.style in ("'", '"') and start and end and start.line < end.line:
            self._quoted = event
        bad = FORBIDDEN.search(event.value)
        if bad:
            message = f"an escape makes the character {describe(bad[0])}"
            self._found.error("control-character", message, self._at(event), "remove the escape")
            return Hole(self._at(event))
        return Scalar(event.value, self._at(event), not event.style)

    def _items(self, depth: int) -> Iterator[Node]:
        for event in self._events:
            if isinstance(event, self._parts.SequenceEndEvent):
                return
            yield self._node(event, depth + 1)

    def _pairs(self, depth: int) -> Iterator[tuple[Scalar, Node]]:
        seen: dict[str, int] = {}
        for event in self._events:
            if isinstance(event, self._parts.MappingEndEvent):
                return
            key = self._node(event, depth + 1)
            value = self._node(next(self._events), depth + 1)
            if not isinstance(key, Scalar) or not key.text or (key.text == "<<" and isinstance(value, Hole)):
                if not isinstance(key, Hole) and not isinstance(value, Hole):
                    self._found.error("yaml-key", "a key that is no word", key.position, "write 'key: value'")
                continue
            if key.text in seen:
                message = f"the key {quoted(key.text)} stands here again, first in line {seen[key.text]}"
                self._found.error("duplicate-key", message, key.position, "remove one of the two")
                continue
            seen[key.text] = key.position.line
            yield key, value
