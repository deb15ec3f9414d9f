"""Fragments in place → one PDF: numbers filled in, fonts shared, one structure tree, outline, page labels.

In comes a ``Copy`` (every unit placed, pages counted); out goes an open file without metadata or identification.
Never loads the layout engine; knows nothing of content.
"""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from booklet.collation import leaves_in
from booklet.embedding import embed
from booklet.frames import Frame, frames_of
from booklet.inline import digits_of, filler
from booklet.leaves import GOAL, KEY, Leaves, Link
from booklet.mounting import dress, mount, registration
from booklet.printed import Copy, Hole, Placed, Sheets, side_of
from booklet.quires import Quire
from booklet.sewing import Deflate, Thing
from booklet.signposts import Signposts
from booklet.stripping import blank
from booklet.typecase import set_figures
from booklet.typefaces import FACES
from booklet.values import MARK, Ref, Spelled, shifted

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


def _fill(content: memoryview, holes: Sequence[Hole], shown: Sequence[bytes]) -> bytes:
    """Return a page's content with its holes filled."""
    pieces, end = list[bytes | memoryview](), 0
    for hole, text in zip(holes, shown, strict=True):
        pieces += [content[end:hole.offset], text]
        end = hole.offset + len(text)
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


def _fonts(out: Quire, sheets: Sheets, deflate: Deflate) -> Ref:
    """Return the font resources that all pages share."""
    faces = {name: embed(out, name, glyphs, deflate) for name, glyphs in sorted(_glyphs(sheets).items())}
    return out.add({f"/{key}": faces[name] for key, name in sheets.copy.fonts().items()})


class _Desk(Struct, frozen=True):
    """What every page is made with."""

    out: Quire
    sheets: Sheets
    numbers: Numbers
    fonts: Ref
    deflate: Deflate
    frames: Mapping[str, Frame]

    def add(self, placed: Placed) -> tuple[Leaves, int]:
        """Append a unit's pages, holes filled; returns its leaves and where they begin."""
        leaves, out, sheets = leaves_in(placed.fragment), self.out, self.sheets
        base = out.join(leaves, self.deflate)
        for index, page in enumerate(leaves.pages):
            value, frame = shifted(page.value, base), self.frames[side_of(placed.first + index)]
            resources = out.entries(value, "/Resources")
            resources["/Font"] = self.fonts
            if sheets.printer:
                dress(value, out.entries(resources, "/ExtGState"), frame, sheets.printer)
                if frame.marks:
                    out.entries(resources, "/ColorSpace")["/All"] = registration()
            out.add_page(Ref(base + page.place), value, self.shown(placed, index, page.content))
        return leaves, base

    def shown(self, placed: Placed, index: int, content: memoryview) -> bytes:
        """Return what a page shows, deflated: holes filled, put where it lies on its sheet."""
        holes = [hole for hole in placed.fragment.holes if hole.page == index]
        made = _fill(content, holes, [show(self.numbers.value(hole, placed), hole) for hole in holes])
        if self.sheets.printer:
            frame = self.frames[side_of(placed.first + index)]
            made = mount(made, frame, self.slug(placed.labels[index], frame))
        return self.deflate(made)

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

    def __init__(self, out: Quire) -> None:
        self.out, self.base = out, 0
        self.nums: list[bytes] = []
        self.owners: list[int] = []
        self.root = out.open({"/Type": b"/StructTreeRoot"})
        self.sections: list[Ref] = []
        kept = {"/Type": b"/StructElem", "/S": b"/Document", "/P": self.root, "/K": self.sections}
        self.document = out.open(kept)

    def join(self, leaves: Leaves, base: int, posts: Signposts) -> None:
        """Hang a unit's tree under the document and shift its keys."""
        out, before = self.out, self.base
        assert leaves.tree, "a unit of a tagged file has a tree"
        section = Ref(base + leaves.tree.place)
        out.values[section] = {**shifted(leaves.tree.top, base), "/S": b"/Sect", "/P": self.document}
        self.sections.append(section)
        for key, owner in leaves.tree.owners:
            self.nums.append(b"%d %b" % (before + key, owner.text))
            self.owners += [base + name for name in owner.names]
        for page in leaves.pages:
            value = out.values[base + page.place]
            value["/StructParents"] = before + int(value["/StructParents"].text)
            for link in page.links:
                out.things[base + link.place] = _live(link, before + link.key, base, posts)
        self.base += max(key for key, _ in leaves.tree.owners) + 1

    def close(self) -> None:
        """Make the tree the file's own."""
        listed = Spelled(b" ".join([b"[", *self.nums, b"]"]), tuple(self.owners))
        numbers = self.out.add({"/Nums": listed})
        self.out.values[self.root] |= {
            "/K": [self.document], "/ParentTree": numbers, "/ParentTreeNextKey": self.base}
        self.out.values[self.out.root] |= {"/StructTreeRoot": self.root, "/MarkInfo": {"/Marked": True}}


def _live(link: Link, key: int, base: int, posts: Signposts) -> Thing:
    """Return a link that leads to where its goal stands."""
    text, names = link.text.replace(KEY, b"%d" % key), [base + name for name in link.names]
    if not link.goal:
        return Thing(text, tuple(names))
    there = posts.destination(link.goal)
    before = text.split(GOAL)[0].count(MARK) if names else 0
    return Thing(text.replace(GOAL, there.text), (*names[:before], *there.names, *names[before:]))


def _share_pictures(out: Quire) -> None:
    """Let every page that shows the same picture use one copy of it."""
    known: dict[tuple[bytes, bytes, tuple[int, ...]], Ref] = {}
    for page in out.pages:
        resources = out.entries(out.values[page], "/Resources")
        shown = out.entries(resources, "/XObject") if "/XObject" in resources else {}
        for key, value in shown.items():
            thing = out.things[value.names[0]]
            if b"/Subtype /Image" in thing.text and b"/SMask " not in thing.text:
                alike = thing.data or b"", thing.text, thing.names
                shown[key] = known.setdefault(alike, Ref(value.names[0]))


def assemble(sheets: Sheets, deflate: Deflate) -> Quire:
    """Return a copy as an open file; NumberTooWide when a number does not fit its place."""
    copy, tagged = sheets.copy, sheets.profile.tagged
    out, numbers = Quire(), Numbers(copy, sheets.whole, sheets.fingerprint)
    tree = _Tree(out)
    desk = _Desk(
        out, sheets, numbers, _fonts(out, sheets, deflate), deflate, frames_of(sheets.profile, sheets.printer))
    joined = [desk.add(placed) for placed in copy.placed]
    _share_pictures(out)
    posts = Signposts(out, copy)
    if tagged:
        for leaves, base in joined:
            tree.join(leaves, base, posts)
        tree.close()
        posts.raise_outline()
    posts.name_pages()
    return out
