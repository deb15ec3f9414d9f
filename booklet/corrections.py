"""Changes since a print run → what a slip of errata says, with page, paragraph and line of the paper.

In comes a comparison whose older side is a run; out come corrections in the order of its pages, in the booklet's
language, or the reasons why a slip cannot say them. Knows no layout: lines are those that the record holds.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from booklet.comparison import Comparison
from booklet.inventory import Item, Part
from booklet.model import Limits
from booklet.revision import ADDED, EDITED, Change
from booklet.runs import BROKEN, Run
from booklet.standings import Standing, page_order
from booklet.typography import Typography, typography_of
from booklet.verdict import counts, obstacles, shortened
from booklet.wording import Swap, swaps

_AROUND = 2
"""Words that are repeated on each side of what changed."""
_COUNTED = ("paragraph", "heading", "list", "table", "box", "figures", "point", "question", "footnote")
_IN_ROWS = ("table", "figures", "list")
_NAMED = ("title", "lead", "detail", "term", "source", "colophon", "metadata")
_BEGINNING = 6


class Correction(Struct, frozen=True):
    """One thing to correct by hand in a printed copy."""

    page: str
    where: str
    """«andre avsnitt, linje 4»."""
    what: str
    """«X» skal være «Y»."""
    line: int = 0
    """Line of the thing on that page, counted from 1; 0 where it has none."""
    printed: str = ""
    """The words on paper that are to be replaced."""


class Errata(Struct, frozen=True):
    """What a slip says, or why it cannot."""

    corrections: tuple[Correction, ...]
    obstacles: tuple[str, ...]


class _Proofreader:
    """Finds on paper what changed."""

    def __init__(self, run: Run, comparison: Comparison, words: Mapping[str, str], rules: Typography) -> None:
        self.run, self.comparison, self.words, self.rules = run, comparison, words, rules
        self.rows = [item for part in run.inventory.parts for item in part.items if item.spots]
        self.stuck: list[str] = []

    def said(self, text: str) -> str:
        """Return words in the quotation marks of the language, as they are printed."""
        inner = self.rules.text(text.replace(" ·", "")).replace("«", "‹").replace("»", "›")
        return self.words["errata-quote"].format(words=inner)

    def places(self, item: Item) -> tuple[Standing, ...]:
        """Return where an item was printed."""
        return self.run.whereabouts.get(item.spots[0], ()) if item.spots else ()

    def place_of(self, item: Item, index: int) -> tuple[str, int]:
        """Return page and line on it of a word of an item; line 0 where lines were not counted."""
        places, lines = self.places(item), self.run.lines.get(item.spots[0] if item.spots else "", ())
        counted = [one for one in places if one.lines]
        if not lines or not counted:
            return (places[0].page if places else ""), 0
        line = _line_of(lines, index)
        for one in counted:
            if line < one.lines:
                return one.page, line + 1
            line -= one.lines
        return counted[-1].page, 0

    def name(self, item: Item, page: str) -> str:
        """Return what an item is called on a page: «andre avsnitt», «ingressen»."""
        if item.what in _NAMED:
            return self.words[f"errata-the-{item.what}"].format(name=shortened(item.text.split(" · ")[0], 40))
        same = [one for one in self.rows if one.what == item.what and page in [at.page for at in self.places(one)]]
        number = next((index for index, one in enumerate(same) if one is item), 0)
        names = self.words["errata-nth"].split()
        nth = names[number] if number < len(names) else f"{number + 1}."
        what = self.words[f"errata-what-{item.what if item.what in _COUNTED else 'other'}"]
        return self.words["errata-only"].format(nth=nth, what=what)

    def correct(self, change: Change) -> list[Correction]:
        """Return what is to be done on paper about one change."""
        old, new = change.old, change.new
        if change.kind == ADDED and new:
            return self.added(new)
        if old is None or not self.places(old):
            self.stuck.append(f"nobody knows where it was printed: '{shortened(change.item.text)}'")
            return []
        if change.kind != EDITED or new is None:
            page, _ = self.place_of(old, 0)
            said = self.words["errata-drop"].format(old=self.said(_first(old.text)))
            return [Correction(page, self.name(old, page), said, 0, _first(old.text))]
        found = [self.swapped(old, new, one) for one in swaps(old.text, new.text)]
        if not found:
            page, _ = self.place_of(old, 0)
            said = self.words["errata-look"].format(old=self.said(_first(old.text)))
            found = [Correction(page, self.name(old, page), said, 0, _first(old.text))]
        return found

    def swapped(self, old: Item, new: Item, one: Swap) -> Correction:
        """Return the correction of some words in a thing."""
        before, after = old.text.split(), new.text.split()
        start, new_start = max(0, one.start - _AROUND), max(0, one.new_start - _AROUND)
        least, most = self.bounds(old, one)
        shared = min(one.start - max(start, least), one.new_start - new_start)
        start, new_start = one.start - shared, one.new_start - shared
        shared = min(len(before) - one.end, len(after) - one.new_end, _AROUND, max(0, most - one.end))
        end, new_end = one.end + shared, one.new_end + shared
        page, line = self.place_of(old, min(one.start, len(before) - 1))
        last_page, last = self.place_of(old, max(one.start, min(one.end, len(before)) - 1))
        where = self.name(old, page)
        if line and last_page == page and last > line:
            where += ", " + self.words["errata-lines"].format(first=line, last=last)
        elif line:
            where += ", " + self.words["errata-line"].format(line=line)
        printed, said = " ".join(before[start:end]), " ".join(after[new_start:new_end])
        told = self.words["errata-swap"].format(old=self.said(printed), new=self.said(said))
        return Correction(page, where, told, line, printed)

    def bounds(self, old: Item, one: Swap) -> tuple[int, int]:
        """Return the words that may be repeated around a change: of what stands in rows, those of the same row."""
        lines = self.run.lines.get(old.spots[0], ())
        if old.what not in _IN_ROWS or not lines:
            return 0, len(old.text.split())
        numbers = [_line_of(lines, index) for index in range(len(old.text.split()))]
        first, last = numbers[min(one.start, len(numbers) - 1)], numbers[max(0, min(one.end, len(numbers)) - 1)]
        inside = [index for index, number in enumerate(numbers) if first <= number <= max(first, last)]
        return min(inside[0], one.start), inside[-1] + 1

    def added(self, new: Item) -> list[Correction]:
        """Return where on paper an added thing would stand: after what stands before it now."""
        part = next(part for part in self.comparison.new.inventory.parts if any(one is new for one in part.items))
        mate = self.mate_before(part, new)
        if mate is None or not self.places(mate):
            self.stuck.append(f"nothing printed stands before what was added: '{shortened(new.text)}'")
            return []
        page, lines = self.places(mate)[-1].page, self.run.lines.get(mate.spots[0], ())
        told = self.words["errata-after"].format(what=self.name(mate, page), new=self.said(new.text))
        return [Correction(page, "", told, 0, joined_end(lines))]

    def mate_before(self, part: Part, new: Item) -> Item | None:
        """Return the printed thing after which an added one stands."""
        mates = {id(now): was for was, now in self.comparison.same}
        mates |= {id(one.new): one.old for one in self.comparison.changes if one.kind == EDITED and one.old}
        before: Item | None = None
        for item in part.items:
            if item is new:
                return before
            before = mates.get(id(item), before)
        return before


def joined_end(lines: Sequence[str]) -> str:
    """Return the last line of a thing."""
    return lines[-1] if lines else ""


def _first(text: str) -> str:
    words = text.split()
    return " ".join(words[:_BEGINNING]) + (" …" if len(words) > _BEGINNING else "")


def _line_of(lines: Sequence[str], index: int) -> int:
    """Return the line, from 0, on which a word begins, counted from 0."""
    seen, broken = 0, False
    for number, line in enumerate(lines):
        words = line.split()
        seen += len(words) - broken
        if index < seen:
            return number
        broken = bool(words) and words[-1].endswith(BROKEN)
    return len(lines) - 1


def correct(comparison: Comparison, words: Mapping[str, str]) -> Errata:
    """Return what a slip says; with obstacles where it would pretend."""
    run, booklet = comparison.old.run, comparison.new.booklet
    if run is None:
        return Errata((), (f"'{comparison.old.name}' is no print run, so nobody knows its pages",))
    limits = booklet.limits if booklet else Limits()
    rules = typography_of(run.stamp.language, booklet.typography_off if booklet else ())
    reader = _Proofreader(run, comparison, words, rules)
    told = [change for change in comparison.changes if counts(change)]
    found = [one for change in told for one in reader.correct(change)]
    stuck = (*obstacles(comparison.changes, limits), *reader.stuck)
    return Errata(tuple(sorted(found, key=lambda one: page_order(one.page))), tuple(dict.fromkeys(stuck)))
