"""What a link's target means: a fact, a term, a place on the web, or a file.

In comes what stands between the parentheses, out go its kind and target, and a finding about what no link may lead
to. It refuses to know whether the file or the fact exists.
"""

import re

from booklet.collector import Collector
from booklet.findings import Position
from booklet.letters import WEB_ADDRESS, guess, quoted

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
        hint = guess(name, ("fact", "term", "https", "mailto")) or "a link leads to the web (https:) or to a file"
        found.error("link-scheme", f"a link to {quoted(target)}", at, hint)
        return "web", ""
    return "link", target
