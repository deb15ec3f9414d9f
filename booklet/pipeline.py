"""The story, told once: from a folder of text files to PDFs.

    content/ ─reader→ Booklet ─selection→ Booklet ─units→ Units ─press→ Fragments ─pagination→ Copy
                                                                                               │ assembly
    findings ←─────────────────────────────── proof ←── PDF ←── finishing ←────────────────────┘

Every step returns what it made; what is wrong is collected, and the story stops between steps when something is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import perf_counter

from booklet.assembly import assemble
from booklet.collector import Collector, has_errors
from booklet.findings import Finding
from booklet.finishing import Imprint, finish, write
from booklet.model import Booklet, title_of
from booklet.outputs import Output
from booklet.pagination import labels_of, paginate
from booklet.press import Press
from booklet.printed import Copy
from booklet.profiles import PROFILES, Profile
from booklet.proof import prove
from booklet.reader import read
from booklet.selection import select
from booklet.store import Store
from booklet.styles import Styles, read_styles
from booklet.units import Brief, brief_labels
from booklet.words import read_words


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file, before it is written."""

    output: Output
    content: bytes
    pages: int
    seconds: float


class Workshop:
    """One booklet and one designer's folder, read once for all outputs of a run."""

    def __init__(self, booklet: Booklet, styles: Styles, store: Store, found: Collector) -> None:
        self.booklet, self.styles, self.store, self.found = booklet, styles, store, found
        self._copies: dict[str, Copy] = {}

    @cached_property
    def words(self) -> Mapping[str, str]:
        """The fixed words of the booklet's language."""
        return read_words(self.booklet.language)

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

    def make(self, output: Output) -> Made | None:
        """Make one file: select, lay out, assemble, finish, prove; nothing when its layout has errors."""
        start = perf_counter()
        profile, booklet, whole = PROFILES[output.profile], self.booklet, None
        if output.themes:
            booklet, whole = select(booklet, output.themes), self.whole(PROFILES[profile.counted_by])
        copy = self.copy(booklet, profile, whole) if whole else self.whole(profile)
        if has_errors(self.found.findings):
            return None
        numbers = labels_of(whole) if whole else {}
        content = finish(assemble(copy, profile, numbers), profile, self.imprint(booklet, profile))
        self.found.add(prove(content, copy, numbers))
        return Made(output, content, len(copy.labels), perf_counter() - start)

    def imprint(self, booklet: Booklet, profile: Profile) -> Imprint:
        """Return what a file says about itself."""
        title = title_of(booklet)
        if booklet.excerpt:
            title = f"{' · '.join(theme.title for theme in booklet.themes)} ({title})"
        subject = f"{self.words['edition']} {booklet.edition}"
        return Imprint(
            title, ", ".join(booklet.publishers), subject, booklet.language, booklet.published,
            self.styles.icc[profile.ink])


def read_all(content: Path, styles: Path) -> tuple[Booklet | None, Styles | None, tuple[Finding, ...]]:
    """Read the author's and the designer's folders; either is None when it has errors."""
    found = Collector()
    looks = read_styles(styles, found)
    booklet, findings = read(content, looks.palette.themes if looks else frozenset())
    found.add(findings if looks else ())
    return booklet, looks, found.findings


def build(
    workshop: Workshop, outputs: tuple[Output, ...], folder: Path, tell: Callable[[Output], None], strict: bool
) -> tuple[Made, ...]:
    """Make every output, then write them all; nothing is written when anything is wrong with any of them."""
    made = []
    for output in outputs:
        tell(output)
        if one := workshop.make(output):
            made.append(one)
    findings = workshop.found.findings
    if has_errors(findings) or (strict and findings):
        return ()
    for one in made:
        write(one.content, folder / one.output.file)
    return tuple(made)
