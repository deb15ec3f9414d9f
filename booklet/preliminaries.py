"""The pages that a booklet has of itself: cover, colophon, title page, contents, back cover.

In comes a booklet, and for the contents the units that they list; out go units. Knows no text of a theme, no template,
no page.
"""

import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from booklet.inline import hole, tie
from booklet.model import Booklet, title_of
from booklet.printed import Unit

_MOST_LISTED = 8
"""Themes that a page about the whole booklet has room to name."""
_ONE_PAGE = 20
"""Lines up to which the contents keep to one page; more are given a spread."""


def plain(booklet: Booklet, address: str, title: tuple[str, int], content: Mapping[str, object]) -> Unit:
    """Return a unit that the program writes itself: its kind is its address, it stands where the booklet does.

    ``title`` is its title and the level on which the contents list it, 0 for not at all.
    """
    kind, running = re.sub(r".*\.|-\d+$", "", address), (booklet.short, title[0])
    return Unit(address, kind, title[0], title[1], "", running, content, (), (), booklet.position)


def head_of(booklet: Booklet) -> dict[str, object]:
    """Return what every page about the booklet itself needs."""
    return {
        "kicker": booklet.kicker, "title": tie(booklet.title), "subtitle": booklet.subtitle,
        "edition": booklet.edition, "publishers": booklet.publishers, "isbn": booklet.isbn, "url": booklet.url,
        "full_title": title_of(booklet),
        "themes": tuple(
            {"number": str(theme.number), "title": tie(theme.title), "colour": theme.colour}
            for theme in booklet.themes if len(booklet.themes) <= _MOST_LISTED),
    }


def sheet(booklet: Booklet, address: str, extra: Mapping[str, object]) -> Unit:
    """Return a page without folio that shows the booklet itself."""
    pictures = (booklet.cover,) if booklet.cover and address in ("cover", "back") else ()
    alt = next((p.alt for p in booklet.pictures if p.path in pictures), "")
    content = {**head_of(booklet), **extra, "picture": pictures[0] if pictures else "", "alt": alt}
    unit = plain(booklet, address, (title_of(booklet), 0), content)
    return replace(unit, pictures=pictures, folio=False, in_booklet=address != "leaf")


def entries_of(units: Sequence[Unit], digits: Mapping[str, int], live: bool) -> tuple[Mapping[str, object], ...]:
    """Return the lines of the contents, each with a hole for its page; ``digits`` is how many it has, where not 2."""
    entries = []
    for unit in units:
        if unit.level:
            entries.append({
                "level": unit.level, "title": unit.title, "address": unit.address, "colour": unit.colour,
                "label": str(unit.content["number"]) if unit.kind == "opener" else "",
                "hole": hole("page", unit.address, max(2, digits.get(unit.address, 2))),
                "place": unit.content.get("municipality", ""), "live": live,
            })
    return tuple(entries)


def contents(booklet: Booklet, title: str, entries: Sequence[Mapping[str, object]]) -> Unit:
    """Return the table of contents; on a spread, half of the themes stand on each page."""
    themes = [number for number, entry in enumerate(entries) if entry["label"]]
    spread = len(entries) > _ONE_PAGE and len(themes) > 1
    turn = themes[len(themes) // 2] if spread else len(entries)
    parts = tuple(tuple(part) for part in (entries[:turn], entries[turn:]) if part)
    unit = plain(booklet, "contents", (title, 0), {"parts": parts})
    return replace(unit, spread=spread)
