"""Lines and paragraphs judged: single lines beyond a page's turn, short last lines, hyphens.

In comes a galley; out go faults. It refuses to know files and colours.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from booklet.galleys import Fault, Galley, box_of, by_page, quote
from booklet.measures import FLOW, MARGIN, Line, Paragraph
from booklet.syllables import better_break, is_exception

_RUNNING = ("p", "li", "dd", "blockquote", "figcaption", "span", "div")
"""Tags of what is read as running text."""
_LEAST = 3
"""Letters before and after a break."""
_LETTER = re.compile(r"[^\W_]")


def judge_lines(galley: Galley, known: Mapping[str, int], exceptions: Sequence[str]) -> Iterator[Fault]:
    """Yield what is wrong with the lines of a unit; ``known`` are the words of the booklet."""
    for paragraph in galley.measures.paragraphs:
        if paragraph.home.place == MARGIN or "toc" in paragraph.home.within:
            continue
        yield from _turns(paragraph, galley)
        yield from _ends(paragraph, galley)
        yield from _ladders(paragraph, galley)
        yield from _breaks(paragraph, known, exceptions)


def _turns(paragraph: Paragraph, galley: Galley) -> Iterator[Fault]:
    """Yield lines that a page's turn leaves alone."""
    parts = by_page(paragraph)
    if len(parts) < 2 or paragraph.home.place != FLOW:
        return
    least = galley.standard.widow_lines
    (page, first), (after, last) = parts[0], parts[-1]
    if len(first) < least:
        yield Fault("orphan", f"the paragraph {quote(first[0].text)} begins with {_lines(first)} at the foot of a page",
                    "let 'orphans' hold more lines together, or shorten the text above", page, box_of(first),
                    paragraph.home)
    if len(last) < least:
        yield Fault("widow", f"{_lines(last)} of a paragraph, {quote(last[0].text)}, at the head of a page",
                    "shorten the paragraph by a line, or let 'widows' hold more together", after, box_of(last),
                    paragraph.home)
    for page, lines in parts[:-1]:
        if lines[-1].broken:
            yield Fault("hyphen-at-turn", f"the word {quote(lines[-1].broken)} is broken over the turn of a page",
                        "change a word of the paragraph", page, box_of(lines[-1:]), paragraph.home)


def _lines(lines: list[Line]) -> str:
    return "1 line" if len(lines) == 1 else f"{len(lines)} lines"


def _ends(paragraph: Paragraph, galley: Galley) -> Iterator[Fault]:
    """Yield last lines that are too short."""
    home, lines = paragraph.home, paragraph.lines
    if len(lines) < 2 or home.tag not in _RUNNING or set(home.within) & set(galley.standard.loose):
        return
    last, before = lines[-1], lines[-2]
    words = last.text.split()
    if before.broken and len(words) == 1:
        yield Fault("hyphenated-end", f"the last line of a paragraph is half a word: {quote(last.text)}",
                    "shorten or lengthen the paragraph by a word", last.page, box_of([last]), home)
    elif len(_LETTER.findall(last.text)) < galley.standard.last_line:
        yield Fault("short-last-line", f"the last line of a paragraph is {quote(last.text)} alone",
                    "shorten or lengthen the paragraph by a word", last.page, box_of([last]), home)


def _ladders(paragraph: Paragraph, galley: Galley) -> Iterator[Fault]:
    """Yield more lines in a row that end with a hyphen than are allowed."""
    for hyphened, run in groupby(paragraph.lines[:-1], key=lambda line: line.text.rstrip().endswith("-")):
        lines = list(run)
        if hyphened and len(lines) > galley.standard.hyphens:
            last = lines[-1]
            yield Fault("hyphen-ladder", f"{len(lines)} lines in a row end with a hyphen, down to {quote(last.text)}",
                        "change a word of the paragraph", last.page,
                        box_of([line for line in lines if line.page == last.page]), paragraph.home)


def _breaks(paragraph: Paragraph, known: Mapping[str, int], exceptions: Sequence[str]) -> Iterator[Fault]:
    """Yield words that are broken beside their joint or near their end, and not by the author's own exception."""
    for line in paragraph.lines:
        if not line.broken or is_exception(line.broken, exceptions):
            continue
        if min(map(len, line.broken.split("-"))) < _LEAST:
            yield Fault("bad-break", f"the word is broken as {quote(line.broken)}, near its end",
                        "add it to hyphenation.yaml, or raise 'hyphenate-limit-chars'", line.page, box_of([line]),
                        paragraph.home, line.broken.replace("-", ""))
        elif better := better_break(line.broken, known):
            yield Fault("bad-break", f"the word is broken as {quote(line.broken)}, its parts are '{better}'",
                        f"add '{better}' to hyphenation.yaml", line.page, box_of([line]), paragraph.home,
                        line.broken.replace("-", ""))
