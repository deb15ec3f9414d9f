"""The story, told once: from a folder of text files to PDFs.

    content/ ─reading→ Booklet ─selection→ Booklet ─units→ Units ─press→ Fragments ─pagination→ Copy
                                                                                                │ assembly
    findings ←──────────────────────────────── proof ←── PDF ←── finishing ←────────────────────┘

Every step returns what it made; what is wrong is collected, and the story stops between steps when something is.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from itertools import pairwise
from time import perf_counter

from booklet.assembly import assemble
from booklet.collector import Collector, has_errors
from booklet.crew import make_missing, runs_of
from booklet.finishing import Imprint, finish, write_all
from booklet.forecast import MOST_UNLISTED, Plan, plan_of
from booklet.handouts import CODE, HELD, lacks
from booklet.holdings import brief_labels
from booklet.kits import Kit
from booklet.memory import Memory
from booklet.model import Booklet, Picture, title_of
from booklet.origins import note_origins
from booklet.outputs import Made, Output, Result
from booklet.pagination import labels_of, marks_of, paginate
from booklet.press import Press, Stock
from booklet.presses import Printer
from booklet.printed import Copy, Sheets
from booklet.printers import check_length
from booklet.profiles import PROFILES, Profile
from booklet.proof import compare, prove
from booklet.recipes import recipe_of
from booklet.selection import select
from booklet.stamping import stamped
from booklet.steps import Step
from booklet.styles import Styles
from booklet.teaching import FACILITATOR
from booklet.units import Brief
from booklet.warehouse import Place
from booklet.words import read_words

_PRESS = "cmyk"
"""The ink of profiles for the press."""


class Workshop:
    """One booklet and one designer's folder, read once for all outputs of a run."""

    def __init__(
        self, booklet: Booklet, styles: Styles, place: Place, tell: Callable[[Step], None],
        base: "Workshop | None" = None,
    ) -> None:
        """Take up a booklet; ``base`` has the whole of it, when this is the same in another language's words."""
        self.booklet, self.styles, self.place, self.found = booklet, styles, place, Collector()
        self.base, self.tell = base, tell
        self.words = read_words(booklet.language, place.warehouse.memory)
        pictures = {picture.path: picture for picture in (*booklet.pictures, *code_of(booklet, place.warehouse.memory))}
        fragments = place.warehouse.fragments
        self.icc = {**styles.icc, **({_PRESS: place.printer.icc} if place.printer else {})}
        self.stock = Stock(
            styles, self.words, booklet.language, pictures, fragments, self.found, tell, self.icc, place.printer,
            booklet.hyphenation)
        self.presses = {name: Press(profile, self.stock) for name, profile in PROFILES.items()}
        self.labels = brief_labels(booklet, self.words)
        self._copies: dict[str, Copy] = {}
        self._plans: dict[tuple[object, ...], Plan] = {}
        self._excerpts: dict[str, tuple[Copy, dict[str, str]]] = {}

    def aside(self) -> "Workshop":
        """Return a workshop for one piece of work among many alike: it shares what was read, laid out and composed."""
        other, place = copy(self), replace(self.place, warehouse=self.place.warehouse.aside())
        other.base, other.place, other.found = self.base or self, place, Collector()
        other.stock = replace(self.stock, fragments=place.warehouse.fragments, found=other.found)
        other.presses = {name: press.beside(other.stock) for name, press in self.presses.items()}
        other._plans, other._excerpts = {}, {}
        return other

    @property
    def maps(self) -> dict[str, Copy]:
        """Profile → the page map of the whole booklet, where one was made."""
        return dict(self._copies)

    def whole(self, profile: Profile) -> Copy:
        """Return the page map of the whole booklet in a profile, made once."""
        if self.base:
            return self.base.whole(profile)
        if profile.name not in self._copies:
            self._copies[profile.name] = self.copy(Output("", profile.name))
        return self._copies[profile.name]

    def copy(self, output: Output) -> Copy:
        """Lay out the booklet, or an excerpt of the whole."""
        profile = PROFILES[output.profile]
        whole = self.whole(PROFILES[profile.counted_by]) if output.themes else None
        copy = paginate(self.plan(output), self.presses[profile.name].lay_out, whole, self.numbers(output))
        long, planned = len(copy.labels) > MOST_UNLISTED, self.plan(output).brief.occasion.contents
        if profile.plan == "handout" and output.occasion.contents is None and long != planned:
            return self.copy(replace(output, occasion=replace(output.occasion, contents=long)))
        return copy

    def excerpt(self, output: Output) -> tuple[Copy, dict[str, str]]:
        """Return an excerpt's page map, and what it quotes of other copies; made once."""
        if output.file not in self._excerpts:
            self._excerpts[output.file] = self.copy(output), self.numbers(output)
        return self._excerpts[output.file]

    def numbers(self, output: Output) -> dict[str, str]:
        """Return what an excerpt quotes of the whole booklet, and a facilitator's of the participants' handout."""
        if not output.themes:
            return {}
        whole = self.whole(PROFILES[PROFILES[output.profile].counted_by])
        numbers = labels_of(whole) | marks_of(whole, self.words["page-mark"])
        if output.occasion.audience == FACILITATOR:
            held = labels_of(self.excerpt(output.for_participants())[0])
            numbers |= {f"{HELD}{address}": label for address, label in held.items()}
        return numbers

    def plan(self, output: Output) -> Plan:
        """Return the units of the booklet or an excerpt, made once."""
        profile, occasion = PROFILES[output.profile], output.occasion
        key = output.file if output.themes else profile.name, occasion.contents
        if key not in self._plans:
            if occasion.audience == FACILITATOR:
                occasion = replace(occasion, held=frozenset(self.numbers(output)))
            brief = Brief(self.filled(profile), self.words, self.labels, occasion=occasion)
            if output.themes:  # numbers that an excerpt quotes are as wide as those that the whole expects
                workshop = self.base or self
                brief = replace(brief, digits=workshop.plan(Output("", profile.counted_by)).brief.digits)
            self._plans[key] = plan_of(self.select(output), brief)
        return self._plans[key]

    def select(self, output: Output) -> Booklet:
        """Return what a copy is made of."""
        course = output.occasion.course
        return select(self.booklet, output.themes, short=course is not None and course.short)

    def filled(self, profile: Profile) -> Profile:
        """Return a profile whose sheets are filled up as the print shop wants."""
        printer = self.printer(profile)
        return replace(profile, multiple=printer.multiple) if printer else profile

    def printer(self, profile: Profile) -> Printer | None:
        """Return the print shop that a profile is made for."""
        return self.place.printer if profile.ink == _PRESS else None

    def prepare(self, outputs: tuple[Output, ...]) -> None:
        """Let several processes make the fragments that all outputs miss, when these are more than a few."""
        known = [output for output in outputs if output.occasion.audience != FACILITATOR]  # that one waits for others
        plans = [(output.profile, self.plan(output)) for output in known]
        make_missing([runs_of(self.presses[name], plan.units) for name, plan in plans], self.place.jobs)

    def make(self, output: Output) -> Made | None:
        """Make one file: select, lay out, assemble, finish, prove; nothing when its layout has errors."""
        start, profile = perf_counter(), PROFILES[output.profile]
        copy, numbers = self.lay_out(output)
        self.found.add(lacks(self.select(output), output.occasion))
        if has_errors(self.found.findings):
            return None
        content = self.typeset(output, copy, numbers)
        self.found.add(check_length(len(copy.labels), self.printer(profile)))
        return Made(output.file, content, len(copy.labels), perf_counter() - start)

    def lay_out(self, output: Output) -> tuple[Copy, dict[str, str]]:
        """Return the copy that a file shows, and for an excerpt what it quotes of other copies."""
        return self.excerpt(output) if output.themes else (self.whole(PROFILES[output.profile]), {})

    def typeset(self, output: Output, copy: Copy, numbers: dict[str, str]) -> bytes:
        """Return a copy as a finished file."""
        profile = PROFILES[output.profile]
        imprint, printer = self.imprint(output), self.printer(profile)
        slug = f"{imprint.title}, {imprint.subject}, {self.words['page-name']} {{page}}"
        sheets = Sheets(copy, profile, numbers, printer, slug)
        stamp = stamped(self.select(output), sheets, self.styles.digest(profile))
        return self.bind(output, replace(sheets, fingerprint=stamp.short), replace(imprint, stamp=stamp))

    def bind(self, output: Output, sheets: Sheets, imprint: Imprint) -> bytes:
        """Return the finished, proven file: out of the store when all that it depends on is as it was."""
        house, recipe = self.place.warehouse, recipe_of(sheets, imprint)
        kept = house.store.get("copies", recipe)
        if kept is not None:
            house.later(partial(note_origins, house.store, kept, sheets))
            return kept
        kit = Kit(house.store, output.kit or output.file)
        content = finish(assemble(sheets, kit.deflate), sheets.profile, imprint, kit.deflate)
        findings = prove(content, sheets, kit)
        self.found.add(findings)
        house.later(kit.keep)
        house.later(partial(note_origins, house.store, content, sheets))
        if not findings:
            house.later(partial(house.store.put, "copies", recipe, content))
        return content

    def imprint(self, output: Output) -> Imprint:
        """Return what a file says about itself."""
        booklet, profile, occasion = self.select(output), PROFILES[output.profile], output.occasion
        title = title_of(booklet)
        if booklet.excerpt:
            title = f"{' · '.join(theme.title for theme in booklet.themes)} ({title})"
        if occasion.course:
            title = f"{occasion.course.title} ({title_of(booklet)})"
        if occasion.audience == FACILITATOR:
            title = f"{self.words['guide']}: {title}"
        subject = f"{self.words['edition']} {booklet.edition}"
        publishers, icc = ", ".join(booklet.publishers), self.icc[profile.ink]
        return Imprint(title, publishers, subject, booklet.language, booklet.published, icc, self.printer(profile))


@dataclass(frozen=True, slots=True)
class _Code:
    svg: str


def code_of(booklet: Booklet, memory: Memory) -> tuple[Picture, ...]:
    """Return the picture that leads a telephone to the whole booklet, where it has an address."""
    address = booklet.short_url or booklet.url

    def draw(found: Collector) -> _Code:
        return _Code(import_module("booklet.qr").draw_code(address).decode())

    code = memory.recall(_Code, (address,), Collector(), draw) if address else None
    if code is None:
        return ()
    return (Picture(CODE, "image/svg+xml", code.svg.encode(), "", "", "", "", booklet.position),)


def build(
    booklet: Booklet, styles: Styles, outputs: tuple[Output, ...], place: Place, tell: Callable[[Step], None]
) -> Result:
    """Make every output; nothing is made when anything is wrong with any of them, and nothing is written yet."""
    start, workshop = perf_counter(), Workshop(booklet, styles, place, tell)
    workshop.prepare(outputs)
    made = [one for output in outputs if (one := workshop.make(output))]
    for first, second in pairwise(workshop.maps.values()):
        workshop.found.add(compare(first, second))
    findings = workshop.found.findings
    if has_errors(findings) or (place.strict and findings):
        return Result((), findings, perf_counter() - start)
    return Result(tuple(made), findings, perf_counter() - start, workshop.maps)


def deliver(result: Result, place: Place) -> None:
    """Write all files that were made, or none, and keep what the next build can use."""
    write_all({place.output / one.file: one.content for one in result.made})
    place.warehouse.close_run()
