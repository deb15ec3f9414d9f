"""Figures that leave a hole at the foot of a page, moved behind the paragraph that follows them.

In comes the HTML of a unit and a way to lay it out; out go its pages, with figures at the next place where that fills
pages better. Decided from this unit alone, so that a rebuild equals a clean build. What was moved says so on its
caption: ``data-moved``. The box tree it looks at is private to WeasyPrint 70.0.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

HOLE = 53.0
"""Px of white at the foot of a page that are worth filling: three lines."""
_MOST_MOVES = 4
MARK = "data-moved"
_BLOCK = re.compile(r'\n?<([a-z0-9]+) data-b="(\d+)"')


def shift(html: str, lay_out: Callable[[str], Any]) -> Any:
    """Return the document of some HTML, laid out with its figures where they leave the least white."""
    document, left = lay_out(html), set[int]()
    for _ in range(_MOST_MOVES):
        holes = {number: white for number, white in _holes(document.pages) if number not in left}
        number = next(iter(holes), None)
        moved = html if number is None else _behind(html, number)
        if number is None:
            break
        left.add(number)
        if moved == html:
            continue
        tried = lay_out(moved)
        if len(tried.pages) <= len(document.pages) and _white(tried.pages) < _white(document.pages):
            html, document = moved, tried
    return document


def _holes(pages: Sequence[Any]) -> Iterator[tuple[int, float]]:
    """Yield each figure that begins a page because the page before had no room for it, and the white it left in px."""
    for page, following in pairwise(pages):
        first = next(iter(_flow(following)), None)
        if first is None or first.element_tag != "figure" or not (number := first.element.get("data-b")):
            continue
        if (white := _foot(page)) >= HOLE:
            yield int(number), white


def _white(pages: Sequence[Any]) -> float:
    """Return the white at the feet of all pages but the last."""
    return sum(_foot(page) for page in pages[:-1])


def _flow(page: Any) -> list[Any]:
    """Return the blocks that stand on a page one below the other."""
    box = page._page_box
    for _ in range(2):  # html, body
        box = next((child for child in box.children if child.element_tag in ("html", "body")), box)
    return [child for child in getattr(box, "children", ()) if child.is_in_normal_flow()]


def _foot(page: Any) -> float:
    """Return the white between the last block of a page and its footnotes or its end, in px."""
    box, blocks = page._page_box, _flow(page)
    if not blocks:
        return 0.0
    notes = [child.position_y for child in box.children if type(child).__name__ == "FootnoteAreaBox" and child.children]
    last = blocks[-1]
    end: float = min([box.content_box_y() + box.height, *notes])
    return max(0.0, end - float(last.border_box_y() + last.border_height()))


def _behind(html: str, number: int) -> str:
    """Return HTML in which a figure stands behind the paragraph that follows it; the same where none does."""
    blocks = list(_BLOCK.finditer(html))
    place = next((i for i, block in enumerate(blocks) if int(block[2]) == number), len(blocks))
    if place + 2 >= len(blocks) or blocks[place + 1][1] != "p":
        return html
    start, middle, end = (block.start() for block in blocks[place:place + 3])
    figure = html[start:middle].replace("<figcaption", f'<figcaption {MARK}="0"', 1)
    return html[:start] + html[middle:end] + figure + html[end:]
