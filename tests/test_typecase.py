"""Faces are asked of HarfBuzz once; what it said is the same when it was kept."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
from making import ROOT

from booklet import subsetting, typecase
from booklet.store import Store
from booklet.typecase import Typecase, set_figures, subset
from booklet.typefaces import FACES

FACE, GLYPHS, TEXT = "BookletSans", [40, 41, 7], "s. 12"


@pytest.fixture(autouse=True)
def empty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be known."""
    for name in ("_figures", "_subsets"):
        monkeypatch.setattr(typecase, name, {})
    monkeypatch.setattr(typecase, "_used", (set(), set()))


def make(store: Store, file: str = "hefte.pdf") -> tuple[object, object]:
    """Make a file, and leave what it was made with."""
    case = Typecase(store, file)
    made = subset(FACE, GLYPHS), set_figures(FACE, TEXT)
    case.close()
    case.keep()
    return made


def test_what_is_kept_is_what_harfbuzz_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = subsetting.subset(FACE, GLYPHS), subsetting.set_figures(FACE, TEXT)
    assert make(Store(tmp_path)) == said
    typecase._figures.clear()
    typecase._subsets.clear()
    monkeypatch.setattr(typecase, "import_module", None)
    assert make(Store(tmp_path)) == said


def test_file_leaves_what_it_used_and_nothing_else(tmp_path: Path) -> None:
    store = Store(tmp_path)
    subset("BookletSerif", [3])
    make(store)
    typecase._subsets.clear()
    Typecase(store, "hefte.pdf")
    assert list(typecase._subsets) == [(FACE, (0, 7, 40, 41))]
    Typecase(store, "annet.pdf")
    assert len(typecase._subsets) == 1


def test_order_and_repetition_of_glyphs_do_not_matter() -> None:
    assert subset(FACE, [41, 40, 7, 40]) is subset(FACE, {7: "", 40: "", 41: ""})


@pytest.mark.parametrize("name", FACES)
def test_numbers_look_the_same_whoever_stands_beside_them(name: str) -> None:
    signs = sorted(typecase._ALONE)
    dice = random.Random(name)
    texts = [first + second for first in signs for second in signs]
    texts += ["".join(dice.choices(signs, k=9)) for _ in range(99)]
    assert [text for text in texts if set_figures(name, text) != subsetting.set_figures(name, text)] == []


def test_not_endlessly_much_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typecase, "_MOST", 2)
    for text in "0123":
        set_figures(FACE, text)
    assert len(typecase._figures) <= 2 and set_figures(FACE, "0") == subsetting.set_figures(FACE, "0")


def test_harfbuzz_is_not_loaded_for_what_is_known(tmp_path: Path) -> None:
    make(Store(tmp_path))
    told = subprocess.run(
        [sys.executable, "-c", "import sys; from pathlib import Path; from booklet.store import Store\n"
         "from booklet.typecase import Typecase, set_figures, subset\n"
         f"Typecase(Store(Path({str(tmp_path)!r})), 'hefte.pdf'); subset({FACE!r}, {GLYPHS}); "
         f"set_figures({FACE!r}, {TEXT!r}); print('uharfbuzz' in sys.modules)"],
        cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout == "False\n"
