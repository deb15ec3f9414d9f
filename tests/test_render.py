"""Unit → HTML: the templates, their classes and their words."""

import re
from collections.abc import Iterator

import pytest
from graphing import CHARTS, SPOTS
from jinja2 import UndefinedError
from making import AT, MEMORY, STYLES, WORDS, article, block, booklet, brief, example, mark, reference, source, theme
from msgspec.structs import replace
from ordering_cases import matters
from revising import slip, summary
from teaching_cases import occasions

from booklet.blocks import BOXES
from booklet.factlist import list_of
from booklet.factsheet import Row, Sheet
from booklet.holdings import brief_labels
from booklet.model import Booklet, Fact
from booklet.ordersheet import sheet
from booklet.printed import Unit
from booklet.profiles import ERRATA_SLIP, FACT_LIST, ORDER_SHEET, PROFILES, REVIEW_SUMMARY
from booklet.render import TEMPLATES, render
from booklet.selection import select
from booklet.units import Brief, compose, notes
from booklet.words import LANGUAGES, Unspoken, read_words

PACKAGE = TEMPLATES.parent
KINDS = {path.name.split(".")[0] for path in TEMPLATES.glob("[a-z]*.jinja")} - {"base"}
SIDES = {"recto", "verso", "single"}


class Listener(dict[str, str]):
    """Words that know which of them were asked for."""

    def __init__(self, words: dict[str, str]) -> None:
        """Start with none."""
        super().__init__(words)
        self.used: set[str] = set()

    def __getitem__(self, key: str) -> str:
        """Note the key, return the words."""
        self.used.add(key)
        return super().__getitem__(key)


def full() -> Booklet:
    """Return a booklet that uses everything there is to say."""
    authors = ("Aas, A", "Bø, B"), ("Aas, A", "Bø, B", "Li, C")
    sources = source("a", *authors[0]), source("b", *authors[1], year="")
    references = (
        reference("citation", "a"), reference("citation", "b"), reference("link", "en.a"), reference("link", "to"),
        reference("term", "ord"), reference("picture", "p.svg"), *(reference("chart", path) for path in CHARTS),
    )
    marks = "".join(mark(i, "x") for i in range(len(references)))
    text = article("en.text", block(marks, kind="chart"), references=references, lead="Lead.")
    approvals = "not-asked", "asked", "approved"
    examples = tuple(replace(example(f"en.{a}", sources=("a",)), approval=a) for a in approvals)
    picture = type("P", (), {"path": "p.svg", "alt": "a", "caption": "c", "credit": "k"})
    named = replace(examples[0], article=article("en.a", lead="Lead."), spots=SPOTS)
    first = replace(theme("en", 1, text, (named, *examples)), picture="p.svg")
    return booklet(
        first, theme("to", 2), sources=sources, isbn="978", url="https://x.no/a-b",
        facts=(), pictures=(picture,), subtitle="Under", colophon=(("A", "B"),), cover="p.svg",
        charts=tuple(CHARTS.values()))


def pages(words: dict[str, str]) -> Iterator[tuple[Unit, str]]:
    """Yield every unit of every kind of copy of the full booklet, with its HTML."""
    whole = full()
    for profile in PROFILES.values():
        told = Brief(profile, words, brief_labels(whole, words))
        for one in (whole, select(whole, ("en",))):
            if profile.plan == "handout" and not one.excerpt:
                continue
            for unit in (*compose(one, told), notes(one, told, 1)):
                yield unit, render(unit, words, "nb", "recto", profile)
    cut = select(whole, ("en/a", "to/questions"))
    held = [(select(whole, ("en",)), one) for one in occasions()] + [(cut, occasions()[0])]
    for one, occasion in [*held, (select(whole, ("en/a",)), occasions()[0])]:
        told = Brief(PROFILES["handout"], words, brief_labels(whole, words), occasion=occasion)
        for unit in compose(one, told):
            yield unit, render(unit, words, "nb", "recto", PROFILES["handout"])
    for matter in matters():
        unit = sheet(matter, words, AT)
        yield unit, render(unit, words, "nb", "recto", ORDER_SHEET)
    unit = list_of(facts(), whole, words)
    yield unit, render(unit, words, "nb", "recto", FACT_LIST)
    for unit, profile in ((slip(), ERRATA_SLIP), (summary(), REVIEW_SUMMARY)):
        yield unit, render(unit, words, "nb", "recto", profile)


def facts() -> Sheet:
    """Return a sheet of one fact that is due, one that is not, and one that no page prints."""
    fact = Fact("a", "65,0", "prosent", "Andel", "2017-12-31", "2020-06-30", "a", (), AT)
    rows = [Row(fact, "Aas 2018", 36, due, pages, {"en": pages} if pages else {})
            for due, pages in ((True, ("3",)), (False, ("4",)), (False, ()))]
    return Sheet("2021-01-15", tuple(rows))


def classes() -> set[str]:
    """Return every class that the program writes, those left out that are hooks: kinds and sides."""
    written = {name for _, html in pages(dict(WORDS)) for name in re.findall(r'class="([^"]*)"', html)}
    found = {name for names in written for name in names.split() if not name.startswith("ink-")}
    for path in (*PACKAGE.glob("*.py"), *TEMPLATES.glob("*.jinja")):
        for names in re.findall(r'class="([^"]*)"', path.read_text(encoding="utf-8")):
            found |= {name for name in re.sub(r"\S*\{.*\}\S*", " ", names).split() if not name.startswith("ink-")}
    return found - KINDS - SIDES


def rules() -> set[str]:
    """Return every class that a sheet has a rule for."""
    css = "".join(path.read_text() for path in STYLES.glob("*.css"))
    selectors = re.sub(r"/\*.*?\*/|\{[^{}]*\}", " ", css, flags=re.DOTALL)
    return set(re.findall(r"\.([a-z][\w-]*)", selectors))


def test_every_class_that_a_template_writes_has_a_rule() -> None:
    assert sorted(classes() - rules()) == []


def test_every_rule_is_for_a_class_that_something_writes() -> None:
    assert sorted(rules() - classes() - KINDS - SIDES - set(BOXES)) == []


def test_every_template_is_used() -> None:
    assert {unit.kind for unit, _ in pages(dict(WORDS))} == KINDS


def test_all_languages_have_the_same_words() -> None:
    keys = {path.stem: list(read_words(path.stem, MEMORY)) for path in LANGUAGES.glob("*.yaml")}
    assert keys.keys() >= {"nb", "nn"}
    assert {language for language, words in keys.items() if words != keys["nb"]} == set()


def test_every_word_is_used() -> None:
    words = Listener(dict(WORDS))
    for _ in pages(words):
        pass
    for side in ("front", "back"):
        words[f"sheet-{side}"]  # of the dummy's slug, in imposition
    words["page-name"]  # of the line beside a page, in pipeline
    words["edition"]  # of the document's subject, in pipeline
    assert sorted(words.keys() - words.used) == []


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_words_keep_their_places_for_numbers_and_names(language: str) -> None:
    places = {key: sorted(re.findall(r"\{(\w+)\}", words)) for key, words in read_words(language, MEMORY).items()}
    assert {key: names for key, names in places.items() if names} == {
        "map-alt": ["county", "places"], "chart-which": ["name", "number"], "chart-when": ["name", "number"],
        "page": ["page"], "whole": ["page"], "page-of": ["page", "total"], "figure-credit": ["credit"],
        "page-mark": ["page"], "handout-page": ["page"], "fingerprint-line": ["edition", "total"],
        "code-alt": ["address"], "copies-1-up": ["copies"], "copies-2-up": ["copies"], "copies-a5-booklet": ["copies"],
        "own-source": ["source"], "own-year": ["year"], "guide-frame": ["minutes"], "guide-minutes": ["minutes"],
        "guide-sum": ["frame", "sum"],
        "excerpt-of": ["edition", "title"], "sheet-front": ["left", "right", "sheet"],
        "sheet-back": ["left", "right", "sheet"], "order-extent-separate": ["cover", "inside", "pages"],
        "order-extent-self": ["pages"], "order-extent-open": ["pages"], "order-sheets": ["all", "sheets"],
        "order-spine": ["width"], "order-weights": ["copy", "run"], "order-part": ["copies"],
        "order-licence": ["licence", "name"], "order-file-pages": ["file", "pages"],
        "facts-booklet": ["pages"], "facts-handout": ["pages", "theme"], "facts-years": ["years"],
        "facts-review": ["day"], "order-demand": ["bleed", "condition", "ink", "marks", "standard"],
    }


def test_language_without_words_is_named() -> None:
    with pytest.raises(Unspoken, match="no words for the language 'se'"):
        read_words("se", MEMORY)


def test_authors_signs_are_never_markup() -> None:
    one = booklet(title="A <b> & «B»", publishers=("K & S",))
    html = render(compose(one, brief(one))[0], WORDS, "nb", "recto", PROFILES["print"])
    assert "<h1>A &lt;b&gt; &amp;\u00a0«B»</h1>" in html and "K &amp; S" in html and "<b>" not in html


def test_unit_that_lacks_something_cannot_be_rendered() -> None:
    one = booklet()
    unit = replace(compose(one, brief(one))[0], content={})
    with pytest.raises(UndefinedError):
        render(unit, WORDS, "nb", "recto", PROFILES["print"])


def test_page_says_its_language_its_kind_and_its_side() -> None:
    unit = compose(booklet(), brief(booklet()))[4]
    html = render(unit, WORDS, "nn", "verso", PROFILES["print"])
    assert '<html lang="nn" class="article verso">' in html and '<body id="foreword">' in html


def test_folio_is_a_hole_and_in_a_handout_says_of_how_many() -> None:
    unit = compose(booklet(), brief(booklet()))[4]
    paper, handout = (render(unit, WORDS, "nb", "recto", PROFILES[name]) for name in ("print", "handout"))
    folio = re.compile(r'<div class="folio folio-right">(.*)</div>')
    assert re.sub("<[^>]*>", "", folio.findall(paper)[0]) == "00"
    assert re.sub("<[^>]*>", "", folio.findall(handout)[0]) == "Side 00 av 00"
    assert re.findall(r'data-hole="(\w+)"', folio.findall(handout)[0]) == ["phrase"]


def test_page_without_folio_has_no_running_heads() -> None:
    html = render(compose(booklet(), brief(booklet()))[0], WORDS, "nb", "recto", PROFILES["print"])
    assert "folio" not in html and "running" not in html


def test_web_address_may_break_after_its_signs() -> None:
    one = booklet(url="https://x.no/a-b")
    html = render(compose(one, brief(one))[1], WORDS, "nb", "recto", PROFILES["print"])
    assert "https://\u200bx.\u200bno/\u200ba-\u200bb" in html
