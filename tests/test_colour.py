"""Pictures of pixels → the inks of a profile, against numbers of LittleCMS."""

from io import BytesIO

import pytest
from making import STYLES
from PIL import Image, ImageCms, ImageFile

from booklet.colour import Measure, Wanted, convert, measure, stand_in
from booklet.styles import ICC

PRESS = (STYLES / ICC["cmyk"]).read_bytes()
SRGB = (STYLES / ICC["srgb"]).read_bytes()
INKS = ["cmyk", "srgb", "grey"]
REAL = ImageCms.Flags.BLACKPOINTCOMPENSATION
LIGHT = ImageCms.buildTransform(BytesIO(PRESS), ImageCms.createProfile("LAB"), "CMYK", "LAB", 1)


def saved(image: Image.Image, form: str = "PNG", **more: object) -> bytes:
    """Return a picture as a file."""
    target = BytesIO()
    image.save(target, form, **more)  # type: ignore[arg-type]
    return target.getvalue()


def picture(mode: str, colour: object, size: tuple[int, int] = (4, 4), form: str = "PNG", **more: object) -> bytes:
    """Return a picture of one colour."""
    return saved(Image.new(mode, size, colour), form, **more)  # type: ignore[arg-type]


def shades(mode: str = "RGB", size: tuple[int, int] = (64, 64)) -> Image.Image:
    """Return a picture with all kinds of colours."""
    one = Image.linear_gradient("L").resize(size)
    two, three = one.rotate(90), Image.radial_gradient("L").resize(size)
    return Image.merge(mode, (one, two, three, one.rotate(180))[:len(mode)]) if len(mode) > 1 else one


def plate(content: bytes, ink: str, **more: object) -> Image.Image:
    """Return a picture in an ink: what is on its plate, four channels of a PNG being four inks."""
    made = Image.open(BytesIO(convert(content, Wanted(ink, PRESS, **more))))  # type: ignore[arg-type]
    made.load()
    return Image.frombytes("CMYK", made.size, made.tobytes()) if made.mode == "RGBA" else made


def converted(content: bytes, ink: str, **more: object) -> Image.Image:
    """Return a picture in an ink as it is printed: grey ones for the press as the black ink that they are."""
    made = plate(content, ink, **more)
    if ink == "cmyk" and made.mode in ("1", "L"):
        black = made.convert("L").point(lambda level: 255 - level)
        return Image.merge("CMYK", (*[Image.new("L", made.size)] * 3, black))
    return made


def near(one: object, other: tuple[int, ...], most: int = 3) -> bool:
    """Tell whether a pixel is another, a few steps of JPEG aside."""
    return all(abs(a - b) <= most for a, b in zip(one, other, strict=True))  # type: ignore[call-overload]


def lightness(ink: Image.Image) -> float:
    """Return how light a pixel of the press is on paper, 0 to 100."""
    seen = ImageCms.applyTransform(ink, LIGHT)
    assert seen
    return seen.getpixel((0, 0))[0] / 2.55  # type: ignore[index,operator]


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_colours_are_those_that_littlecms_makes_of_them(form: str) -> None:
    """PNG to the last bit, JPEG but for what its second compression costs."""
    content = saved(shades(), form)
    wanted = ImageCms.profileToProfile(
        Image.open(BytesIO(content)), ImageCms.createProfile("sRGB"), BytesIO(PRESS), 1, "CMYK", flags=REAL)
    assert wanted
    pairs = list(zip(plate(content, "cmyk").tobytes(), wanted.tobytes(), strict=True))
    worst, mean = max(abs(a - b) for a, b in pairs), sum(abs(a - b) for a, b in pairs) / len(pairs)
    assert worst == 0 if form == "PNG" else mean < 2


def test_embedded_profile_is_where_the_way_to_the_press_begins() -> None:
    wide = ImageCms.ImageCmsProfile(BytesIO(other_rgb()))
    wanted = ImageCms.profileToProfile(shades(), wide, BytesIO(PRESS), 1, "CMYK", flags=REAL)
    assert wanted
    made = plate(saved(shades(), icc_profile=other_rgb()), "cmyk")
    assert made.tobytes() == wanted.tobytes() != plate(saved(shades()), "cmyk").tobytes()


def other_rgb() -> bytes:
    """Return sRGB with red and green changed for each other: a profile whose use is seen."""
    icc = bytearray(SRGB)
    red, green = (icc.index(tag) for tag in (b"rXYZ", b"gXYZ"))
    icc[red + 4:red + 8], icc[green + 4:green + 8] = icc[green + 4:green + 8], icc[red + 4:red + 8]
    return bytes(icc)


def test_colour_is_separated_for_the_press() -> None:
    made = converted(picture("RGB", (20, 80, 110)), "cmyk")
    cyan, magenta, _, black = made.getpixel((1, 1))
    assert made.mode == "CMYK"
    assert cyan > 200 and cyan > magenta and black > 20


def test_white_stays_paper() -> None:
    assert near(converted(picture("RGB", "white"), "cmyk").getpixel((1, 1)), (0, 0, 0, 0))


def test_no_colour_lays_more_ink_than_the_press_can_bear() -> None:
    most = max(sum(converted(picture("RGB", c), "cmyk").getpixel((1, 1))) for c in ("black", "navy", "maroon", "green"))
    assert most / 2.55 <= 305


@pytest.mark.parametrize(
    ("mode", "grey", "level"),
    [("L", 100, 100), ("1", 0, 0), ("1", 1, 255), ("LA", (100, 255), 100), ("I;16", 25_700, 100), ("I;16", 65_535, 255),
     ("RGB", (100, 100, 100), 100), ("RGB", (101, 99, 100), 100), ("RGBA", (100, 100, 100, 255), 100), ("P", 0, 0)],
)
def test_grey_is_black_ink_alone_and_as_dark_as_it_was(mode: str, grey: object, level: int) -> None:
    """As dark as colours of this lightness are on the same press, which its dot gain darkens."""
    made = converted(picture(mode, grey), "cmyk")
    assert made.getpixel((1, 1))[:3] == (0, 0, 0)  # type: ignore[index]
    same = ImageCms.profileToProfile(
        Image.new("RGB", (1, 1), (level,) * 3), ImageCms.createProfile("sRGB"), BytesIO(PRESS), 1, "CMYK", flags=REAL)
    assert same
    assert abs(lightness(made) - lightness(same)) < 5


def test_black_and_white_are_full_ink_and_none_and_every_grey_between_is_lighter_than_the_next() -> None:
    ramp = Image.frombytes("L", (256, 1), bytes(range(256)))
    black = converted(saved(ramp), "cmyk").getchannel(3).tobytes()
    assert (black[0], black[255]) == (255, 0)
    assert list(black) == sorted(black, reverse=True) and len(set(black)) > 200


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_grey_jpeg_has_nothing_on_the_three_colour_plates(mode: str) -> None:
    made = plate(saved(shades("L").convert(mode), "JPEG", quality=80), "cmyk")
    assert (made.format, made.mode) == ("JPEG", "CMYK")
    assert [band.getextrema() for band in made.split()[:3]] == [(0, 0)] * 3
    assert near(made.getchannel(3).getextrema(), (0, 255), 5)


def test_picture_that_is_a_little_coloured_is_not_grey() -> None:
    assert plate(picture("RGB", (100, 100, 104)), "cmyk").mode == "CMYK"


@pytest.mark.parametrize("ink", INKS)
def test_bitmap_stays_a_bitmap(ink: str) -> None:
    dots = shades("L").convert("1")
    assert plate(saved(dots), ink).tobytes() == dots.tobytes()


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
    assert converted(target.getvalue(), "srgb").convert("RGB").getpixel((1, 1)) == (255, 255, 255)


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
    assert b"SECRET" in content and b"SECRET" not in convert(content, Wanted(ink, PRESS))
    assert not made.getexif() and made.info.keys() & {"icc_profile", "exif", "comment", "xmp"} == set()


def test_embedded_profile_is_applied_before_it_is_dropped() -> None:
    ink = 230, 100, 40, 60
    with_it, without = picture("CMYK", ink, form="JPEG", icc_profile=PRESS), picture("CMYK", ink, form="JPEG")
    pixel = converted(with_it, "srgb").getpixel((1, 1))
    assert near(pixel, converted(without, "srgb").getpixel((1, 1)), 0)  # who says nothing means the press
    back = ImageCms.profileToProfile(
        Image.new("RGB", (1, 1), pixel), ImageCms.createProfile("sRGB"), BytesIO(PRESS), outputMode="CMYK")
    assert near(back.getpixel((0, 0)), ink, 60)


@pytest.mark.parametrize("icc", [PRESS, b"no profile at all", SRGB[:200]])
def test_profile_that_does_not_fit_says_nothing(icc: bytes) -> None:
    content = picture("RGB", (20, 80, 110), form="JPEG", icc_profile=icc)
    assert near(converted(content, "srgb").getpixel((1, 1)), (20, 80, 110))


def test_profile_that_is_too_large_to_read_is_an_error_of_the_machine() -> None:
    content = picture("RGB", "red", icc_profile=bytes(2_000_000))
    with pytest.raises(OSError, match="cannot be read"):
        convert(content, Wanted("srgb", PRESS))


def test_handout_is_grey() -> None:
    made = converted(picture("RGB", (20, 80, 110)), "grey")
    assert (made.format, made.mode) == ("PNG", "L")


def test_size_in_pixels_stays() -> None:
    assert {converted(picture("RGB", "red", (7, 3)), ink).size for ink in INKS} == {(7, 3)}


@pytest.mark.parametrize("ink", INKS)
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "CMYK"])
def test_same_picture_gives_the_same_bytes(ink: str, mode: str) -> None:
    content = saved(shades(mode), "JPEG" if mode == "CMYK" else "PNG")
    first, second = (convert(content, Wanted(ink, PRESS, (20, 20))) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("ink", INKS)
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "CMYK"])
def test_picture_is_no_larger_than_wanted(ink: str, mode: str) -> None:
    assert plate(saved(shades(mode), "JPEG" if mode == "CMYK" else "PNG"), ink, size=(31, 20)).size == (31, 20)


@pytest.mark.parametrize(
    ("ink", "ground", "pixel"),
    [("cmyk", (36, 10, 5, 0), (36, 10, 5, 0)), ("cmyk", (), (0, 0, 0, 0)), ("srgb", (224, 237, 243), (224, 237, 243)),
     ("grey", (232, 232, 232), 232), ("cmyk", (0, 0, 0, 51), (0, 0, 0, 51))],
)
@pytest.mark.parametrize("colour", [(200, 30, 30, 0), (90, 90, 90, 0)], ids=["colour", "grey"])
def test_what_is_transparent_is_the_colour_behind(
    ink: str, ground: tuple[int, ...], pixel: object, colour: object
) -> None:
    made = converted(picture("RGBA", colour), ink, ground=ground)
    assert made.getpixel((1, 1)) == pixel


def test_what_is_half_transparent_is_half_of_both() -> None:
    made = converted(picture("RGBA", (255, 255, 255, 128)), "cmyk", ground=(100, 40, 20, 0))
    assert near(made.getpixel((1, 1)), (50, 20, 10, 0), 1)


@pytest.mark.parametrize("icc", [None, PRESS], ids=["none", "the press's"])
def test_jpeg_in_the_inks_of_the_press_stays_as_it_is(icc: bytes | None) -> None:
    content = saved(shades("CMYK"), "JPEG", icc_profile=icc, quality=71)
    made = convert(content, Wanted("cmyk", PRESS))
    assert Image.open(BytesIO(made)).tobytes() == Image.open(BytesIO(content)).tobytes()
    assert len(made) < len(content) if icc else made == content


def test_jpeg_in_the_inks_of_another_press_is_converted() -> None:
    content = saved(shades("CMYK"), "JPEG", icc_profile=other_press())
    wanted = ImageCms.profileToProfile(
        Image.open(BytesIO(content)), BytesIO(other_press()), BytesIO(PRESS), 1, "CMYK", flags=REAL)
    assert wanted
    pairs = list(zip(plate(content, "cmyk").tobytes(), wanted.tobytes(), strict=True))
    assert sum(abs(a - b) for a, b in pairs) / len(pairs) < 2


def test_black_ink_alone_stays_black_ink_alone_whatever_the_press_it_was_made_for() -> None:
    content = picture("CMYK", (0, 0, 0, 200), (16, 16), "JPEG", icc_profile=other_press())
    assert near(plate(content, "cmyk").getpixel((1, 1)), (0, 0, 0, 200), 1)


def other_press() -> bytes:
    """Return the press with another date: a profile of its own."""
    icc = bytearray(PRESS)
    icc[25] ^= 1
    return bytes(icc)


def test_jpeg_of_a_screen_is_not_compressed_again() -> None:
    content = saved(shades(), "JPEG", quality=71, icc_profile=SRGB)
    made = convert(content, Wanted("srgb", PRESS))
    assert Image.open(BytesIO(made)).tobytes() == Image.open(BytesIO(content)).tobytes() and b"ICC_PROFILE" not in made


def test_layout_is_told_the_upright_size() -> None:
    exif = Image.Exif()
    exif[0x0112] = 8
    assert measure(picture("RGB", "red", (7, 3), "JPEG", exif=exif)) == Measure(3, 7, False)
    assert measure(picture("1", 0, (7, 3))) == Measure(7, 3, True)
    assert Image.open(BytesIO(stand_in(Measure(3, 7, False)))).size == (3, 7)


@pytest.mark.parametrize("options", [{}, {"optimize": True}, {"progressive": True}], ids=str)
def test_jpeg_whose_pixels_end_too_early_is_an_error_of_the_machine(options: dict[str, bool]) -> None:
    whole = saved(shades(size=(200, 200)).rotate(9), "JPEG", **options)
    scan = whole.rindex(b"\xff\xda") + 40
    cut = whole[:(scan + len(whole)) // 2] + whole[-2:]
    zeroed = whole[:scan] + bytes(len(whole) - scan - 2) + whole[-2:]
    convert(whole, Wanted("cmyk", PRESS))
    for content in (cut, zeroed) if "progressive" not in options else (cut,):
        with pytest.raises(OSError, match="end before"):
            convert(content, Wanted("cmyk", PRESS))


@pytest.mark.parametrize("content", [b"", b"no picture", picture("RGB", "red")[:50]], ids=["empty", "text", "cut"])
def test_what_is_no_picture_is_an_error_of_the_machine(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even when the layout engine, which takes half a picture for a whole one, was loaded before."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(OSError):
        convert(content, Wanted("cmyk", PRESS))
