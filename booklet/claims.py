"""Numbers in a text that nobody vouches for: with a unit, and with neither a fact in the sentence nor a citation.

In comes a body and the units that the register counts in; out go findings. A fact vouches for its sentence, or its line
of a list or table; a citation for its whole block. Years, dates and numbers without a unit claim nothing.
"""

import re
from collections.abc import Iterable, Iterator

from booklet.findings import Finding, Position, Severity
from booklet.letters import quoted
from booklet.model import Block, Fact, Prose

CODE = "bare-number"
_MEASURES = frozenset({
    "%", "‰", "prosent", "prosentpoeng", "promille", "kr", "kroner", "tusen", "million", "millioner", "milliard",
    "milliarder", "innbyggere", "innbyggjarar", "personer", "personar"})
_MARK = re.compile("\ue000(\\d+)\ue001(.*?)\ue002", re.DOTALL)
_FACT, _CITATION = "\ue010", "\ue011"
_END = re.compile(r"</(?:p|li|tr|h\d|dt|dd|blockquote|div)>|<br>")
_DIGIT = re.compile(r"\d")
_TAG = re.compile(r"<[^>]*>")
_SENTENCE = re.compile(r"(?<=[.!?:])\s+(?=[\"«(]?[A-ZÆØÅ\d\ue010])|\n")
_NUMBER = re.compile(
    r"(?<![\w.,/–-])(?:\d{1,3}(?:[ \u00a0]\d{3})+|\d+)(?:,\d+)?(?:[ \u00a0]?–[ \u00a0]?\d[\d,]*)?"
    r"[ \u00a0]?([%‰]|[^\W\d_]+)")


def units_of(facts: Iterable[Fact]) -> frozenset[str]:
    """Return the words that stand behind a number that claims something."""
    return _MEASURES | {word.casefold() for fact in facts for word in fact.unit.split()}


def bare_numbers(prose: Prose, units: frozenset[str], text: str = "") -> Iterator[Finding]:
    """Yield a warning for each number that nobody vouches for, at its place where the text of the file is given."""
    for block in prose.blocks:
        if _DIGIT.search(block.text):
            for words in _of_block(block, prose, units):
                yield _finding(
                    words, _place(words, block, text),
                    f"link it to a fact, cite its source, or say why not: <!-- lint: {CODE} because … -->")


def bare_in_lines(lines: Iterable[tuple[str, Position]], units: frozenset[str]) -> Iterator[Finding]:
    """Yield a warning for each number in lines of YAML, which can carry neither a fact nor a citation."""
    for line, position in lines:
        for words in _bare(line, units):
            yield _finding(
                words, position, f"say it in a text that vouches for it, or say why not: # lint: {CODE} because …")


def _finding(words: str, position: Position, hint: str) -> Finding:
    return Finding(CODE, Severity.WARNING, f"{quoted(words)} has neither a fact nor a citation", position, hint)


def _of_block(block: Block, prose: Prose, units: frozenset[str]) -> Iterator[str]:
    """Yield the bare numbers of a block, with their units."""
    marks = {"fact": _FACT, "citation": _CITATION}
    html = _MARK.sub(lambda mark: marks.get(prose.references[int(mark[1])].kind, mark[2]), block.html)
    if _CITATION in html:
        return
    for sentence in _SENTENCE.split(_TAG.sub("", _END.sub("\n", html).replace("&nbsp;", "\u00a0"))):
        if _FACT not in sentence:
            yield from _bare(sentence, units)


def _bare(sentence: str, units: frozenset[str]) -> Iterator[str]:
    found = (match for match in _NUMBER.finditer(sentence) if match[1].casefold() in units)
    yield from (" ".join(match[0].split()) for match in found)


def _place(words: str, block: Block, text: str) -> Position:
    """Return where some words of a block stand in its file; the block's place where they cannot be found."""
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[:block.position.line - 1])
    sought = r"\s+".join(map(re.escape, words.split(" ")))
    match = re.compile(rf"(?<![\w,.]){sought}(?![^\[\]]*\]\()").search(text, start)
    if match is None:
        return block.position
    line = text.count("\n", 0, match.start()) + 1
    return Position(block.position.path, line, match.start() - (text.rfind("\n", 0, match.start()) + 1) + 1)
