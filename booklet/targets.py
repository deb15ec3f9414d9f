"""What a link's target and a citation mean: a fact, a term, a place on the web, a file; works and their pages.

In comes what stands between the parentheses or brackets, out go kinds, targets and keys, and findings about what
nobody may refer to. It refuses to know whether the file, the fact or the work exists.
"""

import re
from collections.abc import Iterator

from booklet.collector import Collector
from booklet.findings import Position
from booklet.letters import IDENTIFIER, WEB_ADDRESS, guess, quoted
from booklet.manuscript import FILLER, Passage

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_MAIL = re.compile(r"mailto:[^\s@<>\"]+@[^\s@<>\"]+", re.IGNORECASE)


def read_target(target: str, at: Position, found: Collector) -> tuple[str, str]:
    """Return ``fact``, ``term``, ``web`` or ``link``, and the target without what said so."""
    scheme = _SCHEME.match(target)
    name = scheme[1].lower() if scheme else ""
    if scheme and scheme[1] in ("fact", "term"):
        return name, target[len(scheme[0]) :]
    if name in ("http", "https", "mailto"):
        if not (WEB_ADDRESS.fullmatch(target) or _MAIL.fullmatch(target)):
            hint = "write it as a browser shows it: 'https://…'"
            found.error("bad-url", f"{quoted(target)} is no web address", at, hint)
        return "web", target
    if name or target.startswith("//"):
        near = guess(f"{name}:", ("fact:", "term:", "https:", "mailto:"), 0.75)
        hint = near or "a link leads to the web (https:) or to a file"
        found.error("link-scheme", f"a link to {quoted(target)}", at, hint)
        return "web", ""
    return "link", target


def read_citations(body: Passage, found: Collector) -> Iterator[tuple[str, str, Position]]:
    """Yield key, locator and place of each citation between two brackets: «@one, s. 12; @other»."""
    offset = 0
    for part in body.text.split(";"):
        words = part.strip()
        key, comma, locator = words.partition(",")
        at = body.at(offset + len(part) - len(part.lstrip()))
        offset += len(part) + 1
        if not key.startswith("@") or not IDENTIFIER.fullmatch(key[1:].strip()):
            hint = "write '[@key]', '[@key, s. 12]' or '[@one; @other]'"
            found.error("bad-citation", f"{quoted(words, 40)} is no citation", at, hint)
        elif comma and not locator.strip():
            found.error("bad-citation", "a comma without a page after it", at, "write '[@key, s. 12]'")
        else:
            yield key[1:].strip(), " ".join(locator.replace(FILLER, "").split()), at
