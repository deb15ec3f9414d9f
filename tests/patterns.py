"""Writes what ``patterns`` knows of regular expressions: ``make haste``.

Two booklets are built, and what is compiled for both of them is kept: nothing that was made from a booklet's words.
"""

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from booklet.patterns import KEPT, edition, key_of

ROOT = Path(__file__).parents[1]
_ASK = """
import json, os, sys
compiler = __import__("re._compiler", fromlist=["compile"])
compile_anew, seen = compiler.compile, []

def listen(pattern, flags=0):
    if type(pattern) in (str, bytes):
        text = pattern if type(pattern) is str else pattern.decode("latin-1")
        seen.append([text, type(pattern).__name__, int(flags)])
    return compile_anew(pattern, flags)

compiler.compile = listen
leave = os._exit
out, sys.argv[1:2] = sys.argv[1], []
os._exit = lambda code: (open(out, "w").write(json.dumps(seen)), leave(code))
from booklet.cli import run
run()
"""


def compiled(content: Path, scratch: Path) -> set[tuple[str, str, int]]:
    """Return every expression that is compiled while a booklet is built: text, type, flags."""
    out, seen = scratch / "seen.json", set[tuple[str, str, int]]()
    words = ["--content", content, "--cache", scratch / "cache", "--output", scratch / "dist", "--jobs", "1"]
    for _ in range(2):  # with nothing kept; with all kept but the files
        environment = {"PATH": "/usr/bin:/bin", "BOOKLET_HASTE": "1", "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-c", _ASK, out, "build", *words], env=environment, cwd=ROOT, check=False,
                       capture_output=True)
        seen |= {tuple(one) for one in json.loads(out.read_text("utf-8"))}
        for file in (scratch / "dist").glob("*.pdf"):
            file.unlink()
    return seen


def code_of(pattern: str | bytes, flags: int) -> list[Any]:
    """Return what Python makes of an expression: flags, number of groups, their names, their numbers, code."""
    compiler, parser = import_module("re._compiler"), import_module("re._parser")
    parsed = parser.parse(pattern, flags)
    code = compiler._code(parsed, flags)
    names, numbers = parsed.state.groupdict, [None] * parsed.state.groups
    for name, number in names.items():
        numbers[number] = name
    return [int(flags | parsed.state.flags), parsed.state.groups - 1, names, numbers, [int(one) for one in code]]


def patterns() -> str:
    """Return the expressions as ``patterns.json`` holds them."""
    found = []
    for content in (ROOT / "content", ROOT / "tests" / "cases" / "tiny" / "content"):
        with TemporaryDirectory() as folder:
            found.append(compiled(content, Path(folder)))
    kept = {}
    for text, kind, flags in sorted(found[0] & found[1]):
        pattern = text.encode("latin-1") if kind == "bytes" else text
        kept[key_of(pattern, flags)] = code_of(pattern, flags)
    rows = ",\n".join(f"{json.dumps(key)}: {json.dumps(row, separators=(',', ':'))}" for key, row in kept.items())
    return f'{{"edition": {json.dumps(edition())},\n"patterns": {{\n{rows}\n}}}}\n'


if __name__ == "__main__":
    KEPT.unlink(missing_ok=True)  # what comes ready is not heard
    KEPT.write_text(patterns(), "utf-8")
