"""The engine's own style sheets without what no page of ours can meet: a third of the rules are left.

In comes the folder of WeasyPrint 70.0 with its sheets; out goes one that reads them shorter. What is left out are
rules for elements and attributes that neither our templates nor the dialect write, attributes that say how things look
(nobody asks the engine to heed them), and the counters of other scripts, which are read when a sheet names one.
"""

import re
from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Any

_OUTLINE = (
    "html head title meta link style base body header footer main nav section article aside div address"
    " h1 h2 h3 h4 h5 h6 p blockquote figure figcaption img svg hr ol ul li dl dt dd"
    " table caption colgroup col thead tbody tfoot tr th td")
_PHRASES = "a em strong b i u s q code kbd samp var sub sup small abbr cite dfn span br wbr mark object"
ELEMENTS = frozenset(f"{_OUTLINE} {_PHRASES}".split())
"""What may stand on a page: all that the templates and the dialect write, and some that they might."""
_SIMPLE = re.compile(r"(?:([a-z]\w*)|(?=[:@]))(?:\[(?:title|hidden)\]|::?[a-z-]+)*")
"""A selector of one element, or none, with nothing asked of it that our pages never answer."""
_UNASKED = re.compile(r"\[(?!title|hidden)|input|select")
_COUNTER = re.compile(r"@counter-style ([\w-]+)")
_LATIN = re.compile(
    r"disc|circle|square|disclosure-\w+|decimal|decimal-leading-zero|(?:lower|upper)-(?:roman|alpha|latin)")


def _met(selector: str) -> bool:
    """Tell whether a selector may find something on a page of ours."""
    if simple := _SIMPLE.fullmatch(selector):
        return simple[1] is None or simple[1] in ELEMENTS
    return not _UNASKED.search(selector)


def _shorten(line: str) -> str:
    """Return a rule without the selectors that find nothing; nothing when none is left."""
    head, brace, body = line.partition(" {")
    if not brace or head.startswith((" ", "@")) or "(" in head:
        return "" if brace and not _met(head) else line
    left = [selector for selector in head.split(", ") if _met(selector)]
    return f"{', '.join(left)} {{{body}" if left else ""


def _foreign(line: str) -> bool:
    name = _COUNTER.match(line)
    return name is not None and line.count("@") == 1 and not _LATIN.fullmatch(name[1])


def shorten(sheet: str) -> str:
    """Return the sheet of all elements without what no page of ours can meet; a rule is a line there."""
    return "\n".join(_shorten(line) for line in sheet.split("\n") if not _foreign(line))


def foreign_counters(sheet: str) -> str:
    """Return the counters of other scripts that ``shorten`` leaves out."""
    return "\n".join(filter(_foreign, sheet.split("\n")))


class Shelf:
    """The engine's folder of style sheets, or one of them, read shorter."""

    def __init__(self, path: Any, blank: Collection[str] = ()) -> None:
        self.path, self.blank = path, blank

    def __truediv__(self, name: str) -> "Shelf":
        return Shelf(self.path / name, self.blank)

    def read_text(self, encoding: str) -> str:
        """Return a sheet; nothing of one that is to be blank."""
        return "" if self.path.name in self.blank else shorten(self.path.read_text(encoding))


def late_counters(known: Any, read: Callable[[], Mapping[str, Any]]) -> Any:
    """Return the engine's class of counter styles, with those of other scripts read when one is missed."""
    foreign = cache(read)

    class Late(known):  # type: ignore[misc]
        """Counter styles by name."""

        def __contains__(self, name: object) -> bool:
            if not super().__contains__(name) and name in foreign():
                self.update({other: style for other, style in foreign().items() if other not in self.keys()})
            return bool(super().__contains__(name))

    return Late
