"""The shapes of our YAML files, as tables: which keys, of which kind, with which help.

In comes a tree of nodes, out goes a ``Record`` whose every value fits, or findings. The same tables print the JSON
Schemas that help an editor. It refuses to know files, and what a value points to.
"""


from msgspec import Struct
from msgspec.structs import replace

from booklet.chartform import CHART_FORM
from booklet.collector import Collector
from booklet.courseform import COURSE_FORM
from booklet.findings import Position
from booklet.gauges import SETTING
from booklet.kinds import MANY, Datum, Field, read_data, read_items, text_of
from booklet.letters import IDENTIFIER, nearest, quoted
from booklet.nodes import Hole, Mapping, Node, Scalar
from booklet.orderform import ORDER_FORM
from booklet.runform import RUN_FORM
from booklet.shop import PRINTER
from booklet.typography import NAMES

Shape = dict[str, Field]


def _text(help_text: str, required: bool = True, kind: str = "text", words: int = 0) -> Field:
    return Field(kind, help_text, required, most_words=words)


def _list(help_text: str, least: int = 0, most: int = MANY, *, kind: str = "text", words: int = 0) -> Field:
    return Field(kind, help_text, least > 0, listed=True, least=least, most=most, most_words=words)


_TITLE = _text("Title, as printed")
_LEAD = _text("Lead: one to three sentences below the title", required=False, kind="prose")

SHAPES: dict[str, Shape] = {
    "booklet": {
        "slug": _text("Begins the names of the files made", kind="id"),
        "kicker": _text("Word above the title: «Temahefte»", required=False),
        "title": _text("Title of the booklet", words=16),
        "subtitle": _text("Subtitle", required=False, words=14),
        "short": _text("Short title for running heads"),
        "language": Field("choice", "Language of the text: nb or nn", choices=("nb", "nn")),
        "typography-off": Field("choice", "Rules of typography that are not to be followed", False, NAMES, listed=True),
        "edition": _text("The edition, part of the names of the files made: «2019»", kind="id"),
        "published": _text("Date of the edition, YYYY-MM-DD: the only date in the made files", kind="date"),
        "publishers": _list("Who publishes the booklet", least=1),
        "isbn": _text("ISBN-13 with hyphens; empty when there is none", required=False, kind="isbn"),
        "url": _text("Web address of the booklet", required=False, kind="url"),
        "short_url": _text("Shorter address that leads to it, for handouts and QR codes", required=False, kind="url"),
        "cover": _text("Picture on the cover, a path from the content folder", required=False),
        "blurb": _text("Text on the back cover", kind="prose", words=110),
        "budget": _text("How many pages the booklet may have at most", required=False, kind="number"),
        "colophon": Field("colophon", "Lines of the colophon, label and text", listed=True, least=1, most=14),
        "front": _list("Files before the themes: front/foreword.md"),
        "themes": _list("Folders below themes/, in the order of the booklet", least=1, kind="id"),
        "back": _list("What follows the themes: glossary, references, or a file"),
        "revision": Field("revision", "From when on a slip of errata no longer helps", required=False),
    },
    "colophon": {
        "label": _text("What the line says: «Utgiver»"),
        "text": _text("Text of the line", kind="prose", words=80),
    },
    "fact": {
        "value": _text('The figure as printed: "65,0"'),
        "unit": _text("Unit: prosent, kroner", required=False),
        "what": _text("What the figure counts, for whom and when"),
        "as_of": _text("Day for which the figure holds, YYYY-MM-DD", kind="date"),
        "review_by": _text("Day by which somebody must look at it again, later than as_of", kind="date"),
        "source": _text("Key of references.yaml", kind="id"),
        "also": _list("Other wordings that a text may carry instead of the value: «to av tre»"),
    },
    "source": {
        "authors": _list("Persons, «Family, Given»; or else give organisation"),
        "organisation": _text("Organisation that stands for the work; or else give authors", required=False),
        "short": _text("Short form of the organisation for citations", required=False),
        "year": _text("Year; missing prints «u.å.»", required=False, kind="year"),
        "title": _text("Title of the work"),
        "publisher": _text("Publisher", required=False),
        "report": _text("Series and number: NIBR-rapport 2014:25", required=False),
        "isbn": _text("ISBN with hyphens", required=False, kind="any-isbn"),
        "pages": _text("Number of pages", required=False),
        "url": _text("Web address", required=False, kind="url"),
        "note": _text("One short sentence", required=False),
    },
    "term": {
        "term": _text("The word, as printed in the glossary"),
        "meaning": _text("What it means, in one or two sentences", kind="prose"),
        "source": _text("Key of references.yaml", required=False, kind="id"),
    },
    "theme": {
        "title": _text("Title of the theme"),
        "short": _text("Short title for running heads"),
        "lead": _text("Lead: two or three sentences", kind="prose"),
        "colour": _text("Theme colour of the palette", kind="id"),
        "picture": _text("Picture over the spread that opens it, a path from the content folder", required=False),
        "points": _list("Three points to take away, each one sentence of at most 20 words", least=3, most=3, words=20),
        "examples": _list("Names of the files in examples/ without .md, in order", kind="id"),
        "questions": Field("text", "Four to six questions for participants, or none", False, (), True, 4, 6),
    },
    "article": {"title": _TITLE, "lead": _LEAD},
    "example": {
        "title": _TITLE,
        "lead": _LEAD,
        "municipality": _text("Name of the municipality"),
        "county": _text("Its county at the time of the edition"),
        "period": _text("When: 2014–2017"),
        "places": _list("Where, for the map: ids of places.yaml", kind="id"),
        "partners": _list("Who took part"),
        "sources": _list("Keys of references.yaml", least=1, kind="id"),
        "approval": Field("choice", "Has it approved the text?", choices=("not-asked", "asked", "approved")),
    },
    "picture": {
        "alt": _text("What the picture shows, for those who do not see it"),
        "credit": _text("Who made it"),
        "licence": _text("What allows us to print it"),
        "caption": _text("Caption below the picture", required=False),
    },
}
SHAPES["printer"] = PRINTER
SHAPES["setting"] = SETTING
SHAPES["hyphenation"] = {"words": _list("Words with their breaks: «bærekrafts-mål»; with a star, all that begin so")}
SHAPES |= ORDER_FORM | CHART_FORM | COURSE_FORM | RUN_FORM
REGISTERS = {"facts": "fact", "references": "source", "glossary": "term", "places": "place"}
"""Files that map an id to an entry, and the shape of the entry."""


class Record(Struct, frozen=True):
    """A mapping whose values fit its shape."""

    key: str
    position: Position
    data: dict[str, tuple[Datum, ...]]
    parts: dict[str, tuple["Record", ...]]
    doubtful: set[str]
    """Keys whose value is not what the author meant: a finding says so."""

    def text(self, key: str) -> str:
        """Return a text, empty when absent."""
        return self.data[key][0].text if self.data.get(key) else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty when absent."""
        return tuple(datum.text for datum in self.data.get(key, ()))

    def place(self, key: str) -> Position:
        """Return where a value stands, or else where its record begins."""
        return self.data[key][0].position if self.data.get(key) else self.position


def check_record(shape: str, node: Node, found: Collector, place: Position, *, key: str = "") -> Record | None:
    """Return what a mapping says, or None when it is none; ``place`` is where missing keys are reported."""
    if not isinstance(node, Mapping):
        if not isinstance(node, Hole):
            message = f"expected keys with values, not {text_of(node)}"
            hint = f"write '{next(iter(SHAPES[shape]))}: …' on a line of its own"
            found.error("wrong-type", message, node.position, hint)
        return None
    fields = SHAPES[shape]
    record = Record(key, place, {}, {}, set())
    present: set[str] = set()
    for name, value in node.pairs:
        if name.text not in fields:
            near = nearest(name.text, fields.keys() - {other.text for other, _ in node.pairs})
            hint = f"did you mean '{near}'?" if near else f"known keys: {', '.join(fields)}"
            found.error("unknown-key", f"unknown key {quoted(name.text)}", name.position, hint)
            present.add(near)  # a mistyped key is not missing as well
            continue
        if _fill(record, (name, value), fields[name.text], found):
            present.add(name.text)
    for name_of_field, field in fields.items():
        if field.required and name_of_field not in present:
            _report_missing(name_of_field, field, place, found)
    return record


def check_register(name: str, node: Node, found: Collector) -> tuple[Record, ...]:
    """Return the entries of a register."""
    if not isinstance(node, Mapping):
        if not isinstance(node, Hole):
            message = f"expected ids with entries, not {text_of(node)}"
            found.error("wrong-type", message, node.position, "write 'some-id:' and its keys below it")
        return ()
    records = []
    for key, value in node.pairs:
        if not IDENTIFIER.fullmatch(key.text):
            message = f"{quoted(key.text)} is no id"
            found.error("bad-identifier", message, key.position, "use a–z, 0–9 and hyphens")
        if isinstance(value, Scalar) and not value.text.strip():
            found.error("missing-key", f"the entry {quoted(key.text)} is empty", key.position, "write it or remove it")
            value = Hole(key.position)
        record = check_record(REGISTERS[name], value, found, key.position, key=key.text)
        records.append(record or Record(key.text, key.position, {}, {}, set()))
    return tuple(records)


def _report_missing(name: str, field: Field, place: Position, found: Collector) -> None:
    hint = f"add '{name}:', {field.help[0].lower()}{field.help[1:]}"
    if name == "alt":
        found.error("missing-alt", "a picture without alternative text", place, hint)
    else:
        found.error("missing-key", f"the key '{name}' is missing", place, hint)


def _fill(record: Record, pair: tuple[Scalar, Node], field: Field, found: Collector) -> bool:
    """Put a value into a record; return False when it is absent after all."""
    name, value = pair
    if isinstance(value, Scalar) and not value.text.strip() and (value.plain or not field.required):
        return False
    if field.named and isinstance(value, Scalar):
        field = replace(field, kind="text")
    if field.kind in SHAPES:
        nodes = (read_items(field, value, name.text, found) or ()) if field.listed else (value,)
        parts = (check_record(field.kind, node, found, node.position) for node in nodes)
        record.parts[name.text] = tuple(part for part in parts if part)
    else:
        before = len(found)
        data = read_data(field, value, name.text, found)
        if len(found) > before:
            record.doubtful.add(name.text)
        if data is not None:
            record.data[name.text] = data
    return True
