"""Figures without an axis: a share strip, a pictogram, a timeline, a process, drawn on an easel.

In comes a chart, out goes a drawing. It refuses to know where the chart stands and what is said about it.
"""

from booklet.easel import COLUMN, LABEL, LEADING, Easel, share
from booklet.graphs import Chart, Row
from booklet.plots import QUIET, STRONG
from booklet.quantities import print_number
from booklet.widths import fold, width_of

_TALL = 8.0
"""Mm: the strip."""
_FEW = 10
"""Of so many at most a part needs no per cent: «tre av fem» says it."""
_PEOPLE = 10
"""Of so many stands a pictogram, as in «åtte av ti»."""
_SHADES = ("theme", "line", "theme-tint", "stone", "sand", "line", "theme-tint")


_NAME = 34.0
"""Mm that a name of a pictogram takes on a line at most."""


def _strong(chart: Chart, row: Row) -> bool:
    return row.strong or not any(other.strong for other in chart.rows)


def strip(chart: Chart) -> Easel:
    """Draw the parts of a whole side by side, named and counted above; names of narrow parts climb."""
    easel, values = Easel(), [row.amounts[0].middle if row.amounts[0] else 0.0 for row in chart.rows]
    whole, begin = sum(values) or 1.0, 0.0
    shares = [100 * value / whole for value in values]
    said = [_said(chart, row, part, whole) for row, part in zip(chart.rows, shares, strict=True)]
    places = _places(list(zip(chart.rows, said, shares, strict=True)))
    down = 0.2 + (max(step for _, step in places) + 1) * 2 * LEADING
    for number, (row, part) in enumerate(zip(chart.rows, shares, strict=True)):
        left, step = places[number]
        _part(easel, (begin, part), down, _SHADES[number % len(_SHADES)])
        top, style = down - (step + 1) * 2 * LEADING + LEADING / 2 - 0.6, "bold" if row.strong else ""
        easel.rule((begin + share(0.1), top - 1.4), (begin + share(0.1), down), "ink", 0.18)
        easel.say(row.label, left, top, style)
        easel.say(said[number], left, top + LEADING, style or "soft")
        begin += part
    return easel


def _said(chart: Chart, row: Row, part: float, whole: float) -> str:
    """Return how much a part is, and its share where that is not seen from the numbers themselves."""
    if not row.amounts[0]:
        return "–"
    shared = "" if whole <= _FEW else f" ({print_number(part)}\u00a0%)"
    return f"{row.amounts[0].text} {chart.unit}{shared}"


def _places(parts: list[tuple[Row, str, float]]) -> list[tuple[float, int]]:
    """Return where the words of each part begin, and how many steps up they stand so that no two meet."""
    begin, free, found = 100.0, dict[int, float](), list[tuple[float, int]]()
    for row, said, part in reversed(parts):
        begin -= part
        need = share(max(width_of(words, LABEL, bold=True) for words in (row.label, said)) + 1.5)
        left, step = min(begin + share(1.2), 100 - need), 0
        while left + need > free.get(step, 101.0):
            step += 1
        for lower in range(step + 1):  # its line passes all steps below
            free[lower] = min(free.get(lower, 101.0), left, begin)
        found.insert(0, (left, step))
    return found


def _part(easel: Easel, place: tuple[float, float], down: float, ink: str) -> None:
    """Draw a part with a sliver of paper before the next one."""
    begin, width = place
    easel.bar(begin, down, (max(width - share(0.4), share(0.3)), _TALL), ink)


def pictogram(chart: Chart) -> Easel:
    """Draw ten people a row, as many in the theme's colour as there are tenths."""
    easel, down = Easel(), 0.0
    labels = [fold(row.label, _NAME, LABEL, bold=row.strong) for row in chart.rows]
    room = max(width_of(line, LABEL, bold=True) for lines in labels for line in lines)
    number = max(width_of(_share_words(chart, row), 13, bold=True) for row in chart.rows)
    left = share(room + 4)
    step = (100 - share(number + 4) - left) / _PEOPLE
    for row, lines in zip(chart.rows, labels, strict=True):
        pitch = max(9.6, len(lines) * LEADING + 1.4)
        middle = down + pitch / 2
        down += pitch
        easel.say_lines(lines, 0, middle, "bold" if row.strong else "")
        amount = row.amounts[0]
        for person in range(_PEOPLE):
            tenths = (person + 0.999) * 10
            ink = QUIET if amount is None or tenths > amount.high + 5 else STRONG
            unsure = amount is not None and amount.low < amount.high and tenths > amount.low
            _person(easel, left + (person + 0.5) * step, middle, ink, hollow=unsure and ink == STRONG)
        easel.say(_share_words(chart, row), 100, middle, "big", side="right")
    return easel


def _share_words(chart: Chart, row: Row) -> str:
    amount = row.amounts[0]
    return "–" if amount is None else f"{amount.text} %" if chart.unit == "prosent" else amount.text


def _person(easel: Easel, across: float, middle: float, ink: str, *, hollow: bool) -> None:
    """Draw a head over shoulders; a ring and a frame where it is not known."""
    width = share(3.2 - (0.25 if hollow else 0))
    easel.dot(across, middle - 2.5, 1.2, ink, hollow=hollow)
    fill, edge = ("paper", ink) if hollow else (ink, "")
    easel.bar(across - width / 2, middle - 0.9, (width, 4.4), fill, edge=edge, bend=0.9)


def timeline(chart: Chart) -> Easel:
    """Draw days on a line from above downwards, each with what happened."""
    easel, down = Easel(), 0.4
    room = max(width_of(row.label, LABEL, bold=True) for row in chart.rows)
    spine, words = share(room + 4.2), share(room + 8.4)
    middles = []
    for row in chart.rows:
        lines = fold(row.note, COLUMN - room - 8.4, LABEL)
        middle = down + LEADING / 2
        middles.append(middle)
        for number, text in enumerate(lines):
            easel.say(text, words, middle + number * LEADING)
        easel.say(row.label, share(room), middle, "bold", side="right")
        down += len(lines) * LEADING + 2.3
    easel.rule((spine, middles[0]), (spine, middles[-1]), "line", 0.5)
    for row, middle in zip(chart.rows, middles, strict=True):
        strong = _strong(chart, row)
        easel.dot(spine, middle, 1.3, "theme" if strong else "stone", hollow=not strong)
    return easel


def process(chart: Chart) -> Easel:
    """Draw steps from left to right, each with its number and what it leads to."""
    easel, count = Easel(), len(chart.rows)
    gap = 5.0
    wide = (COLUMN - gap * (count - 1)) / count
    names = [fold(row.label, wide - 1, LABEL, bold=True) for row in chart.rows]
    high = max(map(len, names))
    numbered = any(row.amounts and row.amounts[0] for row in chart.rows)
    for place, (row, lines) in enumerate(zip(chart.rows, names, strict=True)):
        left = share(place * (wide + gap))
        strong = _strong(chart, row)
        easel.bar(left, 0, (share(wide), 1.4), STRONG if strong else "stone")
        if place < count - 1:
            _arrow(easel, place * (wide + gap) + wide, gap, 0.7)
        down = 3.4 + LEADING / 2
        if numbered:
            amount = row.amounts[0] if row.amounts else None
            easel.say(amount.text if amount else "–", left, down + 0.8, "big")
            down += 6.2
        for number, text in enumerate(lines):
            easel.say(text, left, down + number * LEADING, "bold")
        for number, text in enumerate(fold(row.note, wide, LABEL)):
            easel.say(text, left, down + (high + number) * LEADING + 0.3)
    return easel


def _arrow(easel: Easel, begin: float, gap: float, down: float) -> None:
    """Draw an arrow over the gap between two steps, in mm."""
    tip = begin + gap - 1.2
    easel.rule((share(begin + 1.0), down), (share(tip), down), "ink", 0.25)
    for side in (-1.1, 1.1):
        easel.rule((share(tip - 1.2), down + side), (share(tip), down), "ink", 0.25)
