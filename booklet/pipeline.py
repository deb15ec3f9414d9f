"""The story, told once: from a folder of text files to PDFs.

    content/ ─reading→ Booklet ─selection→ Booklet ─units→ Units ─press→ Fragments ─pagination→ Copy
                                                                                                │ assembly
    findings ←──────────────────────────────── proof ←── PDF ←── finishing ←────────────────────┘

Every step returns what it made; what is wrong is collected, and the story stops between steps when something is.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import pairwise
from time import perf_counter

from booklet.assembly import assemble
from booklet.collector import Collector, has_errors
from booklet.crew import make_missing, runs_of
from booklet.finishing import Imprint, finish, write_all
from booklet.forecast import Plan, plan_of
from booklet.kits import Kit
from booklet.model import Booklet, title_of
from booklet.origins import note_origins
from booklet.outputs import Made, Output, Result
from booklet.pagination import labels_of, paginate
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
from booklet.units import Brief, brief_labels
from booklet.warehouse import Place
from booklet.words import read_words

_PRESS = "cmyk"
"""The ink of profiles for the press."""


class Workshop:
    """One booklet and one designer's folder, read once for all outputs of a run."""

    def __init__(self, booklet: Booklet, styles: Styles, place: Place, tell: Callable[[Step], None]) -> None:
        self.booklet, self.styles, self.place, self.found = booklet, styles, place, Collector()
        self.words = read_words(booklet.language, place.warehouse.memory)
        pictures = {picture.path: picture for picture in booklet.pictures}
        fragments = place.warehouse.fragments
        self.icc = {**styles.icc, **({_PRESS: place.printer.icc} if place.printer else {})}
        self.stock = Stock(
            styles, self.words, booklet.language, pictures, fragments, self.found, tell, self.icc, place.printer,
            booklet.hyphenation)
        self.presses = {name: Press(profile, self.stock) for name, profile in PROFILES.items()}
        self.labels = brief_labels(booklet, self.words)
        self._copies: dict[str, Copy] = {}
        self._plans: dict[tuple[str, tuple[str, ...]], Plan] = {}

    @property
    def wholes(self) -> tuple[Copy, ...]:
        """The page maps of the whole booklet that were made."""
        return tuple(self._copies.values())

    def whole(self, profile: Profile) -> Copy:
        """Return the page map of the whole booklet in a profile, made once."""
        if profile.name not in self._copies:
            self._copies[profile.name] = self.copy((), profile, None)
        return self._copies[profile.name]

    def copy(self, themes: tuple[str, ...], profile: Profile, whole: Copy | None) -> Copy:
        """Lay out the booklet, or an excerpt of the whole."""
        return paginate(self.plan(themes, profile), self.presses[profile.name].lay_out, whole)

    def plan(self, themes: tuple[str, ...], profile: Profile) -> Plan:
        """Return the units of the booklet or an excerpt, made once."""
        if (profile.name, themes) not in self._plans:
            brief = Brief(self.filled(profile), self.words, self.labels)
            if themes:  # numbers that an excerpt quotes are as wide as those that the whole expects
                brief = replace(brief, digits=self.plan((), PROFILES[profile.counted_by]).brief.digits)
            self._plans[profile.name, themes] = plan_of(select(self.booklet, themes), brief)
        return self._plans[profile.name, themes]

    def filled(self, profile: Profile) -> Profile:
        """Return a profile whose sheets are filled up as the print shop wants."""
        printer = self.printer(profile)
        return replace(profile, multiple=printer.multiple) if printer else profile

    def printer(self, profile: Profile) -> Printer | None:
        """Return the print shop that a profile is made for."""
        return self.place.printer if profile.ink == _PRESS else None

    def prepare(self, outputs: tuple[Output, ...]) -> None:
        """Let several processes make the fragments that all outputs miss, when these are more than a few."""
        plans = [(output.profile, self.plan(output.themes, PROFILES[output.profile])) for output in outputs]
        make_missing([runs_of(self.presses[name], plan.units) for name, plan in plans], self.place.jobs)

    def make(self, output: Output) -> Made | None:
        """Make one file: select, lay out, assemble, finish, prove; nothing when its layout has errors."""
        start, profile = perf_counter(), PROFILES[output.profile]
        copy, numbers = self.lay_out(output)
        if has_errors(self.found.findings):
            return None
        content = self.typeset(output, copy, numbers)
        self.found.add(check_length(len(copy.labels), self.printer(profile)))
        return Made(output.file, content, len(copy.labels), perf_counter() - start)

    def lay_out(self, output: Output) -> tuple[Copy, dict[str, str]]:
        """Return the copy that a file shows, and for an excerpt the page numbers of the whole booklet."""
        profile = PROFILES[output.profile]
        copy = self.whole(PROFILES[profile.counted_by] if output.themes else profile)
        return (self.copy(output.themes, profile, copy), labels_of(copy)) if output.themes else (copy, {})

    def typeset(self, output: Output, copy: Copy, numbers: dict[str, str]) -> bytes:
        """Return a copy as a finished file."""
        profile, booklet = PROFILES[output.profile], select(self.booklet, output.themes)
        imprint, printer = self.imprint(booklet, profile), self.printer(profile)
        slug = f"{imprint.title}, {imprint.subject}, {self.words['page-name']} {{page}}"
        sheets = Sheets(copy, profile, numbers, printer, slug)
        stamp = stamped(booklet, sheets, self.styles.digest(profile))
        return self.bind(output, replace(sheets, fingerprint=stamp.short), replace(imprint, stamp=stamp))

    def bind(self, output: Output, sheets: Sheets, imprint: Imprint) -> bytes:
        """Return the finished, proven file: out of the store when all that it depends on is as it was."""
        house, recipe = self.place.warehouse, recipe_of(sheets, imprint)
        kept = house.store.get("copies", recipe)
        if kept is not None:
            house.later(partial(note_origins, house.store, kept, sheets))
            return kept
        kit = Kit(house.store, output.file)
        content = finish(assemble(sheets, kit.deflate), sheets.profile, imprint, kit.deflate)
        findings = prove(content, sheets, kit)
        self.found.add(findings)
        house.later(kit.keep)
        house.later(partial(note_origins, house.store, content, sheets))
        if not findings:
            house.later(partial(house.store.put, "copies", recipe, content))
        return content

    def imprint(self, booklet: Booklet, profile: Profile) -> Imprint:
        """Return what a file says about itself."""
        title = title_of(booklet)
        if booklet.excerpt:
            title = f"{' · '.join(theme.title for theme in booklet.themes)} ({title})"
        subject = f"{self.words['edition']} {booklet.edition}"
        publishers, icc = ", ".join(booklet.publishers), self.icc[profile.ink]
        return Imprint(title, publishers, subject, booklet.language, booklet.published, icc, self.printer(profile))


def build(
    booklet: Booklet, styles: Styles, outputs: tuple[Output, ...], place: Place, tell: Callable[[Step], None]
) -> Result:
    """Make every output; nothing is made when anything is wrong with any of them, and nothing is written yet."""
    start, workshop = perf_counter(), Workshop(booklet, styles, place, tell)
    workshop.prepare(outputs)
    made = [one for output in outputs if (one := workshop.make(output))]
    for first, second in pairwise(workshop.wholes):
        workshop.found.add(compare(first, second))
    findings = workshop.found.findings
    if has_errors(findings) or (place.strict and findings):
        return Result((), findings, perf_counter() - start)
    return Result(tuple(made), findings, perf_counter() - start)


def deliver(result: Result, place: Place) -> None:
    """Write all files that were made, or none, and keep what the next build can use."""
    write_all({place.output / one.file: one.content for one in result.made})
    place.warehouse.close_run()
