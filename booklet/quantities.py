"""Numbers as authors write them and as the booklet prints them: «1 191», «−42», «65,0», «60–70».

In come words, out go a number to draw by and the words to print: decimal comma, no-break spaces between thousands, a
true minus. It refuses to know what is counted.
"""

import re

from booklet.graphs import Quantity

_NUMBER = r"[-\u2212]?(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:,\d+)?"
_SINGLE = re.compile(_NUMBER)
_RANGE = re.compile(rf"({_NUMBER})\u2013({_NUMBER})")
_NOTHING = ("\u2013", "-")
MINUS, SPACE = "\u2212", "\u00a0"


def is_nothing(words: str) -> bool:
    """Tell whether an author says that there is no number here: with a dash."""
    return words.strip() in _NOTHING


def read_quantity(words: str) -> Quantity | None:
    """Return what some words count; None when they are no number."""
    text = words.strip()
    if _SINGLE.fullmatch(text):
        value = _value(text)
        return Quantity(_printed(text), value, value)
    match = _RANGE.fullmatch(text)
    if match is None or _value(match[1]) >= _value(match[2]):
        return None
    return Quantity(f"{_printed(match[1])}\u2013{_printed(match[2])}", _value(match[1]), _value(match[2]))


def print_number(value: float, decimals: int = 0) -> str:
    """Return a number as the booklet prints it."""
    whole, _, part = f"{abs(value):.{decimals}f}".partition(".")
    sign = MINUS if value < 0 and (set(whole) | set(part)) - {"0"} else ""
    return f"{sign}{_grouped(whole)}{',' if part else ''}{part}"


def _value(text: str) -> float:
    plain = re.sub(r"[ \u00a0\u202f]", "", text)
    return float(plain.replace(MINUS, "-").replace(",", "."))


def _printed(text: str) -> str:
    whole, comma, part = re.sub(r"[ \u00a0\u202f]", "", text).replace("-", MINUS).partition(",")
    sign = MINUS if whole.startswith(MINUS) else ""
    return f"{sign}{_grouped(whole.removeprefix(MINUS))}{comma}{part}"


def _grouped(digits: str) -> str:
    """Return digits in groups of three; four digits stand together only in years, which are no quantities."""
    return re.sub(r"(?<=\d)(?=(?:\d{3})+$)", SPACE, digits)
