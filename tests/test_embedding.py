"""A face's glyphs → a font in a PDF."""

import zlib

import pikepdf

from booklet.embedding import embed
from booklet.subsetting import set_figures


def test_font_carries_its_program_its_widths_and_the_text_of_its_glyphs() -> None:
    pdf = pikepdf.new()
    ((glyph, width),) = set_figures("BookletSans", "Å")
    font = embed(pdf, "BookletSans", {glyph: "Å"}, zlib.compress)
    (inner,) = font.DescendantFonts
    assert f"<{glyph:04x}> <00c5>".encode() in font.ToUnicode.read_bytes()
    assert {int(inner.W[i]): int(inner.W[i + 1][0]) for i in range(0, len(inner.W), 2)}[glyph] == width
    assert inner.FontDescriptor.FontFile2.read_bytes()[:4] == b"\0\1\0\0"
    assert str(font.BaseFont).endswith("+SourceSansPro-Regular")


def test_subsets_of_other_glyphs_have_other_names() -> None:
    pdf = pikepdf.new()
    names = {str(embed(pdf, "BookletSans", {set_figures("BookletSans", sign)[0][0]: sign}, zlib.compress).BaseFont)
             for sign in "AB"}
    assert len(names) == 2
