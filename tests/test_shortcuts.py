"""The engine's detours taken away: the same fragments, and a way back."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from booklet import haste, shortcuts, stereotypes
from booklet.engine import press as _  # noqa: F401  takes the shortcuts

TESTS = Path(__file__).parent
ASK = "import booklet.engine; from weasyprint.layout import inline; print(inline.split_first_line.__module__)"


def python(*words: str, **environment: str) -> str:
    """Return what a Python process says that has this booklet and these tests at hand."""
    path = f"{TESTS.parent}{os.pathsep}{TESTS}"
    return subprocess.run(
        [sys.executable, *words], capture_output=True, text=True, check=True, timeout=120, cwd=TESTS,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": path, **environment}).stdout


def test_units_of_all_kinds_and_profiles_are_the_same_with_and_without() -> None:
    with_, without = (json.loads(python("pressing.py", BOOKLET_HASTE=haste)) for haste in "10")
    assert with_ == without
    assert len(with_) > 20 and {name.split()[0] for name in with_} == {"print", "screen", "handout"}


def test_shortcuts_are_taken_when_the_engine_is_imported() -> None:
    assert python("-c", ASK).split() == ["booklet.breaking"]


def test_environment_switches_them_off() -> None:
    assert python("-c", ASK, BOOKLET_HASTE="0").split() == ["weasyprint.text.line_break"]


def test_another_version_of_the_engine_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(haste, "PINNED", {**haste.PINNED, "weasyprint": "70.1"})
    assert shortcuts.take_shortcuts.__wrapped__() is False


def test_structures_of_another_length_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shortcuts.rulers, "LENGTH", 8)
    assert not shortcuts.known() and shortcuts.take_shortcuts.__wrapped__() is False


def test_every_function_of_the_engine_has_given_way() -> None:
    for theirs, ours in shortcuts.FUNCTIONS:
        known = [module for name, module in sys.modules.items() if name.startswith("weasyprint.")]
        assert not [module.__name__ for module in known if getattr(module, theirs.__name__, None) is theirs]
        watching = dict(stereotypes.WATCHES).get(ours)
        assert getattr(sys.modules[theirs.__module__], theirs.__name__) in (ours, watching)
