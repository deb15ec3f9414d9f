"""Fragments in place → one PDF: numbers filled in, fonts shared, one structure tree, outline, page labels.

In comes a ``Copy`` (every unit placed, pages counted); out goes an open PDF without metadata or identification.
Never loads the layout engine; knows nothing of content.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from io import BytesIO
from typing import Any

import pikepdf
from msgspec import Struct
from pikepdf import Array, Dictionary, Name, Object, OutlineItem, String

from booklet.embedding import Deflate, embed, stream
from booklet.frames import Frame, frame_of
from booklet.inline import digits_of, filler
from booklet.mounting import dress, mount
from booklet.printed import Copy, Entry, Hole, Place, Placed, Sheets, side_of
from booklet.stripping import blank
from booklet.typecase import set_figures
from booklet.typefaces import FACES

SLUG_FACE = "BookletSans"
"""What stands beside a page is set in it."""
_DIGITS = "0123456789ivxlcdm"
"""What page numbers are written with; those of pages that only an excerpt has are Roman."""
_HEX = "0123456789abcdef\u00a0"
"""What a fingerprint is written with."""
_SIGNS = {"print": _HEX}


class NumberTooWide(RuntimeError):
    """A page number has more digits than the place that was left for it."""


class Numbers(Struct, frozen=True):
    """What the holes of a copy are filled with."""

    copy: Copy
    whole: Mapping[str, str]
    """Address → its page in the whole booklet."""
    fingerprint: str = ""

    def value(self, hole: Hole, placed: Placed) -> str:
        """Return the digits that a hole of a placed unit prints."""
        if hole.kind == "folio":
            return placed.labels[hole.page]
        if hole.kind == "phrase":
            return hole.target.format(page=placed.labels[hole.page], total=len(self.copy.labels))
        if hole.kind == "mark":
            return self.whole.get(hole.target, "")
        if hole.kind == "print":
            return self.fingerprint
        return self.copy.label(hole.target) if hole.kind == "page" else self.whole[hole.target]


def show(value: str, hole: Hole) -> bytes:
    """Return the text operator that prints ``value`` in a hole, as long in bytes as the blank it replaces."""
    if not value and hole.kind == "mark":
        return b"[]TJ".ljust(len(blank(hole.digits)))
    signs, worded = _SIGNS.get(hole.kind, _DIGITS), hole.kind in ("phrase", "mark")
    if not value or len(value) > hole.digits or (not worded and set(value) - set(signs)):
        raise NumberTooWide(f"{hole.kind} {hole.target}: {value!r} in {hole.digits} characters")
    shown = set_figures(hole.face, "\u00a0" * hole.gap + value)
    filled = "0" * hole.digits
    if hole.kind == "phrase":
        filled = filler(hole.target, digits_of(hole.target, hole.digits))
    gap = 0 if hole.left else _width(set_figures(hole.face, filled)) - _width(set_figures(hole.face, value))
    text = b"<" + b"".join(b"%04x" % glyph for glyph, _ in shown) + b">"
    return (b"[" + (b"%d" % -gap if gap else b"") + text + b"]TJ").ljust(len(blank(hole.digits)))


def _width(glyphs: Sequence[tuple[int, int]]) -> int:
    return sum(width for _, width in glyphs)


def _fill(content: bytes, holes: list[Hole], placed: Placed, numbers: Numbers) -> bytes:
    """Return a page's content with its holes filled."""
    pieces, end = [], 0
    for hole in holes:
        pieces += [content[end:hole.offset], show(numbers.value(hole, placed), hole)]
        end = hole.offset + len(blank(hole.digits))
    return b"".join([*pieces, content[end:]])


def _glyphs(sheets: Sheets) -> dict[str, dict[int, str]]:
    """Return face → glyph → text over all fragments; every face with holes has all figures."""
    used: dict[str, dict[int, str]] = {}
    for placed in sheets.copy.placed:
        for name, glyphs in placed.fragment.glyphs.items():
            used[name] = {**glyphs, **used.get(name, {})}
    for name in used:
        if FACES[name].hole:
            used[name] |= {glyph: digit for digit, (glyph, _) in zip(_DIGITS, set_figures(name, _DIGITS), strict=True)}
    for face, signs in _worded(sheets, used):
        used[face] |= {glyph: sign for sign, (glyph, _) in zip(signs, set_figures(face, signs), strict=True)}
    return used


def _worded(sheets: Sheets, used: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield face and signs of what is set in words that the engine has not set: the slug, and words in holes."""
    if SLUG_FACE in used and sheets.slug:
        yield SLUG_FACE, sheets.slug + _DIGITS
    holes = [hole for placed in sheets.copy.placed for hole in placed.fragment.holes]
    phrases = {(hole.face, hole.target.format(page="", total="")) for hole in holes if hole.kind == "phrase"}
    marks = {(hole.face, sheets.whole.get(hole.target, "")) for hole in holes
             if sheets.whole.get(hole.target) and hole.kind == "mark"}
    prints = {(hole.face, _HEX) for hole in holes if hole.kind == "print"}
    yield from sorted(phrases | marks | prints)


def _fonts(out: pikepdf.Pdf, sheets: Sheets, deflate: Deflate) -> Object:
    """Return the font resources that all pages share."""
    faces = {name: embed(out, name, glyphs, deflate) for name, glyphs in sorted(_glyphs(sheets).items())}
    keys = sheets.copy.fonts()
    return out.make_indirect(Dictionary({f"/{key}": faces[name] for key, name in sorted(keys.items())}))


def _destination(out: pikepdf.Pdf, copy: Copy, places: Mapping[str, Place], address: str) -> Array:
    place = places[address]
    top: list[Any] = [out.pages[copy.pages[address]].obj, Name.XYZ, place.x, round(place.y + 6, 3), None]
    return Array(top)


class _Desk(Struct, frozen=True):
    """What every page is made with."""

    out: pikepdf.Pdf
    sheets: Sheets
    numbers: Numbers
    fonts: Object
    deflate: Deflate

    def add(self, placed: Placed) -> Iterator[pikepdf.Pdf]:
        """Append a unit's pages, holes filled; yields the fragment's PDF while it is open."""
        with pikepdf.open(BytesIO(placed.fragment.pdf)) as part:
            for index, page in enumerate(part.pages):
                self.out.pages.append(page)
                added = self.out.pages[-1].obj
                holes = [hole for hole in placed.fragment.holes if hole.page == index]
                content = _fill(page.Contents.read_bytes(), holes, placed, self.numbers)
                added.Resources.Font = self.fonts
                if self.sheets.printer:
                    frame = frame_of(self.sheets.profile, self.sheets.printer, side_of(placed.first + index))
                    content = mount(content, frame, self.slug(placed.labels[index], frame))
                    dress(added, frame, self.sheets.printer)
                added.Contents = stream(self.out, content, self.deflate)
            yield part

    def slug(self, label: str, frame: Frame) -> bytes:
        """Return what prints the line beside a page that names it, where there is room for it."""
        if not frame.marks or not self.sheets.slug:
            return b""
        key = next(key for key, name in self.sheets.copy.fonts().items() if name == SLUG_FACE)
        words = self.sheets.slug.replace("{page}", label)
        shown = "".join(f"{glyph:04x}" for glyph, _ in set_figures(SLUG_FACE, words))
        x, y = frame.trim[0] + 12, frame.media[3] - 10
        return f"BT 0 0 0 1 k /{key} 6 Tf 1 0 0 1 {x:.3f} {y:.3f} Tm <{shown}> Tj ET".encode()


class _Tree:
    """The joined structure tree: one Document, a Sect a unit."""

    def __init__(self, out: pikepdf.Pdf) -> None:
        self.out, self.base = out, 0
        self.nums: list[Any] = []
        self.root = out.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.document = out.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=self.root, K=Array()))

    def join(self, part: pikepdf.Pdf, pages: Sequence[Object]) -> None:
        """Hang a unit's tree under the document and shift its keys."""
        tree = self.out.copy_foreign(part.Root.StructTreeRoot)
        top = tree.K[0] if isinstance(tree.K, Array) else tree.K
        top.S, top.P = Name.Sect, self.document
        self.document.K.append(top)
        entries = tree.ParentTree.Nums
        for i in range(0, len(entries), 2):
            self.nums.extend([self.base + int(entries[i]), entries[i + 1]])
        for page in pages:
            page.StructParents = self.base + int(page.StructParents)
            for annotation in page.get("/Annots", []):
                annotation.StructParent = self.base + int(annotation.StructParent)
        self.base += max(int(entries[i]) for i in range(0, len(entries), 2)) + 1

    def close(self) -> None:
        """Make the tree the file's own."""
        self.root.K = Array([self.document])
        self.root.ParentTree = self.out.make_indirect(Dictionary(Nums=Array(self.nums)))
        self.root.ParentTreeNextKey = self.base
        self.out.Root.StructTreeRoot = self.root
        self.out.Root.MarkInfo = Dictionary(Marked=True)


def _live_links(out: pikepdf.Pdf, copy: Copy, places: Mapping[str, Place]) -> None:
    """Turn the links between units into destinations; a screen reader says what each is (ISO 14289-1, 7.18.5)."""
    for page in out.pages:
        for annotation in page.obj.get("/Annots", []):
            uri = str(annotation.get("/A", Dictionary()).get("/URI", ""))
            match = re.fullmatch(r"link://go/(.+)", uri)
            annotation.Contents, annotation.F = String(match[1] if match else uri), 4
            if match:
                del annotation["/A"]
                annotation.Dest = _destination(out, copy, places, match[1])


def _outline(out: pikepdf.Pdf, copy: Copy, places: Mapping[str, Place]) -> None:
    """Write the bookmarks: parts, what they hold, and the headings of texts."""
    with out.open_outline() as outline:
        stack: list[tuple[int, OutlineItem]] = []
        for entry in _entries(copy):
            item = OutlineItem(entry.title, destination=_destination(out, copy, places, entry.address))
            while stack and stack[-1][0] >= entry.level:
                stack.pop()
            (stack[-1][1].children if stack else outline.root).append(item)
            item.is_closed = entry.level > 1
            stack.append((entry.level, item))


def _entries(copy: Copy) -> Iterator[Entry]:
    for placed in copy.placed:
        unit = placed.unit
        if unit.level:
            yield Entry(unit.level, "", unit.title, unit.address)
            yield from (
                Entry(unit.level + mark.level - 1, "", mark.title, mark.address) for mark in unit.bookmarks)


def _page_labels(out: pikepdf.Pdf, copy: Copy) -> None:
    """Write page labels that say what the folios say (ISO 32000-1, 12.4.2)."""
    nums: list[Any] = []
    expected = None
    for index, label in enumerate(copy.labels):
        if not label.isdigit():
            nums.extend([index, Dictionary(P=String(label))])
            expected = None
        elif label != expected:
            nums.extend([index, Dictionary(S=Name.D, St=int(label))])
        expected = str(int(label) + 1) if label.isdigit() else None
    out.Root.PageLabels = out.make_indirect(Dictionary(Nums=Array(nums)))


def _share_pictures(out: pikepdf.Pdf) -> None:
    """Let every page that shows the same picture use one copy of it."""
    known: dict[bytes, Object] = {}
    for page in out.pages:
        for key, picture in page.obj.Resources.get("/XObject", Dictionary()).items():
            if picture.get("/Subtype") == Name.Image and "/SMask" not in picture:
                digest = sha256(picture.read_raw_bytes() + picture.stream_dict.unparse()).digest()
                page.obj.Resources.XObject[key] = known.setdefault(digest, picture)


def assemble(sheets: Sheets, deflate: Deflate) -> pikepdf.Pdf:
    """Return one open PDF of a copy; NumberTooWide when a number does not fit its place."""
    copy, profile = sheets.copy, sheets.profile
    out, numbers = pikepdf.new(), Numbers(copy, sheets.whole, sheets.fingerprint)
    tree = _Tree(out)
    desk = _Desk(out, sheets, numbers, _fonts(out, sheets, deflate), deflate)
    for placed in copy.placed:
        for part in desk.add(placed):
            if profile.tagged:
                pages = [page.obj for page in out.pages[placed.first:placed.first + placed.fragment.pages]]
                tree.join(part, pages)
    _share_pictures(out)
    if profile.tagged:
        places = {name: place for placed in copy.placed for name, place in placed.fragment.places.items()}
        tree.close()
        _live_links(out, copy, places)
        _outline(out, copy, places)
    _page_labels(out, copy)
    return out



