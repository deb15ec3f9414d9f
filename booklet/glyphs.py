"""Font programs: which glyphs are in them.  TrueType (ISO/IEC 14496-22), CFF (Adobe 5176) and Type 1, read no further.

In come the bytes of a font program; out go tables of glyphs. It refuses to know PDF. ``ValueError`` when it is damaged.
"""

import itertools
import re
import struct
from collections.abc import Mapping

from msgspec import Struct, field

ASCII = [
    "space", "exclam", "quotedbl", "numbersign", "dollar", "percent", "ampersand", "quoteright", "parenleft",
    "parenright", "asterisk", "plus", "comma", "hyphen", "period", "slash", "zero", "one", "two", "three", "four",
    "five", "six", "seven", "eight", "nine", "colon", "semicolon", "less", "equal", "greater", "question", "at",
    "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P", "Q", "R", "S", "T", "U", "V",
    "W", "X", "Y", "Z", "bracketleft", "backslash", "bracketright", "asciicircum", "underscore", "quoteleft", "a",
    "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "w",
    "x", "y", "z", "braceleft", "bar", "braceright", "asciitilde",
]
"""Names of the signs from 32 to 126 in the standard encoding; also the first standard strings of CFF, from 1."""
_STANDARD = 391
_MOST = 1 << 16


class TrueType(Struct, frozen=True):
    """What a TrueType program holds."""

    count: int
    bare: frozenset[int]
    """Glyphs without an outline."""
    maps: Mapping[tuple[int, int], Mapping[int, int]]
    """Platform and encoding → code → glyph."""


class Named(Struct, frozen=True):
    """What a CFF or Type 1 program holds."""

    count: int
    names: frozenset[str] = frozenset()
    cids: frozenset[int] | None = None
    """Of a program with character ids."""
    whole: bool = True
    """Whether all names could be read."""
    encoding: Mapping[int, str] = field(default_factory=dict)


def _tables(data: bytes) -> dict[bytes, bytes]:
    if data[:4] == b"ttcf":
        raise ValueError("a collection is no font program")
    count = struct.unpack(">H", data[4:6])[0]
    found = {}
    for index in range(count):
        tag, _, offset, length = struct.unpack(">4sIII", data[12 + 16 * index:28 + 16 * index])
        if offset + length > len(data) + 3:  # the last one may lack its padding
            raise ValueError("the font program breaks off")
        found[tag] = data[offset:offset + length]
    return found


def read_truetype(data: bytes) -> TrueType:
    """Return what a TrueType program holds."""
    try:
        tables = _tables(data)
        count = struct.unpack(">H", tables[b"maxp"][4:6])[0]
        wide = struct.unpack(">h", tables[b"head"][50:52])[0]
        form, size = ("I", 4) if wide else ("H", 2)
        places = struct.unpack(f">{count + 1}{form}", tables[b"loca"][:(count + 1) * size])
        return TrueType(
            count, frozenset(i for i in range(count) if places[i + 1] <= places[i]), _maps(tables.get(b"cmap", b"")))
    except (struct.error, KeyError, IndexError) as broken:
        raise ValueError("the font program is damaged") from broken


def open_type_cff(data: bytes) -> bytes:
    """Return the CFF within an OpenType program; the bytes themselves where they are no OpenType."""
    if data[:4] != b"OTTO":
        return data
    try:
        return _tables(data)[b"CFF "]
    except (struct.error, KeyError) as broken:
        raise ValueError("the font program is damaged") from broken


def _maps(cmap: bytes) -> dict[tuple[int, int], Mapping[int, int]]:
    maps: dict[tuple[int, int], Mapping[int, int]] = {}
    if len(cmap) < 4:
        return maps
    for index in range(struct.unpack(">H", cmap[2:4])[0]):
        platform, encoding, offset = struct.unpack(">HHI", cmap[4 + 8 * index:12 + 8 * index])
        maps[platform, encoding] = _map(cmap[offset:])
    return maps


def _map(table: bytes) -> dict[int, int]:
    """Return code → glyph of a subtable in format 0, 4, 6 or 12."""
    form = struct.unpack(">H", table[:2])[0]
    if form == 0:
        return dict(enumerate(table[6:262]))
    if form == 6:
        first, count = struct.unpack(">HH", table[6:10])
        return dict(enumerate(struct.unpack(f">{count}H", table[10:10 + 2 * count]), first))
    if form == 12:
        found: dict[int, int] = {}
        for index in range(min(_MOST, struct.unpack(">I", table[12:16])[0])):
            start, end, glyph = struct.unpack(">III", table[16 + 12 * index:28 + 12 * index])
            found |= {code: glyph + code - start for code in range(start, min(end, start + _MOST) + 1)}
        return found
    return _segments(table) if form == 4 else {}


def _segments(table: bytes) -> dict[int, int]:
    count = struct.unpack(">H", table[6:8])[0] // 2
    ends, starts, deltas, ranges = (
        struct.unpack(f">{count}H", table[at:at + 2 * count])
        for at in (14, 16 + 2 * count, 16 + 4 * count, 16 + 6 * count))
    found = {}
    for index, (end, start, delta, leap) in enumerate(zip(ends, starts, deltas, ranges, strict=True)):
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if leap:
                at = 16 + 6 * count + 2 * index + leap + 2 * (code - start)
                glyph = struct.unpack(">H", table[at:at + 2])[0]
            if glyph or not leap:
                found[code] = (glyph + delta) & 0xFFFF
    return found


def _index(data: bytes, at: int) -> tuple[list[bytes], int]:
    """Return the entries of an INDEX and where it ends (Adobe 5176, 5)."""
    count = struct.unpack(">H", data[at:at + 2])[0]
    if not count:
        return [], at + 2
    size = data[at + 2]
    offsets = [int.from_bytes(data[at + 3 + size * i:at + 3 + size * (i + 1)], "big") for i in range(count + 1)]
    base = at + 2 + size * (count + 1)
    if base + offsets[-1] > len(data):
        raise ValueError("the font program breaks off")
    return [data[base + a:base + b] for a, b in itertools.pairwise(offsets)], base + offsets[-1]


def _dictionary(data: bytes) -> dict[int, list[int]]:
    """Return operator → operands of a DICT (Adobe 5176, 4); real numbers count as nought."""
    found: dict[int, list[int]] = {}
    stack: list[int] = []
    at = 0
    while at < len(data):
        byte = data[at]
        at += 1
        if byte <= 21:
            if byte == 12:
                byte, at = 1200 + data[at], at + 1
            found[byte], stack = stack, []
        elif byte == 28:
            stack.append(struct.unpack(">h", data[at:at + 2])[0])
            at += 2
        elif byte == 29:
            stack.append(struct.unpack(">i", data[at:at + 4])[0])
            at += 4
        elif byte == 30:
            while data[at] & 15 != 15 and data[at] >> 4 != 15:
                at += 1
            at += 1
            stack.append(0)
        elif byte <= 246:
            stack.append(byte - 139)
        else:
            high, low, at = byte, data[at], at + 1
            stack.append((high - 247) * 256 + low + 108 if high <= 250 else -(high - 251) * 256 - low - 108)
    return found


def _charset(data: bytes, at: int, count: int) -> list[int]:
    """Return the string or character id of each glyph but the first (Adobe 5176, 13)."""
    ids: list[int] = []
    form, at = data[at], at + 1
    while len(ids) < count - 1:
        first = struct.unpack(">H", data[at:at + 2])[0]
        at += 2
        left = 0
        if form:
            left = int.from_bytes(data[at:at + form], "big")
            at += form
        ids.extend(range(first, first + left + 1))
    return ids[:count - 1]


def _built_in(data: bytes, at: int, names: list[str]) -> dict[int, str]:
    """Return code → name of a program's own encoding (Adobe 5176, 12)."""
    codes: list[int] = []
    form, count = data[at] & 127, data[at + 1]
    if form == 0:
        codes = list(data[at + 2:at + 2 + count])
    else:
        for index in range(count):
            first, left = data[at + 2 + 2 * index], data[at + 3 + 2 * index]
            codes.extend(range(first, first + left + 1))
    return dict(zip(codes, names, strict=False))


def read_cff(data: bytes) -> Named:
    """Return what a CFF program holds."""
    try:
        _, at = _index(data, data[2])
        tops, at = _index(data, at)
        strings, _ = _index(data, at)
        top = _dictionary(tops[0])
        count = len(_index(data, top[17][0])[0])
        charset = top.get(15, [0])[0]
        ids = _charset(data, charset, count) if charset > 2 else list(range(1, count))
        if 1230 in top:
            return Named(count, cids=frozenset([0, *ids]))
        names = [_string(number, strings) for number in ids]
        encoding = top.get(16, [0])[0]
        codes = _built_in(data, encoding, names) if encoding > 1 else dict(enumerate(ASCII, 32))
        return Named(count, frozenset(names), whole=not any(name.startswith("#") for name in names), encoding=codes)
    except (struct.error, KeyError, IndexError) as broken:
        raise ValueError("the font program is damaged") from broken


def _string(number: int, strings: list[bytes]) -> str:
    if number >= _STANDARD:
        return strings[number - _STANDARD].decode("latin-1")
    return ASCII[number - 1] if 1 <= number <= len(ASCII) else f"#{number}"


def read_type1(data: bytes, clear: int) -> Named:
    """Return what a Type 1 program holds; ``clear`` is the length of its part in plain text."""
    if data[:1] == b"\x80":
        data, clear = data[6:], int.from_bytes(data[2:6], "little")
        data = data[:clear] + data[clear + 6:]
    head, cipher = data[:clear], data[clear:]
    if cipher[:4].isalnum() and re.fullmatch(rb"[0-9A-Fa-f\s]{8}", cipher[:8]):
        cipher = bytes.fromhex(re.sub(rb"[^0-9A-Fa-f]", b"", cipher)[:len(cipher) // 2 * 2 - 2].decode())
    key, plain = 55665, bytearray()
    for byte in cipher:
        plain.append(byte ^ (key >> 8))
        key = ((byte + key) * 52845 + 22719) & 0xFFFF
    found = re.findall(rb"/([^\s/\[\]{}()<>]+) \d+ (?:RD|-\||\S{1,3}) ", bytes(plain))
    names = {name.decode("latin-1") for name in found}
    if ".notdef" not in names:
        raise ValueError("the font program is damaged")
    encoding = {int(code): name.decode("latin-1") for code, name in re.findall(rb"dup (\d+) ?/(\S+) put", head)}
    return Named(len(names), frozenset(names), encoding=encoding or dict(enumerate(ASCII, 32)))
