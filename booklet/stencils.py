"""Rules of style sheets that need not be read: what the engine makes of them comes ready from ``stencils.json``.

In comes a rule as it is written; out go its selectors, declarations and pages as WeasyPrint 70.0 would have read them.
The file holds the rules of this project's sheets in all their colours, and those of the engine's own sheet (``make
haste`` writes it); any other rule is the engine's to read. Only plain values are kept, colours as they are written;
they are put together when a page meets their rule. Knows no page.
"""

import re
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar

from msgspec import Raw, Struct, field
from msgspec.json import Decoder

from booklet.notation import decode

KEPT = Path(__file__).parent / "stencils.json"
SOUGHT = "never_matches", "id", "class_name", "local_name", "namespace", "requires_lang_attr"
"""Where the engine looks for a selector: the first of these that it has; in what never matches, nowhere."""
_RULE = Decoder(list[Any])
_ALIKE = re.compile(r"([a-z][a-z0-9-]*)?((?:\.[a-z][a-z0-9-]*)*)")
_COMBINED = re.compile(r"(?:(.*[a-z0-9]) ?([> +]) ?)?([a-z0-9.-]*)(?:::[a-z-]+)?")

Read = tuple[list[tuple[Any, Any]], list[Any]]
"""Selectors with their declarations, and rules for pages."""


class _Basics(Struct):
    """The engine's own sheet."""

    source: str
    rules: list[Any]
    counters: dict[str, dict[str, Any]]


class _File(Struct):
    """What the file holds: tables, and rules that name entries of them by number."""

    basics: _Basics
    selectors: list[Any]
    declarations: list[Any]
    rules: dict[str, Raw]
    """A rule as it is written → what is read when a sheet has it."""
    ready: dict[int, tuple[str, Any, bool]] = field(default_factory=dict)

    def declaration(self, number: int) -> tuple[str, Any, bool]:
        """Return a name, a value and whether it is important."""
        if number not in self.ready:
            name, value, important = self.declarations[number]
            self.ready[number] = name, revive(value), important
        return self.ready[number]

    def read(self, rules: list[Any], pages: list[Any]) -> Read:
        """Return rules as the engine reads them."""
        added = []
        for selectors, found in rules:
            payload = Declarations(self, found), None
            added += [(_Selector(*self.selectors[number]), payload) for number in selectors]
        return added, [(None, _pages(selectors), Declarations(self, found)) for selectors, found in pages]


@cache
def _kept() -> _File | None:
    """Return what is kept; None when the file cannot be read."""
    try:
        found: _File = decode(KEPT.read_bytes(), _File)
    except (OSError, ValueError):
        return None
    return found


@cache
def _node(text: str) -> Any:
    return import_module("weasyprint.css").tinycss2.parse_one_component_value(text)


@cache
def _makers() -> tuple[Any, ...]:
    dimension = import_module("weasyprint.css.properties").Dimension
    return (
        lambda parts: tuple(map(revive, parts)), lambda parts: list(map(revive, parts)), lambda parts: set(parts),
        lambda parts: dimension(*parts), lambda parts: _node(parts[0]))


def revive(value: Any) -> Any:
    """Return a value out of the file: a list begins with what it stands for."""
    return _makers()[value[0]](value[1:]) if type(value) is list else value


class Declarations:
    """Names, values and importance; the values are put together when somebody looks at them."""

    def __init__(self, kept: _File, numbers: list[int]) -> None:
        self._kept, self._numbers = kept, numbers

    def __iter__(self) -> Iterator[tuple[str, Any, bool]]:
        return map(self._kept.declaration, self._numbers)

    def __repr__(self) -> str:
        return repr(list(self))


def _alike(text: str) -> Any:
    """Return a test for a name and classes; None where something else is asked."""
    found = _ALIKE.fullmatch(text)
    if found is None:
        return None
    name, classes = found[1], frozenset(found[2].split(".")[1:])
    if not classes:
        return (lambda el: el.local_name == name) if name else lambda el: 1
    if not name:
        return lambda el: classes <= el.classes
    return lambda el: el.local_name == name and classes <= el.classes


def _combined(text: str) -> Any:
    """Return a test for a name and classes within, or behind, what has others; None where something else is asked.

    Its code names what of an element is asked, as does the code that the engine would make.
    """
    found = _COMBINED.fullmatch(text)
    test = found and _alike(found[3])
    if not found or not found[1] or test is None:
        return test
    over = None if "+" in found[1] or "::" in found[1] else _combined(found[1])
    if over is None:
        return None
    if found[2] == "+":
        return lambda el: test(el) and el.previous is not None and over(el.previous)
    if found[2] == ">":
        return lambda el: test(el) and el.parent is not None and over(el.parent)
    return lambda el: test(el) and any(over(one) for one in el.ancestors)


def _compile(text: str) -> Any:
    """Return what tells whether an element is what a selector asks for."""
    if made := _combined(text):
        return made
    test = import_module("cssselect2").compile_selector_list(text)[0].test
    return getattr(test, "test", test)


class Test:
    """A test of a selector, which is compiled when an element is tested."""

    known: ClassVar[dict[str, Any]] = {}

    def __init__(self, text: str) -> None:
        self.text = text

    @property
    def test(self) -> Any:
        """The test itself."""
        if self.text not in self.known:
            self.known[self.text] = _compile(self.text)
        return self.known[self.text]

    def __call__(self, element: Any) -> Any:
        return self.test(element)


class _Selector:
    """A selector that knows what it is looked for by."""

    id = class_name = local_name = namespace = None
    requires_lang_attr = never_matches = False

    def __init__(self, text: str, specificity: list[int], pseudo: str | None, *sought: Any) -> None:
        self.test, self.specificity, self.pseudo_element = Test(text), tuple(specificity), pseudo
        if sought:
            setattr(self, *sought)

    @property
    def lower_local_name(self) -> str | None:
        """The name of the element that is asked for: only names in small letters are kept."""
        return self.local_name


def _pages(selectors: list[Any]) -> list[Any]:
    kind = import_module("weasyprint.css").PageSelectorType
    return [(revive(specificity), name, kind(*map(revive, asked))) for specificity, name, asked in selectors]


def find(rule: str) -> Read | None:
    """Return what the engine makes of a rule; None when that is not known."""
    kept = _kept()
    return kept.read(*_RULE.decode(kept.rules[rule])) if kept and rule in kept.rules else None


def knows(sheet: bytes) -> bool:
    """Tell whether this is the engine's own sheet that the file was made from."""
    kept = _kept()
    return kept is not None and kept.basics.source == sha256(sheet).hexdigest()


def furnish(sheet: Any, counters: dict[str, Any]) -> None:
    """Put the rules and counters of the engine's own sheet into one that it read as empty."""
    if kept := _kept():
        added, pages = kept.read(*kept.basics.rules)
        for selector, payload in added:
            sheet.matcher.add_selector(selector, payload)
        sheet.page_rules += pages
        counters.update({
            name: {key: revive(value) for key, value in style.items()} for name, style in kept.basics.counters.items()})
