"""The only door to Python-Markdown: phrases → inert HTML with marks for the references.

In come phrases, out go HTML, numbered references and findings. It refuses to know blocks, files and registers: a
reference's target is what the author wrote. Python-Markdown keeps no places and prints what it does not understand, so
the constructs are found before it (phrases) and put back after it; it sets the emphasis and escapes the words.
"""

import re
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from booklet.collector import Collector
from booklet.entities import escape, unescape
from booklet.letters import quoted
from booklet.manuscript import CLOSE, OPEN, Footnote, Passage, Phrase, Token
from booklet.model import Reference
from booklet.passages import scan

MOST_NOTE_WORDS = 150
"""Of a footnote: the engine loses lines of one that is longer than a page."""
MARK, TEXT, END = "\ue000", "\ue001", "\ue002"
"""A reference in a block's HTML: MARK number TEXT inline HTML END."""

_OURS = (
    "backtick", "escape", "reference", "link", "image_link", "image_reference", "short_reference",
    "short_image_ref", "autolink", "automail", "linebreak", "html", "entity",
)
_PLACEHOLDER = re.compile(f"{OPEN}(\\d+){CLOSE}")
_NUMBER = re.compile(f"{MARK}\\d+{TEXT}|{END}")
_BLOCKS = "p|li|ul|ol|t[hrd]|thead|tbody|table|d[ltd]|h[2-4]|aside|div|figure|figcaption|blockquote|br"
_BLOCK_TAG = re.compile(rf"</?(?:{_BLOCKS})\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_ASKED = re.compile(r"[*_&<>\\`\[\]\x00-\x08]")
"""A sign that may be more than itself to Python-Markdown or to whoever reads HTML."""
_LEFT = re.compile(r"\S\*|\*\S")
"""An asterisk that Python-Markdown has left: escaped ones are placeholders while it works."""


def plain(ready: str) -> str:
    """Return the words of some HTML, without tags and marks."""
    words = _TAG.sub("", _BLOCK_TAG.sub(" ", _NUMBER.sub("", ready)))
    return " ".join(unescape(words).split())


@cache
def _emphasis() -> tuple[Any, Any]:
    """Return what sets emphasis, and what writes it: Python-Markdown without the constructs that are ours."""
    engine = import_module("markdown").Markdown()
    for name in _OURS:
        engine.inlinePatterns.deregister(name, strict=False)
    return engine.treeprocessors["inline"], import_module("markdown.serializers").to_xhtml_string


def _emphasise(text: str) -> str:
    """Return words as HTML, their emphasis set by Python-Markdown; most have none, and it need not be asked."""
    if not _ASKED.search(text):
        return text
    processor, write = _emphasis()
    root = Element("div")
    SubElement(root, "p").text = text
    processor.run(root)
    return str(write(root[0])).removeprefix("<p>").removesuffix("</p>")


class Setter:
    """Sets the words of one body, and numbers its references as it goes."""

    def __init__(self, footnotes: Sequence[Footnote], whole: bool, found: Collector) -> None:
        """Get the footnotes ready for their calls; ``whole`` says that none can be hidden by a fault."""
        self._whole, self._found = whole, found
        self.references: list[Reference] = []
        self._footnotes: dict[str, Footnote] = {}
        self._called: set[str] = set()
        self._place = ""
        for note in footnotes:
            if note.name in self._footnotes:
                message = f"the footnote {quoted(note.name)} has a text already"
                found.error("duplicate-footnote", message, note.at, "give one of the two another name")
            self._footnotes.setdefault(note.name, note)

    def words(self, words: Passage | None, place: str = "") -> str:
        """Return running words as HTML; in a ``heading`` or a ``footnote`` not everything may stand."""
        before, self._place = self._place, place or self._place
        ready = self.weave(scan(words, self._found)) if words else ""
        self._place = before
        return ready

    def weave(self, phrase: Phrase, trial: bool = False) -> str:
        """Return a phrase as HTML; a trial leaves no references behind."""
        ready = _emphasise(phrase.text)
        if _LEFT.search(_TAG.sub("", ready)):
            hint = "put spaces or words between them, or write '\\*' for the sign itself"
            self._found.error("unclosed-emphasis", "asterisks that do not pair", phrase.at, hint)
        return _PLACEHOLDER.sub(lambda match: self._construct(phrase.tokens[int(match[1])], trial), ready)

    def check_footnotes(self) -> None:
        """Report the footnotes that no text calls."""
        for note in self._footnotes.values():
            if note.name not in self._called and self._whole:
                message = f"nothing calls the footnote {quoted(note.name)}"
                self._found.error("footnote-no-call", message, note.at, f"write '[^{note.name}]' in the text")

    def _construct(self, token: Token, trial: bool) -> str:
        inner = self.weave(token.inner, trial) if token.inner else ""
        if token.kind == "html":
            return token.target
        if token.kind == "pair":
            return f"<{token.target}>{inner}</{token.target.split()[0]}>"
        if trial:
            return inner
        if self._place == "heading":
            message, hint = f"a {token.kind} in a heading", "move it into the text"
            self._found.error("reference-in-heading", message, token.at, hint)
            return inner
        if token.kind == "web":
            return f'<a href="{escape(token.target)}">{inner}</a>'
        if token.kind == "footnote":
            return self._footnote(token)
        if token.kind == "picture":
            hint = "put it into a paragraph of its own"
            self._found.error("picture-in-line", "a picture within a line", token.at, hint)
            return ""
        return self.mark(token, inner)

    def mark(self, token: Token, inner: str) -> str:
        """Return the mark of a reference around its inline HTML."""
        text = plain(self.weave(token.inner, True)) if token.inner else ""
        self.references.append(Reference(token.kind, token.target, text, token.at, token.locator))
        return f"{MARK}{len(self.references) - 1}{TEXT}{inner}{END}"

    def _footnote(self, token: Token) -> str:
        note, shown = self._footnotes.get(token.target), quoted(token.target)
        if self._place == "footnote":
            self._found.error("nested-footnote", "a footnote within a footnote", token.at, "write it into the text")
        elif note is None:
            hint = f"write '[^{token.target}]: text' on a line of its own"
            if self._whole:
                self._found.error("footnote-no-text", f"the footnote {shown} has no text", token.at, hint)
        elif token.target in self._called:
            hint = "write a second footnote, or the name of the first"
            self._found.error("duplicate-footnote", f"the footnote {shown} is called twice", token.at, hint)
        elif not note.words.text.strip():
            self._called.add(token.target)
            self._found.error("footnote-no-text", f"the footnote {shown} has no text", note.at, "write it")
        else:
            self._called.add(token.target)
            length = len(note.words.text.split())
            if length > MOST_NOTE_WORDS:
                message = f"the footnote {shown} has {length} words, more than {MOST_NOTE_WORDS}"
                self._found.error("too-long", message, note.at, "move it into the text or a box")
            return f'<span class="footnote">{self.words(note.words, "footnote")}</span>'
        return ""
