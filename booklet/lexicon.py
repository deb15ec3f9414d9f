"""The author's exceptions of hyphenation: ``content/hyphenation.yaml`` → words with their breaks.

In comes the shelf; out go words like «bærekrafts-mål», or findings. It refuses to know what breaks words.
"""

import re

from booklet.collector import Collector
from booklet.letters import quoted
from booklet.registers import read_record
from booklet.source import Shelf

FILE = "hyphenation.yaml"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*\*?")


def read_exceptions(shelf: Shelf, found: Collector) -> tuple[str, ...]:
    """Return the words that the author breaks otherwise; none where there is no such file."""
    if FILE not in shelf.files:
        return ()
    record = read_record(shelf, FILE, "hyphenation", found)
    words = record.data.get("words", ()) if record else ()
    for word in words:
        if not _WORD.fullmatch(word.text):
            message = f"{quoted(word.text)} is no word with its breaks"
            found.error("bad-hyphenation", message, word.position, "write 'bærekrafts-mål', or 'bærekrafts-mål*'")
    return tuple(word.text for word in words)
