"""Values of a PDF ↔ their spelling, as qpdf 12 spells them: keys in order, one blank between words.

In come numbers, texts, lists, mappings and references; out goes text that names no number yet, so that it can be used
in any file. What is opened again must have been spelled so too. Knows no file and no page.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from msgspec import Struct

Value = Any
"""``bytes`` is a word as it is written: a name, a number, a string; ``str`` is a text, to be encoded."""

_STRING = rb"\((?:[^\\()]|\\.)*\)"
_SIMPLE = re.compile(rb" (\d+) 0 R")
_REFERENCE = re.compile(rb"(" + _STRING + rb")|\b(\d+) 0 R\b", re.DOTALL)
_STRINGS = re.compile(rb"\((?:[^\\()]+|\\.)*\)", re.DOTALL)
_DEEPEST = 8
_ATOM = b"\1 0 R|" + _STRING + rb"|<[0-9a-f]*>|[^\s<>\[\]()]+"
_PARTS = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_ESCAPES = {10: b"\\n", 13: b"\\r", 9: b"\\t", 8: b"\\b", 12: b"\\f", 40: b"\\(", 41: b"\\)", 92: b"\\\\"}
_MEANT = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_USUAL = re.compile(rb"[ -'*-\[\]-~]*")
"""What stands in a string as it is."""
_HIGH = "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž"
_CODES = {sign: 0x80 + number for number, sign in enumerate(_HIGH)} | {"\ufffd": 0x9F, "€": 0xA0} | {
    sign: 0x18 + number for number, sign in enumerate("˘ˇˆ˙˝˛˚˜")} | {
    chr(code): code for code in (*range(0x18), *range(0x20, 0x7F), *range(0xA1, 0x100)) if code != 0xAD}
"""Sign → its byte in PDFDocEncoding (ISO 32000-1, annex D)."""
_SIGNS = {code: sign for sign, code in _CODES.items()}


def _nested(depth: int) -> bytes:
    """Return a pattern of a value so deep."""
    return _ATOM if not depth else rb"(?:<<|\[)(?: (?:" + _nested(depth - 1) + rb"))* (?:>>|\])|" + _ATOM


_ENTRY = re.compile(rb" (/[^\s<>\[\]()]*) (" + _nested(_DEEPEST) + rb")", re.DOTALL)


MARK = b"\1"


class Ref(int):
    """A reference to an object, by its place in a list."""


class Spelled(Struct, frozen=True, gc=False, array_like=True):
    """A value that is spelled, with the byte ``MARK``, which stands in no spelling, for the number of an object."""

    text: bytes
    names: tuple[int, ...] = ()
    """What it refers to, in its order."""

    def shifted(self, by: int) -> "Spelled":
        """Return it with references that are so much higher."""
        return Spelled(self.text, tuple([name + by for name in self.names])) if self.names else self


def encoded(text: str) -> bytes:
    """Return the bytes of a text (7.9.2.2)."""
    try:
        return bytes([_CODES[sign] for sign in text])
    except KeyError:
        return b"\xfe\xff" + text.encode("utf-16-be", "surrogatepass")


@cache
def string(data: bytes) -> bytes:
    """Return the word for a string (7.3.4)."""
    if _USUAL.fullmatch(data):
        return b"(" + data + b")"
    odd = sum(byte > 126 or 24 <= byte < 32 for byte in data)
    if 5 * odd > len(data) or any(byte < 24 and byte not in _ESCAPES for byte in data):
        return b"<" + data.hex().encode() + b">"
    return b"(" + b"".join([_letter(byte) for byte in data]) + b")"


def _letter(byte: int) -> bytes:
    if byte in _ESCAPES:
        return _ESCAPES[byte]
    return bytes((byte,)) if 32 <= byte <= 126 or byte >= 160 else b"\\%03o" % byte


def text_of(word: bytes) -> str:
    """Return the text that a word for a string stands for."""
    data = bytes.fromhex(word[1:-1].decode()) if word[:1] == b"<" else _PARTS.sub(_meant, word[1:-1])
    if data[:2] == b"\xfe\xff":
        return data[2:].decode("utf-16-be", "surrogatepass")
    return "".join([_SIGNS.get(byte, "\ufffd") for byte in data])


def _meant(match: re.Match[bytes]) -> bytes:
    part = match[1]
    return bytes((int(part, 8),)) if len(part) == 3 else _MEANT.get(part, part)


def numeral(value: float) -> bytes:
    """Return the word for a number."""
    return f"{value:.6f}".rstrip("0").rstrip(".").encode()


def spell(value: Value) -> Spelled:
    """Return a value, spelled."""
    if isinstance(value, Spelled):
        return value
    names: list[int] = []
    words: list[bytes] = []
    _spell(value, words.append, names)
    return Spelled(b" ".join(words), tuple(names))


def _spell(value: Value, say: Callable[[bytes], None], names: list[int]) -> None:
    kind = type(value)
    if kind is Spelled:
        say(value.text)
        names += value.names
    elif kind is bytes:
        say(value)
    elif kind is Ref:
        names.append(value)
        say(b"\1 0 R")
    elif kind is dict:
        say(b"<<")
        for key in sorted(value):
            item = value[key]
            if item is not None:
                say(_key(key))
                _spell(item, say, names)
        say(b">>")
    elif kind is list or kind is tuple:
        say(b"[")
        for item in value:
            _spell(item, say, names)
        say(b"]")
    else:
        say(_word(value))


@cache
def _key(key: str) -> bytes:
    return key.encode()


def _word(value: str | float | bool | None) -> bytes:
    """Return a word for what is neither list nor mapping."""
    if isinstance(value, str):
        return string(encoded(value))
    if value is None:
        return b"null"
    if isinstance(value, bool):
        return b"true" if value else b"false"
    return numeral(value) if isinstance(value, float) else b"%d" % value


def loosen(text: bytes) -> Spelled:
    """Return what a file says, one or more objects of it, with what it refers to: the numbers of objects."""
    if b"(" not in text or b" 0 R" not in b"".join(_STRINGS.findall(text)):
        parts = _SIMPLE.split(text)
        return Spelled(b" \1 0 R".join(parts[::2]), tuple(map(int, parts[1::2])))
    numbers: list[int] = []

    def loose(match: re.Match[bytes]) -> bytes:
        if match[1] is not None:
            return match[1]
        numbers.append(int(match[2]))
        return b"\1 0 R"

    return Spelled(_REFERENCE.sub(loose, text), tuple(numbers))


def entries(value: Value) -> dict[str, Value]:
    """Return what a mapping says, as a new one; what is in its entries stays spelled."""
    if not isinstance(value, Spelled):
        return dict(value)
    found, names, start, parts = dict[str, Value](), value.names, 0, _ENTRY.findall(value.text, 2)
    if value.text[:2] != b"<<" or sum([2 + len(key) + len(text) for key, text in parts]) != len(value.text) - 5:
        raise ValueError(f"no mapping as it is spelled here: {value.text[:80]!r}")
    for key, text in parts:
        end = start + text.count(MARK)
        found[key.decode()] = Spelled(text, names[start:end])
        start = end
    return found


def reference(value: Value) -> Ref | None:
    """Return a value that is nothing but a reference; otherwise nothing."""
    if isinstance(value, Spelled):
        return Ref(value.names[0]) if value.text == b"\1 0 R" else None
    return value if isinstance(value, Ref) else None


def shifted(value: dict[str, Value], by: int) -> dict[str, Value]:
    """Return a mapping, a new one, whose spelled entries, and theirs, have references that are so much higher."""
    return {
        key: shifted(item, by) if type(item) is dict else item.shifted(by) if item.names else item
        for key, item in value.items()}
