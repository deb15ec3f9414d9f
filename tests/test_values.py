"""Values of a PDF are spelled as qpdf spells them, and opened as they were spelled."""

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from booklet.values import MARK, Ref, Spelled, Value, encoded, entries, loosen, reference, spell, string, text_of

WORDS = [
    "", "Å bo", "a (b) \\ c\n\r\t", "Ж", "– «nei» …", "50 % 5 0 R", "\x00", "abcdefgh\u02dc", "\U0001f600",
    "Aaaaaa\u00adb"]


def test_text_is_spelled_as_another_program_spells_it() -> None:
    signs = map(chr, (*range(0x300), *range(0x2010, 0x2060), 0x20AC, 0x2212, 0xFB01, 0xFB02, 0xFFFD))
    for shown in (text for sign in (*signs, *WORDS) for text in (sign, f"abcdefghij{sign}")):
        word = string(encoded(shown))
        assert word == String(shown).unparse() and text_of(word) == str(String(shown))


@pytest.mark.parametrize("number", [0, -3, 17.0, 515.906, 0.25, -3.5, 1e-7, 697.3229999, 1234567.891, 0.1 + 0.2])
def test_number_is_spelled_as_another_program_spells_it(number: float) -> None:
    assert spell([number]).text == Array([number]).unparse()


def test_mapping_is_spelled_in_order_and_without_what_is_nothing() -> None:
    value = {"/b": [None, True, {}], "/a": {"/x": b"/Name", "/none": None}, "/B": "ord", "/none": None}
    other = Dictionary({"/b": Array([None, True, Dictionary()]), "/a": Dictionary(x=Name.Name), "/B": String("ord")})
    assert spell(value) == Spelled(other.unparse())


def test_references_are_left_open_in_the_order_of_the_text() -> None:
    said = spell({"/b": Ref(7), "/a": [Ref(5), Spelled(b"[ \1 0 R ]", (9,))]})
    assert said == Spelled(b"<< /a [ \1 0 R [ \1 0 R ] ] /b \1 0 R >>", (5, 9, 7))
    assert said.shifted(10).names == (15, 19, 17) and said.shifted(10).text == said.text


@pytest.mark.parametrize("text", [
    b"<< /A << /S /URI /URI (b \\) >> /C ]) >> /B [ [ 1 2 ] << >> ] /C 12 0 R /D <0a> /E [ 3 0 R null ] /F (5 0 R) >>",
    b"<< >>", b"<< /A (\\\\) /B () >>"])
def test_what_was_opened_is_spelled_as_it_was(text: bytes) -> None:
    said = loosen(text)
    assert spell(entries(said)) == said
    assert said.text.count(MARK) == len(said.names)


def test_entries_are_opened_one_by_one() -> None:
    opened = entries(loosen(b"<< /A << /B [ 4 0 R 5 0 R ] /C (x) >> /D 6 0 R >>"))
    inner = entries(opened["/A"])
    assert inner == {"/B": Spelled(b"[ \1 0 R \1 0 R ]", (4, 5)), "/C": Spelled(b"(x)")}
    assert reference(opened["/D"]) == reference(Ref(6)) == 6 and reference(opened["/A"]) is reference(6) is None


@pytest.mark.parametrize("value", [Spelled(b"[ 1 ]"), Spelled(b"<< /A >>"), Spelled(b"<< /A 1 /B>>")])
def test_what_is_no_mapping_is_not_opened(value: Value) -> None:
    with pytest.raises(ValueError, match="no mapping"):
        entries(value)


def test_what_only_looks_like_a_reference_is_none() -> None:
    assert loosen(b"[ (see 5 0 R) 6 0 R 7 0 Rx ]") == Spelled(b"[ (see 5 0 R) \1 0 R 7 0 Rx ]", (6,))


def test_open_mapping_is_opened_as_a_new_one() -> None:
    value = {"/a": 1}
    assert entries(value) == value and entries(value) is not value
    assert pikepdf.Object.parse(spell(value).text) == Dictionary(a=1)
