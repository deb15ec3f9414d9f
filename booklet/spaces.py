"""Colour spaces of a PDF → which inks a colour stands for (ISO 32000-1, 8.6).

In come the objects that name a colour space, and the values set in it; out go ``Space`` and ``Colour``. It refuses to
know what is painted with them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, Dictionary, Name, PdfError, Stream, String

PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
_SHORT = {"/G": "/DeviceGray", "/RGB": "/DeviceRGB", "/CMYK": "/DeviceCMYK", "/I": "/Indexed"}
_DEVICE = {"DeviceGray": 1, "DeviceRGB": 3, "DeviceCMYK": 4}
_COUNTS = {**_DEVICE, "CalGray": 1, "CalRGB": 3, "Lab": 3}
_DEEPEST = 8
_NOTHING = 0.001


@dataclass(frozen=True, slots=True)
class Space:
    """A colour space, resolved as far as inks go."""

    family: str
    components: int
    base: "Space | None" = None
    """Of an indexed space its base, of a spot colour its alternate, of a pattern what it is painted in."""
    names: tuple[str, ...] = ()
    """Of the colourants of a Separation or DeviceN space."""
    table: bytes = b""
    stands_for: str = ""
    """The device space that a default space replaces."""
    source: Any = field(default=None, compare=False)
    """The object it was made from."""

    def chain(self) -> tuple["Space", ...]:
        """Return the space and all it is built on."""
        return (self, *self.base.chain()) if self.base else (self,)

    @property
    def initial(self) -> tuple[float, ...]:
        """Return the values a colour has before any are set (ISO 32000-1, 8.6.5)."""
        if self.family == "DeviceCMYK":
            return 0.0, 0.0, 0.0, 1.0
        return (1.0 if self.names else 0.0,) * self.components


GREY = Space("DeviceGray", 1)
CMYK = Space("DeviceCMYK", 4)
UNKNOWN = Space("unknown", 1)


@dataclass(frozen=True, slots=True)
class Colour:
    """What something is painted with."""

    space: Space
    values: tuple[float, ...]
    pattern: Any = None
    """The pattern's object; then ``values`` is its colour, if it has none of its own."""

    @property
    def inks(self) -> Mapping[str, float]:
        """Return ink → share between 0 and 1 of what is printed; other colours guessed by their brightness."""
        return {ink: share for ink, share in _inks(self.space, self.values).items() if share > _NOTHING}

    @property
    def white(self) -> bool:
        """Tell whether it leaves the paper bare."""
        return self.pattern is None and not self.inks

    @property
    def pure_black(self) -> bool:
        """Tell whether it is 100 % of black and nothing else."""
        inks = self.inks
        return self.pattern is None and inks.keys() == {"Black"} and inks["Black"] > 0.99


BLACK = Colour(GREY, (0.0,))


def _inks(space: Space, values: Sequence[float]) -> dict[str, float]:
    shares = [min(1.0, max(0.0, value)) for value in values]
    if space.family == "Indexed" and space.base:
        entry = int(values[0]) if values else 0
        raw = space.table[entry * space.base.components:(entry + 1) * space.base.components]
        return _inks(space.base, [byte / 255 for byte in raw])
    if space.family in ("Separation", "DeviceN"):
        found = dict(zip(space.names, shares, strict=False))
        found.pop("None", None)
        return found
    if space.family == "Pattern":
        return _inks(space.base, values) if space.base else {}
    if space.components == 4:
        return dict(zip(PROCESS, shares, strict=False))
    if space.family == "Lab":
        return dict.fromkeys(PROCESS[:3], 1 - min(1.0, values[0] / 100)) if values else {}
    if space.components == 3:
        return dict(zip(PROCESS, (1 - share for share in shares), strict=False))
    return {"Black": 1 - shares[0]} if shares else {}


def is_image_black(space: Space) -> bool:
    """Tell whether a picture in this space prints with black ink alone."""
    return space.family in ("DeviceGray", "CalGray") or space.names == ("Black",)


def resolve(thing: Any, resources: Any, depth: int = 0) -> Space:
    """Return the space that a name or an array stands for; ``UNKNOWN`` when it cannot be made out."""
    if depth > _DEEPEST or thing is None:
        return UNKNOWN
    if isinstance(thing, Name):
        return _named(str(thing), resources, depth)
    if not isinstance(thing, Array) or not len(thing):
        return UNKNOWN
    kind = _SHORT.get(str(thing[0]), str(thing[0]))
    if len(thing) == 1:
        return _named(kind, resources, depth)
    maker = _MAKERS.get(kind)
    if maker is None:
        family = kind.removeprefix("/")
        return Space(family, _COUNTS.get(family, 1), source=thing) if family in _COUNTS else UNKNOWN
    return maker(thing, resources, depth)


def _named(name: str, resources: Any, depth: int) -> Space:
    spaces = resources.get("/ColorSpace") if isinstance(resources, Dictionary) else None
    spaces = spaces if isinstance(spaces, Dictionary) else Dictionary()
    if name in _SHORT and name not in spaces:
        name = _SHORT[name]
    family = name.removeprefix("/")
    if family in _DEVICE:
        default = spaces.get(name.replace("Device", "Default"))
        if isinstance(default, Array) and depth == 0:
            made = resolve(default, Dictionary(), depth + 1)
            return Space(made.family, made.components, made.base, made.names, made.table, family, made.source)
        return Space(family, _DEVICE[family])
    if family == "Pattern":
        return Space("Pattern", 0)
    found = spaces.get(name)
    return resolve(found, resources, depth + 1) if found is not None and str(found) != name else UNKNOWN


def _icc(thing: Any, resources: Any, depth: int) -> Space:
    stream = thing[1]
    count = stream.get("/N", 0) if isinstance(stream, Stream) else 0
    return Space("ICCBased", int(count) if count in (1, 3, 4) else 1, source=thing)


def _indexed(thing: Any, resources: Any, depth: int) -> Space:
    base = resolve(thing[1], resources, depth + 1)
    lookup = thing[3] if len(thing) > 3 else b""
    return Space("Indexed", 1, base, (), _bytes(lookup), source=thing)


def _separation(thing: Any, resources: Any, depth: int) -> Space:
    names = [thing[1]] if str(thing[0]) == "/Separation" else list(thing[1])
    base = resolve(thing[2], resources, depth + 1) if len(thing) > 2 else UNKNOWN
    family = str(thing[0]).removeprefix("/")
    return Space(family, len(names), base, tuple(str(name).removeprefix("/") for name in names), source=thing)


def _pattern(thing: Any, resources: Any, depth: int) -> Space:
    base = resolve(thing[1], resources, depth + 1)
    return Space("Pattern", base.components, base)


_MAKERS = {"/ICCBased": _icc, "/Indexed": _indexed, "/Separation": _separation, "/DeviceN": _separation,
           "/Pattern": _pattern}


def _bytes(thing: Any) -> bytes:
    if isinstance(thing, Stream):
        try:
            return thing.read_bytes()
        except PdfError:
            return b""
    return bytes(thing) if isinstance(thing, String | bytes) else b""
