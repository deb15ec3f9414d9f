"""Numbers of a PDF as what they mean: a row, a matrix, a box.

In come operands and arrays; out go floats. It refuses to know what they are for.
"""

from typing import Any

from pikepdf import Array, Object

from booklet.plane import IDENTITY, Box, Matrix, around, quarter


def numbers(things: Any) -> tuple[float, ...]:
    """Return the numbers among operands or in an array."""
    if isinstance(things, Object) and not isinstance(things, Array):
        return ()
    found = []
    for thing in things:
        try:
            found.append(float(thing))
        except (TypeError, ValueError):
            continue
    return tuple(found)


def matrix_of(thing: Any) -> Matrix:
    """Return six numbers as a matrix; the identity where they are not six."""
    values = numbers(thing if thing is not None else ())
    return (values[0], values[1], values[2], values[3], values[4], values[5]) if len(values) == 6 else IDENTITY


def box_of(thing: Any) -> Box | None:
    """Return four numbers as a box, whatever corners they name."""
    values = numbers(thing if thing is not None else ())
    if len(values) != 4:
        return None
    return Box(min(values[0::2]), min(values[1::2]), max(values[0::2]), max(values[1::2]))


def fitting(matrix: Matrix, box: Box | None, target: Box) -> Matrix:
    """Return what makes an appearance fill the rectangle of its annotation (ISO 32000-1, 12.5.5)."""
    seen = around(quarter(matrix, box or Box(0, 0, 1, 1)))
    across = target.width / seen.width if seen.width else 1.0
    along = target.height / seen.height if seen.height else 1.0
    return across, 0, 0, along, target.left - seen.left * across, target.bottom - seen.bottom * along
