"""Booklet → smaller booklet: an excerpt is a booklet, not a mode.  No I/O."""

from collections.abc import Iterable

from msgspec.structs import replace

from booklet.model import Booklet, Example, Theme

TEXT, QUESTIONS = "text", "questions"
"""Parts of a theme that are no example: «nettverk/text», «nettverk/questions»."""


def parts_of(theme: Theme) -> tuple[str, ...]:
    """Return the names of what a theme holds, in its order."""
    return TEXT, *map(_name, theme.examples), *([QUESTIONS] if theme.questions else [])


def in_order(booklet: Booklet, names: Iterable[str]) -> tuple[str, ...]:
    """Return themes and parts of themes in the order of the booklet, once each; LookupError names an unknown one."""
    known: list[str] = []
    for theme in booklet.themes:
        known += [theme.id, *(f"{theme.id}/{part}" for part in parts_of(theme))]
    wanted = set(names)
    for name in sorted(wanted - set(known)):
        raise LookupError(name)
    return tuple(name for name in known if name in wanted and (name in _themes(wanted) or _theme(name) not in wanted))


def select(booklet: Booklet, names: tuple[str, ...], *, short: bool = False) -> Booklet:
    """Return the excerpt of the themes and parts named, in that order; the whole when none is.

    With ``short`` it has the points of a theme instead of its text. LookupError names one that is unknown.
    """
    if not names:
        return booklet
    in_order(booklet, names)
    themes = {theme.id: theme for theme in booklet.themes}
    kept = tuple(
        _cut(themes[name], [other.partition("/")[2] for other in names if _theme(other) == name], short)
        for name in dict.fromkeys(map(_theme, names)))
    registers = tuple(part for part in booklet.back if isinstance(part, str))
    return replace(booklet, themes=kept, front=(), back=registers, excerpt=True)


def _cut(theme: Theme, parts: list[str], short: bool) -> Theme:
    """Return a theme with the parts named only; an empty name is for all of it."""
    form = "whole" if "" in parts else TEXT if TEXT in parts else ""
    if form and short:
        form = "points"
    if "" in parts:
        return replace(theme, form=form)
    examples = {_name(example): example for example in theme.examples}
    chosen = tuple(examples[part] for part in parts if part in examples)
    return replace(theme, form=form, examples=chosen, questions=theme.questions if QUESTIONS in parts else ())


def _theme(name: str) -> str:
    return name.partition("/")[0]


def _themes(names: Iterable[str]) -> set[str]:
    return {name for name in names if "/" not in name}


def _name(example: Example) -> str:
    return example.article.address.partition(".")[2]
