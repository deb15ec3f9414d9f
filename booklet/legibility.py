"""Words judged by those who must read them: type that is too small, colours that do not stand out.

In comes a galley and what colours look like; out go faults. It refuses to know files.
"""

import re
from collections.abc import Iterator, Mapping

from booklet.galleys import Fault, Galley, box_of, quote
from booklet.measures import Home, Line, Words
from booklet.palette import Palette, contrast

_LARGE, _LARGE_BOLD = 18.0, 14.0
"""In pt: what WCAG 2.1 calls large."""
_PAPER = "#ffffff"
_LEAST_SLACK = 0.01
_PT = 72 / 25.4
_FONT_SIZE = re.compile(r"font-size\s*[:=]\s*[\"']?\s*([\d.]+)(?:px)?\s*[;\"'}]")
_VIEW = re.compile(r"viewBox\s*=\s*[\"']\s*[-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+)")
_WIDE = re.compile(r"<svg\b[^>]*\bwidth\s*=\s*[\"']([\d.]+)")


def shades_of(palette: Palette, ink: str) -> dict[str, str]:
    """Return each colour of the palette as it is measured → as it is seen on a screen."""
    found = {}
    for colour in palette.colours:
        cmyk = "cmyk " + " ".join(f"{part:g}" for part in colour.cmyk)
        found[cmyk if ink == "cmyk" else colour.css(ink).lower()] = colour.css("grey" if ink == "grey" else "srgb")
    return found


def _seen(colour: str, shades: Mapping[str, str]) -> str:
    """Return a colour as a screen shows it; inks that are no colour of the palette roughly."""
    if not colour:
        return _PAPER
    if colour in shades:
        return shades[colour]
    if colour.startswith("cmyk "):
        *inks, black = (float(part) / 100 for part in colour.split()[1:])
        return "#" + "".join(f"{round(255 * (1 - ink) * (1 - black)):02x}" for ink in inks)
    return colour


def judge_drawings(galley: Galley, pictures: Mapping[str, bytes]) -> Iterator[Fault]:
    """Yield drawings whose smallest words are too small in the size that they have on the page."""
    for thing in galley.measures.things:
        drawing = pictures.get(thing.source, b"").decode("utf-8", "replace") if thing.source.endswith(".svg") else ""
        sizes = [float(size) for size in _FONT_SIZE.findall(drawing)] if "<text" in drawing else []
        width = _width(drawing)
        size = min(sizes, default=0) * (thing.right - thing.left) / width * _PT if width else 0
        if 0 < size < galley.standard.smallest - _LEAST_SLACK:
            yield Fault("small-type", f"words of the picture '{thing.source}' are {size:.1f} pt high here",
                        f"draw them larger: {galley.standard.smallest:g} pt at least", thing.page,
                        (thing.left, thing.top, thing.right, thing.bottom), thing.home)


def _width(drawing: str) -> float:
    """Return how many units a drawing is wide; 0 when it does not say."""
    match = _VIEW.search(drawing) or _WIDE.search(drawing)
    return float(match[1]) if match else 0


def judge_words(galley: Galley, shades: Mapping[str, str]) -> Iterator[Fault]:
    """Yield words that are too small or too faint, each once in a paragraph and page."""
    standard = galley.standard
    told: set[tuple[object, ...]] = set()
    for paragraph, line in galley.lines():
        for words in line.words:
            if not words.text.strip():
                continue
            small = words.size < standard.smallest - _LEAST_SLACK and not words.raised
            if small and ("small", paragraph.home, words.size) not in told:
                told.add(("small", paragraph.home, words.size))
                yield Fault("small-type", f"{quote(words.text)} is set in {words.size:g} pt",
                            f"set it in {standard.smallest:g} pt or larger", line.page, box_of([line]), paragraph.home,
                            words.text)
            large = words.size >= _LARGE or (words.bold and words.size >= _LARGE_BOLD)
            least = standard.contrast_large if large else standard.contrast
            ratio = contrast(_seen(words.colour, shades), _seen(words.ground, shades))
            faint = "faint", paragraph.home, words.colour, words.ground
            if ratio < least and faint not in told:
                told.add(faint)
                yield _faint(line, words, ratio, least, paragraph.home)


def _faint(line: Line, words: Words, ratio: float, least: float, home: Home) -> Fault:
    message = f"{quote(words.text)} has a contrast of {ratio:.1f} to what lies behind it"
    return Fault("faint-words", message, f"make it {least:g} at least: choose another colour of the palette",
                 line.page, box_of([line]), home, words.text)
