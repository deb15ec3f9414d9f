"""What assembly must know of laid-out boxes: holes and blocks with their places, and what runs off the paper.

In comes a document of the layout engine, whose box tree is private to WeasyPrint 70.0; only ``engine`` hands it over.
It imports no engine and knows no PDF.
"""

from collections.abc import Iterator
from typing import Any

from booklet.findings import Finding, Severity
from booklet.job import Job
from booklet.printed import Place
from booklet.profiles import Profile
from booklet.stripping import Slot

_PT = 0.75
_EDGE = 5 / 25.4 * 96
"""In px: 5 mm from the trim, nearer than any margin of ours."""


def _walk(box: Any, page: int) -> Iterator[tuple[Any, int]]:
    """Yield every box of a page in tree order."""
    waiting = [box]
    while waiting:
        box = waiting.pop()
        box = getattr(box, "_box", box)
        yield box, page
        waiting += reversed(getattr(box, "children", ()))


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
