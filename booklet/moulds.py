"""Styles worked out once for all documents: an element like one met before takes over what was found out about it.

In come the styles of WeasyPrint 70.0 as they begin; out go the same styles, with the values of those before them that
came about in the same way: by the same rules, under parents of which the same is true, up to the root. Only what the
engine computes is kept, never what it changes in a style afterwards; where it had something to say it is asked again.
"""

import logging
from itertools import islice
from typing import Any

from weasyprint.logger import LOGGER

from booklet import cascade
from booklet.distribution import nameless

_MOULD, _POURED, KEPT = "mould", "poured", "moulds"
"""Where a style notes its mould and how many values it took over, and a set of fonts all moulds."""
_OWN = "anchor"
"""What an element is called is nobody else's."""
_MOST = 3072
"""Some 20 kB each; all six files of a booklet of 70 pages take 1,500."""


class Mould:
    """What is known of all styles that come about in one way."""

    __slots__ = ("count", "drawer", "nameless", "parts", "specified", "values")

    def __init__(self, drawer: Any, count: list[int]) -> None:
        self.values, self.specified = dict[str, Any](), dict[str, Any]()
        self.nameless = dict[str, Any]()
        """Values of the style of a box without an element within."""
        self.parts = dict[Any, Mould]()
        self.drawer, self.count = drawer, count
        count[0] += 1

    def part(self, key: tuple[Any, ...]) -> "Mould":
        """Return the mould of the styles under this one that one way of coming about leads to."""
        if key not in self.parts:
            self.parts[key] = Mould(self.drawer, self.count)
        return self.parts[key]


class Sizes(dict[str, Any]):
    """The sizes of the first page, which tells whether anybody asked for them: they are no sheet's to decide."""

    asked = False

    def __getitem__(self, name: str) -> Any:
        self.asked = True
        return super().__getitem__(name)


class _Ear(logging.Filter):
    """Counts what the engine says."""

    said = 0

    def filter(self, record: logging.LogRecord) -> bool:
        """Let a record pass."""
        self.said += 1
        return True


_ear = _Ear()
LOGGER.addFilter(_ear)


def root_mould(font_config: Any, drawer: Any, base_url: str) -> Mould:
    """Return the mould of what is above the root of documents with some sheets; ``drawer`` holds their rules."""
    kept = font_config.__dict__.setdefault(KEPT, {})
    key = id(drawer), base_url
    if key not in kept or kept[key].count[0] > _MOST:
        counts = [mould.count for mould in kept.values()]
        if sum(count[0] for count in counts) > _MOST:
            kept.clear()
        kept[key] = Mould(drawer, [0])
    return kept[key]  # type: ignore[no-any-return]


def mould_of(style: Any) -> Mould | None:
    """Return the mould of a style, if it has one."""
    return style.__dict__.get(_MOULD)  # type: ignore[no-any-return]


def begin(style: Any, mould: Mould | None) -> None:
    """Give a new style what is known of those before it."""
    if mould is not None:
        style.__dict__.update({_MOULD: mould, _POURED: len(mould.values)})
        style.update(mould.values)
        style.specified.update(mould.specified)


def missing(style: Any, key: str) -> Any:
    """Return a value of a style that was not asked for before, and keep it for others too."""
    mould = style.__dict__.get(_MOULD)
    if mould is None or (key == _OWN and key in style.cascaded):
        return cascade.missing(style, key)
    if style.__dict__[_POURED] < len(mould.values):
        _pour(style, mould)
        if key in style:
            return style[key]
    before, said = len(style), _ear.said
    value = cascade.missing(style, key)
    if said == _ear.said and not style.initial_page_sizes.asked:
        mould.values.update(islice(reversed(style.items()), len(style) - before))
        mould.specified.update(style.specified)
        style.__dict__[_POURED] = len(mould.values)
    return value


def _pour(style: Any, mould: Mould) -> None:
    """Give a style what was found out since it began: a dictionary is taken over at once, values only one by one."""
    own = dict(style)
    style.clear()
    style.update(mould.values)
    style.update(own)
    style.__dict__[_POURED] = len(mould.values)
    style.specified.update(mould.specified)


def begin_anonymous(style: Any, parent_style: Any) -> None:
    """Begin the style of a box without an element."""
    mould = parent_style.__dict__.get(_MOULD)
    if mould is None or not mould.nameless:
        cascade.begin_anonymous(style, parent_style)
        if mould is not None and not parent_style.initial_page_sizes.asked:
            mould.nameless.update(style)
        return
    style.update(mould.nameless)
    style.parent_style, style.root_style, style.specified = parent_style, parent_style.root_style, style
    style.cache, style.font_config = parent_style.cache, parent_style.font_config
    nameless.append(style)
