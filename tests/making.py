"""What the tests of the making half share: the tiny booklet on disk, and small booklets and fragments by hand."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from booklet.codes import code_of
from booklet.collector import Collector
from booklet.findings import Position
from booklet.forecast import Plan, plan_of
from booklet.fragments import Fragments
from booklet.holdings import brief_labels
from booklet.memory import Memory
from booklet.model import Article, Block, Booklet, Example, Fact, Prose, Reference, Source, Term, Theme
from booklet.press import Press, Stock
from booklet.presses import Printer
from booklet.printed import Fragment, Hole, Place, Unit
from booklet.printers import read_printer
from booklet.profiles import PROFILES
from booklet.steps import Step
from booklet.store import Store
from booklet.styles import Styles, read_styles
from booklet.units import Brief
from booklet.words import read_words

ROOT = Path(__file__).parents[1]
STYLES, CONTENT = ROOT / "styles", ROOT / "content"
TINY = Path(__file__).parent / "cases" / "tiny" / "content"
AT = Position(Path("here.md"))
MEMORY = Memory(Store(None))
WORDS = read_words("nb", MEMORY)
_HOLE = re.compile(r'data-hole="(\w+)" data-target="([^"]*)">\u00a0?(0+)<')


class Sheet(Struct, frozen=True):
    """The page of a profile in mm, as its style sheet has it."""

    width: float
    left: float
    top: float
    column: float
    """How wide the column of the text is."""
    bleed: float


def sheet_of(profile: str) -> Sheet:
    """Return the page of a profile."""
    css = (STYLES / f"{profile}.css").read_text(encoding="utf-8")
    rule = re.search(r"^@page \{(.*?)^\}", css, re.MULTILINE | re.DOTALL)
    assert rule, profile
    said = {name: re.findall(r"([\d.]+)mm", words) for name, words in re.findall(r"([\w-]+): ([^;{]+);", rule[1])}
    top, right, _, left = map(float, said["margin"])
    width, bleed = float(said["size"][0]), float(said.get("bleed", ["0"])[0])
    return Sheet(width, left, top, width - left - right, bleed)


def lay_tiny(home: Path) -> Path:
    """Return a content folder in ``home`` with the tiny booklet, its drawing in the colours of the real palette."""
    content = home / "content"
    shutil.copytree(TINY, content)
    drawing = content / "images" / "hus.svg"
    drawing.write_text(drawing.read_text().replace("#1d5c7a", "#14506e").replace("#f3ede2", "#f5efe2"))
    return content


def edit(path: Path, old: str, new: str) -> None:
    """Replace words in a file that has them."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path} does not say {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def run(*words: object, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user does, to its end."""
    return subprocess.run(
        [sys.executable, str(ROOT / "build.py"), *map(str, words)], capture_output=True, text=True, cwd=cwd,
        env={"PATH": "/usr/bin:/bin", **environment}, timeout=300)


def tool(*words: object) -> str:
    """Return what a program that we did not write says; fail when it is not content."""
    return subprocess.run(list(map(str, words)), capture_output=True, text=True, check=True, timeout=120).stdout


def mark(number: int, html: str) -> str:
    """Return the mark that stands for a reference in a block."""
    return f"\ue000{number}\ue001{html}\ue002"


def block(html: str, kind: str = "paragraph", anchor: str = "", level: int = 0) -> Block:
    """Return a block."""
    return Block(kind, html, re.sub(r"<[^>]*>|[\ue000-\ue002]", "", html), AT, anchor, level)


def reference(kind: str, target: str, text: str = "", locator: str = "") -> Reference:
    """Return what a mark stands for."""
    return Reference(kind, target, text, AT, locator)


def article(address: str, *blocks: Block, references: tuple[Reference, ...] = (), lead: str = "") -> Article:
    """Return an article whose title is its address in capitals."""
    return Article(address, address.upper(), lead, Prose(blocks or (block("<p>Ord.</p>"),), references), AT)


def source(key: str, *authors: str, organisation: str = "", year: str = "2019", title: str = "T") -> Source:
    """Return an entry of the register of sources."""
    return Source(key, authors, organisation, "", year, title, "", "", "", "", "", "", AT)


def example(address: str, *blocks: Block, partners: tuple[str, ...] = ("Nav",), **more: tuple[str, ...]) -> Example:
    """Return an example from Berg."""
    return Example(article(address, *blocks), "Berg", "Troms", "2019", partners, more.get("sources", ()), "asked")


def theme(name: str, number: int, text: Article | None = None, examples: tuple[Example, ...] = ()) -> Theme:
    """Return a theme with one question."""
    return Theme(
        name, number, f"Tema {name}", name, "Lead.", "fjord", ("En.",), text or article(f"{name}.text"),
        examples or (example(f"{name}.berg"),), ("Hva nå?",), AT)


def booklet(*themes: Theme, **more: object) -> Booklet:
    """Return a booklet with a foreword, two themes unless told, and the registers."""
    fields: dict[str, object] = {
        "slug": "hefte", "kicker": "Hefte", "title": "Å bo", "subtitle": "", "short": "Å bo", "language": "nb",
        "edition": "2019", "published": "2019-05-17", "publishers": ("Kontoret",), "isbn": "", "url": "", "cover": "",
        "blurb": "Kort.", "colophon": (), "front": (article("foreword"),),
        "themes": themes or (theme("en", 1), theme("to", 2)), "back": (article("more"), "glossary", "references"),
        "facts": (Fact("f", "10", "", "w", "2019-01-01", "2020-01-01", "ssb", (), AT),),
        "sources": (source("ssb", organisation="SSB"), source("aa", "Aas, Per"), source("zoo", "Zoo, Ida")),
        "glossary": (Term("ord", "ord", "Et ord.", "", AT), Term("tal", "tal", "Et tall.", "", AT)), "pictures": (),
        "position": AT, **more,
    }
    return Booklet(**fields)  # type: ignore[arg-type]


def brief(one: Booklet, profile: str = "print", **digits: int) -> Brief:
    """Return what a copy of a booklet must be told."""
    return Brief(PROFILES[profile], WORDS, brief_labels(one, WORDS), digits)


def shipped_styles() -> Styles:
    """Return the shipped styles."""
    found = Collector()
    looks = read_styles(STYLES, found)
    assert looks and found.findings == ()
    return looks


def shipped_printer(name: str = "sheetfed") -> Printer:
    """Return a shipped printer."""
    found = Collector()
    printer = read_printer(name, STYLES, found)
    assert printer and found.findings == ()
    return printer


def say_nothing(step: Step) -> None:
    """Hear of a unit at hand."""


def stock_of(one: Booklet, cache: Path | None = None, **changes: Any) -> Stock:
    """Return what the presses of a booklet work with, some of it changed."""
    styles = changes.get("styles") or shipped_styles()
    given: dict[str, Any] = {
        "styles": styles, "words": WORDS, "language": "nb", "found": Collector(), "tell": say_nothing,
        "pictures": {picture.path: picture for picture in (*one.pictures, *code_of(one, MEMORY))},
        "fragments": Fragments(Store(cache), "home"),
        "icc": styles.icc,
    }
    return Stock(**{**given, **changes})


def press_of(one: Booklet, profile: str = "print", cache: Path | None = None, **changes: Any) -> Press:
    """Return the press of a booklet, some of what it works with changed."""
    return Press(PROFILES[profile], stock_of(one, cache, **changes))


def plan(one: Booklet, profile: str = "print") -> Plan:
    """Return the plan of a copy."""
    return plan_of(one, brief(one, profile))


def strings(value: object) -> Iterator[str]:
    """Yield every string within what a template prints."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | tuple):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from strings(inner)


def fragment(unit: Unit, pages: int = 1, on: Mapping[str, int] | None = None) -> Fragment:
    """Return what a press without an engine leaves of a unit: its holes, and its address on its first page."""
    holes = [
        Hole(page=0, offset=0, digits=len(zeros), kind=kind, target=target, left=True, gap=False,
             face="BookletHoleSerif", box=(0, 0, 1, 1))
        for text in strings(unit.content) for kind, target, zeros in _HOLE.findall(text)
    ]
    places = {unit.address: Place(0, 0, 0)} | {name: Place(page, 0, 0) for name, page in (on or {}).items()}
    return Fragment(pages, b"", tuple(holes), places, (), {}, {})
