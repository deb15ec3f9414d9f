"""Style sheets that differ in a few colours: the rules that they share are read once.

In come the sheets of all themes, as text; out go sheets of WeasyPrint 70.0 as it would have read them. Only sheets
whose rules can be told apart without reading them and of which nothing has to be said; all others are the engine's to
read. Knows no colour.
"""

import re
from collections.abc import Sequence
from typing import Any

from weasyprint import CSS, css

from booklet.stencils import Read, find

_PART = re.compile(r"/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|[{}\\\"']", re.DOTALL)
_ODD = re.compile(r"url\(\s*[^\"'\s]", re.IGNORECASE)
"""An address without quotes may hold anything."""
_KNOWN = ("page", "media")


class _Notes:
    """Stands in for what the engine sorts selectors into."""

    def __init__(self) -> None:
        self.added: list[tuple[Any, Any]] = []

    def add_selector(self, selector: Any, payload: Any) -> None:
        """Note a selector."""
        self.added.append((selector, payload))


def rules_of(text: str) -> list[str] | None:
    """Return the rules of a sheet as they are written; None when that cannot be told at a glance."""
    rules, depth, start = [], 0, 0
    if _ODD.search(text):
        return None
    for part in _PART.finditer(text):
        sign = part[0]
        if sign in "\\\"'":
            return None
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return None
        if sign == "}" and not depth:
            rules.append(text[start:part.end()].strip())
            start = part.end()
    rest = re.sub(r"/\*.*?\*/", "", text[start:], flags=re.DOTALL)
    return None if depth or rest.strip() else rules


class Liveries:
    """Reads the sheets of an engine, each rule once."""

    def __init__(self, base: str, **options: Any) -> None:
        """Begin with nothing read; the options are those of the engine's sheets."""
        self._base, self._options = base, options
        self._known: dict[str, Read] = {}

    def dress(self, text: str, said: Sequence[str]) -> Any:
        """Return a sheet; None when the engine has to read all of it, as when it has something to say."""
        texts = rules_of(text)
        if texts is None:
            return None
        read = []
        for rule in texts:
            found = self._known.get(rule) or find(rule) or self.read(rule)
            if found is None or said:
                return None
            self._known[rule] = found
            read.append(found)
        return self._sheet(read)

    def read(self, text: str) -> Read | None:
        """Return what the engine makes of a rule; None for one of another kind."""
        rules = css.tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
        if len(rules) != 1 or not (rules[0].type == "qualified-rule" or rules[0].lower_at_keyword in _KNOWN):
            return None
        notes, pages, layers = _Notes(), list[Any](), list[Any]()
        css.preprocess_stylesheet(
            "print", self._base, rules, self._options["url_fetcher"], notes, pages, layers,
            self._options["font_config"], {}, {})
        return None if layers else (notes.added, pages)

    def _sheet(self, read: list[Read]) -> Any:
        """Return a sheet of rules that were read."""
        sheet = CSS(string="", base_url=self._base, **self._options)
        for added, pages in read:
            for selector, payload in added:
                sheet.matcher.add_selector(selector, payload)
            sheet.page_rules += pages
        return sheet
