"""Box trees as they are before they are laid out: copied for each cast, and corrected word by word.

In come a document of WeasyPrint 70.0 and its boxes, not yet laid out; out go copies that may be laid out, the words by
which a later version of the document differs, and the boxes with those words set right. It refuses whatever is more
than words: then the boxes would have to be built anew. Knows no page.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct
from weasyprint.formatting_structure import boxes

from booklet.mending import MARK

_WORDS = re.compile(r">[^<]+<")
_UNEVEN = re.compile("  |[\\r\\n\\t\u00ad]")
"""What boxes do not take over as it stands in the document."""


def skeleton(html: str) -> str:
    """Return a document without its words: documents that differ in nothing else have the same."""
    return _WORDS.sub("><", html)


class Change(Struct, frozen=True):
    """Words that are others now."""

    owner: Any
    """The element that holds them."""
    place: Any
    """The element on which they are noted, and as what."""
    name: str
    old: str
    new: str


def copy_tree(box: Any) -> Any:
    """Return a copy of a box and of all that it holds, which shares nothing with it that a layout writes upon."""
    made = object.__new__(type(box))
    values = made.__dict__
    values.update(box.__dict__)
    values["remove_decoration_sides"] = set()
    children = box.children
    values["children"] = type(children)([copy_tree(child) for child in children]) if children else []
    if isinstance(box, boxes.TableBox):
        values["column_groups"] = tuple([copy_tree(group) for group in box.column_groups])
    return made


def _walk(box: Any) -> Iterator[Any]:
    """Yield a box, all that it holds, and the notes that it calls."""
    yield box
    for child in box.children:
        yield from _walk(child)
    if box.footnote is not None:
        yield from _walk(box.footnote)


def _is_alike(old: Any, new: Any) -> bool:
    """Tell whether two elements are the same but for their words and for what mending noted."""
    if old.tag != new.tag or len(old) != len(new):
        return False
    return old.attrib == new.attrib or {**old.attrib, MARK: ""} == {**new.attrib, MARK: ""}


def _is_plain(old: str | None, new: str | None) -> bool:
    """Tell whether words stand in their box as they are, the old ones and the new ones."""
    if not (old and new and old.strip() and new.strip()) or _UNEVEN.search(old) or _UNEVEN.search(new):
        return False
    return (old[0] == " ") == (new[0] == " ") and (old[-1] == " ") == (new[-1] == " ")


class Flong:
    """The boxes of a document before they are laid out."""

    def __init__(self, document: Any, root: Any) -> None:
        """Take a copy of the boxes, which are about to be laid out."""
        self.root = copy_tree(root)
        self._elements = list(document.etree_element.iter())
        self._parents = {child: element for element in self._elements for child in element}
        self._texts: dict[Any, list[Any]] = {}
        self._aside: set[Any] = set()
        """Elements that are set aside for the margins of any page."""
        for box in _walk(self.root):
            if box.is_running() or box.is_note():
                self._aside.add(box.element)
            if isinstance(box, boxes.TextBox) and box.element is not None and "::" not in box.element_tag:
                self._texts.setdefault(box.element, []).append(box)

    def cast(self) -> Any:
        """Return boxes to be laid out."""
        return copy_tree(self.root)

    def changes(self, document: Any) -> list[Change] | None:
        """Return the words by which a document differs; None where it differs in more, or in words of the margins."""
        found, there = [], list(document.etree_element.iter())
        if len(there) != len(self._elements):
            return None
        for old, new in zip(self._elements, there, strict=True):
            if not _is_alike(old, new):
                return None
            if old.text != new.text:
                found.append(Change(old, old, "text", old.text, new.text))
            if old.tail != new.tail:
                found.append(Change(self._parents[old], old, "tail", old.tail, new.tail))
        return found if all(map(self._is_simple, found)) else None

    def _is_simple(self, change: Change) -> bool:
        if not _is_plain(change.old, change.new) or not self._aside.isdisjoint(self.around([change])):
            return False
        box = self._box(change)
        style = box.style if box is not None else None
        return style is not None and style["text_transform"] == "none" and style["white_space"] in ("normal", "nowrap")

    def _box(self, change: Change) -> Any:
        """Return the box of the words that change; None when it is not sure."""
        found = [box for box in self._texts.get(change.owner, ()) if box.text == change.old]
        return found[0] if len(found) == 1 else None

    def around(self, changes: Iterable[Change]) -> set[Any]:
        """Return the elements that words stand in, with all around them."""
        found = set()
        for change in changes:
            element = change.owner
            while element is not None:
                found.add(element)
                element = self._parents.get(element)
        return found

    def correct(self, changes: Iterable[Change]) -> None:
        """Set words right, in the document and in its boxes."""
        for change, box in [(change, self._box(change)) for change in changes]:
            box.text = change.new
            setattr(change.place, change.name, change.new)
