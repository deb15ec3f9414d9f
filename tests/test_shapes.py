"""Shapes: YAML that fits, YAML that does not, and the schemas made of the same tables."""

from pathlib import Path

import pytest

from booklet.collector import Collector
from booklet.findings import Position
from booklet.nodes import read_nodes
from booklet.schemas import NAMES, schema
from booklet.shapes import SHAPES, Record, check_record

PATH = Path("a.yaml")
STEP = {"minutes": "10", "title": "Opning", "say": "Alle fortel."}
SOURCE = {"authors": "[Haug]", "title": "Bok"}
PICTURE = {"alt": "Eit hus", "credit": "Kari", "licence": "CC0"}


def checking(shape: str, lines: dict[str, str]) -> tuple[Record | None, list[str]]:
    """Return the record of some keys and values, and what is found."""
    found = Collector()
    node = read_nodes("".join(f"{key}: {value}\n" for key, value in lines.items()), PATH, found)
    assert node is not None
    record = check_record(shape, node, found, Position(PATH))
    return record, [str(finding).split(": ", 1)[1] for finding in found.findings]


def test_optional_key_may_be_left_empty() -> None:
    record, found = checking("picture", {**PICTURE, "caption": ""})
    assert found == []
    assert record is not None and record.text("caption") == ""


def test_mistyped_key_is_guessed_and_not_missing_as_well() -> None:
    assert checking("stage", {"minuttes": "10", "title": "a", "say": "b"})[1] == [
        "error unknown-key: unknown key 'minuttes' (did you mean 'minutes'?)"
    ]


@pytest.mark.parametrize("minutes", ["ti", "010", "0", "-5", "1.5", "5 min", "[5]", "~"])
def test_number_is_digits_only(minutes: str) -> None:
    assert [line.split(":")[0] for line in checking("stage", {**STEP, "minutes": minutes})[1]] == ["error wrong-type"]


@pytest.mark.parametrize(
    ("isbn", "good"),
    [
        ("978-82-8309-082-6", True), ("978-82-8309-082-7", False), ("9788283090826", False), ("978-828309082-6", False),
        ("82-7570-106-0", False), ("0-306-40615-2", True), ("978-82-8309-82-6", False),
    ],
)
def test_isbn_is_checked_with_its_hyphens(isbn: str, good: bool) -> None:
    found = checking("source", {**SOURCE, "isbn": isbn})[1]
    assert [line.split(":")[0] for line in found] == ([] if good else ["error bad-isbn"])


@pytest.mark.parametrize("word", ["Nei <script>", "**feit**", "[a](b)", "kjelde [@a2010]", "[^1]"])
def test_markup_in_plain_text_is_an_error(word: str) -> None:
    assert len(checking("stage", {**STEP, "title": f'"{word}"'})[1]) == 1


@pytest.mark.parametrize("word", ["5 * 3", "a < b", "[sic]", "snake_case", "Kva? Ja!"])
def test_ordinary_signs_in_plain_text_are_fine(word: str) -> None:
    assert checking("stage", {**STEP, "title": f'"{word}"'})[1] == []


@pytest.mark.parametrize("name", NAMES)
def test_schema_is_closed_and_helps_at_every_key(name: str) -> None:
    made = schema(name)
    entry = made if "properties" in made else next(iter(made["patternProperties"].values()))
    assert made["additionalProperties"] is False and entry["additionalProperties"] is False
    assert all(value["description"] for value in entry["properties"].values())
    assert set(entry["required"]) <= entry["properties"].keys()


def test_every_field_says_what_it_is_for() -> None:
    assert [key for shape in SHAPES.values() for key, field in shape.items() if not field.help] == []
