"""Two copies of one unit, compared before they are laid out: do the same lines come of both?

In come the boxes of a document of WeasyPrint 70.0 as they were written down before they were laid out, and those of
another document; out goes which box of one is which of the other. It is sure only where all that a layout looks at is
the same: words, the order of boxes and every computed value but those that are only painted. A box that hangs from the
foot of another, and in which nothing else hangs, may hold other words: then it is named, to be laid out by itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from weasyprint.css import AnonymousStyle
from weasyprint.css.tokens import Pending
from weasyprint.formatting_structure import boxes

from booklet.declared import LOGICAL
from booklet.moulds import mould_of

SERIAL = "serial"
"""Where a box, and each that a layout makes of it, notes its number."""
_PAINTED = frozenset({
    "color", "background_color", "border_top_color", "border_right_color", "border_bottom_color", "border_left_color",
    "outline_color", "column_rule_color", "text_decoration_color", "link", "anchor"})
"""What no layout looks at."""
_OF_ROOT = _PAINTED | {"break_before"}
"""On which side a unit begins is asked of its root alone, and answered for each copy."""
_OWN = frozenset({
    SERIAL, "children", "column_groups", "element", "element_tag", "footnote", "link", "remove_decoration_sides",
    "replacement", "style"})
"""What boxes that stand for each other each have of their own."""
_TAGS = frozenset({"span", "a"})
"""Elements that nobody tells apart but for their styles."""
_NAMELESS = itemgetter("white_space", "position")
"""What the engine changes in the styles of boxes without an element, which it does not copy."""
_OUTERMOST = "overflow"
"""What it changes so in those of the root and of what stands in it."""
_FREE, _HUNG = ("top", "height"), ("left", "width", "bottom")

Noted = list[tuple[Any, dict[str, Any]]]


class Unlike(Exception):
    """Two copies differ in more than what is painted."""


def held(values: Mapping[str, Any]) -> Sequence[Any]:
    """Return what a box holds: other boxes, the columns of a table, the note that it calls."""
    children: Sequence[Any] = values["children"]
    if values.get("footnote") is None and "column_groups" not in values:
        return children
    return *children, *values.get("column_groups", ()), *filter(None, (values.get("footnote"),))


def note(root: Any) -> Noted:
    """Return all boxes under one with what they are before they are laid out, numbered."""
    found: Noted = []
    waiting = [root]
    while waiting:
        box = waiting.pop()
        values = box.__dict__
        values[SERIAL] = len(found)
        found.append((box, dict(values)))
        waiting += held(values)
    return found


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said of a box that is not its own."""
    return {name: value for name, value in values.items() if name not in _OWN}


def _same(old: Any, new: Any) -> bool:
    """Tell whether two values of boxes are the same; what is worked out anew each time, by what works it out."""
    return old is new or old == new or (
        callable(old) and callable(new) and getattr(old, "__code__", old) is getattr(new, "__code__", None))


def _of(style: Any) -> frozenset[str]:
    """Return what a layout does not ask of a style."""
    return _OF_ROOT if style.parent_style is None else _PAINTED


def _came(style: Any) -> bool:
    """Tell whether a style is as it came of rules, or of the style around it: no copy that was changed."""
    if type(style) is AnonymousStyle:
        return style.parent_style.__dict__.get("anonymous_style") is style
    return mould_of(style) is not None


def _is_changed_alike(old: Any, new: Any) -> bool:
    """Tell whether the engine made the same of two styles."""
    if type(old) is AnonymousStyle:
        return bool(_NAMELESS(old) == _NAMELESS(new))
    over = old.parent_style
    return bool((over is not None and over.parent_style is not None) or old[_OUTERMOST] == new[_OUTERMOST])


def _same_words(old: Any, new: Any) -> bool:
    """Tell whether two values that rules set are the same and stand for themselves."""
    return (old is new or old == new) and not isinstance(old, Pending)


def _size(values: dict[str, Any]) -> tuple[Any, ...]:
    """Return how big a picture wants to be."""
    style = values["style"]
    size: tuple[Any, ...] = values["replacement"].get_intrinsic_size(style["image_resolution"], style["font_size"])
    return size


class Parallels:
    """Which box of a copy is which of another, and so with elements."""

    def __init__(self, noted: Noted, root: Any) -> None:
        """Compare what was noted of a copy with the boxes of another; raises Unlike where they differ."""
        self.noted = noted
        self.notes = any(values.get("footnote") is not None for _, values in noted)
        self.boxes: dict[int, Any] = {}
        """The number of a box → the box that stands for it."""
        self.elements: dict[Any, Any] = {}
        self.others: set[int] = set()
        """The numbers of boxes that hold other words."""
        self._agreed: set[tuple[int, int]] = set()
        """Styles that are the same in what was asked of them."""
        self._alike: dict[tuple[int, int], bool] = {}
        self._said: dict[tuple[int, int, int], bool] = {}
        self._compare(0, root)

    def _compare(self, number: int, box: Any) -> None:
        """Compare a box and what it holds with another; raises Unlike."""
        old, values = self.noted[number]
        self._match(old, values, box)
        self.agree(values["style"], box.style, _PAINTED if number else _OF_ROOT)
        self.boxes[number] = box
        before = len(self.boxes), len(self.elements)
        try:
            self._compare_within(values, box)
        except Unlike:
            if not _hangs(values, box) or not all(map(_stands, [*self._all_in(number), *_all_in(box)])):
                raise
            self.others.add(number)
            for known, length in zip((self.boxes, self.elements), before, strict=True):
                while len(known) > length:
                    known.popitem()

    def _compare_within(self, values: dict[str, Any], box: Any) -> None:
        theirs, ours = held(values), held(box.__dict__)
        if len(theirs) != len(ours) or (values.get("footnote") is None) != (box.footnote is None):
            raise Unlike
        for one, other in zip(theirs, ours, strict=True):
            self._compare(one.__dict__[SERIAL], other)

    def _match(self, old: Any, values: dict[str, Any], box: Any) -> None:
        """Compare all that is said of a box itself, and note whose element it is."""
        new, tag, element = box.__dict__, values["element_tag"], values["element"]
        if type(old) is not type(box) or (tag != box.element_tag and not _TAGS.issuperset((tag, box.element_tag))):
            raise Unlike
        theirs, ours = _said(values), _said(new)
        if theirs != ours and not (theirs.keys() == ours.keys() and all(map(_same, theirs.values(), ours.values()))):
            raise Unlike
        if "replacement" in values and _size(values) != _size(new):
            raise Unlike
        if self.elements.setdefault(element, box.element) is not box.element:
            raise Unlike

    def agree(self, old: Any, new: Any, painted: frozenset[str] = _PAINTED) -> None:
        """Compare two styles in all that a layout asked of the first; raises Unlike."""
        pair = id(old), id(new)
        if pair in self._agreed or self._came_alike(old, new, painted):
            return
        for name, value in old.items():
            if name not in painted and name[:2] != "__" and value is not new[name] and value != new[name]:
                raise Unlike(name)
        self._agreed.add(pair)

    def _came_alike(self, old: Any, new: Any, painted: frozenset[str] = _PAINTED) -> bool:
        """Tell whether two styles have the same values because all that they come of says the same."""
        pair = id(old), id(new)
        if pair not in self._alike:
            over = old.parent_style, new.parent_style
            self._alike[pair] = (
                type(old) is type(new) and _came(old) and _came(new) and _is_changed_alike(old, new)
                and (over == (None, None) if None in over else self._came_alike(*over, _of(over[0])))
                and (type(old) is AnonymousStyle or self._says_the_same(old.cascaded, new.cascaded, painted)))
        return self._alike[pair]

    def _says_the_same(self, old: Any, new: Any, painted: frozenset[str]) -> bool:
        """Tell whether rules say the same of two styles, formulas and logical properties aside."""
        pair = id(old), id(new), len(painted)
        if pair not in self._said:
            self._said[pair] = all(
                name in painted or name[:2] == "__"
                or (name in old and name in new and name not in LOGICAL and _same_words(old[name][0], new[name][0]))
                for name in {*old, *new})
        return self._said[pair]

    def _all_in(self, number: int) -> Iterator[Any]:
        """Yield what a box that was noted holds."""
        for box in held(self.noted[number][1]):
            yield box
            yield from self._all_in(box.__dict__[SERIAL])


def _all_in(box: Any) -> Iterator[Any]:
    """Yield what a box holds."""
    for inner in held(box.__dict__):
        yield inner
        yield from _all_in(inner)


def _stands(box: Any) -> bool:
    """Tell whether a box stands among the words around it and calls no note."""
    style = box.style
    return style["position"] == "static" and style["float"] == "none" and box.footnote is None


def _hangs(values: dict[str, Any], box: Any) -> bool:
    """Tell whether a box hangs from the foot of another, whatever it holds."""
    style = values["style"]
    return (
        type(box) is boxes.BlockBox and style["position"] == "absolute"
        and all(style[name] == "auto" for name in _FREE) and not any(style[name] == "auto" for name in _HUNG))
