"""What the tests of lint share: small pages laid out in a plain style of their own, so that no design moves them."""

from collections.abc import Sequence
from pathlib import Path

from making import AT
from msgspec.structs import replace

from booklet.engine import measure
from booklet.findings import Position
from booklet.galleys import Fault, Galley
from booklet.job import Job, Sheet
from booklet.measures import Measures
from booklet.printed import Unit
from booklet.profiles import PROFILES
from booklet.standard import DEFAULT, Standard

PLAIN = """
@page { size: 100mm 100mm; margin: 10mm 15mm }
html { font: 10pt/12pt BookletSerif; color: #000000; hyphens: none; hyphenate-character: "-";
  hyphenate-limit-chars: 6 3 3; widows: 2; orphans: 2 }
body, p, h2, ul, figure, figcaption, aside, table { margin: 0; padding: 0 }
h2 { font: 700 10pt/12pt BookletSans; break-after: avoid }
figure, aside { break-inside: avoid }
figcaption { font: 8pt/12pt BookletSans }
.note { float: footnote; font-size: 8pt; line-height: 12pt }
"""
"""Pages of 70 × 80 mm of text in a square of 10 cm: 18 lines of some 40 letters."""
LINE = "Ord som fyller ei linje til og forbi enden"
LINES_A_PAGE = 18
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 40"><path d="M0 0L9 9"/></svg>'
"""Served as ``book://x/pictures/a.svg``."""
UNIT = Unit(
    "en", "text", "En", 1, "", ("", ""), {}, (), (), AT, tuple(Position(Path("en.md"), 10 * n + 5) for n in range(40)))


def paragraphs(count: int, words: str = "Ei linje.") -> str:
    """Return so many paragraphs of a line each."""
    return "".join(f'<p data-b="{n}">{words}</p>' for n in range(count))


def measured(body: str, css: str = "", hyphenation: Sequence[str] = (), mend: tuple[float, float] = (0, 0)) -> Measures:
    """Return what a body measures in the plain style and rules of its own."""
    return measure(job(body, css, hyphenation, mend))


def job(body: str, css: str = "", hyphenation: Sequence[str] = (), mend: tuple[float, float] = (0, 0)) -> Job:
    """Return a body in the plain style and rules of its own, ready for the engine."""
    html = f'<html lang="nb"><head><title>T</title></head><body id="en">{body}</body></html>'
    sheets = (Sheet("plain.css", PLAIN + css),)
    words = tuple(hyphenation)
    return Job(html, sheets, {"a.svg": DRAWING}, PROFILES["screen"], "en", AT, hyphenation=words, mend=mend)


def galley(body: str, css: str = "", standard: Standard = DEFAULT, **changes: object) -> Galley:
    """Return a unit laid out; its first page is a verso, and everything is demanded of it."""
    told = {"facing": True, "first": 1, "unit": UNIT} | changes
    return Galley(measures=measured(body, css), standard=replace(standard, white=()), **told)  # type: ignore[arg-type]


def codes(faults: Sequence[Fault]) -> list[str]:
    """Return what is found, and the block where."""
    return [f"{fault.code} {fault.home.block if fault.home else ''}" for fault in faults]
