"""A face and the glyphs that are shown → a font that a PDF embeds.

In comes an open PDF, a face's name and glyph → text; out goes the font's dictionary in that PDF. Knows no page.
"""

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from booklet.typecase import subset
from booklet.typefaces import FACES

_CMAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <ffff> endcodespacerange
{blocks}
endcmap CMapName currentdict /CMap defineresource pop end end"""

Deflate = Callable[[bytes], bytes]
"""What deflates a stream (RFC 1950)."""


def _unicode(glyphs: Mapping[int, str]) -> bytes:
    """Return a ToUnicode CMap; a block holds at most 100 pairs (Adobe Technical Note 5014)."""
    pairs = [f"<{glyph:04x}> <{text.encode('utf-16-be').hex()}>" for glyph, text in sorted(glyphs.items())]
    blocks = (pairs[i:i + 100] for i in range(0, len(pairs), 100))
    shown = "\n".join("\n".join([f"{len(b)} beginbfchar", *b, "endbfchar"]) for b in blocks)
    return _CMAP.format(blocks=shown).encode()


def stream(out: pikepdf.Pdf, content: bytes, deflate: Deflate, **entries: Any) -> pikepdf.Stream:
    """Return a deflated stream of a file."""
    return pikepdf.Stream(out, deflate(content), Filter=Name.FlateDecode, **entries)


def embed(out: pikepdf.Pdf, name: str, glyphs: Mapping[int, str], deflate: Deflate) -> Object:
    """Return the font dictionary of a face that shows the glyphs given (ISO 32000-1, 9.7)."""
    made = subset(name, glyphs)
    digest = sha256(made.program + name.encode()).digest()
    tag = "".join(chr(65 + byte % 26) for byte in digest[:6])
    base = Name(f"/{tag}+{FACES[name].file.removesuffix('.ttf')}")
    italic = 64 if made.angle else 0
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=base, Flags=4 + italic + (2 if "Serif" in FACES[name].file else 0),
        FontBBox=Array(made.box), ItalicAngle=round(made.angle), Ascent=made.ascent, Descent=made.descent,
        CapHeight=made.cap_height, StemV=80, FontFile2=stream(out, made.program, deflate, Length1=len(made.program)))
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=base, CIDToGIDMap=Name.Identity,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        W=Array([item for glyph, width in made.widths for item in (glyph, Array([width]))]),
        FontDescriptor=out.make_indirect(descriptor))
    return out.make_indirect(Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=base, Encoding=Name("/Identity-H"),
        DescendantFonts=Array([out.make_indirect(descendant)]), ToUnicode=stream(out, _unicode(glyphs), deflate)))
