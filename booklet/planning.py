"""Which copies there are, what each consists of, and where everything in them stands: page maps, each made once.

In come a booklet, a designer's folder and a place; out go plans and copies, laid out and counted. Excerpts quote the
whole booklet's pages, a facilitator's handout the participants'. Makes no file.
"""

from collections.abc import Callable
from copy import copy
from typing import Self

from msgspec.structs import replace

from booklet.codes import code_of
from booklet.collector import Collector
from booklet.forecast import MOST_UNLISTED, Plan, plan_of
from booklet.handouts import HELD
from booklet.holdings import brief_labels
from booklet.model import Booklet
from booklet.outputs import Output
from booklet.pagination import labels_of, marks_of, paginate
from booklet.press import Press, Stock
from booklet.presses import Printer
from booklet.printed import Copy
from booklet.profiles import PROFILES, Profile
from booklet.selection import select
from booklet.steps import Step
from booklet.styles import Styles
from booklet.teaching import FACILITATOR
from booklet.units import Brief
from booklet.warehouse import Place
from booklet.words import read_words

_PRESS = "cmyk"
"""The ink of profiles for the press."""


class Planner:
    """One booklet and one designer's folder, read once for all outputs of a run, and their page maps."""

    def __init__(
        self, booklet: Booklet, styles: Styles, place: Place, tell: Callable[[Step], None],
        base: "Self | None" = None,
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
            booklet.hyphenation, place.warehouse.memory)
        self.presses = {name: Press(profile, self.stock) for name, profile in PROFILES.items()}
        self.labels = brief_labels(booklet, self.words)
        self._copies: dict[str, Copy] = {}
        self._plans: dict[tuple[object, ...], Plan] = {}
        self._selected: dict[tuple[tuple[str, ...], bool], Booklet] = {}
        self._excerpts: dict[str, tuple[Copy, dict[str, str]]] = {}
        self._quoted: dict[str, dict[str, str]] = {}

    def aside(self) -> Self:
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
        numbers = self.quoted(PROFILES[PROFILES[output.profile].counted_by])
        if output.occasion.audience == FACILITATOR:
            held = labels_of(self.excerpt(output.for_participants())[0])
            numbers |= {f"{HELD}{address}": label for address, label in held.items()}
        return numbers

    def quoted(self, profile: Profile) -> dict[str, str]:
        """Return what excerpts quote of the whole booklet, made once."""
        if profile.name not in self._quoted:
            whole = self.whole(profile)
            self._quoted[profile.name] = labels_of(whole) | marks_of(whole, self.words["page-mark"])
        return dict(self._quoted[profile.name])

    def plan(self, output: Output) -> Plan:
        """Return the units of the booklet or an excerpt, made once."""
        profile, occasion = PROFILES[output.profile], output.occasion
        key = output.file if output.themes else profile.name, occasion.contents
        if key not in self._plans:
            if occasion.audience == FACILITATOR:
                occasion = replace(occasion, held=frozenset(self.numbers(output)))
            memory = self.place.warehouse.memory
            brief = Brief(self.filled(profile), self.words, self.labels, occasion=occasion, memory=memory)
            if output.themes:  # numbers that an excerpt quotes are as wide as those that the whole expects
                workshop = self.base or self
                brief = replace(brief, digits=workshop.plan(Output("", profile.counted_by)).brief.digits)
            self._plans[key] = plan_of(self.select(output), brief)
        return self._plans[key]

    def select(self, output: Output) -> Booklet:
        """Return what a copy is made of."""
        course = output.occasion.course
        key = output.themes, course is not None and course.short
        if key not in self._selected:
            self._selected[key] = select(self.booklet, key[0], short=key[1])
        return self._selected[key]

    def filled(self, profile: Profile) -> Profile:
        """Return a profile whose sheets are filled up as the print shop wants."""
        printer = self.printer(profile)
        return replace(profile, multiple=printer.multiple) if printer else profile

    def printer(self, profile: Profile) -> Printer | None:
        """Return the print shop that a profile is made for."""
        return self.place.printer if profile.ink == _PRESS else None
