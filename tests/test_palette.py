"""The palette: every colour in its three inks, and drawings in the colours of a profile."""

from pathlib import Path

import pytest
from making import AT, STYLES

from booklet.collector import Collector
from booklet.model import Picture
from booklet.palette import LEAST_CONTRAST, MOST_INK, Colour, Palette, read_palette
from booklet.palette import contrast as measured

FJORD = Colour("fjord", "theme", "theme 1", (92, 45, 20, 30), "#14506e", 85, AT)
TINT = Colour("fjord-tint", "surface", "boxes", (14, 4, 2, 0), "#e0edf3", 9, AT)
INK = Colour("ink", "text", "text", (0, 0, 0, 100), "#1a1a1a", 100, AT)
SAND = Colour("sand", "surface", "boxes", (3, 5, 12, 0), "#f5efe2", 6, AT)
PALETTE = Palette((INK, SAND, FJORD, TINT))
GOOD = {"use": "text", "what": "words", "cmyk": "[0, 0, 0, 100]", "srgb": '"#1a1a1a"', "grey": "100"}


def reading(home: Path, **entry: str) -> tuple[Palette, list[str]]:
    """Return a palette of one colour, and the codes found."""
    lines = "".join(f"  {key}: {value}\n" for key, value in entry.items())
    (home / "palette.yaml").write_text(f"ink:\n{lines}")
    found = Collector()
    return read_palette(home, found), [f"{finding.position.line} {finding.code}" for finding in found.findings]  # type: ignore[union-attr]


def recoloured(svg: str, ink: str) -> tuple[str, list[str]]:
    """Return a drawing in an ink, and what was wrong with it."""
    found = Collector()
    picture = Picture("images/x.svg", "image/svg+xml", svg.encode(), "", "", "", "", AT)
    return PALETTE.recolour(picture, ink, found).decode(), [f.message for f in found.findings]


@pytest.mark.parametrize(
    ("ink", "css"), [("cmyk", "device-cmyk(0.92 0.45 0.2 0.3)"), ("srgb", "#14506e"), ("grey", "#262626")]
)
def test_colour_is_written_in_the_ink_of_its_profile(ink: str, css: str) -> None:
    assert FJORD.css(ink) == css


def test_black_is_pure_black_and_paper_is_nothing() -> None:
    paper = Colour("paper", "surface", "", (0, 0, 0, 0), "#ffffff", 0, AT)
    assert (INK.css("grey"), paper.css("grey")) == ("#000000", "#ffffff")
    assert (INK.css("cmyk"), paper.css("cmyk")) == ("device-cmyk(0 0 0 1)", "device-cmyk(0 0 0 0)")


def test_theme_has_its_colour_and_its_tint() -> None:
    tokens = PALETTE.tokens("srgb", "fjord")
    assert (tokens["theme"], tokens["theme-tint"]) == ("#14506e", "#e0edf3")


def test_page_without_a_theme_is_set_in_ink_on_sand() -> None:
    tokens = PALETTE.tokens("srgb", "")
    assert (tokens["theme"], tokens["theme-tint"]) == ("#1a1a1a", "#f5efe2")


def test_each_theme_colour_has_a_class() -> None:
    assert PALETTE.classes("grey") == ".ink-fjord { color: #262626; border-color: #262626 }"


def test_drawing_is_printed_in_the_inks_of_its_profile() -> None:
    svg = '<svg><path fill="#14506E" stroke="none"/><g style="fill:#f5efe2"/></svg>'
    assert recoloured(svg, "cmyk") == (
        '<svg fill="device-cmyk(0 0 0 1)"><path fill="device-cmyk(0.92 0.45 0.2 0.3)" stroke="none"/>'
        '<g style="fill:device-cmyk(0.03 0.05 0.12 0)"/></svg>', [])


@pytest.mark.parametrize(
    ("paint", "colour"),
    [('fill="#123456"', "#123456"), ('stroke="red"', "red"), ('style="fill: rgb(1, 2, 3)"', "rgb(1, 2, 3)"),
     ('stop-color="#fff"', "#fff"), ('fill="hsl(1 2% 3%)"', "hsl(1 2% 3%)"), ('fill="#14506eff"', "#14506eff")],
)
def test_colour_of_a_drawing_that_is_not_in_the_palette_is_an_error(paint: str, colour: str) -> None:
    assert recoloured(f"<svg><path {paint}/></svg>", "cmyk")[1] == [f"the drawing uses '{colour}'"]


def test_shape_without_a_colour_of_its_own_is_ink_and_never_the_engines_black() -> None:
    assert recoloured("<svg><rect/></svg>", "cmyk") == ('<svg fill="device-cmyk(0 0 0 1)"><rect/></svg>', [])
    assert recoloured('<svg><path style="FILL:red"/></svg>', "cmyk")[1] == ["the drawing uses 'red'"]
    assert recoloured('<svg><path fill="currentColor"/></svg>', "cmyk")[1] == ["the drawing uses 'currentColor'"]


def test_drawing_in_another_encoding_is_a_finding() -> None:
    picture, found = Picture("images/x.svg", "image/svg+xml", b"<svg>\xe5</svg>", "", "", "", "", AT), Collector()
    assert PALETTE.recolour(picture, "srgb", found) == b""
    assert [finding.code for finding in found.findings] == ["not-utf8"]


def test_contrast_is_that_of_the_web_guidelines() -> None:
    assert measured("#000000", "#ffffff") == pytest.approx(21)
    assert measured("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_words_that_do_not_stand_out_are_an_error(tmp_path: Path) -> None:
    assert "1 palette-contrast" in reading(tmp_path, **GOOD | {"srgb": '"#dddddd"'})[1]
    assert measured(FJORD.srgb, "#ffffff") >= LEAST_CONTRAST


def test_theme_colour_without_a_tint_is_an_error(tmp_path: Path) -> None:
    assert reading(tmp_path, **GOOD | {"use": "theme"})[1] == ["1 palette-keys"]


def test_shipped_palette_is_clean_and_has_a_tint_for_each_theme() -> None:
    found = Collector()
    palette = read_palette(STYLES, found)
    names = {colour.name for colour in palette.colours}
    assert found.findings == ()
    assert palette.themes and {f"{name}-tint" for name in palette.themes} <= names
    assert {"ink", "sand"} <= names


def test_good_colour_is_read(tmp_path: Path) -> None:
    palette, codes = reading(tmp_path, **GOOD)
    assert codes == []
    assert (palette.colours[0].cmyk, palette.colours[0].grey) == ((0, 0, 0, 100), 100)


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({"use": "wall"}, "palette-use"), ({"srgb": '"#fff"'}, "palette-value"), ({"srgb": "red"}, "palette-value"),
        ({"cmyk": "[0, 0, 0]"}, "palette-value"), ({"cmyk": "[0, 0, 0, 101]"}, "palette-value"),
        ({"cmyk": "[0, 0, 0, x]"}, "palette-value"), ({"grey": "101"}, "palette-value"),
        ({"grey": "-1"}, "palette-value"),
        ({"use": "theme", "cmyk": "[100, 100, 41, 0]"}, "palette-ink"), ({"cmyk": "[10, 10, 0, 80]"}, "palette-ink"),
        ({"hue": "blue"}, "palette-keys"),
    ],
)
def test_wrong_colour_is_an_error_at_its_line(entry: dict[str, str], code: str, tmp_path: Path) -> None:
    palette, codes = reading(tmp_path, **(GOOD | entry))
    assert codes == [f"1 {code}"]
    assert palette.colours == ()


def test_colour_without_a_key_is_an_error(tmp_path: Path) -> None:
    assert "1 palette-keys" in reading(tmp_path, **{key: value for key, value in GOOD.items() if key != "what"})[1]


def test_no_colour_lays_more_ink_than_dries(tmp_path: Path) -> None:
    entry = GOOD | {"use": "surface", "cmyk": f"[100, 100, {MOST_INK - 200}, 0]"}
    assert reading(tmp_path, **entry)[1] == []


@pytest.mark.parametrize("text", ["", "[a, b]", "just words", "ink: blue\n"])
def test_file_that_is_no_palette_is_an_error(text: str, tmp_path: Path) -> None:
    (tmp_path / "palette.yaml").write_text(text)
    found = Collector()
    assert read_palette(tmp_path, found).colours == ()
    assert found.findings


def luminance(srgb: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    parts = [int(srgb[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ink", ["srgb", "grey"])
def test_words_stand_out_from_every_ground_they_stand_on(ink: str) -> None:
    colours = read_palette(STYLES, Collector()).colours
    grounds = [colour for colour in colours if colour.use == "surface"]
    weak = [
        (words.name, ground.name) for words in colours if words.use in ("text", "theme") for ground in grounds
        if contrast(words.css(ink), ground.css(ink)) < 4.5
    ]
    assert weak == []
