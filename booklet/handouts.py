"""A booklet → the units of a handout: for any reader, for participants, for whoever leads the course.

In come a booklet (an excerpt, as a rule) and a composer that makes the units of its texts; out go units in page order.
Page numbers are holes: those of the whole booklet, and in a facilitator's handout those of the participants'. Knows no
template and no page.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Protocol

from msgspec.structs import replace

from booklet.entities import escape
from booklet.findings import Finding, Severity
from booklet.inline import Setting, hole, sentence_hole, tie
from booklet.model import Booklet, Theme, title_of
from booklet.preliminaries import head_of, plain
from booklet.printed import Unit
from booklet.teaching import FACILITATOR, FIGURES, PARTICIPANT, Course, Municipality, Occasion, Programme, Stage
from booklet.typography import EVERY_RULE

CODE = "~address.svg"
"""Path of the picture that leads a telephone to the whole booklet."""
HELD = "@"
"""Begins an address of the participants' handout where the facilitator's names it."""
NOTES, TAKEAWAYS = "notes", "takeaways"
_CLASSES = re.compile(r"^<(ul|ol|dl|blockquote)\b[^>]*>")
_TAG = re.compile(r"^\s*<[a-z0-9]+[^>]*>")
_MARK = "0000"


class Maker(Protocol):
    """What composes the units of texts."""

    booklet: Booklet
    setting: Setting

    def theme(self, theme: Theme) -> Iterator[Unit]:
        """Yield the units of a theme: text, examples, questions."""

    def registers(self) -> list[Unit]:
        """Return glossary and references as far as they are used."""


def mark_of(address: str, words: Mapping[str, str]) -> str:
    """Return the HTML of a place in the margin that says which printed page begins there, if any does."""
    shown = escape(words["page-mark"].format(page=_MARK))
    return f'<span class="page-mark hole" data-hole="mark" data-target="{escape(address)}">{shown}</span>'


def mark_block(html: str, address: str, words: Mapping[str, str]) -> str:
    """Return a block with a place in the margin beside its first line."""
    head = _CLASSES.match(html)
    start = head.end() if head else 0
    tag = _TAG.match(html[start:])
    start += tag.end() if tag else 0
    return html[:start] + mark_of(address, words) + html[start:]


def handout_of(make: Maker, occasion: Occasion) -> list[Unit]:
    """Return the units of a handout for an occasion."""
    desk = _Desk(make, occasion)
    if occasion.leaflet and occasion.course:
        return [desk.leaflet(occasion.course)]
    return desk.signed([*desk.guide()] if occasion.audience == FACILITATOR else desk.handout())


class _Desk:
    """Makes what a handout has beside the units of its texts."""

    def __init__(self, make: Maker, occasion: Occasion) -> None:
        self.make, self.booklet, self.occasion, self.words = make, make.booklet, occasion, make.setting.words
        self.space, self.tie = make.setting.typography.text, partial(tie, typography=make.setting.typography)

    def page(self, address: str, title: str, level: int, content: Mapping[str, object]) -> Unit:
        """Return a page that belongs to no theme."""
        unit = plain(self.booklet, address, (title, level), content)
        return replace(unit, running=("", self.running))

    @property
    def running(self) -> str:
        """Return what stands at the head of pages: the course, or else the booklet."""
        course = self.occasion.course
        return f"{self.words['course']}: {course.title}" if course else self.booklet.short

    def handout(self) -> list[Unit]:
        """Return the handout of readers and participants."""
        units = [unit for theme in self.booklet.themes for unit in self.theme(theme)]
        if self.occasion.audience == PARTICIPANT:
            words = self.words
            rows = {"heading": words["takeaways"], "lead": words["takeaways-lead"], "rows": ("",) * 7}
            units.append(self.page(TAKEAWAYS, words["takeaways"], 1, rows))
            lead = {"heading": words["own-notes"], "lead": words["notes-lead"], "lines": 23}
            units.append(self.page(NOTES, words["own-notes"], 1, lead))
        units += self.make.registers()
        course = self.occasion.course
        own = [self.municipality(course.municipality)] if course and course.municipality else []
        if course or len(self.booklet.themes) > 1:
            return [self.front(course, [*own, *units]), *own, *units]
        first, *rest = units
        entries = self.entries(rest) if self.occasion.contents else ()
        return [replace(first, content={**first.content, "contents": entries}), *rest]

    def theme(self, theme: Theme) -> Iterator[Unit]:
        """Yield the units of a theme; the first says which theme it is."""
        head = {"number": str(theme.number), "theme_title": self.tie(theme.title), "lead": self.space(theme.lead),
                "points": tuple(map(self.space, theme.points)), "theme_mark": mark_of(f"{theme.id}#", self.words)}
        units = list(self.make.theme(theme))
        running = "", f"{theme.number} {theme.title}"
        if theme.form:
            text = units.pop(0) if theme.has_text else None
            content = {**head, "text": text.content if text else None, "text_address": theme.text.address}
            unit = plain(self.booklet, theme.id, (theme.title, 1), content)
            unit = replace(text or unit, address=theme.id, kind="handout", content=content, title=theme.title, level=1)
            yield replace(unit, colour=theme.colour, running=running, position=theme.position)
        for number, unit in enumerate(units):
            strip = {"strip": {**head, "address": theme.id}} if not number and not theme.form else {}
            yield replace(unit, content={**unit.content, **strip}, level=2 if theme.form else 1)

    def entries(self, units: Iterable[Unit]) -> tuple[Mapping[str, object], ...]:
        """Return the lines of a handout's contents."""
        digits = self.make.setting.digits
        return tuple(
            {"title": unit.title, "level": unit.level, "address": unit.address, "live": self.make.setting.live,
             "hole": hole("page", unit.address, max(2, digits.get(unit.address, 2)))}
            for unit in units if unit.level)

    def front(self, course: Course | None, units: list[Unit]) -> Unit:
        """Return the first page of a course, or of an excerpt of several themes."""
        heading = course.title if course else self.booklet.title
        content = {"heading": self.tie(heading), "course": self.course(course),
                   "contents": self.entries(units) if self.occasion.contents or not course else ()}
        return self.page("course", heading, 0, content)

    def course(self, course: Course | None) -> Mapping[str, object]:
        """Return what a page says of a course."""
        if course is None:
            return {}
        words, own = self.words, course.municipality
        rows = [(words["course-date"], course.date), (words["course-place"], course.place)]
        rows += [(words["course-for"], words[f"for-{course.audience}"])] if course.audience else []
        rows += [(words["municipality"], own.name)] if own and own.name else []
        return {
            "rows": tuple((label, self.space(value)) for label, value in rows), "welcome": self.space(course.welcome),
            "rules": tuple(map(self.space, course.rules)),
            "programme": tuple(_overview(course.programme)) if course.programme else ()}

    def municipality(self, own: Municipality) -> Unit:
        """Return the page of a municipality's own figures, with a line for each that is missing."""
        words = self.words
        content = {
            "name": own.name, "county": own.county, "year": own.year, "source": own.source,
            "figures": tuple((words[f"own-{name}"], _grouped(own.figures.get(name, ""))) for name in FIGURES)}
        return self.page("municipality", words["own-municipality"], 1, content)

    def guide(self) -> Iterator[Unit]:
        """Yield what the facilitator holds in hand."""
        course, guides, words = self.occasion.course, self.occasion.guides, self.words
        programmes = [one for guide in guides for one in guide.programmes]
        if course:
            programmes = [course.programme] if course.programme else []
        titles = [theme.title for theme in self.booklet.themes]
        copies = str(course.copies) if course and course.copies else ""
        content = {
            "heading": self.tie(course.title if course else " · ".join(titles)), "course": self.course(course),
            "aims": tuple(dict.fromkeys(self.space(aim) for guide in guides for aim in guide.aims)),
            "materials": tuple(dict.fromkeys(self.space(one) for guide in guides for one in guide.materials)),
            "copies": words[f"copies-{course.layout}"].format(copies=copies) if course and copies else "",
            "programmes": tuple((one.name, words["guide-frame"].format(minutes=one.frame)) for one in programmes)}
        yield self.page("guide", words["guide"], 1, content)
        for number, programme in enumerate(programmes, 1):
            yield self.programme(f"programme-{number}", programme)

    def programme(self, address: str, programme: Programme) -> Unit:
        """Return a programme: a clock beside each step, what is said, asked, answered, and the participants' page."""
        sum_, frame = sum(stage.minutes for stage in programme.stages), programme.frame
        content = {
            "heading": programme.name, "stages": tuple(self.times(programme)),
            "frame": self.words["guide-frame"].format(minutes=frame),
            "end": _clock(sum_), "sum": self.words["guide-sum"].format(sum=sum_, frame=frame)}
        return self.page(address, programme.name, 1, content)

    def times(self, programme: Programme) -> Iterator[Mapping[str, object]]:
        """Yield the steps of a programme, each with its place on the clock."""
        minutes = 0
        for stage in programme.stages:
            yield {
                "clock": _clock(minutes), "minutes": self.words["guide-minutes"].format(minutes=stage.minutes),
                "title": self.space(stage.title), "say": self.space(stage.say),
                "ask": tuple(map(self.space, stage.ask)),
                "expect": tuple(map(self.space, stage.expect)),
                "pitfalls": tuple(map(self.space, stage.pitfalls)),
                "page": self.page_of(stage)}
            minutes += stage.minutes

    def page_of(self, stage: Stage) -> str:
        """Return «kursark s. 00» for what a step uses, or its page in the whole booklet; empty for neither."""
        held, wanted = self.occasion.held, stage.uses
        theme = wanted.partition(".")[0]
        if f"{HELD}{wanted}" not in held and wanted.startswith(f"{theme}.text"):
            wanted = theme  # participants have the points instead of the text
        target = f"{HELD}{wanted}" if f"{HELD}{wanted}" in held else stage.uses
        if target not in held or not target:
            return ""
        words = self.words["handout-page" if target.startswith(HELD) else "whole"]
        before, after = escape(words.strip("()")).split("{page}")
        digits = self.make.setting.digits.get(target, 2)
        return f"{before.rstrip()}{hole('whole', target, digits, chr(160))}{after}"

    def leaflet(self, course: Course) -> Unit:
        """Return the page that invites to a course."""
        head = head_of(self.booklet)
        content = {**head, "heading": self.tie(course.title), "course": self.course(course), "code": self.code(),
                   "listed": tuple(self.tie(theme.title) for theme in self.booklet.themes),
                   "audience": self.words[f"for-{course.audience}"] if course.audience else ""}
        unit = self.page("leaflet", course.title, 1, content)
        return replace(unit, pictures=(CODE,) if content["code"] else (), folio=False)

    def code(self) -> Mapping[str, str]:
        """Return address and picture that lead to the whole booklet; empty where it has no address."""
        address = self.booklet.short_url or self.booklet.url
        if not address:
            return {}
        return {"address": address, "picture": CODE, "alt": self.words["code-alt"].format(address=address)}

    def signed(self, units: list[Unit]) -> list[Unit]:
        """Return units whose first says what they are an excerpt of, and how they can be told from others."""
        first, *rest = units
        digits = self.make.setting.digits.get("", 2)
        line = self.words["fingerprint-line"].format(edition=self.booklet.edition, total="{total}")
        code = self.code()
        origin = {"publishers": self.booklet.publishers, "code": code, "line": sentence_hole(line, digits),
                  "of": self.words["excerpt-of"].format(
                      title=f"«{title_of(self.booklet)}»", edition=self.booklet.edition)}
        pictures = (*first.pictures, CODE) if code else first.pictures
        return [replace(first, content={**first.content, "origin": origin}, pictures=pictures), *rest]


def lacks(booklet: Booklet, occasion: Occasion) -> tuple[Finding, ...]:
    """Return what a facilitator would look for in vain."""
    course, guided = occasion.course, {guide.theme for guide in occasion.guides}
    if occasion.audience != FACILITATOR or (course and course.programme):
        return ()
    if course:
        return (Finding("no-programme", Severity.WARNING, f"the course '{course.id}' has no programme", course.position,
                        "name one of the first theme's facilitator.yaml, or write its steps"),)
    return tuple(
        Finding("no-guide", Severity.WARNING, f"the theme '{theme.id}' has no guide for a facilitator", theme.position,
                f"write 'themes/{theme.id}/facilitator.yaml'; `booklet schema facilitator` says what it holds")
        for theme in booklet.themes if theme.id not in guided)


def _overview(programme: Programme) -> Iterator[Mapping[str, str]]:
    """Yield what participants are told of a programme: when each step begins."""
    minutes = 0
    for stage in programme.stages:
        yield {"clock": _clock(minutes), "title": EVERY_RULE.text(stage.title)}
        minutes += stage.minutes


def _clock(minutes: int) -> str:
    """Return how much time has passed: «1:05»."""
    return f"{minutes // 60}:{minutes % 60:02}"


def _grouped(figure: str) -> str:
    """Return a figure as it is printed: «12 345», «12,5 prosent»."""
    plain_figure = re.sub(r"(?<=\d)[ \u00a0](?=\d{3}(?!\d))", "", figure)
    if plain_figure.isdecimal() and len(plain_figure) > 4:
        return f"{int(plain_figure):,}".replace(",", "\u00a0")
    return EVERY_RULE.text(figure)
