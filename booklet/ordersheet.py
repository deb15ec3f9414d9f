"""What an order says → the unit of the order sheet, in the words of the booklet's language.

In come the booklet, the reckoning, the printer and the file; out goes one unit for the press. What is not known becomes
a line to fill in by hand. Knows no template and no page.
"""

from collections.abc import Mapping

from msgspec import Struct

from booklet.findings import Position
from booklet.inline import tie
from booklet.model import Booklet, title_of
from booklet.outputs import Made
from booklet.presses import Printer
from booklet.printed import Unit
from booklet.purchase import Contact, Delivery, Paper, PrintOrder
from booklet.reckoning import Reckoning, day, grouped
from booklet.typography import EVERY_RULE

ADDRESS = "order"
Words = Mapping[str, str]
Row = Mapping[str, object]


class Matter(Struct, frozen=True):
    """What the sheet is about."""

    booklet: Booklet
    order: PrintOrder
    numbers: Reckoning
    printer: Printer
    file: Made
    digest: str
    """SHA-256 of the print file."""


def _row(label: str, lines: tuple[str, ...] = (), blanks: tuple[str, ...] = ()) -> Row:
    """Return a line of the sheet; ``blanks`` are what stands below the lines to fill in by hand."""
    return {"label": label, "lines": tuple(EVERY_RULE.text(line) for line in lines if line), "blanks": blanks}


def _known(label: str, value: str, hint: str) -> Row:
    return _row(label, (value,), () if value else (hint,))


def _paper(label: str, paper: Paper, words: Words) -> Row:
    weight = f"{paper.grammage} g/m²" if paper.grammage else ""
    blanks = (*(() if paper.name else (words["order-paper"],)), *(() if weight else (words["order-grammage"],)))
    return _row(label, (", ".join(filter(None, (paper.name, weight))),), blanks)


def _extent(numbers: Reckoning, words: Words) -> Row:
    kind = "open" if numbers.cover_pages is None else "separate" if numbers.cover_pages else "self"
    lines = [words[f"order-extent-{kind}"].format(
        pages=numbers.pages, cover=numbers.cover_pages, inside=numbers.inside_pages)]
    if numbers.sheets is not None:
        every = grouped(numbers.sheets * numbers.copies)
        lines.append(words["order-sheets"].format(sheets=numbers.sheets, all=every))
    return _row(words["order-extent"], tuple(lines))


def _binding(order: PrintOrder, numbers: Reckoning, words: Words) -> Row:
    if not order.binding:
        return _row(words["order-binding"], (), (words["order-binding-hint"],))
    line, blanks = words[f"order-{order.binding}"], ()
    if numbers.spine is not None:
        line = f"{line}, {words['order-spine'].format(width=grouped(numbers.spine, 1))}"
    elif order.binding == "glued":
        return _row(words["order-binding"], (line,), (words["order-spine-open"],))
    return _row(words["order-binding"], (line,), blanks)


def _weight(numbers: Reckoning, words: Words) -> Row:
    line = words["order-weights-open"]
    if numbers.weight is not None and numbers.run_weight is not None:
        line = words["order-weights"].format(
            copy=grouped(numbers.weight), run=grouped(numbers.run_weight, 0 if numbers.run_weight >= 10 else 1))
    return _row(words["order-run-weight"], (line,))


def _product(matter: Matter, words: Words) -> tuple[Row, ...]:
    order, numbers = matter.order, matter.numbers
    cover = () if order.cover == "self" else (_paper(words["order-cover"], order.cover_paper, words),)
    finishing = _row(
        words["order-finishing"], order.finishing, () if order.finishing else (words["order-finishing-hint"],))
    return (
        _extent(numbers, words), *cover, _paper(words["order-inside"], order.inside_paper, words),
        _known(words["order-colours"], order.colours, words["order-colours-hint"]), _binding(order, numbers, words),
        finishing, _weight(numbers, words), _known(words["order-proof"], order.proof, words["order-proof-hint"]))


def _delivery(one: Delivery, words: Words) -> tuple[tuple[str, ...], tuple[str, ...]]:
    copies = words["order-part"].format(copies=grouped(one.copies)) if one.copies else ""
    when = day(one.date) if one.date else ""
    return (", ".join(filter(None, (one.place, copies, when))),), () if when else (words["order-date"],)


def _delivered(matter: Matter, words: Words) -> tuple[Row, ...]:
    order = matter.order
    told = [_delivery(one, words) for one in order.deliveries]
    rows = [_row(words["order-delivery"] if not i else "", *one) for i, one in enumerate(told)]
    if not rows:
        rows.append(_row(words["order-delivery"], (), (words["order-place"], words["order-date"])))
    contacts = tuple(_contact(one) for one in order.contacts)
    asked = () if contacts else (words["order-name"], words["order-phone"], words["order-email"])
    rows.append(_row(words["order-contact"], contacts, asked))
    marks = tuple(words["order-licence"].format(name=name, licence=licence) for name, licence in order.marks)
    rows.append(_row(words["order-marks"], marks or (words["order-no-mark"],)))
    rows.append(_row(words["order-notes"], order.notes, () if order.notes else (words["order-notes-hint"],)))
    return tuple(rows)


def _contact(one: Contact) -> str:
    said = ", ".join(filter(None, (one.name, one.phone, one.email)))
    return f"{one.role}: {said}" if one.role else said


def _files(matter: Matter, words: Words) -> tuple[Row, ...]:
    printer, bleed = matter.printer, sorted({f"{width:g}".replace(".", ",") for width in matter.printer.bleed.values()})
    demand = words["order-demand"].format(
        standard=printer.standard, condition=printer.condition, bleed="–".join(bleed), ink=f"{printer.ink:g}",
        marks=words[f"order-marks-{printer.marks}"])
    said = words["order-file-pages"].format(file=matter.file.file, pages=matter.file.pages)
    return (
        _row(words["order-file"], (said,)), _row(words["order-demands"], (demand,)), _row("SHA-256", (matter.digest,)))


def _figures(numbers: Reckoning, words: Words) -> tuple[tuple[str, str], ...]:
    width, height = (grouped(side) for side in numbers.trim)
    figures = [
        (grouped(numbers.copies), words["order-copies"]), (f"{width} × {height}", words["order-trim"]),
        (grouped(numbers.pages), words["order-pages"])]
    if numbers.weight is not None:
        figures.append((grouped(numbers.weight), words["order-weight"]))
    return tuple(figures)


def sheet(matter: Matter, words: Words, position: Position) -> Unit:
    """Return the order sheet as a unit."""
    booklet, title = matter.booklet, f"{words['order-sheet']}: {title_of(matter.booklet)}"
    edition = f"{words['edition']} {booklet.edition}"
    isbn = f"{words['isbn']} {booklet.isbn}" if booklet.isbn else ""
    content = {
        "title": tie(title_of(booklet)), "who": tuple(filter(None, (*booklet.publishers, edition, isbn))),
        "figures": _figures(matter.numbers, words),
        "sections": (
            (words["order-product"], _product(matter, words)), (words["order-delivered"], _delivered(matter, words)),
            (words["order-files"], _files(matter, words))),
        "signing": (words["order-place-date"], words["order-buyer"], words["order-printer"])}
    return Unit(ADDRESS, "order", title, 1, "", ("", ""), content, (), (), position, folio=False)
