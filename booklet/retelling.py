"""A figure in words: its caption, its sources, what stands for it where it is not seen, and the table behind it.

In comes a chart and the booklet's fixed words, out goes text and HTML. It refuses to know how the figure is drawn.
"""

from collections.abc import Mapping

from booklet.entities import escape
from booklet.graphs import Chart, Quantity, Row

Words = Mapping[str, str]
_NONE = "–"
_ROWS = {"timeline": "chart-row-timeline", "process": "chart-row-process", "map": "chart-row-map"}
"""What the rows of a kind are called, where they are not groups."""
_SHORT = ("prosent", "dager", "dagar", "år")
"""Units that are said with every number; others are said once."""


def retell(chart: Chart, words: Words) -> str:
    """Return a figure for who does not see it: its kind, its finding, what is measured, and all its numbers."""
    head = f"{words[f'chart-{chart.kind}']}: {_sentence(chart.title)}"
    measured = _measured(chart)
    rows = "; ".join(_retell_row(chart, place, words) for place in range(len(chart.rows)))
    return " ".join(filter(None, (head, measured and _sentence(measured), f"{rows}.")))


def caption(chart: Chart) -> str:
    """Return the title and what is measured as HTML."""
    measured = _measured(chart)
    below = f'<span class="measured">{escape(measured)}</span>' if measured else ""
    return f"<figcaption>{escape(chart.title)}{below}</figcaption>"


def table(chart: Chart, words: Words) -> str:
    """Return the numbers of a figure as a table in HTML, titled as the figure is."""
    heads, rows = _columns(chart, words), []
    for place, row in enumerate(chart.rows):
        cells = "".join(f"<td{kind}>{escape(text)}</td>" for text, kind in _cells(chart, place, row))
        rows.append(f'<tr><th scope="row">{escape(_large(row.label))}</th>{cells}</tr>')
    head = "".join(f'<th scope="col"{kind}>{escape(text)}</th>' for text, kind in heads)
    return (
        f"{caption(chart)}<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>")


def _sentence(words: str) -> str:
    return words if words.endswith((".", "?", "!")) else f"{words}."


def _measured(chart: Chart) -> str:
    """Return what is measured and in what, the unit only where the first does not say it."""
    if not chart.unit or chart.unit.lower() in chart.what.lower():
        return chart.what
    return f"{chart.what}, {chart.unit}" if chart.what else _large(chart.unit)


def _counted(amount: Quantity | None, chart: Chart, words: Words) -> str:
    if amount is None:
        return words["chart-none"]
    return f"{amount.text} {chart.unit}" if chart.unit in _SHORT else amount.text


def _retell_row(chart: Chart, place: int, words: Words) -> str:
    row = chart.rows[place]
    numbers = [_counted(amount, chart, words) for amount in row.amounts]
    if len(chart.series) > 1:
        form = words["chart-when" if chart.kind == "line" else "chart-which"]
        pairs = zip(chart.series, numbers, strict=True)
        numbers = [form.format(name=_small(name), number=number) for name, number in pairs]
    said = [*numbers, *([row.note] if row.note else [])]
    if chart.kind == "map":
        said = [chart.spots[place].county, *said]
    return f"{_large(row.label)}: {', '.join(said)}".rstrip(".") if said else _large(row.label)


def _small(name: str) -> str:
    """Return a name within a sentence: a word of capitals keeps them."""
    return name if name[1:2].isupper() else f"{name[:1].lower()}{name[1:]}"


def _large(name: str) -> str:
    return f"{name[:1].upper()}{name[1:]}"


def _columns(chart: Chart, words: Words) -> list[tuple[str, str]]:
    number, heads = ' class="number"', [(words[_ROWS.get(chart.kind, "chart-row")], "")]
    if chart.kind == "map":
        heads.append((words["county"], ""))
    counted = max((len(row.amounts) for row in chart.rows), default=0)
    unit = chart.unit or words["chart-number"]
    names = chart.series or (unit,) * counted
    heads += [(_large(name), number) for name in names]
    return heads + ([(words["chart-note"], "")] if any(row.note for row in chart.rows) else [])


def _cells(chart: Chart, place: int, row: Row) -> list[tuple[str, str]]:
    number, cells = ' class="number"', list[tuple[str, str]]()
    if chart.kind == "map":
        cells.append((chart.spots[place].county, ""))
    most = max(len(other.amounts) for other in chart.rows)
    amounts = [*row.amounts, *[None] * (most - len(row.amounts))]
    cells += [(amount.text if amount else _NONE, number) for amount in amounts]
    return cells + ([(row.note or _NONE, "")] if any(other.note for other in chart.rows) else [])
