"""Every fact with its age and everywhere it is printed: as rows, text, CSV, JSON, and on paper."""

import csv
import json
from io import StringIO

from making import AT, WORDS, article, block, booklet, mark, reference, theme
from msgspec.structs import replace

from booklet.factlist import list_of
from booklet.factsheet import Sheet, as_csv, lines, records, survey
from booklet.findings import Position
from booklet.model import Booklet, Fact
from booklet.printed import Copy, Fragment, Place, Placed, Unit

FACT = Fact("a", "65,0", "prosent", "Andel, i alt", "2017-12-31", "2020-06-30", "aas", (), AT)
FACTS = FACT, replace(FACT, id="b", review_by="2030-01-01"), replace(FACT, id="c", review_by="2018-01-01")
PLACES = Position(AT.path, 8), Position(AT.path, 9)
FIRST = replace(block(f"<p>{mark(0, 'x')}</p>"), position=PLACES[0])
SECOND = replace(block(f"<p>{mark(1, 'y')}{mark(0, 'x')}</p>"), position=PLACES[1])
TEXT = replace(
    article("en.text", FIRST, SECOND,
            references=(reference("fact", "a"), reference("fact", "b"))), position=Position(AT.path, 7))
BOOK: Booklet = booklet(theme("en", 1, TEXT), facts=FACTS)


def copy_of(address: str, *places: tuple[int, int], first: int = 0) -> Copy:
    """Return a copy of one unit made of the text; ``places`` are numbers of blocks and the pages they stand on."""
    unit = Unit(address, "text", "T", 1, "", ("", ""), {}, (), (), AT, PLACES)
    cover = replace(unit, address="cover", blocks=())
    blocks = tuple((number, Place(page, 0, 0)) for number, page in places)
    fragment = Fragment(3, b"", (), {}, blocks, {}, {})
    labels = tuple(str(number + 1) for number in range(first + 3))
    return Copy((Placed(cover, fragment, 0, labels[:1]), Placed(unit, fragment, first, labels[first:])), {}, labels)


def sheet() -> Sheet:
    """Return the facts of the booklet on a day."""
    printed = copy_of("en.text", (0, 0), (1, 0), (1, 1), first=20)
    return survey(BOOK, {"aas": "Aas 2018"}, printed, {"en": copy_of("en", (0, 1), (1, 2))}, "2021-01-15")


def test_fact_stands_on_every_page_that_its_blocks_stand_on() -> None:
    rows = {row.fact.id: row for row in sheet().rows}
    assert rows["a"].pages == ("21", "22") and rows["a"].handouts == {"en": ("2", "3")}
    assert rows["b"].pages == ("21", "22") and rows["b"].handouts == {"en": ("3",)}
    assert rows["c"].pages == () and rows["c"].handouts == {} and not rows["c"].used


def test_facts_that_are_due_come_first_and_unused_ones_last() -> None:
    one = sheet()
    assert [row.fact.id for row in one.rows] == ["a", "b", "c"]
    assert [row.fact.id for row in one.due] == ["a"] and [row.fact.id for row in one.unused] == ["c"]


def test_text_names_value_source_age_review_and_pages() -> None:
    first, _, unused, last = lines(sheet())
    assert first == ("PAST REVIEW a: 65,0 prosent (2017-12-31, 3 y 0 m old, review by 2020-06-30, aas); "
                     "p. 21, 22; handout en p. 2, 3")
    assert "on no page" in unused
    assert last == "3 facts on 2021-01-15: 1 on pages are past review, 1 are on no page"


def test_table_for_a_spreadsheet_has_a_row_a_fact() -> None:
    head, *rows = csv.reader(StringIO(as_csv(sheet())))
    first = dict(zip(head, rows[0], strict=True))
    assert len(rows) == 3 and first["what"] == "Andel, i alt" and first["past_review"] == "yes"
    assert (first["pages"], first["handouts"], first["age_months"]) == ("21 22", "en: 2 3", "36")


def test_program_reads_pages_as_lists() -> None:
    first = json.loads(json.dumps(records(sheet())))[0]
    assert first["pages"] == ["21", "22"] and first["handouts"] == {"en": ["2", "3"]} and first["used"] is True


def test_list_on_paper_has_a_part_for_what_is_due_what_is_not_and_what_is_unused() -> None:
    parts = list_of(sheet(), BOOK, WORDS).content["parts"]
    assert isinstance(parts, tuple)
    assert [(name, len(rows)) for name, rows in parts] == [
        (WORDS["facts-due"], 1), (WORDS["facts-later"], 1), (WORDS["facts-unused"], 1)]
    (row,) = parts[0][1]
    assert row["places"] == ("Heftet s. 21, 22", "Kursark 1 s. 2, 3") and row["due"]
