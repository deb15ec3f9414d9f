"""What the engine holds is spelled as another program would, had the engine written it into a file."""

from typing import Any

import pikepdf
import pytest
from pressing import _engine  # loads the engine as we load it
from weasyprint.pdf.stream import pydyf

from booklet.matter import Matter, bytes_of, content_of, value_of
from booklet.values import spell

ITEMS = (
    3, 0.5, -0.0, 12.0, 4.0000001, "/Name", "true", b"null", "<00ff7e>", "(a\\)b)",
    "[/Indexed /DeviceCMYK 1 <00000000000000ff>]", "<< /B [ ] /A << /C (x) >> >>",
    pydyf.String("ord"), pydyf.String("a(b)\\c"), pydyf.String("æ – «q»"), pydyf.String("a\r\nb\rc"),
    pydyf.String("\u00e9\r\n"), pydyf.String(""), pydyf.Array([1, 2.25, pydyf.String("x"), pydyf.Array()]),
    pydyf.Dictionary({"Z": 1, "A": pydyf.Array(["/N", 0.125]), "M": pydyf.Dictionary({"k": "false"})}))


@pytest.mark.parametrize("item", ITEMS, ids=range(len(ITEMS)))
def test_value_is_spelled_as_another_program_reads_it(item: Any) -> None:
    written = item if isinstance(item, bytes) else pydyf._to_bytes(item)
    assert _engine and bytes_of(item) == written
    assert spell([value_of(item)]).text == pikepdf.Object.parse(b"[" + written + b"]").unparse()


def test_references_are_by_number() -> None:
    said = spell(value_of(pydyf.Dictionary({"A": b"7 0 R", "B": pydyf.Array([b"12 0 R", 3]), "C": "[/X 5 0 R]"})))
    assert (said.text, said.names) == (b"<< /A \1 0 R /B [ \1 0 R 3 ] /C [ /X \1 0 R ] >>", (7, 12, 5))


def test_stream_holds_what_the_engine_writes() -> None:
    stream = pydyf.Stream(["/P", pydyf.Dictionary({"MCID": 4}), b"BDC", b"q\nQ", 1.5], {"Type": "/XObject"})
    matter = Matter([None, stream])
    assert matter[1].data == content_of(stream) == stream.data.partition(b"stream\n")[2].removesuffix(b"\nendstream")
    assert matter[1].text == b"<< /Type /XObject >>"
    assert [number for number, _ in matter.streams()] == [1]


def test_object_reference_is_spelled_like_any_other_object() -> None:
    item = pydyf.Dictionary({"Type": "/OBJR", "Obj": b"4 0 R", "Pg": b"2 0 R"})
    said = spell(value_of(item))
    thing = Matter([None, item])[1]
    assert (thing.text, thing.names) == (said.text, said.names)


def test_object_that_was_opened_is_spelled_as_it_was_left() -> None:
    item = pydyf.Dictionary({"A": 1})
    matter = Matter([None, item])
    matter.open(1)["/A"] = [0.25]
    assert matter[1].text == b"<< /A [ 0.25 ] >>" and item == {"A": 1}
