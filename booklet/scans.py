"""The segments of a JPEG: is its scan whole, and what of it is picture?

In come the bytes of a JPEG whose markers were walked; out goes what is wrong with its scans, or the same picture
without what is not picture. Nothing is decoded. Source: JPEG (ITU-T T.81), B and F.2.2.3.
"""

import struct
from collections.abc import Callable, Iterator

LONGEST_GAP = 64
"""So many zero bytes in a row are no picture, unless the code of an empty block is all zeros."""
_APP0, _APP14, _COMMENT = 0xE0, 0xEE, 0xFE
_EOI, _SOS, _DHT = 0xD9, 0xDA, 0xC4
_TAIL = 8
_WASTE = bytes((0xA5, 0x3C, 0x96, 0x5A, 0xC3, 0x69)) * 40


def _segments(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield marker, first byte and end of each segment up to the first end of image; a scan is with its pixels."""
    offset = 2
    while offset + 4 <= len(content) and content[offset + 1] != _EOI:
        marker = content[offset + 1]
        if marker in (0xFF, 0x01) or 0xD0 <= marker <= 0xD7:
            offset += 1 if marker == 0xFF else 2
            continue
        end = offset + 2 + int.from_bytes(content[offset + 2:offset + 4], "big")
        if marker == _SOS:
            end = _end_of_scan(content, end)
        yield marker, offset, end
        offset = end


def _end_of_scan(content: bytes, offset: int) -> int:
    while True:
        offset = content.find(b"\xff", offset)
        if offset < 0 or offset + 1 >= len(content):
            return len(content)
        if content[offset + 1] and not 0xD0 <= content[offset + 1] <= 0xD7:
            return offset
        offset += 2


def channels(content: bytes) -> int:
    """Return how many channels the pixels of a JPEG have; 0 where it does not say so."""
    for marker, start, _ in _segments(content):
        if 0xC0 <= marker <= 0xCF and marker not in (_DHT, 0xC8, 0xCC):
            return content[start + 9] if start + 9 < len(content) else 0
    return 0


def bare(content: bytes) -> bytes:
    """Return a JPEG with its pixels as they are, and without metadata, profile, comments and what stands behind it."""
    kept = [
        content[start:end] for marker, start, end in _segments(content)
        if marker in (_APP0, _APP14) or (not _APP0 <= marker < 0xF0 and marker != _COMMENT)]
    return b"\xff\xd8" + b"".join(kept) + b"\xff\xd9"


def with_waste(content: bytes) -> bytes:
    """Return a JPEG with waste behind the pixels of each scan, which nobody sees unless pixels are missing."""
    return _changed(content, lambda scan: scan + _WASTE)


def without_zeros(content: bytes) -> bytes:
    """Return a JPEG with waste for the last zeros of each scan, which is seen if they are pixels; empty for none."""
    tail = bytes(_TAIL)
    if not any(marker == _SOS and content.endswith(tail, start, end) for marker, start, end in _segments(content)):
        return b""
    return _changed(content, lambda scan: scan[:-_TAIL] + _WASTE if scan.endswith(tail) else scan)


def _changed(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    parts = [(content[start:end], marker) for marker, start, end in _segments(content)]
    return b"\xff\xd8" + b"".join(change(part) if marker == _SOS else part for part, marker in parts) + b"\xff\xd9"


def _first_symbols(segment: bytes) -> Iterator[tuple[int, int]]:
    """Yield class and number of each Huffman table of a segment, with the symbol whose code is all zeros."""
    offset = 4
    while offset + 18 <= len(segment):
        yield segment[offset], segment[offset + 17]
        offset += 17 + sum(segment[offset + 1:offset + 17])


def _least_bytes(frame: bytes) -> int:
    """Return how few bytes the pixels of a sequential scan take: two bits a block."""
    height, width, count = struct.unpack_from(">HHB", frame, 5)
    factors = [(byte >> 4 or 1, byte & 15 or 1) for byte in frame[11:10 + 3 * count:3]]
    most = max(h for h, _ in factors), max(v for _, v in factors)
    blocks: int = sum(-(-width * h // (8 * most[0])) * -(-height * v // (8 * most[1])) for h, v in factors)
    return blocks // 4


def scan_fault(content: bytes) -> str:
    """Return what is wrong with the scans of a JPEG, or an empty text."""
    symbols, least, length = dict[int, int](), 0, 0
    for marker, start, end in _segments(content):
        segment = content[start:min(end, start + 2 + int.from_bytes(content[start + 2:start + 4], "big"))]
        if marker == _DHT:
            symbols |= dict(_first_symbols(segment))
        elif marker in (0xC0, 0xC1):
            least = _least_bytes(segment)
        elif marker == _SOS:
            length += end - start - len(segment)
            gap = content.find(bytes(LONGEST_GAP), start + len(segment), end)
            if gap >= 0 and not _may_be_empty(segment, symbols):
                return f"its pixels are zeros from byte {gap}"
    return f"it has {length} bytes of pixels, too few for its size" if length < least else ""


def _may_be_empty(scan: bytes, symbols: dict[int, int]) -> bool:
    """Tell whether zeros can be the pixels of a scan: nothing but ends of blocks, or bits that mend earlier scans."""
    count = scan[4]
    tables = scan[6:5 + 2 * count:2]
    first, _, approximation = scan[5 + 2 * count:8 + 2 * count]
    if approximation >> 4 or (first == 0 and scan[6 + 2 * count] == 0):
        return True
    return all(symbols.get(0x10 | table & 15, 0) & 15 == 0 for table in tables)
