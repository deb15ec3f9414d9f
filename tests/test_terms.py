"""print.yaml → what is ordered."""

from pathlib import Path

import jsonschema
import pytest
import yaml
from making import CONTENT, lay_tiny

from booklet.collector import Collector
from booklet.purchase import Contact, Delivery, Paper, PrintOrder
from booklet.schemas import schema
from booklet.source import open_shelf
from booklet.terms import FILE, read_print_order

FULL = """
copies: 10000
format: 170x240 mm
cover: separate
cover-paper: Silk
cover-grammage: 250
inside-thickness: 105
binding: glued
finishing: [Matt, "Pakkes: 50"]
delivery:
  - {place: Oslo, date: 2019-05-17, copies: 8000}
  - place: Bodø
contacts:
  - {role: Bestiller, name: Kari, phone: 00 00, email: k@x.no}
environmental-marks:
  - {name: Svanemerket, licence: 2041 0001}
"""


def reading(home: Path, text: str | None) -> tuple[PrintOrder | None, list[str]]:
    """Return the order of a folder with such a file, and what is found."""
    if text is not None:
        (home / FILE).write_text(text, encoding="utf-8")
    found = Collector()
    shelf = open_shelf(home, found)
    assert shelf
    return read_print_order(shelf, found), [f"{finding.position.line if finding.position else 0} {finding.code}"
                                            for finding in found.findings]


def test_everything_that_is_said_is_read(tmp_path: Path) -> None:
    order, found = reading(tmp_path, FULL)
    assert found == [] and order
    assert (order.copies, order.format, order.cover, order.binding) == (10000, (170, 240), "separate", "glued")
    assert (order.cover_paper, order.inside_paper) == (Paper("Silk", 250, None), Paper("", None, 105))
    assert order.deliveries == (Delivery("Oslo", "2019-05-17", 8000), Delivery("Bodø", "", None))
    assert order.contacts == (Contact("Bestiller", "Kari", "00 00", "k@x.no"),)
    assert order.marks == (("Svanemerket", "2041 0001"),) and order.finishing == ("Matt", "Pakkes: 50")
    assert order.places["format"].line == 3


def test_booklet_need_not_have_one(tmp_path: Path) -> None:
    assert reading(tmp_path, None) == (None, [])


def test_keys_that_are_left_empty_are_not_known(tmp_path: Path) -> None:
    order, found = reading(tmp_path, "copies:\ncover:\ndelivery:\ncontacts: []\nnotes:\nbinding:\n")
    assert found == [] and order
    assert (order.copies, order.cover, order.deliveries, order.contacts, order.notes) == (None, "", (), (), ())


@pytest.mark.parametrize(("mark", "code"), [("{name: Svanemerket}", "missing-key"), ("{licence: 2041}", "missing-key")])
def test_mark_without_its_licence_number_is_an_error(mark: str, code: str, tmp_path: Path) -> None:
    assert reading(tmp_path, f"environmental-marks:\n  - {mark}\n")[1] == [f"2 {code}"]


def test_paper_of_a_cover_that_has_none_of_its_own_is_an_error(tmp_path: Path) -> None:
    assert reading(tmp_path, "cover: self\ncover-grammage: 250\n")[1] == ["2 conflicting-keys"]


@pytest.mark.parametrize("copies", ["0", "-5", "1.5", "10 000", "mange", "010"])
def test_copies_are_a_whole_number(copies: str, tmp_path: Path) -> None:
    assert reading(tmp_path, f"copies: {copies}\n")[1] == ["1 wrong-type"]


def test_file_that_is_there_is_used(tmp_path: Path) -> None:
    content = lay_tiny(tmp_path)
    (content / FILE).write_text("binding: stitched\n")
    found = Collector()
    shelf = open_shelf(content, found)
    assert shelf and read_print_order(shelf, found) and FILE in shelf.asked


@pytest.mark.parametrize("text", [FULL, (CONTENT / FILE).read_text(encoding="utf-8")], ids=["full", "shipped"])
def test_editors_schema_accepts_what_we_accept(text: str) -> None:
    said = {key: value or None for key, value in yaml.load(text, yaml.BaseLoader).items()}
    counts = {key: int(said[key]) for key in ("copies", "cover-grammage", "inside-thickness") if said.get(key)}
    for one in said.get("delivery") or ():
        one |= {"copies": int(one["copies"])} if "copies" in one else {}
    jsonschema.validate(said | counts, schema("print"))


def test_shipped_order_claims_nothing_that_is_not_known(tmp_path: Path) -> None:
    order, found = reading(tmp_path, (CONTENT / FILE).read_text(encoding="utf-8"))
    assert found == [] and order
    assert (order.cover_paper, order.inside_paper, order.copies) == (Paper(), Paper(), None)
    assert (order.deliveries, order.contacts, order.marks, order.notes) == ((), (), (), ())
