"""The witness reads in a file what PDFium's own Python package reads there."""

import sys
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String

from booklet.witness import Unreadable, Witness, _library

WORDS = ("BT /F 12 Tf 20 70 Td (Ord nr. 1) Tj ET", "BT /F 9 Tf 5 5 Td (Side \\345 ii) Tj 0 60 Td (oppe) Tj ET", "")


@pytest.fixture(scope="module")
def content() -> bytes:
    """Return a file of three pages, the last of them empty, two of them named."""
    pdf, target = pikepdf.new(), BytesIO()
    face = pdf.make_indirect(Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding))
    for words in WORDS:
        page = pdf.add_blank_page(page_size=(200, 100)).obj
        page.Resources, page.Contents = Dictionary(Font=Dictionary(F=face)), pdf.make_stream(words.encode())
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String("å")), 1, Dictionary(S=Name.r)]))
    pdf.save(target)
    return target.getvalue()


def test_witness_reads_what_the_whole_package_reads(content: bytes) -> None:
    other, witness = pypdfium2.PdfDocument(content), Witness(content)
    assert len(witness) == len(other) == len(WORDS)
    for number in range(len(other)):
        text = other[number].get_textpage()
        assert witness.label(number) == other.get_page_label(number)
        assert witness.text(number) == text.get_text_range()
        for box in ((0, 0, 200, 100), (0, 50, 60, 100), (0, 0, 200, 30), (150, 50, 160, 60)):
            assert witness.within(number, box) == text.get_text_bounded(*box)
    assert "Ord nr. 1" in witness.text(0) and witness.within(1, (0, 0, 200, 30)) == "Side å ii"
    witness.close()


@pytest.mark.parametrize("wrong", [b"", b"%PDF-1.4 and nothing more"])
def test_what_is_no_file_is_refused(wrong: bytes) -> None:
    with pytest.raises(Unreadable):
        Witness(wrong)


def test_library_that_lies_elsewhere_is_found_by_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    here = _library()
    monkeypatch.setattr("booklet.witness._KINDS", ())
    assert _library() == here and "pypdfium2_raw.bindings" in sys.modules
