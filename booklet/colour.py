"""Pictures of pixels → the inks of a profile: the only door to Pillow.

In come the bytes of a PNG or JPEG and the printer's ICC profile; out go bytes that the engine puts on a page as they
are: upright, without metadata, alpha flattened on the paper's white. Knows no page and no palette.
"""

from functools import cache
from io import BytesIO

from PIL import Image, ImageCms, ImageFile, ImageOps

_INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC
_POINT = ImageCms.Flags.BLACKPOINTCOMPENSATION
QUALITY = 92
"""Of JPEG: no visible loss at 300 ppi."""
_GREY = ("1", "L", "LA")


@cache
def _transform(icc: bytes) -> ImageCms.ImageCmsTransform:
    return ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"), ImageCms.ImageCmsProfile(BytesIO(icc)), "RGB", "CMYK", _INTENT, _POINT)


def _flat(image: Image.Image) -> Image.Image:
    """Return the picture on white where it is transparent."""
    if not image.has_transparency_data:
        return image.convert("RGB") if image.mode == "P" else image
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA")).convert("RGB")


def _to_srgb(image: Image.Image, embedded: bytes | None) -> Image.Image:
    """Return the picture in sRGB, its embedded profile applied."""
    if embedded and image.mode in ("RGB", "CMYK"):
        source, target = ImageCms.ImageCmsProfile(BytesIO(embedded)), ImageCms.createProfile("sRGB")
        try:
            converted = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
        except ImageCms.PyCMSError:
            return image  # a profile that does not fit its picture says nothing about its colours
        return converted or image
    return image


def _open(content: bytes) -> Image.Image:
    """Return a picture upright, in grey (8 bits) or sRGB; CMYK without a profile stays as it is."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # the layout engine switches it on: half a picture would be grey
    try:
        with Image.open(BytesIO(content)) as opened:
            opened.load()
            image = ImageOps.exif_transpose(opened) or opened
            if image.mode in ("I", "I;16"):
                image = image.convert("I").point(lambda value: value * (1 / 257) + 0.5).convert("L")
            flat = _flat(image)
            return flat.convert("L") if image.mode in _GREY else _to_srgb(flat, image.info.get("icc_profile"))
    except (ValueError, SyntaxError, Image.DecompressionBombError) as wrong:
        raise OSError(f"the picture cannot be read: {wrong}") from wrong


def convert(content: bytes, ink: str, icc: bytes) -> bytes:
    """Return a picture in the inks ``cmyk``, ``srgb`` or ``grey``; OSError when Pillow cannot read it."""
    image = _open(content)
    target = BytesIO()
    if ink == "cmyk":
        if image.mode == "L":
            nothing = Image.new("L", image.size, 0)
            made = Image.merge("CMYK", (nothing, nothing, nothing, ImageOps.invert(image)))
        elif image.mode == "CMYK":
            made = image
        else:
            converted = ImageCms.applyTransform(image.convert("RGB"), _transform(icc))
            if converted is None:
                raise OSError("the picture cannot be converted to the printer's colours")
            made = converted
        made.save(target, "JPEG", quality=QUALITY, subsampling=0, icc_profile=None)
    elif ink == "grey" or image.mode == "L":
        image.convert("L").save(target, "PNG", icc_profile=None)
    else:
        image.convert("RGB").save(target, "PNG", icc_profile=None)
    return target.getvalue()
