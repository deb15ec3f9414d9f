"""Style sheets that differ in a few colours: the rules that they share are read once.

In come the sheets of all themes, as text; out go sheets of WeasyPrint 70.0 as it would have read them. Only sheets
whose rules can be told apart without reading them and of which nothing has to be said; all others are the engine's to
read. Knows no colour.
"""

import re
from collections.abc import Sequence
from typing import Any

from weasyprint import CSS, css

_PART = re.compile(r"/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|[{}\\\"']", re.DOTALL)
_ODD = re.compile(r"url\(\s*[^\"'\s]", re.IGNORECASE)
"""An address without quotes may hold anything."""
_KNOWN = ("page", "media")

Read = tuple[list[tuple[Any, Any]], list[Any]]
"""Selectors with their declarations, and rules for pages."""


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
    """The sheets of an engine, by name."""

    def __init__(self, base: str, **options: Any) -> None:
        """Begin with nothing read; the options are those of the engine's sheets."""
        self._base, self._options = base, options
        self._read: dict[str, list[tuple[str, Read]]] = {}

    def dress(self, name: str, text: str, said: Sequence[str]) -> Any:
        """Return a sheet; None when the engine has to read all of it, as when it has something to say."""
        texts, sheet = rules_of(text), None
        if texts is not None:
            sheet = self._dress(name, text, texts)
        return None if said else sheet

    def _dress(self, name: str, text: str, texts: list[str]) -> Any:
        known = self._read.get(name)
        if known is None or len(known) != len(texts):
            read = self._read_all(text)
            if read is None or len(read) != len(texts):
                return None
            self._read[name] = list(zip(texts, read, strict=True))
            return self._sheet(read)
        read = []
        for here, (there, kept) in zip(texts, known, strict=True):
            found = [kept] if here == there else self._read_all(here)
            if found is None or len(found) != 1:
                return None
            read += found
        return self._sheet(read)

    def _read_all(self, text: str) -> list[Read] | None:
        """Return what the engine makes of each rule; None for a rule of another kind."""
        read = []
        for rule in css.tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
            if rule.type != "qualified-rule" and getattr(rule, "lower_at_keyword", "") not in _KNOWN:
                return None
            notes, pages, layers = _Notes(), list[Any](), list[Any]()
            css.preprocess_stylesheet(
                "print", self._base, [rule], self._options["url_fetcher"], notes, pages, layers,
                self._options["font_config"], {}, {})
            if layers:
                return None
            read.append((notes.added, pages))
        return read

    def _sheet(self, read: list[Read]) -> Any:
        """Return a sheet of rules that were read."""
        sheet = CSS(string="", base_url=self._base, **self._options)
        for added, pages in read:
            for selector, payload in added:
                sheet.matcher.add_selector(selector, payload)
            sheet.page_rules += pages
        return sheet
