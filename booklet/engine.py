"""The door to WeasyPrint (its shortcuts apart): one unit's HTML → one fragment.

In comes a ``Job``: HTML, style sheets and pictures, all in memory. Out goes a ``Fragment``: pages without fonts, holes
with their byte offsets, the places of addresses and blocks, and the engine's mutterings as findings. Reads no file
but the typefaces, fetches nothing, knows no content. The box tree it walks is private to WeasyPrint 70.0.
"""

import gc
import logging
import os
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import count
from pathlib import Path
from shutil import rmtree
from typing import Any

from booklet.haste import quick_import

with quick_import():
    import weasyprint
    from cssselect2 import ElementWrapper
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcherResponse

    from booklet.plates import hang
    from booklet.shortcuts import take_shortcuts

from booklet.findings import Finding, Position, Severity
from booklet.job import Job, Sheet
from booklet.pages import parse
from booklet.printed import Fragment, Place
from booklet.profiles import Profile
from booklet.stripping import Slot, strip
from booklet.typefaces import FACES, face_path, face_url, font_face_rules

BASE = "book://x/"
take_shortcuts()
_PT = 0.75
_SWEEP = 12
"""Units whose boxes (some 3 MB each) may lie about in a process that does not collect its garbage."""
_units = count(1)
_EDGE = 5 / 25.4 * 96
"""In px: 5 mm from the trim, nearer than any margin of ours."""


_MEANINGS = (
    (r"Failed to load image at (.*): (.*)", "picture-not-shown", Severity.ERROR, "check the picture file"),
    (r"\.notdef glyph.*: \"(.*)\" \((U\+\w+)\)", "glyph-missing", Severity.ERROR,
     "use a character that the typefaces have"),
    (r"Ignored `(.*)` at (\d+):(\d+), (.*?)\.?$", "style-ignored", Severity.WARNING,
     "correct or remove the declaration"),
    (r"Invalid or unsupported selector, ['\"](.*?)\s*['\"]$", "style-selector", Severity.WARNING,
     "write a selector the engine knows"),
)


class _Ear(logging.Handler):
    """Keeps what the engine says."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the message of a record."""
        self.said.append(record.getMessage())


def _finding(message: str, position: Position) -> Finding:
    """Return what the engine muttered in our words."""
    for pattern, code, severity, hint in _MEANINGS:
        if match := re.match(pattern, message):
            if code == "style-ignored":
                position = replace(position, line=int(match[2]), column=int(match[3]))
                return Finding(code, severity, f"the engine ignores '{match[1]}': {match[4]}", position, hint)
            return Finding(code, severity, " ".join(filter(None, match.groups())), position, hint)
    return Finding("engine", Severity.WARNING, message[:1].lower() + message[1:].rstrip("."), position)


class _Memory(weasyprint.URLFetcher):  # type: ignore[misc]
    """Serves the typefaces and a job's pictures from memory, and writes down whatever else is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.pictures: Mapping[str, bytes] = {}
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Return the bytes behind a virtual address; anything else is refused and remembered."""
        for face in FACES.values():
            if url == face_url(face):
                return URLFetcherResponse(url, face_path(face).read_bytes(), {})
        content = self.pictures.get(url.removeprefix(f"{BASE}pictures/"))
        if content is None:
            self.refused.append(url)
            raise ValueError(f"refused: {url}")
        return URLFetcherResponse(url, content, {})


class _Page(weasyprint.HTML):  # type: ignore[misc]
    """A document from memory; its tree is made by expat where that can read it."""

    def __init__(self, html: str, memory: _Memory) -> None:
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
            self.fonts, self.memory, self.owner = FontConfiguration(), _Memory(), os.getpid()
        self._faces = weasyprint.CSS(string=font_face_rules(), font_config=self.fonts, url_fetcher=self.memory)
        self._sheets: dict[Sheet, tuple[weasyprint.CSS, list[str]]] = {}

    def sheets(self, job: Job, ear: _Ear) -> tuple[list[weasyprint.CSS], list[Finding]]:
        """Return the parsed sheets of a job, and what was wrong with each."""
        parsed, findings = [self._faces], []
        for sheet in job.sheets:
            if sheet not in self._sheets:
                ear.said.clear()
                css = weasyprint.CSS(
                    string=sheet.css, font_config=self.fonts, url_fetcher=self.memory, base_url=BASE)
                self._sheets[sheet] = css, list(ear.said)
            css, said = self._sheets[sheet]
            parsed.append(css)
            findings += [_finding(message, Position(Path(sheet.name))) for message in said]
        return parsed, findings


@cache
def _engine() -> _Engine:
    return _Engine()


def _walk(box: Any, page: int) -> Iterator[tuple[Any, int]]:
    """Yield every box of a page in tree order."""
    yield box, page
    for child in getattr(box, "children", ()):
        yield from _walk(getattr(child, "_box", child), page)


def _attribute(box: Any, name: str) -> str | None:
    element = box.element
    if element is None or box.element_tag.endswith(("::before", "::after", "::marker")):
        return None
    value: str | None = element.get(name)
    return value


class _Survey:
    """What the box tree tells: holes and blocks with their places."""

    def __init__(self, document: weasyprint.Document, profile: Profile) -> None:
        self.bleed = profile.bleed / 25.4 * 72
        self.height = [page.height * _PT for page in document.pages]
        self.slots: list[Slot] = []
        self.blocks: list[tuple[int, Place]] = []
        self.lost: dict[int, str] = {}
        self.trim = profile.trim
        self.places: dict[str, Place] = {}
        for number, page in enumerate(document.pages):
            for name, (x, y, *_) in page.anchors.items():
                self.places.setdefault(name, self.place(number, x, y))
            seen: set[str] = set()
            for box, index in _walk(page._page_box, number):
                self.look(box, index, seen)

    def place(self, page: int, x: float, y: float) -> Place:
        """Return a point of the engine (px from the top) in pt from the bottom left of the media box."""
        return Place(page, round(x * _PT + self.bleed, 3), round(self.height[page] - y * _PT + self.bleed, 3))

    def findings(self, job: Job) -> list[Finding]:
        """Return a finding for each page on which words or pictures run off the paper."""
        return [
            Finding("off-the-page", Severity.ERROR, f"'{words}' runs off page {page + 1} of '{job.address}'",
                    job.position, "shorten it, or break it up")
            for page, words in sorted(self.lost.items())
        ]

    def _watch(self, box: Any, page: int) -> None:
        """Note what stands within a hand's breadth of the edge, or beyond: nothing of ours does, bleeding art aside."""
        edge, (width, height) = _EDGE, (side / 25.4 * 96 for side in self.trim)
        text = getattr(box, "text", "").strip()
        picture = box.element_tag == "img" and not (box.element.get("class") or "")
        if not (text or picture) or page in self.lost:
            return
        right, bottom = box.position_x + box.margin_width(), box.position_y + box.margin_height()
        if box.position_x < edge or right > width - edge or box.position_y < edge or bottom > height - edge:
            self.lost[page] = text[:30] or "the picture"

    def look(self, box: Any, page: int, seen: set[str]) -> None:
        """Note a box when it is a hole's text, or the first of a block on its page."""
        kind = type(box).__name__
        if kind in ("TextBox", "InlineReplacedBox", "BlockReplacedBox"):
            self._watch(box, page)
        if kind == "TextBox" and (hole := _attribute(box, "data-hole")):
            x, y = box.position_x, box.position_y
            low, high = self.place(page, x, y + box.height), self.place(page, x + box.width, y)
            self.slots.append(Slot(
                page, x, y + box.baseline, len(box.text.lstrip("\u00a0")), hole, _attribute(box, "data-target") or "",
                box.style["text_align_all"] in ("left", "start"), box.text.startswith("\u00a0"),
                (low.x, low.y, high.x, high.y),
            ))
        elif kind != "TextBox" and (number := _attribute(box, "data-b")) and number not in seen:
            seen.add(number)
            self.blocks.append((int(number), self.place(page, box.position_x, box.position_y)))


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


def _lay_out(job: Job, ear: _Ear) -> Fragment:
    engine = _engine()
    engine.memory.pictures, engine.memory.refused = job.pictures, []
    sheets, findings = engine.sheets(job, ear)
    ear.said.clear()
    document = _Page(job.html, engine.memory).render(stylesheets=sheets, font_config=engine.fonts)
    hang(document, job.develop, job.profile.ink == "cmyk")
    target, document.fonts = BytesIO(), _Faces()
    document.write_pdf(target, uncompressed_pdf=True, pdf_version="1.7", pdf_tags=job.profile.tagged)
    survey = _Survey(document, job.profile)
    fonts, glyphs, foreign = _faces(document, job)
    findings += foreign + [_finding(message, job.position) for message in ear.said]
    findings += [
        Finding("refused-address", Severity.ERROR, f"'{url}' is not served", job.position,
                "name a picture of the content")
        for url in engine.memory.refused
    ]
    pdf, holes, inks = strip(target.getvalue(), survey.slots, fonts, job)
    findings += [*survey.findings(job), *inks]
    return Fragment(
        len(document.pages), pdf, holes, survey.places, tuple(survey.blocks), glyphs, fonts, tuple(findings))


def press(job: Job) -> Fragment:
    """Return the fragment of a job; raises nothing of its own, what is wrong is in its findings."""
    ear, logger, collecting = _Ear(), logging.getLogger("weasyprint"), gc.isenabled()
    gc.disable()  # boxes live as long as their unit: looking for cycles among them costs a twelfth of the time
    logger.addHandler(ear)
    logger.propagate = False
    try:
        return _lay_out(job, ear)
    finally:
        logger.removeHandler(ear)
        _sweep(collecting)


def _sweep(collecting: bool) -> None:
    """Let the garbage of a unit be collected: by Python as it was, or else now and then, and only where it lies."""
    if collecting:
        gc.enable()
    elif next(_units) % _SWEEP == 0:
        gc.collect()


def tidy() -> None:
    """Remove the copies of typefaces that this process made, as one that was forked must, and not its parent's."""
    if _engine.cache_info().currsize and _engine().owner == os.getpid():
        rmtree(_engine().fonts._folder, ignore_errors=True)
        _engine.cache_clear()
