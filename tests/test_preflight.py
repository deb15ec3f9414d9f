"""Would a printer take this? Every check flags what it must, and nothing that is right."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from faulty import MM, Draft, Maker
from msgspec.structs import replace
from spoiled import FAULTY, GOOD

from booklet.catalogue import CODES, LINT
from booklet.collector import Collector
from booklet.demands import CHECKS
from booklet.findings import Severity
from booklet.preflight import judge
from booklet.printers import Printer, read_printer

STYLES = Path(__file__).parents[1] / "styles"
INK = {"too-much-ink", "bleed-not-filled", "page-empty", "ink-not-checked", "transparency", "shading-function"}
"""Checks that need Ghostscript, and good files that could deceive them."""


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
    verdict = judge("x.pdf", maker(), printer(), program="gs" if code in INK else "no such program")
    assert [fault for fault in verdict.faults if fault.code != "ink-not-checked" or code in INK] == []


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


def test_spot_colour_that_the_printer_takes_is_no_fault() -> None:
    maker = next(maker for code, _, maker in FAULTY if code == "spot-colour")
    assert not judge("x.pdf", maker(), replace(printer(), spots=("PANTONE 300 C",)), program="no such program").refused


def test_gutter_has_the_bleed_that_the_printer_wants() -> None:
    found = judge("x.pdf", Draft().save(), printer("wide-bleed"), program="no such program").faults
    assert [fault.message for fault in found if fault.code == "bleed-too-small"] == [
        "3.0 mm bleed at the bottom, right, top, the printer wants 5",
        "3.0 mm bleed at the left, bottom, top, the printer wants 5"] * 2


def test_line_art_in_a_picture_that_reaches_a_gutter_without_bleed_is_part_of_it() -> None:
    art = f"0.4 0.2 0 0 k 0 60 60 60 re f 0 0 0 1 k {1.5 * MM} 80 20 20 re f"
    found = judge("x.pdf", Draft(content=art).save(), printer("wide-bleed"), program="no such program").faults
    assert [fault.message for fault in found if fault.code == "safe-zone"] == []
    alone = judge("x.pdf", Draft(content=art[29:]).save(), printer("wide-bleed"), program="no such program").faults
    assert "safe-zone" in {fault.code for fault in alone}


def test_missing_glyph_is_told_of_the_page_that_shows_it() -> None:
    draft = Draft()
    draft.pdf.pages[2].contents_add(draft.stream("BT /F 10 Tf 30 60 Td (Axb) Tj ET"))
    found = judge("x.pdf", draft.save(), printer(), program="no such program").faults
    assert [fault.page for fault in found if fault.code == "missing-glyph"] == [3]


def test_older_level_than_the_printer_wants_is_taken_and_a_newer_is_not() -> None:
    old = replace(printer(), standard="PDF/X-1a:2003")
    assert not judge("x.pdf", Draft().old().save(), printer(), program="no such program").refused
    found = judge("x.pdf", Draft().save(), old, program="no such program").faults
    assert "pdfx-wrong" in {fault.code for fault in found}


def booklet(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the program."""
    return subprocess.run(
        [sys.executable, "-m", "booklet", *words], cwd=STYLES.parent, capture_output=True, text=True, check=False)


def test_verdict_as_json_says_page_place_and_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(next(maker for code, name, maker in FAULTY if (code, name) == ("rgb-colour", "text"))())
    done = booklet("preflight", str(path), "--format", "json")
    assert done.returncode == 3
    verdict = json.loads(done.stdout)
    [finding] = verdict.pop("findings")
    assert verdict == {"file": str(path), "printer": "sheetfed", "pages": 4, "verdict": "refused"}
    assert finding["bbox_mm"][:2] == [10.58, 21.17]
    del finding["bbox_mm"]
    assert finding == {
        "code": "rgb-colour", "severity": "error", "page": 1, "message": "text in DeviceRGB",
        "hint": "convert it to the inks of the press", "path": None, "line": None}


def test_terminal_shows_a_fault_a_line_and_the_verdict_last(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(Draft(3).save())
    done = booklet("preflight", str(path))
    assert done.returncode == 3
    assert done.stderr == (
        f"{path}: error page-multiple: 3 pages, which is no multiple of 4 (add or remove pages: 4 would do)\n")
    assert done.stdout == f"{path}: refused (3 pages, printer sheetfed, 1 finding)\n"


def test_good_file_passes_and_wrong_words_are_wrong_usage(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(Draft().save())
    assert booklet("preflight", str(path), "--strict").returncode == 0
    assert booklet("preflight", str(tmp_path / "y.pdf")).returncode == 2
    wrong = booklet("preflight", str(path), "--printer", "sheetfeed")
    assert (wrong.returncode, "did you mean 'sheetfed'?" in wrong.stderr) == (2, True)


def test_catalogue_names_every_check_with_reason_and_source() -> None:
    listed = json.loads(booklet("checks", "--format", "json").stdout)
    assert {one["code"] for one in listed} == CHECKS.keys() | CODES.keys() | LINT.keys()
    assert all(one["severity"] and one["reason"] and one["source"] for one in listed if one["of"] == "preflight")
    assert all(one["reason"] and one["source"] for one in listed if one["of"] == "lint")
    assert "preflight: error rgb-colour: a press makes of a screen's colour" in booklet("checks").stdout
