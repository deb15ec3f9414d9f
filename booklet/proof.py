"""The finished PDF, read again by a program that did not make it: every printed number against its target's page.

In come the bytes of a file and the page map they were made from; out go findings. The only door to PDFium.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pypdfium2

from booklet.findings import Finding, Severity
from booklet.printed import Copy, Hole, Placed
from booklet.signals import undisturbed

_SHRINK = 0.4
"""In pt: the neighbours of a number touch its box."""


class _Reader:
    """Text of a PDF, by page and by box; one page is open at a time."""

    def __init__(self, content: bytes) -> None:
        self.pdf = pypdfium2.PdfDocument(content)
        self._open: tuple[int, list[Any]] = (-1, [])
        self.text = cache(lambda number: _plain(self.page(number).get_text_range()))

    def page(self, number: int) -> Any:
        """Return the text of a page, which stays open until another is asked for."""
        if self._open[0] != number:
            self._shut()
            page = self.pdf[number]
            self._open = number, [page.get_textpage(), page]
        return self._open[1][0]

    def _shut(self) -> None:
        for handle in self._open[1]:
            handle.close()
        self._open = -1, []

    def close(self) -> None:
        """Give everything back, in the order that PDFium wants."""
        self._shut()
        self.pdf.close()

    def box(self, page: int, hole: Hole) -> str:
        """Return the text that is printed in a hole."""
        left, bottom, right, top = hole.box
        return str(self.page(page).get_text_bounded(left + _SHRINK, bottom, right - _SHRINK, top)).strip()


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


def _right(copy: Copy, whole: Mapping[str, str], placed: Placed, hole: Hole) -> str:
    """Return what must be printed in a hole."""
    if hole.kind == "folio":
        return placed.labels[hole.page]
    if hole.kind == "phrase":
        return hole.target.format(page=placed.labels[hole.page], total=len(copy.labels))
    return copy.label(hole.target) if hole.kind == "page" else whole[hole.target]


def _check_hole(reader: _Reader, placed: Placed, hole: Hole, right: str) -> Iterator[Finding]:
    page = placed.first + hole.page
    printed = reader.box(page, hole)
    if printed != right:
        yield _wrong(placed, page, f"'{printed}' is printed where '{hole.target or hole.kind}' is on '{right}'")


def _check_targets(reader: _Reader, copy: Copy) -> Iterator[Finding]:
    titles = _titles(copy)
    targets = {hole.target for placed in copy.placed for hole in placed.fragment.holes if hole.kind == "page"}
    for address in sorted(targets & titles.keys()):
        title, placed = titles[address]
        page = copy.pages[address]
        if _plain(title) not in reader.text(page):
            yield _wrong(placed, page, f"the words '{title}', which '{address}' points to, are not on this page")


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


def prove(content: bytes, copy: Copy, whole: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return a finding for every number in the file that is not the page of what it points to."""
    with undisturbed():  # an interrupt within PDFium's clean-up would be swallowed
        reader = _Reader(content)
        try:
            return tuple(_prove(reader, copy, whole))
        finally:
            reader.close()


def _prove(reader: _Reader, copy: Copy, whole: Mapping[str, str]) -> list[Finding]:
    findings = []
    if len(reader.pdf) != len(copy.labels):
        findings.append(Finding(
            "page-count", Severity.ERROR, f"the file has {len(reader.pdf)} pages, the page map {len(copy.labels)}"))
    for placed in copy.placed:
        for hole in placed.fragment.holes:
            findings += _check_hole(reader, placed, hole, _right(copy, whole, placed, hole))
    findings += _check_targets(reader, copy)
    for index, label in enumerate(copy.labels):
        named = reader.pdf.get_page_label(index)
        if named and named != label:
            message = f"page {index + 1} is labelled '{named}', not '{label}'"
            findings.append(Finding("page-label", Severity.ERROR, message))
    return findings
