"""A face and the glyphs that are shown → a font that a PDF embeds.

In comes an open file, a face's name and glyph → text; out goes the font's dictionary in that file. Knows no page.
"""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256

from booklet.quires import Quire
from booklet.sewing import Deflate
from booklet.typecase import subset
from booklet.typefaces import FACES
from booklet.values import Ref

_MOST = 64
"""Subsets whose tables are kept in mind: those of six files."""
_CMAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <ffff> endcodespacerange
{blocks}
endcmap CMapName currentdict /CMap defineresource pop end end"""


@lru_cache(maxsize=_MOST)
def _unicode(glyphs: tuple[tuple[int, str], ...]) -> bytes:
    """Return a ToUnicode CMap; a block holds at most 100 pairs (Adobe Technical Note 5014)."""
    pairs = [f"<{glyph:04x}> <{text.encode('utf-16-be').hex()}>" for glyph, text in glyphs]
    blocks = (pairs[i:i + 100] for i in range(0, len(pairs), 100))
    shown = "\n".join("\n".join([f"{len(b)} beginbfchar", *b, "endbfchar"]) for b in blocks)
    return _CMAP.format(blocks=shown).encode()


@lru_cache(maxsize=_MOST)
def _widths(widths: tuple[tuple[int, int], ...]) -> bytes:
    """Return the advance of each glyph, spelled."""
    return b"[ " + b" ".join([b"%d [ %d ]" % pair for pair in widths]) + b" ]"


def embed(out: Quire, name: str, glyphs: Mapping[int, str], deflate: Deflate) -> Ref:
    """Return the font dictionary of a face that shows the glyphs given (ISO 32000-1, 9.7)."""
    made = subset(name, glyphs)
    digest = sha256(made.program + name.encode()).digest()
    tag = "".join(chr(65 + byte % 26) for byte in digest[:6])
    base = f"/{tag}+{FACES[name].file.removesuffix('.ttf')}".encode()
    italic = 64 if made.angle else 0
    program = out.stream(made.program, deflate, Length1=len(made.program))
    flags = 4 + italic + (2 if "Serif" in FACES[name].file else 0)
    descriptor = out.add({
        "/Type": b"/FontDescriptor", "/FontName": base, "/Flags": flags, "/FontBBox": made.box,
        "/ItalicAngle": round(made.angle), "/Ascent": made.ascent, "/Descent": made.descent,
        "/CapHeight": made.cap_height, "/StemV": 80, "/FontFile2": program})
    descendant = out.add({
        "/Type": b"/Font", "/Subtype": b"/CIDFontType2", "/BaseFont": base, "/CIDToGIDMap": b"/Identity",
        "/CIDSystemInfo": {"/Registry": "Adobe", "/Ordering": "Identity", "/Supplement": 0},
        "/W": _widths(made.widths), "/FontDescriptor": descriptor})
    return out.add({
        "/Type": b"/Font", "/Subtype": b"/Type0", "/BaseFont": base, "/Encoding": b"/Identity-H",
        "/DescendantFonts": [descendant], "/ToUnicode": out.stream(_unicode(tuple(sorted(glyphs.items()))), deflate)})
