"""Typeface and glyphs → what a PDF embeds of it: the only door to HarfBuzz.

In comes a face and the glyphs that any page uses; out goes one subset that serves all pages, since glyph numbers
stay as they are. Knows nothing of pages.
"""

from collections.abc import Iterable
from functools import cache

import uharfbuzz

from booklet.subsets import Figures, Subset
from booklet.typefaces import FACES, face_path


@cache
def _face(name: str) -> uharfbuzz.Face:
    return uharfbuzz.Face(uharfbuzz.Blob(face_path(FACES[name]).read_bytes()))


@cache
def set_figures(name: str, text: str) -> Figures:
    """Return glyph and advance (in 1/1000 em) of each character, figures tabular, without kerning or ligatures."""
    face = _face(name)
    font, buffer = uharfbuzz.Font(face), uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    figures = dict.fromkeys(FACES[name].figures, True)
    uharfbuzz.shape(font, buffer, {**figures, "kern": False, "liga": False, "clig": False})
    places = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    return tuple((info.codepoint, round(place.x_advance * 1000 / face.upem)) for info, place in places)


def subset(name: str, glyphs: Iterable[int]) -> Subset:
    """Return the subset of a face that holds the glyphs given, under their own numbers."""
    face, wanted = _face(name), sorted({0, *glyphs})
    demand = uharfbuzz.SubsetInput()
    demand.flags = uharfbuzz.SubsetFlags.RETAIN_GIDS | uharfbuzz.SubsetFlags.NO_HINTING
    demand.sets(uharfbuzz.SubsetInputSets.GLYPH_INDEX).set(set(wanted))
    demand.sets(uharfbuzz.SubsetInputSets.DROP_TABLE_TAG).update(
        int.from_bytes(tag, "big") for tag in (b"GSUB", b"GPOS", b"GDEF", b"kern", b"BASE"))
    made = uharfbuzz.subset(face, demand)
    font, scale = uharfbuzz.Font(face), 1000 / face.upem
    head = bytes(face.reference_table("head").data)
    box = tuple(round(int.from_bytes(head[i:i + 2], "big", signed=True) * scale) for i in (36, 38, 40, 42))
    post, os2 = bytes(face.reference_table("post").data), bytes(face.reference_table("OS/2").data)
    extents = font.get_font_extents("ltr")
    return Subset(
        bytes(made.blob.data), tuple((glyph, round(font.get_glyph_h_advance(glyph) * scale)) for glyph in wanted),
        round(extents.ascender * scale), round(extents.descender * scale),
        (box[0], box[1], box[2], box[3]), int.from_bytes(post[4:8], "big", signed=True) / 65536,
        round(int.from_bytes(os2[88:90], "big") * scale),
    )
