"""Prose → the HTML of a body in a copy: its blocks numbered, its references resolved.

In come a body, what all bodies of the copy stand on, the digits of the page numbers that it quotes and the figures that
it shows; out goes HTML that nothing else decides. Knows no unit.
"""

import re
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from booklet.entities import escape
from booklet.handouts import mark_block
from booklet.inline import Setting, references_of, resolve
from booklet.model import Block, Prose
from booklet.typography import typography_of

_TAG = re.compile(r"^<([a-z0-9]+)")


class Ground(Struct, frozen=True):
    """What decides the HTML of all bodies of a copy, but for the digits of the pages and the figures that one shows."""

    words: Mapping[str, str]
    inside: frozenset[str]
    labels: Mapping[str, str]
    pictures: Mapping[str, tuple[str, str, str]]
    live: bool
    rules: tuple[str, tuple[str, ...]]
    """Language and rules switched off."""
    facts: Mapping[str, str]
    """Id of a fact → the short form of its source."""
    marked: bool
    """Whether blocks have a place for the page of the whole booklet."""

    def setting(self, digits: Mapping[str, int]) -> Setting:
        """Return what references resolve to, but for figures."""
        rules = typography_of(*self.rules)
        return Setting(self.words, self.inside, self.labels, self.pictures, self.live, digits, rules)


_Digits = tuple[tuple[str, int], ...]
_Charts = tuple[tuple[str, str], ...]


def set_body(prose: Prose, address: str, ground: Ground, digits: _Digits, charts: _Charts) -> str:
    """Return the HTML of a body; each block carries its number, and in a handout a place for the printed page."""
    html, setting = [], replace(ground.setting(dict(digits)), charts=dict(charts))
    for number, block in enumerate(prose.blocks):
        marked = _TAG.sub(rf'<\1 data-b="{number}"', block.html, count=1)
        if block.kind == "figures":
            marked = marked.removesuffix("</div>") + _figure_sources(block, prose, ground) + "</div>"
        if ground.marked:
            marked = mark_block(marked, f"{address}#{number}", setting.words)
        html.append(resolve(marked, prose, setting))
    return "\n".join(html)


def _figure_sources(block: Block, prose: Prose, ground: Ground) -> str:
    """Return the line under key figures that names the sources of their facts, unless the author cites any."""
    references = references_of(block, prose)
    if any(reference.kind == "citation" for reference in references):
        return ""  # the author has said it
    shown = [reference for reference in references if reference.kind == "fact"]
    labels = dict.fromkeys(ground.facts[reference.target] for reference in shown)
    return f'<p class="source">{ground.words["sources"]}: {escape("; ".join(labels))}.</p>'
