"""The signs with which a line of our Markdown can begin, and how far what they begin reaches.

In come lines, out go matches and numbers of lines. It refuses to know what is made of them, and finds no fault.
"""

import re
from collections.abc import Sequence

from booklet.manuscript import Line

FENCE = re.compile(r"( *)(:{2,})\s*(.*?)\s*$")
CODE = re.compile(r" *(`{3,}(?!.*`)|~{3,})")
HEADING = re.compile(r" {0,3}(#+)( +|$)(.*?)(?: +#+)? *$")
HASH = re.compile(r" {0,3}#+[^#\s]")
RULE = re.compile(r" {0,3}(?:([-*_])(?: *\1){2,}|={2,}) *$")
CODE_INDENT = re.compile(r" {4,}\S")
QUOTE = re.compile(r" {0,3}> ?")
ITEM = re.compile(r"( *)([-*+]|\d{1,9}[.)])(?: +|$)")
TIGHT_ITEM = re.compile(r" {0,3}(?:[-+](?=[^\W\d_]|[*\[])|\d{1,2}\.(?=[^\W\d_]))")
FOOTNOTE = re.compile(r" {0,3}\[\^([^\]\s]*)\]: *")
DEFINED_LINK = re.compile(r" {0,3}\[[^\]@^]+\]:\s")
MEANING = re.compile(r" {0,3}:(?: +|$)")
DELIMITER = re.compile(r" {0,3}\|?(?: *:?-+:? *\|)+(?: *:?-+:?)? *$")
UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,}) *$")
ATTRIBUTES = re.compile(r"\s*\{([^{}]*)\}\s*$")
INTERRUPTION = re.compile(r" {0,3}(?::::|`{3}(?!.*`)|~~~|#{1,6}(?:\s|$)|>|\[\^[^\]\s]*\]:)| *[-*+] +\S| *1[.)] +\S")


def is_table(lines: Sequence[Line], i: int) -> bool:
    """Return whether a pipe table begins in a line."""
    text = lines[i].text.strip()
    ruled = i + 1 < len(lines) and DELIMITER.match(lines[i + 1].text) is not None and "|" in lines[i + 1].text
    return (ruled and "|" in text) or (text.startswith("|") and text.endswith("|") and len(text) > 1)


def after_block(lines: Sequence[Line], i: int) -> int:
    """Return the number of the next blank line."""
    return next((j for j in range(i, len(lines)) if lines[j].blank), len(lines))


def skip_blank(lines: Sequence[Line], i: int, wanted: re.Pattern[str]) -> int:
    """Return the next line that is not blank, if it is what is wanted, or else the line given."""
    following = next((j for j in range(i, len(lines)) if not lines[j].blank), len(lines))
    return following if following < len(lines) and wanted.match(lines[following].text) else i


def hanging(lines: Sequence[Line], i: int, width: int, base: int) -> tuple[list[Line], int]:
    """Return the lines that hang under an item's mark, cut free of their indentation, and the line after them."""
    body, end = [lines[i].part(width)], i + 1
    while end < len(lines):
        line = lines[end]
        if line.blank:
            # Blank lines come one at a time: comments.py has joined them.
            if end + 1 == len(lines) or lines[end + 1].indent < base + 2:
                break
            body.append(line)
        elif line.indent >= base + 2:
            body.append(line.part(min(line.indent, width)))
        elif lines[end - 1].blank or ITEM.match(line.text) or INTERRUPTION.match(line.text) or (
            MEANING.match(line.text) or (end + 1 < len(lines) and MEANING.match(lines[end + 1].text))
        ):
            break
        else:
            body.append(line.part(line.indent))
        end += 1
    return body, end
