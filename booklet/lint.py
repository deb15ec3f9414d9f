"""Galleys judged: what is wrong on which page of a copy, told with page, place and the content's line.

In come laid-out units with their measures; out go remarks and the figures of the whole. It makes no page, reads no
file, and refuses to know how pages are made.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from booklet.budget import Cut, advice, cuts_of, overrun
from booklet.columns import Shares, judge_columns, shares_of
from booklet.findings import Finding, Position, Severity
from booklet.fitting import judge_fit
from booklet.galleys import Fault, Galley
from booklet.legibility import judge_drawings, judge_words
from booklet.measures import FLOW, Home, Leaf
from booklet.model import Booklet
from booklet.rags import judge_lines
from booklet.whereabouts import Whereabouts

_WORD = re.compile(r"[^\W\d_]+")


class Remark(Struct, frozen=True):
    """A fault in its place."""

    finding: Finding
    profile: str
    page: int
    """Index within the copy; -1 for the whole."""
    label: str
    """What the page is called."""
    box: tuple[float, float, float, float]
    """Left, top, right, bottom in mm."""


class Break(Struct, frozen=True):
    """A word that a line ends within."""

    word: str
    """With the hyphen at its break."""
    label: str
    position: Position


class Repair(Struct, frozen=True):
    """A paragraph that was set tighter or looser, so that it ends well."""

    position: Position
    words: str
    apart: float
    """By how many parts of the size; tighter is negative."""


class Verdict(Struct, frozen=True):
    """What is to be said about one copy."""

    profile: str
    file: str
    remarks: tuple[Remark, ...]
    shares: Shares
    breaks: tuple[Break, ...]
    pages: int
    cuts: tuple[Cut, ...]
    leaves: tuple[Leaf, ...]
    """Every page of the copy."""
    repairs: tuple["Repair", ...] = ()


class Bench(Struct, frozen=True):
    """What judging needs besides galleys."""

    profile: str
    file: str
    labels: tuple[str, ...]
    """What each page of the copy is called."""
    shades: Mapping[str, str]
    places: Whereabouts
    booklet: Booklet
    multiple: int
    """What the number of pages is filled up to."""


def words_of(galleys: Sequence[Galley]) -> Counter[str]:
    """Return the words of a copy that no line breaks, and how often each is printed."""
    found: Counter[str] = Counter()
    for galley in galleys:
        for _, line in galley.lines():
            words = _WORD.findall(line.text.lower())
            found.update(words[1:-1])
    return found


def judge(galleys: Sequence[Galley], bench: Bench) -> Verdict:
    """Return what is to be said about a copy."""
    known = words_of(galleys)
    remarks = [_remark(fault, galley, bench) for galley in galleys for fault in _faults(galley, known, bench)]
    cuts = cuts_of(galleys)
    remarks += _over_budget(galleys, cuts, bench)
    mended = tuple(one for galley in galleys for one in _mended(galley, bench))
    return Verdict(
        bench.profile, bench.file, tuple(remarks), shares_of(galleys), tuple(_breaks(galleys, bench)),
        len(bench.labels), cuts, tuple(leaf for galley in galleys for leaf in galley.measures.leaves), mended)


def _faults(galley: Galley, known: Mapping[str, int], bench: Bench) -> Iterator[Fault]:
    yield from judge_lines(galley, known, bench.booklet.hyphenation)
    yield from judge_columns(galley)
    yield from judge_fit(galley)
    yield from judge_words(galley, bench.shades)
    yield from judge_drawings(galley, {picture.path: picture.content for picture in bench.booklet.pictures})


def _remark(fault: Fault, galley: Galley, bench: Bench) -> Remark:
    page = galley.first + fault.page
    left, top, *_ = fault.box
    place = f"page {bench.labels[page]} at {left:.0f} × {top:.0f} mm"
    message = f"{place} ({bench.profile}): {fault.message}"
    severity = Severity.ERROR if fault.severe else Severity.WARNING
    at = bench.places.find(galley.unit, fault.home, fault.words)
    return Remark(Finding(fault.code, severity, message, at, fault.hint), bench.profile, page, bench.labels[page],
                  fault.box)


def _over_budget(galleys: Sequence[Galley], cuts: Sequence[Cut], bench: Bench) -> Iterator[Remark]:
    budget, pages = bench.booklet.budget, len(bench.labels)
    missing = 0 if bench.booklet.excerpt else overrun(galleys, budget, bench.multiple)
    if missing:
        at = bench.places.key(bench.booklet.position, "budget")
        told = "1 page" if missing == 1 else f"{missing} pages"
        message = f"{pages} pages, the budget is {budget}: {told} must be won ({bench.profile})"
        finding = Finding("over-budget", Severity.WARNING, message, at, advice(cuts, missing))
        yield Remark(finding, bench.profile, -1, "", (0, 0, 0, 0))


def _breaks(galleys: Sequence[Galley], bench: Bench) -> Iterator[Break]:
    """Yield each break once, where it is first."""
    seen: set[str] = set()
    for galley in galleys:
        for paragraph, line in galley.lines():
            if line.broken and line.broken.lower() not in seen:
                seen.add(line.broken.lower())
                at = bench.places.find(galley.unit, paragraph.home, line.broken.replace("-", ""))
                yield Break(line.broken, bench.labels[galley.first + line.page], at)


def _mended(galley: Galley, bench: Bench) -> Iterator[Repair]:
    for block, below, words, apart in galley.measures.repairs:
        home = Home(block, below, "", "", (), FLOW)
        yield Repair(bench.places.find(galley.unit, home, "" if block >= 0 else words), words, apart)
