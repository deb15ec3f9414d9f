"""A finished PDF → which line of which page each word of an inventory is printed on.

In come the bytes of a file, the copy it was made from and what it says; out come the lines of every item, read from the
file itself by PDFium, so that they are those of the paper. Refuses to know how lines were broken.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher

import pypdfium2
from msgspec import Struct

from booklet.inventory import Inventory, Item
from booklet.printed import Copy
from booklet.signals import undisturbed

_SOFT = "\ufffe"
"""What PDFium writes for a hyphen at a line's end, and for the line's end itself."""
_LINE = re.compile(f"[^\r\n{_SOFT}]+{_SOFT}?")
_ENOUGH = 0.8
"""Which share of an item's words must be found for its lines to be trusted."""
_ADDRESS = "://"
"""What is in words that may be broken anywhere."""


class Line(Struct, frozen=True):
    """A line of an item, as it is printed."""

    page: int
    """Index of the page in the file."""
    text: str
    """The words of the item on it; one that is broken ends in «¬»."""
    box: tuple[float, float, float, float]
    """Left, bottom, right, top in pt."""


Lines = Mapping[int, tuple[Line, ...]]
"""``id`` of an item → its lines."""


class _Row(Struct, frozen=True):
    page: int
    text: str
    box: tuple[float, float, float, float]


class _Word(Struct, frozen=True):
    bare: str
    row: int
    head: int = 0
    """Letters before the line's end, of a word that is broken."""


def _rows(content: bytes) -> list[list[_Row]]:
    """Return the lines of each page of a file."""
    with undisturbed():
        pdf = pypdfium2.PdfDocument(content)
        try:
            return [_rows_of(pdf, number) for number in range(len(pdf))]
        finally:
            pdf.close()


def _rows_of(pdf: pypdfium2.PdfDocument, number: int) -> list[_Row]:
    page = pdf[number]
    text = page.get_textpage()
    try:
        said, rows = text.get_text_range(), []
        for match in _LINE.finditer(said):
            ends = [text.get_charbox(match.start() + len(match[0]) - len(match[0].lstrip())),
                    text.get_charbox(match.start() + len(match[0].rstrip()) - 1)]
            box = ends[0][0], min(one[1] for one in ends), ends[1][2], max(one[3] for one in ends)
            rows.append(_Row(number, match[0], box))
        return rows
    finally:
        text.close()
        page.close()


def _bare(word: str) -> str:
    return re.sub(r"\W", "", word).lower()


def _words(rows: Sequence[_Row], known: set[str]) -> list[_Word]:
    """Return the words of some lines, those that a line's end broke in one piece."""
    words: list[_Word] = []
    broken = False
    for number, row in enumerate(rows):
        for text in row.text.removesuffix(_SOFT).split():
            bare = _bare(text)
            if broken and words and bare and words[-1].bare + bare in known:
                words[-1] = _Word(words[-1].bare + bare, words[-1].row, len(words[-1].bare))
            elif bare:
                words.append(_Word(bare, number))
            broken = False
        broken = row.text.endswith(_SOFT)
    return words


def _match(words: Sequence[str], printed: Sequence[_Word]) -> dict[int, _Word]:
    """Return index of a word → where it is printed."""
    matcher = SequenceMatcher(None, words, [one.bare for one in printed], autojunk=False)
    return {block.a + i: printed[block.b + i] for block in matcher.get_matching_blocks() for i in range(block.size)}


def _set(item: Item, found: Mapping[int, _Word], rows: Sequence[_Row]) -> tuple[Line, ...]:
    """Return an item's words in the lines that they stand on; nothing when too few were found."""
    words = item.text.split()
    spoken = [word for word in words if _bare(word) and _ADDRESS not in word]
    if not spoken or len(found) < _ENOUGH * len(spoken):
        return ()
    lines: list[tuple[int, list[str]]] = []
    row, head = next(iter(found.values())).row, ""
    for i, word in enumerate(words):
        at = found.get(i)
        if head:
            row += 1
            lines.append((row, [head]))
            head = ""
        row = max(row, at.row) if at else row
        if not lines or lines[-1][0] != row:
            lines.append((row, []))
        cut = _cut(word, at.head) if at and at.head else 0
        if at and at.head:
            lines[-1][1].append(word[:cut].removesuffix("-") + "¬")
            head = word[cut:]
        else:
            lines[-1][1].append(word)
    if head:
        lines.append((row + 1, [head]))
    return tuple(Line(rows[at].page, " ".join(said), rows[at].box) for at, said in _joined(lines))


def _joined(lines: Iterable[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Return lines of which none is there twice."""
    joined: list[tuple[int, list[str]]] = []
    for row, words in lines:
        if joined and joined[-1][0] == row:
            joined[-1] = row, [*joined[-1][1], *words]
        else:
            joined.append((row, words))
    return joined


def _cut(word: str, letters: int) -> int:
    """Return after how many characters of a word so many letters have passed."""
    seen = 0
    for index, sign in enumerate(word):
        if seen == letters:
            return index
        seen += bool(_bare(sign))
    return len(word)


def trace(content: bytes, copy: Copy, inventory: Inventory) -> Lines:
    """Return the lines of every printed item; of an item that is printed twice, those of its first place."""
    pages, units = _rows(content), {placed.unit.address: placed for placed in copy.placed}
    wanted: dict[str, list[Item]] = {}
    for part in inventory.parts:
        for item in part.items:
            unit = item.spots[0].split("#")[0] if item.spots else ""
            unit = unit if unit in units else unit.split(".")[0]
            if unit in units and item.what not in ("fact", "picture", "illustration", "colour"):
                wanted.setdefault(unit, []).append(item)
    lines: dict[int, tuple[Line, ...]] = {}
    for unit, items in wanted.items():
        placed = units[unit]
        rows = [row for page in pages[placed.first:placed.first + placed.fragment.pages] for row in page]
        lines |= _trace_unit(items, rows)
    return lines


def _trace_unit(items: Sequence[Item], rows: Sequence[_Row]) -> dict[int, tuple[Line, ...]]:
    """Return the lines of the items of one unit: all in their order, then those that stand out of it one by one."""
    spoken = [[(i, _bare(word)) for i, word in enumerate(item.text.split()) if _bare(word)] for item in items]
    printed = _words(rows, {bare for words in spoken for _, bare in words})
    flat = [(number, i) for number, words in enumerate(spoken) for i, _ in words]
    hits = _match([bare for words in spoken for _, bare in words], printed)
    found: list[dict[int, _Word]] = [{} for _ in items]
    for place, word in hits.items():
        found[flat[place][0]][flat[place][1]] = word
    used = set(map(id, hits.values()))
    lines = {}
    for item, words, mine in zip(items, spoken, found, strict=True):
        if len(mine) < _ENOUGH * len(words):
            used -= set(map(id, mine.values()))
            free = [word for word in printed if id(word) not in used]
            again = _match([bare for _, bare in words], free)
            mine = {words[index][0]: word for index, word in again.items()}
            used |= set(map(id, mine.values()))
        lines[id(item)] = _set(item, dict(sorted(mine.items())), rows)
    return lines
