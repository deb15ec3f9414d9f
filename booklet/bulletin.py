"""A comparison → what is said of it, as text for a terminal and as a record for programs.  No I/O."""

from collections.abc import Iterator, Mapping

from booklet.comparison import Comparison, Told, path_of
from booklet.revision import Change
from booklet.verdict import shortened
from booklet.wording import marked

_CONTEXT = 4
"""Words that are shown on each side of what changed."""


def record_of(comparison: Comparison) -> dict[str, object]:
    """Return a comparison as plain data for JSON."""
    return {
        "old": comparison.old.name, "new": comparison.new.name, "verdict": comparison.verdict.word,
        "changes": [_record(one) for one in comparison.told],
        "reflowed_pages": _numbers(comparison.reflowed), "units": list(comparison.units),
        "handouts": list(comparison.handouts)}


def _record(told: Told) -> Mapping[str, object]:
    change = told.change
    path, line = path_of(change)
    return {
        "kind": change.kind, "what": change.what, "theme": change.theme, "unit": change.unit, "path": path,
        "line": line, "old_pages": _numbers(told.old_pages), "new_pages": _numbers(told.new_pages),
        "old_text": change.old.text if change.old else "", "new_text": change.new.text if change.new else ""}


def _numbers(pages: tuple[str, ...]) -> list[int | str]:
    return [int(page) if page.isdecimal() else page for page in pages]


def lines_of(comparison: Comparison) -> Iterator[str]:
    """Yield a comparison as lines of text, the verdict last."""
    for told in comparison.told:
        path, line = path_of(told.change)
        yield f"{path}:{line}: {told.change.kind} {told.change.what}{_where(told)}: {wording_of(told.change)}"
    if comparison.reflowed:
        yield f"reflowed only: {_pages(comparison.reflowed)}"
    if comparison.restyled:
        yield "the styles are not the same"
    if comparison.handouts:
        yield f"handouts to renew: {', '.join(comparison.handouts)}"
    yield f"{comparison.verdict.word}: {'; '.join(comparison.verdict.reasons)}"


def _pages(pages: tuple[str, ...]) -> str:
    """Return «p. 3–5, 9»."""
    runs: list[list[str]] = []
    for page in pages:
        follows = runs and page.isdecimal() and runs[-1][-1].isdecimal() and int(runs[-1][-1]) + 1 == int(page)
        runs[-1].append(page) if follows else runs.append([page])
    return "p. " + ", ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _where(told: Told) -> str:
    old, new = told.old_pages, told.new_pages
    if old and new and old != new:
        return f" ({_pages(old)}, now {_pages(new)})"
    return f" ({_pages(new or old)})" if new or old else ""


def wording_of(change: Change) -> str:
    """Return what changed of a thing, with some words around: «med [-gode-] {+beste+} møteplasser»."""
    old, new = change.old, change.new
    if old is None or new is None or old.text == new.text:
        return shortened(change.item.text, 90)
    said = []
    for kind, words in marked(old.text, new.text):
        said.append({"same": _clipped(words), "old": f"[-{words}-]", "new": f"{{+{words}+}}"}[kind])
    return " ".join(said)


def _clipped(words: str) -> str:
    """Return the words next to a change."""
    parts = words.split()
    if len(parts) <= 2 * _CONTEXT:
        return words
    return " ".join([*parts[:_CONTEXT], "…", *parts[-_CONTEXT:]])
