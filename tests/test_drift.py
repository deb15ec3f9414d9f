"""A layout against the newest run, without an engine: what is said when pages move."""

from pathlib import Path

from making import WORDS, booklet, fragment, lay_tiny, plan, say_nothing
from ordering_cases import numbered
from test_commission import order

from booklet.commission import Commission
from booklet.drift import as_errors, as_notes, find_shifts
from booklet.freezing import record_run
from booklet.inventory import take_inventory
from booklet.model import Booklet
from booklet.pagination import paginate
from booklet.printed import Copy, Fragment, Place, Unit
from booklet.runs import Run, Stamp

ONE = booklet()


def laid_out(one: Booklet, longer: str = "", lower: str = "") -> Copy:
    """Return a copy in which every unit has a page, one unit two more, and the block of another stands lower."""

    def lay_out(unit: Unit, side: str) -> Fragment:
        made = fragment(unit, 3 if unit.address == longer else 2 if unit.spread else 1)
        at = Place(0, 150, 300 if unit.address == lower else 500)
        return Fragment(made.pages, b"", made.holes, made.places, ((0, at),) if unit.blocks else (), {}, {})

    return paginate(plan(one), lay_out, None)


def record(copy: Copy) -> Run:
    """Return the record of a copy whose file has as many pages, and no words."""
    stamp = Stamp("2019", "1", "10", "2019-01-01", "nb", *"csgfs", str(len(copy.labels)), "print", "sheetfed", "p", "f")
    return record_run(stamp, take_inventory(ONE, WORDS), copy, numbered(len(copy.labels)))


RUN = record(laid_out(ONE))


def test_same_layout_is_no_shift() -> None:
    assert find_shifts(RUN, ONE, WORDS, laid_out(ONE), "print") == ()


def test_unit_that_begins_elsewhere_is_told_with_both_pages() -> None:
    shifts = find_shifts(RUN, ONE, WORDS, laid_out(ONE, longer="en.text"), "print")
    before, now = (copy.label("en.berg") for copy in (laid_out(ONE), laid_out(ONE, longer="en.text")))
    assert f"'EN.BERG' begins on p. {now}, before {before}" in [shift.message for shift in shifts]
    assert any(shift.message.startswith("theme 2 begins on p. ") for shift in shifts)
    assert as_notes(shifts, RUN)[0].startswith("since run 2019-1: ")
    assert {finding.code for finding in as_errors(shifts, RUN)} == {"layout-shift"}


def test_block_that_stands_lower_is_an_error_where_locked_and_else_not_worth_a_word() -> None:
    shifts = find_shifts(RUN, ONE, WORDS, laid_out(ONE, lower="to.text"), "print")
    assert [shift.message for shift in shifts] == ["1 block of 'TO.TEXT' stands elsewhere on the page than before"]
    assert as_notes(shifts, RUN) == () and len(as_errors(shifts, RUN)) == 1


def test_lock_without_a_run_is_an_error(tmp_path: Path) -> None:
    lay_tiny(tmp_path)
    outcome = Commission(order(tmp_path, locked=True)).carry_out(say_nothing)
    assert [finding.code for finding in outcome.findings] == ["nothing-locked"]
    assert outcome.rows == () and not (tmp_path / "dist").exists()
