"""Fonts: which signs they have."""

from io import BytesIO

import pytest
from faulty import Draft, font_program
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name

from booklet.glyphs import read_cff, read_truetype, read_type1
from booklet.lettering import Face


def test_truetype_program_is_read_as_another_reader_reads_it() -> None:
    font = TTFont(BytesIO(font_program()))
    program = read_truetype(font_program())
    assert program.count == font["maxp"].numGlyphs
    order = font.getGlyphOrder()
    assert {code: order[glyph] for code, glyph in program.maps[3, 1].items() if glyph} == font.getBestCmap()


def cff() -> bytes:
    """Return a CFF program with three glyphs."""
    builder = FontBuilder(1000, isTTF=False)
    names = [".notdef", "A", "aring"]
    builder.setupGlyphOrder(names)
    pen = T2CharStringPen(500, None)
    pen.moveTo((0, 0))
    pen.lineTo((9, 9))
    pen.closePath()
    builder.setupCFF("Test", {}, {name: pen.getCharString() for name in names}, {})
    builder.setupHorizontalMetrics({name: (500, 0) for name in names})
    builder.setupHorizontalHeader()
    builder.setupCharacterMap({65: "A"})
    builder.setupNameTable({"familyName": "Test"})
    builder.setupOS2()
    builder.setupPost()
    target = BytesIO()
    builder.save(target)
    return bytes(TTFont(BytesIO(target.getvalue())).reader["CFF "])


def test_cff_program_is_read_with_its_names() -> None:
    program = read_cff(cff())
    assert program.count == 3
    assert "A" in program.names


@pytest.mark.parametrize("reader", [read_truetype, read_cff, lambda data: read_type1(data, 10)])
@pytest.mark.parametrize("data", [b"", b"\0\1\0\0", b"\1\0\4\1" + b"\xff" * 50, font_program()[:200]])
def test_damaged_program_is_an_error_of_one_kind(reader: object, data: bytes) -> None:
    with pytest.raises(ValueError):
        reader(data)  # type: ignore[operator]


def lacking(codes: str, **changes: object) -> list[int]:
    """Return which codes a font has no glyph for."""
    draft = Draft(1)
    for key, value in changes.items():
        draft.font[f"/{key}"] = value
    return Face(draft.font).missing(codes.encode("latin-1"))


def test_sign_without_glyph_is_missing_and_a_space_is_not() -> None:
    assert lacking("Ab x") == [ord("x")]


def test_code_beyond_the_widths_is_missing() -> None:
    assert lacking("Ab", LastChar=97, Widths=Array([500] * 66)) == [ord("b")]


def test_name_of_another_glyph_is_followed() -> None:
    assert lacking("x", Encoding=Dictionary(Differences=Array([120, Name.A]))) == []


def test_name_that_says_so_is_missing() -> None:
    assert lacking("x", Encoding=Dictionary(Differences=Array([120, Name("/.notdef")]))) == [120]
