"""Pages of ink: is there too much, does it reach the bleed edge, is there any at all?

In come plates and where the trim lies on them; out go faults. It refuses to know how plates are made.
"""

from collections.abc import Callable, Iterator, Sequence
from math import ceil

from msgspec import Struct
from PIL import Image, ImageChops, ImageFilter, ImageMath

from booklet.boxes import EDGES, Sheet
from booklet.docket import Docket
from booklet.plane import MM, Box, Point
from booklet.presses import Printer
from booklet.separations import Plates

SQUARE = 15.0
"""In mm: the side of the square that ink is averaged over (GWG 2022)."""
_TOLERANCE = 4.0
"""In per cent: pixels count in steps, and edges lie between them."""
_FAINT = 3
"""Of 255: less is no ink."""
_NEAR = 0.6
"""In mm: paint that ends so near the trim was meant to reach it."""
_BARE = 0.7
"""In mm: so far along an edge the bleed must be bare to be noted."""
Painted = Callable[[Point, Point], bool]


class Proof(Struct, frozen=True):
    """A page of ink, and where it lies."""

    sheet: Sheet
    number: int
    """Of the page, from nought."""
    window: Box
    """What of the page the plates show."""
    plates: Plates
    painted: Painted
    """Tells whether artwork goes on from one point to another: its own white is no lack of bleed."""

    @property
    def scale(self) -> float:
        """Return pixels in a point."""
        return self.plates.resolution / 72

    def pixels(self, box: Box) -> tuple[int, int, int, int]:
        """Return a box as Pillow counts: from the upper left corner."""
        window, scale = self.window, self.scale
        return (max(0, round((box.left - window.left) * scale)), max(0, round((window.top - box.top) * scale)),
                max(0, round((box.right - window.left) * scale)), max(0, round((window.top - box.bottom) * scale)))


def check_plates(proof: Proof, printer: Printer, docket: Docket) -> None:
    """Note what is wrong with the ink of a page."""
    image = Image.frombytes("CMYK", (proof.plates.width, proof.plates.height), proof.plates.pixels)
    _check_ink(image, proof, printer, docket)
    bands = image.split()
    strongest = bands[0]
    for band in bands[1:]:
        strongest = ImageChops.lighter(strongest, band)
    ink = strongest.point(lambda value: 255 if value > _FAINT else 0)
    if ink.crop(proof.pixels(proof.sheet.trim.cut(proof.window))).getbbox() is None:
        docket.note(
            "page-empty", "the page is empty: nothing is printed", "see whether something was lost", proof.number)
    for edge in EDGES:
        _check_edge(ink, proof, edge, docket)


def _check_ink(image: Image.Image, proof: Proof, printer: Printer, docket: Docket) -> None:
    """Average the ink over every square that lies within the window (GWG 2022)."""
    window, scale = proof.window, proof.scale
    side = SQUARE * MM * scale
    radius = min((side - 1) / 2, (min(image.size) - 1) / 2)
    blurred = [band.filter(ImageFilter.BoxBlur(radius)) for band in image.split()]
    total = ImageMath.lambda_eval(
        lambda given: given["c"] + given["m"] + given["y"] + given["k"], **dict(zip("cmyk", blurred, strict=True)))
    edge = ceil(radius)
    middle = total.crop((edge, edge, max(edge + 1, image.width - edge), max(edge + 1, image.height - edge)))
    most = middle.getextrema()[1] / 255 * 100
    if most <= printer.ink + _TOLERANCE:
        return
    limit = (printer.ink + _TOLERANCE) * 255 / 100
    over = ImageMath.lambda_eval(lambda given: (given["t"] > limit) * 255, t=middle).convert("L").getbbox()
    box = None
    if over:
        left, top, right, bottom = over
        box = Box(window.left + left / scale, window.top - (bottom + 2 * edge) / scale,
                  window.left + (right + 2 * edge) / scale, window.top - top / scale)
    docket.note(
        "too-much-ink", f"{most:.0f} % ink on {SQUARE:g} mm squared, the printer takes {printer.ink:g}",
        "convert it with the profile of the press", proof.number, box=box)


def _check_edge(ink: Image.Image, proof: Proof, edge: str, docket: Docket) -> None:
    """Note where paint that reaches the trim does not go on to the bleed edge."""
    sheet, scale = proof.sheet, proof.scale
    reach = abs(getattr(proof.window, edge) - getattr(sheet.trim, edge))
    if sheet.wanted[edge] < MM / 2 or reach < sheet.wanted[edge] - MM / 3:
        return
    inside, outside = _strips(ink, proof, edge)
    spread = round(sheet.wanted[edge] * scale)
    lacking = [bool(here) and not any(outside[max(0, place - spread):place + spread + 1])
               for place, here in enumerate(inside)]
    for first, last in _runs(lacking):
        box = _place(proof, edge, (first, last))
        if last - first >= _BARE * MM * scale and not proof.painted(*_ends(box, edge)):
            docket.note(
                "bleed-not-filled", f"the bleed is not filled: paint reaches the trim at the {edge} and ends there",
                "let it run on to the bleed edge", proof.number, box=box, key=edge, weight=last - first)


def _ends(box: Box, edge: str) -> tuple[Point, Point]:
    """Return a point just inside the trim, and one at the outer edge of the bleed."""
    x, y, near = (box.left + box.right) / 2, (box.bottom + box.top) / 2, _NEAR * MM / 2
    east, north = box.width * 0.4, box.height * 0.4
    return {"left": ((box.right + near, y), (x - east, y)), "right": ((box.left - near, y), (x + east, y)),
            "bottom": ((x, box.top + near), (x, y - north)), "top": ((x, box.bottom - near), (x, y + north))}[edge]


def _runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield where rows of true begin and end."""
    start = None
    for place, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = place
        elif not flag and start is not None:
            yield start, place
            start = None


def _strips(ink: Image.Image, proof: Proof, edge: str) -> list[bytes]:
    """Return, along an edge, where there is ink just inside the trim, and where at the bleed edge."""
    upright = {"left": Image.Transpose.ROTATE_270, "right": Image.Transpose.ROTATE_90,
               "bottom": Image.Transpose.ROTATE_180, "top": None}[edge]
    turned = ink.transpose(upright) if upright is not None else ink
    if edge in ("left", "bottom"):
        turned = turned.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    depth, rows = abs(getattr(proof.window, edge) - getattr(proof.sheet.trim, edge)) * proof.scale, list[bytes]()
    near = max(2, round(_NEAR * MM * proof.scale))
    for top, bottom in ((round(depth), round(depth) + near), (1, max(2, round(depth / 3)))):
        strip = turned.crop((0, top, turned.width, bottom))
        row = strip.crop((0, 0, strip.width, 1))
        for line in range(1, strip.height):
            row = ImageChops.lighter(row, strip.crop((0, line, strip.width, line + 1)))
        rows.append(row.tobytes())
    return rows


def _place(proof: Proof, edge: str, span: tuple[int, int]) -> Box:
    """Return the bare part of the bleed."""
    trim, window, scale = proof.sheet.trim, proof.window, proof.scale
    low, high = span[0] / scale, span[1] / scale
    if edge in ("top", "bottom"):
        left, right = window.left + low, window.left + high
        return Box(left, trim.top, right, window.top) if edge == "top" else Box(left, window.bottom, right, trim.bottom)
    bottom, top = window.top - high, window.top - low
    return Box(trim.right, bottom, window.right, top) if edge == "right" else Box(window.left, bottom, trim.left, top)
