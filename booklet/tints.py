"""Colour operators of a PDF → the colour that is painted with next (ISO 32000-1, 8.6.8).

In come an operator and its operands; out goes a colour. It refuses to know what is painted.
"""

from typing import Any

from pikepdf import Dictionary, Name

from booklet.canvas import Canvas
from booklet.figures import numbers
from booklet.spaces import UNKNOWN, Colour, Space, resolve

OPERATORS = frozenset({"g", "G", "rg", "RG", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN"})
_SPACES = {"g": "/DeviceGray", "rg": "/DeviceRGB", "k": "/DeviceCMYK"}


def choose(operator: str, operands: Any, before: Colour, resources: Any, canvas: Canvas) -> Colour:
    """Return the colour that an operator sets; ``before`` is the one that was set."""
    values = numbers(operands)
    if operator in _SPACES:
        return Colour(resolve(Name(_SPACES[operator]), resources), values)
    if operator == "cs":
        space = resolve(operands[0] if len(operands) else None, resources)
        if space is UNKNOWN:
            canvas.remark("content-damaged", "a colour space is used that cannot be made out")
        return Colour(space, space.initial)
    if not len(operands) or not isinstance(operands[-1], Name):
        return Colour(before.space, values)
    space = before.space if before.space.family == "Pattern" else Space("Pattern", 0)
    return Colour(space, values, find(resources, "/Pattern", operands, canvas))


def find(resources: Any, kind: str, operands: Any, canvas: Canvas) -> Any:
    """Return what the last operand names among the resources; a remark when it names nothing."""
    name = operands[-1] if len(operands) else None
    shelf = resources.get(kind)
    found = shelf.get(str(name)) if isinstance(shelf, Dictionary) and isinstance(name, Name) else None
    if found is None:
        canvas.remark("content-damaged", f"'{name}' is used, but is not among the resources ({kind[1:]})")
    return found
