"""The engine imported in haste does what it does otherwise."""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from declarations import declarations
from making import ROOT, lay_tiny, run

from booklet import haste
from booklet.basics import ELEMENTS

VOID = {"meta", "link", "base", "img", "br", "hr", "wbr", "col"}
TABLE = {"caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"}
PLAIN = sorted(ELEMENTS - VOID - TABLE - {"html", "head", "body", "title", "style", "svg", "object"})
NESTED = "".join(f"<div><{name} title='t'>{name} <{inner}>{inner}</{inner}></{name}></div>"
                 for name in PLAIN for inner in ("ul", "ol", "dl", "em", "h2", "a href='#x'"))
TABLED = ("<table><caption>c</caption><colgroup><col></colgroup><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td>"
          "</tr></tbody><tfoot><tr><td hidden>c</td></tr></tfoot></table>"
          "<ul><li>a<ul><li>b<ol><li>c</ol></ul></ul><hr><br>")
CSS = ("@page { @top-center { content: 'Å' } } dl { list-style-type: lower-greek; display: list-item }"
       " ol { list-style-type: upper-roman }")
ASK = """
import sys
from hashlib import sha256
import booklet.engine
soon = {"ctypes.util", "PIL.Image", "tinyhtml5.parser"} & sys.modules.keys()
from test_engine import job, press
print(sha256(repr(press(job(sys.argv[1], "screen", sys.argv[2]))).encode()).hexdigest())
print(*sorted(soon | {"pycparser", "urllib.request", "fontTools.ttLib"} & sys.modules.keys()))
"""


def ask(switch: str, script: str = ASK) -> list[str]:
    """Return what a new process says, with haste or without."""
    folders = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    environment = {"PATH": "/usr/bin:/bin", "BOOKLET_HASTE": switch, "PYTHONPATH": folders}
    words = [sys.executable, "-c", script, NESTED + TABLED, CSS]
    said = subprocess.run(words, capture_output=True, text=True, env=environment, check=True, timeout=300)
    return said.stdout.split("\n")


def test_every_element_looks_the_same_with_and_without() -> None:
    quick, slow = ask("1"), ask("0")
    """On a screen, where the tree of tags is written as well."""
    assert quick[0] == slow[0]
    assert "pycparser" in slow[1], "without haste the declarations are parsed"
    late = {"pycparser", "urllib.request", "fontTools.ttLib", "ctypes.util", "PIL.Image", "tinyhtml5.parser"}
    assert not set(quick[1].split()) & late


def test_whole_booklets_are_the_same_with_and_without(tmp_path: Path) -> None:
    """For the press and as handouts: the profile of the screen is asked above."""
    content, scratch, made = lay_tiny(tmp_path), tmp_path / "scratch", []
    scratch.mkdir()
    for switch in "10":
        folder = tmp_path / switch
        done = run("build", "--content", content, "--output", folder, "--cache", tmp_path / f"c{switch}", "--jobs", "2",
                   "--profile", "print", "--profile", "handout", BOOKLET_HASTE=switch, TMPDIR=str(scratch))
        assert done.returncode == 0, done.stderr
        made.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert len(made[0]) > 2 and made[0] == made[1]
    assert list(scratch.iterdir()) == [], "the engine's copies of typefaces are left on the disk"


LATE = """
import sys
from io import BytesIO
import booklet.engine
from weasyprint import CSS, HTML, images
from weasyprint.pdf import anchors
from PIL import EpsImagePlugin, Image, ImageFile
before = EpsImagePlugin.gs_binary, ImageFile.LOAD_TRUNCATED_IMAGES
print(before == ((None, False) if sys.argv[3] == "1" else (False, True)))
Image.new("L", (1, 1)).save(BytesIO(), "PNG")
made = images.Image.new("L", (1, 1))
print(type(made) is Image.Image, EpsImagePlugin.gs_binary, ImageFile.LOAD_TRUNCATED_IMAGES)
print(images.ImageOps.mirror(made).size, images.Image.Transpose.ROTATE_90.name)
print(anchors.MIMETYPES.guess_type("a.pdf"), anchors.mimetypes.guess_type("a.png"))
print([box.element_tag for box in HTML(string="<p>a<td>b").render().pages[0]._page_box.descendants()])
"""


def test_what_is_loaded_late_is_what_would_have_been_loaded() -> None:
    quick, slow = (subprocess.run(
        [sys.executable, "-c", LATE, "", "", switch], capture_output=True, text=True, check=True, timeout=120,
        env={"PATH": "/usr/bin:/bin", "BOOKLET_HASTE": switch, "PYTHONPATH": str(ROOT)}).stdout for switch in "10")
    assert quick == slow
    assert "True False True" in quick and "application/pdf" in quick and "image/png" in quick and "'p'" in quick


def test_the_machines_typefaces_are_looked_for_once() -> None:
    given: list[str] = []

    class Library:
        FcNameParse = "parse"

        def FcInitLoadConfigAndFonts(self) -> str:
            given.append(f"config {len(given)}")
            return given[-1]

        def FcConfigDestroy(self, config: str) -> None:
            given.append(f"no {config}")

    kept = haste._OneConfig(Library())
    first = kept.FcInitLoadConfigAndFonts()
    kept.FcConfigDestroy(first)
    assert kept.FcInitLoadConfigAndFonts() == first and given == ["config 0"]
    kept.FcConfigDestroy(first)
    assert kept.FcInitLoadConfigAndFonts() == "config 2" and kept.FcNameParse == "parse"
    assert given == ["config 0", "no config 0", "config 2"]


def test_declarations_are_those_of_the_engine_installed() -> None:
    assert haste.DECLARATIONS.read_text("utf-8") == declarations(), "type 'make haste'"


@pytest.mark.skipif(sys.platform != "linux", reason="haste is for Linux")
def test_haste_is_for_the_versions_that_it_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BOOKLET_HASTE", raising=False)
    assert haste.wanted()
    for name in haste.PINNED:
        with monkeypatch.context() as other:
            other.setitem(haste.PINNED, name, "0")
            assert not haste.wanted()
    monkeypatch.setenv("BOOKLET_HASTE", "0")
    assert not haste.wanted()


def test_declarations_of_another_engine_are_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "haste.json"
    other.write_text(haste.DECLARATIONS.read_text("utf-8").replace('"source": "', '"source": "0'), "utf-8")
    assert haste._ready_cffi()
    monkeypatch.setattr(haste, "DECLARATIONS", other)
    assert haste._ready_cffi() is None


def test_stand_ins_are_gone_after_the_import() -> None:
    import_module("booklet.engine")
    for name in ("cffi", "fontTools.ttLib", "urllib.request"):
        assert import_module(name).__spec__ is not None


def test_selectors_are_compiled_when_an_element_is_tested(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(import_module("cssselect2.compiler")), "eval", haste.LateTest)
    selector = "p.late-one > em"
    (compiled,) = import_module("cssselect2").compile_selector_list(selector)
    assert isinstance(compiled.test, haste.LateTest) and compiled.test._source not in haste.LateTest.known
    html = import_module("weasyprint").HTML(string="<p class=late-one>a <em>b</em></p><em>c</em>")
    found = [element.etree_element.text for element in html.wrapper_element.query_all(compiled)]
    assert found == ["b"] and compiled.test._source in haste.LateTest.known
