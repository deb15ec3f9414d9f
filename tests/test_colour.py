"""Pictures of pixels → the inks of a profile."""

from io import BytesIO

import pytest
from making import STYLES
from PIL import Image, ImageCms, ImageFile

from booklet.colour import convert
from booklet.styles import ICC

PRESS = (STYLES / ICC["cmyk"]).read_bytes()
SRGB = (STYLES / ICC["srgb"]).read_bytes()
INKS = ["cmyk", "srgb", "grey"]


def picture(mode: str, colour: object, size: tuple[int, int] = (4, 4), form: str = "PNG", **more: object) -> bytes:
    """Return a picture of one colour."""
    target = BytesIO()
    Image.new(mode, size, colour).save(target, form, **more)  # type: ignore[arg-type]
    return target.getvalue()


def converted(content: bytes, ink: str) -> Image.Image:
    """Return a picture in an ink."""
    made = Image.open(BytesIO(convert(content, ink, PRESS if ink == "cmyk" else SRGB)))
    made.load()
    return made


def near(one: object, other: tuple[int, ...], most: int = 3) -> bool:
    """Tell whether a pixel is another, a few steps of JPEG aside."""
    return all(abs(a - b) <= most for a, b in zip(one, other, strict=True))  # type: ignore[call-overload]


def test_colour_is_separated_for_the_press() -> None:
    made = converted(picture("RGB", (20, 80, 110)), "cmyk")
    cyan, magenta, _, black = made.getpixel((1, 1))
    assert (made.format, made.mode) == ("JPEG", "CMYK")
    assert cyan > 200 and cyan > magenta and black > 20


def test_white_stays_paper() -> None:
    assert near(converted(picture("RGB", "white"), "cmyk").getpixel((1, 1)), (0, 0, 0, 0))


def test_no_colour_lays_more_ink_than_the_press_can_bear() -> None:
    most = max(sum(converted(picture("RGB", c), "cmyk").getpixel((1, 1))) for c in ("black", "navy", "maroon", "green"))
    assert most / 2.55 <= 305


@pytest.mark.parametrize(
    ("mode", "grey", "ink"),
    [("L", 100, 155), ("1", 0, 255), ("1", 1, 0), ("LA", (100, 255), 155), ("I;16", 25_700, 155), ("I;16", 65_535, 0)],
)
def test_grey_is_black_ink_alone_and_as_dark_as_it_was(mode: str, grey: object, ink: int) -> None:
    assert near(converted(picture(mode, grey), "cmyk").getpixel((1, 1)), (0, 0, 0, ink))


@pytest.mark.parametrize("ink", INKS)
@pytest.mark.parametrize(
    ("mode", "colour", "clear"),
    [("RGBA", (0, 0, 0, 0), None), ("LA", (0, 0), None), ("L", 0, 0), ("1", 0, 0), ("RGB", (9, 9, 9), (9, 9, 9))],
)
def test_what_is_transparent_is_white(mode: str, colour: object, clear: object, ink: str) -> None:
    made = converted(picture(mode, colour, **({} if clear is None else {"transparency": clear})), ink)
    white = {"CMYK": (0, 0, 0, 0), "RGB": (255, 255, 255)}.get(made.mode, (255,))
    pixel = made.getpixel((1, 1))
    assert made.mode in ("CMYK", "RGB", "L")
    assert near(pixel if isinstance(pixel, tuple) else (pixel,), white)


def test_palette_with_a_transparent_colour_is_flattened_too() -> None:
    image = Image.new("P", (4, 4), 0)
    image.putpalette([10, 20, 30] * 256)
    target = BytesIO()
    image.save(target, "PNG", transparency=0)
    assert converted(target.getvalue(), "srgb").getpixel((1, 1)) == (255, 255, 255)


@pytest.mark.parametrize("ink", INKS)
def test_picture_taken_sideways_is_turned_upright(ink: str) -> None:
    image = Image.new("RGB", (8, 4), "white")
    image.paste("black", (0, 0, 4, 4))
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned a quarter
    target = BytesIO()
    image.save(target, "JPEG", exif=exif, quality=95)
    made = converted(target.getvalue(), ink).convert("L")
    assert made.size == (4, 8)
    assert made.getpixel((2, 1)) < 80 < 200 < made.getpixel((2, 6))


@pytest.mark.parametrize("ink", INKS)
def test_nothing_is_told_about_the_camera_the_place_and_the_profile(ink: str) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Maker", "SECRET"
    exif.get_ifd(0x8825)[1] = "N"
    content = picture("RGB", "red", form="JPEG", exif=exif, comment=b"SECRET", icc_profile=SRGB)
    made = converted(content, ink)
    assert b"SECRET" in content and b"SECRET" not in convert(content, ink, PRESS if ink == "cmyk" else SRGB)
    assert not made.getexif() and made.info.keys() & {"icc_profile", "exif", "comment", "xmp"} == set()


def test_embedded_profile_is_applied_before_it_is_dropped() -> None:
    ink = 230, 100, 40, 60
    with_it, without = picture("CMYK", ink, form="JPEG", icc_profile=PRESS), picture("CMYK", ink, form="JPEG")
    pixel = converted(with_it, "srgb").getpixel((1, 1))
    assert not near(pixel, converted(without, "srgb").getpixel((1, 1)), 15)
    back = ImageCms.profileToProfile(
        Image.new("RGB", (1, 1), pixel), ImageCms.createProfile("sRGB"), BytesIO(PRESS), outputMode="CMYK")
    assert near(back.getpixel((0, 0)), ink, 60)


def test_profile_that_does_not_fit_says_nothing() -> None:
    content = picture("RGB", (20, 80, 110), form="JPEG", icc_profile=PRESS)
    assert near(converted(content, "srgb").getpixel((1, 1)), (20, 80, 110))


def test_profile_that_is_too_large_to_read_is_an_error_of_the_machine() -> None:
    content = picture("RGB", "red", icc_profile=bytes(2_000_000))
    with pytest.raises(OSError, match="cannot be read"):
        convert(content, "srgb", SRGB)


def test_handout_is_grey() -> None:
    made = converted(picture("RGB", (20, 80, 110)), "grey")
    assert (made.format, made.mode) == ("PNG", "L")


def test_size_in_pixels_stays() -> None:
    assert {converted(picture("RGB", "red", (7, 3)), ink).size for ink in INKS} == {(7, 3)}


@pytest.mark.parametrize("ink", INKS)
def test_same_picture_gives_the_same_bytes(ink: str) -> None:
    content = picture("RGB", (1, 2, 3))
    assert convert(content, ink, PRESS) == convert(content, ink, PRESS)


@pytest.mark.parametrize("content", [b"", b"no picture", picture("RGB", "red")[:50]], ids=["empty", "text", "cut"])
def test_what_is_no_picture_is_an_error_of_the_machine(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even when the layout engine, which takes half a picture for a whole one, was loaded before."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(OSError):
        convert(content, "cmyk", PRESS)
