"""What a copy of a booklet holds: its addresses, the sources it rests on, the words it explains.

In comes a booklet, whole or an excerpt; out go addresses and entries of the registers. It refuses to know how any of it
is printed.
"""

from collections.abc import Mapping
from functools import lru_cache

from booklet.graphs import Chart
from booklet.inline import source_labels
from booklet.memory import Only
from booklet.model import Booklet, Source, Term, articles

_KEPT = 8
"""Booklets and excerpts whose sources are remembered: everything about a copy asks for them."""


def addresses(booklet: Booklet, plan: str = "booklet") -> frozenset[str]:
    """Return every address that a copy of this booklet holds; every handout says which theme it is of."""
    found = {theme.id for theme in booklet.themes if theme.form == "whole" or plan == "handout"}
    for article in articles(booklet):
        found |= {article.address} | {block.anchor for block in article.body.blocks if block.anchor}
    registers = {
        "glossary": [term.id for term in used_terms(booklet)],
        "references": [source.key for source in used_sources(booklet)],
    }
    for name, entries in registers.items():
        if name in booklet.back and entries:  # an empty register is not printed
            found |= {name} | {f"{name}.{entry}" for entry in entries}
    return frozenset(found)


def used_sources(booklet: Booklet) -> tuple[Source, ...]:
    """Return the sources that the texts, examples and figures of this booklet rest on."""
    return _used_sources(Only(booklet))


@lru_cache(_KEPT)
def _used_sources(only: Only[Booklet]) -> tuple[Source, ...]:
    booklet = only.thing
    keys, facts = set(), {fact.id: fact for fact in booklet.facts}
    for chart in used_charts(booklet):
        keys |= set(chart.sources)
    for article in articles(booklet):
        for reference in article.body.references:
            if reference.kind == "citation":
                keys.add(reference.target)
            elif reference.kind == "fact":
                keys.add(facts[reference.target].source)
    for theme in booklet.themes:
        keys |= {key for example in theme.examples for key in example.sources}
    return tuple(source for source in booklet.sources if source.key in keys)


def used_charts(booklet: Booklet) -> tuple[Chart, ...]:
    """Return the figures drawn from data that the texts of this booklet show, in order."""
    charts = {chart.path: chart for chart in booklet.charts}
    shown = dict.fromkeys(
        reference.target for article in articles(booklet) for reference in article.body.references
        if reference.kind == "chart")
    return tuple(charts[path] for path in shown)


def used_terms(booklet: Booklet) -> tuple[Term, ...]:
    """Return the glossary of this booklet: all of it, or in an excerpt the terms that the excerpt uses."""
    if not booklet.excerpt:
        return booklet.glossary
    used = {ref.target for article in articles(booklet) for ref in article.body.references if ref.kind == "term"}
    return tuple(term for term in booklet.glossary if term.id in used)


def brief_labels(booklet: Booklet, words: Mapping[str, str]) -> dict[str, str]:
    """Return the short form of every source that the whole booklet uses."""
    return source_labels(used_sources(booklet), words)
