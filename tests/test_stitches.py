"""What stands in a file, read without the program that wrote it."""

import zlib
from io import BytesIO

import pikepdf
import pytest
from binding import closed, quire_of
from pikepdf import Array, Dictionary, Name, ObjectStreamMode

from booklet.quires import Quire
from booklet.stitches import Said, Stitches, rewritten

WORDS = b"q 1 0 0 1 0 0 cm Q"


def many(count: int, version: str) -> bytes:
    """Return a file with many objects, some of them streams."""
    quire = Quire()
    quire.values[quire.root]["/Ring"] = [
        quire.stream(b"%d" % number * 90, zlib.compress) if number % 9 == 0 else quire.add({"/Number": number})
        for number in range(count)]
    return quire.close(version, zlib.compress, {"/Title": "Å bo"})


def theirs(count: int) -> bytes:
    """Return a file of another program, as it is by default."""
    pdf, target = pikepdf.new(), BytesIO()
    pdf.Root.Ring = Array([pdf.make_indirect(Dictionary(Number=number)) for number in range(count)])
    pdf.add_blank_page()
    pdf.pages[0].Contents = pdf.make_stream(WORDS * 30)
    pdf.save(target)
    return target.getvalue()


@pytest.mark.parametrize("count", [1, 60, 130, 700])
@pytest.mark.parametrize("version", ["1.4", "1.6"])
def test_every_object_is_what_another_program_reads(count: int, version: str) -> None:
    data = many(count, version)
    with pikepdf.open(BytesIO(data)) as pdf:
        read = Stitches(data)
        for thing in pdf.Root.Ring:
            said = read.said(thing.objgen[0])
            if isinstance(thing, pikepdf.Stream):
                assert said.data == thing.read_raw_bytes() and b"/FlateDecode" in said.text
            else:
                assert said == Said(thing.unparse(resolved=True))


def test_trailer_names_the_root() -> None:
    assert all(b"/Root " in Stitches(closed(quire_of(WORDS), version)).trailer for version in ("1.4", "1.7"))


def test_file_of_another_program_is_read_too() -> None:
    data = theirs(40)
    with pikepdf.open(BytesIO(data)) as pdf:
        read = Stitches(data)
        assert [read.said(thing.objgen[0]).text for thing in pdf.Root.Ring] == [
            b"<< /Number %d >>" % number for number in range(40)]


@pytest.mark.parametrize("spoil", [
    lambda data: data[:-3], lambda data: data + b"\n", lambda data: b"\n" + data,
    lambda data: data.replace(b"/Predictor 12", b"/Predictor 15")])
def test_file_that_is_written_otherwise_is_refused(spoil: object) -> None:
    data = closed(quire_of(WORDS), "1.7")
    with pytest.raises((ValueError, LookupError)):
        Stitches(spoil(data)).said(1)  # type: ignore[operator]


def test_file_that_is_rewritten_can_be_read() -> None:
    pdf, target = pikepdf.new(), BytesIO()
    pdf.Root.Here = pdf.make_indirect(Dictionary(Type=Name.Here))
    pdf.save(target, qdf=True, object_stream_mode=ObjectStreamMode.generate)
    with pytest.raises((ValueError, LookupError)):
        read = Stitches(target.getvalue())
        for number in range(1, 5):
            assert b"\n" not in read.said(number).text
    read = Stitches(rewritten(target.getvalue()))
    assert b"<< /Type /Here >>" in [read.said(number).text for number in range(1, 4)]


def test_object_has_the_number_that_the_file_gives_it() -> None:
    quire = Quire()
    quire.values[quire.root]["/Here"] = quire.add({"/Deep": [1.5, "ord"]})
    read = Stitches(quire.close("1.4", zlib.compress, {}))
    here = int(read.said(1).text.split(b"/Here ")[1].split()[0])
    assert read.said(here).text == b"<< /Deep [ 1.5 (ord) ] >>"
