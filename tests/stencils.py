"""Writes what ``stencils`` knows of style sheets: ``make haste``.

The engine reads the sheets of this project, in every profile and colour, and its own. A rule is kept when the engine
says nothing of it and when what is kept says the same as what was read.
"""

import json
import logging
import sys
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from weasyprint import CSS, css

from booklet import engine, supply
from booklet.basics import shorten
from booklet.collector import Collector
from booklet.haste import engine_file
from booklet.liveries import Liveries, _Notes, rules_of
from booklet.profiles import PROFILES, SHEETS
from booklet.stencils import KEPT, SOUGHT, Read
from booklet.styles import Styles, read_styles

ROOT = Path(__file__).parents[1]
_PLAIN = str, int, float, bool, type(None)


class Odd(Exception):
    """A value that is not kept."""


def keep(value: Any) -> Any:
    """Return a value as the file holds it: a list begins with what it stands for."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, css.tinycss2.ast.Node):
        return [4, value.serialize()]
    kinds = {tuple: 0, list: 1, set: 2, type(css.ZERO_PIXELS): 3}
    if type(value) not in kinds:
        raise Odd(value)
    return [kinds[type(value)], *map(keep, sorted(value) if type(value) is set else value)]


def plain(value: Any) -> Any:
    """Return what can be compared of a value: types too, and nodes as they are written."""
    if isinstance(value, css.tinycss2.ast.Node):
        return type(value), value.serialize()
    if isinstance(value, (tuple, list, set)):
        return type(value), [plain(one) for one in (sorted(value) if isinstance(value, set) else value)]
    return type(value), value


def asked(test: Any) -> Any:
    """Return what a test of an element does."""
    return getattr(test, "test", test).__code__


def _styled(rules: list[Any]) -> Any:
    """Yield what stands before the brace of each rule, those within @media too."""
    for rule in rules:
        if rule.type == "qualified-rule":
            yield rule.prelude
        elif rule.lower_at_keyword == "media":
            yield from _styled(css.tinycss2.parse_rule_list(rule.content, True, True))


def _selectors(prelude: list[Any], selectors: list[Any]) -> list[Any]:
    """Return selectors as the file holds them."""
    parts = [list(part) for comma, part in groupby(prelude, lambda token: token == ",") if not comma]
    found = []
    for text, selector in zip([css.tinycss2.serialize(part).strip() for part in parts], selectors, strict=True):
        (again,) = css.cssselect2.compile_selector_list(text)
        if asked(again.test) != asked(selector.test):
            raise Odd(text)
        name = next((name for name in SOUGHT if getattr(selector, name)), "")
        if selector.local_name != selector.lower_local_name:
            raise Odd(text)
        sought = (name, getattr(selector, name)) if name else ()
        found.append([text, list(selector.specificity), selector.pseudo_element, *sought])
    return found


def _declarations(found: Any) -> list[Any]:
    return [[name, keep(value), important] for name, value, important in found]


def kept(text: str, added: list[Any], pages: list[Any]) -> list[Any]:
    """Return rules, read, as the file holds them; ValueError or Odd when they cannot be kept."""
    preludes = list(_styled(css.tinycss2.parse_stylesheet(text, True, True)))
    groups = [list(group) for _, group in groupby(added, lambda one: id(one[1][0]))]
    rules = []
    for prelude, group in zip(preludes, groups, strict=True):
        if group[0][1][1] is not None:
            raise Odd(text)
        rules.append([_selectors(prelude, [selector for selector, _ in group]), _declarations(group[0][1][0])])
    return [rules, [
        [[[keep(weight), box, list(map(keep, kind))] for weight, box, kind in selectors], _declarations(found)]
        for _, selectors, found in pages]]


def wanted_rules() -> list[str]:
    """Return every rule of this project's sheets, in all profiles and colours."""
    styles, rules = read_styles(ROOT / "styles", Collector()), dict[str, None]()
    assert isinstance(styles, Styles)
    for profile in (*PROFILES.values(), *SHEETS):
        for theme in ("", *sorted(styles.palette.themes)):
            for sheet in styles.of(profile, theme):
                rules |= dict.fromkeys(rules_of(sheet.css) or ())
    return sorted(rules)


def read_rules(texts: Iterable[str]) -> dict[str, Read]:
    """Return rule → what the engine makes of it, of all rules about which it says nothing."""
    ear, logger = engine._Ear(), logging.getLogger("weasyprint")
    logger.addHandler(ear)
    liveries = Liveries(supply.BASE, font_config=None, url_fetcher=None)
    found = dict[str, Read]()
    for text in texts:
        ear.said.clear()
        if (read := liveries.read(text)) and not ear.said:
            found[text] = read
    logger.removeHandler(ear)
    return found


def rules() -> dict[str, Any]:
    """Return the rules that can be kept, as the file holds them."""
    found = {}
    for text, read in read_rules(wanted_rules()).items():
        with suppress(Odd, ValueError):
            found[text] = kept(text, *read)
    return found


def basics() -> dict[str, Any]:
    """Return what the engine makes of its own sheet."""
    content, counters = engine_file("css", "html5_ua.css").read_bytes(), dict[str, Any]()
    text = shorten(content.decode())
    sheet = CSS(string=text, counter_style=counters)
    notes = _Notes()
    css.preprocess_stylesheet(
        "print", None, css.tinycss2.parse_stylesheet(text), None, notes, [], [], None, {}, {})
    return {
        "source": sha256(content).hexdigest(), "rules": kept(text, notes.added, sheet.page_rules),
        "counters": {name: {key: keep(value) for key, value in style.items()} for name, style in counters.items()}}


class _Table(dict[str, int]):
    """Things as JSON → their numbers."""

    def numbers(self, things: list[Any]) -> list[int]:
        """Return the numbers of things, which are added when they are new."""
        return [self.setdefault(line(thing), len(self)) for thing in things]


def line(thing: Any) -> str:
    """Return JSON without spaces."""
    return json.dumps(thing, ensure_ascii=False, separators=(",", ":"))


def stencils() -> str:
    """Return what ``stencils.json`` holds."""
    selectors, declarations = _Table(), _Table()

    def numbered(rules: list[Any], pages: list[Any]) -> list[Any]:
        return [
            [[selectors.numbers(asked), declarations.numbers(said)] for asked, said in rules],
            [[asked, declarations.numbers(said)] for asked, said in pages]]

    base = basics()
    base["rules"] = numbered(*base["rules"])
    rows = ",\n".join(f"{line(text)}:{line(numbered(*row))}" for text, row in rules().items())
    tables = ",\n".join(
        f'"{name}":[\n{(","+chr(10)).join(table)}\n]'
        for name, table in (("selectors", selectors), ("declarations", declarations)))
    return f'{{"basics":{line(base)},\n{tables},\n"rules":{{\n{rows}\n}}}}\n'


if __name__ == "__main__":
    KEPT.write_text(stencils(), "utf-8")
