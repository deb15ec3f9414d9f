"""Units in order → a copy: every unit on its page, sheets filled up, every page called by its number.

In come units and a press; out goes the page map. A number that turns out to need more or fewer digits than the place
left for it lays out again the units that print it, until nothing moves. Knows no PDF.
"""

from collections.abc import Callable, Iterator, Mapping

from msgspec.structs import replace

from booklet.forecast import Plan
from booklet.printed import VERSO, Copy, Fragment, Placed, Unit, side_of
from booklet.profiles import Profile
from booklet.units import FOLIO, compose, notes

LayOut = Callable[[Unit, str], Fragment]
_MOST_ROUNDS = 6


class NeverSettles(RuntimeError):
    """The page numbers still moved after several rounds."""


class _Sheets:
    """Counts pages while units are put down."""

    def __init__(self, profile: Profile, lay_out: LayOut, whole: Copy | None) -> None:
        self.profile, self.lay_out, self.whole = profile, lay_out, whole
        self.placed: list[Placed] = []
        self.labels: list[str] = []

    @property
    def side(self) -> str:
        return side_of(len(self.labels))

    def put(self, unit: Unit) -> None:
        """Put a unit on the next pages."""
        fragment, first = self.lay_out(unit, self.side), len(self.labels)
        labels = tuple(self._labels(unit, fragment.pages))
        self.placed.append(Placed(unit, fragment, first, labels))
        self.labels += labels

    def _labels(self, unit: Unit, pages: int) -> Iterator[str]:
        for index in range(pages):
            if self.whole is None:
                yield str(len(self.labels) + index + 1)
            elif unit.in_booklet:
                yield str(int(self.whole.label(unit.address)) + index)
            else:
                yield _roman(len(self.labels) + index + 1)

    def printed_side(self, unit: Unit) -> str:
        """Return the side that a unit's first page has in the whole booklet: a spread begins on a verso."""
        if self.whole is None:
            return VERSO if unit.spread else self.side
        if not unit.in_booklet or not self.profile.facing:
            return self.side
        return side_of(self.whole.pages[unit.address])

    def copy(self) -> Copy:
        """Return what has been put down, as a page map."""
        pages = {
            name: placed.first + place.page
            for placed in self.placed for name, place in placed.fragment.places.items()
        }
        return Copy(tuple(self.placed), pages, tuple(self.labels))


def _roman(number: int) -> str:
    """Return i, ii, iii … : what pages are called that the whole booklet does not have."""
    signs = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
             (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    text = ""
    for value, sign in signs:
        text += sign * (number // value)
        number %= value
    return text


def _put_all(sheets: _Sheets, plan: Plan) -> None:
    """Put down every unit; pages for notes keep spreads together and fill the last sheet before the back cover."""
    count, units, booklet, brief = 0, list(plan.units), plan.booklet, plan.brief
    closing = units.pop() if units and units[-1].kind == "back" else None
    for unit in units:
        if sheets.side != sheets.printed_side(unit):
            count += 1
            sheets.put(notes(booklet, brief, count))
        if sheets.side != sheets.printed_side(unit):
            raise NeverSettles("the page for notes takes more than one page in these styles")
        sheets.put(unit)
    missing = -(len(sheets.labels) + (closing is not None)) % brief.profile.multiple
    for number in range(count + 1, count + 1 + missing):
        sheets.put(notes(booklet, brief, number))
    if closing:
        sheets.put(closing)


def _wanted(copy: Copy, whole: Mapping[str, str]) -> dict[str, int]:
    """Return how many digits the page of each address has that some hole prints, and the folios."""
    wanted = {FOLIO: 2}
    for placed in copy.placed:
        if placed.unit.folio:
            wanted[FOLIO] = max(wanted[FOLIO], *map(len, placed.labels))
        for hole in placed.fragment.holes:
            if hole.kind in ("page", "whole"):
                label = copy.label(hole.target) if hole.kind == "page" else whole[hole.target]
                wanted[hole.target] = max(1, len(label))
    return wanted


def _unfit(wanted: Mapping[str, int], given: Mapping[str, int], corrected: Mapping[str, int]) -> dict[str, int]:
    """Return the digits of the numbers that stand ill: a place once corrected may grow but never shrinks again."""
    roomy = corrected.keys() | {FOLIO}
    return {
        address: count for address, count in wanted.items()
        if (count > given.get(address, 2) if address in roomy else count != given.get(address, 2))}


def paginate(plan: Plan, lay_out: LayOut, whole: Copy | None, numbers: Mapping[str, str] | None = None) -> Copy:
    """Return the copy of a plan; ``whole`` is the whole booklet's, when this is an excerpt of it.

    ``numbers`` are those that it quotes from other copies; without them those of the whole.
    """
    corrected: dict[str, int] = {}
    numbers = numbers or (labels_of(whole) if whole else {})
    facsimile = whole if plan.brief.profile.plan == "booklet" else None
    for _ in range(_MOST_ROUNDS):
        sheets = _Sheets(plan.brief.profile, lay_out, facsimile)
        _put_all(sheets, plan)
        copy = sheets.copy()
        unfit = _unfit(_wanted(copy, numbers), plan.brief.digits, corrected)
        if not unfit:
            return copy
        corrected |= unfit
        brief = replace(plan.brief, digits={**plan.brief.digits, **corrected})
        plan = replace(plan, brief=brief, units=compose(plan.booklet, brief))
    raise NeverSettles("page numbers still change after every round of layout")


def labels_of(copy: Copy) -> dict[str, str]:
    """Return address → what the page is called that it stands on."""
    return {address: copy.label(address) for address in copy.pages}


def marks_of(copy: Copy, words: str) -> dict[str, str]:
    """Return where pages of the whole booklet begin → what the margin of a handout says there: «hefte s. {page}».

    Of a unit its head is one such place («nettverk.berg#»), and each block that is the first to begin on a further page
    («nettverk.berg#7»).
    """
    marks = {}
    for placed in copy.placed:
        marks[f"{placed.unit.address}#"] = words.format(page=placed.labels[0])
        begins, last = dict[int, int](), 0
        for number, place in placed.fragment.blocks:
            begins[number] = min(place.page, begins.get(number, place.page))
        for number, page in sorted(begins.items()):
            if page > last:
                last = page
                marks[f"{placed.unit.address}#{number}"] = words.format(page=placed.labels[page])
    return marks
