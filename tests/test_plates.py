"""Pictures on laid-out pages: their size, what is behind them, and what a press makes of them."""

import re
import subprocess
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from making import AT, STYLES, sheet_of
from PIL import Image

from booklet.artwork import Artwork, demand_of
from booklet.collector import Collector
from booklet.engine import press
from booklet.job import Job, Sheet, Shown
from booklet.model import Picture
from booklet.printed import Fragment
from booklet.profiles import PROFILES
from booklet.store import Store
from booklet.styles import read_styles

LOOKS = read_styles(STYLES, Collector())
INCH = 72
SHEET = sheet_of("print")
CORNER = tuple(round((SHEET.bleed + margin) / 25.4 * INCH) for margin in (SHEET.left, SHEET.top))
"""Where the text begins on the paper, in pixels."""
IMG = '<img alt="x" src="book://x/pictures/p.png" style="{}">'


def saved(image: Image.Image) -> bytes:
    """Return a picture as PNG."""
    target = BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


def laid_out(body: str, content: bytes, profile: str = "print", css: str = "") -> tuple[Fragment, list[Shown]]:
    """Return the fragment of a unit with a picture, and what was asked of its artwork."""
    assert LOOKS
    picture, asked = Picture("p.png", "image/png", content, "", "", "", "", AT), []
    demand = demand_of(PROFILES[profile].ink, LOOKS.icc["cmyk"], {"most": 450, "target": 300})
    art = Artwork("en", {"p.png": picture}, LOOKS.palette, demand, Store(None))

    def develop(shown: Shown) -> bytes | None:
        asked.append(shown)
        return art.develop(shown)

    html = f'<html lang="nb" class="article recto"><head><title>T</title></head><body id="en">{body}</body></html>'
    sheets = *LOOKS.of(PROFILES[profile], "fjord"), Sheet("own.css", css)
    fragment = press(Job(html, sheets, art.laid_out, PROFILES[profile], "en", AT, develop))
    assert (fragment.findings, art.found.findings) == ((), ())
    return fragment, asked


def separated(fragment: Fragment, home: Path) -> list[Image.Image]:
    """Return the four plates that Ghostscript makes of a page without words, at 72 ppi."""
    (home / "a.pdf").write_bytes(fragment.pdf)
    subprocess.run(
        ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiff32nc", f"-r{INCH}", "-sOutputFile=a.tif", "a.pdf"],
        cwd=home, check=True, timeout=60)
    with Image.open(home / "a.tif") as page:
        return list(page.copy().split())


def content_of(fragment: Fragment) -> bytes:
    """Return the content of the first page."""
    with pikepdf.open(BytesIO(fragment.pdf)) as pdf:
        return pdf.pages[0].Contents.read_bytes()


def plates(fragment: Fragment) -> list[tuple[int, int]]:
    """Return the size of each picture in a fragment."""
    with pikepdf.open(BytesIO(fragment.pdf)) as pdf:
        found = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]
        return sorted((int(one.Width), int(one.Height)) for one in found)


@pytest.mark.parametrize("mode", ["L", "RGB", "1", "LA"])
def test_grey_is_on_the_black_plate_alone(mode: str, tmp_path: Path) -> None:
    grey = Image.linear_gradient("L").resize((400, 400))
    image = Image.merge("LA", (grey, Image.new("L", grey.size, 255))) if mode == "LA" else grey.convert(mode)
    fragment, _ = laid_out(IMG.format("width: 2in; height: 2in"), saved(image))
    *colours, black = separated(fragment, tmp_path)
    assert [plate.getextrema() for plate in colours] == [(0, 0)] * 3
    left, top = CORNER
    rows = black.crop((left + 4, top + 4, left + 2 * INCH - 4, top + 2 * INCH - 4)).resize((1, 8), Image.Resampling.BOX)
    assert list(rows.tobytes()) == sorted(rows.tobytes(), reverse=True) and rows.getpixel((0, 0)) > 200


@pytest.mark.parametrize("mode", ["RGB", "L", "1"])
def test_press_lays_the_ink_that_the_plate_says(mode: str, tmp_path: Path) -> None:
    """Ghostscript reads our pictures as we meant them: not inverted, no channel for another."""
    colour = {"RGB": (20, 80, 110), "L": 0, "1": 0}[mode]
    fragment, _ = laid_out(IMG.format("width: 2in; height: 2in"), saved(Image.new(mode, (400, 400), colour)))
    found = tuple(plate.getpixel((CORNER[0] + INCH, CORNER[1] + INCH)) for plate in separated(fragment, tmp_path))
    cyan, magenta, yellow, black = found
    assert found == (0, 0, 0, 255) if mode != "RGB" else cyan > 200 > magenta > yellow and 30 < black < 150


@pytest.mark.parametrize("width", [400, 1200], ids=["kept", "made smaller"])
@pytest.mark.parametrize("adobe", [True, False])
def test_inks_of_a_jpeg_are_read_as_its_maker_meant_them(adobe: bool, width: int, tmp_path: Path) -> None:
    """Adobe's are inverted and say so; others are not."""
    target = BytesIO()
    Image.new("CMYK", (width, width), (200, 100, 50, 25)).save(target, "JPEG", quality=95)
    content = target.getvalue()
    start = content.index(b"\xff\xee")
    content = content if adobe else content[:start] + content[start + 16:]
    fragment, _ = laid_out(IMG.format("width: 2in; height: 2in"), content)
    found = [plate.getpixel((CORNER[0] + INCH, CORNER[1] + INCH)) for plate in separated(fragment, tmp_path)]
    assert found == pytest.approx([200, 100, 50, 25] if adobe else [55, 155, 205, 230], abs=2)


@pytest.mark.parametrize(("ground", "ink"), [("", (0, 0, 0, 0)), ("background: var(--fjord-tint)", (36, 10, 5, 0))])
def test_what_is_transparent_has_no_edge_on_its_ground(ground: str, ink: tuple[int, ...], tmp_path: Path) -> None:
    css = "section { padding: 1in } .tinted { background: device-cmyk(.14 .04 .02 0) }"
    image = IMG.format("width: 1in; height: 1in; display: block")
    body = f'<section class="{"tinted" if ground else ""}">{image}</section>'
    fragment, (shown,) = laid_out(body, saved(Image.new("RGBA", (400, 400), (200, 0, 0, 0))), css=css)
    assert shown.ground == (ink if ground else ())
    left, top = (at + 8 for at in CORNER)
    inside = [plate.crop((left, top, left + 2 * INCH, top + 2 * INCH)).getextrema()
              for plate in separated(fragment, tmp_path)]
    assert inside == [(level, level) for level in ink]


def test_ground_is_that_of_the_nearest_box_that_has_one() -> None:
    css = "section { background: device-cmyk(0 1 0 0) } div { background: device-cmyk(1 0 0 0) }"
    clear = saved(Image.new("RGBA", (400, 400), (0, 0, 0, 0)))
    for body, ground in ((f"<section><p>{IMG}</p></section>", (0, 255, 0, 0)),
                         (f"<section><div><p>{IMG}</p></div></section>", (255, 0, 0, 0)), (f"<p>{IMG}</p>", ())):
        _, (shown,) = laid_out(body.format("width: 1in"), clear, css=css)
        assert shown.ground == ground
    _, (shown,) = laid_out(IMG.format("width: 1in"), clear, "screen", "section, html { background: #e0edf3 }")
    assert shown.ground == (224, 237, 243)


def test_picture_is_asked_for_in_the_size_it_is_painted_in() -> None:
    content = saved(Image.new("L", (500, 250), 9))
    for style, size in (("width: 1in", (96, 48)), ("height: 1in", (192, 96)), ("width: 1in; height: 1in", (96, 96)),
                        ("width: 1in; height: 1in; object-fit: cover", (192, 96))):
        _, (shown,) = laid_out(IMG.format(style), content)
        assert (shown.width, shown.height) == size


def test_picture_made_smaller_is_painted_as_large_as_it_was_laid_out() -> None:
    style = "width: 4in; height: 1in; object-fit: none; image-resolution: 900dpi"
    painted = [
        re.findall(rb"(?m)^(\S+) 0 0 (\S+) 0 \S+ cm$", content_of(laid_out(IMG.format(style), saved(image))[0]))
        for image in (Image.new("L", (2700, 270), 9), Image.new("1", (2700, 270)))]
    assert painted[0] == painted[1] != []


def test_picture_shown_twice_has_one_plate_for_the_larger_size() -> None:
    content = saved(Image.new("L", (3000, 300), 9))
    fragment, (shown,) = laid_out(IMG.format("width: 1in") + IMG.format("width: 3in"), content)
    assert shown.width == 288 and plates(fragment) == [(900, 90)]


def test_same_picture_on_two_grounds_has_two_plates() -> None:
    body = IMG.format("width: 1in") + f"<section>{IMG.format('width: 1in')}</section>"
    fragment, asked = laid_out(
        body, saved(Image.new("RGBA", (300, 300), (9, 9, 9, 9))), css="section { background: device-cmyk(0 1 0 0) }")
    assert len(asked) == 2 == len(plates(fragment))


@pytest.mark.parametrize("profile", PROFILES)
def test_sound_pictures_are_painted_in_silence_by_every_profile(profile: str) -> None:
    for mode in ("1", "L", "RGB", "RGBA", "LA", "P", "I;16"):
        fragment, _ = laid_out(IMG.format("width: 1in"), saved(Image.new(mode, (300, 300))), profile)
        assert plates(fragment) == [(300, 300)]
