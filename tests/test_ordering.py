"""The order, from content to folder: what lies in it, and what is refused."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import page
import pikepdf
import pytest
from making import STYLES, edit, lay_tiny, say_nothing, shipped_printer, tool
from msgspec.structs import replace
from ordering_cases import MM

from booklet.ordering import NotOurs, Order, Outcome, Uncounted, carry_out
from booklet.parcels import SUMS

OFFICE, DUMMY, SHEET, PRINT = (f"lite-hefte-2021-{name}.pdf" for name in ("dummy-a3", "dummy", "order", "print"))
JSON, TEXT = (f"lite-hefte-2021-preflight.{end}" for end in ("json", "txt"))
NAMES = [SUMS, OFFICE, DUMMY, SHEET, JSON, TEXT, PRINT]
TERMS = """
copies: 500
format: 170 × 240 mm
cover: separate
cover-paper: Silk
cover-grammage: 250
inside-paper: Silk
inside-grammage: 130
inside-thickness: 100
binding: stitched
delivery:
  - {place: Oslo, copies: 9000}
  - {place: Bodø, copies: 1000}
"""


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cache that all orders of this file share."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def order(tmp_path: Path, cache: Path) -> Order:
    """Return an order of the tiny booklet."""
    content = lay_tiny(tmp_path)
    (content / "print.yaml").write_text(TERMS, encoding="utf-8")
    return Order(content, STYLES, tmp_path / "dist", cache, "sheetfed", 10000)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Iterator[Path]:
    """Return the folder of an order."""
    home = tmp_path_factory.mktemp("order")
    content = lay_tiny(home)
    (content / "print.yaml").write_text(TERMS, encoding="utf-8")
    made = carry_out(Order(content, STYLES, home / "dist", cache, "sheetfed", 10000), say_nothing)
    assert made.findings == () and made.folder == home / "dist" / "order-2021"
    yield made.folder


def placed(order: Order, text: str) -> Outcome:
    """Return what becomes of an order with other terms."""
    (order.content / "print.yaml").write_text(text, encoding="utf-8")
    return carry_out(order, say_nothing)


def codes(outcome: Outcome) -> list[str]:
    """Return line and code of each finding."""
    return [f"{one.position.line if one.position else 0} {one.code}" for one in outcome.findings]


def test_folder_holds_everything_that_a_print_shop_asks_for(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == NAMES
    checked = subprocess.run(["sha256sum", "-c", SUMS], cwd=folder, capture_output=True, text=True)
    assert checked.returncode == 0 and checked.stdout.count(": OK\n") == len(NAMES) - 1


@pytest.mark.parametrize("name", [OFFICE, DUMMY, SHEET, PRINT])
def test_every_file_is_sound(name: str, folder: Path) -> None:
    assert "No syntax or stream encoding errors found" in tool("qpdf", "--check", folder / name)


def test_sheet_is_one_page_that_says_what_was_computed(folder: Path) -> None:
    path = folder / SHEET
    info, text = tool("pdfinfo", path), tool("pdftotext", "-layout", path, "-").replace("\u00a0", " ")
    pages = int(re.findall(r"Pages: +(\d+)", tool("pdfinfo", folder / PRINT))[0])
    grams = 0.17 * 0.24 * ((pages - 4) / 2 * 130 + 2 * 250)
    assert re.search(r"Pages: +1\n", info) and "Page size:       595.276 x 841.89 pts (A4)" in info
    assert "10 000" in text and f"{round(grams)} g per eksemplar" in text
    assert f"{pages} sider: 4 sider omslag og {pages - 4} sider materie" in text
    assert f"{pages // 4} ark à 4 sider per eksemplar" in text
    digest = next(line.split()[0] for line in (folder / SUMS).read_text().splitlines() if line.endswith("-print.pdf"))
    assert digest in text


@pytest.mark.parametrize("profile", ["PDF_A_2A", "PDF_UA_1"])
def test_sheet_can_be_listened_to_and_kept(profile: str, folder: Path) -> None:
    report = page.validate_pdf(str(folder / SHEET), profile=getattr(page.ValidationProfile, profile))
    assert report.rules.total > 100 and list(report.failures) == []


def test_dummies_show_the_print_file_and_creep_by_the_paper_that_is_known(folder: Path) -> None:
    with pikepdf.open(folder / DUMMY) as full, pikepdf.open(folder / OFFICE) as office:
        widths = [float(one.pages[0].mediabox[2]) / MM for one in (full, office)]
        second = full.pages[2].Contents.read_bytes()
        assert len(full.pages) == len(office.pages) and widths[0] > 356 and widths[1] == pytest.approx(420, abs=0.01)
        assert "/OutputIntents" in full.Root
    moved = [float(line.split()[-6]) for line in second.splitlines() if b" cm /P" in line]
    left, spine = (float(value) for value in (full_trim(folder)[0], sum(full_trim(folder)[::2]) / 2))
    bleed, creep = 3 * MM, 0.1 * MM
    assert moved == pytest.approx([left - bleed + creep, spine - bleed - creep], abs=0.01)


def full_trim(folder: Path) -> list[float]:
    """Return the trim box of the dummy's first spread."""
    with pikepdf.open(folder / DUMMY) as pdf:
        return [float(value) for value in pdf.pages[0].trimbox]


def test_same_order_gives_the_same_bytes_and_replaces_the_folder(order: Order, folder: Path) -> None:
    first = carry_out(order, say_nothing)
    second = carry_out(order, say_nothing)
    assert first == second and sorted(first.files) == NAMES
    assert {name: (folder / name).read_bytes() for name in NAMES} == dict(first.files)


def test_copies_of_the_file_are_taken_where_the_command_says_none(order: Order) -> None:
    text = TERMS.replace("9000", "400").replace("1000", "100")
    outcome = placed(replace(order, copies=None), text)
    assert outcome.folder and codes(outcome) == []
    assert re.search(r"^500$", tool("pdftotext", outcome.folder / SHEET, "-"), re.MULTILINE)


def test_nobody_says_how_many(order: Order) -> None:
    with pytest.raises(Uncounted):
        placed(replace(order, copies=None), TERMS.replace("copies: 500\n", ""))


def test_order_without_its_file_says_what_to_write(order: Order) -> None:
    (order.content / "print.yaml").unlink()
    outcome = carry_out(order, say_nothing)
    assert outcome.folder is None and codes(outcome) == ["1 no-print-order"]
    assert "binding: stitched" in outcome.findings[0].hint and not order.output.exists()


@pytest.mark.parametrize(("old", "new", "code"), [
    ("170 × 240", "148 × 210", "3 order-format"), ("copies: 1000}", "copies: 999}", "2 order-delivery"),
    ("copies: 9000", "copies: 10001", "2 order-delivery"), ("binding: stitched", "binding: stiched", "10 bad-choice"),
    ("cover-paper: Silk", "cover-paper: ['a'", "5 yaml-syntax"),
])
def test_order_that_contradicts_itself_is_refused(old: str, new: str, code: str, order: Order) -> None:
    outcome = placed(order, TERMS.replace(old, new))
    assert outcome.folder is None and code.split()[1] in " ".join(codes(outcome)) and not order.output.exists()


def test_delivery_whose_copies_are_not_told_is_no_contradiction(order: Order) -> None:
    assert placed(order, TERMS.replace(", copies: 1000", "")).folder


def test_report_of_the_preflight_is_about_the_print_file(folder: Path) -> None:
    told = json.loads((folder / JSON).read_text(encoding="utf-8"))
    assert (told["file"], told["printer"], told["verdict"]) == (PRINT, "sheetfed", "pass")
    assert (folder / TEXT).read_text(encoding="utf-8").splitlines()[-1].startswith(f"{PRINT}: pass ")


def test_printer_that_cannot_stitch_so_much_or_folds_otherwise_is_told(order: Order, tmp_path: Path) -> None:
    odd = tmp_path / "styles" / "odd.yaml"
    odd.parent.mkdir()
    odd.write_text((STYLES / "printers" / "sheetfed.yaml").read_text(), encoding="utf-8")
    edit(odd, f"most-stitched: {shipped_printer().most_stitched}", "most-stitched: 8")
    edit(odd, "multiple: 4", "multiple: 3")
    edit(odd, "icc: ../icc/", f"icc: {STYLES / 'icc'}/")
    outcome = carry_out(replace(order, printer=str(odd)), say_nothing)
    assert outcome.folder is None and codes(outcome) == ["10 order-multiple", "10 order-stitched"]
    glued = placed(replace(order, printer=str(odd), strict=True), TERMS.replace("stitched", "glued"))
    assert glued.folder and codes(glued) == []


def thrifty(order: Order, tmp_path: Path) -> Order:
    """Return an order for a printer that takes less ink than the cover has."""
    shop = tmp_path / "thrifty.yaml"
    shop.write_text((STYLES / "printers" / "sheetfed.yaml").read_text(), encoding="utf-8")
    edit(shop, "ink: 300", "ink: 100")
    edit(shop, "icc: ../icc/", f"icc: {STYLES / 'icc'}/")
    return replace(order, printer=str(shop))


def test_print_file_that_the_preflight_refuses_is_delivered_with_its_verdict(order: Order, tmp_path: Path) -> None:
    outcome = carry_out(thrifty(order, tmp_path), say_nothing)
    assert outcome.folder and outcome.findings == () and outcome.verdict and outcome.verdict.refused
    assert sorted(path.name for path in outcome.folder.iterdir()) == NAMES
    told = json.loads((outcome.folder / JSON).read_text(encoding="utf-8"))
    assert told["verdict"] == "refused" and {one["code"] for one in told["findings"]} == {"too-much-ink"}
    assert str(tmp_path) not in (outcome.folder / JSON).read_text(encoding="utf-8")  # the folder goes to others


def test_printer_that_is_not_there_is_told(order: Order) -> None:
    outcome = carry_out(replace(order, printer="sheetfeed"), say_nothing)
    assert codes(outcome) == ["1 unknown-printer"] and outcome.folder is None


def test_sheet_that_needs_a_second_page_is_refused(order: Order) -> None:
    notes = "".join(f"  - Merknad nummer {number}\n" for number in range(80))
    outcome = placed(order, f"{TERMS}notes:\n{notes}")
    assert "order-long" in " ".join(codes(outcome)) and outcome.folder is None


def test_folder_with_something_of_others_in_it_is_left_alone(order: Order) -> None:
    (order.output / "order-2021").mkdir(parents=True)
    (order.output / "order-2021" / "signed.pdf").write_bytes(b"x")
    with pytest.raises(NotOurs):
        carry_out(order, say_nothing)
    assert [path.name for path in order.output.rglob("*") if path.is_file()] == ["signed.pdf"]


def test_refused_order_leaves_the_old_folder(order: Order) -> None:
    made = carry_out(order, say_nothing)
    assert made.folder
    assert placed(order, TERMS.replace("170 × 240", "148 × 210")).folder is None
    assert {path.name: path.read_bytes() for path in made.folder.iterdir()} == dict(made.files)
