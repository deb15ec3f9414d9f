"""The segments of a JPEG: whole scans, and pictures without what is not picture."""

from io import BytesIO

import pytest
from PIL import Image, ImageFilter

from booklet.scans import bare, channels, scan_fault, with_waste, without_zeros

KINDS = [{}, {"optimize": True}, {"progressive": True}, {"progressive": True, "optimize": True}, {"subsampling": 2}]
every_kind = pytest.mark.parametrize("options", KINDS, ids=str)


def scene(kind: str, size: tuple[int, int] = (160, 96)) -> Image.Image:
    """Return a picture: plain, plain with something in it, or like a photograph."""
    if kind == "photograph":
        noise = [Image.effect_noise(size, 80) for _ in range(3)]
        return Image.merge("RGB", noise).filter(ImageFilter.GaussianBlur(1))
    plain = Image.new("RGB", size, "white" if kind == "white" else (128, 128, 128))
    plain.paste("red", (9, 9, 30, 30) if kind == "white" else (0, 0, 0, 0))
    return plain


def jpeg(kind: str, **options: object) -> bytes:
    """Return a picture as JPEG."""
    target = BytesIO()
    scene(kind).save(target, "JPEG", quality=85, **options)  # type: ignore[arg-type]
    return target.getvalue()


def pixels(content: bytes) -> bytes:
    """Return what is seen of a JPEG."""
    return Image.open(BytesIO(content)).tobytes()


@every_kind
def test_channels_are_counted_where_the_frame_says_how_many(options: dict[str, object]) -> None:
    target = BytesIO()
    scene("white").convert("CMYK").save(target, "JPEG", **options)  # type: ignore[arg-type]
    assert (channels(jpeg("white", **options)), channels(target.getvalue())) == (3, 4)
    assert channels(jpeg("white")[:20]) == channels(b"\xff\xd8") == 0


@every_kind
@pytest.mark.parametrize("kind", ["photograph", "white", "plain"])
def test_whole_scan_has_no_fault(kind: str, options: dict[str, object]) -> None:
    content = jpeg(kind, **options)
    assert scan_fault(content) == ""
    assert pixels(with_waste(content)) == pixels(content) == pixels(bare(content))


def test_zeros_in_a_scan_are_a_fault_with_its_place() -> None:
    content = jpeg("photograph")
    start = content.rindex(b"\xff\xda") + 500
    zeroed = content[:start] + bytes(200) + content[start + 200:]
    assert scan_fault(zeroed) == f"its pixels are zeros from byte {start}"
    assert scan_fault(content[:start] + bytes(60) + content[start + 60:]) == ""


def test_scan_that_is_too_short_for_any_picture_is_a_fault() -> None:
    content = jpeg("photograph")
    start = content.rindex(b"\xff\xda") + 20
    assert scan_fault(content[:start] + content[-2:]) == "it has 6 bytes of pixels, too few for its size"


@every_kind
def test_waste_behind_a_scan_that_was_cut_is_seen(options: dict[str, object]) -> None:
    content = jpeg("photograph", **options)
    cut = content[:-400] + content[-2:]
    assert pixels(with_waste(cut)) != pixels(cut)


def test_zeros_behind_the_last_pixel_are_told_from_those_that_are_pixels() -> None:
    content = jpeg("photograph", optimize=True)
    assert without_zeros(content) == b""
    longer = content[:-2] + bytes(40) + content[-2:]
    assert pixels(without_zeros(longer)) == pixels(longer)


def test_bare_picture_keeps_what_its_colours_need_and_nothing_else() -> None:
    exif = Image.Exif()
    exif[0x0110] = "SECRET"
    target = BytesIO()
    scene("white").convert("CMYK").save(
        target, "JPEG", exif=exif, comment=b"SECRET", icc_profile=b"SECRET", dpi=(300, 300))
    content = target.getvalue() + b"SECRET behind the end"
    made = bare(content)
    assert content.count(b"SECRET") >= 4 and b"SECRET" not in made
    assert b"Adobe" in made and pixels(made) == pixels(content)
