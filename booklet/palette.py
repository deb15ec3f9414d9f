"""The palette: each colour of the booklet with its inks, and what a profile makes of it.

In comes ``styles/palette.yaml``; out go style tokens, and drawings in the colours of a profile. A colour that is not
in the palette is an error. Knows no page and no picture file but SVG text.
"""

import re
from collections.abc import Mapping as Map
from functools import partial
from pathlib import Path, PurePosixPath

from msgspec import Struct

from booklet.collector import Collector
from booklet.findings import Position
from booklet.memory import Memory
from booklet.model import Picture
from booklet.nodes import Mapping, Node, Scalar, Sequence, read_nodes
from booklet.paints import paint_faults
from booklet.source import TEXT_LIMIT, Shelf, open_shelf, read_bytes, read_letters

MOST_INK = 240
"""Per cent; more than this sets off on the next sheet (a house limit below the profile's 300)."""
LEAST_CONTRAST = 4.5
"""Of words on white, and of white words on a theme's colour (WCAG 2.1, 1.4.3, level AA)."""
_USES = ("text", "surface", "theme", "line")
_KEYS = ("use", "what", "cmyk", "srgb", "grey")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b")
_PAINT = re.compile(r'\b(fill|stroke)="var\(--([a-z-]+)\)"')
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ROOT = re.compile(r"<(?:[\w.-]+:)?svg\b(?=([^>]*)>)")


class Colour(Struct, frozen=True):
    """One colour in its three inks."""

    name: str
    use: str
    what: str
    cmyk: tuple[int, int, int, int]
    srgb: str
    grey: int
    position: Position

    def css(self, ink: str) -> str:
        """Return the colour as the style sheets of a profile write it."""
        if ink == "cmyk":
            return "device-cmyk({} {} {} {})".format(*(f"{part / 100:g}" for part in self.cmyk))
        if ink == "grey":
            level = round(255 * (1 - self.grey / 100))
            return f"#{level:02x}{level:02x}{level:02x}"
        return self.srgb


class Palette(Struct, frozen=True):
    """All colours, in the order of the file."""

    colours: tuple[Colour, ...]

    @property
    def themes(self) -> frozenset[str]:
        """Return the names a theme may choose from."""
        return frozenset(colour.name for colour in self.colours if colour.use == "theme")

    def tokens(self, ink: str, theme: str) -> dict[str, str]:
        """Return the names that style sheets use, with their values, on a page of the colour ``theme``."""
        values = {colour.name: colour.css(ink) for colour in self.colours}
        own = theme if theme in values else "ink"
        return values | {"theme": values[own], "theme-tint": values.get(f"{own}-tint", values.get("sand", "white"))}

    def classes(self, ink: str) -> str:
        """Return a rule for each theme colour, for what is shown in a colour that is not its page's."""
        return "\n".join(
            f".ink-{colour.name} {{ color: {colour.css(ink)}; border-color: {colour.css(ink)} }}"
            for colour in self.colours if colour.use == "theme")

    def paint(self, html: str, ink: str, theme: str) -> str:
        """Return HTML whose drawings have their tokens replaced by the inks of a profile."""
        tokens = self.tokens(ink, theme)
        return _PAINT.sub(lambda match: f'{match[1]}="{tokens[match[2]]}"', html)

    def recolour(self, picture: Picture, ink: str, found: Collector) -> bytes:
        """Return a drawing in the inks of a profile; every colour that is not of the palette is an error."""
        known = {colour.srgb.lower(): colour.css(ink) for colour in self.colours}
        path = picture.position.path.with_name(PurePosixPath(picture.path).name)
        try:
            text = picture.content.decode("utf-8")
        except UnicodeDecodeError:
            found.error("not-utf8", "the drawing is not in UTF-8", Position(path), "save it as UTF-8")
            return b""
        for fault in paint_faults(picture.content, known):
            place = Position(path, fault.line)
            if fault.colour:
                found.error("colour-not-in-palette", f"the drawing uses '{fault.what}'", place,
                            "use the sRGB value of a colour in the palette")
            else:
                found.error("drawing-effect", f"the drawing uses {fault.what}", place,
                            "use flat colours: a tint of the palette, or a picture of pixels")
        made = _COLOUR.sub(lambda match: known.get(match[0].lower(), match[0]), _COMMENT.sub("", text))
        black = f' fill="{self.tokens(ink, "")["ink"]}"'  # for shapes without a colour of their own
        return _ROOT.sub(lambda root: root[0] + ("" if " fill=" in root[1] else black), made, count=1).encode()


def contrast(one: str, other: str) -> float:
    """Return the contrast of two sRGB colours, 1 to 21 (WCAG 2.1, relative luminance and contrast ratio)."""
    def luminance(colour: str) -> float:
        parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _numbers(node: Node | None) -> list[int]:
    items = node.items if isinstance(node, Sequence) else (node,)
    texts = [item.text if isinstance(item, Scalar) else "" for item in items]
    return [int(text) for text in texts if re.fullmatch(r"\d{1,3}", text) and int(text) <= 100]


def _text(node: Node | None) -> str:
    return node.text if isinstance(node, Scalar) else ""


def _colour(name: Scalar, values: Map[str, Node], found: Collector) -> Colour | None:
    """Return one entry of the palette, or nothing when it is wrong."""
    cmyk, grey = _numbers(values.get("cmyk")), _numbers(values.get("grey"))
    use, srgb, faults = _text(values.get("use")), _text(values.get("srgb")), len(found)

    def demand(right: bool, code: str, message: str, hint: str) -> None:
        if not right:
            found.error(code, f"the colour '{name.text}' {message}", name.position, hint)

    keys = set(values) == set(_KEYS)
    demand(keys, "palette-keys", f"has the keys {', '.join(values)}", f"give {', '.join(_KEYS)}")
    demand(use in _USES, "palette-use", f"is for '{use}'", f"use one of {', '.join(_USES)}")
    hexadecimal = re.fullmatch(r"#[0-9a-fA-F]{6}", srgb) is not None
    demand(hexadecimal, "palette-value", f"has srgb '{srgb}'", 'write srgb as "#14506e"')
    demand(len(cmyk) == 4, "palette-value", "has no four inks", "write cmyk as [92, 45, 20, 30], each 0 to 100")
    demand(len(grey) == 1, "palette-value", "has no grey", "write grey as per cent of black, 0 to 100")
    demand(sum(cmyk) <= MOST_INK, "palette-ink", f"lays {sum(cmyk)} % of ink", f"stay at or under {MOST_INK} % in all")
    demand(use != "text" or sum(map(bool, cmyk)) <= 2, "palette-ink", "is for text and made of more than two inks",
           "make text colours of one or two inks")
    if len(found) > faults:
        return None
    least = {"text": contrast(srgb, "#ffffff"), "theme": contrast(srgb, "#ffffff")}.get(use, LEAST_CONTRAST)
    demand(least >= LEAST_CONTRAST, "palette-contrast", f"has a contrast of {least:.1f} to white",
           f"make it darker: at least {LEAST_CONTRAST}")
    if len(found) > faults:
        return None
    c, m, y, k = cmyk
    return Colour(name.text, use, _text(values.get("what")), (c, m, y, k), srgb, grey[0], name.position)


def read_palette(styles: Path, found: Collector, memory: Memory | None = None) -> Palette:
    """Return the palette of a styles folder; what is wrong with it is in ``found``."""
    return palette_of(open_shelf(styles, found, memory), found)


def palette_of(shelf: Shelf | None, found: Collector) -> Palette:
    """Return the palette of a shelf; what is wrong with it is in ``found``."""
    content = read_bytes(shelf, "palette.yaml", TEXT_LIMIT, found) if shelf else None
    if shelf is None or content is None:
        return Palette(())
    path = shelf.path("palette.yaml")
    return shelf.memory.recall(
        Palette, (str(path), content), found, partial(_read_palette, content, path)) or Palette(())


def _read_palette(content: bytes, path: Path, found: Collector) -> Palette:
    text = read_letters(content, path, found)
    tree = read_nodes(text, path, found) if text else None
    if tree and not isinstance(tree, Mapping):
        found.error("palette-keys", "the palette is no list of colours", Position(path),
                    "write a name, a colon, and the colour's keys below")
    colours = []
    for name, entry in tree.pairs if isinstance(tree, Mapping) else ():
        values = {key.text: value for key, value in entry.pairs} if isinstance(entry, Mapping) else {}
        if colour := _colour(name, values, found):
            colours.append(colour)
    names = {colour.name for colour in colours}
    wanted = {"ink", *(f"{colour.name}-tint" for colour in colours if colour.use == "theme")}
    for absent in sorted(wanted - names) if not len(found) else ():
        found.error("palette-keys", f"the colour '{absent}' is missing", Position(path), "add it")
    return Palette(tuple(colours))
