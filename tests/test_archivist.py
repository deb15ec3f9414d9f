"""The archivist's commands, to their ends: verify, rebuild, facts."""

import csv
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pikepdf
import pytest
from making import STYLES, edit, lay_tiny, run, tool
from msgspec import Struct
from msgspec.structs import replace
from test_repository import commit, git

from booklet.collector import Collector
from booklet.runs import Run, read_runs, write_run

FILE, HEIM, HANDOUT = (f"lite-hefte-2021-{name}.pdf" for name in ("print", "handout-heim", "handout-arbeid"))
TEXT = "themes/heim/text.md"


class Desk(Struct, frozen=True):
    """A repository with the tiny booklet, printed once and edited since."""

    home: Path
    printed: bytes

    def run(self, *words: object) -> "subprocess.CompletedProcess[str]":
        """Run a command there."""
        return run(*words, cwd=self.home)

    @property
    def frozen(self) -> Run:
        """Return the run as it is on record."""
        (only,) = read_runs(self.home / "content", Collector())
        return only

    def page_with(self, file: str, words: str) -> str:
        """Return the page of a mailed file that says some words."""
        pages = tool("pdftotext", self.home / "mailed" / file, "-").split("\f")
        (page,) = [number for number, said in enumerate(pages, 1) if words in " ".join(said.split())]
        return str(page)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a desk."""
    home = tmp_path_factory.mktemp("desk")
    lay_tiny(home)
    shutil.copytree(STYLES, home / "styles")
    (home / ".gitignore").write_text("dist\nmailed\n.booklet-cache\n")
    git(home, "init", "-q")
    commit(home, "første opplag")
    assert run("freeze", "--run", 1, "--copies", 500, cwd=home).returncode == 0
    assert run("build", "--profile", "screen", "--profile", "handout", cwd=home).returncode == 0
    shutil.copytree(home / "dist", home / "mailed")
    edit(home / "content" / TEXT, "nesten alle", "nesten kvar og ein")
    commit(home, "etterpå")
    return Desk(home, (home / "dist" / FILE).read_bytes())


@pytest.fixture
def spoil(desk: Desk) -> Iterator[Callable[..., None]]:
    """Return what writes the record of a second run, like the first but for what is told."""
    record = desk.home / "content" / "runs" / "2021-2.yaml"

    def write(**more: str) -> None:
        frozen = desk.frozen
        second = replace(frozen, stamp=replace(frozen.stamp, run="2", **more))
        record.write_text(write_run(second, desk.home / "content"), encoding="utf-8")

    yield write
    record.unlink()


def test_frozen_file_is_known_with_the_paragraph_that_changed_and_its_page(desk: Desk) -> None:
    made = desk.run("verify", f"mailed/{FILE}")
    page = desk.page_with(FILE, "nesten alle")
    assert made.returncode == 0 and "the frozen run 2021-1, to the byte" in made.stdout, made.stderr
    (told,) = [line for line in made.stdout.splitlines() if "since:" in line]
    assert told.startswith(f"  edited since: {TEXT}:5: paragraph (page {page}): ")
    assert told.count("[-") == 1 and "{+kvar og ein" in told


@pytest.mark.parametrize("file", [HEIM, FILE.replace("print", "screen")])
def test_copy_of_an_older_revision_is_known_with_what_changed_on_its_own_pages(file: str, desk: Desk) -> None:
    told = json.loads(desk.run("verify", f"mailed/{file}", "--format", "json").stdout)
    assert told["verdict"] == "revision" and told["revision"].endswith("første opplag")
    (change,) = told["changes"]
    page = desk.page_with(file, "nesten alle")
    assert [change[name] for name in ("kind", "what", "path", "line", "pages")] == [
        "edited", "paragraph", TEXT, 5, [page]]


def test_copy_laid_out_otherwise_names_the_pages_of_the_unit(desk: Desk) -> None:
    """As when another version of the program made it."""
    looks = desk.home / "looks"
    shutil.copytree(STYLES, looks)
    edit(looks / "booklet.css", "--body: 9.4pt;", "--body: 14pt;")
    told = json.loads(desk.run("verify", f"mailed/{HEIM}", "--format", "json", "--styles", looks).stdout)
    assert [one["pages"] for one in told["changes"]] == [["1–2"]]


def test_copy_is_told_what_changed_of_its_own_and_nothing_that_nobody_reads(desk: Desk) -> None:
    content = desk.home / "content"
    edit(content / TEXT, "nesten kvar og ein*", "nesten\n  alle*")
    with (content / "themes" / "arbeid" / "text.md").open("a") as text:
        text.write("\nEit avsnitt til.\n")
    edit(content / "booklet.yaml", "\ntitle: ", "\ntitle: Ny ")
    said = [desk.run("verify", f"mailed/{file}", "--format", "json").stdout for file in (HEIM, FILE)]
    handout, whole = map(json.loads, said)
    git(desk.home, "checkout", "-q", ".")
    assert [(one["what"], one["pages"]) for one in handout["changes"]] == [("metadata", ["1"])]
    assert {one["path"] for one in whole["changes"]} == {"booklet.yaml", "themes/arbeid/text.md"}


def test_white_space_alone_is_said_to_be_read_by_nobody(desk: Desk) -> None:
    edit(desk.home / "content" / TEXT, "nesten kvar og ein*", "nesten\n  alle*")
    made = desk.run("verify", f"mailed/{FILE}")
    git(desk.home, "checkout", "-q", ".")
    assert f"edited since: {TEXT} (pages" in made.stdout and "is read in this copy" in made.stdout


def test_content_that_is_not_sound_is_told_file_by_file(desk: Desk) -> None:
    edit(desk.home / "content" / TEXT, "](term:bulyst)", "](term:bolyst)")
    made = desk.run("verify", f"mailed/{FILE}")
    git(desk.home, "checkout", "-q", ".")
    assert made.returncode == 0 and f"  edited since: {TEXT} (page" in made.stdout
    assert "not compared block by block: the content of" in made.stdout


def test_handout_that_somebody_mails_is_known_by_its_own_files(desk: Desk) -> None:
    made = desk.run("verify", f"mailed/{HANDOUT}", "--format", "json")
    told = json.loads(made.stdout)
    assert (made.returncode, told["verdict"], told["themes"], told["changes"]) == (0, "current", ["arbeid"], [])


def test_file_says_its_fingerprint_where_a_reader_finds_it(desk: Desk) -> None:
    told = json.loads(desk.run("verify", f"mailed/{HANDOUT}", "--format", "json").stdout)
    said = subprocess.run(
        ["pdftotext", "-l", "1", desk.home / "mailed" / HANDOUT, "-"], check=True, capture_output=True, text=True)
    digits = told["fingerprint"]
    assert f"Fingeravtrykk {digits[:4]} {digits[4:8]}" in said.stdout.replace("\u00a0", " ")


@pytest.mark.parametrize(("name", "code"), [("altered", 3), ("foreign", 3), ("cut", 4), ("text", 4)])
def test_file_that_is_not_ours_any_longer_ends_otherwise(name: str, code: int, desk: Desk, tmp_path: Path) -> None:
    path, data = tmp_path / "file.pdf", bytearray(desk.printed)
    if name == "foreign":
        pdf = pikepdf.new()
        pdf.add_blank_page()
        pdf.save(path)
    else:
        data[len(data) // 2] ^= 1
        path.write_bytes({"altered": bytes(data), "cut": desk.printed[:-3000], "text": b"Hei"}[name])
    made = desk.run("verify", path)
    assert made.returncode == code and str(path) in made.stdout


def test_frozen_run_is_made_anew_to_the_byte_from_its_revision(desk: Desk, tmp_path: Path) -> None:
    assert desk.frozen.stamp.git == git(desk.home, "rev-parse", "HEAD~1"), "the content has gone on since"
    made = desk.run("rebuild", "run:2021-1", "--output", tmp_path)
    assert made.returncode == 0, made.stderr
    assert (tmp_path / FILE).read_bytes() == desk.printed


def test_frozen_run_without_a_revision_is_made_anew_from_the_present_content(desk: Desk, tmp_path: Path) -> None:
    lay_tiny(tmp_path)
    shutil.copytree(STYLES, tmp_path / "styles")
    assert run("freeze", "--run", 1, "--copies", 500, cwd=tmp_path).returncode == 0
    made = run("rebuild", "run:2021-1", "--output", "again", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "again" / FILE).read_bytes() == desk.printed


@pytest.mark.parametrize(("more", "told"), [
    ({"program": "0" * 64}, "the program is another"), ({"git": ""}, "the content folder 'content' is not as it was"),
    ({"git": "0" * 40}, "revision 000000000000: there is no revision"), ({"sha256": "0" * 64}, "makes another file")])
def test_run_that_cannot_be_made_anew_is_not_written_and_says_why(
    more: dict[str, str], told: str, desk: Desk, spoil: Callable[..., None], tmp_path: Path,
) -> None:
    spoil(**more)
    made = desk.run("rebuild", "run:2021-2", "--output", tmp_path / "out")
    assert made.returncode == 4 and told in made.stderr and "nothing was written" in made.stderr
    assert not (tmp_path / "out").exists()


def test_run_that_is_not_frozen_is_named(desk: Desk) -> None:
    made = desk.run("rebuild", "run:1999-1")
    assert made.returncode == 2 and "there is no run 'run:1999-1'" in made.stderr


def test_facts_are_told_with_their_pages_in_every_form(desk: Desk) -> None:
    places = "--on", "2022-01-01"
    text, table, tree = (desk.run("facts", *places, "--format", form) for form in ("text", "csv", "json"))
    assert text.returncode == 0 and text.stderr == "" and "newcomers-2020: 1240 personar" in text.stdout
    head, *rows = csv.reader(StringIO(table.stdout))
    facts = json.loads(tree.stdout)
    assert len(rows) == len(facts) and head[0] == "id"
    assert facts[0]["pages"] and facts[0]["handouts"]["heim"]


def test_facts_past_review_are_a_warning_and_strictly_an_error(desk: Desk) -> None:
    late = desk.run("facts", "--on", "2024-01-01")
    assert late.returncode == 0 and "warning fact-review: 2 facts are past review" in late.stderr
    assert desk.run("facts", "--on", "2024-01-01", "--strict").returncode == 1
    assert desk.run("check", "--on", "2024-01-01", "--strict").returncode == 1
    assert desk.run("check", "--strict").returncode == 0, "on the edition's own day nothing is due"
    assert desk.run("check", "--on", "24.12.").returncode == 2


def test_build_says_what_is_past_review_and_makes_the_same_bytes(desk: Desk) -> None:
    words = "build", "--profile", "print"
    assert desk.run(*words).stderr == ""
    before = (desk.home / "dist" / FILE).read_bytes()
    for _ in range(2):
        made = desk.run(*words, "--on", "2024-01-01")
        assert made.returncode == 0 and "fact-review" in made.stderr, "said once, said again"
    assert (desk.home / "dist" / FILE).read_bytes() == before
    assert desk.run(*words, "--on", "2024-01-01", "--strict").returncode == 1


def test_list_of_facts_is_written_for_a_desk(desk: Desk) -> None:
    made = desk.run("facts", "--on", "2024-01-01", "--format", "pdf")
    path = desk.home / "dist" / "lite-hefte-2021-facts.pdf"
    assert made.returncode == 0 and path.name in made.stdout
    said = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout
    assert "Tal og fakta" in said and "Skal sjåast på no" in said and "newcomers-2020" in said
