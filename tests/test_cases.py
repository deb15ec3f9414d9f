"""The golden cases: each folder of ``cases/`` is laid over the tiny booklet, and ``expected.txt`` says what is found.

A case holds ``content/`` (files that replace or add), and if need be ``remove.txt`` (paths to remove, ``.`` for all)
and ``grow.txt`` (a path and the bytes it is filled up to, so that no large file lies in the repository).
"""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from booklet.catalogue import CODES, LINT
from booklet.findings import Finding
from booklet.reader import read

CASES = Path(__file__).parent / "cases"
TINY = CASES / "tiny"
PACKAGE = Path(__file__).parents[1] / "booklet"
COLOURS = frozenset({"fjord", "moss"})
OVERLAYS = sorted(folder for folder in CASES.iterdir() if folder.is_dir() and folder != TINY)
READING = [
    "source", "nodes", "comments", "targets", "pairs", "blocks", "phrases", "tables", "markup", "composition",
    "drawings", "pictures", "kinds", "shapes", "registers", "charts", "pieces", "crossrefs", "contents", "lexicon",
    "terms", "claims", "reader",
]


def lay(overlay: Path, home: Path) -> Path:
    """Return the content folder of a case, laid over the tiny booklet."""
    content = home / "content"
    shutil.copytree(TINY / "content", content)
    for name in lines_of(overlay / "remove.txt"):
        path = content / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    if (overlay / "content").is_dir():
        shutil.copytree(overlay / "content", content, symlinks=True, dirs_exist_ok=True)
    for line in lines_of(overlay / "grow.txt"):
        name, size = line.split()
        path = content / name
        path.write_bytes(path.read_bytes().ljust(int(size), b"\n"))
    return content


def lines_of(path: Path) -> list[str]:
    """Return the lines of a file that a case need not have."""
    return path.read_text(encoding="utf-8").split("\n")[:-1] if path.exists() else []


def told(findings: tuple[Finding, ...], home: Path) -> str:
    """Return findings as the terminal shows them to somebody who stands in the project."""
    return "".join(f"{finding}\n" for finding in findings).replace(f"{home}/", "")


@pytest.mark.parametrize("overlay", OVERLAYS, ids=lambda folder: folder.name)
def test_case_finds_exactly_what_it_expects(overlay: Path, tmp_path: Path, update: bool) -> None:
    booklet, findings = read(lay(overlay, tmp_path), COLOURS)
    text = told(findings, tmp_path)
    expected = overlay / "expected.txt"
    if update:
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text(encoding="utf-8")
    assert (booklet is None) == (" error " in text)


def test_tiny_booklet_is_clean() -> None:
    booklet, findings = read(TINY / "content", COLOURS)
    assert findings == ()
    assert booklet is not None


def test_every_case_has_its_expected_file(update: bool) -> None:
    assert [folder.name for folder in OVERLAYS if not (folder / "expected.txt").exists()] == []
    assert [path for path in CASES.glob("*/expected.txt") if path.parent not in OVERLAYS] == []


def test_every_code_of_the_reading_rooms_has_a_case() -> None:
    shown = {code for folder in OVERLAYS for code in re.findall(r": \w+ ([a-z0-9-]+): ", _expected(folder))}
    assert sorted(shown - CODES.keys() - LINT.keys()) == []
    used = {code for room in READING for code in _constants(PACKAGE / f"{room}.py") if code in CODES}
    assert sorted(used - shown) == []


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("*.py")), ids=lambda path: path.stem)
def test_every_code_is_in_the_catalogue(path: Path) -> None:
    assert sorted(_reported(path) - CODES.keys() - LINT.keys()) == []


def test_every_fault_of_pages_has_a_layout_that_shows_it() -> None:
    rooms = ("rags", "columns", "fitting", "legibility", "waivers", "inspection")
    shown = "".join((Path(__file__).parent / f"test_{room}.py").read_text(encoding="utf-8") for room in rooms)
    assert [code for code in LINT if not re.search(rf"['\" ]{code}[ '\"\\n]", shown)] == []


def test_reading_needs_no_heavy_library() -> None:
    code = (
        "import sys; from pathlib import Path; from booklet.reader import read;"
        f"read(Path({str(TINY / 'content')!r}), frozenset({{'fjord', 'moss'}}));"
        "print(sorted({'weasyprint', 'PIL', 'jinja2', 'pikepdf', 'fontTools'} & sys.modules.keys()))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=PACKAGE.parent, check=True)
    assert run.stdout == "[]\n"


def _expected(folder: Path) -> str:
    path = folder / "expected.txt"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _constants(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def _reported(path: Path) -> set[str]:
    """Return the codes that a room gives to findings as literals."""
    codes = set()
    for call in (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        first = call.args[0] if call.args else None
        if name in ("error", "warning", "Finding") and isinstance(first, ast.Constant):
            codes.add(str(first.value))
    return codes
