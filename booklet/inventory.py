"""Booklet → everything that a revision can name, one item each: what it is, what it says, and where that is printed.

In comes a booklet; out goes its inventory, plain and comparable: page numbers, anchors, typography and white space left
aside, so that two items are the same when a reader would read the same. Knows no page.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from booklet.entities import escape, unescape
from booklet.findings import Position
from booklet.holdings import brief_labels, used_sources
from booklet.inline import Setting, resolve
from booklet.model import Article, Booklet, Example, Prose, Theme, articles
from booklet.retelling import retell
from booklet.typography import NAMES, typography_of

_HOLE = re.compile(r'[\u00a0 ]?<span class="hole"[^>]*>[^<]*</span>')
_TAG = re.compile(r"<[^>]*>")
_INLINE = re.compile(r"</?(?:a|abbr|code|em|kbd|span|strong|sub|sup)\b[^>]*>")
_ANCHOR = re.compile(r' (?:id|data-l)="[^"]*"')
_NOTE = '<span class="footnote"'
_SPAN = re.compile(r"</?span\b[^>]*>")
_PAGE = "\u00a0…"
"""Stands for a page number: another number is no other text."""


class Item(Struct, frozen=True):
    """The smallest thing that a revision names."""

    what: str
    """``paragraph``, ``heading``, ``list`` …, ``title``, ``lead``, ``fact``, ``source``, ``term``, ``picture`` …"""
    key: str
    """Its name among those of its part; empty for what has only a place in a row."""
    text: str
    """What it says, in words with one space between."""
    digest: str
    """A hash of what it is and says, markup and all."""
    position: Position
    spots: tuple[str, ...]
    """Where it is printed: addresses, and blocks as «nettverk.text#3»."""
    themes: tuple[str, ...] = ()
    """Whose handouts print it."""


class Part(Struct, frozen=True):
    """What items belong to: a unit with a text, a theme's own pages, a register, the booklet as such."""

    address: str
    what: str
    """``booklet``, ``article``, ``theme``, ``text``, ``example``, or the name of a register."""
    theme: str
    title: str
    position: Position
    items: tuple[Item, ...]


class Inventory(Struct, frozen=True):
    """Everything that a booklet holds, in reading order."""

    language: str
    edition: str
    parts: tuple[Part, ...]


def _without_notes(html: str) -> tuple[str, list[str]]:
    """Return a block without its footnotes, which stand at the foot of the page, and the footnotes."""
    notes = []
    while (start := html.find(_NOTE)) >= 0:
        depth, end = 0, start
        for match in _SPAN.finditer(html, start):
            depth += -1 if match[0].startswith("</") else 1
            end = match.end()
            if depth == 0:
                break
        notes.append(html[start:end])
        html = html[:start] + html[end:]
    return html, notes


def digest_of(what: str, said: str) -> str:
    """Return the hash of what an item is and says."""
    return sha256(json.dumps([what, said], ensure_ascii=False).encode()).hexdigest()[:10]


def plain(text: str) -> str:
    """Return a text with one ordinary space between its words."""
    return " ".join(text.replace("\u00a0", " ").split())


def words_of(html: str) -> str:
    """Return what a reader reads of some HTML, with «…» for each page number."""
    bare = _TAG.sub(" ", _INLINE.sub("", _HOLE.sub(_PAGE, html)))
    return plain(unescape(bare))


class _Clerk:
    """Takes the inventory of one booklet."""

    def __init__(self, booklet: Booklet, words: Mapping[str, str]) -> None:
        self.booklet = booklet
        pictures = {one.path: (one.alt, one.caption, one.credit) for one in booklet.pictures}
        rules = typography_of(booklet.language, NAMES)
        labels = brief_labels(booklet, words)
        charts = {chart.path: f"<p>{escape(retell(chart, words))} {escape(chart.note)}</p>" for chart in booklet.charts}
        said = {**words, "whole": words["page"]}
        self.setting = Setting(said, frozenset(), labels, pictures, False, {}, rules, charts)
        self.users: dict[tuple[str, str], dict[str, None]] = {}
        self.spots: dict[tuple[str, str], dict[str, None]] = {}
        self._note_uses()

    def _note_uses(self) -> None:
        """Note where each fact, source, term and picture is used."""
        owners = {theme.text.address: theme.id for theme in self.booklet.themes}
        owners |= {one.article.address: theme.id for theme in self.booklet.themes for one in theme.examples}
        sources = {fact.id: fact.source for fact in self.booklet.facts}
        drawn = {chart.path: chart for chart in self.booklet.charts}
        for article in articles(self.booklet):
            for number, block in enumerate(article.body.blocks):
                for index in map(int, re.findall("\ue000(\\d+)\ue001", block.html)):
                    one = article.body.references[index]
                    spot, owner = f"{article.address}#{number}", owners.get(article.address, "")
                    self._use(one.kind, one.target, spot, owner)
                    if one.kind == "fact":
                        self._use("citation", sources[one.target], "", owner)
                    for name in drawn[one.target].facts if one.kind == "chart" else ():
                        self._use("fact", name, spot, owner)
                    for key in drawn[one.target].sources if one.kind == "chart" else ():
                        self._use("citation", key, "", owner)
        for theme in self.booklet.themes:
            self._use("picture", theme.picture, theme.id, theme.id)
            for example in theme.examples:
                for key in example.sources:
                    self._use("citation", key, "", theme.id)
        for address in ("cover", "back"):
            self._use("picture", self.booklet.cover, address, "")

    def _use(self, kind: str, target: str, spot: str, theme: str) -> None:
        self.spots.setdefault((kind, target), {}).update({spot: None} if spot else {})
        self.users.setdefault((kind, target), {}).update({theme: None} if theme else {})

    def field(self, what: str, text: str, position: Position, *spots: str, key: str | None = None) -> Iterator[Item]:
        """Yield an item that has a name, when it says anything."""
        if said := plain(text):
            name = what if key is None else key
            yield Item(what, name, said, digest_of(what, said), position, spots, _theme_of(spots, self.booklet))

    def row(self, what: str, texts: Iterable[str], position: Position, *spots: str) -> Iterator[Item]:
        """Yield the items of a list, which have places only."""
        for text in texts:
            yield from self.field(what, text, position, *spots, key="")

    def prose(self, address: str, prose: Prose, theme: str) -> Iterator[Item]:
        """Yield the blocks of a body."""
        themes = (theme,) if theme else ()
        for number, block in enumerate(prose.blocks):
            html, notes = _without_notes(resolve(block.html, prose, self.setting))
            said = f"{block.level} {plain(_ANCHOR.sub('', _HOLE.sub(_PAGE, html)))}"
            said = re.sub(r" ?(<[^>]*>) ?", r"\1", said) if block.kind != "paragraph" else said
            spots = (f"{address}#{number}",)
            what = "figure" if "<img" in html else block.kind
            yield Item(what, "", words_of(html), digest_of(what, said), block.position, spots, themes)
            for note in notes:
                digest = digest_of("footnote", plain(note))
                yield Item("footnote", "", words_of(note), digest, block.position, spots, themes)

    def article(self, article: Article, what: str, theme: str = "", more: tuple[Item, ...] = ()) -> Part:
        """Return a piece with a title and a body."""
        at, address = article.position, article.address
        items = [*self.field("title", article.title, at, address), *self.field("lead", article.lead, at, address)]
        items += [*more, *self.prose(address, article.body, theme)]
        return Part(address, what, theme, article.title, at, tuple(items))

    def example(self, example: Example, theme: Theme) -> Part:
        """Return what one municipality did."""
        address, at = example.article.address, example.article.position
        labels = self.setting.labels
        said = {
            "municipality": example.municipality, "county": example.county, "period": example.period,
            "partners": ", ".join(example.partners), "sources": "; ".join(labels[key] for key in example.sources)}
        if example.approval != "not-asked":
            said["approval"] = example.approval
        more = [item for key, text in said.items() for item in self.field("detail", text, at, address, key=key)]
        return self.article(example.article, "example", theme.id, tuple(more))

    def theme(self, theme: Theme) -> Iterator[Part]:
        """Yield a theme's own pages, its text and its examples."""
        at, questions = theme.position, f"{theme.id}.questions"
        steps = [
            f"{stage.title} ({stage.minutes}): {' '.join((stage.say, *stage.ask, *stage.expect, *stage.pitfalls))}"
            for guide in self.booklet.guides if guide.theme == theme.id
            for programme in guide.programmes for stage in programme.stages]
        items = [
            *self.field("title", theme.title, at, theme.id), *self.field("short", theme.short, at, f"{theme.id}.text"),
            *self.field("lead", theme.lead, at, theme.id), *self.field("colour", theme.colour, at, theme.id),
            *self.field("illustration", theme.picture, at, theme.id), *self.row("point", theme.points, at, theme.id),
            *self.row("question", theme.questions, at, questions), *self.row("step", steps, at)]
        yield Part(theme.id, "theme", theme.id, theme.title, at, tuple(items))
        yield self.article(theme.text, "text", theme.id)
        for example in theme.examples:
            yield self.example(example, theme)

    def entry(self, kind: str, what: str, name: str, said: tuple[str, ...], position: Position) -> Item:
        """Return an entry of a register."""
        spots = tuple(self.spots.get((kind, name), ()))
        themes = tuple(self.users.get((kind, name), ()))
        text = plain(" · ".join(filter(None, said)))
        return Item(what, name, text, digest_of(what, repr(said)), position, spots, themes)

    def registers(self) -> Iterator[Part]:
        """Yield the registers, entries by their ids."""
        one, used = self.booklet, {source.key for source in used_sources(self.booklet)}
        facts = [replace(self.entry("fact", "fact", fact.id, (
            fact.value, fact.unit, fact.what, fact.as_of, fact.review_by, fact.source, *fact.also), fact.position),
            text=plain(f"{fact.value} {fact.unit}")) for fact in one.facts]
        terms = [_at(self.entry("term", "term", term.id, (term.term, term.meaning), term.position),
                     f"glossary.{term.id}") for term in one.glossary]
        sources = [_at(self.entry("citation", "source", source.key, (
            "; ".join(source.authors) or source.organisation, source.year, source.title, source.publisher,
            source.report, source.isbn, source.pages, source.url, source.note), source.position),
            *((f"references.{source.key}",) if source.key in used else ())) for source in one.sources]
        pictures = []
        for picture in one.pictures:
            hashed = sha256(picture.content).hexdigest()[:12]
            said = picture.alt, picture.caption, picture.credit, picture.licence
            item = self.entry("picture", "picture", picture.path, said, picture.position)
            pictures.append(replace(item, digest=digest_of("picture", repr((*said, hashed)))))
        for name, items in (("glossary", terms), ("references", sources), ("facts", facts), ("pictures", pictures)):
            if items:
                yield Part(name, name, "", name, items[0].position, tuple(items))

    def front(self) -> Part:
        """Return what the booklet says of itself."""
        one, at = self.booklet, self.booklet.position
        said = {
            "kicker": (one.kicker, "cover", "title"), "title": (one.title, "cover", "title"),
            "subtitle": (one.subtitle, "cover", "title"), "edition": (one.edition, "cover", "colophon"),
            "publishers": (", ".join(one.publishers), "cover", "title"), "isbn": (one.isbn, "colophon"),
            "url": (one.url, "back"), "published": (one.published,), "language": (one.language,),
            "cover": (one.cover, "cover"), "blurb": (one.blurb, "back"), "short": (one.short,)}
        items = [
            item for key, (text, *spots) in said.items() for item in self.field("metadata", text, at, *spots, key=key)]
        for label, text in one.colophon:
            items += self.field("colophon", f"{label}: {text}", at, "colophon", key=f"colophon {label}")
        return Part("booklet", "booklet", "", one.title, at, tuple(items))


def _theme_of(spots: Iterable[str], booklet: Booklet) -> tuple[str, ...]:
    owners = {spot.split(".")[0].split("#")[0] for spot in spots}
    return tuple(theme.id for theme in booklet.themes if theme.id in owners)


def _at(item: Item, *spots: str) -> Item:
    """Return an entry of a register that is printed at places of its own."""
    return replace(item, spots=spots)


def take_inventory(booklet: Booklet, words: Mapping[str, str]) -> Inventory:
    """Return everything that a booklet holds; ``words`` are the fixed ones of its language."""
    clerk = _Clerk(booklet, words)
    parts = [clerk.front(), *(clerk.article(article, "article") for article in booklet.front)]
    for theme in booklet.themes:
        parts += clerk.theme(theme)
    parts += [clerk.article(part, "article") for part in booklet.back if isinstance(part, Article)]
    return Inventory(booklet.language, booklet.edition, (*parts, *clerk.registers()))
