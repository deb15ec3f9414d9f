"""The peers: which of them are here, and how each sets the same book."""

import importlib.util
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.bench.book import read_book
from tests.bench.cases import pages_of
from tests.bench.desk import ROOT
from tests.bench.html_book import write_html
from tests.bench.measuring import Case, Run, measure
from tests.bench.typst_book import write_typst

_TYPST = (
    "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2],"
    " font_paths=typst.Fonts(False, False, [sys.argv[3]]))")
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")
_PREFIX = {"shipped": "", "small": "small booklet, ", "thousand": "1,000 pages, "}
_QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")


@dataclass(frozen=True)
class Peer:
    """A program that makes a PDF of the book."""

    name: str
    write: Callable[..., Path]
    """Writes the book in the peer's language."""
    command: Callable[[Path, Path], tuple[str, ...]] | None
    """Main file, PDF → what is to be run; None when the program is not here."""


def _found(*names: str) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


def _typst(main: Path, pdf: Path) -> tuple[str, ...]:
    return sys.executable, "-c", _TYPST, str(main), str(pdf), str(main.parent / "fonts")


def _weasyprint(main: Path, pdf: Path) -> tuple[str, ...]:
    return sys.executable, "-m", "weasyprint", str(main), str(pdf)


def _peers() -> list[Peer]:
    chromium, vivliostyle = _found(*_CHROMIUM), _found("vivliostyle")

    def print_to_pdf(main: Path, pdf: Path) -> tuple[str, ...]:
        return str(chromium), *_QUIET, f"--print-to-pdf={pdf}", main.as_uri()

    def build(main: Path, pdf: Path) -> tuple[str, ...]:
        return str(vivliostyle), "build", str(main), "-o", str(pdf)

    return [
        Peer("Typst", write_typst, _typst if importlib.util.find_spec("typst") else None),
        Peer("WeasyPrint", write_html, _weasyprint),
        Peer("Chromium", write_html, print_to_pdf if chromium else None),
        Peer("Vivliostyle", write_html, build if vivliostyle else None),
    ]


def _warm(folder: Path) -> Run:
    """Return what Typst takes for one word in a process that has made the book before."""
    log = folder / "warm.json"
    memory = measure((sys.executable, "-m", "tests.bench.typst_warm", folder / "book.typ"), ROOT, log).memory
    said = json.loads(log.read_text("utf-8"))
    return Run(said["cpu"], said["wall"], memory)


def _cold(peer: Peer, main: Path, content: str, most: int) -> Case:
    pdf, make = main.with_suffix(".pdf"), peer.command
    assert make
    return Case(f"{_PREFIX[content]}{peer.name}, nothing kept", "cold", peer.name,
                lambda: measure(make(main, pdf), main.parent), content=content, pages_of=lambda: pages_of(pdf),
                most=most)


def peer_cases(content: Path, folder: Path, name: str, only: tuple[str, ...] = (), most: int = 100) -> list[Case]:
    """Return the cases of all peers that are here, on the content given."""
    book, cases = read_book(content, ROOT / "styles"), []
    for peer in _peers():
        if only and peer.name not in only:
            continue
        if peer.command is None:
            print(f"left out: {peer.name} is not here", file=sys.stderr)
            continue
        place = folder / f"{name}-{peer.name.lower()}"
        place.mkdir()
        main = peer.write(book, place)
        cases.append(_cold(peer, main, name, most))
        if peer.name == "Typst":
            warm = place.with_name(f"{place.name}-warm")
            shutil.copytree(place, warm)
            cases.append(Case(f"{_PREFIX[name]}Typst, one word, in one process", "warm", "Typst", partial(_warm, warm),
                              content=name, most=most))
    return cases
