"""Where a line ends, as the engine would have it: a paragraph is measured once, then cut, and each line shaped once.

In come a text, its style and the room for it; out goes what WeasyPrint 70.0's ``split_first_line`` returns. The answer
is given only where it is certain: the words that fit do so with some room to spare, and the next one is as clearly too
much. Anything nearer, narrower or stranger than that is the engine's to decide.
"""

import re
import struct
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import Any

from weasyprint.text import line_break
from weasyprint.text.ffi import TO_UNITS, ffi, pango

from booklet.shaping import GLYPH, Kept, Setting, Shape, plain, setting_of

LENGTH = 4
"""Of PangoLogAttr in bytes; its first bit tells that a line may be broken before the character."""
_DOUBT = 0.25
"""In em: how far a width read off the whole paragraph may be from that of the line alone, kerning at its ends."""
_CLOSER = 4
"""So many times less the doubt is when a line is measured alone: then only a space at its end may matter."""
_RULERS = 4
_NARROW = 4
"""In em: in narrower columns the engine looks for the least width of a word, which is not ours to know."""
_WORD = re.compile("([^\\W_]+|–?\u00a0+)(?= [^\\W_]| ?$)")
"""What can nowhere be broken but by a hyphen, and what follows may begin a line."""
_WIDEST = 2 ** 20
"""In px: wider than any text, and within Pango's numbers."""
_split = line_break.split_first_line


class Ruler:
    """A paragraph in one line, and where it may be broken."""

    def __init__(self, shape: Shape) -> None:
        self.text = text = shape.text
        self.bytes = None if text.isascii() else [0, *accumulate(len(sign.encode()) for sign in text)]
        self.starts, self.edges = [], []
        x = 0
        for item, string, glyphs, count in shape.runs:
            clusters = ffi.unpack(string.log_clusters, count)
            for (_, width, *_), cluster in zip(GLYPH.iter_unpack(glyphs), clusters, strict=True):
                self.starts.append(item.offset + cluster)
                self.edges.append(x)
                x += width
        self.starts.append(len(text.encode()))
        self.edges.append(x)
        attributes = pango.pango_layout_get_log_attrs_readonly(shape.layout, ffi.NULL)
        flags = struct.unpack(f"={len(text)}I", ffi.buffer(attributes, LENGTH * len(text)))
        self.breaks = [index for index, flag in enumerate(flags) if flag & 1 and index]
        self.straight = self.starts == sorted(set(self.starts))

    def at(self, index: int) -> int | None:
        """Return the place of a character's left edge in Pango units; None within a ligature."""
        byte = self.bytes[index] if self.bytes else index
        found = bisect_left(self.starts, byte)
        return self.edges[found] if self.starts[found] == byte else None

    def end(self, start: int, index: int) -> int:
        """Return where a line ends that is broken before a character: spaces before it are not counted."""
        while index > start and self.text[index - 1] == " ":
            index -= 1
        return index


class _Line:
    """One line to be cut off a paragraph."""

    def __init__(self, setting: Setting, ruler: Ruler, text: str, room: int) -> None:
        self.setting, self.ruler, self.room = setting, ruler, room
        self.start = len(ruler.text) - len(text)
        self.doubt = int(_DOUBT * setting.size * TO_UNITS)
        self.origin = self.ruler.at(self.start)

    def width(self, index: int) -> int | None:
        """Return about how wide the line is up to a character of the paragraph."""
        edge = self.ruler.at(self.ruler.end(self.start, index))
        return None if edge is None or self.origin is None else edge - self.origin

    def fits(self, index: int, room: int) -> bool | None:
        """Tell whether a line that is broken before a character is narrower than some room; None when in doubt."""
        end = self.ruler.end(self.start, index)
        width, doubt = self.width(end), self.doubt
        if width is not None and abs(width - room) < doubt:
            width, doubt = self.setting.shape(self.ruler.text[self.start:end]).units, doubt // _CLOSER
        if width is None or abs(width - room) < doubt:
            return None
        return width < room

    def cut(self) -> tuple[int, int] | None:
        """Return the break that certainly ends the line and the one after it; None when in doubt."""
        ruler = self.ruler
        if self.origin is None or not ruler.straight:
            return None
        byte = ruler.starts[min(bisect_right(ruler.edges, self.origin + self.room), len(ruler.starts) - 1)]
        sign = bisect_right(ruler.bytes, byte) - 1 if ruler.bytes else byte
        breaks = [*ruler.breaks[bisect_right(ruler.breaks, self.start):], len(ruler.text)]
        place = min(bisect_right(breaks, sign + 1), len(breaks) - 1)
        while place and self.fits(breaks[place], self.room) is False:
            place -= 1
            if self.fits(breaks[place], self.room):
                return breaks[place], breaks[place + 1]
        return None


def _dictionary(setting: Setting, context: Any) -> Any:
    """Return the hyphens of a language, kept where the engine keeps them; None when it knows none."""
    total, left, right = setting.limits
    key = setting.voice, left, right, total
    if setting.voice and key not in context.dictionaries:
        context.dictionaries[key] = line_break.pyphen.Pyphen(lang=setting.voice, left=left, right=right)
    return context.dictionaries.get(key)


def _hyphenated(line: _Line, cut: int, after: int, context: Any) -> tuple[Shape, int] | None:
    """Return the line with the first part of the next word, and how many characters that part and the line have."""
    setting, text = line.setting, line.ruler.text
    rest, index, total = text[cut:after - 1 if after < len(text) else after], 0, setting.limits[0]
    if setting.hyphens != "auto" or len(rest) < total or not (dictionary := _dictionary(setting, context)):
        return None
    while rest:
        bounds = line_break.get_next_word_boundaries(rest, setting.voice)
        if not bounds:
            return None
        first, last = bounds
        if last - first >= total:
            break
        rest, index = rest[last:], index + last
    else:
        return None
    hyphen = setting.shape(setting.hyphen).units
    for part, _ in dictionary.iterate(rest[first:last]):
        end = cut + index + first + len(part)
        width = line.width(end)
        if width is not None and width + hyphen > line.room + line.doubt:
            continue
        shape = setting.shape(text[line.start:end] + setting.hyphen)
        if shape.units <= line.room:
            return shape, end - line.start
    return None


def _worth(line: _Line, cut: int, max_width: float) -> bool | None:
    """Tell whether so much room is left behind a line that a word may be broken for it; None when in doubt."""
    value, unit = line.setting.zone
    if unit not in ("%", "px"):
        return None
    zone = max_width * value / 100 if unit == "%" else value
    return line.fits(cut, line.room - int(zone * TO_UNITS)) if zone else True


def _answer(shape: Shape, max_width: float | None, resume: int | None, hyphen: str = "") -> tuple[Any, ...]:
    length = shape.line.length - len(hyphen.encode())
    return Kept(shape, max_width), length, resume, shape.width, shape.height, shape.baseline


def _broken(line: _Line, context: Any, max_width: float) -> tuple[Any, ...] | None:
    """Return the first line of a text that is too long for one; None when in doubt."""
    found = line.cut()
    if found is None:
        return None
    cut, after = found
    text, start = line.ruler.text, line.start
    if after - cut < 2:
        return None
    worth = line.setting.hyphens != "auto" or _worth(line, cut, max_width)
    if worth is None:
        return None
    if worth and (hyphenated := _hyphenated(line, cut, after, context)):
        shape, count = hyphenated
        return _answer(shape, max_width, len(text[start:start + count].encode()), line.setting.hyphen)
    shape = line.setting.shape(text[start:cut].rstrip(" "))
    return _answer(shape, max_width, len(text[start:cut].encode()))


def _fitted(setting: Setting, text: str, context: Any, max_width: float) -> tuple[Any, ...] | None:
    """Return the first line of a text in a column of some width; None when in doubt."""
    room = int(min(max_width, _WIDEST) * TO_UNITS)
    ruler = next((ruler for ruler in setting.rulers if ruler.text.endswith(text)), None)
    line = ruler and _Line(setting, ruler, text, room)
    whole = line.width(len(line.ruler.text)) if line else None
    if line is None or whole is None or whole <= room + line.doubt:
        shape = setting.shape(text)
        if shape.units <= room:
            return _answer(shape, max_width, None)
        if line or max_width < setting.size * _NARROW:
            return None
        ruler = Ruler(shape)
        setting.rulers = [ruler, *setting.rulers[:_RULERS - 1]]
        line = _Line(setting, ruler, text, room)
    return _broken(line, context, max_width) if setting.white_space == "normal" else None


def _least(setting: Setting, text: str, context: Any) -> tuple[Any, ...] | None:
    """Return the first word of a text, as short as hyphens make it: what remains on a line without room."""
    found = _WORD.match(text)
    if found is None or (setting.white_space != "normal" and found[0] != text):
        return None
    word, total = found[0], setting.limits[0]
    if setting.hyphens == "auto" and len(word) >= total:
        if not (dictionary := _dictionary(setting, context)):
            return None
        parts = [part for part, _ in dictionary.iterate(word)]
        if parts:
            return _answer(setting.shape(parts[-1] + setting.hyphen), 0, len(parts[-1].encode()), setting.hyphen)
    shape = setting.shape(word)
    return _answer(shape, 0, shape.line.length + 1 if len(word) + 1 < len(text) else None)


def split_first_line(
    text: str, style: Any, context: Any, max_width: float | None, justification_spacing: float, **line: bool
) -> tuple[Any, ...]:
    """Return layout, length in bytes, bytes to skip for the next line, width, height and baseline of a first line."""
    setting = None if justification_spacing or not plain(text) else setting_of(style)
    answer = None
    if setting is not None and setting.size:
        if max_width is None or setting.white_space == "nowrap":
            return _answer(setting.shape(text), max_width, None)
        if max_width > 0:
            answer = _fitted(setting, text, context, max_width)
        elif max_width == 0:
            answer = _least(setting, text, context)
    return answer or _split(text, style, context, max_width, justification_spacing, **line)
