"""Colours on painted pages: which of them a press does not take.

In come canvases; out go faults. It refuses to know how a PDF says it.
"""

from collections.abc import Iterator

from booklet.anatomy import Claim
from booklet.boxes import Sheet
from booklet.canvas import MASK, Canvas, Mark
from booklet.docket import Docket
from booklet.presses import Printer
from booklet.spaces import PROCESS, Space

_HINT = "convert it to the inks of the press"
_CODES = {
    "DeviceRGB": "rgb-colour", "CalRGB": "calibrated-colour", "CalGray": "calibrated-colour", "Lab": "lab-colour",
    "ICCBased": "icc-colour"}
_KINDS = {"text": "text", "fill": "a shape", "stroke": "a line", "image": "a picture", "shading": "a gradient"}
_INSIDE = 0.3
"""In pt: what only touches the trim is not inside."""
_JPX = {12: "DeviceCMYK", 16: "DeviceRGB", 17: "DeviceGray", 18: "DeviceRGB"}
"""Enumerated colour space of JPEG 2000 → space (ISO 15444-1, I.5.3.3)."""


def describe(mark: Mark) -> str:
    """Return what a mark is, and where it is painted unless on the page itself."""
    kind = _KINDS[mark.kind]
    if mark.picture is not None and mark.picture.inline:
        kind = "an inline picture"
    if mark.colour is not None and mark.colour.pattern is not None and mark.space is not None:
        kind = "a gradient" if mark.kind != "text" else "text filled with a gradient"
    return kind if mark.where == "page" else f"{kind} in a {mark.where}".replace("a annotation", "an annotation")


def _spaces(mark: Mark) -> Iterator[tuple[Space, bool]]:
    """Yield the spaces a mark uses, each with whether it is only the alternate of a spot colour."""
    for start in (mark.colour.space if mark.colour else None, mark.space):
        spot = False
        for space in start.chain() if start else ():
            yield space, spot
            spot = spot or bool(space.names)
    picture = mark.picture
    if picture is not None and picture.space is None and not picture.stencil and not picture.inline:
        yield Space(_jpx_space(picture.stream.read_raw_bytes()[:4096]), 3), False


def _jpx_space(data: bytes) -> str:
    """Return the colour space that a JPEG 2000 picture brings itself."""
    at = data.find(b"colr")
    if at < 0:
        return "unknown"
    return "ICCBased" if data[at + 4] != 1 else _JPX.get(int.from_bytes(data[at + 7:at + 11], "big"), "unknown")


def check_colours(canvas: Canvas, number: int, claim: Claim, docket: Docket) -> None:
    """Note colours that are not made of the press's inks."""
    for mark in canvas.marks:
        for space, alternate in _spaces(mark):
            code = _CODES.get(space.family)
            if code is None or (alternate and not claim.old and code != "rgb-colour"):
                continue
            what = describe(mark)
            stands = f", which stands for {space.stands_for}" if space.stands_for else ""
            role = " as the alternate of a spot colour" if alternate else ""
            docket.note(
                code, f"{what} in {space.family}{stands}{role}", _HINT, number, box=mark.box,
                key=f"{what} {space.family} {space.stands_for} {role}")


def check_spots(canvas: Canvas, sheet: Sheet, number: int, printer: Printer, docket: Docket) -> set[str]:
    """Note spot colours that the printer does not take, and registration colour within the trim; returns all spots."""
    core, found = sheet.trim.grown(-_INSIDE), set[str]()
    for mark in canvas.marks:
        if mark.where == MASK:
            continue
        names = {name for space, _ in _spaces(mark) for name in space.names} - {*PROCESS, "None"}
        if "All" in names and (mark.colour is None or mark.colour.inks):
            inside = next((part for part in mark.parts() if part.meets(core)), None)
            if inside is not None:
                what = describe(mark)
                docket.note(
                    "registration-colour", f"{what} in registration colour (All) inside the trim",
                    "use black", number, box=inside, key=what)
        for name in sorted(names - {"All"}):
            found.add(name)
            if name not in printer.spots:
                allowed = ", ".join(f"'{spot}'" for spot in printer.spots) or "none"
                docket.note(
                    "spot-colour", f"the spot colour '{name}' is used, the printer takes {allowed}", _HINT, number,
                    box=mark.box)
    return found


def check_spot_count(spots: set[str], printer: Printer, docket: Docket) -> None:
    """Note more spot colours than the printer has units for."""
    if len(spots) > max(1, len(printer.spots)):
        listed = ", ".join(f"'{name}'" for name in sorted(spots)[:10])
        room = len(printer.spots)
        docket.note("spot-count", f"{len(spots)} spot colours ({listed}), the printer takes {room}", _HINT)
