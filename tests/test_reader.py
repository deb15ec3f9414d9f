"""The content folder → a Booklet: what the tiny booklet holds, and how faults keep to themselves."""

import shutil
from pathlib import Path

import pytest

from booklet.crossrefs import carries
from booklet.findings import Position
from booklet.model import Booklet, Fact, articles
from booklet.reader import read

TINY = Path(__file__).parent / "cases" / "tiny" / "content"
COLOURS = frozenset({"fjord", "moss"})


@pytest.fixture(scope="module")
def tiny() -> Booklet:
    """Return the tiny booklet."""
    booklet, findings = read(TINY, COLOURS)
    assert booklet is not None and findings == ()
    return booklet


def reading(tmp_path: Path, name: str, old: str, new: str) -> list[str]:
    """Return what is found when one word of the tiny booklet is another."""
    shutil.copytree(TINY, tmp_path / "content")
    path = tmp_path / "content" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return [str(finding).replace(f"{tmp_path}/content/", "") for finding in read(tmp_path / "content", COLOURS)[1]]


def test_articles_have_their_addresses_in_reading_order(tiny: Booklet) -> None:
    assert [article.address for article in articles(tiny)] == [
        "foreword", "heim.text", "heim.kaffi", "arbeid.text", "arbeid.verkstad", "more"
    ]


def test_links_lead_to_addresses(tiny: Booklet) -> None:
    targets = [r.target for article in articles(tiny) for r in article.body.references if r.kind == "link"]
    assert targets == [
        "heim", "arbeid.text.jobb", "heim.kaffi", "heim.text.fadder", "heim.text.tab-flytting", "heim.kaffi",
        "glossary", "references",
    ]


def test_picture_comes_with_what_its_side_file_says(tiny: Booklet) -> None:
    (picture,) = tiny.pictures
    assert (picture.path, picture.media, picture.licence) == ("images/hus.svg", "image/svg+xml", "CC0")


def test_optional_value_left_empty_is_absent(tiny: Booklet) -> None:
    assert (tiny.isbn, tiny.cover, tiny.themes[1].text.lead) == ("", "", "")


def test_unreadable_register_gives_one_finding(tmp_path: Path) -> None:
    assert reading(tmp_path, "facts.yaml", "  value", " value")[0].startswith("facts.yaml:4:3: error yaml-syntax")
    assert len(read(tmp_path / "content", COLOURS)[1]) == 1


def test_unreadable_list_of_themes_does_not_hide_other_faults(tmp_path: Path) -> None:
    found = reading(tmp_path, "booklet.yaml", "slug: ", "slug: [")
    assert len(found) == 1
    text = tmp_path / "content" / "themes" / "heim" / "text.md"
    text.write_text(text.read_text(encoding="utf-8").replace("fact:newcomers-2020", "fact:x"), encoding="utf-8")
    assert {finding.code for finding in read(tmp_path / "content", COLOURS)[1]} == {"yaml-syntax", "unknown-fact"}


def test_same_content_gives_the_same_booklet_at_any_time() -> None:
    assert read(TINY, COLOURS) == read(TINY, COLOURS)


@pytest.mark.parametrize(
    ("text", "value", "good"),
    [
        ("65,0 prosent", "65,0", True), ("165,0 prosent", "65,0", False), ("65,05", "65,0", False),
        ("10 000 kroner", "10000", True), ("10\u00a0000 kroner", "10 000", True), ("110 000", "10000", False),
        ("−1 361", "−1361", True), ("1 361", "−1361", False), ("−5", "5", False), ("5", "5", True), ("2,5", "5", False),
        ("5,2", "5", False), ("5.", "5", True), ("mellom 5 og 6", "5", True), ("10–12", "12", True),
        ("-12", "12", False),
        ("To av tre", "66,7", True), ("tretti to av trettito", "66,7", False),
    ],
)
def test_text_must_carry_the_value_itself(text: str, value: str, good: bool) -> None:
    fact = Fact("a", value, "", "b", "", "", "c", ("to av tre",), Position(TINY))
    assert carries(text, fact) is good


@pytest.mark.parametrize(("text", "carried"), [
    ("65,0 prosent", True), ("om lag 65,0\u00a0prosent", True), ("(65,0 prosent)", True), ("165,0 prosent", False),
    ("65.0 prosent", False), ("2 65,0 prosent", False), ("3/65,0", False), ("65,0 prosentpoeng", False),
    ("65,0 millioner kroner", False), ("nær to av tre", True)])
def test_text_carries_the_figure_of_the_register_as_a_whole_and_in_its_unit(text: str, carried: bool) -> None:
    fact = Fact("f", "65,0", "prosent", "", "", "", "", ("nær to av tre",), Position(Path("facts.yaml")))
    assert carries(text, fact) is carried


@pytest.mark.parametrize(("text", "carried"), [
    ("914 innbyggere", True), ("1 914 innbyggere", False), ("914 000 innbyggere", False), ("i 2017 914", False)])
def test_figure_within_a_larger_one_is_not_carried(text: str, carried: bool) -> None:
    assert carries(text, Fact("f", "914", "innbyggere", "", "", "", "", (), Position(Path("facts.yaml")))) is carried
