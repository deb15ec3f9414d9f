"""Where a line ends, as the engine would have it: a paragraph is measured once, then cut, and each line shaped once.

In come a text, its style and the room for it; out goes what WeasyPrint 70.0's ``split_first_line`` returns. The answer
is given only where it is certain: the words that fit do so with some room to spare, and the next one is as clearly too
much. Anything nearer, narrower or stranger than that is the engine's to decide.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any

from weasyprint.css.properties import Dimension
from weasyprint.text import line_break
from weasyprint.text.ffi import TO_UNITS

from booklet.rulers import Ruler, known_ruler, ruler_of
from booklet.shaping import Kept, Setting, Shape, plain, setting_of

_DOUBT = 0.25
"""In em: how far a width read off the whole paragraph may be from that of the line alone, kerning at its ends."""
_CLOSER = 4
"""So many times less the doubt is when a line is measured alone: then only a space at its end may matter."""
_NEAR = 32
"""In Pango units: the doubt that is left when a line is as wide alone as it is in its paragraph."""
_RATIO = 4
"""The engine looks at so many characters for each em of a line, and in columns of fewer em at one word only."""
_WORD = re.compile("([^\\W_]+|–?\u00a0+)(?= [^\\W_]| ?$)")
"""What can nowhere be broken but by a hyphen, and what follows may begin a line."""
_WIDEST = 2 ** 20
"""In px: wider than any text, and within Pango's numbers."""
_split, _bounds, _can_break = (
    line_break.split_first_line, line_break.get_next_word_boundaries, line_break.can_break_text)


class _Doubt(Exception):
    """The engine must decide."""


class _Line:
    """One line to be cut off a paragraph."""

    def __init__(self, setting: Setting, ruler: Ruler, text: str, max_width: float) -> None:
        self.setting, self.ruler, self.max_width = setting, ruler, max_width
        self.room = _room(max_width)
        self.start = len(ruler.text) - len(text)
        self.doubt = int(_DOUBT * setting.size * TO_UNITS) + setting.slack
        self.origin = self.ruler.at(self.start)

    def width(self, index: int) -> int | None:
        """Return about how wide the line is up to a character of the paragraph."""
        edge = self.ruler.at(self.ruler.end(self.start, index))
        return None if edge is None or self.origin is None else edge - self.origin

    def fits(self, index: int, room: int) -> bool:
        """Tell whether a line that is broken before a character is narrower than some room."""
        end = self.ruler.end(self.start, index)
        width, doubt, slack = self.width(end), self.doubt, self.setting.slack + self.ruler.slack
        if width is not None and abs(width - room) < doubt:
            alone = self.setting.shape(self.ruler.text[self.start:end]).units
            doubt = (_NEAR if abs(alone - width) <= slack else doubt // _CLOSER) + slack + self.ruler.slack
            width = alone
        if width is None or abs(width - room) < doubt:
            raise _Doubt
        return width < room

    def cut(self) -> tuple[int, int] | None:
        """Return the break that ends the line and the one after it; None when no word fits."""
        ruler = self.ruler
        if self.origin is None or not ruler.straight:
            raise _Doubt
        byte = ruler.starts[min(bisect_right(ruler.edges, self.origin + self.room), len(ruler.starts) - 1)]
        sign = bisect_right(ruler.bytes, byte) - 1 if ruler.bytes else byte
        breaks = [*ruler.breaks[bisect_right(ruler.breaks, self.start):], len(ruler.text)]
        place = min(bisect_right(breaks, sign + 1), len(breaks) - 1)
        if self.fits(breaks[place], self.room):
            raise _Doubt
        while place:
            place -= 1
            if self.fits(breaks[place], self.room):
                return breaks[place], breaks[place + 1]
        return None

    def worth(self, cut: int) -> bool:
        """Tell whether so much room is left behind a line that a word may be broken for it."""
        zone = self.setting.zone
        if type(zone) is not Dimension or zone.unit not in ("%", "px"):
            raise _Doubt
        zone = self.max_width * zone.value / 100 if zone.unit == "%" else zone.value
        return self.fits(cut, self.room - int(zone * TO_UNITS)) if zone else True


def _room(max_width: float) -> int:
    return int(min(max_width, _WIDEST) * TO_UNITS)


def _has_room(setting: Setting, shape: Shape, room: int) -> bool:
    """Tell whether a line that is shaped has room; Pango reckons with the space after letters that are spaced."""
    if setting.slack and abs(shape.units - room) < setting.slack:
        raise _Doubt
    return bool(shape.units <= room)


def _dictionary(setting: Setting, context: Any) -> Any:
    """Return the hyphens of a language, kept where the engine keeps them; None when it knows none."""
    total, left, right = setting.limits
    key = setting.voice, left, right, total
    if setting.voice and key not in context.dictionaries:
        context.dictionaries[key] = line_break.pyphen.Pyphen(lang=setting.voice, left=left, right=right)
    return context.dictionaries.get(key)


def _hyphens(setting: Setting, text: str, cut: int, after: int, context: Any) -> list[int]:
    """Return where the first word between two breaks that is long enough may be hyphenated, latest first."""
    rest, total = text[cut:after - 1 if after < len(text) else after], setting.limits[0]
    if setting.hyphens != "auto" or len(rest) < total or not (dictionary := _dictionary(setting, context)):
        return []
    while rest and (bounds := word_bounds(rest, setting.voice)):
        first, last = bounds
        if last - first >= total:
            return [cut + first + len(part) for part, _ in dictionary.iterate(rest[first:last])]
        rest, cut = rest[last:], cut + last
    return []


def _answer(shape: Shape, max_width: float | None, resume: int | None, hyphen: str = "") -> tuple[Any, ...]:
    length = shape.line.length - len(hyphen.encode())
    return Kept(shape, max_width), length, resume, shape.width, shape.height, shape.baseline


def _broken(line: _Line, context: Any) -> tuple[Any, ...]:
    """Return the first line of a text that is too long for one."""
    found, setting, text, start = line.cut(), line.setting, line.ruler.text, line.start
    if found is None:
        return _overfull(setting, text[start:], line.ruler.first(start), context, line.max_width)
    cut, after = found
    reach = int(line.max_width / setting.size * _RATIO)
    if reach < _RATIO ** 2 or (after < len(text) and (after - cut < 2 or after - start >= reach)):
        raise _Doubt
    hyphens = _hyphens(setting, text, cut, after, context)
    hyphen = setting.shape(setting.hyphen).units
    for end in hyphens if hyphens and line.worth(cut) else ():
        width = line.width(end)
        if width is not None and width + hyphen > line.room + line.doubt:
            continue
        shape = setting.shape(text[start:end] + setting.hyphen)
        if _has_room(setting, shape, line.room):
            return _answer(shape, line.max_width, len(text[start:end].encode()), setting.hyphen)
    shape = setting.shape(text[start:cut].rstrip(" "))
    return _answer(shape, line.max_width, len(text[start:cut].encode()))


def _overfull(setting: Setting, text: str, after: int, context: Any, max_width: float) -> tuple[Any, ...]:
    """Return the first word of a text, the last before a break, on a line that it is too wide for."""
    word, room = text[:after].rstrip(" "), _room(max_width)
    if " " in word or not word or (after < len(text) and not (after - len(word) == 1 and text[after].isalnum())):
        raise _Doubt
    if setting.white_space != "normal" and word != text:
        raise _Doubt
    hyphens = _hyphens(setting, text, 0, after, context)
    for end in hyphens:
        shape = setting.shape(text[:end] + setting.hyphen)
        if end == hyphens[-1] or (room and _has_room(setting, shape, room)):
            return _answer(shape, max_width, len(text[:end].encode()), setting.hyphen)
    shape = setting.shape(word)
    return _answer(shape, max_width, shape.line.length + 1 if len(word) + 1 < len(text) else None)


def _fitted(setting: Setting, text: str, context: Any, max_width: float) -> tuple[Any, ...]:
    """Return the first line of a text in a column of some width."""
    room = _room(max_width)
    ruler = known_ruler(setting, text)
    line = _Line(setting, ruler, text, max_width) if ruler else None
    whole = line.width(len(line.ruler.text)) if line else None
    if line is None or whole is None or whole <= room + line.doubt:
        shape = setting.shape(text)
        if _has_room(setting, shape, room):
            return _answer(shape, max_width, None)
    if setting.white_space != "normal":
        raise _Doubt
    return _broken(line or _Line(setting, ruler_of(setting, text), text, max_width), context)


def _least(setting: Setting, text: str, context: Any) -> tuple[Any, ...]:
    """Return the first word of a text, as short as hyphens make it: what remains on a line without room."""
    found = _WORD.match(text)
    if found is not None:
        return _overfull(setting, text, min(found.end() + 1, len(text)), context, 0)
    ruler = ruler_of(setting, text)
    start = len(ruler.text) - len(text)
    return _overfull(setting, text, ruler.first(start), context, 0)


def split_first_line(
    text: str, style: Any, context: Any, max_width: float | None, justification_spacing: float, **line: bool
) -> tuple[Any, ...]:
    """Return layout, length in bytes, bytes to skip for the next line, width, height and baseline of a first line."""
    setting = None if justification_spacing or not plain(text) else setting_of(style)
    if setting is not None and setting.size:
        if max_width is None or setting.white_space == "nowrap":
            return _answer(setting.shape(text), max_width, None)
        with suppress(_Doubt):
            if max_width > 0:
                return _fitted(setting, text, context, max_width)
            if max_width == 0:
                return _least(setting, text, context)
        return _asked(setting, context, (text, style, context, max_width, 0), line)
    return _split(text, style, context, max_width, justification_spacing, **line)  # type: ignore[no-any-return]


def _asked(setting: Setting, context: Any, question: tuple[Any, ...], line: Mapping[str, bool]) -> tuple[Any, ...]:
    """Return the first line that the engine decides on, asked once for a document, and kept as ours are."""
    text, _, _, max_width, _ = question
    known = context.__dict__.setdefault("asked", {})
    key = setting, text, max_width, *sorted(line.items())
    if key not in known:
        layout, length, resume, *size = answer = _split(*question, **line)
        shape = setting.shape(layout.text) if plain(layout.text) else None
        if shape is None or [shape.width, shape.height, shape.baseline] != size:
            return answer  # type: ignore[no-any-return]
        known[key] = shape, layout.max_width, length, resume
    shape, room, length, resume = known[key]
    return Kept(shape, room), length, resume, shape.width, shape.height, shape.baseline


@lru_cache(4096)
def word_bounds(text: str, language: str) -> tuple[int, int] | None:
    """Return where the first word of a text begins and ends."""
    return _bounds(text, language)  # type: ignore[no-any-return]


@lru_cache(4096)
def can_break_text(text: str, language: str | None) -> bool:
    """Tell whether a text can be broken at all."""
    return _can_break(text, language)  # type: ignore[no-any-return]
