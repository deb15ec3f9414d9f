"""What assembly must know of laid-out boxes: holes and blocks with their places, and what runs off the paper.

In comes a document of the layout engine, whose box tree is private to WeasyPrint 70.0; only ``engine`` hands it over.
It imports no engine and knows no PDF.
"""

from typing import Any

from booklet.findings import Finding, Severity
from booklet.job import Job
from booklet.printed import Place
from booklet.profiles import Profile
from booklet.stripping import Slot

_PT = 0.75
_EDGE = 5 / 25.4 * 96
"""In px: 5 mm from the trim, nearer than any margin of ours."""
_REPLACED = ("InlineReplacedBox", "BlockReplacedBox")


def _attribute(box: Any, name: str) -> str | None:
    element = box.element
    if element is None or box.element_tag.endswith(("::before", "::after", "::marker")):
        return None
    value: str | None = element.get(name)
    return value


class Survey:
    """What the box tree tells: holes and blocks with their places."""

    def __init__(self, document: Any, profile: Profile) -> None:
        """Walk all pages of a document that is laid out."""
        self.bleed = profile.bleed / 25.4 * 72
        self.height = [page.height * _PT for page in document.pages]
        self.slots: list[Slot] = []
        self.blocks: list[tuple[int, Place]] = []
        self.lost: dict[int, str] = {}
        self.right, self.bottom = (side / 25.4 * 96 - _EDGE for side in profile.trim)
        """How far to the right and down words may stand."""
        self.places: dict[str, Place] = {}
        for number, page in enumerate(document.pages):
            for name, (x, y, *_) in page.anchors.items():
                self.places.setdefault(name, self.place(number, x, y))
            self.look_through(page._page_box, number)

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

    def look_through(self, box: Any, page: int) -> None:
        """Look at every box of a page in tree order."""
        waiting, seen = [box], set[str]()
        while waiting:
            box = waiting.pop()
            kind = type(box).__name__
            if kind == "TextBox":
                self._look_at_words(box, page)
                continue
            if kind == "AbsolutePlaceholder":
                waiting.append(box._box)
                continue
            if kind in _REPLACED:
                self._watch(box, page)
            element = box.element
            if element is not None and "data-b" in element.attrib:
                self._note_block(box, page, seen)
            waiting += getattr(box, "children", ())[::-1]

    def _look_at_words(self, box: Any, page: int) -> None:
        """Note words when they are a hole's, or stand where they must not."""
        self._watch(box, page)
        element = box.element
        if element is None or "data-hole" not in element.attrib or not (hole := _attribute(box, "data-hole")):
            return
        x, y = box.position_x, box.position_y
        low, high = self.place(page, x, y + box.height), self.place(page, x + box.width, y)
        self.slots.append(Slot(
            page, x, y + box.baseline, len(box.text.lstrip("\u00a0")), hole, _attribute(box, "data-target") or "",
            box.style["text_align_all"] in ("left", "start"), box.text.startswith("\u00a0"),
            (low.x, low.y, high.x, high.y),
        ))

    def _note_block(self, box: Any, page: int, seen: set[str]) -> None:
        """Note a block where its first part on a page begins."""
        number = _attribute(box, "data-b")
        if number and number not in seen:
            seen.add(number)
            self.blocks.append((int(number), self.place(page, box.position_x, box.position_y)))

    def _watch(self, box: Any, page: int) -> None:
        """Note what stands within a hand's breadth of the edge, or beyond: nothing of ours does, bleeding art aside."""
        right, bottom = box.position_x + box.margin_width(), box.position_y + box.margin_height()
        if box.position_x >= _EDGE and right <= self.right and box.position_y >= _EDGE and bottom <= self.bottom:
            return
        text = getattr(box, "text", "").strip()
        picture = box.element_tag == "img" and not (box.element.get("class") or "")
        if (text or picture) and page not in self.lost:
            self.lost[page] = text[:30] or "the picture"
