"""Entries of the list of references: in which order, and in which parts.  No I/O."""

import re

from booklet.model import Source
from booklet.typography import EVERY_RULE


def alphabetical(text: str) -> str:
    """Return a sort key in the order of the Norwegian alphabet."""
    return text.lower().replace("aa", "å").translate(str.maketrans("æäøöå", "{{||}"))


def entry_of(source: Source, label: str) -> dict[str, object]:
    """Return an entry of the list of references, in the parts that the template prints."""
    details = [source.publisher, source.report, f"ISBN {source.isbn}" if source.isbn else "",
               f"{source.pages} s" if source.pages else ""]
    who = "; ".join(source.authors) or source.organisation
    who = "" if label.startswith(who) else who
    return {
        "id": f"references.{source.key}", "label": label, "who": who,
        "year": source.year, "title": source.title, "details": tuple(map(EVERY_RULE.text, filter(None, details))),
        "url": source.url, "host": re.sub(r"^https?://(?:www\.)?|/.*$", "", source.url), "note": source.note,
    }
