"""The shapes as JSON Schemas (draft 2020-12), so that an editor completes and checks YAML while an author types.

In comes the name of a shape, out goes a schema. It refuses to know content: what only the whole folder can tell
(does this id exist?) stays with ``booklet check``.
"""

from typing import Any

from booklet.kinds import MANY, Field
from booklet.shapes import REGISTERS, SHAPES

Schema = dict[str, Any]

NAMES = (
    "booklet", "facts", "references", "glossary", "places", "theme", "facilitator", "course", "municipality", "chart",
    "picture", "print", "hyphenation", "printer", "setting", "run", "article", "example")
"""The files there are schemas for; the last two are front matters."""
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TITLES = {
    "booklet": "The booklet: what it is called and what it is made of",
    "facts": "The register of facts: an id, and the figure with its source and age",
    "references": "The list of references: a key, and the work",
    "glossary": "The glossary: an id, and the word with its meaning",
    "places": "The register of places: an id, and where it lies",
    "chart": "A figure drawn from data",
    "theme": "A theme: its title, lead, points, examples and questions",
    "facilitator": "What whoever leads a course on a theme holds in hand: aims, materials, programmes",
    "course": "A course: whom it is for, what of the booklet it uses, its programme and its own words",
    "municipality": "A municipality's own figures; each may be missing",
    "picture": "What a reader must be told about a picture of the same name",
    "print": "What is ordered from the print shop",
    "hyphenation": "Words that are broken otherwise than the patterns would",
    "printer": "A print shop's demands",
    "setting": "What lint demands of every page",
    "run": "A print run, as `booklet freeze` wrote it",
    "article": "Front matter of a text",
    "example": "Front matter of an example from a municipality",
}
_ID = "^[a-z0-9]+(-[a-z0-9]+)*$"
# An editor reads 2019 and 1.10 as numbers; we read them as what the author wrote.
_TEXT: Schema = {"type": ["string", "number"], "minLength": 1}
_KINDS: dict[str, Schema] = {
    "text": _TEXT,
    "prose": _TEXT,
    "record": _TEXT,
    "date": {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    "number": {"type": "integer", "minimum": 1, "maximum": 9999},
    "count": {"type": "integer", "minimum": 1, "maximum": 9999999},
    "limit": {"type": "integer", "minimum": 0, "maximum": 9999},
    "measure": {"type": ["string", "number"], "minimum": 0, "maximum": 9999},
    "amount": {"type": ["string", "number"], "pattern": r"^\d[\d  ]*([.,]\d+)?( ?(%|prosent))?$"},
    "size": {"type": "string", "pattern": r"^\d{2,3} ?[×x] ?\d{2,3} mm$"},
    "id": {"type": ["string", "number"], "pattern": _ID},
    "year": {"type": ["string", "integer"], "pattern": r"^\d{4}"},
    "isbn": {"type": "string", "pattern": r"^97[89]-\d+-\d+-\d+-\d$"},
    "any-isbn": {"type": "string", "pattern": r"^(97[89]-)?\d+-\d+-\d+-[\dX]$"},
    "url": {"type": "string", "format": "uri", "pattern": "^https?://"},
}


def schema(name: str) -> Schema:
    """Return the JSON Schema of a file; raise KeyError for a name that is not in ``NAMES``."""
    head = {"$schema": _DIALECT, "title": _TITLES[name]}
    if name in REGISTERS:
        entry = _mapping(REGISTERS[name])
        return head | {"type": "object", "patternProperties": {_ID: entry}, "additionalProperties": False}
    return head | _mapping(name)


def _mapping(shape: str) -> Schema:
    fields = SHAPES[shape]
    made: Schema = {
        "type": "object",
        "properties": {name: _property(field) for name, field in fields.items()},
        "required": [name for name, field in fields.items() if field.required],
        "additionalProperties": False,
    }
    if shape == "source":  # exactly one of the two stands for the work
        made["oneOf"] = [{"required": ["authors"]}, {"required": ["organisation"]}]
    return made


def _property(field: Field) -> Schema:
    made = _listed(field, _value(field)) if field.listed else _value(field)
    if not field.required and not field.listed:
        made = {"anyOf": [made, {"type": "null"}, {"const": ""}]}
    elif not field.required:
        made = {"anyOf": [made, {"type": "null"}]} if field.single else made | {"type": ["array", "null"]}
    return {"description": field.help, **made}


def _listed(field: Field, item: Schema) -> Schema:
    made: Schema = {"type": "array", "items": item}
    if field.least:
        made["minItems"] = field.least
    made |= {"maxItems": field.most} if field.most != MANY else {}
    return {"anyOf": [made, item]} if field.single else made


def _value(field: Field) -> Schema:
    if field.kind == "choice":
        return {"enum": list(field.choices)}
    value = _mapping(field.kind) if field.kind in SHAPES else dict(_KINDS[field.kind])
    return {"anyOf": [_TEXT, value]} if field.named else value
