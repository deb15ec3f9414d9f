"""A table of municipalities: what is read of it, row by row."""

from pathlib import Path

import pytest

from booklet.collector import Collector
from booklet.municipalities import Row, read_table, slug_of

AT = Path("rows.csv")


def reading(text: str | bytes) -> tuple[list[Row], list[str]]:
    """Return the rows of a table, and line and code of what is wrong with it."""
    found = Collector()
    rows = read_table(text if isinstance(text, bytes) else text.encode(), AT, found)
    return list(rows), [f"{one.position.line} {one.code}" for one in found.findings if one.position]


def test_row_says_what_it_says_and_a_missing_figure_stays_missing() -> None:
    rows, told = reading('name,county,population,employed,year\n"Kåfjord",Troms,"2 071",,2019\n')
    own = rows[0].municipality
    assert (own.name, own.county, dict(own.figures), own.year) == ("Kåfjord", "Troms", {"population": "2 071"}, "2019")
    assert told == [] and rows[0].line == 2


@pytest.mark.parametrize("text", [
    "name;population\nÅs;12\n", "\ufeffName, Population\r\nÅs, 12\r\n", '"name","population"\n"Ås","12"\n',
    "name,population\n\nÅs,12"])
def test_what_spreadsheets_write_is_read(text: str) -> None:
    rows, told = reading(text)
    assert [(row.municipality.name, row.municipality.figures["population"]) for row in rows] == [("Ås", "12")]
    assert told == []


@pytest.mark.parametrize(("bad", "code"), [
    ("Ås,1,2", "bad-row"), ("Ås", "bad-row"), ('"Ås,1', "bad-row"), ('Å"s,1', "bad-row"), (",12", "bad-row"),
    ("Ås,mange", "wrong-type"), ("Berg,2", "duplicate-row"), ("<b>Ås</b>,1", "raw-html")])
def test_bad_row_is_named_and_costs_no_other(bad: str, code: str) -> None:
    rows, told = reading(f"name,population\nBerg,1\n{bad}\nVang,3\n")
    assert [row.municipality.name for row in rows] == ["Berg", "Vang"] and told == [f"3 {code}"]


def test_two_of_one_name_are_told_apart_by_their_counties() -> None:
    rows, told = reading("name,county\nVåler,Hedmark\nVåler,Østfold\nVåler,Hedmark\n")
    assert [row.slug for row in rows] == ["valer-hedmark", "valer-ostfold"] and told == ["4 duplicate-row"]


@pytest.mark.parametrize(("name", "slug"), [
    ("Sør-Varanger", "sor-varanger"), ("Guovdageaidnu/Kautokeino", "guovdageaidnu-kautokeino"), ("../../etc", "etc"),
    ('Ærlig "og" Søn', "aerlig-og-son"), ("Kárášjohka", "karasjohka"), ("漢", "x"), ("." * 300, "x"),
    ("a" * 300, "a" * 40)])
def test_name_of_files_is_safe_everywhere(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@pytest.mark.parametrize(("table", "code"), [
    (b"", "1 empty-file"), (b"name\n\xe5\n", "1 not-utf8"), (b"county\nA\n", "1 missing-key"),
    (b"name,nmae\nA,B\n", "1 unknown-key"), (b"name,name\nA,B\n", "1 duplicate-key")])
def test_table_that_says_nothing_is_refused_as_a_whole(table: bytes, code: str) -> None:
    assert reading(table) == ([], [code])
