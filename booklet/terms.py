"""print.yaml → what is ordered from the print shop.

In comes the shelf, out goes a ``PrintOrder``, or None where there is no such file, or findings. It refuses to know the
pages and the printer; what fits them is judged in ``ordering``.
"""

from booklet.collector import Collector
from booklet.kinds import SIZE
from booklet.purchase import Contact, Delivery, Paper, PrintOrder
from booklet.registers import read_record
from booklet.shapes import Record
from booklet.source import Shelf

FILE = "print.yaml"


def read_print_order(shelf: Shelf, found: Collector) -> PrintOrder | None:
    """Return what print.yaml says; a booklet need not have one."""
    if FILE not in shelf.files:
        return None
    record = read_record(shelf, FILE, "print", found)
    if record is None:
        return None
    text = record.text
    size = SIZE.fullmatch(text("format"))
    cover, cover_paper = text("cover"), _paper(record, "cover")
    if cover == "self" and cover_paper != Paper():
        key = next(key for key in ("cover-paper", "cover-grammage", "cover-thickness") if text(key))
        message = f"'{key}' for a cover that is of the same paper as the inside"
        found.error("conflicting-keys", message, record.place(key), "remove it, or write 'cover: separate'")
    places = {key: record.place(key) for key in record.data} | {"": record.position}
    return PrintOrder(
        _number(record, "copies"), (int(size[1]), int(size[2])) if size else None, cover, cover_paper,
        _paper(record, "inside"), text("colours"), text("binding"), record.texts("finishing"), text("proof"),
        tuple(Delivery(one.text("place"), one.text("date"), _number(one, "copies"))
              for one in record.parts.get("delivery", ())),
        tuple(Contact(one.text("role"), one.text("name"), one.text("phone"), one.text("email"))
              for one in record.parts.get("contacts", ())),
        tuple((one.text("name"), one.text("licence")) for one in record.parts.get("environmental-marks", ())),
        record.texts("notes"), places)


def _number(record: Record, key: str) -> int | None:
    text = record.text(key)
    return int(text) if text.isdecimal() else None


def _paper(record: Record, part: str) -> Paper:
    name = record.text(f"{part}-paper")
    return Paper(name, _number(record, f"{part}-grammage"), _number(record, f"{part}-thickness"))
