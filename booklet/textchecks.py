"""Text on painted pages: what is too small for its inks, what overprints or knocks out wrongly; and its fonts.

In come canvases; out go faults. It refuses to know how a PDF says it.
"""

from collections.abc import Iterator, Mapping, Set

from booklet.anatomy import Claim
from booklet.boxes import Sheet
from booklet.canvas import MASK, Canvas, Mark
from booklet.colourchecks import describe
from booklet.docket import Docket
from booklet.lettering import Face
from booklet.plane import Point
from booklet.presses import Printer
from booklet.spaces import CMYK, GREY, PROCESS, Colour, Space, is_image_black

_SMALL = 7.99
"""In pt: GWG asks for 8."""
_BLACK_TEXT = 12.01
"""In pt: black text up to this size overprints."""
_RICH, _RICH_SMALL, _MOSTLY = 2.8, 1.5, 0.85
"""Sum of inks of rich black: at any size, at reading sizes; share of black from which it is black."""
_MUCH, _GREY = 0.5, 0.5
"""Share of black, and of each of the others, from which the four together are black."""
_MOST_PROBES = 20_000
_ADDS = ("Multiply", "Darken")
_GREY_FADING = Colour(GREY, (0.5,))
"""What a gradient in DeviceGray is taken for; a picture is meant to hide what it lies on."""
_GRID = (0.5, 0.1, 0.9, 0.3, 0.7)


def check_text(canvas: Canvas, sheet: Sheet, number: int, docket: Docket) -> None:
    """Note text that its inks make hard to print."""
    for mark in canvas.marks:
        if mark.kind != "text" or mark.colour is None or mark.where == MASK or not mark.box.meets(sheet.trim):
            continue
        inks, size = mark.colour.inks, mark.size
        total = sum(inks.values())
        told = " + ".join(f"{share * 100:.0f} {ink}" for ink, share in inks.items())
        if _is_black(inks) and (total > _RICH or (total > _RICH_SMALL and size < _BLACK_TEXT)):
            docket.note(
                "rich-black-text", f"text of {size:.1f} pt in rich black ({told})", "use black alone", number,
                box=mark.box, key="rich", weight=total)
        if size > _SMALL:
            continue
        if len(inks) > 1 or mark.space is not None:
            what = told or "a gradient"
            docket.note(
                "small-text-inks", f"text of {size:.1f} pt in several inks ({what})", "use one ink, or 8 pt and more",
                number, box=mark.box, key="small", weight=-size)
        elif mark.colour.white:
            docket.note(
                "small-white-text", f"white text of {size:.1f} pt", "make it 8 pt or larger", number, box=mark.box,
                key="white", weight=-size)


def _is_black(inks: Mapping[str, float]) -> bool:
    """Tell whether inks look black: mostly black, or a grey of the three others below much of it."""
    black, others = inks.get("Black", 0), [inks.get(ink, 0) for ink in PROCESS[:3]]
    neutral = min(others) >= _GREY and max(others) - min(others) <= _GREY / 2
    return black >= _MOSTLY or (black >= _MUCH and neutral)


def check_overprint(canvas: Canvas, sheet: Sheet, number: int, printer: Printer, docket: Docket) -> None:
    """Note white that overprints, black that knocks out of a colour, grey that cannot do else."""
    probes = _MOST_PROBES
    for index, mark in enumerate(canvas.marks):
        colour = mark.colour or (_GREY_FADING if mark.kind == "shading" and mark.space == GREY else None)
        if colour is None or mark.where == MASK or not mark.box.meets(sheet.printed):
            continue
        if mark.overprint and colour.white and colour.pattern is None and colour.space.family != "Pattern":
            what = describe(mark)
            docket.note("white-overprint", f"{what} in white overprints, and vanishes", "let white knock out", number,
                        box=mark.box, key=what)
        if mark.where in ("pattern", "Type 3 font") or probes <= 0 or not _suspect(mark, colour, printer):
            continue
        points = list(_spots(mark))
        probes -= len(points)
        if any(_is_coloured(canvas.below(index, x, y)) for x, y in points):
            _note_over(mark, colour, number, docket)


def _suspect(mark: Mark, colour: Colour, printer: Printer) -> bool:
    """Tell whether a mark would be wrong on a colour."""
    if colour.pattern is not None or colour.white or mark.blend in _ADDS:
        return False
    if colour.space.family == "DeviceGray":
        return True
    if mark.kind != "text" or not colour.pure_black or not printer.overprint_black or mark.size > _BLACK_TEXT:
        return False
    return not (mark.overprint and (colour.space != CMYK or mark.mode == 1))


def _note_over(mark: Mark, colour: Colour, number: int, docket: Docket) -> None:
    what = describe(mark)
    if colour.space.family == "DeviceGray":
        docket.note(
            "gray-over-colour", f"{what} in DeviceGray lies on a colour", "use the black of DeviceCMYK", number,
            box=mark.box, key=what)
    else:
        docket.note(
            "black-knocks-out", f"black text of {mark.size:.1f} pt knocks out of the colour below it",
            "let black text overprint (op true, OPM 1)", number, box=mark.box, key=what, weight=-mark.size)


def _spots(mark: Mark) -> Iterator[Point]:
    """Yield points that a mark covers."""
    if mark.kind == "text":
        yield from mark.base
    elif mark.kind == "stroke":
        for outline in mark.outlines[:20]:
            (x0, y0), (x1, y1) = outline[0], outline[1]
            yield (x0 + x1) / 2, (y0 + y1) / 2
    else:
        for north in _GRID:
            for east in _GRID:
                x, y = mark.box.left + mark.box.width * east, mark.box.bottom + mark.box.height * north
                if mark.lies_at(x, y):
                    yield x, y


def _is_coloured(below: Colour | Space | None) -> bool:
    """Tell whether something prints with another ink than black."""
    if isinstance(below, Space):
        return not is_image_black(below)
    return below is not None and bool(below.inks.keys() - {"Black"})


class FontCheck:
    """Looks at fonts as pages use them; each is told once."""

    def __init__(self, claim: Claim, docket: Docket) -> None:
        """Judge by what a file claims to be."""
        self.claim, self.docket = claim, docket
        self.told: dict[int, set[int]] = {}

    def check(self, canvas: Canvas, number: int) -> None:
        """Note what is wrong with the fonts of a page."""
        for key, face in canvas.fonts.items():
            known = self.told.get(key)
            if known is None:
                self._whole(face, number)
            codes = canvas.codes.get(key, frozenset()) - (known or set())
            self.told[key] = (known or set()) | codes
            if codes:
                self._glyphs(face, codes, number)

    def _whole(self, face: Face, number: int) -> None:
        if face.kind == "Type3":
            self.docket.note("font-type3", f"the font '{face.name}' is drawn (Type 3)", "use a real font", number)
        elif not face.embedded:
            self.docket.note("font-not-embedded", f"the font '{face.name}' is not embedded", "embed all fonts", number)
        if self.claim.old and face.open_type:
            self.docket.note(
                "font-opentype", f"the font '{face.name}' is OpenType, too new for {self.claim.version or 'its level'}",
                "embed it as CFF or TrueType", number)

    def _glyphs(self, face: Face, codes: Set[int], number: int) -> None:
        try:
            lacking = face.missing(codes)
        except ValueError as broken:
            self.docket.note("font-damaged", f"the font '{face.name}': {broken}", "embed it anew", number)
            return
        if lacking:
            listed = ", ".join(f"{code:#x}" for code in lacking[:8])
            self.docket.note(
                "missing-glyph", f"text is shown that the font '{face.name}' has no glyph for (code {listed}; .notdef)",
                "use a font that has the sign", number)
