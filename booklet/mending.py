"""Paragraphs whose last line is too short, set a touch tighter or looser while they are laid out.

In come the lines of a paragraph as WeasyPrint 70.0 lays them out, and the most that the eye does not see; out go lines
without the fault, or the same. Decided paragraph by paragraph from its own words and its width alone, so that it does
not matter what was laid out before. What was done is written on the element: ``data-set``. Knows no page.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from msgspec import Struct
from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.layout import block

_lines = block.iter_line_boxes
_TAGS = ("p", "li", "dd", "figcaption")
_STEPS = (-1 / 3, -2 / 3, -1, 1 / 3, 2 / 3, 1)
"""Parts of the most that letters are set apart: what is seen least comes first, tighter before looser."""
_LETTER = re.compile(r"[^\W_]")
_TAIL, _HEAD = re.compile(r"([^\W\d_]+)-$"), re.compile(r"[^\W\d_]+")
_MOST_HYPHENS = 2
MARK = "data-set"
"""Says on an element by how many parts of the size its letters stand wider apart."""


class Mend(Struct, frozen=True):
    """What is to be mended, and how far one may go."""

    most: float
    """Parts of the size of type."""
    letters: float
    """Fewest on a last line."""


def _texts(box: Any) -> Iterator[Any]:
    for child in box.descendants():
        if type(child) is TextBox:
            yield child


def _says(box: Any) -> str:
    if len(box.children) == 1 and type(box.children[0]) is TextBox:
        return box.children[0].text  # type: ignore[no-any-return]
    return "".join(text.text for text in _texts(box))


def _is_hyphenated(line: Any) -> bool:
    end = line.children[-1] if line.children else line
    words = end.text.rstrip() if type(end) is TextBox else ""
    return (words or _says(line).rstrip()).endswith("-")


def _faults(lines: list[tuple[Any, Any]], letters: float) -> int:
    """Return how bad the lines of a paragraph are: a last line counts more than a ladder of hyphens."""
    if len(lines) < 2:
        return 0
    before, last = (_says(line).strip() for line, _ in lines[-2:])
    tail, head = _TAIL.search(before), _HEAD.match(last)
    half = tail and head and len(last.split()) == 1
    runs = (len(list(run)) for hyphen, run in groupby(lines[:-1], key=lambda line: _is_hyphenated(line[0])) if hyphen)
    ladder = len(lines) > _MOST_HYPHENS + 1 and max(runs, default=0) > _MOST_HYPHENS
    return 2 * bool(half or len(_LETTER.findall(last)) < letters) + ladder


def _plain(box: Any) -> bool:
    """Tell whether a paragraph's line holds nothing but words in a row."""
    return box.element_tag in _TAGS and box.element is not None and all(
        child.style["float"] == "none" and child.style["position"] in ("static", "relative")
        and child.style["letter_spacing"] == "normal" for child in box.descendants())


def _spaced(box: Any, parts: float) -> Any:
    """Return a paragraph with its letters so many parts of their size wider apart; numbers to be filled in stay."""
    copy, styles = box.deepcopy(), dict[int, Any]()
    for text in _texts(copy):
        if text.element is not None and text.element.get("data-hole"):
            continue
        known = styles.get(id(text.style))
        if known is None:
            known = styles[id(text.style)] = text.style.copy()
            known["letter_spacing"] = parts * text.style["font_size"]
        text.style = known
    return copy


def _mended(box: Any, lay: Any, mend: Mend) -> tuple[Any, list[tuple[Any, Any]]]:
    """Return the paragraph that is to be set, and its lines."""
    lines = list(lay(box))
    worst, best, parts = _faults(lines, mend.letters), (box, lines), 0.0
    for step in _STEPS if worst else ():
        tried = _spaced(box, step * mend.most)
        laid = list(lay(tried))
        faults = _faults(laid, mend.letters)
        if faults < worst:
            worst, best, parts = faults, (tried, laid), step * mend.most
        if not worst:
            break
    box.element.attrib.pop(MARK, None)
    if parts:
        box.element.set(MARK, f"{parts:.5f}")
    return best


@contextmanager
def mending(most: float, letters: float) -> Iterator[None]:
    """Mend paragraphs that are laid out within; ``most`` in parts of the size, 0 for none."""
    if not most:
        yield
        return
    mend = Mend(most, letters)

    def lay(
        context: Any, box: Any, position_y: float, bottom_space: float, skip_stack: Any, *places: Any
    ) -> Iterator[tuple[Any, Any]]:
        """Yield the lines of a paragraph; what follows on the next page is set as it began."""
        known = context.__dict__.setdefault("mended", {})
        if skip_stack is not None:
            _, box = known.get(id(box), (box, box))
        elif _plain(box):
            def lines_of(one: Any) -> Any:
                return _lines(context, one, position_y, bottom_space, None, *places)

            chosen, lines = _mended(box, lines_of, mend)
            known[id(box)] = box, chosen
            yield from lines
            return
        yield from _lines(context, box, position_y, bottom_space, skip_stack, *places)

    block.iter_line_boxes = lay
    try:
        yield
    finally:
        block.iter_line_boxes = _lines
