"""Expressions that come ready are those that Python makes."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from making import ROOT, lay_tiny, run
from patterns import code_of

from booklet import patterns

FILE = json.loads(patterns.KEPT.read_bytes())
ours = pytest.mark.skipif(FILE["edition"] != patterns.edition(), reason="the file was made with another Python")


def ask(words: str, switch: str = "1") -> str:
    """Return what a new process prints."""
    environment = {"PATH": "/usr/bin:/bin", "BOOKLET_HASTE": switch, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, env=environment, timeout=60)
    return done.stdout.strip() or done.stderr


@ours
def test_every_kept_expression_is_what_python_makes_of_it() -> None:
    for key, row in FILE["patterns"].items():
        kind, flags, text = key.split(" ", 2)
        pattern = text.encode("latin-1") if kind == "bytes" else text
        assert row == json.loads(json.dumps(code_of(pattern, int(flags)))), key


@ours
def test_it_is_one_with_the_expression_that_is_compiled() -> None:
    ready = patterns._ready(lambda *_: pytest.fail("it is kept"), FILE["patterns"])
    for key in FILE["patterns"]:
        kind, flags, text = key.split(" ", 2)
        pattern = text.encode("latin-1") if kind == "bytes" else text
        made = ready(pattern, int(flags))
        assert made == re.compile(pattern, int(flags)) and made.groupindex == re.compile(pattern, int(flags)).groupindex


@ours
def test_expressions_come_ready_unless_that_is_switched_off() -> None:
    words = "from booklet.patterns import ready_patterns; print(ready_patterns())"
    assert (ask(words), ask(words, "0")) == ("True", "False")


def test_another_python_compiles_as_ever(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for kept in ('{"edition": [[3, 2], 1, "1.0"], "patterns": {}}', "", "{"):
        (tmp_path / "patterns.json").write_text(kept)
        monkeypatch.setattr(patterns, "KEPT", tmp_path / "patterns.json")
        assert patterns.ready_patterns.__wrapped__() is False


@ours
def test_most_of_what_a_build_needs_comes_ready(tmp_path: Path) -> None:
    content = lay_tiny(tmp_path)
    words = (
        "import re; compiler = __import__('re._compiler', fromlist=['compile']); anew, seen = compiler.compile, []\n"
        "compiler.compile = lambda *told: (seen.append(told), anew(*told))[1]\n"
        "import sys, os; leave = os._exit\n"
        "os._exit = lambda code: (print(len(seen)), sys.stdout.flush(), leave(code))\n"
        f"sys.argv = ['booklet', 'check', '--content', {str(content)!r}, '--cache', {str(tmp_path / 'c')!r}]\n"
        "from booklet.cli import run; run()")
    assert int(ask(words)) < int(ask(words, "0")) / 2


def test_a_booklet_is_the_same_with_and_without(tmp_path: Path) -> None:
    """That whole builds are the same is asked in test_haste; here, that what is found is."""
    content, said = lay_tiny(tmp_path), []
    (content / "booklet.yaml").write_text("title: [a\n", encoding="utf-8")
    for switch in "10":
        done = run("check", "--content", content, "--cache", tmp_path / switch, BOOKLET_HASTE=switch)
        said.append(done.stderr)
    assert said[0] == said[1] != ""
