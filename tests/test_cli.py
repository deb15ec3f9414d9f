"""The command line: words, exit codes, and what lies on the disk afterwards."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pytest
from making import ROOT, STYLES, edit, lay_tiny, run

from booklet.profiles import PROFILES

COMMANDS = ["build", "excerpt", "check", "list", "schema", "cache", "impose", "order", "verify", "rebuild", "facts"]
ENGINE = {"weasyprint", "PIL", "jinja2"}
HEAVY = {"weasyprint", "PIL", "jinja2", "pikepdf", "fontTools", "pypdfium2", "uharfbuzz"}


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cache that the builds of this file share."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a folder with the tiny booklet in it."""
    lay_tiny(tmp_path)
    return tmp_path


def build(home: Path, cache: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Build the tiny booklet's screen copy, unless told otherwise."""
    places = "--content", home / "content", "--styles", STYLES, "--output", home / "dist", "--cache", cache
    return run("build", *places, *(words or ("--profile", "screen")), cwd=home)


def files(folder: Path) -> dict[str, str]:
    """Return every file below a folder with its hash."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*")) if path.is_file()
    }


def loaded(*words: object) -> set[str]:
    """Return the heavy libraries that a command loads, as the interpreter tells."""
    command = [sys.executable, "-X", "importtime", ROOT / "build.py", *words]
    made = subprocess.run(list(map(str, command)), capture_output=True, text=True, cwd=ROOT, timeout=60)
    names = re.findall(r"^import time: +\d+ \| +\d+ \| +([\w.]+)$", made.stderr, re.MULTILINE)
    assert made.returncode == 0 and "booklet.cli" in names
    return HEAVY & {name.split(".")[0] for name in names}


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example_and_loads_nothing_heavy(command: str) -> None:
    made = run(command, "--help")
    assert made.returncode == 0 and made.stderr == ""
    assert re.search(rf"Examples:\n +booklet {command}", made.stdout)
    assert loaded(command, "--help") == set()


def test_help_names_every_command() -> None:
    made = run("--help")
    assert [command for command in COMMANDS if not re.search(rf"^  {command} ", made.stdout, re.MULTILINE)] == []
    assert made.returncode == 0


def test_check_and_list_load_nothing_heavy(home: Path) -> None:
    places = "--content", home / "content", "--styles", STYLES
    assert loaded("check", *places) == loaded("list", *places) == set()


def test_build_with_nothing_changed_loads_nothing_heavy_and_writes_nothing(home: Path, cache: Path) -> None:
    assert build(home, cache).returncode == 0
    before = {path: path.stat().st_mtime_ns for path in (home / "dist").iterdir()}
    places = "--content", home / "content", "--styles", STYLES, "--output", home / "dist", "--cache", cache
    assert loaded("build", *places, "--profile", "screen") == set()
    assert {path: path.stat().st_mtime_ns for path in (home / "dist").iterdir()} == before


def test_file_out_of_the_cache_needs_no_engine(home: Path, cache: Path) -> None:
    places = "--content", home / "content", "--styles", STYLES, "--output", home / "dist", "--cache", cache
    words = "excerpt", "arbeid", "--profile", "screen", *places
    assert run(*words).returncode == 0
    before = files(home / "dist")
    shutil.rmtree(home / "dist")
    assert loaded(*words) & ENGINE == set() and files(home / "dist") == before


def test_excerpt_of_units_out_of_the_cache_needs_no_engine(home: Path, cache: Path) -> None:
    """The file was never made; its pages were."""
    places = "--content", home / "content", "--styles", STYLES, "--output", home / "dist", "--cache", cache
    assert run("excerpt", "heim", "arbeid", *places).returncode == 0
    content = home / "content" / "booklet.yaml"
    edit(content, "published: ", "published: 2020-01-01 #")
    assert loaded("excerpt", "heim", "arbeid", *places) & ENGINE == set()


def test_build_tells_what_it_made(home: Path, cache: Path) -> None:
    made = build(home, cache)
    assert (made.returncode, made.stderr) == (0, "")
    head, row, together = made.stdout.splitlines()
    assert head.split() == ["file", "pages", "size", "seconds"]
    assert re.fullmatch(r"lite-hefte-2021-screen\.pdf +\d+ +[\d ]+ kB +\d+\.\d", row)
    assert re.fullmatch(r"together +\d+\.\d", together)
    assert list(files(home / "dist")) == ["lite-hefte-2021-screen.pdf"]


def test_file_that_was_removed_is_made_again(home: Path, cache: Path) -> None:
    build(home, cache)
    before = files(home / "dist")
    (home / "dist" / "lite-hefte-2021-screen.pdf").unlink()
    assert build(home, cache).returncode == 0 and files(home / "dist") == before


def test_excerpt_is_one_file(home: Path, cache: Path) -> None:
    places = "--content", home / "content", "--styles", STYLES, "--output", home / "dist", "--cache", cache
    made = run("excerpt", "arbeid", "heim", "--profile", "screen", *places, cwd=home)
    assert made.returncode == 0
    assert list(files(home / "dist")) == ["lite-hefte-2021-screen-heim-arbeid.pdf"]


def test_broken_content_leaves_the_old_files_and_ends_with_1(home: Path, cache: Path) -> None:
    build(home, cache)
    before = files(home / "dist")
    edit(home / "content" / "themes" / "heim" / "theme.yaml", "title:", "titel:")
    made = build(home, cache)
    assert made.returncode == 1 and made.stdout == "" and files(home / "dist") == before
    assert re.search(
        r"^\S+content/themes/heim/theme\.yaml:2:1: error unknown-key: unknown key 'titel' \(did you mean 'title'\?\)$",
        made.stderr, re.MULTILINE)
    assert made.stderr.splitlines()[-1] == "booklet: 1 findings; nothing was written"


def test_fault_that_only_the_layout_shows_leaves_the_old_files_too(home: Path, cache: Path) -> None:
    build(home, cache)
    before = files(home / "dist")
    edit(home / "content" / "front" / "foreword.md", "Dette vesle", "Dette 漢 vesle")
    made = build(home, cache)
    assert made.returncode == 1 and files(home / "dist") == before
    assert re.search(r"foreword\.md:\d+:\d+: error (glyph-missing|foreign-face): ", made.stderr)


def test_error_in_one_file_keeps_all_from_being_written(home: Path, cache: Path) -> None:
    odd = home / "styles"
    subprocess.run(["cp", "-r", STYLES, odd], check=True)
    with (odd / "handout.css").open("a") as sheet:
        sheet.write(".points li { font-family: Nowhere }\n")
    places = "--content", home / "content", "--styles", odd, "--output", home / "dist", "--cache", cache
    made = run("build", "--profile", "screen", "--profile", "handout", *places)
    assert made.returncode == 1 and not (home / "dist").exists()
    assert re.search(r"error (foreign-face|glyph-missing): ", made.stderr)


def test_findings_go_to_standard_error_with_their_place(home: Path) -> None:
    edit(home / "content" / "front" / "foreword.md", "vesle heftet", "[vesle](term:vesle) heftet")
    made = run("check", "--content", "content", "--styles", STYLES, cwd=home)
    assert made.returncode == 1 and made.stdout == ""
    assert re.match(r"content/front/foreword\.md:4:\d+: error unknown-term: ", made.stderr)


def test_colour_of_a_drawing_is_checked_without_a_build(home: Path) -> None:
    edit(home / "content" / "images" / "hus.svg", "#14506e", "#123456")
    made = run("check", "--content", "content", "--styles", STYLES, cwd=home)
    assert made.returncode == 1 and "error colour-not-in-palette: the drawing uses '#123456'" in made.stderr


def test_check_in_json_speaks_on_standard_output(home: Path) -> None:
    edit(home / "content" / "front" / "foreword.md", "vesle heftet", "[vesle](term:vesle) heftet")
    made = run("check", "--content", "content", "--styles", STYLES, "--format", "json", cwd=home)
    (finding,) = json.loads(made.stdout)
    assert made.returncode == 1 and made.stderr == ""
    assert (finding["path"], finding["line"], finding["severity"], finding["code"]) == (
        "content/front/foreword.md", 4, "error", "unknown-term")
    assert finding["message"] and finding.keys() == {"path", "line", "column", "severity", "code", "message", "hint"}


def test_check_for_github_annotates_the_line(home: Path) -> None:
    edit(home / "content" / "front" / "foreword.md", "vesle heftet", "[vesle](term:vesle) heftet")
    made = run("check", "--content", "content", "--styles", STYLES, "--format", "github", cwd=home)
    assert re.match(r"::error file=content/front/foreword\.md,line=4,col=\d+::unknown-term: ", made.stdout)


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_check_of_sound_content_is_silent(form: str, home: Path) -> None:
    made = run("check", "--content", "content", "--styles", STYLES, "--format", form, cwd=home)
    assert (made.returncode, made.stdout.strip(), made.stderr) == (0, "[]" if form == "json" else "", "")


def test_list_shows_themes_and_files(home: Path) -> None:
    made = run("list", "--content", "content", "--styles", STYLES, cwd=home)
    assert "1  heim: Ein stad å kalle heim\n   heim.kaffi\n" in made.stdout
    told = json.loads(run("list", "--content", "content", "--styles", STYLES, "--format", "json", cwd=home).stdout)
    assert told["outputs"] == [
        "lite-hefte-2021-print.pdf", "lite-hefte-2021-screen.pdf", "lite-hefte-2021-handout-heim.pdf",
        "lite-hefte-2021-handout-arbeid.pdf"]
    assert [theme["id"] for theme in told["themes"]] == ["heim", "arbeid"]


def test_schema_is_json_and_can_be_written(tmp_path: Path) -> None:
    one = json.loads(run("schema", "theme").stdout)
    every = json.loads(run("schema").stdout)
    run("schema", "--output", tmp_path)
    assert every["theme"] == one == json.loads((tmp_path / "theme.schema.json").read_text())
    assert set(files(tmp_path)) == {f"{name}.schema.json" for name in every}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["build", "--theme", "fire"], "there is no theme 'fire' (themes: heim, arbeid)"),
        (["excerpt", "fire"], "there is no theme 'fire' (themes: heim, arbeid)"),
        (["excerpt"], "Missing argument"), (["build", "--profile", "wall"], "'wall' is not one of"),
        (["bild"], "No such command 'bild'"), (["build", "--nowhere"], "No such option"),
        (["check", "--format", "xml"], "'xml' is not one of"), (["schema", "fire"], "there is no schema 'fire'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_ends_with_2_and_says_what_there_is(words: list[str], told: str, home: Path) -> None:
    places = ("--content", "content", "--styles", STYLES) if words[0] in ("build", "excerpt") else ()
    made = run(*words, *places, cwd=home)
    assert made.returncode == 2 and told in made.stderr and made.stdout == ""
    assert not (home / "dist").exists()


def test_content_that_is_not_there_is_an_error_of_the_content(home: Path) -> None:
    made = run("build", "--content", "nowhere", "--styles", STYLES, cwd=home)
    assert made.returncode == 1 and "error missing-content" in made.stderr


def test_output_that_cannot_be_written_ends_with_4(home: Path, cache: Path) -> None:
    (home / "dist").write_text("a file")
    made = build(home, cache)
    assert made.returncode == 4 and "Traceback" not in made.stderr
    assert re.match(r"booklet: (FileExistsError|NotADirectoryError): ", made.stderr)


def test_strict_makes_warnings_forbid_the_build(home: Path, cache: Path, tmp_path: Path) -> None:
    odd = tmp_path / "styles"
    subprocess.run(["cp", "-r", STYLES, odd], check=True)
    with (odd / "screen.css").open("a") as sheet:
        sheet.write("p { float: middle }\n")
    places = ["--content", home / "content", "--styles", odd, "--output", home / "dist", "--cache", cache]
    strict = run("build", "--profile", "screen", "--strict", *places)
    assert strict.returncode == 1 and not (home / "dist").exists()
    assert re.search(r"screen\.css:\d+:\d+: warning style-ignored: ", strict.stderr)
    easy = run("build", "--profile", "screen", *places)
    assert easy.returncode == 0 and "warning style-ignored" in easy.stderr


def test_damaged_cache_costs_time_only(home: Path) -> None:
    kept = home / "cache"
    build(home, kept)
    before = files(home / "dist")
    shutil.rmtree(home / "dist")
    for path in kept.rglob("?" * 64):
        path.write_bytes(b"x" * 5000)
    made = build(home, kept)
    assert (made.returncode, made.stderr) == (0, "") and files(home / "dist") == before


def test_folder_that_cannot_be_a_cache_costs_time_only(home: Path, cache: Path) -> None:
    (home / "cache").write_text("a file")
    made = build(home, home / "cache", "--profile", "handout", "--theme", "heim")
    assert (made.returncode, made.stderr) == (0, "") and (home / "cache").read_text() == "a file"


def test_cache_lies_where_it_is_asked_for_or_beside_the_content(home: Path) -> None:
    words = "check", "--content", "content", "--styles", STYLES
    run(*words, cwd=home, XDG_CACHE_HOME=str(home / "xdg"))
    assert (home / "xdg" / "booklet").is_dir() and not (home / ".booklet-cache").exists()
    run(*words, "--cache", "here", cwd=home, XDG_CACHE_HOME=str(home / "xdg2"))
    assert (home / "here").is_dir() and not (home / "xdg2").exists()
    run(*words, cwd=home, XDG_CACHE_HOME="relative")
    assert (home / ".booklet-cache").is_dir() and not (home / "relative").exists()


def test_cache_can_be_shown_and_cleared(home: Path) -> None:
    run("check", "--content", "content", "--styles", STYLES, cwd=home)
    shown = run("cache", cwd=home).stdout.splitlines()
    assert shown == run("cache", "--show", cwd=home).stdout.splitlines() and shown[0] == ".booklet-cache"
    (entries,) = re.findall(r"^content files, read +(\d+) +\d+ kB$", "\n".join(shown), re.MULTILINE)
    assert int(entries) > 5 and re.match(rf"together +{entries} ", shown[-1])
    assert run("cache", "--clear", cwd=home).stdout == f"{entries} entries removed from .booklet-cache\n"
    assert re.match(r"together +0 +0 kB", run("cache", cwd=home).stdout.splitlines()[-1])


def test_cache_that_is_not_there_is_not_made_by_looking(home: Path) -> None:
    assert run("cache", "--clear", cwd=home).stdout == "0 entries removed from .booklet-cache\n"
    assert run("cache", "--show", cwd=home).returncode == 0 and not (home / ".booklet-cache").exists()


def test_reasons_are_told_when_asked(home: Path, cache: Path) -> None:
    build(home, cache)
    edit(home / "content" / "themes" / "heim" / "text.md", "brosjyre", "brosjyra")
    made = build(home, cache, "--profile", "screen", "-v")
    *reasons, together = made.stderr.splitlines()
    assert reasons == ["made heim.text (screen): its content changed"]
    assert re.fullmatch(r"units: 1 made, \d+ from the cache", together)


class Session:
    """A build that stays and watches; everything that it says is read line by line."""

    def __init__(self, home: Path, cache: Path) -> None:
        words = [sys.executable, "-u", ROOT / "build.py", "build", "--profile", "screen", "--watch", "--styles", STYLES]
        self.process = subprocess.Popen(
            [*map(str, words), "--cache", str(cache)], cwd=home, text=True, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT)
        self.limit = threading.Timer(60, self.process.kill)
        self.limit.start()

    def says(self, pattern: str) -> bool:
        """Wait until a line begins as is expected; tells whether one did."""
        assert self.process.stdout
        return any(re.match(pattern, line) for line in iter(self.process.stdout.readline, ""))

    def end(self) -> None:
        """Leave nothing running."""
        self.limit.cancel()
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def session(home: Path, cache: Path) -> Iterator[Session]:
    """Yield a build that watches the tiny booklet."""
    one = Session(home, cache)
    yield one
    one.end()


def test_watch_builds_at_every_save_goes_on_after_errors_and_ends_as_a_clean_build(
    session: Session, home: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    theme, text = (home / "content" / "themes" / "heim" / name for name in ("theme.yaml", "text.md"))
    assert session.says("lite-hefte-2021-screen.pdf ")
    assert session.says("together ")
    edit(text, "brosjyre", "brosjyra")
    assert session.says("together ")
    edit(theme, "title:", "title")
    assert session.says("booklet: .* nothing was written")
    edit(theme, "title ", "title: ")
    assert session.says("lite-hefte-2021-screen.pdf ")
    text.rename(home / "away.md")
    assert session.says("booklet: .* nothing was written")
    (home / "away.md").rename(text)
    assert session.says("lite-hefte-2021-screen.pdf ")
    booklet = home / "content" / "booklet.yaml"
    edit(booklet, "2021", "2022")
    assert session.says("lite-hefte-2022-screen.pdf ")
    assert session.says("together ")
    edit(text, "brosjyra", "brosjyra vår")
    assert session.says("together ")
    session.process.send_signal(signal.SIGINT)
    said, _ = session.process.communicate(timeout=30)
    assert session.process.returncode == 130 and "Traceback" not in said
    other = tmp_path_factory.mktemp("clean")
    shutil.copytree(home / "content", other / "content")
    run("build", "--profile", "screen", "--styles", STYLES, cwd=other)
    name = "lite-hefte-2022-screen.pdf"
    assert (other / "dist" / name).read_bytes() == (home / "dist" / name).read_bytes()


def test_version_is_told() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+\n", run("--version").stdout)


@pytest.fixture
def started(home: Path) -> Iterator[subprocess.Popen[str]]:
    """Yield a cold build of everything that is in the middle of its work."""
    (home / "dist").mkdir()
    for output in ("print", "screen"):
        (home / "dist" / f"lite-hefte-2021-{output}.pdf").write_text("old")
    words = [sys.executable, ROOT / "build.py", "build", "--styles", STYLES]
    made = subprocess.Popen(words, cwd=home, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    kept = home / ".booklet-cache"
    deadline = time.monotonic() + 60
    while not any(kept.glob("fragments/" + "?" * 64)) and time.monotonic() < deadline:
        time.sleep(0.01)
    yield made
    made.kill()
    for number in at_work(home):
        os.kill(number, signal.SIGKILL)
    made.communicate()


def at_work(home: Path) -> list[int]:
    """Return the processes that work in a folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if Path(os.readlink(process / "cwd")) == home:
                found.append(int(process.name))
    return found


@pytest.mark.parametrize(("stop", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_build_that_is_stopped_leaves_the_old_files_and_nothing_else(
    stop: signal.Signals, code: int, started: subprocess.Popen[str], home: Path
) -> None:
    started.send_signal(stop)
    stdout, stderr = started.communicate(timeout=60)
    assert started.returncode == code and stdout == "" and "Traceback" not in stderr
    assert {path.name: path.read_text() for path in (home / "dist").iterdir()} == {
        "lite-hefte-2021-print.pdf": "old", "lite-hefte-2021-screen.pdf": "old"}
    assert [path for path in home.rglob(".*") if path.is_file()] == []


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda one: one.name)
def test_build_that_is_stopped_leaves_no_process_and_no_lock_behind(
    stop: signal.Signals, started: subprocess.Popen[str], home: Path
) -> None:
    started.send_signal(stop)
    started.wait(60)
    deadline = time.monotonic() + 5
    while at_work(home) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert at_work(home) == []
    assert re.match(r"\d+ entries removed from ", run("cache", "--clear", cwd=home).stdout)


def test_build_goes_on_where_a_stopped_one_ended(started: subprocess.Popen[str], home: Path) -> None:
    started.send_signal(signal.SIGKILL)
    started.wait(60)
    made = run("build", "--profile", "screen", "--styles", STYLES, cwd=home)
    assert made.returncode == 0
    assert (home / "dist" / "lite-hefte-2021-screen.pdf").read_bytes().startswith(b"%PDF-1.7")


def test_every_profile_can_be_asked_for() -> None:
    assert f"[{'|'.join(PROFILES)}]" in run("build", "--help").stdout
    assert os.sep not in "".join(PROFILES)
