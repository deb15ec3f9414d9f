"""Paragraphs in one line, and the pieces that are cut out of them."""

from typing import Any

import pytest
from pressing import words
from weasyprint.text.ffi import pango

from booklet.rulers import Part, Ruler, leans
from booklet.shaping import GLYPH, Shape, plain, setting_of
from booklet.typefaces import FACES


def glyphs(shape: Shape) -> list[tuple[int, ...]]:
    """Return number, width and offsets of each glyph."""
    return [GLYPH.unpack_from(run[2], start)[:4] for run in shape.runs for start in range(0, len(run[2]), GLYPH.size)]


@pytest.mark.parametrize("name", FACES)
def test_no_sign_but_one_that_leans_is_set_otherwise_beside_a_space_than_alone(name: str) -> None:
    face, signs = FACES[name], [sign for sign in map(chr, range(33, 0x2213)) if plain(sign) and sign != "\xad"]
    (box,) = words("<p>a</p>", (
        f"p {{ font: {face.style} {face.weight} 100px {face.family}; font-feature-settings: 'onum' on }}"))
    setting = setting_of(box.style)
    assert setting and len(signs) > 500
    for sign in signs:
        alone, inside = glyphs(setting.shape(sign)), glyphs(setting.shape(f"n {sign} n"))
        assert leans(sign) or inside[2:-2] == alone, sign


def glyph_count(layout: Any) -> int:
    """Return how many glyphs the first line of Pango's layout has."""
    return int(pango.pango_layout_get_line_readonly(layout, 0).runs.data.glyphs.num_glyphs)


def test_lines_between_spaces_have_the_glyphs_of_their_paragraph() -> None:
    text = "Folk flytter dit det er arbeid i AV og blir der de kjenner noen som har 1\u00a0361 «ting» " * 9
    lines = [box.pango_layout.shape for box in words(f"<p>{text}</p>", "p { width: 210px; font-size: 13px }")]
    parts = [shape for shape in lines if type(shape) is Part]
    assert len(parts) > len(lines) / 2
    for part in parts:
        alone = Shape(part.setting, part.text)
        [(item, _, ours, count)], [(_, _, theirs, _)] = part.runs, alone.runs
        told = [[one[start:start + 16] for start in range(0, len(one), GLYPH.size)] for one in (ours, theirs)]
        assert told[0] == told[1] and len(told[0]) == count
        assert part.clusters(part.runs[0]) == alone.clusters(alone.runs[0])
        assert all(getattr(part, name) == getattr(alone, name)
                   for name in ("length", "units", "width", "height", "baseline"))
        assert (item.offset, item.length) == (0, alone.length)
        assert part.line.resolved_dir == alone.line.resolved_dir
        assert glyph_count(part.layout) == count




@pytest.mark.parametrize(("start", "end"), [(0, 4), (3, 9), (0, 6), (10, 12)])
def test_pieces_that_do_not_end_at_spaces_or_that_lean_are_shaped_anew(start: int, end: int) -> None:
    setting = setting_of(words("<p>a</p>")[0].style)
    assert setting
    ruler = Ruler(setting.shape("Folket som AV fl"))
    setting.shapes.pop(ruler.text[start:end], None)
    assert type(ruler.piece(setting, start, end)) is (Part if (start, end) == (0, 6) else Shape)


def test_ruler_tells_where_signs_stand_and_lines_may_end() -> None:
    setting = setting_of(words("<p>a</p>")[0].style)
    assert setting
    ruler, sign = Ruler(setting.shape("så på nn")), setting.shape("n").units
    assert ruler.at(8) == setting.shape("så på nn").units and ruler.at(7) == ruler.edges[-1] - sign
    assert (ruler.breaks, ruler.first(0), ruler.first(3), ruler.end(0, 3)) == ([3, 6], 3, 3, 2)
