"""The bytes of a PDF file → its objects, as sewing or another program that writes so has put them there.

In comes a file; out goes by its number what an object says, and what a stream holds. A file that is written otherwise
is refused, or first written so. What is read is what stands in the file: nothing is known of how it was made.
"""

import re
import zlib
from collections.abc import Sequence
from importlib import import_module
from io import BytesIO
from itertools import accumulate, pairwise

from msgspec import Struct

_START = re.compile(rb"startxref\n(\d+)\n%%EOF\n\Z")
_TRAILER = re.compile(rb"trailer (<< .*>>)\n")
_WIDTHS = re.compile(rb"/Predictor 12 >> .*?/W \[ 1 (\d+) (\d+) \]")
_ENTRY = 20
_LONGEST_END = 40


class Said(Struct, frozen=True):
    """An object."""

    text: bytes
    """What it says, in one line."""
    data: bytes | None = None
    """What a stream holds, as it is written."""


class Stitches:
    """The objects of a file; ValueError when it is not written as expected."""

    def __init__(self, data: bytes) -> None:
        """Find where all objects are."""
        start = _START.search(data, max(0, len(data) - _LONGEST_END))
        if start is None:
            raise ValueError("the file does not end as expected")
        self._data, at = data, int(start[1])
        self._held: dict[int, Sequence[bytes]] = {}
        self._places, self._columns, self._one = list[int](), list[list[int]](), 0
        self.trailer = self._read_table(at) if data.startswith(b"xref\n0 ", at) else self._read_stream(at)

    def _read_table(self, at: int) -> bytes:
        """Return the trailer, and note where each object is."""
        data, first = self._data, self._data.index(b"\n", at + 5) + 1
        end = data.index(b"trailer", first)
        trailer = _TRAILER.match(data, end)
        if trailer is None:
            raise ValueError("the file has no trailer")
        self._places = [int(data[line:line + 10]) for line in range(first, end, _ENTRY)]
        return trailer[1]

    def _read_stream(self, at: int) -> bytes:
        """Return the same, out of a cross-reference stream (7.5.8)."""
        begin = self._data.index(b" 0 obj\n", at) + 7
        said = self._said_at(begin)
        widths = _WIDTHS.search(said.text)
        if widths is None or said.data is None or b"/Index " in said.text or b"/Prev " in said.text:
            raise ValueError("the table of objects is of another kind")
        self._one, wide = int(widths[1]), 2 + int(widths[1]) + int(widths[2])
        lines = zlib.decompress(said.data)
        self._columns = [list(accumulate(lines[place::wide])) for place in range(1, wide)]
        return said.text

    def _entry(self, number: int) -> tuple[int, int, int]:
        """Return how and where an object is kept."""
        if self._places:
            return 1, self._places[number], 0
        line = bytes([column[number] & 255 for column in self._columns])
        return line[0], int.from_bytes(line[1:1 + self._one], "big"), int.from_bytes(line[1 + self._one:], "big")

    def _said_at(self, begin: int) -> Said:
        """Return the object whose words begin at a place."""
        data, end = self._data, self._data.index(b"\n", begin)
        text = data[begin:end]
        if data.startswith(b"endobj\n", end + 1):
            return Said(text)
        length = re.search(rb"/Length (\d+) ", text)
        if length is None or not data.startswith(b"stream\n", end + 1):
            raise ValueError("an object is of another kind")
        return Said(text, data[end + 8:end + 8 + int(length[1])])

    def said(self, number: int) -> Said:
        """Return an object."""
        kind, place, index = self._entry(number)
        if kind == 2:
            return Said(self._texts(place)[index])
        head = b"%d 0 obj\n" % number
        if kind != 1 or not self._data.startswith(head, place):
            raise ValueError("an object is not where the table says")
        return self._said_at(place + len(head))

    def _texts(self, number: int) -> Sequence[bytes]:
        """Return the objects of an object stream (7.5.7)."""
        if number not in self._held:
            said = self.said(number)
            first = re.search(rb"/First (\d+) ", said.text)
            if first is None or b"/Filter /FlateDecode " not in said.text or said.data is None:
                raise ValueError("an object stream is of another kind")
            held, begin = zlib.decompress(said.data), int(first[1])
            starts = [begin + int(start) for start in held[:begin].split()[1::2]]
            self._held[number] = [
                held[one:other].rstrip(b"\n") for one, other in pairwise([*starts, len(held)])]
        return self._held[number]


def rewritten(data: bytes) -> bytes:
    """Return a file that is written otherwise, as it is expected, nothing deflated."""
    pikepdf, target = import_module("pikepdf"), BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.save(
            target, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized, static_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return target.getvalue()
