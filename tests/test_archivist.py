"""The archivist's commands, to their ends: verify, rebuild, facts."""

import csv
import json
import shutil
import subprocess
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pikepdf
import pytest
from making import STYLES, edit, lay_tiny, run

from booklet.program import decisive, program

FILE, HANDOUT = "lite-hefte-2021-print.pdf", "lite-hefte-2021-handout-arbeid.pdf"
TEXT = "themes/heim/text.md"


@dataclass(frozen=True)
class Desk:
    """A repository with the tiny booklet, printed once and edited since."""

    home: Path
    commit: str
    """The revision that was printed."""
    printed: bytes

    def run(self, *words: object) -> "subprocess.CompletedProcess[str]":
        """Run a command there."""
        return run(*words, cwd=self.home)

    def freeze(self, name: str, **more: str) -> None:
        """Write the record of a run, as far as it matters here."""
        said = {"edition": '"2021"', "run": name, "file": FILE, "profile": "print", "printer": "sheetfed",
                "sha256": sha256(self.printed).hexdigest(), "git": self.commit, "program": program(), **more}
        rows = [f"{key}: {value}".rstrip() for key, value in said.items()]
        versions = [f"- {one}" for one in decisive()]
        (self.home / "content" / "runs").mkdir(exist_ok=True)
        record = self.home / "content" / "runs" / f"2021-{name}.yaml"
        record.write_text("\n".join([*rows, "versions:", *versions]) + "\n")


def git(home: Path, *words: str) -> str:
    """Let git do something."""
    who = ["-c", "user.name=A", "-c", "user.email=a@b.no", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", "-C", str(home), *who, *words], check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a desk."""
    home = tmp_path_factory.mktemp("desk")
    lay_tiny(home)
    shutil.copytree(STYLES, home / "styles")
    (home / ".gitignore").write_text("dist\n.booklet-cache\n")
    git(home, "init", "-q")
    git(home, "add", "-A")
    git(home, "commit", "-qm", "første opplag")
    assert run("build", "--profile", "print", "--profile", "handout", cwd=home).returncode == 0
    shutil.copytree(home / "dist", home / "mailed")
    one = Desk(home, git(home, "rev-parse", "HEAD").strip(), (home / "dist" / FILE).read_bytes())
    edit(home / "content" / TEXT, "nesten alle", "nesten kvar og ein")
    git(home, "commit", "-qam", "etterpå")
    return one


def test_file_of_an_older_revision_is_known_with_what_changed_on_its_pages(desk: Desk) -> None:
    made = desk.run("verify", f"mailed/{FILE}")
    assert made.returncode == 0 and "første opplag" in made.stdout
    assert f"edited since: {TEXT} (page" in made.stdout


def test_handout_that_somebody_mails_is_known_by_its_own_files(desk: Desk) -> None:
    made = desk.run("verify", f"mailed/{HANDOUT}", "--format", "json")
    told = json.loads(made.stdout)
    assert (made.returncode, told["verdict"], told["themes"], told["changes"]) == (0, "current", ["arbeid"], [])


def test_file_says_its_fingerprint_where_a_reader_finds_it(desk: Desk) -> None:
    told = json.loads(desk.run("verify", f"mailed/{HANDOUT}", "--format", "json").stdout)
    said = subprocess.run(
        ["pdftotext", "-l", "1", desk.home / "mailed" / HANDOUT, "-"], check=True, capture_output=True, text=True)
    digits = told["fingerprint"]
    assert f"Fingeravtrykk: {digits[:4]} {digits[4:8]}" in said.stdout.replace("\u00a0", " ")


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
    desk.freeze("1")
    made = desk.run("rebuild", "run:2021-1", "--output", tmp_path)
    assert made.returncode == 0, made.stderr
    assert (tmp_path / FILE).read_bytes() == desk.printed
    assert "the frozen run 2021-1" in desk.run("verify", tmp_path / FILE).stdout


@pytest.mark.parametrize(("more", "told"), [
    ({"program": "0" * 64}, "the program is another"), ({"git": ""}, "makes another file"),
    ({"git": "0" * 40}, "revision 000000000000"), ({"sha256": "0" * 64}, "makes another file")])
def test_run_that_cannot_be_made_anew_is_not_written_and_says_why(
    more: dict[str, str], told: str, desk: Desk, tmp_path: Path,
) -> None:
    desk.freeze("2", **more)
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
