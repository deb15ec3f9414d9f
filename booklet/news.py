"""A comparison → «Nytt i denne utgaven»: a Markdown page of the next edition, edited by hand where wanted.

In comes a comparison; out goes the text of ``front/news.md``. Its last line is a comment with a hash of what was
written: as long as that fits, nobody has edited the page, and it may be written anew. Knows no page numbers: its links
print them.
"""

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from booklet.comparison import Comparison
from booklet.inventory import Part
from booklet.revision import ADDED, MOVED, REMOVED, Change
from booklet.verdict import counts

FILE = "front/news.md"
_UNITS = ("text", "example", "article")
_STAMP = re.compile(r"<!-- booklet news ([0-9a-f]{16}) -->\n\Z")


class _Reporter:
    """Writes the page."""

    def __init__(self, comparison: Comparison, words: Mapping[str, str], root: Path) -> None:
        self.comparison, self.words, self.root = comparison, words, root
        sides = comparison.old.inventory.parts, comparison.new.inventory.parts
        self.old, self.new = ({part.address: part for part in parts} for parts in sides)
        news = {part.address for part in sides[1] if _name(part, root) == FILE}
        self.changes = [one for one in comparison.changes if counts(one) and one.unit not in news]

    def link(self, part: Part) -> str:
        """Return a link to a unit, which prints the page that it begins on."""
        path = posixpath.relpath(_name(part, self.root), posixpath.dirname(FILE))
        return f"[{part.title.replace('[', '(').replace(']', ')')}]({path})"

    def tally(self, changes: Sequence[Change]) -> str:
        """Return «3 endret, 1 nye»."""
        kinds = Counter(change.kind for change in changes)
        order = "edited", "added", "removed", "moved"
        return ", ".join(self.words[f"news-count-{kind}"].format(count=kinds[kind]) for kind in order if kinds[kind])

    def unit(self, address: str, changes: Sequence[Change]) -> Iterator[str]:
        """Yield what is new in one unit."""
        words, part = self.words, self.new.get(address)
        whole = [one for one in changes if one.what in (*_UNITS, "theme")]
        for change in whole:
            if change.kind == REMOVED or part is None:
                yield words["news-gone"].format(title=change.item.text)
            elif change.kind == ADDED:
                key = "news-new-example" if change.what == "example" else "news-new-text"
                yield words[key].format(link=self.link(part))
            elif change.kind == MOVED:
                yield words["news-moved"].format(link=self.link(part))
        rest = [one for one in changes if one not in whole]
        if rest and part is not None:
            yield words["news-edited"].format(link=self.link(part), what=self.tally(rest))

    def registers(self) -> Iterator[str]:
        """Yield what is new in what stands outside the texts."""
        facts = [one for one in self.comparison.changes if one.what == "fact" and one.new and one.old]
        if shown := [f"[{one.new.text}](fact:{one.new.key})" for one in facts if one.new and _differs(one)]:
            yield self.words["news-figures"].format(facts=", ".join(shown))
        for what, key in (("term", "news-terms"), ("source", "news-sources")):
            if same := [one for one in self.changes if one.what == what]:
                yield self.words[key].format(what=self.tally(same))
        if any(one.what == "picture" for one in self.changes):
            yield self.words["news-pictures"]

    def lines(self) -> Iterator[str]:
        """Yield the page below its front matter."""
        booklet = self.comparison.new.booklet
        titles = {theme.id: theme.title for theme in booklet.themes} if booklet else {}
        for theme, title in (*titles.items(), ("", self.words["news-more"])):
            units = dict.fromkeys(
                one.unit for one in self.changes
                if (one.theme == theme or (not theme and one.theme not in titles)) and one.unit not in (
                    "glossary", "references", "pictures", "facts", "booklet"))
            told = [line for unit in units
                    for line in self.unit(unit, [one for one in self.changes if one.unit == unit])]
            told += [] if theme else list(self.registers())
            if told:
                yield from (f"## {title}", "", *(f"- {line}" for line in told), "")


def _differs(change: Change) -> bool:
    return bool(change.old and change.new and change.old.text != change.new.text and change.new.spots)


def _name(part: Part, root: Path) -> str:
    path = part.position.path
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def write_news(comparison: Comparison, words: Mapping[str, str], root: Path) -> str:
    """Return the page; empty when there is nothing new."""
    lines = list(_Reporter(comparison, words, root).lines())
    if not lines:
        return ""
    run = comparison.old.run
    edition, number = (run.stamp.edition, run.stamp.run) if run else (comparison.old.inventory.edition, "1")
    lead = words["news-lead"].format(edition=edition, run=number)
    body = "\n".join(["---", f"title: {words['news']}", f"lead: {lead}", "---", "", *lines])
    return f"{body}<!-- booklet news {_hash(body)} -->\n"


def is_by_hand(text: str) -> bool:
    """Tell whether somebody edited a page since it was written."""
    match = _STAMP.search(text)
    return match is None or match[1] != _hash(text[:match.start()])


def _hash(body: str) -> str:
    return sha256(body.encode()).hexdigest()[:16]
