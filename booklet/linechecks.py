"""Lines and the places of things on painted pages: what is too thin, what stands too near the cut; and pictures.

In come canvases; out go faults. It refuses to know how a PDF says it.
"""

from collections.abc import Iterator

from booklet.anatomy import Claim
from booklet.boxes import Sheet
from booklet.canvas import MASK, Canvas, Mark
from booklet.colourchecks import describe
from booklet.docket import Docket
from booklet.plane import MM, Box, slenderness
from booklet.presses import Printer

_ONE_INK, _MANY_INKS = 0.124, 0.249
"""In pt: thinnest lines in one ink, and in several or in white."""
_LONG = 2.0
"""In pt: shorter things are no lines."""
_MOST_OUTLINES = 20_000
_TOUCH = 0.3
"""In mm: what is so near the trim was meant to be cut, which is a matter of bleed."""
_DETAIL = 15.0
"""In mm: a shorter line may be part of a drawing."""
_BACKGROUND = 0.9
"""Share of the page from which a shape is its background."""
_LINES = {"stroke": "a line", "fill": "a filled bar", "text": "the outline of text", "image": "a stencil drawn out"}
_EDGES = ("left", "bottom", "right", "top")


def check_lines(canvas: Canvas, sheet: Sheet, number: int, docket: Docket) -> None:
    """Note lines, and filled bars, that are too thin for their inks."""
    left = _MOST_OUTLINES
    for mark in canvas.marks:
        if not _is_line(mark) or mark.where in (MASK, "Type 3 font"):
            continue
        if mark.kind == "fill" and mark.where == "pattern":
            continue
        if mark.colour is None or not mark.box.grown(0.01).meets(sheet.trim):
            continue
        inks = mark.colour.inks
        alone = len(inks) == 1 and mark.colour.pattern is None
        least = _ONE_INK if alone else _MANY_INKS
        left -= len(mark.outlines)
        width = mark.width if mark.kind in ("stroke", "text") else _bar(mark) if left > 0 else least
        if width < least and any(part.grown(0.01).meets(sheet.trim) for part in mark.parts()):
            what = _LINES[mark.kind]
            colours = "one ink" if alone else "white" if mark.colour.white else "several inks"
            docket.note(
                "hairline", f"{what} of {width:.3f} pt in {colours}", f"make it {least + 0.001:g} pt or wider", number,
                box=mark.box, key=what, weight=-width)


def _is_line(mark: Mark) -> bool:
    """Tell whether a mark may be a line: a stroke, a bar, the bare outline of text, one pixel drawn out to a bar."""
    if mark.picture is not None:
        return mark.picture.stencil and min(mark.picture.width, mark.picture.height) == 1
    return mark.kind == "stroke" or (mark.kind in ("fill", "text") and mark.stroked == (mark.kind == "text"))


def _bar(mark: Mark) -> float:
    """Return the width of the thinnest bar in a fill."""
    thinnest = 1e9
    for outline in mark.outlines:
        width, length = slenderness(outline)
        if length > _LONG:
            thinnest = min(thinnest, width)
    return thinnest


def check_safe_zone(canvas: Canvas, sheet: Sheet, number: int, printer: Printer, docket: Docket) -> None:
    """Note text and line art that stands too near the trim; what runs through to the bleed may."""
    probes = _MOST_OUTLINES
    for index, mark in enumerate(canvas.marks):
        text = mark.kind == "text"
        if mark.kind not in ("text", "stroke", "fill") or mark.where in (MASK, "pattern", "Type 3 font"):
            continue
        if mark.colour is None or (not text and mark.colour.white):
            continue
        for part in mark.parts():
            for edge, gap in _near(part, sheet, printer.safe * MM, text=text):
                probes -= 1
                if not text and (probes < 0 or _in_bleeding_picture(canvas, index, part, sheet, edge)):
                    continue
                what = "text" if mark.kind == "text" else "line art"
                place = f"{gap / MM:.1f} mm from the trim" if gap >= 0 else "across the trim"
                docket.note(
                    "safe-zone", f"{what} {place} ({edge}), the printer wants {printer.safe:g} mm",
                    "move it inwards, or let it run into the bleed", number, box=part, key=f"{what} {edge}",
                    weight=-gap)


def _in_bleeding_picture(canvas: Canvas, index: int, part: Box, sheet: Sheet, edge: str) -> bool:
    """Tell whether line art is a detail of something larger that runs into the bleed, and is no background."""
    if canvas.marks[index].kind == "stroke" and max(part.width, part.height) > _DETAIL * MM:
        return False
    ground = canvas.ground(index, (part.left + part.right) / 2, (part.bottom + part.top) / 2)
    if ground is None:
        return False
    whole, shown = sheet.trim, ground.box.cut(sheet.trim)
    over = (getattr(ground.box, edge) - getattr(whole, edge)) * (1 if edge in ("right", "top") else -1)
    # Where the printer wants no bleed, as in a gutter, what reaches the trim goes as far as it may.
    beyond = over > _TOUCH * MM or (sheet.wanted[edge] < _TOUCH * MM and over > -_TOUCH * MM)
    outside = beyond and not whole.grown(-_TOUCH * MM).within(ground.box) and (
        not ground.box.within(whole, 1) or sheet.wanted[edge] < _TOUCH * MM)
    return outside and shown.width * shown.height < _BACKGROUND * whole.width * whole.height


def _near(part: Box, sheet: Sheet, safe: float, *, text: bool) -> Iterator[tuple[str, float]]:
    trim = sheet.trim
    if not part.grown(0.01).meets(trim):
        return
    gaps = (part.left - trim.left, part.bottom - trim.bottom, trim.right - part.right, trim.top - part.top)
    for edge, gap in zip(_EDGES, gaps, strict=True):
        if gap < safe - 0.1 and (text or gap > _TOUCH * MM):
            yield edge, gap


def check_pictures(canvas: Canvas, sheet: Sheet, number: int, printer: Printer, docket: Docket) -> None:
    """Note pictures with too few pixels for the size they are printed at."""
    ppi = printer.ppi
    for mark in canvas.marks:
        picture = mark.picture
        if picture is None or mark.where in (MASK, "Type 3 font") or not mark.box.meets(sheet.printed):
            continue
        line = "line-" if picture.bits == 1 else ""
        least, good = ppi[f"{line}error"], ppi[f"{line}warning"]
        what = describe(mark) if not line else describe(mark).replace("picture", "1-bit picture")
        told = f"{what} of {picture.ppi:.0f} ppi, the printer wants"
        hint = "use a larger picture, or print it smaller"
        if picture.ppi < least - 0.5:
            docket.note(f"{line}resolution-too-low", f"{told} {least:g} at least", hint, number, box=mark.box,
                        key=what, weight=-picture.ppi)
        elif picture.ppi < good - 0.5:
            docket.note(f"{line}resolution-low", f"{told} {good:g}", hint, number, box=mark.box, key=what,
                        weight=-picture.ppi)


def check_remarks(canvas: Canvas, number: int, claim: Claim, docket: Docket) -> None:
    """Note what was wrong with how a page is told; transparency only where the level does not know it."""
    for remark in canvas.remarks:
        if remark.code != "transparency":
            docket.note(remark.code, remark.message, "export it anew", number, box=remark.box)
        elif claim.old:
            docket.note(
                "transparency", f"{remark.message}, which {claim.version or 'the level'} does not know",
                "flatten the transparency", number, box=remark.box)
    for mark in canvas.marks:
        stream = mark.picture.stream if mark.picture is not None and not mark.picture.inline else None
        if claim.old and stream is not None and "/JPXDecode" in str(stream.get("/Filter")):
            docket.note(
                "jpeg2000", f"a picture in JPEG 2000, which {claim.version or 'the level'} does not know",
                "export it anew", number, box=mark.box)
