"""Marks in a text → what is printed there: words, «(s. 23)», «(Søholt mfl. 2015)», a picture.

In comes a ``Prose`` with marks and what the copy at hand holds; out goes HTML with holes where page numbers will
stand. Knows nothing of pages, templates or the engine.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby

from msgspec import Struct, field

from booklet.entities import escape
from booklet.model import Block, Prose, Reference, Source
from booklet.typography import EVERY_RULE, Typography

_MARK = re.compile("\ue000(\\d+)\ue001(.*?)\ue002", re.DOTALL)
_MARKS = re.compile("(?:\ue000\\d+\ue001[^\ue000]*?\ue002)+", re.DOTALL)
_SHORT = 11
"""Letters of a last word that looks lost on a line of its own under a title."""
FINGERPRINT = 11
"""Figures that are as wide as any fingerprint."""


class Setting(Struct, frozen=True):
    """What a reference can resolve to in the copy at hand."""

    words: Mapping[str, str]
    inside: frozenset[str]
    """Addresses that this copy holds."""
    labels: Mapping[str, str]
    """Key of a source → «Søholt mfl. 2015»."""
    pictures: Mapping[str, tuple[str, str, str]]
    """Path → alt text, caption, credit."""
    live: bool
    """Whether links are made."""
    digits: Mapping[str, int] = field(default_factory=dict)
    """Address → how many digits its page number is expected to have."""
    typography: Typography = EVERY_RULE
    charts: Mapping[str, str] = field(default_factory=dict)
    """Path → the figure drawn from it, as HTML."""


def hole(kind: str, target: str = "", digits: int = 2, gap: str = "") -> str:
    """Return the HTML of a place that a number will be put in, after an optional no-break space.

    The space is part of the place: the engine breaks a line wrongly when the text before ends in one.
    """
    return f'<span class="hole" data-hole="{kind}" data-target="{escape(target)}">{gap}{"0" * digits}</span>'


def sentence_hole(words: str, digits: int) -> str:
    """Return the HTML of a place for a whole phrase: «Side {page} av {total}»."""
    filled = escape(filler(words, digits))
    return f'<span class="hole" data-hole="phrase" data-target="{escape(words)}">{filled}</span>'


def fingerprint_hole() -> str:
    """Return the HTML of a place for the fingerprint: «3f2a 91c0», in letters that are wider than figures."""
    return hole("print", digits=FINGERPRINT)


def filler(words: str, digits: int) -> str:
    """Return what stands in the place of a phrase until its numbers are known."""
    return words.format(page="0" * digits, total="0" * digits)


def digits_of(words: str, length: int) -> int:
    """Return how many digits the numbers of a phrase have room for when the whole is so long."""
    return (length - len(filler(words, 0))) // (len(filler(words, 1)) - len(filler(words, 0)))


def tie(title: str, typography: Typography = EVERY_RULE) -> str:
    """Return a title whose last word does not stand on a line alone."""
    *words, last = typography.text(title).split(" ")
    return f"{' '.join(words)}\u00a0{last}" if words and len(last) <= _SHORT else " ".join([*words, last])


def link(address: str, html: str, live: bool, kind: str = "") -> str:
    """Return a live link to an address of this copy, or the words in a box of their own.

    The box keeps the lines of all profiles alike: the engine breaks a line otherwise when its words are in one piece.
    """
    name = f' class="{kind}"' if kind else ""
    return f'<a{name} href="link://go/{address}">{html}</a>' if live else f"<span{name}>{html}</span>"


def page_of(address: str, setting: Setting) -> str:
    """Return «(s. 00)», or «(hele heftet, s. 00)» where this copy does not hold the address."""
    inside = address in setting.inside
    words = setting.words["page" if inside else "whole"]
    before, after = escape(words).replace(" ", "\u00a0").split("{page}")
    gap = "\u00a0" if before.endswith("\u00a0") else ""
    number = hole("page" if inside else "whole", address, setting.digits.get(address, 2), gap)
    return f"{before.removesuffix(gap)}{number}{after}"


def _print_link(reference: Reference, html: str, setting: Setting) -> str:
    inside = reference.target in setting.inside
    gap = "\u00a0" if inside else " "
    return f"{link(reference.target, html, setting.live and inside)}{gap}{page_of(reference.target, setting)}"


def _print_term(reference: Reference, html: str, setting: Setting) -> str:
    address = f"glossary.{reference.target}"
    return link(address, html, setting.live and address in setting.inside, "term")


def _print_fact(reference: Reference, html: str, setting: Setting) -> str:
    return html


def _print_picture(reference: Reference, html: str, setting: Setting) -> str:
    alt, caption, credit = setting.pictures[reference.target]
    words = setting.words["figure-credit"].format(credit=credit)
    shown = f"{escape(caption)} " if caption else ""
    return (
        f'<img src="book://x/pictures/{escape(reference.target)}" alt="{escape(reference.text or alt)}">'
        f'<figcaption>{shown}<span class="credit">{escape(words)}</span></figcaption>'
    )


def _print_chart(reference: Reference, html: str, setting: Setting) -> str:
    return setting.charts[reference.target]


_PRINTERS: dict[str, Callable[[Reference, str, Setting], str]] = {
    "link": _print_link, "term": _print_term, "fact": _print_fact, "picture": _print_picture,
    "chart": _print_chart,
}


def _print_citations(references: Iterable[Reference], setting: Setting) -> str:
    shown = []
    for reference in references:
        locator = f", {escape(reference.locator)}" if reference.locator else ""
        label = escape(setting.labels[reference.target]) + locator
        address = f"references.{reference.target}"
        shown.append(link(address, label, setting.live and address in setting.inside))
    return f"({'; '.join(shown)})"


def resolve(html: str, prose: Prose, setting: Setting) -> str:
    """Return the HTML of a block of ``prose`` with every mark replaced by what this copy prints there."""

    def run(match: re.Match[str]) -> str:
        marks = [(prose.references[int(number)], inner) for number, inner in _MARK.findall(match[0])]
        shown = []
        for citations, same in groupby(marks, key=lambda mark: mark[0].kind == "citation"):
            if citations:
                shown.append(_print_citations((reference for reference, _ in same), setting))
            else:
                shown += [_PRINTERS[reference.kind](reference, inner, setting) for reference, inner in same]
        return "".join(shown)

    return setting.typography.html(_MARKS.sub(run, html))


def references_of(block: Block, prose: Prose) -> list[Reference]:
    """Return what a block of ``prose`` refers to, in order."""
    return [prose.references[int(number)] for number, _ in _MARK.findall(block.html)]


def _short(source: Source, words: Mapping[str, str]) -> str:
    """Return who stands for a work, short: «Søholt mfl.», «Tronstad og Søholt», «SSB»."""
    names = [author.split(",")[0].strip() for author in source.authors]
    if not names:
        return source.short or source.organisation
    if len(names) > 2:
        return f"{names[0]} {words['et-al']}"
    return f" {words['and']} ".join(names)


def source_labels(sources: Iterable[Source], words: Mapping[str, str]) -> dict[str, str]:
    """Return key → «Søholt mfl. 2015», told apart by letters where two would be the same: «SSB 2018a»."""
    groups: dict[str, list[Source]] = {}
    for source in sources:
        groups.setdefault(f"{_short(source, words)} {source.year or words['undated']}", []).append(source)
    labels = {}
    for label, same in groups.items():
        ordered = sorted(same, key=lambda source: (source.title, source.key))
        for number, source in enumerate(ordered):
            gap = "" if source.year else "\u00a0"
            labels[source.key] = label if len(ordered) == 1 else f"{label}{gap}{_letters(number)}"
    return labels


def _letters(number: int) -> str:
    """Return a, b … z, aa, ab … for 0, 1 …"""
    return (_letters(number // 26 - 1) if number >= 26 else "") + chr(97 + number % 26)
