"""The fonts of a PDF: which glyphs a text shows, how wide they are, and whether the font has them.

In comes a font's dictionary (ISO 32000-1, 9.5 to 9.10); out go codes, widths and verdicts. It refuses to know pages.
"""

import re
from collections.abc import Collection, Iterator
from functools import cached_property
from typing import Any

from msgspec import Struct
from pikepdf import Array, Dictionary, Name, PdfError, Stream

from booklet.figures import numbers
from booklet.glyphs import ASCII, Named, TrueType, open_type_cff, read_cff, read_truetype, read_type1

_CODECS = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman"}
_HEX = rb"<\s*([0-9A-Fa-f\s]+)>"
_BLANK = re.compile(r"[\s\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff]*")
_MOST = 5000


class Glyph(Struct, frozen=True):
    """One glyph shown."""

    code: int
    width: float
    """In thousandths of the size."""
    space: bool
    """Whether room between words is added after it."""


def _read(stream: Any) -> bytes:
    try:
        return stream.read_bytes() if isinstance(stream, Stream) else b""
    except PdfError:
        return b""


def _get(thing: Any, key: str) -> Any:
    return thing.get(key) if isinstance(thing, Dictionary | Stream) else None


class Face:
    """A font as a page uses it."""

    def __init__(self, font: Any) -> None:
        """Take a font's dictionary."""
        self.font = font
        self.kind = str(_get(font, "/Subtype") or "").removeprefix("/")
        below = _get(font, "/DescendantFonts")
        self.child = below[0] if isinstance(below, Array) and len(below) else font
        self.descriptor = _get(self.child, "/FontDescriptor")
        self.name = str(_get(font, "/BaseFont") or _get(font, "/Name") or "without a name").removeprefix("/")
        self.used: set[int] = set()

    @cached_property
    def program_key(self) -> str:
        """Return where the font program is: ``/FontFile``, ``/FontFile2``, ``/FontFile3`` or nothing."""
        keys = ("/FontFile", "/FontFile2", "/FontFile3")
        return next((key for key in keys if isinstance(_get(self.descriptor, key), Stream)), "")

    @property
    def embedded(self) -> bool:
        """Tell whether the file brings the font."""
        return self.kind == "Type3" or bool(self.program_key)

    @property
    def open_type(self) -> bool:
        """Tell whether the font program is OpenType (ISO 32000-1, 9.9, since PDF 1.6)."""
        stream = _get(self.descriptor, "/FontFile3")
        return str(_get(stream, "/Subtype")) == "/OpenType"

    @cached_property
    def _widths(self) -> dict[int, float]:
        if self.kind != "Type0":
            first = _get(self.font, "/FirstChar") or 0
            return dict(enumerate(numbers(_get(self.font, "/Widths") or []), int(first)))
        found: dict[int, float] = {}
        rest = list(_get(self.child, "/W") or [])
        while len(rest) > 1:
            if isinstance(rest[1], Array):
                found |= dict(enumerate(numbers(rest[1]), int(rest[0])))
                del rest[:2]
            elif len(rest) > 2:
                found |= dict.fromkeys(range(int(rest[0]), min(int(rest[1]), int(rest[0]) + _MOST) + 1), float(rest[2]))
                del rest[:3]
            else:
                break
        return found

    @cached_property
    def _default(self) -> float:
        if self.kind == "Type0":
            return float(_get(self.child, "/DW") or 1000)
        missing = _get(self.descriptor, "/MissingWidth")
        return float(missing) if missing is not None else 0.0 if self._widths else 500.0

    @cached_property
    def _cmap(self) -> tuple[int, dict[int, int] | None]:
        """Return bytes a code, and code → character id; None where they are the same, empty where it is not known."""
        encoding = _get(self.font, "/Encoding")
        if isinstance(encoding, Name):
            return 2, None if str(encoding).startswith("/Identity") else {}
        text, found = _read(encoding), dict[int, int]()
        spans = re.findall(rb"begincodespacerange\s*" + _HEX, text)
        for start, end, cid in re.findall(_HEX + rb"\s*" + _HEX + rb"\s*(\d+)", text):
            low, high = int(start, 16), int(end, 16)
            found |= {code: int(cid) + code - low for code in range(low, min(high, low + 65535) + 1)}
        for block in re.findall(rb"begincidchar(.*?)endcidchar", text, re.S):
            found |= {int(code, 16): int(cid) for code, cid in re.findall(_HEX + rb"\s*(\d+)", block)}
        return (len(re.sub(rb"\s", b"", spans[0])) // 2 if spans else 2), found

    def glyphs(self, raw: bytes) -> Iterator[Glyph]:
        """Yield what a string shows."""
        if self.kind != "Type0":
            for code in raw:
                yield Glyph(code, self._widths.get(code, self._default), code == 32)
            return
        size, cids = self._cmap
        for at in range(0, len(raw) - size + 1, size):
            code = int.from_bytes(raw[at:at + size], "big")
            cid = code if cids is None else cids.get(code, 0)
            yield Glyph(code, self._widths.get(cid, self._default), size == 1 and code == 32)

    @cached_property
    def program(self) -> TrueType | Named | None:
        """Return what the font program holds; None when there is none, ``ValueError`` when it is damaged."""
        if not self.program_key:
            return None
        stream = self.descriptor[self.program_key]
        data = _read(stream)
        if self.program_key == "/FontFile":
            return read_type1(data, int(stream.get("/Length1", 0)))
        if self.program_key == "/FontFile2" or data[:4] in (b"\0\1\0\0", b"true"):
            return read_truetype(data)
        return read_cff(open_type_cff(data))

    @cached_property
    def _words(self) -> dict[int, str]:
        """Return code → what ``/ToUnicode`` says it means."""
        found: dict[int, str] = {}
        text = _read(_get(self.font, "/ToUnicode"))
        for block in re.findall(rb"beginbfchar(.*?)endbfchar", text, re.S):
            found |= {int(code, 16): _utf16(word) for code, word in re.findall(_HEX + rb"\s*" + _HEX, block)}
        for block in re.findall(rb"beginbfrange(.*?)endbfrange", text, re.S):
            for start, end, word in re.findall(_HEX + rb"\s*" + _HEX + rb"\s*" + _HEX, block):
                low, high = int(start, 16), min(int(end, 16), int(start, 16) + 65535)
                base = int(re.sub(rb"\s", b"", word)[-4:], 16)
                found |= {code: chr((base + code - low) & 0xFFFF) for code in range(low, high + 1)}
        return found

    def missing(self, codes: Collection[int]) -> list[int]:
        """Return those of some codes for which the font has no glyph; ``ValueError`` when the font is damaged."""
        if self.kind == "Type3":
            drawn = _get(self.font, "/CharProcs")
            return [code for code in sorted(codes) if not isinstance(
                _get(drawn, f"/{self._differences.get(code, '')}"), Stream)]
        program = self.program
        lacking = [code for code in sorted(codes) if self._lacks(code, program)]
        if self.kind != "Type0" and self._widths and self.embedded:
            lacking += [code for code in sorted(codes) if code not in self._widths and code not in lacking]
        return lacking

    def _blank(self, code: int) -> bool:
        """Tell whether a glyph without an outline is right here: a space."""
        if code in self._words:
            return _BLANK.fullmatch(self._words[code]) is not None
        return not self._words or (self.kind != "Type0" and code in (32, 160))

    def _lacks(self, code: int, program: TrueType | Named | None) -> bool:
        if self.kind == "Type0":
            _size, cids = self._cmap
            if cids is not None and not cids:
                return False
            return self._lacks_cid(code, code if cids is None else cids.get(code, 0), program)
        if isinstance(program, TrueType):
            return self._lacks_simple(code, program)
        if program is None:
            return False
        name = self._name(code, program)
        if name is None or name in program.names:
            return False
        return name == ".notdef" or (program.whole and name not in ("space", "nbspace"))

    def _lacks_cid(self, code: int, cid: int, program: TrueType | Named | None) -> bool:
        if cid == 0:
            return True
        if isinstance(program, TrueType):
            table = _get(self.child, "/CIDToGIDMap")
            glyph = cid
            if isinstance(table, Stream):
                glyph = int.from_bytes(self._gids[2 * cid:2 * cid + 2], "big")
            return glyph == 0 or glyph >= program.count or (glyph in program.bare and not self._blank(code))
        if isinstance(program, Named):
            return cid not in program.cids if program.cids is not None else cid >= program.count
        return False

    @cached_property
    def _gids(self) -> bytes:
        return _read(_get(self.child, "/CIDToGIDMap"))

    @cached_property
    def _differences(self) -> dict[int, str]:
        found, code = dict[int, str](), 0
        for thing in _get(_get(self.font, "/Encoding"), "/Differences") or []:
            if isinstance(thing, Name):
                found[code], code = str(thing).removeprefix("/"), code + 1
            else:
                code = int(thing)
        return found

    def glyph_name(self, code: int) -> str:
        """Return the name of a glyph in a font that is drawn."""
        return self._differences.get(code, "")

    @cached_property
    def _base(self) -> str:
        encoding = _get(self.font, "/Encoding")
        return str(encoding if isinstance(encoding, Name) else _get(encoding, "/BaseEncoding") or "")

    def _name(self, code: int, program: Named) -> str | None:
        """Return the name of a glyph of a simple font; None when nothing can be said."""
        if code in self._differences:
            return self._differences[code]
        if not self._base:
            return program.encoding.get(code, ".notdef" if program.encoding else None)
        if code in (39, 96, 45) or not 32 < code < 127:
            return None
        return ASCII[code - 32]

    def _lacks_simple(self, code: int, program: TrueType) -> bool:
        """Look a code up in every way that readers do (ISO 32000-1, 9.6.6.4)."""
        name = self._differences.get(code, "")
        sign = bytes([code]).decode(_CODECS.get(self._base, "cp1252"), "ignore")
        if name:
            sign = chr(32 + ASCII.index(name)) if name in ASCII else ""
            if match := re.fullmatch(r"uni([0-9A-F]{4})|u([0-9A-F]{4,6})", name):
                sign = chr(int(match[1] or match[2], 16))
            if not sign:
                return name == ".notdef"
        found = [table.get(key, 0) for table in program.maps.values()
                 for key in (code, 0xF000 + code, ord(sign) if sign else -1)]
        glyphs = {glyph for glyph in found if 0 < glyph < program.count}
        if not program.maps:
            return False
        return not glyphs or (glyphs <= program.bare and not self._blank(code) and not _BLANK.fullmatch(sign))


def _utf16(word: bytes) -> str:
    return bytes.fromhex(re.sub(rb"\s", b"", word).decode()).decode("utf-16-be", "ignore")
