"""Corrections → the slip of errata: one leaflet in the booklet's design, and the same as text.

In come corrections and the run that they correct; out go a unit for the press and a text. Knows no page.
"""

from collections.abc import Mapping
from itertools import groupby

from booklet.corrections import Correction
from booklet.inline import tie
from booklet.model import Booklet, title_of
from booklet.printed import Unit
from booklet.runs import Run
from booklet.typography import typography_of

ADDRESS = "slip"
MOST_PAGES = 2
"""A leaf has two sides."""


def _head(booklet: Booklet, run: Run, words: Mapping[str, str]) -> tuple[str, str]:
    """Return title and line below it."""
    to = words["errata-to"].format(title=title_of(booklet), edition=run.stamp.edition, run=run.stamp.run)
    return words["errata"], to


def text_of(corrections: tuple[Correction, ...], booklet: Booklet, run: Run, words: Mapping[str, str]) -> str:
    """Return the slip as text for the web, one correction a line."""
    title, to = _head(booklet, run, words)
    lines = [f"{', '.join(filter(None, (_page(one, words), one.where)))}: {ended(one.what)}" for one in corrections]
    return "\n".join([title, to, words["errata-lead"], "", *lines]) + "\n"


def slip_of(corrections: tuple[Correction, ...], booklet: Booklet, run: Run, words: Mapping[str, str]) -> Unit:
    """Return the slip as a unit."""
    rules = typography_of(booklet.language, booklet.typography_off)
    title, to = _head(booklet, run, words)
    pages = tuple(
        {"page": page, "rows": tuple({"where": _sentence(one.where), "what": rules.text(ended(_sentence(one.what)))}
                                     for one in rows)}
        for page, rows in ((page, tuple(same)) for page, same in groupby(corrections, lambda one: _page(one, words))))
    content = {"title": title, "to": tie(to), "lead": words["errata-lead"], "pages": pages}
    where = booklet.position
    return Unit(ADDRESS, "slip", f"{title}: {title_of(booklet)}", 1, "", ("", ""), content, (), (), where, folio=False)


def _page(one: Correction, words: Mapping[str, str]) -> str:
    return words["errata-page"].format(page=one.page)


def ended(text: str) -> str:
    """Return a sentence with its full stop, unless it ends in a quotation that has one."""
    return text if text.endswith((".»", "?»", "!»")) else f"{text}."


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
