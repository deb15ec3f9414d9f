"""Running words, scanned once: who edits a file leaves most of its passages what and where they were.

In comes a passage, out goes its phrase, and what is wrong with it is told each time. Knows no file.
"""

from functools import lru_cache

from booklet import phrases
from booklet.collector import Collector
from booklet.findings import Finding
from booklet.manuscript import Passage, Phrase

_KEPT = 1000
"""Passages that are remembered."""


def scan(passage: Passage, found: Collector) -> Phrase:
    """Return the constructs of running words."""
    phrase, findings = _scan(passage)
    found.add(findings)
    return phrase


@lru_cache(_KEPT)
def _scan(passage: Passage) -> tuple[Phrase, tuple[Finding, ...]]:
    found = Collector()
    return phrases.scan(passage, found), found.findings
