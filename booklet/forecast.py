"""How long a copy will be, guessed from its words: so that the places left for page numbers are wide enough at once.

In comes a booklet; out goes a number of digits for each address. The guess depends on the booklet alone, never on
earlier builds: a wrong one costs a second layout of the units that quote the number.
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from booklet.holdings import addresses, used_sources, used_terms
from booklet.model import Article, Booklet, Theme
from booklet.printed import Unit
from booklet.profiles import Profile
from booklet.teaching import PARTICIPANT, Occasion
from booklet.units import FOLIO, Brief, compose

_LETTERS = 2200
"""Characters of a text on a page of 170 × 240 mm."""
_HEAD = 250
"""Characters that would stand where its head does."""
_TITLE = 0.9
"""Pages that title, points and contents of a theme's handout take."""
_ROOM = {"picture": 900, "table": 300, "figures": 300, "chart": 700}
"""And where blocks of these kinds take more room than their words."""
_ENTRIES = {"glossary": 21, "references": 35}
"""Entries of a register on such a page."""
_LINES = 20
"""Lines of the contents on such a page; more have two."""
MOST_UNLISTED = 8
"""Pages of a handout up to which nobody needs a list of what it holds."""
_SPARE = 1.25
"""A folio may have room for a digit more than it needs: nothing stands beside it."""
_AREA = 170 * 240


class Plan(Struct, frozen=True):
    """A copy before its layout."""

    booklet: Booklet
    brief: Brief
    """With the digits expected of each address."""
    units: tuple[Unit, ...]


def plan_of(booklet: Booklet, brief: Brief) -> Plan:
    """Return a copy's plan; the brief knows the digits of the numbers that an excerpt quotes from the whole."""
    expected, pages = _expected(booklet, brief.profile)
    expected = {**brief.digits, **expected}
    if brief.occasion.contents is None:
        pages += _added(brief.occasion)
        brief = replace(brief, occasion=replace(brief.occasion, contents=pages > MOST_UNLISTED))
    told = replace(brief, digits={address: digits for address, digits in expected.items() if digits != 2})
    return Plan(booklet, told, compose(booklet, told))


def _expected(booklet: Booklet, profile: Profile) -> tuple[dict[str, int], int]:
    """Return address → how many digits its page number will probably have, and how many pages there will be."""
    width, height = profile.trim
    firsts, page = dict[str, int](), 1
    parts = _handout if profile.plan == "handout" else _excerpt if booklet.excerpt else _whole
    spreads = {theme.id for theme in booklet.themes} if parts is _whole else set()
    scale = 1 if parts is _handout else _AREA / (width * height)  # a handout's type is as much larger as its page
    for address, fill in parts(booklet):
        page += page % 2 if address in spreads else 0
        firsts[address] = page
        page += max(1, -int(-fill * scale // 1))
    found = {address: len(str(_page(address, firsts))) for address in addresses(booklet, profile.plan)}
    return found | {FOLIO: max(2, len(str(round(page * _SPARE))))}, page - 1


def _added(occasion: Occasion) -> int:
    """Return how many pages a handout has beside those of its themes: to write on, the course's, the municipality's."""
    course = occasion.course
    written_on = 2 if occasion.audience == PARTICIPANT else 0
    return written_on + (course is not None) + (course is not None and course.municipality is not None)


Parts = Iterator[tuple[str, float]]
"""Address of a unit and the pages of 170 × 240 mm that it fills."""


def _whole(booklet: Booklet) -> Parts:
    lines = len(booklet.front) + sum(len(theme.examples) + 3 for theme in booklet.themes) + len(booklet.back)
    yield from (("cover", 1), ("colophon", 1), ("title", 1), ("contents", 2 if lines > _LINES else 1))
    yield from _articles(booklet.front)
    for theme in booklet.themes:
        yield theme.id, 2
        yield from _theme(theme)
    yield from _back(booklet)


def _excerpt(booklet: Booklet) -> Parts:
    yield "leaf", 1
    for theme in booklet.themes:
        yield from [(theme.id, 2)] if theme.form == "whole" else []
        yield from _theme(theme)
    yield from _back(booklet)


def _handout(booklet: Booklet) -> Parts:
    for theme in booklet.themes:
        units = list(_theme(theme))
        yield from [(theme.id, _TITLE + (units.pop(0)[1] if theme.has_text else 0))] if theme.form else []
        yield from units
    yield from _back(booklet)


def _theme(theme: Theme) -> Parts:
    texts = (theme.text,) if theme.has_text else ()
    yield from _articles((*texts, *(example.article for example in theme.examples)))
    if theme.questions:
        yield f"{theme.id}.questions", 1


def _articles(articles: tuple[Article, ...]) -> Parts:
    for article in articles:
        letters = sum(len(block.text) + _ROOM.get(block.kind, 0) for block in article.body.blocks)
        yield article.address, (letters + _HEAD) / _LETTERS


def _back(booklet: Booklet) -> Parts:
    for part in booklet.back:
        if isinstance(part, Article):
            yield from _articles((part,))
        else:
            entries = used_terms(booklet) if part == "glossary" else used_sources(booklet)
            yield part, len(entries) / _ENTRIES[part]


def _page(address: str, firsts: Mapping[str, int]) -> int:
    """Return the page on which the unit begins that an address belongs to."""
    while address and address not in firsts:
        address = address.rpartition(".")[0]
    return firsts.get(address, 10)
