"""Would a printer take this? Every check flags what it must, and nothing that is right."""

from pathlib import Path

import pytest
from faulty import Draft, Maker
from spoiled import FAULTY, GOOD

from booklet.catalogue import CODES
from booklet.collector import Collector
from booklet.demands import CHECKS
from booklet.findings import Severity
from booklet.preflight import judge
from booklet.printers import Printer, read_printer

STYLES = Path(__file__).parents[1] / "styles"
INK = {"too-much-ink", "bleed-not-filled", "page-empty"}


def printer(name: str = "sheetfed") -> Printer:
    """Return a printer of ours."""
    found = read_printer(name, STYLES, Collector(), with_icc=False)
    assert found is not None
    return found


@pytest.mark.parametrize(("code", "name", "maker"), FAULTY, ids=lambda one: one if isinstance(one, str) else "")
def test_fault_is_named(code: str, name: str, maker: Maker) -> None:
    verdict = judge("x.pdf", maker(), printer(), program="gs" if code in INK else "no such program")
    found = {fault.code for fault in verdict.faults}
    assert code in found, verdict.lines()
    assert verdict.refused or CHECKS[code].severity is Severity.WARNING


@pytest.mark.parametrize(("code", "name", "maker"), GOOD, ids=lambda one: one if isinstance(one, str) else "")
def test_what_is_right_is_not_flagged(code: str, name: str, maker: Maker) -> None:
    assert judge("x.pdf", maker(), printer()).lines()[:-1] == []


def test_every_check_has_a_case_that_it_must_flag_and_one_that_it_must_not() -> None:
    assert sorted(CHECKS.keys() - {code for code, _, _ in FAULTY} - {"ink-not-checked"}) == []
    assert sorted(CHECKS.keys() - {code for code, _, _ in GOOD}) == []


def test_no_code_means_two_things() -> None:
    assert sorted(CHECKS.keys() & CODES.keys()) == []


def test_ink_that_was_not_looked_at_is_told() -> None:
    verdict = judge("x.pdf", Draft().save(), printer(), program="no such program")
    assert [fault.code for fault in verdict.faults] == ["ink-not-checked"]
    assert not verdict.refused


def test_strict_refuses_what_is_only_a_warning() -> None:
    assert judge("x.pdf", Draft().save(), printer(), program="no such program", strict=True).refused
