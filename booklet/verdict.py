"""Changes → what to do about the copies on the shelves: nothing, a slip of errata, new handouts, a new print run.

In come changes and the limits that ``booklet.yaml`` sets; out goes a verdict with its reasons. Knows no page.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from booklet.inventory import Inventory
from booklet.model import Limits
from booklet.revision import ADDED, EDITED, MOVED, REMOVED, Change
from booklet.wording import changed_words

NOTHING, ERRATA, THEME, REPRINT = "nothing", "errata", "reprint-theme", "reprint"
_UNITS = ("article", "theme", "text", "example")
_PICTURES = ("picture", "figure", "illustration", "cover")
_OF_AN_EDITION = ("edition", "published", "isbn", "language", "url", "short")
"""What the booklet says of itself, and says otherwise in each edition."""
_ROW = ("paragraph", "list", "point", "question", "term", "source", "definitions", "quotation", "footnote")
"""What a slip can carry whole."""


class Verdict(Struct, frozen=True):
    """What to do, and why."""

    word: str
    """``nothing``, ``errata``, ``reprint-theme`` or ``reprint``."""
    reasons: tuple[str, ...]


def counts(change: Change) -> bool:
    """Tell whether a reader of a printed copy misses something by a change."""
    if change.what in ("short", "colour", "step") or not change.printed:
        return False
    return not (change.what == "metadata" and change.item.key in _OF_AN_EDITION)


def obstacle(change: Change, limits: Limits) -> str:
    """Return why a slip cannot carry a change; nothing when it can."""
    what, name = change.what, f"'{shortened(change.item.text)}'"
    if what in _PICTURES or change.item.key == "cover":
        return f"a slip cannot show a picture: {name}"
    if what in _UNITS and change.kind in (ADDED, REMOVED):
        return f"{_with_article(what)} was {change.kind}: {name}"
    if change.kind == MOVED:
        return f"{_with_article(what)} was moved: {name}"
    if what == "table" and change.kind != EDITED:
        return f"a slip cannot carry a table: {name}"
    words = changed_words(change.old.text if change.old else "", change.new.text if change.new else "")
    if words > limits.slip_words:
        return f"{words} words of {_with_article(what)} changed, more than {limits.slip_words}: {name}"
    if change.kind != EDITED and what not in (*_ROW, "heading", "lead", "title", "detail", "colophon", "metadata"):
        return f"{_with_article(what)} was {change.kind}: {name}"
    return ""


def obstacles(changes: Sequence[Change], limits: Limits) -> list[str]:
    """Return every reason why a slip cannot carry some changes."""
    told = [change for change in changes if counts(change)]
    found = list(dict.fromkeys(filter(None, (obstacle(change, limits) for change in told))))
    rows = [change for change in told if change.kind in (ADDED, REMOVED) and change.what not in _UNITS]
    if len(rows) > limits.slip_added:
        found.append(f"{len(rows)} blocks were added or removed, more than {limits.slip_added}")
    if len(told) > limits.slip_changes:
        found.append(f"{len(told)} changes, more than {limits.slip_changes}")
    return found


def judge(changes: Sequence[Change], new: Inventory, limits: Limits) -> Verdict:
    """Return what to do about printed copies."""
    told = [change for change in changes if counts(change)]
    if not told:
        silent = f"{_changes(len(changes))} that no printed copy shows"
        return Verdict(NOTHING, (silent if changes else "no content changed",))
    reasons = obstacles(changes, limits)
    if not reasons:
        return Verdict(ERRATA, (f"{_changes(len(told))}, short enough to be told on a slip",))
    blocks = sum(len(part.items) for part in new.parts if part.what in (*_UNITS, "glossary", "references"))
    share = round(100 * _weight(told, new) / max(1, blocks))
    themes = tuple(dict.fromkeys(theme for change in told for theme in change.themes))
    beyond = [change for change in told if not change.themes]
    if len(themes) > limits.reprint_themes:
        return Verdict(REPRINT, (*reasons, f"{len(themes)} themes changed, more than {limits.reprint_themes}"))
    if share > limits.reprint_share:
        return Verdict(REPRINT, (*reasons, f"{share} % of the blocks changed, more than {limits.reprint_share} %"))
    if not themes or any(obstacle(change, limits) for change in beyond):
        return Verdict(REPRINT, (*reasons, "what changed stands outside the themes"))
    if any(change.what == "theme" for change in told):
        return Verdict(REPRINT, (*reasons, "the themes are not those that they were, or stand in another order"))
    return Verdict(THEME, (*reasons, f"all of it in {', '.join(themes)}: renew its handouts"))


def _weight(changes: Iterable[Change], new: Inventory) -> int:
    """Return how many blocks changed, those of a whole unit counted each."""
    sizes = {part.address: len(part.items) for part in new.parts}
    return sum(sizes.get(change.unit, 1) if change.what in _UNITS else 1 for change in changes)


def shortened(text: str, most: int = 48) -> str:
    """Return the first words of a text."""
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


def _changes(count: int) -> str:
    return "1 change" if count == 1 else f"{count} changes"


def _with_article(what: str) -> str:
    return f"an {what}" if what[0] in "aeiou" else f"a {what}"
