"""A face's glyphs → a font in a PDF."""

import zlib
from collections.abc import Mapping

import pikepdf
from binding import opened

from booklet.embedding import embed
from booklet.quires import Quire
from booklet.subsetting import set_figures


def embedded(glyphs: Mapping[int, str]) -> pikepdf.Pdf:
    """Return a file that holds the font of some glyphs of our plainest face, as another program reads it."""
    quire = Quire()
    quire.values[quire.root]["/Face"] = embed(quire, "BookletSans", glyphs, zlib.compress)
    return opened(quire)


def test_font_carries_its_program_its_widths_and_the_text_of_its_glyphs() -> None:
    ((glyph, width),) = set_figures("BookletSans", "Å")
    pdf = embedded({glyph: "Å"})
    font = pdf.Root.Face
    (inner,) = font.DescendantFonts
    assert f"<{glyph:04x}> <00c5>".encode() in font.ToUnicode.read_bytes()
    assert {int(inner.W[i]): int(inner.W[i + 1][0]) for i in range(0, len(inner.W), 2)}[glyph] == width
    assert inner.FontDescriptor.FontFile2.read_bytes()[:4] == b"\0\1\0\0"
    assert str(font.BaseFont).endswith("+SourceSansPro-Regular")


def test_subsets_of_other_glyphs_have_other_names() -> None:
    made = [embedded({set_figures("BookletSans", sign)[0][0]: sign}) for sign in "AB"]
    names = {str(pdf.Root.Face.BaseFont) for pdf in made}
    assert len(names) == 2
