"""The program starts with little, and says what it would say with all."""

import subprocess
import sys
from inspect import cleandoc

import pytest
from making import ROOT

from booklet import start

ASK = """
import sys
from booklet.start import run
import os
leave = os._exit
os._exit = lambda code: (print(*sorted(LATE & sys.modules.keys()), file=sys.stderr), leave(code))
LATE = {"inspect", "platform", "gettext", "locale", "lzma", "typing_extensions", "msgspec.inspect", "multiprocessing",
        "difflib", "html", "csv", "yaml", "shutil", "email"}
run()
"""


def say(switch: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", ASK, *words], capture_output=True, text=True, check=False, timeout=60, cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "BOOKLET_HASTE": switch, "PYTHONPATH": str(ROOT), "COLUMNS": "80"})


@pytest.mark.parametrize(
    "words", [["--help"], ["build", "--help"], ["build", "--jobs", "0"], ["nothing"], ["build", "--on"]])
def test_it_says_the_same_with_and_without_haste(words: list[str]) -> None:
    quick, slow = say("1", *words), say("0", *words)
    assert (quick.returncode, quick.stdout) == (slow.returncode, slow.stdout)
    assert quick.stderr.splitlines()[:-1] == slow.stderr.splitlines()[:-1]
    assert "gettext" in slow.stderr.split(), "without haste everything is loaded"


def test_what_is_hardly_ever_used_is_not_loaded() -> None:
    assert say("1", "cache", "--cache", "nowhere").stderr.splitlines()[-1] == ""


@pytest.mark.parametrize("text", ["Plain.", " spaced ", "", "two\n    lines\n", "\ttab", "a\n\n  b\n  c"])
def test_help_is_cleaned_as_the_library_does(text: str) -> None:
    assert start._plain(text) == cleandoc(text)


def test_plurals_are_english() -> None:
    assert [start._plural("day", "days", number) for number in (0, 1, 2)] == ["days", "day", "days"]
