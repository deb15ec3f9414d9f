"""Numbers as they are written into a page or refer to one, each worked out once.

In come numbers and other small things that pydyf writes; out come their bytes. Refuses to know what they mean.
"""

from typing import Any

from weasyprint.pdf.stream import pydyf

_MOST = 1 << 15
_to_bytes = pydyf._to_bytes


class Kept(dict[Any, Any]):
    """What was made before; not endlessly much."""

    def keep(self, key: Any, made: Any) -> Any:
        """Remember what was made for a key, and return it."""
        if len(self) >= _MOST:
            self.clear()
        self[key] = made
        return made


class _Numbers(Kept):
    """Number → its digits."""

    def __missing__(self, number: float) -> bytes:
        """Write a number as the engine does."""
        if type(number) is float and not number.is_integer():
            return self.keep(number, f"{number:f}".rstrip("0").encode("ascii"))  # type: ignore[no-any-return]
        return self.keep(number, _to_bytes(number))  # type: ignore[no-any-return]


numbers = _Numbers()


def to_bytes(item: Any) -> bytes:
    """Return what is written for a number, a text, or a thing that knows it itself."""
    kind = type(item)
    if kind is bytes:
        return item  # type: ignore[no-any-return]
    if kind is float:
        return numbers[item]  # type: ignore[no-any-return]
    if kind is str or kind is int:
        return str(item).encode("ascii")
    return _to_bytes(item)  # type: ignore[no-any-return]


def page_references(pdf: Any) -> tuple[bytes, ...]:
    """Return what refers to the pages of a file, of which the engine asks once for every box."""
    numbers = pdf.pages["Kids"][::3]
    known: tuple[bytes, ...] = pdf.__dict__.get("known_pages", ())
    if len(known) != len(numbers):
        known = pdf.__dict__["known_pages"] = tuple([b"%d 0 R" % number for number in numbers])
    return known
