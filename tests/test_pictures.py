"""Is a picture whole?  Bytes → kind and size, or what is wrong."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL.Image import effect_noise

from booklet.collector import Collector
from booklet.drawings import Image
from booklet.pictures import inspect_picture
from booklet.pixels import pixel_fault

SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}>{}</svg>'


def inspecting(name: str, content: bytes) -> tuple[Image | None, list[str]]:
    """Return a picture's kind and size, and the codes found."""
    found = Collector()
    return inspect_picture(content, Path(name), found), [finding.code for finding in found.findings]


def chunk(kind: bytes, body: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int = 2, height: int = 3) -> bytes:
    """Return a grey PNG."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(bytes((1 + width) * height))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def jpeg(scan: bytes = b"\x12\xff\x00\x34\xff\xd0\x56") -> bytes:
    """Return the segments of a JPEG of 5 × 4 pixels; nothing here decodes them."""
    frame = b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", 4, 5) + b"\x01\x01\x11\x00"
    head = b"\xff\xd8\xff\xe0\x00\x04\xff\xd9" + frame
    return head + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + scan + b"\xff\xd9"


def test_whole_pictures_tell_their_size() -> None:
    assert inspecting("a.png", png()) == (Image("image/png", 2, 3), [])
    assert inspecting("a.JPG", jpeg()) == (Image("image/jpeg", 5, 4), [])
    inches, boxed = SVG.format('width="1in" height="48px"', ""), SVG.format('width="100%" viewBox="0 0 7 8"', "")
    assert inspecting("a.svg", inches.encode()) == (Image("image/svg+xml", 96, 48), [])
    assert inspecting("a.svg", boxed.encode()) == (Image("image/svg+xml", 7, 8), [])


@pytest.mark.parametrize("length", range(1, len(png())))
def test_png_cut_anywhere_is_an_error(length: int) -> None:
    image, codes = inspecting("a.png", png()[:length])
    assert image is None and len(codes) == 1


@pytest.mark.parametrize("length", range(1, len(jpeg())))
def test_jpeg_cut_anywhere_is_an_error(length: int) -> None:
    image, codes = inspecting("a.jpg", jpeg()[:length])
    assert image is None and len(codes) == 1


def test_jpeg_whose_pixels_were_overwritten_with_zeros_is_an_error() -> None:
    target = BytesIO()
    effect_noise((200, 200), 90).save(target, "JPEG")
    whole = target.getvalue()
    zeroed = whole[:-900] + bytes(898) + whole[-2:]
    assert inspecting("a.jpg", whole)[1] == []
    assert inspecting("a.jpg", zeroed) == (None, ["picture-damaged"])


@pytest.mark.parametrize("place", range(8, len(png())))
def test_png_with_one_wrong_byte_is_an_error(place: int) -> None:
    content = bytearray(png())
    content[place] ^= 1
    assert inspecting("a.png", bytes(content))[0] is None


@pytest.mark.parametrize(
    "body",
    [
        "<script/>", '<g onclick="x"/>', '<image href="x.png"/>', '<use href="data:image/png;base64,AA"/>',
        '<rect fill="url(https://example.org/#a)"/>', '<rect style="fill:u\\72l(x)"/>', "<style>@import 'x'</style>",
        '<foreignObject/>', '<?xml-stylesheet href="x"?>', '<a href=" javascript:x()"/>',
    ],
)
def test_svg_that_runs_or_fetches_is_refused(body: str) -> None:
    assert inspecting("a.svg", SVG.format('viewBox="0 0 1 1"', body).encode()) == (None, ["picture-unsafe"])


def test_svg_bomb_is_refused_before_it_expands() -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + SVG.format("", "&b;")
    assert inspecting("a.svg", bomb.encode()) == (None, ["picture-unsafe"])


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.gif", b"GIF89a", "picture-unsupported"),
        ("a.png", jpeg(), "picture-unsupported"),
        ("a.png", b"", "picture-empty"),
        ("a.png", png(12_001, 3), "picture-oversized"),
        ("a.png", png(0, 3), "picture-damaged"),
        ("a.png", png().replace(b"\r\n", b"\n"), "picture-damaged"),
        ("a.jpg", jpeg().replace(b"\xff\xc0", b"\xff\xc9"), "picture-unsupported"),
        ("a.svg", SVG.format("", "").encode(), "picture-damaged"),
        ("a.svg", SVG.format("", "")[:-3].encode(), "picture-truncated"),
        ("a.svg", b'<?xml version="1.0" encoding="klingon"?><svg/>', "picture-damaged"),
    ],
)
def test_other_faults_have_their_codes(name: str, content: bytes, code: str) -> None:
    assert inspecting(name, content) == (None, [code])


def test_pixels_that_are_not_all_there_are_a_fault() -> None:
    header = struct.pack(">IIBBBBB", 2, 3, 8, 0, 0, 0, 0)
    whole = zlib.compress(bytes(9))
    assert pixel_fault(header, whole, False) == ""
    assert pixel_fault(header, zlib.compress(bytes(6)), False) == "it has 6 bytes of pixels instead of 9"
    assert pixel_fault(header, zlib.compress(bytes(90)), False) == "it has 10 bytes of pixels instead of 9"
    assert pixel_fault(header, b"garbage", False) == "its pixels cannot be unpacked"
    assert pixel_fault(struct.pack(">IIBBBBB", 2, 3, 8, 3, 0, 0, 0), whole, False) == "it has no palette"


def test_pixels_of_an_interlaced_picture_are_counted_pass_by_pass() -> None:
    header = struct.pack(">IIBBBBB", 9, 9, 8, 2, 0, 0, 1)
    passes = ((2, 2), (1, 2), (3, 1), (2, 3), (5, 2), (4, 5), (9, 4))
    length = sum(rows * (1 + 3 * columns) for columns, rows in passes)
    assert pixel_fault(header, zlib.compress(bytes(length)), False) == ""
