"""The story, told once: from a folder of text files to PDFs.

    content/ ─reading→ Booklet ─selection→ Booklet ─units→ Units ─press→ Fragments ─pagination→ Copy
                                                                                                │ assembly
    findings ←──────────────────────────────── proof ←── PDF ←── finishing ←────────────────────┘

Every step returns what it made; what is wrong is collected, and the story stops between steps when something is.
"""

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from booklet.assembly import assemble
from booklet.collector import Collector, has_errors
from booklet.finishing import Imprint, finish, write_all
from booklet.model import Booklet, title_of
from booklet.outputs import Made, Output, Place, Result
from booklet.pagination import labels_of, paginate
from booklet.press import Press, generation, load_engine, tidy_engine
from booklet.printed import Copy
from booklet.profiles import PROFILES, Profile
from booklet.proof import compare, prove
from booklet.selection import select
from booklet.store import Store
from booklet.styles import Styles
from booklet.units import Brief, brief_labels
from booklet.words import read_words
from booklet.workers import side_by_side


class Workshop:
    """One booklet and one designer's folder, read once for all outputs of a run."""

    def __init__(self, booklet: Booklet, styles: Styles, cache: Path | None) -> None:
        self.booklet, self.styles, self.found = booklet, styles, Collector()
        self.store = Store(cache, generation(styles))
        self.words = read_words(booklet.language)
        self._copies: dict[str, Copy] = {}

    @property
    def wholes(self) -> tuple[Copy, ...]:
        """The page maps of the whole booklet that were made."""
        return tuple(self._copies.values())

    def whole(self, profile: Profile) -> Copy:
        """Return the page map of the whole booklet in a profile, made once."""
        if profile.name not in self._copies:
            self._copies[profile.name] = self.copy(self.booklet, profile, None)
        return self._copies[profile.name]

    def copy(self, booklet: Booklet, profile: Profile, whole: Copy | None) -> Copy:
        """Lay out a booklet, or an excerpt of the whole."""
        pictures = {picture.path: picture for picture in booklet.pictures}
        press = Press(profile, self.styles, self.words, booklet.language, pictures, self.store, self.found)
        brief = Brief(profile, self.words, brief_labels(self.booklet, self.words))
        return paginate(booklet, brief, press.lay_out, whole)

    def lay_out(self, output: Output) -> tuple[Booklet, Copy, Copy | None]:
        """Return what an output holds, laid out, and the whole booklet's page map where it is an excerpt."""
        profile = PROFILES[output.profile]
        if not output.themes:
            return self.booklet, self.whole(profile), None
        booklet, whole = select(self.booklet, output.themes), self.whole(PROFILES[profile.counted_by])
        return booklet, self.copy(booklet, profile, whole), whole

    def _lay_out_aside(self, output: Output) -> None:
        """Lay out an output in a process of its own, which leaves nothing behind but what is in the store."""
        try:
            self.lay_out(output)
        finally:
            tidy_engine()

    def prepare(self, outputs: tuple[Output, ...], jobs: int) -> None:
        """Lay out several outputs at once when nothing is in the store yet: wholes, then excerpts."""
        if not self.store.is_new or jobs == 1:
            return
        load_engine()
        for excerpts in (False, True):
            wanted = [output for output in outputs if bool(output.themes) is excerpts]
            side_by_side([partial(self._lay_out_aside, output) for output in wanted], jobs)

    def make(self, output: Output) -> Made | None:
        """Make one file: select, lay out, assemble, finish, prove; nothing when its layout has errors."""
        start, profile = perf_counter(), PROFILES[output.profile]
        booklet, copy, whole = self.lay_out(output)
        if has_errors(self.found.findings):
            return None
        numbers = labels_of(whole) if whole else {}
        content = finish(assemble(copy, profile, numbers), profile, self.imprint(booklet, profile))
        self.found.add(prove(content, copy, numbers))
        return Made(output.file, content, len(copy.labels), perf_counter() - start)

    def imprint(self, booklet: Booklet, profile: Profile) -> Imprint:
        """Return what a file says about itself."""
        title = title_of(booklet)
        if booklet.excerpt:
            title = f"{' · '.join(theme.title for theme in booklet.themes)} ({title})"
        subject = f"{self.words['edition']} {booklet.edition}"
        publishers, icc = ", ".join(booklet.publishers), self.styles.icc[profile.ink]
        return Imprint(title, publishers, subject, booklet.language, booklet.published, icc)


def build(
    booklet: Booklet, styles: Styles, outputs: tuple[Output, ...], place: Place, tell: Callable[[Output], None]
) -> Result:
    """Make every output, then write them all; nothing is written when anything is wrong with any of them."""
    start, workshop, made = perf_counter(), Workshop(booklet, styles, place.cache), []
    workshop.prepare(outputs, place.jobs if place.cache else 1)
    for output in outputs:
        tell(output)
        if one := workshop.make(output):
            made.append(one)
    for first, second in pairwise(workshop.wholes):
        workshop.found.add(compare(first, second))
    workshop.store.prune()
    findings = workshop.found.findings
    if has_errors(findings) or (place.strict and findings):
        return Result((), findings, perf_counter() - start)
    write_all({place.output / one.file: one.content for one in made})
    return Result(tuple(made), findings, perf_counter() - start)
