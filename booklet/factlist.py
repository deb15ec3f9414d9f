"""The sheet of facts → the unit of the list on paper, in the words of the booklet's language.

In come the sheet and the booklet; out goes one unit for the press. Knows no template and no page.
"""

from collections.abc import Mapping, Sequence

from booklet.factsheet import Row, Sheet
from booklet.model import Booklet, title_of
from booklet.printed import Unit
from booklet.reckoning import day
from booklet.typography import EVERY_RULE

ADDRESS = "facts"
Words = Mapping[str, str]


def list_of(sheet: Sheet, booklet: Booklet, words: Words) -> Unit:
    """Return the list as a unit: what is past review, what is not, and what no page prints."""
    titles = {theme.id: str(theme.number) for theme in booklet.themes}
    due, unused = set(map(id, sheet.due)), set(map(id, sheet.unused))
    rest = [row for row in sheet.rows if id(row) not in due | unused]
    parts = [
        (words["facts-due"], sheet.due), (words["facts-later"], rest), (words["facts-unused"], sheet.unused)]
    title = f"{words['facts-list']}: {title_of(booklet)}"
    content = {
        "heading": words["facts-list"], "booklet": title_of(booklet),
        "who": (*booklet.publishers, f"{words['edition']} {booklet.edition}", day(sheet.on)),
        "figures": (
            (str(len(sheet.rows)), words["facts-all"]), (str(len(sheet.due)), words["facts-due"]),
            (str(len(sheet.unused)), words["facts-unused"])),
        "columns": tuple(words[f"facts-{name}"] for name in ("figure", "dates", "places", "checked")),
        "parts": tuple((name, tuple(_row(row, titles, words) for row in rows)) for name, rows in parts if rows)}
    return Unit(
        ADDRESS, "facts", title, 1, "", (booklet.short, words["facts-list"]), content, (), (),
        booklet.position, folio_digits=3)


def _row(row: Row, titles: Mapping[str, str], words: Words) -> Mapping[str, object]:
    fact = row.fact
    places = [words["facts-booklet"].format(pages=_listed(row.pages))] if row.pages else []
    places += [
        words["facts-handout"].format(theme=titles.get(theme, theme), pages=_listed(pages))
        for theme, pages in row.handouts.items()]
    age = words["facts-years"].format(years=f"{row.months / 12:.1f}".replace(".", ","))
    return {
        "value": EVERY_RULE.text(" ".join(filter(None, (fact.value, fact.unit)))), "what": EVERY_RULE.text(fact.what),
        "id": fact.id, "source": row.source, "as_of": f"{day(fact.as_of)} ({age})", "due": row.due,
        "review": words["facts-review"].format(day=day(fact.review_by)), "places": tuple(places)}


def _listed(pages: Sequence[str]) -> str:
    return ", ".join(pages)
