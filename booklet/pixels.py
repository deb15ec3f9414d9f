"""Are the pixels of a PNG all there?  Chunks → what is wrong, or nothing.

In come the header and the packed pixels; nothing is decoded beyond its length. Source: PNG (ISO/IEC 15948), 7.2, 8, 10.
"""

import struct
import zlib

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""First column and row of each pass of an interlaced picture, and the steps between."""


def _length(header: bytes) -> int:
    """Return how many bytes the pixels of a picture unpack to: a filter byte before each row."""
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", header)
    passes = [(width, height)]
    if interlaced:
        passes = [(-(-(width - x) // dx), -(-(height - y) // dy)) for x, y, dx, dy in _ADAM7]
    bits = depth * _CHANNELS[colour]
    return sum(rows * (1 + -(-columns * bits // 8)) for columns, rows in passes if columns > 0 and rows > 0)


def pixel_fault(header: bytes, packed: bytes, palette: bool) -> str:
    """Return what is wrong with the pixels of a PNG, or an empty text."""
    if header[9] == 3 and not palette:
        return "it has no palette"
    wanted, unpacker = _length(header), zlib.decompressobj()
    try:
        length = len(unpacker.decompress(packed, wanted + 1))
    except zlib.error:
        return "its pixels cannot be unpacked"
    return "" if length == wanted else f"it has {length} bytes of pixels instead of {wanted}"
