"""A counterproof: pages of one copy taken from those of another while the ink is wet, line for line.

In come the boxes of a unit that WeasyPrint 70.0 is about to lay out; out go its pages. A unit that another copy will
ask for too is kept as it was laid out; when the other copy's boxes come and all that decides a layout is the same,
they take over every line, and only the page around them, its margins and its colours are their own. Whatever differs
more or is unusual is laid out as ever. Knows no content; tells units apart by their addresses.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from msgspec import Struct
from weasyprint.layout import page as pages

from booklet import distribution
from booklet.job import Job
from booklet.parallels import Parallels, Unlike
from booklet.transfers import Laid, Transfer

MOST = 24
"""Pages that are kept at most, those of the units made last: of 1.2 megabytes each."""
_make = pages.make_all_pages


class Bed:
    """What lies on the press at the moment."""

    given: list[Laid] | None = None
    """Layouts of the unit in the other copy, in the order in which they were made."""
    kept: list[Laid] | None = None
    """Where layouts are to be kept."""


def make_all_pages(context: Any, root: Any, html: Any, before: Any) -> Iterator[Any]:
    """Yield the pages of a document without their margins."""
    if Bed.given and not before:
        made = _take(Bed.given.pop(0), context, root, html)
        if made is not None:
            yield from made
            return
    if Bed.kept is None or before:
        for laid in Bed.kept or ():
            laid.usual = False
        yield from _make(context, root, html, before)
        return
    laid = Laid(root)
    Bed.kept.append(laid)
    for page in _make(context, root, html, before):
        laid.add(page, context)
        yield page
    laid.end(context)


def _take(laid: Laid, context: Any, root: Any, html: Any) -> list[Any] | None:
    """Return the pages of a document, taken from a layout of another; None where that is unsure."""
    maker, sizes = list(context.page_maker), dict(context.style_for.initial_page_sizes)
    try:
        if not laid.usual or laid.context is None or context.target_collector.counter_lookup_items:
            raise Unlike
        return Transfer(laid, Parallels(laid.noted, root), context, html).pages()
    except Unlike:
        context.page_maker = maker
        context.running_elements.clear()
        context.broken_out_of_flow.clear()
        context.tables.clear()
        context.style_for.initial_page_sizes.update(sizes)
        return None


class Kept(Struct, frozen=True):
    """A unit as one copy laid it out."""

    mend: tuple[float, float]
    words: tuple[str, ...]
    """Words that are broken otherwise than the patterns would."""
    laid: list[Laid]
    held: distribution.Standing

    @property
    def pages(self) -> int:
        """Return how many pages it keeps."""
        return sum(len(laid.pages) for laid in self.laid)


class Rack:
    """Units that another copy will ask for, those made last at the end."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: dict[tuple[str, str], Kept] = {}

    @property
    def pages(self) -> int:
        """Return how many pages are kept."""
        return sum(kept.pages for kept in self._kept.values())

    @contextmanager
    def at_work(self, job: Job, keeps: bool) -> Iterator[list[Laid]]:
        """Let what is laid out within be taken from another copy; yields it where it may be kept for one."""
        kept = self._kept.pop((job.address, job.profile.plan), None)
        fits = kept is not None and (kept.mend, kept.words) == (job.mend, job.hyphenation)
        laid: list[Laid] = []
        Bed.given, Bed.kept = kept.laid if kept and fits else None, laid if keeps else None
        try:
            yield laid
        finally:
            Bed.given = Bed.kept = None
            if kept:
                distribution.distribute(kept.held)

    def keep(self, job: Job, laid: list[Laid]) -> None:
        """Keep what was laid out for a job, and is painted now."""
        if laid and all(one.usual for one in laid):
            held: distribution.Standing = ([], [], [], [])
            distribution.leave_standing(held)
            self._kept[job.address, job.profile.plan] = Kept(job.mend, job.hyphenation, laid, held)
        while self.pages > MOST:
            distribution.distribute(self._kept.pop(next(iter(self._kept))).held)
