"""A comparison → what a person who approves it reads first: the verdict, and every change with its pages and words.

In come a comparison and the words of the booklet's language; out goes one unit for the press, or its parts for another
page. Knows no PDF.
"""

from collections.abc import Mapping
from itertools import groupby

from msgspec import Struct

from booklet.comparison import Comparison, Told
from booklet.model import title_of
from booklet.printed import Unit
from booklet.states import NoState
from booklet.wording import marked

ADDRESS = "review"
_AROUND = 8
"""Words that are shown on each side of what changed."""


class Row(Struct, frozen=True):
    """One change, told."""

    what: str
    pages: str
    wording: tuple[tuple[str, str], ...]
    """Runs of words: ``same``, ``old`` or ``new``."""


def rows_of(comparison: Comparison, words: Mapping[str, str]) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """Return title of a unit → its changes, in reading order."""
    parts = {part.address: part.title for side in (comparison.old, comparison.new) for part in side.inventory.parts}
    names = {"facts": words["what-fact"], "pictures": words["what-picture"], "glossary": words["glossary"],
             "references": words["references"], "booklet": words["what-metadata"]}
    groups = groupby(comparison.told, lambda told: told.change.unit)
    rows = ((unit, tuple(row_of(told, words) for told in same)) for unit, same in groups)
    return tuple((names.get(unit) or parts.get(unit, unit), same) for unit, same in rows)


def row_of(told: Told, words: Mapping[str, str]) -> Row:
    """Return a change as it is told."""
    change = told.change
    what = words.get(f"what-{change.what}", words["what-other"])
    old, new = (", ".join(pages) for pages in (told.old_pages, told.new_pages))
    pages = words["review-pages"].format(pages=new or old) if new or old else ""
    if old and new and old != new:
        pages = words["review-pages-both"].format(old=old, new=new)
    return Row(f"{what}, {words[f'review-{change.kind}']}", pages, _wording(told))


def _wording(told: Told) -> tuple[tuple[str, str], ...]:
    old, new = told.change.old, told.change.new
    if old is None or new is None:
        return (("old", old.text),) if old else (("new", new.text if new else ""),)
    if old.text == new.text:
        return (("same", new.text),)
    return tuple((kind, _clipped(said) if kind == "same" else said) for kind, said in marked(old.text, new.text))


def _clipped(text: str) -> str:
    parts = text.split()
    return text if len(parts) <= 2 * _AROUND else " ".join([*parts[:_AROUND], "…", *parts[-_AROUND:]])


def head_of(comparison: Comparison, words: Mapping[str, str]) -> tuple[str, str, tuple[str, ...]]:
    """Return what is compared, the verdict, and what follows from it."""
    if comparison.new.booklet is None:
        raise NoState(f"of '{comparison.new.name}' only the record is left: it cannot be shown")
    between = words["review-between"].format(
        title=title_of(comparison.new.booklet), old=comparison.old.name, new=comparison.new.name)
    notes = [words["review-counts"].format(changes=len(comparison.told), units=len(comparison.units))]
    if comparison.handouts:
        notes.append(words["review-handouts"].format(files=", ".join(comparison.handouts)))
    if comparison.reflowed:
        notes.append(words["review-reflowed"].format(pages=", ".join(comparison.reflowed)))
    return between, words[f"review-{comparison.verdict.word}"], tuple(notes)


def summary_of(comparison: Comparison, words: Mapping[str, str]) -> Unit:
    """Return the summary as a unit."""
    between, verdict, reasons = head_of(comparison, words)
    booklet = comparison.new.booklet
    assert booklet
    parts = tuple({"title": title, "rows": tuple(
        {"what": row.what, "pages": row.pages, "wording": row.wording} for row in rows)}
        for title, rows in rows_of(comparison, words))
    content = {"title": words["review"], "between": between, "verdict": verdict, "reasons": reasons, "parts": parts}
    return Unit(ADDRESS, "review", words["review"], 1, "", ("", ""), content, (), (), booklet.position, folio=False)
