"""A file is written as qpdf writes it, to the last byte: whatever reads its files reads ours."""

import zlib
from io import BytesIO

import pikepdf
import pytest
from binding import closed, opened, quire_of
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, String

from booklet.quires import Quire
from booklet.sewing import Thing
from booklet.values import Ref

SIZES = [0, 1, 3, 60, 97, 98, 99, 100, 195, 400]


def ours(size: int, version: str) -> bytes:
    """Return a file in which some objects name each other, forth and back, and some hold text."""
    quire = Quire()
    ring = [quire.open({}) for _ in range(size)]
    for number, place in enumerate(ring):
        text = quire.stream(b"%d" % number * 400, zlib.compress) if number % 7 == 0 else number
        quire.values[place] = {"/Next": ring[(number * 5 + 1) % size], "/Text": text, "/Say": f"100 % {number}"}
    quire.values[quire.root]["/Ring"] = ring[:1]
    info = {"/Title": "Å bo", "/Author": "IMDi"}
    return quire.close(version, zlib.compress, info)


def theirs(size: int, version: str) -> bytes:
    """Return the same file, made by another program."""
    pdf, target = pikepdf.new(), BytesIO()
    ring = [pdf.make_indirect(Dictionary()) for _ in range(size)]
    for number, thing in enumerate(ring):
        text = pikepdf.Stream(pdf, zlib.compress(b"%d" % number * 400), Filter=Name.FlateDecode)
        thing.Next, thing.Say = ring[(number * 5 + 1) % size], String(f"100 % {number}")
        thing.Text = text if number % 7 == 0 else number
    pdf.Root.Ring = Array(ring[:1])
    pdf.trailer.Info = pdf.make_indirect(Dictionary(Title=String("Å bo"), Author=String("IMDi")))
    modes = ObjectStreamMode
    pdf.save(target, deterministic_id=True, force_version=version, compress_streams=True, fix_metadata_version=False,
             object_stream_mode=modes.disable if version < "1.5" else modes.generate)
    return target.getvalue()


@pytest.mark.parametrize("version", ["1.4", "1.6"])
@pytest.mark.parametrize("size", SIZES)
def test_file_is_to_the_last_byte_what_another_program_writes(size: int, version: str) -> None:
    assert ours(size, version) == theirs(size, version)


@pytest.mark.parametrize("version", ["1.4", "1.7"])
def test_what_nothing_names_is_left_out(version: str) -> None:
    quire = quire_of(b"q Q")
    quire.add({"/Lonely": "never seen"}, b"not at all")
    assert b"Lonely" not in closed(quire, version) and b"not at all" not in closed(quire, version)


def test_object_is_written_once_however_often_it_is_named() -> None:
    quire = quire_of(b"q Q")
    shared = quire.add({"/Shared": "here"})
    quire.values[quire.root]["/One"] = quire.values[quire.root]["/Two"] = shared
    assert closed(quire, "1.4").count(b"/Shared") == 1
    pdf = opened(quire)
    assert pdf.Root.One.objgen == pdf.Root.Two.objgen


def test_identification_depends_on_every_object() -> None:
    ids = {bytes(opened(quire_of(content)).trailer.ID[0]) for content in (b"q Q", b"q  Q", b"q Q")}
    assert len(ids) == 2


def test_object_that_names_none_may_hold_any_sign() -> None:
    quire = quire_of(b"q Q")
    place = quire.add(None)
    quire.things[place] = Thing(b"(100 %d 5 0 R)")
    quire.values[quire.root]["/Said"] = Ref(place)
    assert str(opened(quire).Root.Said) == "100 %d 5 0 R"
