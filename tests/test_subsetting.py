"""What a PDF embeds of a typeface: the glyphs it uses, under their own numbers, and no others."""

from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from booklet.subsetting import set_figures, subset
from booklet.typefaces import FACES, face_path

every_face = pytest.mark.parametrize("name", FACES)
NEEDED = "ABCXYZÆØÅabcxyzæøåÄÖäöÉéèêüáđšž0123456789«»–—’“”…·×§%€−≤≥½\u00a0"


def opened(name: str) -> TTFont:
    """Return the whole file of a face."""
    return TTFont(face_path(FACES[name]))


def drawn(font: TTFont, glyph: int) -> bool:
    """Tell whether a glyph has an outline."""
    return font["glyf"][font.getGlyphName(glyph)].numberOfContours != 0


@every_face
def test_face_is_installed_and_may_be_embedded(name: str) -> None:
    font = opened(name)
    assert not font["OS/2"].fsType & 0b1110
    assert "glyf" in font, "outlines of another kind are wrong in some PDF versions"


@every_face
def test_face_has_the_signs_of_norwegian_texts(name: str) -> None:
    known = opened(name).getBestCmap()
    assert [sign for sign in NEEDED if ord(sign) not in known] == []


@every_face
def test_figures_are_of_one_width(name: str) -> None:
    glyphs, widths = zip(*set_figures(name, "0123456789"), strict=True)
    font = opened(name)
    scale = 1000 / font["head"].unitsPerEm
    assert len(set(glyphs)) == 10 and len(set(widths)) == 1
    assert {round(font["hmtx"][font.getGlyphName(glyph)][0] * scale) for glyph in glyphs} == set(widths)


def test_space_of_a_face_draws_nothing() -> None:
    ((space, _),) = set_figures("BookletHoleSans", "\u00a0")
    assert not drawn(opened("BookletHoleSans"), space)


def test_subset_keeps_glyphs_under_their_numbers_and_drops_the_others() -> None:
    whole = opened("BookletSans")
    a, b, c = (whole.getGlyphID(whole.getBestCmap()[ord(sign)]) for sign in "abc")
    made = TTFont(BytesIO(subset("BookletSans", [c, a]).program))
    assert [drawn(made, glyph) for glyph in (a, b, c)] == [True, False, True]
    assert len(subset("BookletSans", [c, a]).program) < face_path(FACES["BookletSans"]).stat().st_size / 5


def test_subset_tells_the_width_of_each_glyph_and_of_the_missing_one() -> None:
    whole = opened("BookletSans")
    glyph = whole.getGlyphID(whole.getBestCmap()[ord("m")])
    advance = round(whole["hmtx"][whole.getGlyphName(glyph)][0] * 1000 / whole["head"].unitsPerEm)
    assert dict(subset("BookletSans", [glyph]).widths)[glyph] == advance
    assert [number for number, _ in subset("BookletSans", [glyph]).widths] == [0, glyph]


def test_same_glyphs_give_the_same_bytes_in_any_order() -> None:
    assert subset("BookletSerif", [40, 41, 40]) == subset("BookletSerif", {41: "", 40: ""})


def test_italic_leans_and_upright_does_not() -> None:
    assert subset("BookletSerif-Italic", [40]).angle < 0 == subset("BookletSerif", [40]).angle


def test_capitals_stand_between_the_line_and_the_ascent() -> None:
    made = subset("BookletSerif", [40])
    assert made.descent < 0 < made.cap_height < made.ascent
    assert made.box[0] < made.box[2] and made.box[1] < made.box[3]
