"""The door to WeasyPrint (its shortcuts apart): one unit's HTML → one fragment.

In comes a ``Job``: HTML, style sheets and pictures, all in memory. Out goes a ``Fragment``: pages without fonts, holes
with their byte offsets, the places of addresses and blocks, and the engine's mutterings as findings. Reads no file
but the typefaces, fetches nothing, knows no content. The box tree it walks is private to WeasyPrint 70.0.
"""

import gc
import logging
import os
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from shutil import rmtree
from typing import Any, TypeVar

from booklet.haste import quick_import, wanted

with quick_import():
    import weasyprint
    from cssselect2 import ElementWrapper
    from weasyprint.pdf import generate_pdf
    from weasyprint.text import line_break
    from weasyprint.text.fonts import FontConfiguration

    from booklet.casting import cast
    from booklet.counterproofs import Rack
    from booklet.distribution import distributing
    from booklet.liveries import Liveries
    from booklet.mending import mending
    from booklet.plates import hang
    from booklet.shifting import shift
    from booklet.shortcuts import take_shortcuts
    from booklet.supply import BASE, Supply

from booklet import measuring
from booklet.collation import collate
from booklet.findings import Finding, Position, Severity
from booklet.job import Job, Sheet
from booklet.measures import Measures
from booklet.mutterings import finding_of
from booklet.pages import parse
from booklet.printed import Fragment
from booklet.stripping import strip
from booklet.survey import Survey
from booklet.syllables import breaks_of, words_with
from booklet.typefaces import FACES, font_face_rules

Given = TypeVar("Given")
Made = TypeVar("Made")
take_shortcuts()
_OPTIONS = {**weasyprint.DEFAULT_OPTIONS, "uncompressed_pdf": True, "pdf_version": "1.7"}
_GARBAGE = 150_000
"""Things that may lie about in a process that does not collect its garbage: drawings leave some hundred a unit."""


class _Ear(logging.Handler):
    """Keeps what the engine says."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the message of a record."""
        self.said.append(record.getMessage())


class _Page(weasyprint.HTML):  # type: ignore[misc]
    """A document from memory; its tree is made by expat where that can read it."""

    def __init__(self, html: str, memory: Supply) -> None:
        tree = parse(html)
        if tree is None:
            super().__init__(string=html, base_url=BASE, url_fetcher=memory)
            return
        self.base_url, self.url_fetcher, self.media_type = BASE, memory, "print"
        self.wrapper_element = ElementWrapper.from_html_root(tree, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


class _Faces(dict[int, Any]):
    """The typefaces that the engine collects while it paints; it finds none to embed, for assembly embeds them once."""

    def values(self) -> Any:
        """Return nothing: what is asked for here would be subset and written into every fragment."""
        return ()


class _Engine:
    """One set of typefaces and parsed style sheets, kept for all units of a process."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "No fonts configured")  # the machine's fonts are not ours to need
            self.fonts, self.memory, self.owner = FontConfiguration(), Supply(), os.getpid()
        if wanted():
            cast(self.fonts, FACES)
        rules = "" if wanted() else font_face_rules()
        self._faces = weasyprint.CSS(string=rules, font_config=self.fonts, url_fetcher=self.memory)
        self._sheets: dict[Sheet, tuple[weasyprint.CSS, list[str]]] = {}
        self.stock: Any = None
        self.rack = Rack()
        self._liveries = Liveries(BASE, font_config=self.fonts, url_fetcher=self.memory) if wanted() else None

    def sheets(self, sheets: Iterable[Sheet], ear: _Ear) -> tuple[list[weasyprint.CSS], list[Finding]]:
        """Return the parsed sheets of a job, and what was wrong with each."""
        parsed, findings = [self._faces], []
        for sheet in sheets:
            if sheet not in self._sheets:
                self._sheets[sheet] = self._read(sheet, ear)
            css, said = self._sheets[sheet]
            parsed.append(css)
            findings += [finding_of(message, Position(Path(sheet.name))) for message in said]
        return parsed, findings

    def _read(self, sheet: Sheet, ear: _Ear) -> tuple[weasyprint.CSS, list[str]]:
        """Return a parsed sheet, and what the engine said of it."""
        ear.said.clear()
        css = self._liveries.dress(sheet.css, ear.said) if self._liveries else None
        if css is None:
            ear.said.clear()
            css = weasyprint.CSS(string=sheet.css, font_config=self.fonts, url_fetcher=self.memory, base_url=BASE)
        return css, list(ear.said)


@cache
def _engine() -> _Engine:
    if not gc.isenabled():
        gc.freeze()  # what was loaded stays, and is neither counted nor searched for garbage
    return _Engine()


def _faces(document: weasyprint.Document, job: Job) -> tuple[dict[str, str], dict[str, dict[int, str]], list[Finding]]:
    """Return resource name → face, face → glyph → text, and a finding for each face that is not ours."""
    fonts, glyphs, findings = {}, {}, []
    for font in dict.values(document.fonts):
        name = font.name.decode().split("+")[1]
        fonts[font.hash], glyphs[name] = name, dict(sorted(font.to_unicode.items()))
        if name not in FACES:
            shown = "".join(font.to_unicode.values())[:20]
            findings.append(Finding(
                "foreign-face", Severity.ERROR,
                f"'{shown}' would be set in '{name}', which is not one of our typefaces", job.position,
                "use characters and styles that the typefaces have"))
    return fonts, glyphs, findings


def _set(job: Job, ear: _Ear, stock: Any = None) -> tuple[weasyprint.Document, list[Finding]]:
    """Return the pages of a job, laid out and not painted, and what was wrong with its sheets."""
    engine = _engine()
    engine.memory.pictures, engine.memory.refused = job.pictures, []
    sheets, findings = engine.sheets(job.sheets, ear)
    ear.said.clear()

    def lay_out(html: str) -> weasyprint.Document:
        page = _Page(html, engine.memory)
        render = partial(page.render, stylesheets=sheets, font_config=engine.fonts)
        return stock.lay_out(job, html, page, render) if stock else render()

    with _taught(job), mending(*job.mend):
        return shift(job.html, lay_out) if any(job.mend) else lay_out(job.html), findings


@contextmanager
def _taught(job: Job) -> Iterator[None]:
    """Let words be broken as the author wants them, within: what is noted of a word precedes the patterns."""
    if not job.hyphenation:
        yield
        return
    pyphen, taught = line_break.pyphen, dict[str, list[Any]]()
    patterns = pyphen.Pyphen(lang=job.language).hd
    for exception in job.hyphenation:
        breaks, stem = breaks_of(exception), len(exception.rstrip("*").replace("-", ""))
        for word in words_with(exception, job.html):
            rest = [place for place in patterns.positions(word) if place > stem + 1] if len(word) > stem else []
            taught[word] = [*map(pyphen.DataInt, breaks), *rest]
    patterns.cache.update(taught)
    yield
    for word in taught:
        del patterns.cache[word]


def _survey(job: Job, ear: _Ear) -> Measures:
    document, _ = _set(job, ear)
    return measuring.measure([page._page_box for page in document.pages], line_break.strut)


def _lay_out(job: Job, ear: _Ear) -> Fragment:
    stock = _stock()
    with _engine().rack.at_work(job, job.twin and not stock) as laid:
        document, findings = _set(job, ear, stock)
    if job.pictures:
        hang(document, job.develop, job.profile.ink == "cmyk")
    document.fonts = _Faces()
    written = generate_pdf(document, None, 1, **{**_OPTIONS, "pdf_tags": job.profile.tagged})
    survey = Survey(document, job.profile)
    fonts, glyphs, foreign = _faces(document, job)
    findings += foreign + [finding_of(message, job.position) for message in ear.said]
    findings += [
        Finding("refused-address", Severity.ERROR, f"'{url}' is not served", job.position,
                "name a picture of the content")
        for url in _engine().memory.refused
    ]
    wrong = bool(ear.said or _engine().memory.refused)
    if laid and not wrong:
        _engine().rack.keep(job, laid)
    if stock:
        stock.forget() if wrong else stock.settle(document)
    pdf, holes, inks = strip(written, survey.slots, fonts, job)
    findings += [*survey.findings(job), *inks]
    return Fragment(
        len(document.pages), pdf, holes, survey.places, tuple(survey.blocks), glyphs, fonts, tuple(findings),
        leaves=collate(pdf))


def _stock() -> Any:
    """Return the pages that this process keeps; one that was started from it makes pages for others, and ends."""
    engine = _engine()
    return engine.stock if engine.owner == os.getpid() else None


def keep_pages() -> None:
    """Keep pages from now on: this process stays, and will be asked for the same units with other words."""
    room = import_module("booklet.stereotypes")
    if room.keep_watch() and _engine().stock is None:
        _engine().stock = room.Stock()


def press(job: Job) -> Fragment:
    """Return the fragment of a job; raises nothing of its own, what is wrong is in its findings."""
    return _at_work(_lay_out, job)


def measure(job: Job) -> Measures:
    """Return what the pages of a job measure, laid out as ``press`` does."""
    return _at_work(_survey, job)


def prepare(sheets: tuple[Sheet, ...]) -> None:
    """Read typefaces and style sheets now, so that processes started from this one share them."""
    _at_work(_engine().sheets, sheets)


def read_hyphens(language: str) -> None:
    """Read where words of a language may be broken now, so that processes started from this one share it."""
    voice = line_break.pyphen.language_fallback(language)
    if voice:
        line_break.pyphen.Pyphen(lang=voice)


def _at_work(do: Callable[[Given, _Ear], Made], given: Given) -> Made:
    """Do something with a job, an ear at the engine."""
    ear, logger, collecting = _Ear(), logging.getLogger("weasyprint"), gc.isenabled()
    gc.disable()  # boxes live as long as their unit: looking for cycles among them costs a twelfth of the time
    logger.addHandler(ear)
    logger.propagate = False
    try:
        with distributing():
            return do(given, ear)
    finally:
        logger.removeHandler(ear)
        _sweep(collecting)


def _sweep(collecting: bool) -> None:
    """Let the garbage of a unit be collected: by Python as it was, or else when too much lies about."""
    if collecting:
        gc.enable()
    elif gc.get_count()[0] > _GARBAGE:
        gc.collect()


def tidy() -> None:
    """Remove the copies of typefaces that this process made, as one that was forked must, and not its parent's."""
    if _engine.cache_info().currsize and _engine().owner == os.getpid():
        rmtree(_engine().fonts._folder, ignore_errors=True)
        _engine.cache_clear()
