"""What pages are made from, written down while they are laid out.

In come a page that WeasyPrint 70.0 is about to make and the blocks that it looks at; out goes a leaf: the state in
which the page began, the elements whose words or widths were asked for, and the page itself. Only while somebody
writes; otherwise the engine is not held up. Decides nothing.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from weasyprint import document as documents
from weasyprint import layout
from weasyprint.formatting_structure.boxes import LineBox
from weasyprint.layout import flex, page, preferred, table

from booklet import slugs
from booklet.flongs import Flong

_remake, _layout, _margins = page.remake_page, documents.layout_document, layout.make_margin_boxes
_widths, _table, _flex = preferred.inline_line_widths, table.table_layout, flex.flex_layout


class Leaf:
    """A page, and what it was made from."""

    def __init__(self, index: int, context: Any, root: Any) -> None:
        """Note the state in which a page begins."""
        self.state = _entry(context.page_maker[index])
        self.notes = list(context.footnotes), list(context.reported_footnotes)
        self.running = copied(context.running_elements)
        self.chosen = list(_mended(context, root, self.state[0]))
        self.touched = set[Any]()
        self.margins: Any = None
        """What the margin boxes show: counters, and what was set aside for them."""
        self.box: Any = None
        self.page: Any = None

    def begins_as(self, other: "Leaf") -> bool:
        """Tell whether a page begins in the same state as another."""
        return (
            self.state == other.state and self.notes == other.notes
            and [path for path, _ in self.chosen] == [path for path, _ in other.chosen]
            and elements(self.running) == elements(other.running))


def _entry(entry: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return a copy of the engine's note on how a page begins, from before the pages were counted."""
    resume_at, next_page, right_page, state, _ = entry
    state = deepcopy(state)
    state[1]["pages"] = [0]
    return resume_at, next_page, right_page, state


def copied(running: Mapping[str, Mapping[int, Any]]) -> dict[str, dict[int, Any]]:
    """Return a copy of what was set aside for the margins: its name → the page on which it stood → the boxes."""
    return {name: {number: list(found) for number, found in pages.items()} for name, pages in running.items()}


def elements(running: Mapping[str, Mapping[int, Any]]) -> Any:
    """Return the elements of what was set aside, which are the same for all copies of a box."""
    return {name: {number: [box.element for box in found] for number, found in pages.items()}
            for name, pages in running.items() if pages}


def _lines_at(box: Any, resume_at: Any, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Any]]:
    """Yield the paragraphs within which a page begins, each with the way to it."""
    if isinstance(box, LineBox):
        yield path, box
        return
    for index, inner in (resume_at or {}).items():
        if index is not None and inner is not None:
            yield from _lines_at(box.children[index], inner, (*path, index))


def _mended(context: Any, root: Any, resume_at: Any) -> Iterator[tuple[tuple[int, ...], Any]]:
    """Yield what was chosen instead of the paragraphs within which a page begins."""
    known = context.__dict__.get("mended", {})
    for path, box in _lines_at(root, resume_at):
        _, chosen = known.get(id(box), (box, box))
        if chosen is not box:
            yield path, chosen


class Scribe:
    """Writes down what pages are made from."""

    def __init__(self) -> None:
        self.leaves: list[Leaf] = []
        self.flong: Flong | None = None
        self.context: Any = None
        self.usual = True
        self.touched = set[Any]()

    def begin(self, index: int, context: Any, root: Any) -> Leaf:
        """Begin a page."""
        made = Leaf(index, context, root)
        if context.broken_out_of_flow or context.rendered_notes or context.string_set or index != len(self.leaves):
            self.usual = False
        self.leaves.append(made)
        self.touched = made.touched
        return made


class Desk:
    """Whoever writes at the moment."""

    scribe: Scribe | None = None


def layout_document(document: Any, root_box: Any, context: Any) -> Iterator[Any]:
    """Yield the pages of a document."""
    scribe = Desk.scribe
    if scribe is not None:
        scribe.context, scribe.flong = context, Flong(document, root_box)
    yield from _layout(document, root_box, context)


def remake_page(index: int, context: Any, root_box: Any, document: Any) -> Any:
    """Return a page without its margin boxes, and where the next one begins."""
    scribe = Desk.scribe
    if scribe is None:
        return _remake(index, context, root_box, document)
    leaf = scribe.begin(index, context, root_box)
    leaf.box, resume_at = _remake(index, context, root_box, document)
    leaf.margins = deepcopy(context.page_maker[index + 1][3]), elements(context.running_elements), leaf.box.page_type
    return leaf.box, resume_at


def make_margin_boxes(context: Any, box: Any, state: Any) -> Iterator[Any]:
    """Yield the margin boxes of a page."""
    scribe = Desk.scribe
    if scribe is not None:
        scribe.touched = next((leaf.touched for leaf in scribe.leaves if leaf.box is box), set())
    yield from _margins(context, box, state)


def get_next_linebox(context: Any, linebox: Any, *rest: Any, **more: Any) -> Any:
    """Return the next line of a paragraph, and where the one after it begins."""
    if Desk.scribe is not None:
        Desk.scribe.touched.add(linebox.element)
    return slugs.get_next_linebox(context, linebox, *rest, **more)


def inline_line_widths(context: Any, box: Any, *rest: Any, **more: Any) -> Any:
    """Return how wide the lines of a box are."""
    if Desk.scribe is not None:
        Desk.scribe.touched.add(box.element)
    return _widths(context, box, *rest, **more)


def table_layout(context: Any, box: Any, *rest: Any, **more: Any) -> Any:
    """Lay out a table, whose columns are as wide as all of it wants, on whatever page that stands."""
    if Desk.scribe is not None:
        Desk.scribe.touched.add(box.element)
    return _table(context, box, *rest, **more)


def flex_layout(context: Any, box: Any, *rest: Any, **more: Any) -> Any:
    """Lay out boxes beside each other, each as wide as all of them want."""
    if Desk.scribe is not None:
        Desk.scribe.touched.add(box.element)
    return _flex(context, box, *rest, **more)
