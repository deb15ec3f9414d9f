"""Reads what stands within running words: links, pictures, citations, footnote calls, HTML, escapes, entities.

In comes a passage, out goes a phrase: its text with a placeholder for each construct, and the constructs with their
places. It refuses to know what a target is and how it looks. Emphasis is left to Python-Markdown, but what it would
leave as stray asterisks is a finding here.
"""

import re
from collections.abc import Callable

from booklet.collector import Collector
from booklet.entities import escape, unescape
from booklet.letters import FORBIDDEN, describe, quoted
from booklet.manuscript import CLOSE, FILLER, OPEN, Passage, Phrase, Token, closing_ticks
from booklet.pairs import brackets, closing_tag, report_emphasis
from booklet.targets import read_citations, read_target

LONGEST = 20_000
"""Characters of a paragraph: four pages of a booklet."""
DEEPEST = 4

_REFUSED = {
    "attribute": (r"\{:?\s*[#.][^{}\n]*\}", "bad-attribute", "an attribute within the text",
                  "an id stands at the end of a heading or of a box's title; '\\{' for the sign itself"),
    "citation": (r"(?<![\w.])@(?=[a-z][a-z0-9-]*\d{4})", "bad-citation", "a citation without brackets",
                 "write '[@key]'; '\\@' for the sign itself"),
    "foreign": (r"(?<![^\s(«])(?:~~|==)(?=\S)|\{\{|\{%", "foreign-markup", "a sign of another dialect",
                "write Markdown as README shows it; a backslash before the sign itself"),
}
"""What other dialects and templates would make something of: pattern, code, message, hint."""
_SPECIAL = re.compile(
    r"\\[\s\S]?|`+|!?\[|\]|<|&|\*+|_+| {2,}\n|" + FILLER + "+|"
    + "|".join(f"(?P<{name}>{row[0]})" for name, row in _REFUSED.items())
)
_LINK = re.compile(r"\(([^\s()]*(?:\([^\s()]*\)[^\s()]*)*)\)")
_TITLED = re.compile(r"\([^\s()]+\s+[\"'(][^\n]*[\"')]\s*\)")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\s[^<>]*)?)(/?)>")
_ABBR_TITLE = re.compile(r"\s+title=(?:\"([^\"<>]*)\"|'([^'<>]*)')\s*")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*|[^\s<>@]+@[^\s<>@]+)>")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_CALL = re.compile(r"[^\W_][\w-]*")
_PUNCTUATION = set("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_PAIRED = ("sub", "sup", "kbd", "abbr")


def scan(passage: Passage, found: Collector) -> Phrase:
    """Return the constructs of running words."""
    if len(passage.text) > LONGEST:
        message = f"{len(passage.text)} characters without a blank line, more than {LONGEST}"
        found.error("too-long", message, passage.at(0), "part it into paragraphs")
        return Phrase("", (), passage.at(0))
    return _Scanner(passage, found, 0, False).phrase()


class _Scanner:
    """Goes through a passage once; each handler takes an offset and returns the offset after its construct."""

    def __init__(self, passage: Passage, found: Collector, depth: int, linked: bool) -> None:
        self._passage, self._text, self._found = passage, passage.text, found
        self._depth, self._linked = depth, linked
        self._pieces: list[str] = []
        self._tokens: list[Token] = []
        self._runs: list[tuple[int, str]] = []
        self._pairs = brackets(passage.text)
        self._bracket_reported = False
        self._raw_names: list[str] = []

    def phrase(self) -> Phrase:
        """Return the words and constructs of the passage."""
        offset = 0
        before = len(self._found)
        while match := _SPECIAL.search(self._text, offset):
            self._pieces.append(self._text[offset : match.start()])
            offset = self._dispatch(match)
        self._pieces.append(self._text[offset:])
        if len(self._found) == before:
            report_emphasis(self._runs, self._passage, self._found)
        text = "".join(self._pieces)
        text = text if self._depth else text.strip()
        # Emphasis that is already reported must not reach the engine: it takes long over what does not match.
        if len(self._found) > before:
            text = re.sub(r"[*_]", "", text)
        return Phrase(text, tuple(self._tokens), self._passage.at(0))

    def _dispatch(self, match: re.Match[str]) -> int:
        sign, offset = match[0], match.start()
        if match.lastgroup:
            self._refuse(offset, *_REFUSED[match.lastgroup][1:])
            return match.end()
        if sign[0] in "*_":
            self._runs.append((offset, sign))
            self._pieces.append(sign)
            return match.end()
        if sign[0] == FILLER:
            return match.end()
        if sign[0] == " ":
            self._html(offset, "<br>")
            return match.end()
        return _HANDLERS[sign[0]](self, offset)

    def _token(self, token: Token) -> None:
        self._pieces.append(f"{OPEN}{len(self._tokens)}{CLOSE}")
        self._tokens.append(token)

    def _html(self, offset: int, ready: str) -> None:
        self._token(Token("html", self._passage.at(offset), ready))

    def _refuse(self, offset: int, code: str, message: str, hint: str) -> None:
        self._found.error(code, message, self._passage.at(offset), hint)

    def _inner(self, start: int, end: int, linked: bool) -> Phrase:
        inner = self._passage.part(start, end)
        if self._depth >= DEEPEST:
            self._refuse(start, "too-deep", f"nested more than {DEEPEST} levels deep", "write it flatter")
            return Phrase("", (), inner.at(0))
        return _Scanner(inner, self._found, self._depth + 1, linked or self._linked).phrase()

    def _escape(self, offset: int) -> int:
        after = self._text[offset + 1 : offset + 2]
        if after == "\n":
            self._html(offset, "<br>")
        elif after in _PUNCTUATION:
            self._html(offset, escape(after))
        else:
            self._html(offset, "\\")
            return offset + 1
        return offset + 2

    def _code(self, offset: int) -> int:
        ticks = len(self._text) - offset - len(self._text[offset:].lstrip("`"))
        end = closing_ticks(self._text, offset + ticks, ticks)
        if end < 0:
            self._refuse(offset, "unclosed-code", "a backtick without its partner", "close it, or write '\\`'")
            return offset + ticks
        words = self._text[offset + ticks : end].replace(FILLER, "").strip()
        self._html(offset, f"<code>{escape(' '.join(words.split()))}</code>")
        return end + ticks

    def _ampersand(self, offset: int) -> int:
        match = _ENTITY.match(self._text, offset)
        decoded = unescape(match[0]) if match else "&"
        if match is None:
            self._html(offset, "&amp;")
            return offset + 1
        if decoded == match[0]:
            hint = "write '&amp;' for the sign itself"
            self._refuse(offset, "unknown-entity", f"unknown entity {quoted(decoded)}", hint)
        elif bad := re.search(f"{FORBIDDEN.pattern}|\ufffd", decoded):
            message = f"an entity for the character {describe(bad[0])}"
            self._refuse(offset, "control-character", message, "remove it")
        else:
            self._html(offset, escape(decoded))
        return match.end()

    def _stray(self, offset: int) -> int:
        self._report_bracket(offset, "a bracket closes that never opened", "write '\\]' for the sign itself")
        return offset + 1

    def _report_bracket(self, offset: int, message: str, hint: str) -> None:
        if not self._bracket_reported:
            self._refuse(offset, "lone-bracket", message, hint)
        self._bracket_reported = True

    def _angle(self, offset: int) -> int:
        if match := _AUTOLINK.match(self._text, offset):
            hint = f"write '[text]({match[1]})'"
            self._refuse(offset, "autolink", "an address in angle brackets", hint)
            return match.end()
        tag = _TAG.match(self._text, offset)
        name = tag[2].lower() if tag else ""
        if tag and not tag[1] and name == "br" and not tag[3].strip(" /\n"):
            self._html(offset, "<br>")
            return tag.end()
        if tag and not tag[1] and name in _PAIRED:
            return self._pair(offset, tag, name)
        if not re.match(r"<[A-Za-z/!?]", self._text[offset : offset + 2]):
            self._html(offset, "&lt;")
            return offset + 1
        return self._raw(offset)

    def _pair(self, offset: int, tag: re.Match[str], name: str) -> int:
        title = _ABBR_TITLE.fullmatch(tag[3])
        if tag[3].strip() and not (title and name == "abbr"):
            self._refuse(offset, "raw-html", f"attributes of <{name}>", f"write '<{name}>' alone")
        close = None if name in self._raw_names else closing_tag(self._text, tag.end(), name)
        if close is None:
            if name not in self._raw_names:
                self._refuse(offset, "raw-html", f"<{name}> begins that never ends", f"end it with '</{name}>'")
            self._raw_names.append(name)
            return tag.end()
        opening = name
        if title and name == "abbr":
            opening += f' title="{escape(unescape(title[1] or title[2] or ""))}"'
        inner = self._inner(tag.end(), close.start(), False)
        self._token(Token("pair", self._passage.at(offset), opening, inner))
        return close.end()

    def _raw(self, offset: int) -> int:
        match = re.compile(r"<(/?)([A-Za-z][\w:-]*)?").match(self._text, offset)
        assert match
        name = (match[2] or "").lower()
        shown = quoted(self._text[offset : offset + 30].split(">")[0] + ">", 30)
        if match[1] and name in self._raw_names:
            self._raw_names.remove(name)
        else:
            hint = "write Markdown; '\\<' for the sign itself"
            self._refuse(offset, "raw-html", f"raw HTML {shown}", hint)
            self._raw_names.append(name)
        end = self._text.find(">", offset)
        if not match[1] and name in ("script", "style"):
            close = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(self._text, offset)
            return close.end() if close else len(self._text)
        return end + 1 if end >= 0 else len(self._text)

    def _bracket(self, offset: int) -> int:
        picture = self._text[offset] == "!"
        start = offset + picture
        end = self._pairs.get(start)
        body = self._text[start + 1 : end] if end is not None else self._text[start + 1 : start + 3]
        if end is None:
            self._report_unclosed(offset, body)
            return start + 1
        if body[:1] in ("@", "^") and not picture:
            if self._linked:
                self._refuse(offset, "nested-link", "a citation or footnote within a link", "end the link before")
                return end + 1
            return self._citation(start, end) if body[0] == "@" else self._footnote(start, end)
        following = self._text[end + 1 : end + 2]
        if following == "(":
            return self._link(offset, start, end)
        if following == "[" or (following == ":" and picture):
            self._refuse(offset, "reference-link", "a link whose target stands elsewhere", "write '[text](target)'")
            return self._pairs.get(end + 1, end) + 1
        apart = re.match(r"\s\(", self._text[end + 1 : end + 3])
        hint = "no space between ']' and '('" if apart else "write '[text](target)'; '\\[' for the sign itself"
        self._report_bracket(offset, f"{quoted('[' + body + ']', 30)} is neither link nor citation", hint)
        self._inner(start + 1, end, False)
        return end + 1

    def _report_unclosed(self, offset: int, begin: str) -> None:
        kinds = {"@": "citation", "^": "footnote call"}
        kind = kinds.get(begin[:1], "bracket")
        hint = "close it with ']'" if kind != "bracket" else "close it with ']', or write '\\[' for the sign itself"
        self._report_bracket(offset, f"a {kind} opens that never closes", hint)

    def _citation(self, start: int, end: int) -> int:
        for key, locator, at in read_citations(self._passage.part(start + 1, end), self._found):
            self._token(Token("citation", at, key, locator=locator))
        return end + 1

    def _footnote(self, start: int, end: int) -> int:
        name = self._text[start + 2 : end]
        if _CALL.fullmatch(name):
            self._token(Token("footnote", self._passage.at(start), name))
        else:
            hint = "write '[^name]' with letters, digits and hyphens"
            self._refuse(start, "bad-footnote", f"{quoted('[^' + name + ']', 40)} is no footnote call", hint)
        return end + 1

    def _link(self, offset: int, start: int, end: int) -> int:
        match = _LINK.match(self._text, end + 1)
        if match is None:
            return self._report_target(offset, end)
        inner = self._inner(start + 1, end, True)
        target = unescape(match[1].replace(FILLER, ""))
        if self._text[offset] == "!" and target:
            self._token(Token("picture", self._passage.at(offset), target, inner))
            return match.end()
        if self._linked:
            self._refuse(offset, "nested-link", "a link within a link", "end the first link before")
        elif not target or not self._text[start + 1 : end].strip():
            self._refuse(offset, "empty-link", "a link without words or target", "write '[text](target)'")
        else:
            kind, target = read_target(target, self._passage.at(end + 2), self._found)
            self._token(Token(kind, self._passage.at(offset), target, inner))
        return match.end()

    def _report_target(self, offset: int, end: int) -> int:
        titled = _TITLED.match(self._text, end + 1)
        close = self._text.find(")", end + 1)
        if titled:
            self._refuse(offset, "link-title", "a link with a title", "write '[text](target)' alone")
            return titled.end()
        if close < 0 or "\n" in self._text[end:close]:
            self._refuse(offset, "unclosed-link", "a link whose target never closes", "close it with ')'")
            return end + 2
        self._refuse(end + 2, "bad-target", "a target with spaces in it", "write '%20' for a space")
        return close + 1


_HANDLERS: dict[str, Callable[[_Scanner, int], int]] = {
    "\\": _Scanner._escape,
    "`": _Scanner._code,
    "!": _Scanner._bracket,
    "[": _Scanner._bracket,
    "]": _Scanner._stray,
    "<": _Scanner._angle,
    "&": _Scanner._ampersand,
}
