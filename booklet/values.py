"""Values of a PDF ↔ their spelling, as qpdf 12 spells them: keys in order, one blank between words.

In come numbers, texts, lists, mappings and references; out goes text that names no number yet, so that it can be used
in any file. What is read must have been spelled so too. Knows no file and no page.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

Value = Any
"""``bytes`` is a word as it is written: a name, a number, a string; ``str`` is a text, to be encoded."""

_WORD = re.compile(
    rb"(<<|>>|\[|\])|(\d+) 0 R(?![^\s/<>\[\]()])|(\((?:[^\\()]|\\.)*\)|<[0-9a-f]*>|/?[^\s/<>\[\]()]+|/)", re.DOTALL)
_REFERENCE = re.compile(rb"(\((?:[^\\()]|\\.)*\)|%)|(\d+) 0 R(?![^\s/<>\[\]()])", re.DOTALL)
_PARTS = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_ESCAPES = {10: b"\\n", 13: b"\\r", 9: b"\\t", 8: b"\\b", 12: b"\\f", 40: b"\\(", 41: b"\\)", 92: b"\\\\"}
_MEANT = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_HIGH = "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž"
_CODES = {sign: 0x80 + number for number, sign in enumerate(_HIGH)} | {"\ufffd": 0x9F, "€": 0xA0} | {
    sign: 0x18 + number for number, sign in enumerate("˘ˇˆ˙˝˛˚˜")} | {
    chr(code): code for code in (*range(0x18), *range(0x20, 0x7F), *range(0xA1, 0x100)) if code != 0xAD}
"""Sign → its byte in PDFDocEncoding (ISO 32000-1, annex D)."""
_SIGNS = {code: sign for sign, code in _CODES.items()}


class Ref(int):
    """A reference to an object, by its place in a list."""


def encoded(text: str) -> bytes:
    """Return the bytes of a text (7.9.2.2)."""
    try:
        return bytes([_CODES[sign] for sign in text])
    except KeyError:
        return b"\xfe\xff" + text.encode("utf-16-be", "surrogatepass")


@cache
def string(data: bytes) -> bytes:
    """Return the word for a string (7.3.4)."""
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


def _number(value: float) -> bytes:
    return f"{value:.6f}".rstrip("0").rstrip(".").encode()


def spell(value: Value) -> tuple[bytes, tuple[Ref, ...]]:
    """Return a value's spelling, with ``%d`` for each reference, and the references; without any it is plain text."""
    refs: list[Ref] = []
    words: list[bytes] = []
    _spell(value, words.append, refs)
    text = b" ".join(words)
    if not refs:
        return text.replace(b"%%", b"%"), ()
    return text, tuple(refs)


def _spell(value: Value, say: Callable[[bytes], None], refs: list[Ref]) -> None:
    if isinstance(value, bytes):
        say(value.replace(b"%", b"%%") if b"%" in value else value)
    elif isinstance(value, Ref):
        refs.append(value)
        say(b"%d 0 R")
    elif isinstance(value, dict):
        say(b"<<")
        for key in sorted(value):
            if value[key] is not None:
                say(key.encode())
                _spell(value[key], say, refs)
        say(b">>")
    elif isinstance(value, list | tuple):
        say(b"[")
        for item in value:
            _spell(item, say, refs)
        say(b"]")
    else:
        say(_word(value))


def _word(value: str | float | bool | None) -> bytes:
    """Return a word for what is neither list nor mapping, to be formatted."""
    if isinstance(value, str):
        return string(encoded(value)).replace(b"%", b"%%")
    if value is None:
        return b"null"
    if isinstance(value, bool):
        return b"true" if value else b"false"
    return _number(value) if isinstance(value, float) else b"%d" % value


def loosen(text: bytes) -> tuple[bytes, tuple[int, ...]]:
    """Return a spelling with ``%d`` for each number of an object, and the numbers; without any it is plain text."""
    if b" 0 R" not in text:
        return text, ()
    numbers: list[int] = []

    def loose(match: re.Match[bytes]) -> bytes:
        if match[1] is not None:
            return match[1].replace(b"%", b"%%")
        numbers.append(int(match[2]))
        return b"%d 0 R"

    made = _REFERENCE.sub(loose, text)
    return (made, tuple(numbers)) if numbers else (text, ())


def read(text: bytes) -> Value:
    """Return the value that a spelling says; numbers of objects become references to them."""
    stack: list[list[Value]] = [[]]
    for match in _WORD.finditer(text):
        mark, number, word = match.groups()
        if word is not None:
            stack[-1].append(word)
        elif number is not None:
            stack[-1].append(Ref(number))
        elif mark in (b"<<", b"["):
            stack.append([])
        else:
            inner = stack.pop()
            stack[-1].append(inner if mark == b"]" else {
                key.decode(): item for key, item in zip(inner[::2], inner[1::2], strict=True)})
    (value,) = stack[0]
    return value


def shifted(value: Value, by: int) -> Value:
    """Return a value, a new one where it can be changed, whose references are so much higher."""
    if isinstance(value, dict):
        return {key: shifted(item, by) for key, item in value.items()}
    if isinstance(value, list):
        return [shifted(item, by) for item in value]
    return Ref(value + by) if isinstance(value, Ref) else value
