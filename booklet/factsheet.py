"""The register of facts, each with its age and everywhere it is printed: for the editor's yearly round.

In come the booklet, the copies it is printed in and a day; out go rows, also as text, CSV and JSON. Knows no layout.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import Any

from msgspec import Struct, field

from booklet.findings import Position
from booklet.inline import references_of
from booklet.model import Booklet, Fact, articles
from booklet.printed import Copy
from booklet.review import age_of, is_due


class Row(Struct, frozen=True):
    """A fact and where it stands."""

    fact: Fact
    source: str
    """Short: «SSB 2018a»."""
    months: int
    due: bool
    pages: tuple[str, ...]
    """Of the printed booklet."""
    handouts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Theme → pages of its handout."""

    @property
    def used(self) -> bool:
        """Tell whether any page prints it."""
        return bool(self.pages or self.handouts)

    @property
    def age(self) -> str:
        """Return its age in years and months."""
        return f"{self.months // 12} y {self.months % 12} m"


class Sheet(Struct, frozen=True):
    """All facts on a day, those that are due first, then by the day of their review."""

    on: str
    rows: tuple[Row, ...]

    @property
    def due(self) -> tuple[Row, ...]:
        """Return the facts on pages that are past review."""
        return tuple(row for row in self.rows if row.due and row.used)

    @property
    def unused(self) -> tuple[Row, ...]:
        """Return the facts that no page prints."""
        return tuple(row for row in self.rows if not row.used)


def _users(booklet: Booklet) -> dict[str, list[Position]]:
    """Return fact → where each block that prints it stands in the content."""
    found: dict[str, list[Position]] = {}
    drawn = {chart.path: chart.facts for chart in booklet.charts}
    for article in articles(booklet):
        for block in article.body.blocks:
            for one in references_of(block, article.body):
                facts = (one.target,) if one.kind == "fact" else drawn[one.target] if one.kind == "chart" else ()
                for fact in facts:
                    found.setdefault(fact, []).append(block.position)
    return found


def _pages(users: Sequence[Position], copy: Copy) -> tuple[str, ...]:
    """Return what the pages of a copy are called on which blocks stand, in its order."""
    blocks = copy.blocks()  # by their places in the content: a handout sets a theme's text in another unit
    return tuple(copy.labels[page] for page in sorted({page for one in users for page in blocks.get(one, ())}))


def survey(
    booklet: Booklet, labels: Mapping[str, str], printed: Copy, handouts: Mapping[str, Copy], on: str
) -> Sheet:
    """Return every fact with the pages it stands on; ``labels`` are the short forms of sources."""
    users, rows = _users(booklet), []
    for fact in booklet.facts:
        mine = users.get(fact.id, [])
        shown = {theme: _pages(mine, copy) for theme, copy in handouts.items()}
        rows.append(Row(
            fact, labels.get(fact.source, fact.source), age_of(fact, on), is_due(fact, on), _pages(mine, printed),
            {theme: pages for theme, pages in shown.items() if pages}))
    rows.sort(key=lambda row: (not row.used, row.fact.review_by, row.fact.id))
    return Sheet(on, tuple(rows))


# ---- what is said


def lines(sheet: Sheet) -> Iterator[str]:
    """Yield a line a fact, and what there is to do."""
    for row in sheet.rows:
        fact, due = row.fact, "PAST REVIEW " if row.due else ""
        places = [f"p. {', '.join(row.pages)}"] if row.pages else []
        places += [f"handout {theme} p. {', '.join(pages)}" for theme, pages in row.handouts.items()]
        yield (f"{due}{fact.id}: {fact.value} {fact.unit} ({fact.as_of}, {row.age} old, review by {fact.review_by}, "
               f"{fact.source}); {'; '.join(places) or 'on no page'}").replace("  ", " ")
    yield (f"{len(sheet.rows)} facts on {sheet.on}: {len(sheet.due)} on pages are past review, "
           f"{len(sheet.unused)} are on no page")


def records(sheet: Sheet) -> list[dict[str, Any]]:
    """Return the facts as a program reads them."""
    return [
        {"id": row.fact.id, "value": row.fact.value, "unit": row.fact.unit, "what": row.fact.what,
         "source": row.fact.source, "as_of": row.fact.as_of, "age_months": row.months,
         "review_by": row.fact.review_by, "past_review": row.due, "used": row.used, "pages": list(row.pages),
         "handouts": {theme: list(pages) for theme, pages in row.handouts.items()},
         "path": str(row.fact.position.path), "line": row.fact.position.line}
        for row in sheet.rows]


def as_csv(sheet: Sheet) -> str:
    """Return the facts as a table for a spreadsheet."""
    target = StringIO()
    rows = records(sheet)
    writer = csv.writer(target, lineterminator="\n")
    names = ["id", "value", "unit", "what", "source", "as_of", "age_months", "review_by", "past_review", "used"]
    writer.writerow([*names, "pages", "handouts"])
    for row in rows:
        handouts = "; ".join(f"{theme}: {' '.join(pages)}" for theme, pages in row["handouts"].items())
        plain = ["yes" if row[name] is True else "no" if row[name] is False else row[name] for name in names]
        writer.writerow([*plain, " ".join(row["pages"]), handouts])
    return target.getvalue()
