"""Pictures of pixels → the inks of a profile: the only door to Pillow.

In come the bytes of a PNG or JPEG and the printer's ICC profile; out go bytes that the engine puts on a page as they
are: upright, without metadata, alpha flattened on the paper's white. Knows no page and no palette.
"""

from functools import cache
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

_INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC
_POINT = ImageCms.Flags.BLACKPOINTCOMPENSATION
QUALITY = 92
"""Of JPEG: no visible loss at 300 ppi."""


@cache
def _transform(icc: bytes) -> ImageCms.ImageCmsTransform:
    return ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"), ImageCms.ImageCmsProfile(BytesIO(icc)), "RGB", "CMYK", _INTENT, _POINT)


def _to_srgb(image: Image.Image) -> Image.Image:
    """Return the picture in sRGB, its embedded profile applied, on white where it is transparent."""
    embedded = image.info.get("icc_profile")
    if image.mode in ("RGBA", "LA", "PA", "P"):
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image).convert("RGB")
    if embedded and image.mode in ("RGB", "CMYK", "L"):
        source, target = ImageCms.ImageCmsProfile(BytesIO(embedded)), ImageCms.createProfile("sRGB")
        try:
            converted = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
        except ImageCms.PyCMSError:
            return image  # a profile that does not fit its picture says nothing about its colours
        return converted or image
    return image


def _is_grey(image: Image.Image) -> bool:
    return image.mode in ("1", "L", "I", "I;16", "F")


def convert(content: bytes, ink: str, icc: bytes) -> bytes:
    """Return a picture in the inks ``cmyk``, ``srgb`` or ``grey``; OSError when Pillow cannot read it."""
    with Image.open(BytesIO(content)) as opened:
        opened.load()
        image = ImageOps.exif_transpose(opened) or opened
        image = image.convert("L") if _is_grey(image) else _to_srgb(image)
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
        made.save(target, "JPEG", quality=QUALITY, subsampling=0)
    elif ink == "grey" or image.mode == "L":
        image.convert("L").save(target, "PNG")
    else:
        image.convert("RGB").save(target, "PNG")
    return target.getvalue()
