"""The editor's journey: a run is frozen in a scratch repository, the content is edited, and the paper is asked."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from making import STYLES, edit, lay_tiny, run, say_nothing, shipped_printer, tool
from msgspec.structs import replace
from test_repository import commit, git

from booklet.bulletin import lines_of, record_of
from booklet.collector import Collector
from booklet.comparison import Comparison, contrast
from booklet.corrections import correct
from booklet.freezing import Freezing, Frozen, Ice, freeze
from booklet.memory import Memory
from booklet.runs import Run, read_runs, write_run
from booklet.states import Desk, NoState, load, working_state
from booklet.store import Store
from booklet.words import read_revision_words

TEXT = "themes/heim/text.md"
WORDS = read_revision_words("nn", Memory(Store(None)))


def order(home: Path, number: int = 1) -> Freezing:
    """Return the order to freeze the booklet in ``home``."""
    return Freezing(
        home / "content", STYLES, home / "dist", home / "cache", "sheetfed", number, 500, "2021-06-01", jobs=1)


def desk(home: Path) -> Desk:
    """Return where states of the booklet in ``home`` are looked for."""
    return Desk(home / "content", STYLES, home / "cache", shipped_printer(), say_nothing)


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ice]:
    """Return the tiny booklet in a repository, frozen and committed."""
    home = tmp_path_factory.mktemp("editor")
    lay_tiny(home)
    (home / ".gitignore").write_text("dist\ncache\n")
    git(home, "init", "-q", ".")
    commit(home)
    ice = freeze(order(home), say_nothing)
    commit(home, "run 1")
    return home, ice


@pytest.fixture
def home(frozen: tuple[Path, Ice]) -> Iterator[Path]:
    """Return the repository, which is put back as it was afterwards."""
    yield frozen[0]
    git(frozen[0], "checkout", "-q", ".")
    git(frozen[0], "clean", "-qfd", "content")


def compared(home: Path, old: str = "run:2021-1", new: str = "") -> Comparison:
    """Return what changed since the run, or from another state to another."""
    place = desk(home)
    return contrast(load(old, place), load(new, place) if new else working_state(place))


def the_run(home: Path) -> Run:
    """Return the only run that is on record."""
    found = Collector()
    (only,) = read_runs(home / "content", found)
    assert found.findings == ()
    return only


# ---- the record


def test_record_says_what_was_printed(home: Path, frozen: tuple[Path, Ice]) -> None:
    record, ice = the_run(home), frozen[1]
    assert ice.findings == () and ice.record == home / "content" / "runs" / "2021-1.yaml" and ice.file
    stamp = record.stamp
    assert (stamp.edition, stamp.run, stamp.copies, stamp.date, stamp.printer) == (
        "2021", "1", "500", "2021-06-01", "sheetfed")
    assert stamp.sha256 == tool("sha256sum", ice.file).split()[0]
    assert re.search(rf"(?m)^Pages: +{stamp.pages}$", tool("pdfinfo", ice.file))
    assert {one.split()[0] for one in record.versions} >= {"weasyprint", "pyphen", "font-source-serif-pro"}


def test_record_that_is_read_and_written_is_the_same(home: Path) -> None:
    path = home / "content" / "runs" / "2021-1.yaml"
    assert write_run(the_run(home), home / "content") == path.read_text(encoding="utf-8")


def test_every_line_of_the_record_is_a_line_of_the_page(home: Path, frozen: tuple[Path, Ice]) -> None:
    record, checked = the_run(home), 0
    texts = re.sub(r"\(s\.\s(\d+)\)", "(s. …)", tool("pdftotext", "-raw", frozen[1].file, "-")).split("\f")
    running = {
        item.spots[0] for part in record.inventory.parts for item in part.items
        if item.spots and item.what in ("title", "lead", "heading", "paragraph", "footnote", "list", "box")}
    for spot, lines in record.lines.items():
        if spot not in running:
            continue  # words of a table, of key figures, of the glossary stand beside each other
        places = [one for one in record.whereabouts.get(spot, ()) for _ in range(one.lines)]
        for line, place in zip(lines, places, strict=bool(places)):
            rows = [plain(row) for row in texts[int(place.page) - 1].splitlines()]
            assert any(plain(line) in row for row in rows), f"{line!r} is no line of page {place.page}"
            checked += 1
    assert checked > 40


def plain(text: str) -> str:
    """Return the letters and figures of a line."""
    return re.sub(r"\W", "", text).lower()


def test_run_is_frozen_once(home: Path) -> None:
    with pytest.raises(Frozen, match="is there already"):
        freeze(order(home), say_nothing)


def test_run_names_the_revision_that_holds_just_its_content(home: Path) -> None:
    first = git(home, "rev-list", "--max-parents=0", "HEAD")
    assert the_run(home).stamp.git == "", "the styles do not lie in this repository"
    assert first


def test_record_that_was_changed_is_refused_with_its_place(home: Path) -> None:
    path = home / "content" / "runs" / "2021-1.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^    at: .*$", "    at: somewhere", text, count=1), encoding="utf-8")
    (path.parent / "notes.txt").write_text("x")
    found = Collector()
    assert read_runs(home / "content", found) == ()
    assert [finding.code for finding in found.findings] == ["run-damaged", "run-name"]
    assert found.findings[0].position and found.findings[0].position.line > 20


def test_record_under_another_name_is_refused(home: Path) -> None:
    path = home / "content" / "runs" / "2021-1.yaml"
    path.rename(path.with_name("2021-2.yaml"))
    found = Collector()
    assert read_runs(home / "content", found) == ()
    assert [finding.code for finding in found.findings] == ["run-name"]


# ---- what changed


def test_nothing_is_nothing(home: Path) -> None:
    told = record_of(compared(home))
    assert (told["verdict"], told["changes"], told["reflowed_pages"]) == ("nothing", [], [])


def test_record_for_programs_has_the_shape_that_was_promised(home: Path) -> None:
    edit(home / "content" / TEXT, "Å bli er noko anna", "Å bli er vanskelegare")
    edit(home / "content" / TEXT, "Det heiter", "Somme seier at det heiter")
    told = record_of(compared(home))
    assert list(told) == ["old", "new", "verdict", "changes", "reflowed_pages", "units", "handouts"]
    changes = told["changes"]
    assert isinstance(changes, list)
    assert list(changes[0]) == [
        "kind", "what", "theme", "unit", "path", "line", "old_pages", "new_pages", "old_text", "new_text"]
    assert [(one["kind"], one["what"], one["unit"]) for one in changes] == [
        ("edited", "lead", "heim.text"), ("edited", "paragraph", "heim.text")]
    page = next(int(page) for unit, page in the_run(home).map if unit == "heim.text")
    assert [one["old_pages"] for one in changes] == [[page], [page]]
    assert changes[1]["path"].endswith(f"content/{TEXT}") and changes[1]["line"] == 5
    assert (told["verdict"], told["handouts"]) == ("errata", ["lite-hefte-2021-handout-heim.pdf"])


def test_revisions_are_compared_as_well_as_folders_and_runs(home: Path) -> None:
    first = git(home, "rev-list", "--max-parents=0", "HEAD")
    edit(home / "content" / TEXT, "Det heiter", "Det kallast")
    for old in (first[:9], "HEAD", "run:2021-1"):
        assert [change.kind for change in compared(home, old).changes] == ["edited"], old
    assert compared(home, first, "HEAD").changes == ()
    assert [change.kind for change in compared(home, "HEAD", str(home / "content")).changes] == ["edited"]


@pytest.mark.parametrize(("name", "told"), [
    ("run:2021-7", r"there is no run '2021-7' \(runs: 2021-1\)"), ("v9", "there is no revision 'v9', nor a folder"),
])
def test_unknown_state_is_told(name: str, told: str, home: Path) -> None:
    with pytest.raises(NoState, match=told):
        load(name, desk(home))


def test_name_of_a_folder_and_a_revision_is_ambiguous(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    git(home, "tag", "content")
    with pytest.raises(NoState, match=r"a folder and a revision: write './content' or '[0-9a-f]{12}'"):
        load("content", desk(home))
    assert load("./content", desk(home)).content == working_state(desk(home)).content
    git(home, "tag", "-d", "content")


def test_revision_that_does_not_validate_is_told_with_its_findings(home: Path) -> None:
    git(home, "checkout", "-q", "-b", "broken")
    edit(home / "content" / TEXT, "](term:bulyst)", "](term:bolyst)")
    commit(home)
    git(home, "checkout", "-q", "-")
    with pytest.raises(NoState, match="the content of 'broken' does not validate") as wrong:
        load("broken", desk(home))
    assert [(finding.code, finding.position and finding.position.line) for finding in wrong.value.findings] == [
        ("unknown-term", 7)]


def test_styles_that_changed_alone_change_no_content_but_pages(home: Path) -> None:
    looks = home / "looks"
    shutil.copytree(STYLES, looks, dirs_exist_ok=True)
    edit(looks / "booklet.css", "--body: 9.4pt;", "--body: 10.4pt;")
    place = replace(desk(home), styles=looks)
    told = contrast(load("run:2021-1", place), working_state(place))
    assert (told.verdict.word, told.changes, told.restyled) == ("nothing", (), True)
    assert told.reflowed and "the styles are not the same" in list(lines_of(told))
    shutil.rmtree(looks)


def test_white_space_alone_is_nothing_on_any_page(home: Path) -> None:
    edit(home / "content" / TEXT, "Det heiter", "Det\n   heiter")
    told = compared(home)
    assert (told.verdict.word, told.changes, told.reflowed, told.restyled) == ("nothing", (), (), False)


# ---- the slip


def test_slip_names_page_paragraph_and_line_as_they_are_printed(home: Path, frozen: tuple[Path, Ice]) -> None:
    edit(home / "content" / TEXT, "hadde ein grunn", "hadde ein god grunn")
    edit(home / "content" / TEXT, "framleis her. Meir", "framleis i bygda. Meir")
    told = correct(compared(home), WORDS)
    assert told.obstacles == () and [one.where for one in told.corrections] == [
        f"{nth} avsnitt, linje {one.line}" for nth, one in zip(("første", "andre"), told.corrections, strict=True)]
    for one in told.corrections:
        text = tool("pdftotext", "-raw", "-f", one.page, "-l", one.page, frozen[1].file, "-")
        rows = [plain(row) for row in text.splitlines()]
        head = rows.index(next(row for row in rows if row.startswith(("i2020flytta", "femåretter")) and plain(
            the_first(home, one.where))[:12] in row))
        assert plain(changed(one.what)) in rows[head + one.line - 1] + rows[head + one.line]


def the_first(home: Path, where: str) -> str:
    """Return how the paragraph begins that a correction is about."""
    return "I 2020 flytta" if where.startswith("første") else "Fem år etter"


def changed(what: str) -> str:
    """Return the third word of what is to be replaced: the first that changed, or the one before it."""
    return re.findall(r"‹?«([^»]*)»", what)[0].split()[1]


def test_slip_refuses_what_it_cannot_say(home: Path) -> None:
    drawing = home / "content" / "images" / "hus.svg"
    drawing.write_text(drawing.read_text().replace("</svg>", "<path d='M0 0h1v1z' fill='#14506e'/></svg>"))
    told = correct(compared(home), WORDS)
    assert any("a slip cannot show a picture" in reason for reason in told.obstacles)


def test_commands_make_slip_review_copy_and_pages_side_by_side(home: Path) -> None:
    edit(home / "content" / TEXT, "Det heiter", "Det kallast")
    where = "--content", home / "content", "--styles", STYLES, "--cache", home / "cache"
    out = "--output", home / "out"
    told = run("diff", "run:2021-1", "--format", "json", *where)
    assert told.returncode == 0 and json.loads(told.stdout)["verdict"] == "errata"
    slip = run("errata", "--since", "run:2021-1", *where, *out)
    assert (slip.returncode, slip.stderr) == (0, "")
    text = (home / "out" / "lite-hefte-2021-1-errata.txt").read_text(encoding="utf-8")
    assert "skal vere" in text and "kallast" in text
    info = tool("pdfinfo", home / "out" / "lite-hefte-2021-1-errata.pdf")
    assert "Pages:           1\n" in info and "PDF/X-4" in info
    shown = tool("pdftotext", home / "out" / "lite-hefte-2021-1-errata.pdf", "-")
    assert plain(text.split("\n")[4].split(": ", 1)[1]) in plain(shown)
    assert run("diff", "HEAD", "--format", "pdf", *where, *out).returncode == 0
    with pikepdf.open(home / "out" / "lite-hefte-2021-review.pdf") as pdf:
        said = [b"".join(part.read_bytes() for part in _parts(page)) for page in pdf.pages]
        assert [b"/Artifact BMC q" in one for one in said].count(True) == 1
    assert run("diff", "HEAD", "--format", "html", *where, *out).returncode == 0
    page = (home / "out" / "lite-hefte-2021-review.html").read_text(encoding="utf-8")
    assert page.count("data:image/png") == 2 and "http" not in page and page.count("class='mark edited'") == 2


def _parts(page: pikepdf.Page) -> list[pikepdf.Object]:
    """Return the streams of a page."""
    contents = page.obj.Contents
    return list(contents) if isinstance(contents, pikepdf.Array) else [contents]


def test_layout_that_moved_is_said_and_locked_refused(home: Path) -> None:
    where = "--content", home / "content", "--styles", STYLES, "--cache", home / "cache", "--output", home / "out"
    still = run("build", "--profile", "print", "--locked", *where)
    assert (still.returncode, still.stderr) == (0, "")
    edit(home / "content" / TEXT, "Det heiter", " ".join(["Eit langt avsnitt som fyller sida."] * 90) + " Det heiter")
    moved = run("build", "--profile", "print", *where)
    assert moved.returncode == 0 and "booklet: since run 2021-1: " in moved.stderr and "before" in moved.stderr
    locked = run("build", "--profile", "print", "--locked", *where)
    assert locked.returncode == 1 and " error layout-shift: " in locked.stderr
