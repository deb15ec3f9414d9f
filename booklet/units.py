"""Booklet → its units in page order, for one profile.

In comes a booklet (whole or an excerpt) and what the copy needs to know; out go ``Unit``s, complete and inert: every
reference resolved, every page number a hole. Knows no template, no style sheet, no page.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import escape

from booklet.inline import Setting, hole, references_of, resolve, source_labels, space, tie
from booklet.model import Article, Block, Booklet, Example, Prose, Source, Term, Theme, articles, title_of
from booklet.printed import Entry, Unit
from booklet.profiles import Profile

_MOST_LISTED = 8
"""Themes that a page about the whole booklet has room to name."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What a copy must be told besides its booklet."""

    profile: Profile
    words: Mapping[str, str]
    labels: Mapping[str, str]
    """Key of a source → its short form, the same in every copy of an edition."""
    digits: Mapping[str, int] = field(default_factory=dict)
    """Address → expected number of digits of its page."""


def addresses(booklet: Booklet) -> frozenset[str]:
    """Return every address that a copy of this booklet holds."""
    found = {theme.id for theme in booklet.themes}
    for article in articles(booklet):
        found |= {article.address} | {block.anchor for block in article.body.blocks if block.anchor}
    registers = {
        "glossary": [term.id for term in used_terms(booklet)],
        "references": [source.key for source in used_sources(booklet)],
    }
    for name, entries in registers.items():
        if name in booklet.back and entries:  # an empty register is not printed
            found |= {name} | {f"{name}.{entry}" for entry in entries}
    return frozenset(found)


def used_sources(booklet: Booklet) -> tuple[Source, ...]:
    """Return the sources that the texts, examples and figures of this booklet rest on."""
    keys, facts = set(), {fact.id: fact for fact in booklet.facts}
    for article in articles(booklet):
        for reference in article.body.references:
            if reference.kind == "citation":
                keys.add(reference.target)
            elif reference.kind == "fact":
                keys.add(facts[reference.target].source)
    for theme in booklet.themes:
        keys |= {key for example in theme.examples for key in example.sources}
    return tuple(source for source in booklet.sources if source.key in keys)


def used_terms(booklet: Booklet) -> tuple[Term, ...]:
    """Return the glossary of this booklet: all of it, or in an excerpt the terms that the excerpt uses."""
    if not booklet.excerpt:
        return booklet.glossary
    used = {ref.target for article in articles(booklet) for ref in article.body.references if ref.kind == "term"}
    return tuple(term for term in booklet.glossary if term.id in used)


def brief_labels(booklet: Booklet, words: Mapping[str, str]) -> dict[str, str]:
    """Return the short form of every source that the whole booklet uses."""
    return source_labels(used_sources(booklet), words)


class _Composer:
    """Makes the units of one copy; holds what all of them need."""

    def __init__(self, booklet: Booklet, brief: Brief) -> None:
        self.booklet, self.brief, self.words = booklet, brief, brief.words
        pictures = {p.path: (p.alt, p.caption, p.credit) for p in booklet.pictures}
        live = brief.profile.tagged
        self.setting = Setting(brief.words, addresses(booklet), brief.labels, pictures, live, brief.digits)

    def body(self, prose: Prose) -> str:
        """Return the HTML of a body; each block carries its number."""
        html = []
        for number, block in enumerate(prose.blocks):
            marked = re.sub(r"^<([a-z0-9]+)", rf'<\1 data-b="{number}"', block.html, count=1)
            if block.kind == "figures":
                marked = marked.removesuffix("</div>") + self.figure_sources(block, prose) + "</div>"
            html.append(resolve(marked, prose, self.setting))
        return "\n".join(html)

    def figure_sources(self, block: Block, prose: Prose) -> str:
        """Return the line under key figures that names the sources of their facts, unless the author cites any."""
        facts = {fact.id: fact.source for fact in self.booklet.facts}
        references = references_of(block, prose)
        if any(reference.kind == "citation" for reference in references):
            return ""  # the author has said it
        shown = [reference for reference in references if reference.kind == "fact"]
        labels = dict.fromkeys(self.brief.labels[facts[reference.target]] for reference in shown)
        return f'<p class="source">{self.words["sources"]}: {escape("; ".join(labels))}.</p>'

    def article(self, article: Article, kind: str, theme: Theme | None = None, level: int = 1) -> Unit:
        """Return the unit of a piece with a title and a body."""
        content = {"title": tie(article.title), "lead": space(article.lead), "html": self.body(article.body)}
        if theme:
            content |= {"theme_number": str(theme.number), "theme_title": theme.title}
        bookmarks = tuple(
            Entry(block.level, "", block.text, block.anchor)
            for block in article.body.blocks if block.kind == "heading" and block.level == 2
        )
        pictures = tuple(ref.target for ref in article.body.references if ref.kind == "picture")
        running = self.booklet.short, theme.short if theme else article.title
        return Unit(
            article.address, kind, article.title, level, theme.colour if theme else "", running, content, bookmarks,
            pictures, article.position, tuple(block.position for block in article.body.blocks),
        )

    def plain(self, address: str, title: str, level: int, content: Mapping[str, object]) -> Unit:
        """Return a unit that the program writes itself: its kind is its address, it stands where the booklet does."""
        kind = re.sub(r".*\.|-\d+$", "", address)
        running = self.booklet.short, title
        return Unit(address, kind, title, level, "", running, content, (), (), self.booklet.position)

    def opener(self, theme: Theme) -> Unit:
        """Return the page that opens a theme."""
        content = {
            "number": str(theme.number), "title": tie(theme.title), "lead": space(theme.lead),
            "points": tuple(map(space, theme.points)),
        }
        return Unit(
            theme.id, "opener", theme.title, 1, theme.colour, ("", ""), content, (), (), theme.position, folio=False
        )

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
                   "facts": tuple((label, value) for label, value in facts if value)}
        return replace(unit, content=content)

    def questions(self, theme: Theme) -> Iterator[Unit]:
        """Yield the page of questions, where a theme has any."""
        if theme.questions:
            content = {"theme_title": theme.title, "theme_number": str(theme.number),
                       "questions": tuple(map(space, theme.questions))}
            yield Unit(
                f"{theme.id}.questions", "questions", self.words["questions"], 2, theme.colour,
                (self.booklet.short, theme.short), content, (), (), theme.position,
            )

    def theme(self, theme: Theme) -> Iterator[Unit]:
        """Yield the units of a theme after its opener."""
        yield self.article(theme.text, "text", theme, 2)
        for example in theme.examples:
            yield self.example(example, theme)
        yield from self.questions(theme)

    def glossary(self) -> Iterator[Unit]:
        """Yield the glossary, where there are terms to explain."""
        terms = tuple(
            {"id": f"glossary.{term.id}", "term": term.term, "meaning": space(term.meaning)}
            for term in used_terms(self.booklet)
        )
        if terms:
            yield self.plain("glossary", self.words["glossary"], 1, {"terms": terms})

    def references(self) -> Iterator[Unit]:
        """Yield the list of references, sorted by their short form."""
        sources = sorted(used_sources(self.booklet), key=lambda source: _norwegian(self.brief.labels[source.key]))
        entries = tuple(_reference(source, self.brief.labels[source.key]) for source in sources)
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

    def contents(self, units: list[Unit]) -> Unit:
        """Return the table of contents of the units given."""
        entries = []
        for unit in units:
            if unit.level:
                number = hole("page", unit.address, max(2, self.brief.digits.get(unit.address, 2)))
                label = str(unit.content["number"]) if unit.kind == "opener" else ""
                place = unit.content.get("municipality", "")
                entries.append({
                    "level": unit.level, "title": unit.title, "address": unit.address, "label": label,
                    "colour": unit.colour, "hole": number,
                    "note": "" if str(place) in unit.title else place, "live": self.setting.live,
                })
        return self.plain("contents", self.words["contents"], 0, {"entries": tuple(entries)})

    def head(self) -> dict[str, object]:
        """Return what every page about the booklet itself needs."""
        booklet = self.booklet
        return {
            "kicker": booklet.kicker, "title": tie(booklet.title), "subtitle": booklet.subtitle,
            "edition": booklet.edition, "publishers": booklet.publishers, "isbn": booklet.isbn, "url": booklet.url,
            "full_title": title_of(booklet),
            "themes": tuple(
                {"number": str(theme.number), "title": tie(theme.title), "colour": theme.colour}
                for theme in booklet.themes if len(booklet.themes) <= _MOST_LISTED),
        }

    def cover(self, address: str, extra: Mapping[str, object]) -> Unit:
        """Return a page without folio that shows the booklet itself: cover, title page, back cover, title leaf."""
        pictures = (self.booklet.cover,) if self.booklet.cover and address == "cover" else ()
        alt = next((p.alt for p in self.booklet.pictures if p.path in pictures), "")
        content = {**self.head(), **extra, "picture": pictures[0] if pictures else "", "alt": alt}
        unit = self.plain(address, title_of(self.booklet), 0, content)
        return replace(unit, pictures=pictures, folio=False, in_booklet=address != "leaf")


def _norwegian(text: str) -> str:
    """Return a sort key in the order of the Norwegian alphabet."""
    return text.lower().replace("aa", "å").translate(str.maketrans("æäøöå", "{{||}"))


def _reference(source: Source, label: str) -> dict[str, object]:
    """Return an entry of the list of references, in the parts that the template prints."""
    details = [source.publisher, source.report, f"ISBN {source.isbn}" if source.isbn else "",
               f"{source.pages} s" if source.pages else ""]
    who = "; ".join(source.authors) or source.organisation
    who = "" if label.startswith(who) else who
    return {
        "id": f"references.{source.key}", "label": label, "who": who,
        "year": source.year, "title": source.title, "details": tuple(map(space, filter(None, details))),
        "url": source.url, "host": re.sub(r"^https?://(?:www\.)?|/.*$", "", source.url), "note": source.note,
    }


def _booklet_plan(make: _Composer) -> list[Unit]:
    booklet = make.booklet
    body = [make.article(article, "article") for article in booklet.front]
    for theme in booklet.themes:
        body += [make.opener(theme), *make.theme(theme)]
    if booklet.excerpt:
        return [make.cover("leaf", {}), *body, *_run_on(make.back())]
    body += make.back()
    title = make.cover("title", {"colophon": booklet.colophon})
    return [make.cover("cover", {}), title, make.contents(body), *body, make.cover("back", {"blurb": booklet.blurb})]


def _handout_plan(make: _Composer) -> list[Unit]:
    units = []
    for theme in make.booklet.themes:
        head = {**make.head(), "number": str(theme.number), "theme_title": tie(theme.title),
                "lead": space(theme.lead), "points": tuple(map(space, theme.points))}
        text, *rest = make.theme(theme)
        head |= {"text": text.content, "text_address": text.address}
        first = replace(text, address=theme.id, kind="handout", content=head, title=theme.title, level=1)
        units += [replace(first, running=("", f"{theme.number} {theme.title}")), *rest]
    return [*units, *_run_on(make.back())]


def _run_on(registers: Iterator[Unit]) -> list[Unit]:
    """Return the registers of an excerpt as one unit: the list of references runs on below the glossary."""
    units = list(registers)
    if len(units) < 2:
        return units
    first, last = units
    content = {**first.content, **last.content, "parts": tuple(unit.kind for unit in units)}
    return [replace(first, kind="registers", content=content)]


_PLANS = {"booklet": _booklet_plan, "handout": _handout_plan}


def compose(booklet: Booklet, brief: Brief) -> tuple[Unit, ...]:
    """Return the units of a copy in page order, without the pages that fill up a sheet."""
    return tuple(_PLANS[brief.profile.plan](_Composer(booklet, brief)))


def notes(booklet: Booklet, brief: Brief, number: int) -> Unit:
    """Return the ``number``-th page for notes, counted from 1: what a sheet is filled up with."""
    make = _Composer(booklet, brief)
    unit = make.plain(f"notes-{number}", brief.words["notes"], 0, {"heading": brief.words["notes"]})
    return replace(unit, in_booklet=not booklet.excerpt, folio=not booklet.excerpt)
