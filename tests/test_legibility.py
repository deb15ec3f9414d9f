"""Words that everybody can read: size and contrast."""

import pytest
from laying import codes, galley
from making import shipped_styles

from booklet.legibility import judge_drawings, judge_words, shades_of
from booklet.profiles import PROFILES

WORDS = '<p data-b="3" style="{}">Ord</p>'


def found(body: str) -> list[str]:
    """Return the faults of a layout."""
    return codes(list(judge_words(galley(body), {})))


@pytest.mark.parametrize(("style", "faults"), [
    ("font-size: 6.8pt", ["small-type 3"]), ("font-size: 7pt", []), ("font-size: 6pt; display: none", []),
])
def test_type_under_seven_points(style: str, faults: list[str]) -> None:
    assert found(WORDS.format(style)) == faults


def test_raised_figure_may_be_small() -> None:
    assert found('<p>Ord og ord<sup style="font-size: 6pt; vertical-align: super">1</sup></p>') == []


@pytest.mark.parametrize(("style", "faults"), [
    ("color: #777777", ["faint-words 3"]), ("color: #767676", []),
    ("color: #ffffff; background: #14506e", []), ("color: #ffffff; background: #a0b0c0", ["faint-words 3"]),
    ("color: #888888; font-size: 18pt", []), ("color: #888888; font-size: 14pt; font-weight: 700", []),
    ("color: #888888; font-size: 14pt", ["faint-words 3"]), ("color: #aaaaaa; font-size: 18pt", ["faint-words 3"]),
    ("color: device-cmyk(0 0 0 .3)", ["faint-words 3"]), ("color: device-cmyk(0 0 0 1)", []),
])
def test_words_must_stand_out_from_what_lies_behind(style: str, faults: list[str]) -> None:
    assert found(WORDS.format(style)) == faults


def test_ground_of_a_page_lies_behind_its_words() -> None:
    assert codes(list(judge_words(galley(WORDS.format("color: #ffffff"), "@page { background: #102030 }"), {}))) == []
    assert found(WORDS.format("color: #ffffff")) == ["faint-words 3"]


@pytest.mark.parametrize("ink", sorted({profile.ink for profile in PROFILES.values()}))
def test_each_ink_of_the_palette_is_seen_as_its_screen_colour_or_grey(ink: str) -> None:
    palette = shipped_styles().palette
    shades = shades_of(palette, ink)
    assert len(shades) <= len(palette.colours)
    assert all(shade.startswith("#") and len(shade) == 7 for shade in shades.values())
    assert ink != "cmyk" or shades["cmyk 0 0 0 100"] == "#1a1a1a"


@pytest.mark.parametrize(("size", "width", "faults"), [
    (4, 60, ["small-type 8"]), (4, 70, []), (4, 62, []), (3.9, 62, ["small-type 8"]),
])
def test_words_of_a_drawing_are_as_small_as_they_are_shown(size: float, width: int, faults: list[str]) -> None:
    drawing = f'<svg viewBox="0 0 100 40"><style>text {{ font-size: {size}px }}</style><text x="1">Ord</text></svg>'
    shown = galley(f'<img data-b="8" alt="x" src="book://x/pictures/a.svg" style="width: {width}mm; height: 9mm">')
    assert codes(list(judge_drawings(shown, {"a.svg": drawing.encode()}))) == faults
    silent = drawing.replace("<text", "<path").encode()
    assert codes(list(judge_drawings(shown, {"a.svg": silent}))) == []
