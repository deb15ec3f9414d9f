"""Pictures of pixels → the inks of a profile: the only door to Pillow.

In come the bytes of a PNG or JPEG and what is wanted of them; out go the bytes of a plate: upright, without metadata,
no larger than wanted, nothing transparent. Knows no page and no palette. What was a JPEG stays one, untouched where it
fits as it is; what was lossless stays lossless. A PNG plate of four channels carries the four inks, a grey one for the
press is black ink alone.
"""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO

from msgspec import Struct
from PIL import Image, ImageChops, ImageCms, ImageFile, ImageOps

from booklet.scans import bare, with_waste, without_zeros

_INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC
_POINT = ImageCms.Flags.BLACKPOINTCOMPENSATION
QUALITY = 92
"""Of JPEG: no visible loss at 300 ppi."""
NEARLY_GREY = 3
"""Of 255: so far apart are the channels of a JPEG whose picture is grey."""
_SPACES = {"RGB": "RGB ", "CMYK": "CMYK", "L": "GRAY"}
_ORIENTATION = 0x0112
Image.MAX_IMAGE_PIXELS = 12_000 ** 2  # larger ones were refused when they were read


class Wanted(Struct, frozen=True):
    """What is wanted of a picture."""

    ink: str
    """``cmyk``, ``srgb`` or ``grey``."""
    icc: bytes
    """The profile of the press."""
    size: tuple[int, int] | None = None
    """Pixels across and down, fewer than it has; None for as many as it has."""
    ground: tuple[int, ...] = ()
    """The colour behind it in the parts of the ink, each 0 to 255; empty for paper."""


class Measure(Struct, frozen=True):
    """What a layout must know of a picture."""

    width: int
    """In pixels, of the upright picture."""
    height: int
    line: bool
    """One bit a pixel: line art."""


def measure(content: bytes) -> Measure:
    """Return the size of a picture as it will be shown; OSError when Pillow cannot read it."""
    try:
        with Image.open(BytesIO(content)) as image:
            width, height = image.size
            if image.getexif().get(_ORIENTATION, 1) >= 5:  # on its side (Exif 2.32, 4.6.4)
                width, height = height, width
            return Measure(width, height, image.mode == "1" and not image.has_transparency_data)
    except (ValueError, SyntaxError, Image.DecompressionBombError) as wrong:
        raise OSError(f"the picture cannot be read: {wrong}") from wrong


def stand_in(size: Measure) -> bytes:
    """Return a PNG without pixels, which takes the place of a picture until its size on the page is known."""
    head = b"IHDR" + size.width.to_bytes(4, "big") + size.height.to_bytes(4, "big") + b"\x08\0\0\0\0"
    chunks = (len(c[4:]).to_bytes(4, "big") + c + zlib.crc32(c).to_bytes(4, "big") for c in (head, b"IDAT", b"IEND"))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


class _Picture(Struct, frozen=True):
    """A picture as it was read."""

    image: Image.Image
    """Upright, in the mode 1, L, RGB, RGBA or CMYK."""
    icc: bytes
    """Its own profile, where it has one that fits it."""
    jpeg: bool
    as_it_is: bool
    """Nothing had to be changed so far."""


@cache
def _profile(icc: bytes) -> ImageCms.ImageCmsProfile:
    """Return a profile; that of an ordinary screen for none."""
    return ImageCms.ImageCmsProfile(BytesIO(icc) if icc else ImageCms.createProfile("sRGB"))


@cache
def _transform(source: bytes, target: bytes, mode: str, wanted: str) -> ImageCms.ImageCmsTransform:
    return ImageCms.buildTransform(_profile(source), _profile(target), mode, wanted, _INTENT, _POINT)


def _through(image: Image.Image, source: bytes, target: bytes, mode: str) -> Image.Image:
    """Return a picture in another space (relative colorimetric, with black-point compensation)."""
    made = ImageCms.applyTransform(image, _transform(source, target, image.mode, mode))
    if made is None:
        raise OSError("the picture's colours cannot be converted")
    return made


def _own_profile(image: Image.Image) -> bytes:
    """Return the profile that a picture carries; empty when it fits no picture of this kind, and so says nothing."""
    icc: bytes = image.info.get("icc_profile") or b""
    mode = "L" if image.mode in ("1", "L", "LA", "I", "I;16") else "CMYK" if image.mode == "CMYK" else "RGB"
    if icc[16:20].decode("latin-1") != _SPACES[mode]:
        return b""
    try:
        _transform(icc, b"", mode, "RGB")
    except (ImageCms.PyCMSError, OSError):
        return b""
    return icc


def _extrema(image: Image.Image) -> list[tuple[int, int]]:
    return [band.getextrema() for band in image.split()]  # type: ignore[misc]


def _is_whole(content: bytes, image: Image.Image) -> bool:
    """Tell whether the scans of a JPEG end where its picture does; a decoder fills up with grey, and says nothing."""
    pixels, other = image.tobytes(), without_zeros(content)
    if _pixels(with_waste(content)) != pixels:
        return False  # what stands behind the pixels was taken for more of them
    flat = all(low == high for low, high in _extrema(image))
    return not other or flat or _pixels(other) != pixels


def _pixels(content: bytes) -> bytes:
    with Image.open(BytesIO(content)) as image:
        return image.tobytes()


@contextmanager
def _strictly() -> Iterator[None]:
    """Take no half picture for a whole one: the layout engine lets Pillow do so, and fill up with grey."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _open(content: bytes) -> _Picture:
    """Return a picture upright and in one of our modes."""
    try:
        with _strictly(), Image.open(BytesIO(content)) as opened:
            opened.load()
            jpeg, icc = opened.format in ("JPEG", "MPO"), _own_profile(opened)
            if jpeg and not _is_whole(content, opened):
                raise OSError("its pixels end before the picture does")
            straight = opened.getexif().get(_ORIENTATION, 1) == 1
            image = ImageOps.exif_transpose(opened)
            if image.mode == "CMYK" and "adobe" not in opened.info:
                image = ImageChops.invert(image)  # Pillow takes every such JPEG for one of Adobe's, which are inverted
    except (ValueError, SyntaxError, Image.DecompressionBombError) as wrong:
        raise OSError(f"the picture cannot be read: {wrong}") from wrong
    if image.mode in ("I", "I;16"):
        image = image.convert("I").point(lambda value: value * (1 / 257) + 0.5).convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
    elif image.mode not in ("1", "L", "RGB", "CMYK"):
        image = image.convert("RGB")
    image.info = {}
    return _Picture(image, icc, jpeg, jpeg and straight)


def _is_grey(image: Image.Image) -> bool:
    """Tell whether every pixel that is seen is grey."""
    if image.mode == "RGBA":
        seen = image.getchannel("A").point(lambda level: 255 * (level > 0))
        image = Image.composite(image.convert("RGB"), Image.new("RGB", image.size, "white"), seen)
    red, green, blue = image.split()
    apart = (ImageChops.difference(one, other) for one, other in ((red, green), (green, blue), (red, blue)))
    return all(_extrema(difference)[0][1] <= NEARLY_GREY for difference in apart)


@cache
def _darkness(icc: bytes) -> tuple[int, ...]:
    """Return grey of a screen → 255 less the black ink that looks as dark beside paper and full black."""
    ramp = Image.merge("CMYK", (*[Image.new("L", (256, 1))] * 3, Image.frombytes("L", (256, 1), bytes(range(256)))))
    lab = ImageCms.buildTransform(_profile(icc), ImageCms.createProfile("LAB"), "CMYK", "LAB", _INTENT)
    seen = ImageCms.applyTransform(ramp, lab)
    if seen is None:
        raise OSError("the profile of the press cannot be used")
    light = [((level / 2.55 + 16) / 116) ** 3 for level in seen.getchannel(0).tobytes()]
    paper, black = light[0], light[-1]
    inks = [(level - black) / (paper - black) for level in light]
    screen = [g / 255 / 12.92 if g <= 10 else ((g / 255 + 0.055) / 1.055) ** 2.4 for g in range(256)]
    inner = (255 - min(range(256), key=lambda k: abs(inks[k] - level)) for level in screen[1:-1])
    return 0, *inner, 255


def _four(grey: Image.Image) -> Image.Image:
    """Return a grey picture in black ink alone."""
    return Image.merge("CMYK", (*[Image.new("L", grey.size)] * 3, ImageOps.invert(grey)))


def _separate(picture: _Picture, wanted: Wanted) -> Image.Image:
    """Return a picture without its alpha in the inks wanted: CMYK, RGB, or L where it is grey."""
    image, press = picture.image, wanted.ink == "cmyk"
    if image.mode == "CMYK":
        own = picture.icc or wanted.icc
        black = not any(high for _, high in _extrema(image)[:3])
        if press:
            return image if black or own == wanted.icc else _through(image, own, wanted.icc, "CMYK")
        screen = _through(image, own, b"", "RGB")
        return screen.convert("L") if wanted.ink == "grey" else screen
    grey = image.mode in ("1", "L") or _is_grey(image)
    image = image if image.mode == "L" and not picture.icc else image.convert("L" if image.mode == "1" else image.mode)
    image = image.convert("RGB") if image.mode == "RGBA" else image
    if press and not grey:
        return _through(image, picture.icc, wanted.icc, "CMYK")
    screen = _through(image, picture.icc, b"", "RGB") if picture.icc else image
    if not grey and wanted.ink == "srgb":
        return screen
    level = screen.convert("L")
    return level.point(_darkness(wanted.icc)) if press else level


def _lay_on_ground(plate: Image.Image, alpha: Image.Image, wanted: Wanted) -> Image.Image:
    """Return a plate on what is behind it where it is transparent."""
    press = wanted.ink == "cmyk"
    ground = wanted.ground or ((0, 0, 0, 0) if press else (255, 255, 255))
    if plate.mode == "L":
        neutral = not any(ground[:3]) if press else len(set(ground)) == 1 or wanted.ink == "grey"
        if neutral:
            return Image.composite(plate, Image.new("L", plate.size, 255 - ground[3] if press else ground[0]), alpha)
        plate = _four(plate) if press else plate.convert("RGB")
    return Image.composite(plate, Image.new(plate.mode, plate.size, ground), alpha)


def _fits(picture: _Picture, wanted: Wanted) -> bool:
    """Tell whether a JPEG can go on the page as it is."""
    mode, icc = picture.image.mode, picture.icc
    if not picture.as_it_is or wanted.size:
        return False
    if wanted.ink == "cmyk":
        return mode == "CMYK" and icc in (b"", wanted.icc)
    screen = not icc or "sRGB" in (_profile(icc).profile.profile_description or "")
    return screen and (mode == "L" or (wanted.ink == "srgb" and mode == "RGB"))


def convert(content: bytes, wanted: Wanted) -> bytes:
    """Return a picture as a plate; OSError when Pillow cannot read it or half of it is missing."""
    picture = _open(content)
    if _fits(picture, wanted):
        return bare(content)
    if picture.image.mode == "1":
        return _write(picture.image, "PNG")
    if wanted.size:
        image = picture.image.resize(wanted.size, Image.Resampling.LANCZOS)
        picture = _Picture(image, picture.icc, picture.jpeg, False)
    plate = _separate(picture, wanted)
    if picture.image.mode == "RGBA":
        plate = _lay_on_ground(plate, picture.image.getchannel("A"), wanted)
    if plate.mode == "L" and picture.jpeg and wanted.ink == "cmyk":
        plate = _four(plate)
    return _write(plate, "JPEG" if picture.jpeg else "PNG")


def _write(plate: Image.Image, form: str) -> bytes:
    target = BytesIO()
    if form == "JPEG":
        plate.save(target, form, quality=QUALITY, subsampling=0)
    elif plate.mode == "CMYK":
        Image.frombytes("RGBA", plate.size, plate.tobytes()).save(target, form)
    else:
        plate.save(target, form)
    return target.getvalue()
