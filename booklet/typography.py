"""How Norwegian is set: one table of rules, each with its source, each of which a booklet can switch off.

In comes text or HTML as its author typed it, out goes the same with the signs and spaces that Norwegian typography asks
for. Knows no page and no content file.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache

from msgspec import Struct

NO_BREAK = "\u00a0"
_KEPT = 50_000
"""Texts whose setting is remembered: every profile asks for the same."""
_MONTHS = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
_UNITS = "prosent|prosentpoeng|kroner|mill\\.|millioner|millionar|milliarder|milliardar|kr|km|mm|cm|kg|år|%"
_YEAR = r"(?:1[5-9]|20)\d\d"


class Rule(Struct, frozen=True):
    """One rule: what is wrong gives way to what is right."""

    name: str
    wrong: str
    """A regular expression; a rule about a space names the space alone and looks around it."""
    right: str
    typed: str
    printed: str
    """An example: what was typed, what is printed."""
    source: str
    languages: tuple[str, ...] = ("nb", "nn")


_NUMBERS, _SIGNS = "Språkrådet, Skriveregler: Tall, tid, dato", "Språkrådet, Skriveregler: Tegn"
_QUOTING = "Språkrådet, Skriveregler: Anførselstegn"

RULES = (
    Rule("percent", r"(?<=\d)(?=%)", NO_BREAK, "65%", "65 %", _NUMBERS),
    Rule("thousands", r" (?<=\d )(?=\d{3}(?!\d))", NO_BREAK, "10 000", "10 000", _NUMBERS),
    Rule("units", rf" (?<=\d )(?=(?:{_UNITS})(?!\w))", NO_BREAK, "65 prosent", "65 prosent", _NUMBERS),
    Rule("dates", rf" (?<=\d\. )(?=(?:{_MONTHS})\b)", NO_BREAK, "17. mai", "17. mai", _NUMBERS),
    Rule("clock", r" (?<=\bkl\. )(?=\d)", NO_BREAK, "kl. 13.00", "kl. 13.00", _NUMBERS),
    Rule("pages", r" (?<=\bs\. )(?=\d)", NO_BREAK, "s. 23", "s. 23", _NUMBERS),
    Rule("numbers", r" (?<=\bnr\. )(?=\d)", NO_BREAK, "nr. 3", "nr. 3", _NUMBERS),
    Rule("sections", r" (?<=§ )(?=\d)", NO_BREAK, "§ 13", "§ 13", _NUMBERS),
    Rule("minus", r"(?<![\w\u00a0)-])-(?=\d)", "−", "-5 grader", "−5 grader", _SIGNS),
    Rule("times", r"(?<=\d )x(?= \d)", "×", "170 x 240", "170 × 240", _SIGNS),
    Rule("years", rf"(?<![\w-])({_YEAR})-({_YEAR})(?![\w-])", r"\1–\2", "2014-2017", "2014–2017", _SIGNS),
    Rule("dashes", r" (?:--?|—)(?= )", " –", "hus - og folk", "hus – og folk", _SIGNS),
    Rule("dash-space", r" (?=– )", NO_BREAK, "hus – og folk", "hus – og folk", _SIGNS),
    Rule("ellipsis", r"\.\.\.", "…", "og så ...", "og så …", _SIGNS),
    Rule("quotes", r"(?:\"|&quot;|&#34;)", "«»", '"hus"', "«hus»", _QUOTING),
)
"""In the order in which they are followed."""
NAMES = tuple(rule.name for rule in RULES)
_QUOTES = "quotes"
_OPENS = re.compile(r"[\s(\[–—/«‘\u00a0]?\Z")
_DIGIT = re.compile(r"\d")
_TAGS = re.compile(r"(<[^>]*>)")
_STRAIGHT = re.compile(RULES[-1].wrong)


class Typography:
    """The rules that one booklet follows."""

    def __init__(self, language: str = "nb", off: tuple[str, ...] = ()) -> None:
        rules = [rule for rule in RULES if language in rule.languages and rule.name not in off]
        self._turns = tuple((re.compile(rule.wrong), rule.right) for rule in rules if rule.name != _QUOTES)
        self._wordy = tuple((wrong, right) for wrong, right in self._turns if r"\d" not in wrong.pattern)
        """What may turn something where there is no number."""
        self._quotes = any(rule.name == _QUOTES for rule in rules)
        self.text: Callable[[str], str] = lru_cache(_KEPT)(self._text)
        """Set a text without markup."""
        self.html: Callable[[str], str] = lru_cache(_KEPT)(self._html)
        """Set HTML: words between tags, never the tags."""
        self._part: Callable[[str], str] = lru_cache(_KEPT)(self._turn)
        """Set a part between tags: it is the same in profiles whose tags are not."""

    def _text(self, text: str) -> str:
        return self._quote([self._turn(text)])

    def _html(self, html: str) -> str:
        parts = _TAGS.split(html)
        return self._quote([part if number % 2 else self._part(part) for number, part in enumerate(parts)])

    def _turn(self, text: str) -> str:
        for wrong, right in self._turns if _DIGIT.search(text) else self._wordy:
            text = wrong.sub(right, text)
        return text

    def _quote(self, parts: list[str]) -> str:
        """Return parts, every second of them a tag, joined; a straight quote opens after a space and else closes."""
        if not self._quotes or not any('"' in part or "&" in part for part in parts[::2]):
            return "".join(parts)
        before, done = "", []
        for number, part in enumerate(parts):
            if number % 2 == 0:
                part, before = _quoted(part, before)
            done.append(part)
        return "".join(done)


def _quoted(text: str, before: str) -> tuple[str, str]:
    """Return text with its straight quotes turned, and its last character; ``before`` is the one that precedes it."""
    pieces, end = [], 0
    for match in _STRAIGHT.finditer(text):
        pieces.append(text[end:match.start()])
        before = (pieces[-1] or before)[-1:]
        pieces.append("«" if _OPENS.fullmatch(before) else "»")
        before, end = pieces[-1], match.end()
    rest = text[end:]
    return "".join([*pieces, rest]), (rest or before)[-1:]


EVERY_RULE = Typography()


@cache
def typography_of(language: str, off: tuple[str, ...]) -> Typography:
    """Return the rules that a booklet follows; all copies of it share what was set already."""
    return Typography(language, off)
