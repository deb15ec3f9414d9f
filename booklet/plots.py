"""Figures on a scale: bars, grouped and diverging bars, dots, lines, drawn on an easel.

In comes a chart, out goes a drawing. What the title speaks of is in the theme's colour, the rest in grey; groups differ
in lightness too, and every number stands where it is shown, so there is no legend, no grid and no second axis.
It refuses to know where the chart stands and what is said about it.
"""

from booklet.easel import COLUMN, LABEL, LEADING, SMALL, Easel, share
from booklet.graphs import Chart, Quantity, Row
from booklet.scales import Scale, apart, around, from_nought
from booklet.widths import fold, width_of

_BAR, _THIN, _AIR = 3.4, 2.8, 1.9
"""Mm: a bar, a bar of a group, and the paper between rows."""
_GAP = 1.2
"""Mm between a bar and its number."""
_WIDEST = 42.0
"""Mm that labels take at most before they are folded."""
STRONG, QUIET = "theme", "line"
_GROUP = (("theme", ""), ("line", ""), ("paper", "theme"))
"""Fill and outline of the bars of a group: dark, light and open, so that they differ without colour."""


def _strong(chart: Chart, row: Row) -> bool:
    """Tell whether a row is what the title speaks of: all are, when none is marked."""
    return row.strong or not any(other.strong for other in chart.rows)


def _labels(chart: Chart) -> tuple[float, list[tuple[str, ...]]]:
    """Return the width in mm that the labels take, and each label on its lines."""
    folded = [fold(row.label, _WIDEST, LABEL, bold=row.strong) for row in chart.rows]
    widest = max(width_of(line, LABEL, bold=True) for lines in folded for line in lines)
    return widest + 3.0, folded


def _number_width(amounts: list[Quantity]) -> float:
    return max((width_of(amount.text, LABEL, bold=True) for amount in amounts), default=0.0) + _GAP


def _row_height(lines: tuple[str, ...], bars: float) -> float:
    return max(bars, len(lines) * LEADING - 0.3)


def _known(chart: Chart) -> list[Quantity]:
    return [amount for row in chart.rows for amount in row.amounts if amount]


def bars(chart: Chart) -> Easel:
    """Draw a bar a row, its number at its end."""
    easel, down = Easel(), 0.0
    room, labels = _labels(chart)
    left, right = share(room), 100 - share(_number_width(_known(chart)))
    scale = from_nought([amount.high for amount in _known(chart)], left, right)
    for row, lines in zip(chart.rows, labels, strict=True):
        height = _row_height(lines, _BAR)
        middle, strong = down + height / 2, _strong(chart, row)
        easel.say_lines(lines, 0, middle, "bold" if row.strong else "")
        amount = row.amounts[0]
        _bar(easel, amount, scale, (middle, _BAR), (STRONG if strong else QUIET, ""))
        down += height + _AIR
    _base(easel, left, down - _AIR)
    return easel


def _bar(
    easel: Easel, amount: Quantity | None, scale: Scale, place: tuple[float, float], paint: tuple[str, str]
) -> None:
    """Draw a bar around a height, a range as a paler end, and the number behind it."""
    (middle, height), (ink, edge) = place, paint
    start, inset = scale.place(0), 0.12 if edge else 0.0
    if amount is None:
        easel.say("–", start + share(_GAP), middle, "soft")
        return
    easel.bar(
        start, middle - height / 2 + inset, (scale.length(amount.low), height - 2 * inset), ink, edge=edge)
    if amount.high > amount.low:
        width = scale.place(amount.high) - scale.place(amount.low)
        easel.bar(scale.place(amount.low), middle - height / 2, (width, height), "theme-tint")
    easel.say(amount.text, scale.place(amount.high) + share(_GAP), middle, "bold" if ink == STRONG else "")


def _base(easel: Easel, across: float, down: float) -> None:
    """Draw the line that all bars stand on."""
    easel.rule((across, -0.8), (across, down + 0.8), "ink", 0.2)


def grouped(chart: Chart) -> Easel:
    """Draw a bar a series in each row; the first row says what each bar is."""
    easel, down = Easel(), 0.0
    room, labels = _labels(chart)
    names = [f" {name}" for name in chart.series]
    end = max(width_of(name, SMALL) for name in names) + _number_width(_known(chart)) + 1.0
    left, right = share(room), 100 - share(end)
    scale = from_nought([amount.high for amount in _known(chart)], left, right)
    for row, lines in zip(chart.rows, labels, strict=True):
        bars_high = len(chart.series) * (_THIN + 0.4) - 0.4
        height = _row_height(lines, bars_high)
        easel.say_lines(lines, 0, down + height / 2, "bold" if row.strong else "")
        top = down + (height - bars_high) / 2
        for number, amount in enumerate(row.amounts):
            middle = top + _THIN / 2 + number * (_THIN + 0.4)
            _bar(easel, amount, scale, (middle, _THIN), _GROUP[number])
            text, end = (amount.text, scale.place(amount.high)) if amount else ("–", scale.place(0))
            after = end + share(_GAP + width_of(text, LABEL, bold=True) + 1.2)
            easel.say(chart.series[number], after, middle, "soft")
        down += height + _AIR + 0.6
    _base(easel, left, down - _AIR - 0.6)
    return easel


def diverging(chart: Chart) -> Easel:
    """Draw losses to the left and gains to the right of nought; a third series stands as a column of numbers."""
    easel, down = Easel(), LEADING + 0.8
    room, labels = _labels(chart)
    total = len(chart.series) > 2
    sums = [row.amounts[2] for row in chart.rows if total and row.amounts[2]]
    last = max([_number_width([one for one in sums if one]), width_of(chart.series[2], SMALL) + 2]) if total else 0.0
    drawn = [amount for row in chart.rows for amount in row.amounts[:2] if amount]
    number = share(_number_width(drawn))
    scale = from_nought(
        [amount.middle for amount in drawn], share(room) + number, 100 - number - share(last + (3 if total else 0)))
    nought = scale.place(0)
    for row, lines in zip(chart.rows, labels, strict=True):
        height = _row_height(lines, _BAR)
        middle, strong = down + height / 2, _strong(chart, row)
        easel.say_lines(lines, 0, middle, "bold" if row.strong else "")
        for series, amount in enumerate(row.amounts[:2]):
            _side(easel, amount, scale, middle, STRONG if (series == 0 and strong) else QUIET)
        if total and (amount := row.amounts[2]):
            easel.say(amount.text, 100, middle, "bold", side="right")
        down += height + _AIR
    _heads(easel, chart, nought)
    _base(easel, nought, down - _AIR)
    return easel


def _side(easel: Easel, amount: Quantity | None, scale: Scale, middle: float, ink: str) -> None:
    """Draw a bar to the side that its sign says, and its number beyond its end."""
    if amount is None:
        return
    nought, end = scale.place(0), scale.place(amount.middle)
    easel.bar(min(nought, end), middle - _BAR / 2, (abs(end - nought), _BAR), ink)
    if amount.middle < 0:
        easel.say(amount.text, end - share(_GAP), middle, side="right")
    else:
        easel.say(amount.text, end + share(_GAP), middle)


def _heads(easel: Easel, chart: Chart, nought: float) -> None:
    """Name the sides, each above its own, and the column of sums."""
    if not chart.series:
        return
    gains = any(amount and amount.middle > 0 for row in chart.rows for amount in row.amounts[:1])
    names = chart.series[:2] if gains else chart.series[1::-1]
    middle = LEADING / 2 - 0.4
    easel.say(names[0], nought + share(_GAP), middle, "soft")
    if len(names) > 1:
        easel.say(names[1], nought - share(_GAP), middle, "soft", side="right")
    if len(chart.series) > 2:
        easel.say(chart.series[2], 100, middle, "soft", side="right")


def dots(chart: Chart) -> Easel:
    """Draw a dot a series on a line a row, so that the distance between them is what is seen."""
    easel, pitch = Easel(), 6.0
    room, labels = _labels(chart)
    named = len(chart.series) > 1
    down = LEADING + 1.4 if named else 0.6
    known = _known(chart)
    air = max(width_of(amount.text, LABEL, bold=True) for amount in known) + 2.6
    low, high = min(amount.low for amount in known), max(amount.high for amount in known)
    scale = Scale(low, high if high > low else low + 1, share(room + air), 100 - share(air))
    for number, (row, lines) in enumerate(zip(chart.rows, labels, strict=True)):
        middle = down + max(pitch, len(lines) * LEADING + 1.6) / 2
        easel.say_lines(lines, 0, middle, "bold" if row.strong else "")
        _dots(easel, row, scale, middle)
        if named and number == 0:
            _name_dots(easel, chart, scale)
        down = middle + max(pitch, len(lines) * LEADING + 1.6) / 2
        if number < len(chart.rows) - 1:
            easel.rule((0, down), (100, down), "line", 0.12)
    return easel


def _dots(easel: Easel, row: Row, scale: Scale, middle: float) -> None:
    """Draw the dots of a row and the stretch between the outermost, numbers on the outer sides."""
    known = sorted((amount.middle, number, amount) for number, amount in enumerate(row.amounts) if amount)
    if not known:
        easel.say("–", scale.start, middle, "soft")
        return
    ends = [amount.low for _, _, amount in known] + [amount.high for _, _, amount in known]
    if max(ends) > min(ends):
        easel.rule((scale.place(min(ends)), middle), (scale.place(max(ends)), middle), "line", 0.9)
    for place, (value, number, amount) in enumerate(known):
        if amount.high > amount.low:
            easel.rule((scale.place(amount.low), middle), (scale.place(amount.high), middle), "theme", 2.4)
        else:
            easel.dot(scale.place(value), middle, 1.5, "theme" if number != 1 else "stone", hollow=number == 1)
        style = "" if number == 1 else "bold"
        if place == len(known) - 1:
            easel.say(amount.text, scale.place(amount.high) + share(2.4), middle, style)
        elif place == 0:
            easel.say(amount.text, scale.place(amount.low) - share(2.4), middle, style, side="right")


def _name_dots(easel: Easel, chart: Chart, scale: Scale) -> None:
    """Name the dots of the first row above them."""
    named = zip(chart.rows[0].amounts, chart.series, strict=True)
    pairs = [(scale.place(amount.middle), name) for amount, name in named if amount]
    widths = [share(width_of(name, SMALL)) for _, name in pairs]
    places = apart([place for place, _ in pairs], max(widths, default=0) + 2)
    for place, (_, name) in zip(places, pairs, strict=True):
        easel.say(name, place, LEADING / 2, "soft", side="middle")


def line(chart: Chart) -> Easel:
    """Draw a line a row over the series, which are points in time; names and last numbers stand at its end."""
    easel, top, deep = Easel(), 2.4, 22.0 if len(chart.rows) > 1 else 18.0
    known = _known(chart)
    heights = around([amount.middle for amount in known], top + deep, top, 0.06)
    widest = max(
        width_of(f"{row.label} {amount.text}", LABEL, bold=True)
        for row in chart.rows for amount in row.amounts if amount)
    first = max((width_of(row.amounts[0].text, LABEL) for row in chart.rows if row.amounts[0]), default=0.0)
    across = Scale(0, len(chart.series) - 1, share(first + 2.4), 100 - share(min(widest + 3, COLUMN / 2)))
    for number, name in enumerate(chart.series):
        easel.rule((across.place(number), top - 1), (across.place(number), top + deep + 1), "line", 0.12)
        easel.say(name, across.place(number), top + deep + 3.4, "soft", side="middle")
    ends = [(row, row.amounts[-1]) for row in chart.rows]
    wanted = [heights.place(amount.middle) if amount else top for _, amount in ends]
    for (row, amount), place in zip(ends, apart(wanted, LEADING), strict=True):
        _line(easel, chart, row, (across, heights))
        if amount:
            style = "bold" if _strong(chart, row) else ""
            easel.say(f"{amount.text} {row.label}", across.end + share(2.0), place, style)
    return easel


def _line(easel: Easel, chart: Chart, row: Row, scales: tuple[Scale, Scale]) -> None:
    """Draw the line of a row from point to point, a gap where no number is known; all but the last are named."""
    across, heights = scales
    ink, previous = STRONG if _strong(chart, row) else "stone", None
    for number, amount in enumerate(row.amounts):
        here = (across.place(number), heights.place(amount.middle)) if amount else None
        if here and previous:
            easel.rule(previous, here, ink, 0.6 if ink == STRONG else 0.35)
        previous = here
    for number, amount in enumerate(row.amounts):
        if amount is None:
            continue
        x, y = across.place(number), heights.place(amount.middle)
        easel.dot(x, y, 1.0 if ink == STRONG else 0.8, ink)
        if number == 0:
            easel.say(amount.text, x - share(2.0), y, side="right")
        elif number < len(row.amounts) - 1:
            easel.say(amount.text, x, y - 3.0, side="middle")
