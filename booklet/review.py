"""Facts and a day → which of them somebody should have looked at again by then.

In come the booklet and an ISO date; out go facts, ages, and one finding for all of a build. Reads no clock: the day is
said by whoever asks; a build that is told none takes the edition's own.
"""

from collections.abc import Iterator

from booklet.findings import Finding, Severity
from booklet.model import Booklet, Fact, articles

CODE = "fact-review"


def used_facts(booklet: Booklet) -> frozenset[str]:
    """Return the ids of the facts that a text prints."""
    return frozenset(
        one.target for article in articles(booklet) for one in article.body.references if one.kind == "fact")


def is_due(fact: Fact, on: str) -> bool:
    """Tell whether a fact is past its review on a day; ISO dates sort as text."""
    return bool(fact.review_by) and fact.review_by < on


def age_of(fact: Fact, on: str) -> int:
    """Return the age of a fact in whole months; 0 where it is of a later day."""
    (year, month, day), (then, of, first) = (map(int, date.split("-")) for date in (on, fact.as_of))
    return max(0, (year - then) * 12 + month - of - (day < first))


def overdue(booklet: Booklet, on: str = "") -> Iterator[Finding]:
    """Yield one warning when any fact on any page is past its review, on the edition's day unless told."""
    day, used = on or booklet.published, used_facts(booklet)
    due = sorted((fact for fact in booklet.facts if fact.id in used and is_due(fact, day)), key=_by_review)
    if due:
        what = "1 fact is" if len(due) == 1 else f"{len(due)} facts are"
        oldest = f"'{due[0].id}', should have been looked at by {due[0].review_by}"
        yield Finding(
            CODE, Severity.WARNING, f"{what} past review on {day}; the oldest, {oldest}", due[0].position,
            f"look again, and write a new 'review_by'; `booklet facts --on {day}` lists them with their pages")


def _by_review(fact: Fact) -> tuple[str, str]:
    return fact.review_by, fact.id
