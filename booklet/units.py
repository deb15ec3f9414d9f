"""Booklet → its units in page order, for one profile.

In comes a booklet (whole or an excerpt) and what the copy needs to know; out go ``Unit``s, complete and inert: every
reference resolved, every page number a hole. Knows no template, no style sheet, no page.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from msgspec import Struct, field
from msgspec.structs import replace

from booklet.bodies import Ground, set_body
from booklet.entries import alphabetical, entry_of
from booklet.gallery import TABLES, draw, hang_chart, locate, place_map, tables_of
from booklet.graphs import Chart, Spot
from booklet.handouts import CODE, handout_of, mark_of
from booklet.holdings import addresses, used_charts, used_sources, used_terms
from booklet.inline import tie
from booklet.memory import Memory, Only
from booklet.model import Article, Booklet, Example, Theme
from booklet.preliminaries import contents, entries_of, plain, sheet
from booklet.printed import Entry, Unit
from booklet.profiles import Profile
from booklet.store import Store
from booklet.teaching import Occasion

FOLIO = ""
"""Stands among the addresses for the pages' own numbers, which are all made for the same number of digits."""

_OPENED = 8
"""Lines of a theme's contents that its opener has room for above the picture; more go on behind the spread."""
_ONE_PAGE = 22
"""Terms that one page of the glossary has room for; more are given a spread."""


class Brief(Struct, frozen=True):
    """What a copy must be told besides its booklet."""

    profile: Profile
    words: Mapping[str, str]
    labels: Mapping[str, str]
    """Key of a source → its short form, the same in every copy of an edition."""
    digits: Mapping[str, int] = field(default_factory=dict)
    """Address → expected number of digits of its page."""
    occasion: Occasion = field(default_factory=Occasion)
    """What a handout is made for."""
    memory: Memory = field(default_factory=lambda: Memory(Store(None)))
    """What was composed before."""


class _Composer:
    """Makes the units of one copy; holds what all of them need."""

    def __init__(self, booklet: Booklet, brief: Brief) -> None:
        self.booklet, self.brief, self.words = booklet, brief, brief.words
        pictures = {p.path: (p.alt, p.caption, p.credit) for p in booklet.pictures}
        live, self.charts = brief.profile.tagged, used_charts(booklet)
        rules = booklet.language, booklet.typography_off
        inside = addresses(booklet, brief.profile.plan)
        inside |= {TABLES} if brief.profile.tables and self.charts else set()
        facts = {fact.id: brief.labels[fact.source] for fact in booklet.facts if fact.source in brief.labels}
        marked, memory = brief.profile.plan == "handout", brief.memory
        ground = Ground(brief.words, inside, brief.labels, pictures, live, rules, facts, marked)
        self.ground = memory.same((Ground, brief.profile.name, inside), ground)
        bare = self.ground.setting(brief.digits)
        charts = {chart.path: hang_chart(chart, bare, self.draw) for chart in self.charts}
        self.setting = replace(bare, charts=charts)
        self.space, self.tie = bare.typography.text, partial(tie, typography=bare.typography)

    def draw(self, chart: Chart, alt: str) -> str:
        """Return the drawing of a chart; every copy shows the same."""
        return self.brief.memory.text("figures", draw, chart, alt)

    def locate(self, spots: Sequence[Spot], alt: str) -> str:
        """Return the map of an example's places."""
        return self.brief.memory.text("figures", locate, tuple(spots), alt)

    def body(self, article: Article) -> str:
        """Return the HTML of a body; the same one when no page that it quotes has other digits."""
        prose, setting = article.body, self.setting
        digits = {ref.target: setting.digits.get(ref.target, 2) for ref in prose.references if ref.kind == "link"}
        charts = {ref.target: setting.charts[ref.target] for ref in prose.references if ref.kind == "chart"}
        parts = Only(prose), article.address, Only(self.ground), tuple(digits.items()), tuple(charts.items())
        return self.brief.memory.text(self.brief.profile.name, set_body, *parts)

    def article(self, article: Article, kind: str, theme: Theme | None = None, level: int = 1) -> Unit:
        """Return the unit of a piece with a title and a body."""
        content = {"title": self.tie(article.title), "lead": self.space(article.lead), "html": self.body(article)}
        if self.brief.profile.plan == "handout":
            content |= {"mark": mark_of(f"{article.address}#", self.words)}
        if theme:
            content |= {"theme_number": str(theme.number), "theme_title": theme.title}
        bookmarks = tuple(
            Entry(block.level, "", block.text, block.anchor)
            for block in article.body.blocks if block.kind == "heading" and block.level == 2
        )
        pictures = tuple(ref.target for ref in article.body.references if ref.kind == "picture")
        drawn = any(block.kind == "chart" for block in article.body.blocks)
        running = self.booklet.short, theme.short if theme else article.title
        return Unit(
            article.address, kind, article.title, level, theme.colour if theme else "", running, content, bookmarks,
            pictures, article.position, tuple(block.position for block in article.body.blocks), drawn=drawn,
        )

    def plain(self, address: str, title: str, level: int, content: Mapping[str, object]) -> Unit:
        """Return a unit that the program writes itself."""
        return plain(self.booklet, address, (title, level), content)

    def opener(self, theme: Theme, units: Sequence[Unit]) -> Unit:
        """Return the spread that opens a theme: what it is about, and where in it which unit stands."""
        entries = self.entries(units)
        content = {
            "number": str(theme.number), "title": self.tie(theme.title), "lead": self.space(theme.lead),
            "points": tuple(map(self.space, theme.points)), "entries": entries[:_OPENED], "more": entries[_OPENED:],
            "picture": theme.picture,
            "alt": next((picture.alt for picture in self.booklet.pictures if picture.path == theme.picture), ""),
        }
        pictures = (theme.picture,) if theme.picture else ()
        running = self.booklet.short, theme.short
        return Unit(
            theme.id, "opener", theme.title, 1, theme.colour, running, content, (), pictures, theme.position,
            folio=len(entries) > _OPENED, spread=True)

    def entries(self, units: Sequence[Unit]) -> tuple[Mapping[str, object], ...]:
        """Return the lines of the contents for units given."""
        return entries_of(units, self.brief.digits, self.setting.live)

    def example(self, example: Example, theme: Theme) -> Unit:
        """Return the unit of a municipality's example."""
        unit = self.article(example.article, "example", theme, 2)
        words = self.words
        facts = [
            (words["municipality"], example.municipality), (words["county"], example.county),
            (words["period"], example.period), (words["partners"], ", ".join(example.partners)),
        ]
        if example.approval != "not-asked":
            facts.append((words["approval"], words[f"approval-{example.approval}"]))
        sources = tuple(self.brief.labels[key] for key in example.sources)
        content = {**unit.content, "municipality": example.municipality, "sources": sources,
                   "facts": tuple((label, value) for label, value in facts if value),
                   "map": place_map(example.spots, words, self.locate)}
        return replace(unit, content=content, drawn=unit.drawn or bool(example.spots))

    def questions(self, theme: Theme) -> Iterator[Unit]:
        """Yield the page of questions, where a theme has any."""
        if theme.questions:
            content = {"theme_title": theme.title, "theme_number": str(theme.number),
                       "questions": tuple(map(self.space, theme.questions))}
            yield Unit(
                f"{theme.id}.questions", "questions", self.words["questions"], 2, theme.colour,
                (self.booklet.short, theme.short), content, (), (), theme.position,
            )

    def theme(self, theme: Theme) -> Iterator[Unit]:
        """Yield the units of a theme after its opener."""
        if theme.has_text:
            yield self.article(theme.text, "text", theme, 2)
        for example in theme.examples:
            yield self.example(example, theme)
        yield from self.questions(theme)

    def glossary(self) -> Iterator[Unit]:
        """Yield the glossary, where there are terms to explain."""
        terms = tuple(
            {"id": f"glossary.{term.id}", "term": term.term, "meaning": self.space(term.meaning)}
            for term in used_terms(self.booklet)
        )
        if terms:
            unit = self.plain("glossary", self.words["glossary"], 1, {"terms": terms})
            yield replace(unit, spread=len(terms) > _ONE_PAGE)

    def references(self) -> Iterator[Unit]:
        """Yield the list of references, sorted by their short form."""
        sources = sorted(used_sources(self.booklet), key=lambda source: alphabetical(self.brief.labels[source.key]))
        entries = tuple(entry_of(source, self.brief.labels[source.key]) for source in sources)
        if entries:
            yield self.plain("references", self.words["references"], 1, {"entries": entries})

    def back(self) -> Iterator[Unit]:
        """Yield what follows the themes."""
        registers = {"glossary": self.glossary, "references": self.references}
        for part in self.booklet.back:
            if isinstance(part, Article):
                yield self.article(part, "article")
            else:
                facsimile = self.booklet.excerpt and self.brief.profile.plan == "booklet"
                yield from (replace(unit, in_booklet=not facsimile, folio=not facsimile) for unit in registers[part]())

    def registers(self) -> list[Unit]:
        """Return the registers of an excerpt as one unit: the list of references runs on below the glossary."""
        units = list(self.back())
        if len(units) < 2:
            return units
        first, last = units
        content = {**first.content, **last.content, "parts": tuple(unit.kind for unit in units)}
        return [replace(first, kind="registers", content=content)]

    def numbers(self) -> Iterator[Unit]:
        """Yield the numbers behind the figures, where a profile shows them and there are any."""
        if TABLES in self.setting.inside:
            excerpt = self.booklet.excerpt
            content = {"tables": tables_of(self.charts, self.setting)}
            unit = self.plain(TABLES, self.words["numbers"], 1, content)
            yield replace(unit, in_booklet=not excerpt, folio=not excerpt)


def _booklet_plan(make: _Composer) -> list[Unit]:
    booklet = make.booklet
    body = [make.article(article, "article") for article in booklet.front]
    for theme in booklet.themes:
        units = list(make.theme(theme))
        body += [*([make.opener(theme, units)] if theme.form == "whole" else []), *units]
    if booklet.excerpt:
        return [_leaf(make), *body, *make.registers(), *make.numbers()]
    body += [*make.back(), *make.numbers()]
    front = [sheet(booklet, "cover", {}), sheet(booklet, "colophon", {"lines": booklet.colophon})]
    front += [sheet(booklet, "title", {}), contents(booklet, make.words["contents"], make.entries(body))]
    return [*front, *body, sheet(booklet, "back", {"blurb": booklet.blurb})]


def _leaf(make: _Composer) -> Unit:
    """Return the title leaf of a facsimile: what it is an excerpt of, and the way to the whole."""
    address = make.booklet.short_url or make.booklet.url
    code = {"address": address, "picture": CODE, "alt": make.words["code-alt"].format(address=address)}
    unit = sheet(make.booklet, "leaf", {"code": code if address else {}})
    return replace(unit, pictures=(CODE,) if address else ())


def _handout_plan(make: _Composer) -> list[Unit]:
    return handout_of(make, make.brief.occasion)


_PLANS = {"booklet": _booklet_plan, "handout": _handout_plan}


def compose(booklet: Booklet, brief: Brief) -> tuple[Unit, ...]:
    """Return the units of a copy in page order, without the pages that fill up a sheet."""
    digits = brief.digits.get(FOLIO, 2)
    make = _Composer(booklet, brief)
    units = _PLANS[brief.profile.plan](make)
    units = units if digits == 2 else [replace(unit, folio_digits=digits) for unit in units]
    return tuple(brief.memory.same((Unit, Only(make.ground), unit.address), unit) for unit in units)


def notes(booklet: Booklet, brief: Brief, number: int) -> Unit:
    """Return the ``number``-th page for notes, counted from 1: what a sheet is filled up with."""
    unit = plain(booklet, f"notes-{number}", (brief.words["notes"], 0), {"heading": brief.words["notes"]})
    return replace(
        unit, in_booklet=not booklet.excerpt, folio=not booklet.excerpt, folio_digits=brief.digits.get(FOLIO, 2))
