"""Our Markdown dialect → a ``Prose`` of blocks in inert HTML.

In come the lines of a body and its address, out go blocks with their places, references and findings. Every element
within a block says in ``data-l`` how many lines below the block's first it stands. It refuses to know files.
"""

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from booklet.blocks import outline
from booklet.collector import Collector
from booklet.entities import escape
from booklet.findings import Position
from booklet.letters import quoted, slug
from booklet.manuscript import CLOSE, OPEN, Line, Node, Phrase
from booklet.markup import Setter, plain
from booklet.model import Block, Prose
from booklet.passages import scan
from booklet.tables import Row, Table, read_table

_PLACEHOLDER = re.compile(f"{OPEN}\\d+{CLOSE}")
_KINDS = {"table": "table", "figures": "figures"}
_CHART = '<figure class="chart">'


class Setting(Struct, frozen=True):
    """A body set, and whether all of it could be seen."""

    prose: Prose
    whole: bool
    """False when a fault hides a part, so that nothing may be said about missing anchors."""


def set_prose(lines: Sequence[Line], address: str, found: Collector) -> Setting:
    """Return the blocks and references of a body that stands at an address."""
    parts = outline(_without_tabs(lines, found), found)
    setter = Setter(parts.footnotes, parts.whole, found)
    compositor = _Compositor(address, setter, found)
    blocks = tuple(compositor.block(node) for node in parts.nodes)
    setter.check_footnotes()
    _check_levels(blocks, found)
    return Setting(Prose(blocks, tuple(setter.references)), parts.whole)


def _without_tabs(lines: Sequence[Line], found: Collector) -> Sequence[Line]:
    """Report the first tab: how far it indents is another matter in every editor."""
    tabbed = [line for line in lines if "\t" in line.text]
    if tabbed:
        more = f", in {len(tabbed)} lines" if len(tabbed) > 1 else ""
        place = tabbed[0].at(tabbed[0].text.index("\t"))
        found.error("tab", f"a tab{more}", place, "write spaces")
    # One space for each, so that columns stay true and no second fault is made of it.
    return [replace(line, text=line.text.replace("\t", " ")) for line in lines] if tabbed else lines


class _Compositor:
    """Sets the blocks of one body."""

    def __init__(self, address: str, setter: Setter, found: Collector) -> None:
        self._address, self._setter, self._found = address, setter, found
        self._first = 0
        self._anchors: dict[str, int] = {}

    def block(self, node: Node) -> Block:
        """Return a top-level block."""
        self._first = node.at.line
        anchor = self._anchor(node)
        picture = self._picture(node)
        if picture.startswith(_CHART):
            return self._chart(node, picture)
        if picture:
            return Block("picture", picture, plain(picture), node.at)
        ready = self._html(node, f' id="{anchor}"' if anchor else "")
        kind = node.kind if node.kind != "box" else _KINDS.get(node.label, "box")
        return Block(kind, ready, plain(ready), node.at, anchor, node.level)

    def _anchor(self, node: Node) -> str:
        """Return the address of a heading or of a box with an id."""
        name = node.id
        if node.kind == "heading" and not name and node.words:
            name = slug(plain(self._setter.weave(scan(node.words, Collector()), trial=True)))
            if not name:
                hint = "add an id: '## Heading {#some-id}'"
                self._found.error("empty-heading", "a heading without a letter or digit", node.at, hint)
        if not name:
            return ""
        if name in self._anchors:
            message = f"the id {quoted(name)} stands in line {self._anchors[name]} already"
            hint = "give the heading another id: '## Heading {#some-id}'"
            self._found.error("duplicate-id", message, node.at, hint)
        self._anchors.setdefault(name, node.at.line)
        return f"{self._address}.{name}"

    def _picture(self, node: Node) -> str:
        """Return a paragraph that is one picture as a figure."""
        if node.kind != "paragraph" or node.words is None or "![" not in node.words.text:
            return ""
        phrase = scan(node.words, Collector())
        if len(phrase.tokens) != 1 or phrase.tokens[0].kind != "picture":
            return ""
        if _PLACEHOLDER.sub("", phrase.text).strip():
            return ""
        token = scan(node.words, self._found).tokens[0]
        if token.target.endswith(".yaml"):
            return f'{_CHART}{self._setter.mark(replace(token, kind="chart"), "")}</figure>'
        return f'<figure class="picture">{self._setter.mark(token, "")}</figure>'

    def _chart(self, node: Node, html: str) -> Block:
        """Return a figure drawn from data, at the address that its file's name makes."""
        target = self._setter.references[-1].target
        anchor = self._anchor(replace(node, id=slug(target.rpartition("/")[2].removesuffix(".yaml"))))
        identity = f' id="{anchor}"' if anchor else ""
        return Block("chart", html.replace(_CHART, f'<figure class="chart"{identity}>', 1), "", node.at, anchor)

    def _html(self, node: Node, identity: str = "") -> str:
        match node.kind:
            case "heading":
                return f"<h{node.level}{identity}>{self._setter.words(node.words, 'heading')}</h{node.level}>"
            case "paragraph":
                figure = self._picture(node)
                return figure or f"<p{self._line(node.at)}>{self._setter.words(node.words)}</p>"
            case "list":
                items = "".join(self._item(item) for item in node.children)
                return f"<{node.label}>{items}</{node.label}>"
            case "quote":
                return f"<blockquote>{self._children(node)}</blockquote>"
            case "definitions":
                return f"<dl>{self._children(node)}</dl>"
            case "term":
                return f"<dt{self._line(node.at)}>{self._setter.words(node.words)}</dt>"
            case "meaning":
                return f"<dd{self._line(node.at)}>{self._inside(node)}</dd>"
            case _:
                return self._box(node, identity)

    def _children(self, node: Node) -> str:
        return "".join(self._html(child) for child in node.children)

    def _item(self, node: Node) -> str:
        return f"<li{self._line(node.at)}>{self._inside(node)}</li>"

    def _inside(self, node: Node) -> str:
        """Return what stands in an item: one paragraph needs no tags of its own."""
        paragraphs = [child for child in node.children if child.kind == "paragraph"]
        if len(paragraphs) != 1 or node.children[0] is not paragraphs[0] or self._is_picture(paragraphs[0]):
            return self._children(node)
        return self._setter.words(paragraphs[0].words) + "".join(self._html(child) for child in node.children[1:])

    def _is_picture(self, node: Node) -> bool:
        return bool(node.words and re.fullmatch(r"!\[[^\]]*\]\([^)]*\)", node.words.text.strip()))

    def _line(self, at: Position) -> str:
        below = at.line - self._first
        return f' data-l="{below}"' if below > 0 else ""

    def _box(self, node: Node, identity: str) -> str:
        if node.label == "table":
            return self._table(node, identity)
        title = f'<p class="box-title">{self._setter.words(node.words)}</p>'
        if node.label == "figures":
            return f'<div class="key-figures"{identity}>{title}<ul>{self._figures(node)}</ul></div>'
        return f'<aside class="box {escape(node.label)}"{identity}>{title}{self._children(node)}</aside>'

    def _figures(self, node: Node) -> str:
        """Return the items of a box of key figures, the first fact of each before the rest."""
        if node.children and [child.kind for child in node.children] != ["list"]:
            hint = "write one list, an item a figure"
            self._found.error("key-figure", "a box of key figures that is not one list", node.children[0].at, hint)
            self._children(node)
            return ""
        items = node.children[0].children if node.children else ()
        return "".join(self._figure(item) for item in items)

    def _figure(self, item: Node) -> str:
        if [child.kind for child in item.children] not in (["paragraph"], []):
            hint = "write one paragraph an item"
            self._found.error("key-figure", "a key figure that is more than a paragraph", item.at, hint)
        words = item.children[0].words if item.children else None
        if words is None:
            return ""
        phrase = scan(words, self._found)
        number = next((i for i, token in enumerate(phrase.tokens) if token.kind == "fact"), None)
        if number is None:
            hint = "write '[65,0 prosent](fact:some-id)'"
            self._found.error("key-figure", "a key figure without a fact", item.at, hint)
            return ""
        figure = self._setter.weave(Phrase(f"{OPEN}{number}{CLOSE}", phrase.tokens, phrase.at))
        before, _, after = phrase.text.partition(f"{OPEN}{number}{CLOSE}")
        rest = Phrase(re.sub(r"\s+", " ", f"{before.rstrip()} {after.lstrip()}").strip(), phrase.tokens, phrase.at)
        opening = f'<li{self._line(item.at)}><span class="figure">{figure}</span>'
        return f'{opening} <span class="figure-text">{self._setter.weave(rest)}</span></li>'

    def _table(self, node: Node, identity: str) -> str:
        title = self._setter.words(node.words)
        table = read_table(node.lines, node.at, self._found)
        if table is None:
            return ""
        head = "".join(f'<th scope="col"{self._number(table, i)}>{self._setter.words(cell)}</th>'
                       for i, cell in enumerate(table.header.cells))
        body = "".join(self._row(row, table) for row in table.rows)
        source = "".join(f'<p class="source"{self._line(words.at(0))}>{self._setter.words(words)}</p>'
                         for words in table.source)
        return (
            f'<figure class="table"{identity}><figcaption>{title}</figcaption><table>'
            f"<thead><tr{self._line(table.header.at)}>{head}</tr></thead><tbody>{body}</tbody></table>{source}</figure>"
        )

    def _row(self, row: Row, table: Table) -> str:
        cells = []
        for i, cell in enumerate(row.cells):
            opening, name = ('th scope="row"', "th") if i == 0 else (f"td{self._number(table, i)}", "td")
            cells.append(f"<{opening}>{self._setter.words(cell)}</{name}>")
        return f"<tr{self._line(row.at)}>{''.join(cells)}</tr>"

    def _number(self, table: Table, column: int) -> str:
        return ' class="number"' if column < len(table.numbers) and table.numbers[column] else ""


def _check_levels(blocks: Sequence[Block], found: Collector) -> None:
    """Report headings that skip a level: a reader, and PDF/UA-1 §7.4.2, expect none."""
    level = 1
    for block in blocks:
        if block.level > level + 1:
            message = f"a heading of level {block.level} after one of level {level}"
            if level == 1:
                message = f"the first heading is of level {block.level}"
            found.error("heading-skips", message, block.position, f"write '{'#' * (level + 1)}'")
        level = block.level or level
