"""Functions and shadings of a PDF: do they give as many values as their colours need (ISO 32000-1, 7.10 and 8.7.4.5)?

In come their objects; out go sentences about what is wrong. It refuses to know pages.
"""

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Object, PdfError, Stream

from booklet.calculator import values_left
from booklet.figures import numbers
from booklet.spaces import UNKNOWN, Space, resolve

_DEEPEST = 8
_COORDS = {2: 4, 3: 6}
_MESHES = (4, 5, 6, 7)


class BrokenFunction(ValueError):
    """A function that gives nothing, or not what it must."""


def _entry(function: Any, key: str) -> tuple[float, ...]:
    return numbers(function.get(key) or ())


def outputs(function: Any, inputs: int, depth: int = 0) -> int:
    """Return how many values a function gives; ``BrokenFunction`` with the reason when it cannot."""
    if not isinstance(function, Dictionary | Stream) or depth > _DEEPEST:
        raise BrokenFunction("is not there")
    domain = _entry(function, "/Domain")
    if len(domain) != 2 * inputs:
        raise BrokenFunction(f"has a domain of {len(domain)} numbers instead of {2 * inputs}")
    kind = function.get("/FunctionType")
    found = {0: _sampled, 2: _exponential, 3: _stitching, 4: _calculator}.get(kind if isinstance(kind, int) else -1)
    if found is None:
        raise BrokenFunction(f"is of an unknown type {kind}")
    count = found(function, depth)
    spread = _entry(function, "/Range")
    if spread and len(spread) != 2 * count:
        raise BrokenFunction(f"has a range for {len(spread) // 2} values but gives {count}")
    return count


def _sampled(function: Any, depth: int) -> int:
    count, size = len(_entry(function, "/Range")) // 2, _entry(function, "/Size")
    bits = function.get("/BitsPerSample", 0)
    if not count or not size or bits not in (1, 2, 4, 8, 12, 16, 24, 32):
        raise BrokenFunction("lacks its range, size or bits a sample")
    wanted = count * bits
    for side in size:
        wanted *= int(side)
    try:
        data = function.read_bytes() if isinstance(function, Stream) else b""
    except PdfError as broken:
        raise BrokenFunction("cannot be decoded") from broken
    if len(data) * 8 < wanted:
        raise BrokenFunction(f"has {len(data)} bytes of samples instead of {(wanted + 7) // 8}")
    return count


def _exponential(function: Any, depth: int) -> int:
    first, last = (_entry(function, key) for key in ("/C0", "/C1"))
    if function.get("/N") is None:
        raise BrokenFunction("has no exponent")
    if len(first or (0.0,)) != len(last or (1.0,)):
        raise BrokenFunction(f"begins with {len(first or (0.0,))} values and ends with {len(last or (1.0,))}")
    return len(first or (0.0,))


def _stitching(function: Any, depth: int) -> int:
    parts = list(function.get("/Functions") or ())
    bounds, encode = _entry(function, "/Bounds"), _entry(function, "/Encode")
    if not parts or len(bounds) != len(parts) - 1 or len(encode) != 2 * len(parts):
        raise BrokenFunction(f"joins {len(parts)} parts with {len(bounds)} bounds and {len(encode)} encodings")
    low, high = _entry(function, "/Domain")
    if list(bounds) != sorted(bounds) or any(not low <= bound <= high for bound in bounds):
        raise BrokenFunction("joins parts at bounds that are not in order within its domain")
    counts = {outputs(part, 1, depth + 1) for part in parts}
    if len(counts) > 1:
        raise BrokenFunction("joins parts that give different numbers of values")
    return counts.pop()


def _calculator(function: Any, depth: int) -> int:
    count = len(_entry(function, "/Range")) // 2
    if not count or not isinstance(function, Stream):
        raise BrokenFunction("lacks its range")
    try:
        left = values_left(function.read_bytes(), len(_entry(function, "/Domain")) // 2)
    except PdfError as broken:
        raise BrokenFunction("cannot be decoded") from broken
    except ValueError as broken:
        raise BrokenFunction(str(broken)) from broken
    if left is not None and left < count:
        raise BrokenFunction(f"leaves {left} values instead of {count}")
    return count


def _given(function: Any, inputs: int) -> int:
    """Return how many values one function or an array of them gives."""
    if not isinstance(function, Array):
        return outputs(function, inputs)
    counts = [outputs(one, inputs) for one in function]
    if any(count != 1 for count in counts):
        raise BrokenFunction("stands in a row, but gives more than one value")
    return len(counts)


def shading_faults(shading: Any) -> Iterator[str]:
    """Yield what is wrong with a shading."""
    if not isinstance(shading, Dictionary | Stream):
        yield "the shading is not there"
        return
    kind = int(shading.get("/ShadingType", 0))
    space = resolve(shading.get("/ColorSpace"), Dictionary())
    if kind not in (1, 2, 3, *_MESHES) or space is UNKNOWN:
        yield f"the shading is of an unknown type {kind} or has no colour space"
        return
    if kind in _COORDS and len(_entry(shading, "/Coords")) != _COORDS[kind]:
        yield f"the shading has {len(_entry(shading, '/Coords'))} coordinates instead of {_COORDS[kind]}"
    if kind == 3 and any(radius < 0 for radius in _entry(shading, "/Coords")[2::3]):
        yield "the shading has a negative radius"
    if kind in _MESHES and not (isinstance(shading, Stream) and shading.read_bytes()):
        yield "the shading is a mesh without data"
    yield from _colours(shading, kind, space)


def _colours(shading: Any, kind: int, space: Space) -> Iterator[str]:
    function = shading.get("/Function")
    if function is None:
        if kind not in _MESHES:
            yield "the shading has no function"
        return
    try:
        count = _given(function, 2 if kind == 1 else 1)
    except BrokenFunction as broken:
        yield f"the function of the shading {broken}"
        return
    if count != space.components:
        yield f"the function of the shading gives {count} values, {space.family} has {space.components}"


def tint_faults(space: Space) -> Iterator[str]:
    """Yield what is wrong with how a spot colour is turned into inks."""
    for part in space.chain():
        if part.family not in ("Separation", "DeviceN") or part.base is None or not isinstance(part.source, Object):
            continue
        try:
            count = outputs(part.source[3] if len(part.source) > 3 else None, len(part.names))
        except BrokenFunction as broken:
            yield f"the function of the spot colour '{part.names[0]}' {broken}"
            continue
        if count != part.base.components:
            yield (f"the function of the spot colour '{part.names[0]}' gives {count} values, "
                   f"{part.base.family} has {part.base.components}")
