"""What opens must close: brackets, backticks, emphasis.

In comes running text, out go the places of partners, and findings about signs that have none. It refuses to know
what stands between them.
"""

import re

from booklet.collector import Collector
from booklet.manuscript import Passage, closing_ticks

_SIGN = re.compile(r"\\[\s\S]?|`+|\[|\]")


def closing_tag(text: str, start: int, name: str) -> re.Match[str] | None:
    """Return the end tag that closes an element whose content begins at ``start``."""
    depth = 1
    for match in re.compile(rf"<(/?){name}\b[^<>]*>", re.IGNORECASE).finditer(text, start):
        depth += -1 if match[1] else 1
        if depth == 0:
            return match
    return None


def brackets(text: str) -> dict[int, int]:
    """Return for each opening bracket its closing one; those in code and escaped ones do not count."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    offset = 0
    while match := _SIGN.search(text, offset):
        offset = match.end()
        if match[0][0] == "`":
            end = closing_ticks(text, offset, len(match[0]))
            offset = end + len(match[0]) if end >= 0 else offset
        elif match[0] == "[":
            opened.append(match.start())
        elif match[0] == "]" and opened:
            pairs[opened.pop()] = match.start()
    return pairs


def report_emphasis(runs: list[tuple[int, str]], passage: Passage, found: Collector) -> None:
    """Report asterisks and underscores that have no partner."""
    opened: list[tuple[int, str]] = []
    for offset, run in runs:
        before, after = passage.text[offset - 1 : offset] or " ", passage.text[offset + len(run) :][:1] or " "
        alone = len(run) == 1 and before.isspace() and after.isspace()
        if alone or (run[0] == "_" and _is_word(before) and _is_word(after)):
            continue
        left = run
        while left and opened and not before.isspace() and left.startswith(opened[-1][1]):
            left = left[len(opened.pop()[1]) :]
        if left and (after.isspace() or len(left) > 3):
            opened.append((offset, left))
            break
        units = {"***": ("**", "*"), "___": ("__", "_")}.get(left, (left,) if left else ())
        opened += [(offset, unit) for unit in units]
    if opened:
        offset, sign = opened[-1]
        hint = f"close it with '{sign}', or write '\\{sign[0]}' for the sign itself"
        found.error("unclosed-emphasis", f"'{sign}' without its partner", passage.at(offset), hint)


def _is_word(character: str) -> bool:
    return character.isalnum()
