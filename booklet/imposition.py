"""Single pages → saddle-stitched printer spreads, with marks and a folio check.

In come the bytes of any PDF with pages of one trim size; out go the bytes of another whose sheets, printed on both
sides and folded together, are the booklet. A page becomes a form XObject, so that fonts and pictures stay shared.
Nothing comes from the clock. Knows no content; what pages lie side by side stands in ``spreads``.
"""

import zlib
from collections.abc import Iterable, Mapping
from io import BytesIO
from unicodedata import normalize

import pikepdf
from msgspec import Struct
from pikepdf import Array, Dictionary, Name, Object, Page, String

from booklet.embedding import embed
from booklet.quires import Quire
from booklet.spreads import GAP, MARK, MM, ON_A_SHEET, Frame, Spread, frame, pairs, signature
from booklet.subsetting import set_figures

MOST_BLEED = 5 * MM
"""What stands farther beyond the trim is marks and slug of the single page."""
_TOLERANCE = 0.3
"""In pt: trim sizes that differ by less are the same, rounded differently."""
_LINE, _TYPE, _INDENT = 0.25, 6.5, 6 * MM
_OVER = 0.25
"""In pt: the left page reaches so far below the right one, or viewers show a white line between colours that meet."""
_FACE = "BookletSans"
_BLANK = "–"
Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]


class Unfit(ValueError):
    """A file that no spreads can be made of."""


class Wanted(Struct, frozen=True):
    """How the spreads are made."""

    words: Mapping[str, str]
    """``sheet-front`` and ``sheet-back``: what the slug says."""
    paper: str = "none"
    """``a3``, ``a4``, or ``none`` for paper as large as the spread needs."""
    creep: float = 0
    """Thickness of the paper in mm."""
    folded: bool = True
    """Saddle-stitched; otherwise two pages of a sheet follow each other, and nothing is cut or folded."""


class Imposed(Struct, frozen=True):
    """The finished spreads."""

    content: bytes
    pages: int
    sheets: int
    blanks: int
    """Empty pages that fill the last sheet."""
    scale: float
    warnings: tuple[str, ...]
    """What the reader of the file had to repair."""


class _Leaf(Struct, frozen=True):
    """A page of the file, upright: its trim has its corner at 0 0."""

    form: Object
    label: str
    matrix: Matrix
    size: tuple[float, float]
    bleed: float


def _open(content: bytes) -> pikepdf.Pdf:
    try:
        pdf = pikepdf.open(BytesIO(content), suppress_warnings=True)
    except pikepdf.PasswordError:
        raise Unfit("the file is encrypted; save it without a password") from None
    except pikepdf.PdfError:
        raise Unfit("this is no PDF, or it is damaged beyond repair") from None
    if pdf.is_encrypted:
        raise Unfit("the file is encrypted; save it without a password")
    return pdf


def _box(values: Iterable[object]) -> Box:
    left, bottom, right, top = map(float, values)  # type: ignore[arg-type]
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _meet(one: Box, other: Box) -> Box:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _upright(trim: Box, turned: int, unit: float) -> Matrix:
    """Return what turns a page as a viewer does and puts the corner of its trim at 0 0 (ISO 32000-1, 7.7.3.3)."""
    left, bottom, right, top = trim
    a, b, c, d, e, f = {
        0: (1, 0, 0, 1, -left, -bottom), 90: (0, -1, 1, 0, -bottom, right),
        180: (-1, 0, 0, -1, right, top), 270: (0, 1, -1, 0, top, -left)}[turned]
    return a * unit, b * unit, c * unit, d * unit, e * unit, f * unit


def _leaf(page: Page, number: int) -> _Leaf:
    """Return a page as a form that shows it as far as its bleed."""
    media = _box(page.mediabox)
    trim = _meet(_box(page.trimbox), media)
    width, height = trim[2] - trim[0], trim[3] - trim[1]
    if width <= 0 or height <= 0:
        raise Unfit(f"page {number} has no area; its boxes contradict each other")
    unit = float(page.obj.get("/UserUnit", 1))
    turned = int(page.rotation) % 360
    most = MOST_BLEED / unit
    shown = _meet(_meet(_box(page.bleedbox), media), (
        trim[0] - most, trim[1] - most, trim[2] + most, trim[3] + most))
    form = page.as_form_xobject(handle_transformations=False)
    form.BBox = Array([round(value, 4) for value in shown])
    bleed = max(trim[0] - shown[0], trim[1] - shown[1], shown[2] - trim[2], shown[3] - trim[3], 0) * unit
    size = (height, width) if turned in (90, 270) else (width, height)
    return _Leaf(form, str(page.label), _upright(trim, turned, unit), (size[0] * unit, size[1] * unit), bleed)


def _leaves(pdf: pikepdf.Pdf) -> list[_Leaf]:
    """Return the pages of a file; Unfit when they cannot lie side by side."""
    if len(pdf.pages) < 2:
        raise Unfit(f"the file has {len(pdf.pages)} page; spreads are made of several")
    pdf.flatten_annotations("print")  # what would be printed is part of the page
    leaves = [_leaf(page, number) for number, page in enumerate(pdf.pages, 1)]
    width, height = leaves[0].size
    for number, leaf in enumerate(leaves, 1):
        if abs(leaf.size[0] - width) > _TOLERANCE or abs(leaf.size[1] - height) > _TOLERANCE:
            sizes = " and ".join(f"{one.size[0] / MM:.1f} × {one.size[1] / MM:.1f} mm" for one in (leaves[0], leaf))
            raise Unfit(f"pages 1 and {number} are of different sizes: {sizes}; make all pages alike")
    return leaves


class _Slug:
    """Writes the folio check; knows every sign that it wrote."""

    def __init__(self) -> None:
        self.glyphs: dict[int, str] = {}

    def show(self, text: str) -> bytes:
        """Return a text as glyphs; a sign that the typeface lacks is a question mark."""
        shown = []
        for sign in normalize("NFC", text):
            (glyph, *_), kept = (one for one, _ in set_figures(_FACE, sign)), sign
            if not glyph:
                glyph, kept = set_figures(_FACE, "?")[0][0], "?"
            self.glyphs[glyph] = kept
            shown.append(b"%04x" % glyph)
        return b"<" + b"".join(shown) + b">"


def _numbers(*values: float) -> bytes:
    return " ".join(f"{value:.4f}".rstrip("0").rstrip(".") for value in values).replace("-0 ", "0 ").encode()


def _marks(place: Frame) -> bytes:
    """Return crop marks at the corners and dashed fold marks at the spine, all outside the bleed."""
    left, bottom, right, top = place.trim
    near, far = place.bleed + GAP, place.bleed + GAP + MARK
    lines = [(x, top + near, x, top + far) for x in (left, right)]
    lines += [(x, bottom - near, x, bottom - far) for x in (left, right)]
    lines += [(left - near, y, left - far, y) for y in (bottom, top)]
    lines += [(right + near, y, right + far, y) for y in (bottom, top)]
    folds = [(place.spine, top + near, place.spine, top + far), (place.spine, bottom - near, place.spine, bottom - far)]
    pen, dashes = b"q /All CS 1 SCN %s w" % _numbers(_LINE), b"[2 1.5] 0 d"
    return b"\n".join([pen, *map(_stroke, lines), dashes, *map(_stroke, folds), b"Q"])


def _stroke(line: Box) -> bytes:
    return b"%s m %s l S" % (_numbers(*line[:2]), _numbers(*line[2:]))


def _place(leaf: _Leaf, name: str, place: Frame, corner: float, shift: float) -> bytes:
    """Return what shows a page on its side of the spine, its trim's left edge at ``corner`` moved by ``shift``."""
    a, b, c, d, e, f = (value * place.scale for value in leaf.matrix)
    is_left = corner < place.spine
    edge = place.trim[0] - place.bleed if is_left else place.spine
    width = place.spine - place.trim[0] + place.bleed + (_OVER if is_left else 0)
    height = place.trim[3] - place.trim[1] + 2 * place.bleed
    return b"q %s re W n %s cm /%s Do Q" % (
        _numbers(edge, place.trim[1] - place.bleed, width, height),
        _numbers(a, b, c, d, e + corner + shift, f + place.trim[1]), name.encode())


class _Press:
    """Puts spreads into a new file."""

    def __init__(self, source: pikepdf.Pdf, wanted: Wanted) -> None:
        self.source, self.wanted, self.leaves = source, wanted, _leaves(source)
        self.out, self.slug = pikepdf.new(), _Slug()
        self.forms = [self.out.copy_foreign(self.source.make_indirect(leaf.form)) for leaf in self.leaves]
        self.place = frame(self.leaves[0].size, max(leaf.bleed for leaf in self.leaves), wanted.paper)

    def check(self, spread: Spread) -> str:
        """Return the folio check of a spread: «Ark 3, forside: 60 | 1»."""
        left, right = (
            _BLANK if index is None else self.leaves[index].label for index in (spread.left, spread.right))
        words = self.wanted.words["sheet-front" if spread.front else "sheet-back"]
        return words.format(sheet=spread.sheet, left=left, right=right)

    def _content(self, spread: Spread) -> bytes:
        """Return what is printed on one side of a sheet."""
        place, parts, shift = self.place, [], spread.shift * MM * self.place.scale
        for index, corner, moved in ((spread.left, place.trim[0], shift), (spread.right, place.spine, -shift)):
            if index is not None:
                parts.append(_place(self.leaves[index], f"P{index}", place, corner, moved))
        x, y = place.trim[0] + _INDENT, place.trim[1] - place.bleed - GAP - MARK + 1
        text = self.slug.show(self.check(spread))
        parts += [_marks(place) if self.wanted.folded else b"", b"q 0 0 0 1 k BT /Slug %s Tf %s Td %s Tj ET Q" % (
            _numbers(_TYPE), _numbers(x, y), text)]
        return b"\n".join(parts)

    def put(self, spread: Spread, shared: Mapping[str, Object]) -> None:
        """Add one side of a sheet."""
        place = self.place
        left, bottom, right, top = place.trim
        bleed = left - place.bleed, bottom - place.bleed, right + place.bleed, top + place.bleed
        names = {f"/P{i}": self.forms[i] for i in (spread.left, spread.right) if i is not None}
        page = Dictionary(
            Type=Name.Page, MediaBox=Array([0, 0, round(place.width, 4), round(place.height, 4)]),
            TrimBox=Array([round(value, 4) for value in place.trim]),
            BleedBox=Array([round(value, 4) for value in bleed]),
            Contents=self.out.make_stream(self._content(spread)),
            Resources=Dictionary({"/XObject": Dictionary(names), **shared}))
        group = self.source.pages[0].obj.get("/Group")
        if group is not None:
            page.Group = self.out.copy_foreign(self.source.make_indirect(group))
        self.out.pages.append(Page(page))

    def put_all(self) -> None:
        """Add all sheets, and the typeface of the slug."""
        count = len(self.leaves)
        spreads = signature(count, self.wanted.creep) if self.wanted.folded else pairs(count)
        tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1, C0=Array([0] * 4), C1=Array([1] * 4))
        space = self.out.make_indirect(Array([Name.Separation, Name.All, Name.DeviceCMYK, tint]))
        fonts = self.out.make_indirect(Dictionary())
        for spread in spreads:
            self.put(spread, {"/ColorSpace": Dictionary(All=space), "/Font": fonts})
        fonts.Slug = self._face()
        labels = [(number, Dictionary(P=String(self.check(spread)))) for number, spread in enumerate(spreads)]
        self.out.Root.PageLabels = Dictionary(Nums=Array([part for label in labels for part in label]))

    def _face(self) -> Object:
        """Return the typeface of the slug, taken over from a file that holds nothing else."""
        quire = Quire()
        quire.values[quire.root]["/Face"] = embed(quire, _FACE, self.slug.glyphs, zlib.compress)
        with pikepdf.open(BytesIO(quire.close("1.7", zlib.compress, {}))) as part:
            (inner,) = part.Root.Face.DescendantFonts
            _, _, face = (self.out.copy_foreign(each) for each in (inner.FontDescriptor, inner, part.Root.Face))
            return face

    def identify(self) -> None:
        """Take over what the file says of itself: title, dates, colours of the press, layers."""
        for key in ("/OutputIntents", "/OCProperties"):
            if key in self.source.Root:
                self.out.Root[key] = self.out.copy_foreign(self.source.make_indirect(self.source.Root[key]))
        kept = {key: self.source.docinfo[key] for key in ("/Title", "/Author", "/Subject", "/CreationDate", "/ModDate")
                if key in self.source.docinfo}
        said = {key: String(str(value)) for key, value in kept.items()}
        self.out.trailer.Info = self.out.make_indirect(Dictionary({**said, "/Producer": String("booklet")}))


def impose(content: bytes, wanted: Wanted) -> Imposed:
    """Return the printer spreads of a file; Unfit says why there are none."""
    with _open(content) as source:
        press = _Press(source, wanted)
        press.put_all()
        press.identify()
        target = BytesIO()
        press.out.save(
            target, deterministic_id=True, min_version=source.pdf_version, compress_streams=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate)
        pages, sheets = len(press.leaves), -(-len(press.out.pages) // 2)
        warnings = tuple(dict.fromkeys(map(str, source.get_warnings())))
        return Imposed(target.getvalue(), pages, sheets, ON_A_SHEET * sheets - pages, press.place.scale, warnings)
