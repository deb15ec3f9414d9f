"""The story, told once: from a folder of text files to PDFs.

    content/ ─reading→ Booklet ─selection→ Booklet ─units→ Units ─press→ Fragments ─pagination→ Copy
                                                                                                │ assembly
    findings ←──────────────────────────────── proof ←── PDF ←── finishing ←────────────────────┘

Every step returns what it made; what is wrong is collected, and the story stops between steps when something is.
"""

from collections.abc import Callable
from functools import partial
from itertools import combinations, pairwise
from time import perf_counter

from msgspec.structs import replace

from booklet.assembly import assemble
from booklet.collector import has_errors
from booklet.crew import make_missing, runs_of
from booklet.finishing import Imprint, finish, write_all
from booklet.handouts import lacks
from booklet.model import Booklet, title_of
from booklet.origins import note_origins
from booklet.outputs import Made, Output, Result
from booklet.planning import Planner
from booklet.printed import Copy, Sheets
from booklet.printers import check_length
from booklet.profiles import PROFILES
from booklet.proof import compare, prove
from booklet.recipes import recipe_of
from booklet.stamping import stamped
from booklet.steps import Step
from booklet.styles import Styles
from booklet.teaching import FACILITATOR
from booklet.typecase import Typecase
from booklet.warehouse import Place


class Workshop(Planner):
    """Makes the files of a run; what is laid out once for all of them is the planner's."""

    def prepare(self, outputs: tuple[Output, ...]) -> None:
        """Note whose units another copy asks for too; let several processes make what is missing when that is much."""
        wholes = [PROFILES[output.profile] for output in outputs if not output.themes]
        self.stock.twins.update(one.name for one, other in combinations(wholes, 2) if one.plan == other.plan)
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
        name = output.kit or output.file
        kit, case = house.kit(name), Typecase(house.store, name)
        content = finish(assemble(sheets, kit.deflate), sheets.profile, imprint, kit.deflate)
        findings = prove(content, sheets, kit)
        self.found.add(findings)
        case.close()
        house.later(kit.keep)
        house.later(case.keep)
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
