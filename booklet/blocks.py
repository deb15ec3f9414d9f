"""Takes a Markdown body apart into blocks: headings, paragraphs, lists, quotes, definitions, boxes, footnotes.

In come lines, out goes an outline whose every node knows its place. It refuses to know what stands within a line
(phrases) and how it looks (markup). Python-Markdown's own block stage keeps no line numbers and turns what it does
not understand into text; here what is not in the dialect is a finding.
"""

import re
from collections.abc import Callable, Sequence

from booklet.collector import Collector
from booklet.comments import without_comments
from booklet.letters import IDENTIFIER, guess, quoted
from booklet.manuscript import Footnote, Line, Node, Outline, passage
from booklet.signs import (
    ATTRIBUTES,
    CODE,
    CODE_INDENT,
    DEFINED_LINK,
    FENCE,
    FOOTNOTE,
    HASH,
    HEADING,
    INTERRUPTION,
    ITEM,
    MEANING,
    QUOTE,
    RULE,
    TIGHT_ITEM,
    UNDERLINE,
    after_block,
    hanging,
    is_table,
    skip_blank,
)

BOXES = ("fact", "advice", "note", "figures", "table")
DEEPEST = 5
"""Lists in lists in quotes …: nobody reads deeper."""

def outline(lines: Sequence[Line], found: Collector) -> Outline:
    """Return the blocks of a body."""
    kept, whole = without_comments(lines, found)
    outliner = _Outliner(found, whole)
    nodes = outliner.blocks(kept, "", 0)
    return Outline(tuple(nodes), tuple(outliner.footnotes), whole)


Parse = Callable[["_Outliner", Sequence[Line], int, list[Node]], int]


class _Outliner:
    """Reads blocks one after the other; every method takes the number of a line and returns that of the next block."""

    def __init__(self, found: Collector, whole: bool) -> None:
        self._found, self._whole = found, whole
        self.footnotes: list[Footnote] = []
        self._within = ""
        self._depth = 0
        self._owed = 0
        """Closing fences that belong to boxes about which something has been said already."""

    def blocks(self, lines: Sequence[Line], within: str, deeper: int = 1) -> list[Node]:
        """Return the blocks of some lines that stand within a box, list or quote, or on their own."""
        nodes: list[Node] = []
        if self._depth + deeper > DEEPEST:
            message = f"nested more than {DEEPEST} levels deep"
            self._found.error("too-deep", message, lines[0].at(lines[0].indent), "write it flatter")
            return nodes
        before = self._within, self._depth
        self._within, self._depth = within, self._depth + deeper
        i = 0
        while i < len(lines):
            i = i + 1 if lines[i].blank else self._block(lines, i, nodes)
        self._within, self._depth = before
        return nodes

    def _block(self, lines: Sequence[Line], i: int, nodes: list[Node]) -> int:
        for pattern, parse in _RULES:
            if pattern.match(lines[i].text):
                return parse(self, lines, i, nodes)
        if is_table(lines, i):
            return self._table(lines, i)
        if i + 1 < len(lines) and MEANING.match(lines[i + 1].text):
            return self._definitions(lines, i, nodes)
        return self._paragraph(lines, i, nodes)

    def _refuse(self, line: Line, code: str, message: str, hint: str) -> None:
        self._found.error(code, message, line.at(line.indent), hint)

    def _box(self, lines: Sequence[Line], i: int, nodes: list[Node]) -> int:
        match = FENCE.match(lines[i].text)
        assert match
        if not match[3]:
            if self._owed:
                self._owed -= 1
            elif self._whole:
                self._refuse(lines[i], "stray-fence", "a box ends that never began", "remove ':::' or begin the box")
            return i + 1
        if len(match[2]) != 3:
            self._refuse(lines[i], "bad-fence", f"a box with {len(match[2])} colons", "write ':::'")
        end = next((j for j in range(i + 1, len(lines)) if re.match(r" *:{2,}", lines[j].text)), len(lines))
        closed = end < len(lines) and re.fullmatch(r" *:{2,} *", lines[end].text) is not None
        if self._within:
            self._refuse(lines[i], "misplaced-box", f"a box cannot stand in a {self._within}", "move it out")
            self._owed += not closed
            return end + closed
        if not closed:
            if self._whole:
                self._refuse(lines[i], "unclosed-box", "a box begins that never ends", "end it with a line ':::'")
            self._owed += end < len(lines)
            return i + 1
        self._fill_box(lines[i].part(match.start(3), match.end(3)), lines[i + 1 : end], nodes)
        return end + 1

    def _fill_box(self, head: Line, body: Sequence[Line], nodes: list[Node]) -> None:
        kind = head.text.split()[0]
        title, identity = self._attributes(head.part(len(kind)))
        at = head.at()
        if kind not in BOXES:
            hint = guess(kind, BOXES) or f"a box is one of {', '.join(BOXES)}"
            self._found.error("unknown-box", f"unknown box {quoted(kind)}", at, hint)
        elif title.blank:
            self._found.error("missing-title", "a box without a title", at, f"write '::: {kind} Title'")
        if all(line.blank for line in body):
            self._found.error("empty-box", "a box without content", at, "write it or remove it")
        lines = tuple(body) if kind == "table" else ()
        children = () if kind == "table" else tuple(self.blocks(body, "box"))
        nodes.append(Node("box", at, passage([title]), children, kind, identity, lines=lines))

    def _attributes(self, line: Line) -> tuple[Line, str]:
        """Return a heading or title without its ``{#id}``, and the id."""
        line = line.part(line.indent)
        match = ATTRIBUTES.search(line.text)
        if match is None:
            return line, ""
        words = match[1].strip()
        identity = words[1:] if words.startswith("#") else ""
        if not IDENTIFIER.fullmatch(identity):
            place = line.at(match.start(1) - 1)
            hint = "write '{#some-id}' with a–z, 0–9 and hyphens"
            self._found.error("bad-attribute", f"unknown attribute {quoted('{' + match[1] + '}')}", place, hint)
            identity = ""
        return line.part(0, match.start()), identity

    def _code(self, lines: Sequence[Line], i: int, _: list[Node]) -> int:
        fence = lines[i].text.strip()[:3]
        for j in range(i + 1, len(lines)):
            if lines[j].text.strip().startswith(fence):
                self._refuse(lines[i], "code-block", "a fenced code block", "write it as text or in a box")
                return j + 1
        self._refuse(lines[i], "unclosed-fence", "a fence begins that never ends", f"end it with a line '{fence}'")
        return len(lines)

    def _indented(self, lines: Sequence[Line], i: int, _: list[Node]) -> int:
        hint = "remove the spaces at the beginning of the line"
        self._refuse(lines[i], "code-block", "four spaces or more would make code of this", hint)
        return after_block(lines, i)

    def _heading(self, lines: Sequence[Line], i: int, nodes: list[Node]) -> int:
        match = HEADING.match(lines[i].text)
        assert match
        level = len(match[1])
        words, identity = self._attributes(lines[i].part(match.start(3), match.end(3)))
        if level == 1:
            hint = "the title stands in the front matter; begin with '##'"
            self._refuse(lines[i], "heading-level", "a heading of the first level", hint)
        elif level > 4:
            self._refuse(lines[i], "heading-level", f"a heading of level {level}", "use '##', '###' or '####'")
        elif words.blank:
            self._refuse(lines[i], "empty-heading", "a heading without words", "write it or remove it")
        elif self._within:
            hint = "use **strong** words instead"
            self._refuse(lines[i], "misplaced-heading", f"a heading within a {self._within}", hint)
        else:
            at = lines[i].at(lines[i].indent)
            nodes.append(Node("heading", at, passage([words]), id=identity, level=level))
        return i + 1

    def _hash(self, lines: Sequence[Line], i: int, _: list[Node]) -> int:
        hint = "write a space after '#', or '\\#' for the sign itself"
        self._refuse(lines[i], "heading-space", "a heading without a space after '#'", hint)
        return i + 1

    def _rule(self, lines: Sequence[Line], i: int, _: list[Node]) -> int:
        self._refuse(lines[i], "rule", "a rule across the page", "remove it; a heading parts the text")
        return i + 1

    def _tight_item(self, lines: Sequence[Line], i: int, _: list[Node]) -> int:
        hint = "write a space after the mark, or a backslash before it"
        self._refuse(lines[i], "list-mark", "a list mark without a space after it", hint)
        return after_block(lines, i)

    def _quote(self, lines: Sequence[Line], i: int, nodes: list[Node]) -> int:
        body, end = [], i
        while end < len(lines) and not lines[end].blank:
            match = QUOTE.match(lines[end].text)
            if match is None and INTERRUPTION.match(lines[end].text):
                break
            body.append(lines[end].part(match.end() if match else 0))
            end += 1
        nodes.append(Node("quote", lines[i].at(lines[i].indent), children=tuple(self.blocks(body, "quote"))))
        return end

    def _list(self, lines: Sequence[Line], i: int, nodes: list[Node]) -> int:
        first = ITEM.match(lines[i].text)
        assert first
        ordered, base = first[2][0].isdigit(), len(first[1])
        items: list[Node] = []
        numbers: list[int] = []
        end = i
        while end < len(lines):
            match = ITEM.match(lines[end].text)
            if match is None or match[2][0].isdigit() != ordered or RULE.match(lines[end].text):
                break
            numbers += [int(match[2][:-1])] if ordered else []
            body, after = hanging(lines, end, match.end(), base)
            if body[0].blank:
                self._refuse(lines[end], "empty-item", "a list item without words", "write it or remove it")
            children = () if body[0].blank else tuple(self.blocks(body, "list"))
            items.append(Node("item", lines[end].at(match.start(2)), children=children))
            end = skip_blank(lines, after, ITEM)
        counted = list(range(1, len(numbers) + 1))
        if numbers not in (counted, [1] * len(numbers)):
            hint = "number 1, 2, 3 …; for a number that begins a sentence write '2017\\.'"
            self._refuse(lines[i], "list-number", "a list that does not count 1, 2, 3", hint)
        nodes.append(Node("list", items[0].at, children=tuple(items), label="ol" if ordered else "ul"))
        return end

    def _footnote(self, lines: Sequence[Line], i: int, _: list[Node]) -> int:
        match = FOOTNOTE.match(lines[i].text)
        assert match
        body, end = [lines[i].part(match.end())], i + 1
        while end < len(lines) and not lines[end].blank and not INTERRUPTION.match(lines[end].text):
            body.append(lines[end].part(lines[end].indent))
            end += 1
        self.footnotes.append(Footnote(match[1], lines[i].at(lines[i].indent), passage(body)))
        return end

    def _defined_link(self, lines: Sequence[Line], i: int, _: list[Node]) -> int:
        self._refuse(lines[i], "reference-link", "a link's target on a line of its own", "write '[text](target)'")
        return i + 1

    def _table(self, lines: Sequence[Line], i: int) -> int:
        hint = "put '::: table Title' above it and ':::' below it"
        self._refuse(lines[i], "table-outside-box", "a table outside a table box", hint)
        return after_block(lines, i)

    def _lone_meaning(self, lines: Sequence[Line], i: int, _: list[Node]) -> int:
        hint = "put its term on the line above, one line long"
        self._refuse(lines[i], "meaning-without-term", "a meaning without a term", hint)
        return after_block(lines, i)

    def _definitions(self, lines: Sequence[Line], i: int, nodes: list[Node]) -> int:
        children: list[Node] = []
        end = i
        while end + 1 < len(lines) and MEANING.match(lines[end + 1].text) and not lines[end].blank:
            term = lines[end].part(lines[end].indent)
            children.append(Node("term", term.at(), passage([term])))
            end += 1
            while end < len(lines) and (match := MEANING.match(lines[end].text)):
                body, end = hanging(lines, end, match.end(), 0)
                children.append(Node("meaning", body[0].at(), children=tuple(self.blocks(body, "list"))))
            following = skip_blank(lines, end, re.compile(""))
            end = following if following + 1 < len(lines) and MEANING.match(lines[following + 1].text) else end
        nodes.append(Node("definitions", lines[i].at(lines[i].indent), children=tuple(children)))
        return end

    def _paragraph(self, lines: Sequence[Line], i: int, nodes: list[Node]) -> int:
        body, end = [lines[i].part(lines[i].indent)], i + 1
        while end < len(lines) and not lines[end].blank:
            if UNDERLINE.match(lines[end].text):
                self._refuse(lines[end], "setext-heading", "a heading marked by a line below it", "write '## Heading'")
                end += 1
                break
            if INTERRUPTION.match(lines[end].text) or MEANING.match(lines[end].text) or is_table(lines, end):
                break
            body.append(lines[end].part(lines[end].indent))
            end += 1
        nodes.append(Node("paragraph", body[0].at(), passage(body)))
        return end


_RULES: tuple[tuple[re.Pattern[str], Parse], ...] = (
    (FENCE, _Outliner._box),
    (CODE, _Outliner._code),
    (HEADING, _Outliner._heading),
    (HASH, _Outliner._hash),
    (RULE, _Outliner._rule),
    (CODE_INDENT, _Outliner._indented),
    (QUOTE, _Outliner._quote),
    (ITEM, _Outliner._list),
    (TIGHT_ITEM, _Outliner._tight_item),
    (FOOTNOTE, _Outliner._footnote),
    (DEFINED_LINK, _Outliner._defined_link),
    (MEANING, _Outliner._lone_meaning),
)
