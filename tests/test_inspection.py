"""The whole inspection: faults planted in a small booklet or its styles, found at their lines; pictures and figures."""

import json
import shutil
from pathlib import Path

import pytest
from making import STYLES, edit, lay_tiny, run, say_nothing

from booklet.inspection import Asked, Report, inspect
from booklet.marking import mark_pages
from booklet.summary import hyphens, lines, record

WIDE = "B1" * 45
"""Longer than a line, and without a place to break it."""
BROAD = WIDE[:64]
"""Wider than its column, and yet on the page."""
TEXT = "themes/heim/text.md"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cache that all tests here share."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a folder with the tiny booklet and the shipped styles."""
    lay_tiny(tmp_path)
    shutil.copytree(STYLES, tmp_path / "styles")
    return tmp_path


def inspected(home: Path, cache: Path, **changes: object) -> Report:
    """Return what is said about the booklet of a folder."""
    return inspect(Asked(home / "content", home / "styles", cache, **changes), say_nothing)  # type: ignore[arg-type]


def found(report: Report, code: str) -> list[str]:
    """Return where a fault is found: file and line."""
    places = [finding.position for finding in report.findings if finding.code == code]
    return [f"{place.path.name}:{place.line}" for place in places if place]


def plant(home: Path, name: str, text: str) -> int:
    """Put a paragraph at the end of a file; returns its line."""
    path = home / "content" / name
    before = path.read_text(encoding="utf-8").rstrip("\n")
    path.write_text(f"{before}\n\n{text}\n", encoding="utf-8")
    return before.count("\n") + 3


def test_word_too_wide_for_its_column_is_found_at_its_line(home: Path, cache: Path) -> None:
    line = plant(home, TEXT, f"Et avsnitt med flere ord i som går over\nto linjer {WIDE} og så litt til.")
    report = inspected(home, cache)
    assert [*found(report, "too-wide"), *found(report, "off-the-page")] == [f"text.md:{line + 1}"]


def test_waiver_says_why_and_the_fault_is_told_no_more(home: Path, cache: Path) -> None:
    plant(home, TEXT, f"<!-- lint: off-the-page because it is what we show -->\n\n{WIDE}")
    plant(home, TEXT, f"<!-- lint: too-wide because it is what we show -->\n\nOg {BROAD}")
    report = inspected(home, cache)
    told = {finding.code for finding in report.findings}
    assert report.waived and not told & {"too-wide", "off-the-page", "waiver-reason", "waiver-code"}


@pytest.mark.parametrize(("comment", "code"), [
    ("<!-- lint: widow because of nothing -->", "waiver-idle"), ("<!-- lint: widow -->", "waiver-reason"),
    ("<!-- lint: window because of it -->", "waiver-code"),
])
def test_waiver_that_waives_nothing_is_found_at_its_line(home: Path, cache: Path, comment: str, code: str) -> None:
    line = plant(home, TEXT, f"{comment}\n\nOrd.")
    assert found(inspected(home, cache), code) == [f"text.md:{line}"]


def test_budget_that_is_overrun_is_found_at_its_key(home: Path, cache: Path) -> None:
    edit(home / "content" / "booklet.yaml", "\nslug:", "\nbudget: 4\nslug:")
    report = inspected(home, cache)
    number = (home / "content" / "booklet.yaml").read_text().split("\n").index("budget: 4") + 1
    assert found(report, "over-budget") == [f"booklet.yaml:{number}"]
    edit(home / "content" / "booklet.yaml", "\nbudget: 4\n", "\nbudget: 99\n")
    assert found(inspected(home, cache), "over-budget") == []


def test_type_that_a_style_makes_too_small_is_found_at_its_line(home: Path, cache: Path) -> None:
    line = plant(home, TEXT, "Ord som er små.")
    with open(home / "styles" / "booklet.css", "a", encoding="utf-8") as sheet:
        sheet.write("\np { font-size: 6pt }\n")
    assert f"text.md:{line}" in found(inspected(home, cache), "small-type")


def test_colour_that_a_style_makes_faint_is_found(home: Path, cache: Path) -> None:
    line = plant(home, TEXT, "Ord som er bleike.")
    with open(home / "styles" / "booklet.css", "a", encoding="utf-8") as sheet:
        sheet.write("\np { color: var(--line) }\n")
    assert f"text.md:{line}" in found(inspected(home, cache), "faint-words")


def test_demands_are_the_designers(home: Path, cache: Path) -> None:
    edit(home / "styles" / "setting.yaml", "smallest: 7 ", "smallest: 30 ")
    assert len(found(inspected(home, cache), "small-type")) > 20


def test_exception_of_hyphenation_is_used_by_the_engine(home: Path, cache: Path) -> None:
    plant(home, TEXT, " ".join(f"{'a' * (number % 11)} integreringen" for number in range(80)))
    before = {one.word for verdict in inspected(home, cache).verdicts for one in verdict.breaks}
    (home / "content" / "hyphenation.yaml").write_text("words: [integ-reringen]\n", encoding="utf-8")
    report = inspected(home, cache)
    after = {one.word for verdict in report.verdicts for one in verdict.breaks if "nteg" in one.word}
    assert before and after <= {"Integ-reringen", "integ-reringen"} and after
    assert any("nteg-reringen (page" in line for line in hyphens(report))


def test_second_inspection_lays_nothing_out(home: Path, cache: Path) -> None:
    first = inspected(home, cache)
    steps: list[bool] = []
    again = inspect(Asked(home / "content", home / "styles", cache), lambda step: steps.append(step.kept))
    assert all(steps) and steps
    assert (again.findings, record(again)) == (first.findings, record(first))


def test_figures_of_each_copy_are_told(home: Path, cache: Path) -> None:
    report = inspected(home, cache, profiles=("handout",), themes=("heim",))
    told = "\n".join(lines(report))
    assert "handout-heim.pdf" in told and "on the baseline grid" in told and "at most 8 wanted" in told
    copy, = record(report)["copies"]  # type: ignore[misc]
    assert copy["profile"] == "handout" and copy["pages"] >= 1 and 0 <= copy["on_grid"] <= 100


def test_pictures_show_the_pages_with_faults(home: Path, cache: Path) -> None:
    plant(home, TEXT, WIDE)
    report = inspected(home, cache, pictures=True)
    (verdict,), (pdf,) = report.verdicts, report.files
    pictures = dict(mark_pages(pdf, verdict))
    assert pictures.keys() == {remark.page for remark in verdict.remarks if remark.page >= 0}
    assert all(picture.startswith(b"\x89PNG") for picture in pictures.values())


def test_command_tells_and_ends_as_others_do(home: Path, cache: Path) -> None:
    plant(home, TEXT, WIDE)
    words = "lint", "--content", home / "content", "--styles", home / "styles", "--cache", cache
    made = run(*words, "--format", "json", "--picture", home / "seen")
    told = json.loads(made.stdout)
    assert made.returncode == 1 and list((home / "seen").glob("*.png"))
    wide, = (one for one in told["findings"] if one["code"] == "off-the-page")
    assert wide["path"].endswith(TEXT) and wide["profile"] == "print" and len(wide["box_mm"]) == 4
    assert run(*words, "--theme", "none").returncode == 2
    (home / "content" / "booklet.yaml").unlink()
    assert run(*words).returncode == 1
