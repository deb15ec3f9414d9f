"""The finished PDF, read again by a program that did not make it: every printed number against its target's page.

In come the bytes of a file and the page map they were made from; out go findings. The pages are read by a witness.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256

from msgspec import Struct

from booklet.findings import Finding, Severity
from booklet.frames import frames_of
from booklet.kits import Kit
from booklet.likeness import likenesses
from booklet.printed import Copy, Hole, Placed, Sheets, side_of
from booklet.signals import undisturbed
from booklet.witness import Witness

_SHRINK = 0.4
"""In pt: the neighbours of a number touch its box."""


class _Reader:
    """Text of a PDF as it is compared, by page and by box."""

    def __init__(self, content: bytes) -> None:
        self.pdf = Witness(content)
        self.text = cache(lambda number: _plain(self.pdf.text(number)))

    def box(self, page: int, hole: Hole, shift: tuple[float, float]) -> str:
        """Return the text that is printed in a hole of a page that was moved."""
        (left, bottom, right, top), (x, y) = hole.box, shift
        box = left + x + _SHRINK, bottom + y, right + x - _SHRINK, top + y
        return self.pdf.within(page, box).replace("\u00a0", " ").strip()


def _plain(text: str) -> str:
    """Return text as words are compared: without spaces, hyphens and line ends."""
    return re.sub(r"[\s\-\u00ad\u2010\ufffe\u0002]+", "", text).lower()


def _titles(copy: Copy) -> dict[str, tuple[str, Placed]]:
    """Return address → the words that must stand where it points, and the unit it is in."""
    found = {}
    for placed in copy.placed:
        found[placed.unit.address] = placed.unit.title, placed
        found |= {mark.address: (mark.title, placed) for mark in placed.unit.bookmarks}
    return found


def _wrong(placed: Placed, page: int, message: str) -> Finding:
    return Finding(
        "page-number", Severity.ERROR, f"page {page + 1}: {message}", placed.unit.position,
        "report this: the program counted wrongly")


def _right(sheets: Sheets, placed: Placed, hole: Hole) -> str:
    """Return what must be printed in a hole."""
    copy = sheets.copy
    if hole.kind == "print":
        return sheets.fingerprint.replace("\u00a0", " ")
    if hole.kind == "folio":
        return placed.labels[hole.page]
    if hole.kind == "phrase":
        return hole.target.format(page=placed.labels[hole.page], total=len(copy.labels))
    if hole.kind == "mark":
        return sheets.whole.get(hole.target, "")
    return copy.label(hole.target) if hole.kind == "page" else sheets.whole[hole.target]


class _Demand(Struct, frozen=True):
    """What must stand on a page: a number in a hole, or else the words that an address points to."""

    words: str
    address: str
    placed: Placed
    hole: Hole | None = None
    shift: tuple[float, float] = (0, 0)

    def check(self, reader: _Reader, page: int) -> Iterator[Finding]:
        """Yield a finding when it does not."""
        if self.hole is None:
            if _plain(self.words) not in reader.text(page):
                message = f"the words '{self.words}', which '{self.address}' points to, are not on this page"
                yield _wrong(self.placed, page, message)
            return
        printed = reader.box(page, self.hole, self.shift)
        if printed != self.words:
            what = self.hole.target or self.hole.kind
            yield _wrong(self.placed, page, f"'{printed}' is printed where '{what}' is on '{self.words}'")

    @property
    def terms(self) -> tuple[object, ...]:
        """Return what decides the outcome, but for the page itself."""
        return self.words, self.hole and self.hole.box, self.shift


def _demands(sheets: Sheets) -> dict[int, list[_Demand]]:
    """Return page → what must stand on it."""
    copy, demands, frames = sheets.copy, dict[int, list[_Demand]](), frames_of(sheets.profile, sheets.printer)
    titles, targets = _titles(copy), set[str]()
    if sheets.profile.plan == "handout":  # the facilitator's handout quotes the pages of what stands in the contents
        targets |= {placed.unit.address for placed in copy.placed if placed.unit.level}
    for placed in copy.placed:
        for hole in placed.fragment.holes:
            page = placed.first + hole.page
            demand = _Demand(_right(sheets, placed, hole), hole.target, placed, hole, frames[side_of(page)].shift)
            demands.setdefault(page, []).append(demand)
            targets |= {hole.target} if hole.kind == "page" else set()
    for address in sorted(targets & titles.keys()):
        title, placed = titles[address]
        demands.setdefault(copy.pages[address], []).append(_Demand(title, address, placed))
    return demands


def compare(one: Copy, other: Copy) -> tuple[Finding, ...]:
    """Return a warning for every unit that begins on another page in another profile of the same booklet."""
    firsts = {placed.unit.address: placed.labels[0] for placed in other.placed if placed.unit.in_booklet}
    return tuple(
        Finding("page-maps-differ", Severity.WARNING,
                f"'{placed.unit.title}' begins on page {placed.labels[0]} in one profile and on page "
                f"{firsts[placed.unit.address]} in another", placed.unit.position,
                "shorten or lengthen what stands before it by a line")
        for placed in one.placed
        if placed.unit.folio and firsts.get(placed.unit.address, placed.labels[0]) != placed.labels[0])


def prove(content: bytes, sheets: Sheets, kit: Kit) -> tuple[Finding, ...]:
    """Return a finding for every number in the file that is not the page of what it points to.

    A page whose every byte was read before, and found right by the same demands, is not read again: the kit knows.
    """
    pages, demands = likenesses(content), _demands(sheets)
    with undisturbed():  # an interrupt within PDFium's clean-up would be swallowed
        reader = _Reader(content)
        try:
            return tuple([*_check_pages(reader, pages, demands, kit), *_check_labels(reader, sheets.copy)])
        finally:
            reader.pdf.close()


def _check_pages(
    reader: _Reader, pages: Sequence[str], demands: Mapping[int, list[_Demand]], kit: Kit
) -> Iterator[Finding]:
    for number, likeness in enumerate(pages):
        wanted = demands.get(number, [])
        proof = sha256(repr((likeness, [demand.terms for demand in wanted])).encode()).hexdigest()
        if not wanted or kit.is_proven(proof):
            continue
        wrong = [finding for demand in wanted for finding in demand.check(reader, number)]
        if not wrong:
            kit.prove([proof])
        yield from wrong


def _check_labels(reader: _Reader, copy: Copy) -> list[Finding]:
    findings = []
    if len(reader.pdf) != len(copy.labels):
        findings.append(Finding(
            "page-count", Severity.ERROR, f"the file has {len(reader.pdf)} pages, the page map {len(copy.labels)}"))
    for index, label in enumerate(copy.labels):
        named = reader.pdf.label(index)
        if named and named != label:
            message = f"page {index + 1} is labelled '{named}', not '{label}'"
            findings.append(Finding("page-label", Severity.ERROR, message))
    return findings
