"""Which pages are what they were: a hash a page, over all that its print depends on and nothing else."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from booklet.likeness import likenesses

TEXT = b"BT /F0 10 Tf 10 10 Td <00070008> Tj ET"


def drawn(pdf: pikepdf.Pdf, text: bytes = TEXT) -> None:
    """Append a page with a face, a picture and a drawing on it."""
    program = pdf.make_stream(b"glyphs of a face")
    descendant = Dictionary(Type=Name.Font, W=Array([7, Array([500])]), FontDescriptor=pdf.make_indirect(
        Dictionary(Type=Name.FontDescriptor, FontFile2=program)))
    font = Dictionary(
        Type=Name.Font, DescendantFonts=Array([pdf.make_indirect(descendant)]), ToUnicode=pdf.make_stream(b"<07> <61>"))
    colours = pdf.make_stream(b"an ICC profile", N=4)
    picture = pdf.make_stream(
        b"\0\1\2\3", Subtype=Name.Image, Width=2, Height=2, BitsPerComponent=8,
        ColorSpace=Array([Name.Indexed, Array([Name.ICCBased, colours]), 3, pikepdf.String(b"\0" * 16)]))
    pdf.add_blank_page(page_size=(100, 200))
    page = pdf.pages[-1].obj
    page.Contents = pdf.make_stream(text)
    page.Resources = pdf.make_indirect(Dictionary(
        Font=pdf.make_indirect(Dictionary(F0=pdf.make_indirect(font))), XObject=Dictionary(I0=picture)))


def saved(pdf: pikepdf.Pdf) -> bytes:
    """Return a file."""
    target = BytesIO()
    pdf.save(target)
    return target.getvalue()


def one_page(change: Callable[[pikepdf.Pdf, pikepdf.Object], None] = lambda pdf, page: None) -> str:
    """Return the hash of a page, with something about it changed."""
    pdf = pikepdf.new()
    drawn(pdf)
    change(pdf, pdf.pages[0].obj)
    (only,) = likenesses(saved(pdf))
    return only


def test_every_page_has_its_hash_in_order() -> None:
    pdf = pikepdf.new()
    for text in (TEXT, b"q Q", TEXT):
        drawn(pdf, text)
    first, second, third = likenesses(saved(pdf))
    assert first == third != second


def test_same_page_in_another_file_has_the_same_hash() -> None:
    """Its objects have other numbers there, other neighbours and another place."""
    pdf = pikepdf.new()
    for number in range(5):
        pdf.make_indirect(Dictionary(Number=number))
        drawn(pdf, b"q Q " * number)
    drawn(pdf)
    pdf.Root.Extra = Array([pdf.make_indirect(Dictionary(Number=number)) for number in range(7)])
    assert likenesses(saved(pdf))[-1] == one_page()


def test_same_page_after_another_program_saved_it_has_the_same_hash() -> None:
    pdf = pikepdf.new()
    drawn(pdf)
    target = BytesIO()
    with pikepdf.open(BytesIO(saved(pdf))) as other:
        other.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert likenesses(target.getvalue()) == (one_page(),)


def font_of(page: pikepdf.Object) -> pikepdf.Object:
    """Return the face of a page."""
    return page.Resources.Font.F0


def other_glyph(pdf: pikepdf.Pdf, page: pikepdf.Object) -> None:
    page.Contents = pdf.make_stream(TEXT.replace(b"0008", b"0009"))


def other_program(pdf: pikepdf.Pdf, page: pikepdf.Object) -> None:
    font_of(page).DescendantFonts[0].FontDescriptor.FontFile2 = pdf.make_stream(b"glyphs of a facE")


def other_width(pdf: pikepdf.Pdf, page: pikepdf.Object) -> None:
    font_of(page).DescendantFonts[0].W[1][0] = 501


def other_meaning(pdf: pikepdf.Pdf, page: pikepdf.Object) -> None:
    font_of(page).ToUnicode = pdf.make_stream(b"<07> <62>")


def other_size(pdf: pikepdf.Pdf, page: pikepdf.Object) -> None:
    page.MediaBox[3] = 201


def other_picture(pdf: pikepdf.Pdf, page: pikepdf.Object) -> None:
    picture = page.Resources.XObject.I0
    picture.write(b"\3\2\1\0")


def other_picture_size(pdf: pikepdf.Pdf, page: pikepdf.Object) -> None:
    page.Resources.XObject.I0.Width = 4


def other_colours(pdf: pikepdf.Pdf, page: pikepdf.Object) -> None:
    page.Resources.XObject.I0.ColorSpace[1][1].write(b"an ICC profilE")


def picture_by_another_name(pdf: pikepdf.Pdf, page: pikepdf.Object) -> None:
    page.Resources.XObject.I1 = page.Resources.XObject.I0
    del page.Resources.XObject["/I0"]


def turned(pdf: pikepdf.Pdf, page: pikepdf.Object) -> None:
    page.Rotate = 90


@pytest.mark.parametrize(
    "change",
    [other_glyph, other_program, other_width, other_meaning, other_size, other_picture, other_picture_size,
     other_colours, picture_by_another_name, turned])
def test_page_that_prints_otherwise_has_another_hash(
    change: Callable[[pikepdf.Pdf, pikepdf.Object], None]
) -> None:
    assert one_page(change) != one_page()


def with_link(pdf: pikepdf.Pdf, page: pikepdf.Object) -> None:
    pdf.add_blank_page()
    link = Dictionary(Subtype=Name.Link, Dest=Array([pdf.pages[-1].obj, Name.Fit]), P=page)
    page.Annots = Array([pdf.make_indirect(link)])
    page.StructParents = 7
    del pdf.pages[-1]


def test_links_and_parents_do_not_matter() -> None:
    assert one_page(with_link) == one_page()


def test_file_without_pages_has_no_hash() -> None:
    assert likenesses(saved(pikepdf.new())) == ()
