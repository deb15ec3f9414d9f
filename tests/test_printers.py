"""A print shop's file → its demands, or findings that name line, column and cure."""

import shutil
from pathlib import Path

import pytest
from making import STYLES, edit, shipped_printer
from msgspec.structs import replace

from booklet.catalogue import CODES
from booklet.collector import Collector
from booklet.findings import Finding, Position, Severity
from booklet.presses import Printer, printer_path
from booklet.printers import MARK_ROOM, MOST_BLEED, check_length, known_printers, read_printer
from booklet.profiles import PROFILES
from booklet.shop import PRINTER

SHIPPED = "marks", "sheetfed", "uncoated", "wide-bleed"
EDGES = "head", "foot", "outer", "gutter"
REPORTED = {
    "unknown-printer", "printer-bleed", "printer-slug", "printer-resolution", "icc-missing", "bad-icc",
    "too-many-to-stitch"}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return a designer's folder with one printer, 'mine', and its profile."""
    (tmp_path / "printers").mkdir()
    (tmp_path / "icc").mkdir()
    shutil.copy(STYLES / "printers" / "sheetfed.yaml", tmp_path / "printers" / "mine.yaml")
    shutil.copy(STYLES / "icc" / "ISOcoated_v2_300_bas.icc", tmp_path / "icc")
    return tmp_path


def judged(wanted: str, styles: Path, *, with_icc: bool = True) -> tuple[Printer | None, tuple[Finding, ...]]:
    """Return a printer and what is found."""
    found = Collector()
    return read_printer(wanted, styles, found, with_icc=with_icc), found.findings


def told(shop: Path, wanted: str = "mine") -> list[str]:
    """Return what the terminal shows of a printer that cannot be used, its folder left out."""
    printer, findings = judged(wanted, shop)
    assert printer is None and all(finding.severity is Severity.ERROR for finding in findings)
    return [str(finding).replace(f"{shop}/", "") for finding in findings]


def wrong(shop: Path, *changes: tuple[str, str]) -> list[str]:
    """Return what is told of the printer 'mine' after changes of its file."""
    for old, new in changes:
        edit(shop / "printers" / "mine.yaml", f"\n{old}", f"\n{new}")
    return told(shop)


def line_of(shop: Path, key: str) -> int:
    """Return the line of a key in the file of 'mine'."""
    lines = (shop / "printers" / "mine.yaml").read_text().split("\n")
    return next(number for number, line in enumerate(lines, 1) if line.startswith(f"{key}:"))


# ---- what is shipped


def test_shipped_printers_are_known_by_name() -> None:
    assert known_printers(STYLES) == SHIPPED


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_printer_is_sound_and_says_why_it_is_so(name: str) -> None:
    printer, findings = judged(name, STYLES, with_icc=False)
    assert printer and findings == () and printer.id == name
    assert len(printer.reason.split()) >= 15 and printer.name[0].isupper()
    assert set(printer.bleed) == set(EDGES) and printer.position.path.name == f"{name}.yaml"


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_printer_names_its_schema_first(name: str) -> None:
    first = (STYLES / "printers" / f"{name}.yaml").read_text().split("\n")[0]
    assert first == "# yaml-language-server: $schema=../../content/schema/printer.schema.json"


@pytest.mark.parametrize("name", [name for name in SHIPPED if name != "uncoated"])
def test_shipped_printer_has_its_profile(name: str) -> None:
    assert shipped_printer(name).icc == (STYLES / "icc" / "ISOcoated_v2_300_bas.icc").read_bytes()


def test_profile_that_may_not_be_shared_is_missing_with_where_to_get_it() -> None:
    printer, (finding,) = judged("uncoated", STYLES)
    assert printer is None
    assert (finding.code, finding.position.path.name, finding.position.column) == ("icc-missing", "uncoated.yaml", 6)
    assert "PSOuncoated_v3_FOGRA52.icc" in finding.message
    assert "eci.org" in finding.hint and "put it there" in finding.hint


def test_shipped_printers_differ_as_their_names_say() -> None:
    sheetfed, marks, wide = (shipped_printer(name) for name in ("sheetfed", "marks", "wide-bleed"))
    assert (sheetfed.marks, sheetfed.slug, set(sheetfed.bleed.values())) == ("none", 0, {3})
    assert (marks.marks, marks.slug) == ("crop", 12)
    assert wide.bleed == {"head": 5, "foot": 5, "outer": 5, "gutter": 0}


def test_all_of_a_file_reaches_the_printer(shop: Path) -> None:
    """Each value is another than every other, so that none can take another's place."""
    path, values = shop / "printers" / "mine.yaml", {
        "name": "Navn", "reason": "Grunn", "standard": "PDF/X-1a:2003", "condition": "C", "condition-name": "CN",
        "registry": "https://example.org", "bleed-head": "1", "bleed-foot": "2", "bleed-outer": "3.25",
        "bleed-gutter": "0", "marks": "crop", "slug": "15", "safe": "6", "ink": "280", "ppi-error": "100",
        "ppi-warning": "200", "ppi-target": "310", "ppi-most": "420", "ppi-line-error": "530",
        "ppi-line-warning": "840", "spots": "[Gull, Sølv]",
        "multiple": "8", "pages": "spreads", "most-stitched": "48", "overprint-black": "no",
        "icc": "../icc/ISOcoated_v2_300_bas.icc"}
    assert values.keys() == PRINTER.keys()
    path.write_text("".join(f"{key}: {value}\n" for key, value in values.items()), encoding="utf-8")
    printer, findings = judged("mine", shop)
    icc = shop / "icc" / "ISOcoated_v2_300_bas.icc"
    assert findings == () and printer
    assert replace(printer, icc_path=printer.icc_path.resolve()) == Printer(
        "mine", "Navn", "Grunn", "PDF/X-1a:2003", icc.read_bytes(), icc, "C", "CN", "https://example.org",
        {"head": 1, "foot": 2, "outer": 3.25, "gutter": 0}, "crop", 15, 6, 280,
        {"error": 100, "warning": 200, "target": 310, "most": 420, "line-error": 530, "line-warning": 840},
        ("Gull", "Sølv"), 8, False, 48, False, Position(path))


def test_every_key_can_be_left_out_only_where_there_is_nothing_to_say(shop: Path) -> None:
    path = shop / "printers" / "mine.yaml"
    text = path.read_text()
    for key, field in PRINTER.items():
        if key != "reason":
            path.write_text("".join(f"{line}\n" for line in text.split("\n") if not line.startswith(f"{key}:")))
            printer, findings = judged("mine", shop)
            codes = [(finding.code, key in finding.message) for finding in findings]
            assert (codes == [("missing-key", True)]) if field.required else (printer and codes == []), key


# ---- which file is meant


def test_name_is_a_file_of_the_designers_folder_and_a_path_is_a_path(tmp_path: Path) -> None:
    assert printer_path("mine", tmp_path) == tmp_path / "printers" / "mine.yaml"
    assert printer_path("mine.yaml", tmp_path) == Path("mine.yaml")
    assert printer_path("shops/mine", tmp_path) == Path("shops/mine")


def test_printer_can_lie_anywhere_and_its_profile_beside_it(shop: Path) -> None:
    there = shop / "elsewhere"
    shutil.move(shop / "printers", there)
    shutil.move(shop / "icc" / "ISOcoated_v2_300_bas.icc", there)
    edit(there / "mine.yaml", "../icc/", "")
    printer, findings = judged(str(there / "mine.yaml"), STYLES)
    assert printer and findings == ()
    assert (printer.id, printer.icc_path) == ("mine", there / "ISOcoated_v2_300_bas.icc")


def test_what_else_lies_beside_a_printers_file_is_none_of_its_business(shop: Path) -> None:
    (shop / "printers" / "elsewhere").symlink_to(shop / "nowhere")
    (shop / "printers" / "notes.txt").write_bytes(b"\xff\xfe")
    printer, findings = judged(str(shop / "printers" / "mine.yaml"), STYLES)
    assert printer and findings == ()


def test_unknown_name_is_told_with_the_one_that_was_meant(shop: Path) -> None:
    assert told(shop, "mien") == [
        "printers/mien.yaml:1:1: error unknown-printer: there is no printer 'mien' (did you mean 'mine'?)"]


def test_unknown_name_that_is_like_none_is_told_with_all(shop: Path) -> None:
    shutil.copy(shop / "printers" / "mine.yaml", shop / "printers" / "other.yaml")
    (line,) = told(shop, "grand-press")
    assert line.endswith("there is no printer 'grand-press' (printers: mine, other; or write the path of a file)")


def test_path_that_leads_nowhere_and_a_folder_are_unknown(shop: Path) -> None:
    for wanted in (str(shop / "no.yaml"), str(shop / "printers")):
        assert "unknown-printer" in told(shop, wanted)[0]


# ---- what is wrong


def test_missing_profile_is_told_at_its_line_with_where_to_get_it(shop: Path) -> None:
    (line,) = wrong(shop, ("icc: ../icc/ISOcoated_v2_300_bas.icc", "icc: ../icc/none.icc"))
    assert line.startswith(
        f"printers/mine.yaml:{line_of(shop, 'icc')}:6: error icc-missing: there is no ICC profile "
        "'printers/../icc/none.icc'")
    assert "(get it from eci.org, color.org/registry or the print shop, and put it there" in line


def test_who_only_judges_a_file_can_do_without_the_profile_but_not_with_a_wrong_one(shop: Path) -> None:
    (shop / "icc" / "ISOcoated_v2_300_bas.icc").unlink()
    printer, findings = judged("mine", shop, with_icc=False)
    assert printer and (printer.icc, findings) == (b"", ())
    (shop / "icc" / "ISOcoated_v2_300_bas.icc").write_bytes(b"x" * 200)
    printer, findings = judged("mine", shop, with_icc=False)
    assert printer is None and [finding.code for finding in findings] == ["bad-icc"]


ICC = (STYLES / "icc" / "ISOcoated_v2_300_bas.icc").read_bytes()
SRGB = (STYLES / "icc" / "sRGB2014.icc").read_bytes()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (SRGB, "is no profile of a printing press"), (ICC[:-1], "is no ICC profile"), (b"", "is no ICC profile"),
        (ICC[:36] + b"xxxx" + ICC[40:], "is no ICC profile"),
        (ICC[:12] + b"spac" + ICC[16:], "is no profile of a printing press"),
        (ICC[:12] + b"scnr" + ICC[16:], "is no profile of a printing press"),
        (ICC[:16] + b"GRAY" + ICC[20:], "is no profile of a printing press"),
    ],
    ids=["screen", "cut", "empty", "no signature", "colour space", "scanner", "grey"])
def test_profile_of_another_kind_is_refused(content: bytes, words: str, shop: Path) -> None:
    (shop / "icc" / "ISOcoated_v2_300_bas.icc").write_bytes(content)
    (line,) = told(shop)
    assert line.startswith(f"printers/mine.yaml:{line_of(shop, 'icc')}:6: error bad-icc: ") and words in line


@pytest.mark.parametrize("edge", EDGES)
def test_more_bleed_than_the_artwork_has_is_refused(edge: str, shop: Path) -> None:
    key = f"bleed-{edge}"
    assert wrong(shop, (f"{key}: 3", f"{key}: 6.01")) == [
        f"printers/mine.yaml:{line_of(shop, key)}:{len(key) + 3}: error printer-bleed: 6.01 mm bleed, more than the "
        "6 mm that the artwork reaches (ask the print shop for less)"]


def test_as_much_bleed_as_the_artwork_has_is_fine(shop: Path) -> None:
    for edge in EDGES:
        edit(shop / "printers" / "mine.yaml", f"bleed-{edge}: 3", f"bleed-{edge}: 6")
    printer, findings = judged("mine", shop)
    assert printer and findings == () and set(printer.bleed.values()) == {MOST_BLEED}


def test_artwork_reaches_as_far_as_printers_may_ask() -> None:
    assert PROFILES["print"].bleed == MOST_BLEED
    assert f"bleed: {MOST_BLEED:g}mm;" in (STYLES / "print.css").read_text()


def test_slug_too_small_for_marks_is_refused(shop: Path) -> None:
    assert wrong(shop, ("marks: none", "marks: crop"), ("slug: 0", "slug: 6.9")) == [
        f"printers/mine.yaml:{line_of(shop, 'slug')}:7: error printer-slug: crop marks need 7 mm beyond the bleed, the "
        "slug has 6.9 (make the slug larger, or leave the marks out)"]


@pytest.mark.parametrize(("marks", "slug"), [("crop", f"{MARK_ROOM:g}"), ("none", "6.9"), ("none", "0")])
def test_slug_may_be_as_small_as_the_marks_allow(marks: str, slug: str, shop: Path) -> None:
    edit(shop / "printers" / "mine.yaml", "\nmarks: none", f"\nmarks: {marks}")
    edit(shop / "printers" / "mine.yaml", "\nslug: 0", f"\nslug: {slug}")
    printer, findings = judged("mine", shop)
    assert printer and findings == ()


@pytest.mark.parametrize(
    "change", [("ppi-error: 150", "ppi-error: 226"), ("ppi-warning: 225", "ppi-warning: 301"),
               ("ppi-target: 300", "ppi-target: 451"), ("ppi-most: 450", "ppi-most: 299")], ids=str)
def test_resolutions_out_of_order_are_refused(change: tuple[str, str], shop: Path) -> None:
    assert wrong(shop, change) == [
        f"printers/mine.yaml:{line_of(shop, 'ppi-error')}:12: error printer-resolution: the resolutions are not in the "
        "order error, warning, target, most (put them in order)"]


def test_several_contradictions_are_told_at_once(shop: Path) -> None:
    lines = wrong(
        shop, ("bleed-head: 3", "bleed-head: 9"), ("bleed-foot: 3", "bleed-foot: 9"), ("marks: none", "marks: crop"),
        ("ppi-error: 150", "ppi-error: 999"), ("icc: ../icc/ISOcoated_v2_300_bas.icc", "icc: no.icc"))
    assert [line.split(" ")[2].rstrip(":") for line in lines] == [
        "icc-missing", "printer-bleed", "printer-bleed", "printer-slug", "printer-resolution"]


@pytest.mark.parametrize(
    ("old", "new", "column", "words"),
    [
        ("bleed-head: 3", "bleed-head: 3 mm", 13, "wrong-type: '3 mm' in 'bleed-head' is no number"),
        ("bleed-head: 3", "bleed-head: 2,5", 13, "wrong-type: '2,5' in 'bleed-head' is no number"),
        ("slug: 0", "slug: -1", 7, "wrong-type: '-1' in 'slug' is no number"),
        ("slug: 0", "slug: [1]", 7, "wrong-type: 'slug' must be a text, not a list"),
        ("slug: 0", "slug: ''", 7, "empty-value: 'slug' is empty"),
        ("slug: 0", "slug: nan", 7, "wrong-type: 'nan' in 'slug' is no number"),
        ("multiple: 4", "multiple: 0", 11, "wrong-type: '0' in 'multiple' is no whole number"),
        ("multiple: 4", "multiple: 2.5", 11, "wrong-type: '2.5' in 'multiple' is no whole number"),
        ("spots: []", "spots: Gull", 8, "wrong-type: 'spots' must be a list, not the text 'Gull'"),
        ("marks: none", "marks: croop", 8, "bad-choice: 'croop' is no 'marks' (did you mean 'crop'?)"),
        ("standard: PDF/X-4", "standard: PDF/X-3", 11, "bad-choice: 'PDF/X-3' is no 'standard' (did you mean"),
        ("overprint-black: yes", "overprint-black: true", 18, "bad-choice: 'true' is no 'overprint-black'"),
        ("pages: single", "pages: one", 8, "bad-choice: 'one' is no 'pages' (one of single, spreads)"),
        ("registry: http://www.color.org", "registry: color.org", 11, "bad-url: 'color.org' in 'registry' is no web"),
        ("slug: 0", "slog: 0", 1, "unknown-key: unknown key 'slog' (did you mean 'slug'?)"),
    ])
def test_value_of_another_kind_is_told_with_line_and_column(
    old: str, new: str, column: int, words: str, shop: Path
) -> None:
    line = line_of(shop, old.partition(":")[0])
    first = next(one for one in wrong(shop, (old, new)) if "missing-key" not in one)
    assert first.startswith(f"printers/mine.yaml:{line}:{column}: error {words}")


@pytest.mark.parametrize("text", ["", "name", "- name", "name: [", "name: a\nname: b\n", "\xff"])
def test_file_that_is_no_printer_is_told(text: str, shop: Path) -> None:
    (shop / "printers" / "mine.yaml").write_bytes(text.encode("latin-1"))
    lines = told(shop)
    assert lines and all(line.startswith("printers/mine.yaml:") for line in lines)


# ---- how many pages can be stitched


def test_booklet_that_can_be_stitched_is_fine() -> None:
    printer = shipped_printer()
    assert check_length(4, printer) == () == check_length(printer.most_stitched, printer) == check_length(9999, None)


def test_thicker_booklet_is_told_of() -> None:
    printer = shipped_printer()
    most = printer.most_stitched
    (finding,) = check_length(most + 4, printer)
    assert (finding.code, finding.severity) == ("too-many-to-stitch", Severity.WARNING)
    assert finding.message == f"{most + 4} pages cannot be saddle-stitched: 'sheetfed' takes up to {most}"
    assert finding.position == printer.position and finding.hint


# ---- the catalogue


def test_every_code_of_printers_has_its_reason() -> None:
    assert REPORTED - CODES.keys() == set()
    source = (Path(__file__).parents[1] / "booklet" / "printers.py").read_text()
    assert {code for code in CODES if f'"{code}"' in source} == REPORTED
