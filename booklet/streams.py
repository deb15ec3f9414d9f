"""Content streams → operators with their operands, never more than a budget.

In comes a page or a stream of an open PDF; out go operators. What cannot be read is a remark, not an exception. It
refuses to know what operators mean.
"""

import warnings
from collections.abc import Callable, Iterator
from typing import Any

from pikepdf import Array, Dictionary, Object, Pdf, PdfError, Stream, parse_content_stream
from pikepdf.exceptions import PdfParsingError

_LONGEST = 48_000_000
"""Bytes of one content stream."""
_MOST = 600_000
"""Operators of a file."""
_CALL = 150
"""So many operators a stream costs, however short."""
_SHORT = 3000
Remarking = Callable[[str, str], None]


MISREAD = (PdfError, PdfParsingError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RuntimeError)
"""What reading a file raises that is not as it should be: a number for a name, half of an array."""


class Budget:
    """How many operators and bytes a file may still spend."""

    def __init__(self, operators: int = _MOST) -> None:
        """Begin with a full purse."""
        self.operators = operators
        self.bytes = 4 * _LONGEST
        self.known: dict[tuple[int, int], list[tuple[str, Any]]] = {}
        """Streams that were read before, by number, as long as they are short."""

    def spend(self) -> bool:
        """Tell whether one operator more can be followed."""
        self.operators -= 1
        return self.operators >= 0


def _bytes(thing: Any) -> bytes:
    """Return the content of a page, the parts of which form one stream (ISO 32000-1, 7.8.2), or of a stream."""
    if isinstance(thing, Stream):
        return thing.read_bytes()
    contents = thing.get("/Contents") if isinstance(thing, Dictionary) else None
    if isinstance(contents, Array):
        return b"\n".join(part.read_bytes() for part in contents if isinstance(part, Stream))
    return contents.read_bytes() if isinstance(contents, Stream) else b""


def operations(pdf: Pdf, thing: Any, budget: Budget, remark: Remarking) -> Iterator[tuple[str, Any]]:
    """Yield operator and operands of a page or stream."""
    key = thing.objgen
    budget.operators -= _CALL
    if key in budget.known:
        steps = budget.known[key]
    else:
        steps = _read(pdf, thing, budget, remark)
        if 0 < len(steps) < _SHORT and key[0]:
            budget.known[key] = steps
    for step in steps:
        if not budget.spend():
            remark("content-too-complex", "the file has more operators than can be checked")
            return
        yield step


def _read(pdf: Pdf, thing: Any, budget: Budget, remark: Remarking) -> list[tuple[str, Any]]:
    """Return all operators of a page or stream; none where it cannot be read."""
    try:
        data = _bytes(thing)
        budget.bytes -= len(data)
        if len(data) > _LONGEST or budget.bytes < 0 or budget.operators < 0:
            remark("content-too-complex", "the content is larger than can be checked")
            return []
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            steps = parse_content_stream(pdf.make_stream(data))
        if told:
            remark("content-damaged", f"the content cannot be read to its end: {str(told[0].message)[:80]}")
        return [(str(step.operator), getattr(step, "iimage", None) or step.operands) for step in steps]
    except (PdfError, PdfParsingError, RuntimeError, ValueError) as broken:
        remark("content-damaged", f"the content cannot be read: {_plain(broken)}")
        return []


def _plain(broken: Exception | Object) -> str:
    words = str(broken).replace("\n", " ")
    return words if len(words) < 120 else f"{words[:119]}…"
