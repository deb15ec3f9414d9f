"""Sheets that differ in a few colours: read once, and as the engine reads them."""

from typing import Any

import pytest
import weasyprint
from making import STYLES

from booklet import engine, liveries, supply
from booklet.job import Sheet
from booklet.liveries import Liveries, rules_of

SHEET = """/* a { */ @page { size: A5; @top-left { content: "}" } } @page :left { margin: 1cm }
p, h1.x > a { color: COLOUR; margin: 0 } /* b } */
@media print { em { color: COLOUR } p { top: 0 } } @media screen { em { color: red } }
ul { list-style-type: "–\\a0" } p { & b { color: COLOUR } } i { } q:hover { top: 0 } #n::before { content: 'x' }
"""


def own(**options: Any) -> Liveries:
    """Return liveries of our engine."""
    fonts, memory = engine._engine().fonts, engine._engine().memory
    return Liveries(supply.BASE, font_config=fonts, url_fetcher=memory, **options)


def told(sheet: Any) -> Any:
    """Return all that a sheet says, and in which order."""
    matcher = sheet.matcher
    groups = matcher.id_selectors, matcher.class_selectors, matcher.lower_local_name_selectors
    entries = [entry for group in groups for bucket in group.values() for entry in bucket]
    entries += [*matcher.other_selectors, *matcher.lang_attr_selectors]
    pages = [(rule[1], repr(rule[2])) for rule in sheet.page_rules]
    return sorted((order, *fixed, pseudo, repr(payload)) for _, fixed, order, pseudo, payload in entries), pages


def theirs(text: str) -> Any:
    """Return what the engine reads in a sheet."""
    return weasyprint.CSS(string=text, font_config=engine._engine().fonts, base_url=supply.BASE)


def test_sheets_in_other_colours_are_as_the_engine_reads_them() -> None:
    known = own()
    for colour in ("red", "green", "red", "#123456"):
        text = SHEET.replace("COLOUR", colour)
        assert told(known.dress(text, [])) == told(theirs(text))


@pytest.mark.parametrize("name", ["booklet", "print", "screen", "handout"])
def test_sheets_of_this_project_are_read_here(name: str) -> None:
    text = (STYLES / f"{name}.css").read_text("utf-8").replace("var(", "fallback(")
    rules = rules_of(text)
    assert rules and "".join("".join(rules).split()) in "".join(text.split())


def test_rules_that_stay_the_same_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    known, read = own(), []
    keep = liveries.css.preprocess_stylesheet
    monkeypatch.setattr(
        liveries.css, "preprocess_stylesheet", lambda *given, **more: (read.append(1), keep(*given, **more))[1])
    for colour in ("red", "blue"):
        assert known.dress(f"p {{ top: 0 }} b {{ color: {colour} }} i {{ left: 0 }}", [])
    assert len(read) == 3 + 1


@pytest.mark.parametrize("text", [
    "@import 'b.css'; p { top: 0 }", "@font-face { font-family: A; src: url(a.ttf) }", "@layer a { p { top: 0 } }",
    "p { top: 0 } }", "p { top: 0", "p\\31 { top: 0 }", "p { background: url(a}b) }", "p { content: 'a\nb' }",
    "@media print { @layer a { p { top: 0 } } }", "p { top: 0 } q", "@layer a; p { top: 0 }"])
def test_other_sheets_are_the_engines_to_read(text: str) -> None:
    assert own().dress(text, []) is None


def test_sheet_of_which_something_has_to_be_said_is_the_engines_to_read() -> None:
    assert own().dress("p { top: 0 }", ["Ignored"]) is None


@pytest.mark.parametrize("faulty", ["COLOUR", "red"])
def test_findings_of_a_sheet_name_the_place_in_each_colour(faulty: str) -> None:
    """Of a rule that differs, and of one that is the same in all colours."""
    for colour in ("red", "blue"):
        ear = engine._Ear()
        logger = engine.logging.getLogger("weasyprint")
        logger.addHandler(ear)
        sheet = Sheet("own.css", f"p {{ color: {colour} }}\nb {{ color: {faulty}; fo: o }}".replace("COLOUR", colour))
        _, said = engine._engine()._read(sheet, ear)
        logger.removeHandler(ear)
        assert len(said) == 1 and "2:" in said[0]
