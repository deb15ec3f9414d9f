"""A book → Typst: one source file beside its pictures and typefaces, in the look of look.typ.

The blocks' HTML is read into a tree and written as Typst's own markup, as an author would write it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from booklet.printed import Unit
from tests.bench.book import Book

LOOK = Path(__file__).parent / "look.typ"
_EMPTY = {"br", "img", "col"}
_SPECIAL = re.compile(r"""[\\#$*_`@<>\[\]~=+\-/'"]""")


@dataclass
class Element:
    """An element of the blocks' HTML."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Return what it is: its first class, or its tag."""
        return (self.attributes.get("class") or self.tag).split()[0]

    def find(self, name: str) -> list["Element"]:
        """Return all elements of that name below this one."""
        inner = [child for child in self.children if isinstance(child, Element)]
        return [one for child in inner for one in ([child] if child.name == name else []) + child.find(name)]


class _Tree(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.open = [Element("root")]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _EMPTY:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _EMPTY:
            assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def words(text: object) -> str:
    """Return plain words as Typst's markup."""
    ready = _SPECIAL.sub(r"\\\g<0>", re.sub(r"[ \n]+", " ", str(text)))
    return re.sub(r"^(\s*\d+)\.", r"\1\\.", ready).replace("\u00a0", "~")


def string(text: object) -> str:
    """Return a string of Typst's code."""
    return '"' + str(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def call(name: str, *arguments: str) -> str:
    """Return a call within markup; the semicolon keeps a bracket that follows from being an argument."""
    return f"#{name}({', '.join(arguments)});"


def content(markup: str) -> str:
    """Return markup as an argument."""
    return f"[{markup}]"


def markup(node: Element | str) -> str:
    """Return an element, or words, as Typst's markup."""
    if isinstance(node, str):
        return words(node)
    writer = _WRITERS.get(node.name) or _WRITERS.get(node.tag)
    return writer(node) if writer else inside(node)


def inside(node: Element) -> str:
    """Return what an element holds."""
    return "".join(map(markup, node.children))


def prose(html: str) -> str:
    """Return a body."""
    return inside(_Tree(html).open[0])


def _wrap(name: str) -> Callable[[Element], str]:
    return lambda node: f"#{name}[{inside(node)}];"


def _apart(node: Element) -> str:
    return f" {inside(node)} "


def _anchored(node: Element) -> str:
    return call("anchor", string(node.attributes["id"])) if "id" in node.attributes else ""


def _heading(node: Element) -> str:
    label = f" <{node.attributes['id']}>" if "id" in node.attributes else ""
    return f"\n\n{'=' * (int(node.tag[1]) + 1)} {inside(node)}{label}\n\n"


def _items(sign: str) -> Callable[[Element], str]:
    def write(node: Element) -> str:
        items = [inside(child).strip() for child in node.children if isinstance(child, Element)]
        return "\n\n" + "\n".join(f"{sign} #[{item}]" for item in items) + "\n\n"
    return write


def _definitions(node: Element) -> str:
    pairs = [f"/ #[{inside(child)}]:" if child.tag == "dt" else f" #[{inside(child)}]\n"
             for child in node.children if isinstance(child, Element)]
    return "\n\n" + "".join(pairs) + "\n"


def _hole(node: Element) -> str:
    gap = "~" if str(node.children[0]).startswith("\u00a0") else ""
    return gap + call(
        "page-of", string(node.attributes["data-target"]))


def _box(node: Element) -> str:
    kind = node.attributes["class"].split()[1]
    return "\n\n" + _anchored(node) + call("tinted", string(kind), content(inside(node))) + "\n\n"


def _key_figures(node: Element) -> str:
    items = [", ".join(content(inside(item.find(part)[0])) for part in ("figure", "figure-text"))
             for item in node.find("li")]
    items = [f"({item})" for item in items]
    source = "".join(map(markup, node.find("source"))) or " "
    title = inside(node.find("box-title")[0])
    return "\n\n" + _anchored(node) + call("key-figures", content(title), content(source), *items) + "\n\n"


def _table(node: Element) -> str:
    rows = [[cell for cell in row.children if isinstance(cell, Element)] for row in node.find("tr")]
    numbers = ", ".join("true" if cell.name == "number" else "false" for cell in rows[0])
    head, *body = ["(" + ", ".join(content(inside(cell)) for cell in row) + ",)" for row in rows]
    source = "".join(map(markup, node.find("source"))) or " "
    caption = inside(node.find("figcaption")[0])
    return "\n\n" + _anchored(node) + call(
        "tabular", content(caption), f"({numbers},)", head, content(source), f"rows: ({', '.join(body)},)") + "\n\n"


def _picture(node: Element) -> str:
    image = node.find("img")[0].attributes
    path = image["src"].removeprefix("book://x/pictures/")
    caption = inside(node.find("figcaption")[0])
    return "\n\n" + call("picture", string(path), string(image["alt"]), content(caption)) + "\n\n"


_WRITERS: dict[str, Callable[[Element], str]] = {
    "p": lambda node: f"\n\n{inside(node)}\n\n", "h2": _heading, "h3": _heading, "h4": _heading,
    "ul": _items("-"), "ol": _items("+"), "dl": _definitions, "blockquote": _wrap("quote"), "em": _wrap("emph"),
    "strong": _wrap("strong"), "sub": _wrap("sub"), "sup": _wrap("super"), "term": _wrap("term"), "box": _box,
    "footnote": _wrap("footnote"), "hole": _hole, "key-figures": _key_figures, "box-title": _wrap("box-title"),
    "source": _wrap("source"), "table": lambda node: _table(node) if node.tag == "figure" else inside(node),
    "svg": lambda node: "", "word": _apart, "measured": _apart, "picture": _picture,
    "br": lambda node: "#linebreak();",
}


def texts(values: object) -> list[str]:
    """Return a tuple of words as arguments."""
    assert isinstance(values, tuple)
    return [content(words(value)) for value in values]


class _Writer:
    """Writes units; a method a kind."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def imprint(self, unit: Unit) -> str:
        publishers = " · ".join(map(str, unit.content["publishers"]))  # type: ignore[call-overload]
        return content(words(f"{publishers}   {unit.content['edition']}"))

    def cover(self, unit: Unit) -> str:
        it = unit.content
        path = string(it["picture"]) if it["picture"] else "none"
        return call("cover", path, string(it["alt"]), *texts((it["kicker"], it["title"], it["subtitle"])),
                    self.imprint(unit))

    def back(self, unit: Unit) -> str:
        themes = [f"([{one['number']}], [{words(one['title'])}])" for one in unit.content["themes"]]  # type: ignore
        path = string(unit.content["picture"]) if unit.content["picture"] else "none"
        return call("back-cover", path, *texts((unit.content["blurb"],)), self.imprint(unit), *themes)

    def title(self, unit: Unit) -> str:
        it = unit.content
        return call("title-page", *texts((it["kicker"], it["title"], it["subtitle"])), self.imprint(unit))

    def colophon(self, unit: Unit) -> str:
        it, fixed = unit.content, self.book.words
        lines = [*it["lines"]]  # type: ignore
        lines += [(fixed[name], it[key]) for name, key in (("isbn", "isbn"), ("web", "url")) if it[key]]
        pairs = [f"({content(words(label))}, {content(words(text))})" for label, text in lines]
        return call("colophon", content(words(fixed["colophon"])), *pairs)

    def entries(self, entries: object, name: str) -> str:
        return "\n".join(call(
            name, str(entry["level"]), content(entry["label"]) if entry["label"] else "none",
            content(words(entry["title"])), content(words(entry["place"])) if entry["place"] else "none",
            entry["colour"] or "ink", string(entry["address"])) for entry in entries)  # type: ignore

    def contents(self, unit: Unit) -> str:
        parts = [self.entries(part, "entry") for part in unit.content["parts"]]  # type: ignore
        head = f"#title(1)[{words(self.book.words['contents'])}];\n"
        return self.paged(unit, head + "\n#pagebreak()\n".join(parts))

    def opener(self, unit: Unit) -> str:
        it, colour, fixed = unit.content, unit.colour, self.book.words
        path = string(it["picture"]) if it["picture"] else "none"
        inside = content(self.entries(it["entries"], "line-of"))
        return call("anchor", string(unit.address)) + call(
            "opener", colour, f"{colour}-tint", path, inside, *texts((fixed["theme"], it["number"], it["title"],
            it["lead"], fixed["points"], fixed["inside"])), *texts(it["points"]))

    def paged(self, unit: Unit, body: str, *more: str) -> str:
        own = (unit.colour, f"{unit.colour}-tint") if unit.colour else ("ink", "sand")
        left, right = map(words, unit.running)
        return f"{call('unit', content(left), content(right), *own, *more)[:-1]}[\n{body}\n]"

    def head(self, unit: Unit, title: str, lead: object, kicker: str = "") -> str:
        parts = [call("anchor", string(unit.address))]
        parts += [f"#kicker[{words(kicker)}];"] if kicker else []
        parts.append(f"#title({unit.level})[{words(title)}];")
        parts += [f"#lead[{words(lead)}];"] if lead else []
        return "\n".join(parts)

    def article(self, unit: Unit) -> str:
        it = unit.content
        kicker = f"{self.book.words['theme']} {it['theme_number']}" if "theme_number" in it else ""
        return self.paged(unit, self.head(unit, str(it["title"]), it["lead"], kicker) + prose(str(it["html"])))

    text = article

    def example(self, unit: Unit) -> str:
        it, fixed = unit.content, self.book.words
        head = self.head(unit, str(it["title"]), it["lead"], f"{fixed['example']} · {it['municipality']}")
        facts = [f"([{words(name)}], [{words(value)}])" for name, value in it["facts"]]  # type: ignore
        sources = f"#strong[{fixed['sources']}:] {words('; '.join(it['sources']))}"  # type: ignore
        return self.paged(unit, f"#tinted-head[{head}];\n{call('fact-column', *facts)}\n{prose(str(it['html']))}"
                          f"#example-sources[{sources}];{call('example-notes', *texts((fixed['example-notes'],)))}")

    def questions(self, unit: Unit) -> str:
        fixed = self.book.words
        kicker = f"{fixed['theme']} {unit.content['theme_number']}"
        head = self.head(unit, fixed["questions"], fixed["questions-lead"], kicker)
        return self.paged(unit, head + call("questions", *texts(unit.content["questions"])))

    def glossary(self, unit: Unit) -> str:
        head = self.head(unit, self.book.words["glossary"], self.book.words["glossary-lead"])
        entries = [f"({string(one['id'])}, [{words(one['term'])}], [{words(one['meaning'])}])"
                   for one in unit.content["terms"]]  # type: ignore
        return self.paged(unit, head + "\n" + call("glossary", *entries))

    def references(self, unit: Unit) -> str:
        head = self.head(unit, self.book.words["references"], self.book.words["references-lead"])
        entries = []
        for one in unit.content["entries"]:  # type: ignore
            parts = [f"#strong[{words(one['label'])}];", words(f"{one['who']}:") if one["who"] else "",
                     f"#emph[{words(one['title'])}];.", *(words(f"{detail}.") for detail in one["details"]),
                     words(one["note"]), f"#text(fill: stone)[{words(one['host'])}];"]
            entries.append(call("reference", string(one["id"]), content(" ".join(filter(None, parts)))))
        return self.paged(unit, head + "\n" + "\n".join(entries))


def write_typst(book: Book, folder: Path) -> Path:
    """Write the book into a folder; return its main file."""
    book.lay_pictures(folder)
    book.lay_fonts(folder / "fonts")
    names = {"line": "line-colour"}
    colours = [f'#let {names.get(colour.name, colour.name)} = rgb("{colour.srgb}")'
               for colour in book.styles.palette.colours]
    (folder / "look.typ").write_text("\n".join(colours) + "\n" + LOOK.read_text("utf-8"), "utf-8")
    writer, booklet = _Writer(book), book.booklet
    head = f'#import "look.typ": *\n#set document(title: {string(booklet.title)})\n' \
           f'#set text(lang: {string(booklet.language)}, region: "NO")\n#show: look\n'
    body = "\n\n".join(getattr(writer, unit.kind)(unit) for unit in book.units)
    main = folder / "book.typ"
    main.write_text(re.sub(r"\n{3,}", "\n\n", head + body) + "\n", "utf-8")
    return main
