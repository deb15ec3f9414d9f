"""The engine's own style sheet without what no page can meet."""

import re
from pathlib import Path

import pytest

from booklet.basics import ELEMENTS, Shelf, foreign_counters, shorten
from booklet.haste import engine_file
from booklet.phrases import _PAIRED

PACKAGE = Path(__file__).parents[1] / "booklet"
FULL = engine_file("css", "html5_ua.css").read_text("utf-8")
SHORT = shorten(FULL)


def written() -> str:
    """Return all that writes HTML: the templates, and the rooms between a text and a page."""
    return "\n".join(path.read_text("utf-8") for path in PACKAGE.rglob("*") if path.suffix in (".py", ".jinja"))


def test_sheet_knows_every_element_that_is_written() -> None:
    tags = set(re.findall(r"</?([a-z][a-z0-9]*)(?=[ >/{])", written())) | set(_PAIRED)
    assert {"p", "table", "dd", "kbd", "img", "section"} <= tags
    ruled = {name for head in re.findall(r"(?m)^([^@{]*)\{", FULL) for name in re.findall(r"\b[a-z]\w*", head)}
    assert ruled >= {"pre", "p", "td"} and (tags & ruled) - ELEMENTS == set()


@pytest.mark.parametrize("attribute", ["dir", "rules", "frame", "type", "bgcolor", "align", "width"])
def test_nobody_writes_an_attribute_that_the_sheet_has_lost(attribute: str) -> None:
    """What a drawing says of its shapes is no matter of this sheet."""
    ours = "|".join(sorted(ELEMENTS - {"svg"}))
    assert re.findall(rf"<(?:{ours})(?= )[^<>]* {attribute}=", written()) == []


@pytest.mark.parametrize("rule", [
    "ol, ul { padding-left: 40px }", ":link { color: blue }",
    "[hidden], base, head, link, meta, style, title { display: none }",
    ":is(dir, menu, ol, ul) ul { list-style-type: circle }", "  margin: 75px;", "q::before { content: open-quote }",
    "thead, tbody, tfoot, table > tr { vertical-align: middle }",
    "colgroup, colgroup[hidden] { display: table-column-group }",
    "::footnote-call { content: counter(footnote); vertical-align: super; font-size: smaller; line-height: inherit }"])
def test_rule_that_pages_meet_is_kept(rule: str) -> None:
    assert rule in SHORT.split("\n")


@pytest.mark.parametrize("words", ["[dir", "input", "textarea", "rules", "hebrew", "select"])
def test_rule_that_no_page_meets_is_left_out(words: str) -> None:
    assert words in FULL and words not in SHORT


def test_every_counter_is_in_one_of_two_places() -> None:
    names = re.findall(r"@counter-style ([\w-]+)", FULL)
    here, there = (re.findall(r"@counter-style ([\w-]+)", sheet) for sheet in (SHORT, foreign_counters(FULL)))
    assert sorted(here + there) == sorted(names) and {"decimal", "lower-alpha", "upper-roman", "disc"} <= set(here)


def test_sheet_of_attributes_is_empty_and_that_of_forms_too() -> None:
    shelf = Shelf(engine_file("css"), ["html5_ph.css"])
    assert (shelf / "html5_ph.css").read_text("utf-8") == ""
    assert (shelf / "html5_ua.css").read_text("utf-8") == SHORT
