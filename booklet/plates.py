"""Pictures of pixels on laid-out pages: how large each is shown and on what, and its plate put in its place.

In comes a document that is laid out and not yet painted; every picture is asked for in the size that it has there, so
one layout is enough. Knows how WeasyPrint 70.0 keeps pictures and writes them; what is on a plate it takes as it comes.
"""

from collections.abc import Callable, Iterator
from hashlib import sha256
from io import BytesIO
from typing import Any

from weasyprint import images
from weasyprint.layout.replaced import replacedbox_layout

from booklet.job import Shown

Ground = tuple[int, ...]
_PICTURES = "book://x/pictures/"


class _Plate(images.RasterImage):  # type: ignore[misc]
    """A picture in the inks of its profile, which takes the place of its stand-in."""

    def __init__(self, content: bytes, stand_in: Any, press: bool) -> None:
        """Take over the size for the layout from the stand-in; ``press``: grey is black ink."""
        opened = images.Image.open(BytesIO(content))
        self._kind, self._press, self.stand_in = opened.mode, press, stand_in
        super().__init__(opened, sha256(content).hexdigest()[:32], content)
        if self.format == "PNG" and self._kind in ("1", "RGBA"):
            self.mode = "L"  # the engine would make a bitmap colourful, and a mask of the fourth ink
            self.image_data = self.cache_image_data(content)

    def get_intrinsic_size(self, resolution: float, font_size: float) -> Any:
        """Return the size that the picture was laid out with."""
        return self.stand_in.get_intrinsic_size(resolution, font_size)

    def get_x_object(self, interpolate: bool, dpi_ratio: float) -> Any:
        """Return the picture as it is written (ISO 32000-1, 8.9.5)."""
        made = super().get_x_object(interpolate, dpi_ratio)
        if self.format != "PNG":
            return made
        if self._kind == "RGBA":
            made.extra["ColorSpace"], made.extra["DecodeParms"]["Colors"] = "/DeviceCMYK", 4
        elif self._kind == "1":
            made.extra["BitsPerComponent"] = made.extra["DecodeParms"]["BitsPerComponent"] = 1
        if self._press and self._kind in ("1", "L"):
            levels = range(255, -1, -1) if self._kind == "L" else (255, 0)
            inks = "".join(f"000000{level:02x}" for level in levels)
            made.extra["ColorSpace"] = f"[/Indexed /DeviceCMYK {len(levels) - 1} <{inks}>]"
        return made


def _ground(box: Any, behind: Ground) -> Ground:
    """Return the colour behind what a box holds: its own background, where that is one flat colour."""
    colour = box.style["background_color"]
    if getattr(colour, "alpha", 0) < 1:
        return behind
    parts = colour if colour.space == "device-cmyk" else colour.to("srgb")
    return tuple(round(255 * part) for part in parts.coordinates)


def _pictures(box: Any, behind: Ground) -> Iterator[tuple[Any, Ground]]:
    """Yield each box of a page that shows a picture of pixels, with the colour behind it."""
    ground = _ground(box, behind)
    if isinstance(getattr(box, "replacement", None), images.RasterImage) and box.element is not None:
        yield box, ground
    for child in getattr(box, "children", ()):
        yield from _pictures(getattr(child, "_box", child), ground)


def hang(document: Any, develop: Callable[[Shown], bytes | None], press: bool) -> None:
    """Put plates in the places of all pictures of a document: of one shown twice, one for the larger size."""
    places: dict[tuple[str, Ground], list[tuple[Any, Shown]]] = {}
    for number, page in enumerate(document.pages):
        for box, ground in _pictures(page._page_box, ()):
            path = (box.element.get("src") or "").removeprefix(_PICTURES)
            width, height, *_ = replacedbox_layout(box)
            if width > 0 and height > 0:
                shown = Shown(path, round(width, 3), round(height, 3), number, ground)
                places.setdefault((path, ground), []).append((box, shown))
    for boxes in places.values():
        plate = develop(max((shown for _, shown in boxes), key=lambda shown: shown.width))
        for box, _ in boxes if plate else ():
            stand_in = getattr(box.replacement, "stand_in", box.replacement)  # of a page that was kept: a plate
            box.replacement = _Plate(plate or b"", stand_in, press)
