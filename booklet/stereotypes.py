"""Pages that stay as they were cast when a word is changed on another one.

In come a unit's HTML and a way to lay it out; out go its pages. In a process that stays, the pages are kept with the
state that each began in and with the blocks that were looked at for it. When the unit comes again with other words,
pages are made from the first that looked at them to the one behind the last that did and ends as before. The state
that travels from page to page is private to WeasyPrint 70.0; whatever is unusual in it is laid out as a whole.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from functools import lru_cache
from typing import Any

from weasyprint import document as documents
from weasyprint import layout
from weasyprint.formatting_structure.boxes import LineBox, MarginBox
from weasyprint.layout import column, flex, grid, page, preferred, table

from booklet import distribution, slugs
from booklet.job import Job
from booklet.moulds import Mould, skeleton

MOST = 48
"""Units that are kept."""
_OFTEN = 50
"""Corrections after which a unit is laid out as a whole again, so that what they leave does not add up."""
_UNUSUAL = re.compile(
    r"target-(counter|text)|string(-set|\()|content\(|counters?\(\s*pages?\b|note-area|position:\s*(fixed|note)"
    r"|::first-l|(?<![-\w])columns:|column-(count|width)|display:\s*(inline-)?grid")
"""What makes a page depend on others in ways that are not looked after here."""
_remake, _layout, _margins = page.remake_page, documents.layout_document, layout.make_margin_boxes
_widths, _table = preferred.inline_line_widths, table.table_layout
_flex = flex.flex_layout


class _Leaf:
    """A page, and what it was made from."""

    def __init__(self, index: int, context: Any, root: Any) -> None:
        """Note the state in which a page begins."""
        self.state = _entry(context.page_maker[index])
        self.notes = list(context.footnotes), list(context.reported_footnotes)
        self.running = _copied(context.running_elements)
        self.chosen = list(_mended(context, root, self.state[0]))
        self.touched = set[Any]()
        self.counters: Any = None
        self.box: Any = None
        self.page: Any = None
        self._titles: list[tuple[str, Any]] | None = None

    def titles(self) -> list[tuple[str, Any]]:
        """Return the elements that have a bookmark on this page."""
        if self._titles is None:
            self._titles = [
                (_kind(box), box.element) for box in self.page._page_box.descendants() if box.bookmark_label]
        return self._titles

    def begins_as(self, other: "_Leaf") -> bool:
        """Tell whether a page begins in the same state as another."""
        return (
            self.state == other.state and self.notes == other.notes
            and [path for path, _ in self.chosen] == [path for path, _ in other.chosen]
            and _elements(self.running) == _elements(other.running))


def _kind(box: Any) -> str:
    return str(box.element_tag).partition("::")[2]


def _entry(entry: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return a copy of the engine's note on how a page begins, from before the pages were counted."""
    resume_at, next_page, right_page, state, _ = entry
    state = deepcopy(state)
    state[1]["pages"] = [0]
    return resume_at, next_page, right_page, state


def _copied(running: Mapping[str, Mapping[int, Any]]) -> dict[str, dict[int, Any]]:
    return {name: {number: list(found) for number, found in pages.items()} for name, pages in running.items()}


def _elements(running: Mapping[str, Mapping[int, Any]]) -> Any:
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


class _Scribe:
    """Writes down what pages are made from."""

    def __init__(self) -> None:
        self.leaves: list[_Leaf] = []
        self.mould: Mould | None = None
        self.context: Any = None
        self.usual = True
        self.touched = set[Any]()

    def begin(self, index: int, context: Any, root: Any) -> _Leaf:
        """Begin a page."""
        made = _Leaf(index, context, root)
        if context.broken_out_of_flow or context.rendered_notes or context.string_set or index != len(self.leaves):
            self.usual = False
        self.leaves.append(made)
        self.touched = made.touched
        return made


class _Desk:
    """Whoever writes at the moment."""

    scribe: _Scribe | None = None


def layout_document(document: Any, root_box: Any, context: Any) -> Iterator[Any]:
    """Yield the pages of a document."""
    scribe = _Desk.scribe
    if scribe is not None:
        scribe.context, scribe.mould = context, Mould(document, root_box)
    yield from _layout(document, root_box, context)


def remake_page(index: int, context: Any, root_box: Any, document: Any) -> Any:
    """Return a page without its margin boxes, and where the next one begins."""
    scribe = _Desk.scribe
    if scribe is None:
        return _remake(index, context, root_box, document)
    leaf = scribe.begin(index, context, root_box)
    leaf.box, resume_at = _remake(index, context, root_box, document)
    leaf.counters = deepcopy(context.page_maker[index + 1][3])
    return leaf.box, resume_at


def make_margin_boxes(context: Any, box: Any, state: Any) -> Iterator[Any]:
    """Yield the margin boxes of a page."""
    scribe = _Desk.scribe
    if scribe is not None:
        scribe.touched = next((leaf.touched for leaf in scribe.leaves if leaf.box is box), set())
    yield from _margins(context, box, state)


def get_next_linebox(context: Any, linebox: Any, *rest: Any) -> Any:
    """Return the next line of a paragraph, and where the one after it begins."""
    if _Desk.scribe is not None:
        _Desk.scribe.touched.add(linebox.element)
    return slugs.get_next_linebox(context, linebox, *rest)


def inline_line_widths(context: Any, box: Any, *rest: Any, **more: Any) -> Any:
    """Return how wide the lines of a box are."""
    if _Desk.scribe is not None:
        _Desk.scribe.touched.add(box.element)
    return _widths(context, box, *rest, **more)


def table_layout(context: Any, box: Any, *rest: Any) -> Any:
    """Lay out a table, whose columns are as wide as all of it wants, on whatever page that stands."""
    if _Desk.scribe is not None:
        _Desk.scribe.touched.add(box.element)
    return _table(context, box, *rest)


def flex_layout(context: Any, box: Any, *rest: Any) -> Any:
    """Lay out boxes beside each other, each as wide as all of them want."""
    if _Desk.scribe is not None:
        _Desk.scribe.touched.add(box.element)
    return _flex(context, box, *rest)


class Stereotype:
    """The pages of a unit, and all that is needed to make one of them again."""

    def __init__(self, document: Any, scribe: _Scribe, pictures: Mapping[str, bytes]) -> None:
        """Keep the pages of a document that was laid out just now."""
        assert scribe.mould
        self.pictures, self.document, self.corrected = pictures, document, 0
        self._mould, self._context, self._leaves = scribe.mould, scribe.context, scribe.leaves
        self._running = _copied(scribe.context.running_elements)
        for leaf, made in zip(self._leaves, document.pages, strict=True):
            leaf.page = made
        self._held: distribution.Standing = ([], [], [], [])
        self.hold()

    def hold(self) -> None:
        """Keep what was laid out and painted just now from being taken apart."""
        distribution.leave_standing(self._held)
        self._held[1].clear()  # pages come and go

    def release(self) -> None:
        """Take all apart."""
        self._held[1].extend(leaf.box for leaf in self._leaves)
        distribution.distribute(self._held)

    def correct(self, document: Any) -> Any:
        """Return the pages of a document that differs in words; None where all have to be laid out."""
        changes = self._mould.changes(document)
        around = self._mould.around(changes or ())
        touching = [index for index, leaf in enumerate(self._leaves) if not leaf.touched.isdisjoint(around)]
        if not changes or not touching or self.corrected >= _OFTEN:
            return None
        self.corrected += 1
        self._mould.correct(changes)
        scribe = _Desk.scribe = _Scribe()
        try:
            made = self._relay(touching[0], touching[-1], scribe)
            bound = self._bind(made, touching[0], scribe) if made else None
            for leaf in () if bound else scribe.leaves:
                leaf.box.__dict__.clear()
            return bound
        finally:
            _Desk.scribe = None

    def _restore(self, leaf: _Leaf, first: int, root: Any) -> None:
        """Put everything where it was when a page was begun."""
        context = self._context
        context.page_maker = [(*deepcopy(one.state), _fresh()) for one in self._leaves[:first + 1]]
        context.footnotes, context.reported_footnotes = map(list, leaf.notes)
        context.running_elements.clear()
        for name, pages in _copied(leaf.running).items():
            context.running_elements[name].update(pages)
        context.rendered_notes, context.broken_out_of_flow, context.tables = [], {}, {}
        mended = context.__dict__["mended"] = {}
        for path, chosen in leaf.chosen:
            box = root
            for index in path:
                box = box.children[index]
            mended[id(box)] = box, chosen

    def _relay(self, first: int, last: int, scribe: _Scribe) -> list[_Leaf]:
        """Return all pages of the unit, made anew from one on until they are as before; none where that is unsure."""
        context, root, old = self._context, self._mould.cast(), self._leaves
        self._restore(old[first], first, root)
        scribe.leaves = old[:first]
        resume_at, index, ended = None, first, False
        while not ended:
            context.page_maker[index][-1].update(_fresh())
            _, resume_at = remake_page(index, context, root, self.document._html)
            if any(entry[-1]["content_changed"] or entry[-1]["pages_wanted"] for entry in context.page_maker[:-1]):
                return []
            index += 1
            if resume_at is None and not context.reported_footnotes:
                break
            ended = last < index < len(old) and _Leaf(index, context, root).begins_as(old[index])
        if not scribe.usual or context.broken_out_of_flow:
            return []
        if ended:
            for name, pages in self._running.items():
                context.running_elements[name].update({at: found for at, found in pages.items() if at > index})
        context.reported_footnotes = []
        return [*scribe.leaves, *(old[index:] if ended else ())]

    def _bind(self, leaves: list[_Leaf], first: int, scribe: _Scribe) -> Any:
        """Return a document with the pages, the new ones with all that stands around their text."""
        before = [title for leaf in leaves[:first] for title in leaf.titles()]
        for number, leaf in enumerate(scribe.leaves[first:], first + 1):
            if leaf.box.fixed_boxes:
                return None
            self._finish(leaf, number, before)
        self._running = _copied(self._context.running_elements)
        old, self._leaves = self._leaves, leaves
        for gone in old:
            if gone not in leaves:
                gone.box.__dict__.clear()
        mine = self.document
        pages = [leaf.page for leaf in leaves]
        self.document = type(mine)(
            pages, mine.metadata, mine.url_fetcher, mine.font_config, mine.color_profiles, mine.output_intent)
        self.document._html = mine._html
        return self.document

    def _finish(self, leaf: _Leaf, number: int, titles: list[tuple[str, Any]]) -> None:
        """Put around the text of a page what stands there, as the engine does when all pages are made."""
        context, box = self._context, leaf.box
        for child in box.descendants():
            if child.bookmark_label:
                title = _kind(child), child.element
                if title in titles:
                    child.bookmark_label = ""
                titles.append(title)
        context.current_page = number
        root, *areas = box.children
        areas = [area for area in areas if area.children]
        box.children = (root, *areas, *self._margins(leaf, number))
        layout.layout_backgrounds(box, context.get_image_from_uri)
        leaf.page = documents.Page(box)


    def _margins(self, leaf: _Leaf, number: int) -> Iterable[Any]:
        """Return the margin boxes of a page: those of the page before it where all is as it was that they show."""
        context, old = self._context, self._leaves[number - 1] if number <= len(self._leaves) else leaf
        before = [_elements(_until(number, running)) for running in (self._running, context.running_elements)]
        if old is leaf or old.counters != leaf.counters or old.box.page_type != leaf.box.page_type or (
                before[0] != before[1]):
            return layout.make_margin_boxes(context, leaf.box, context.page_maker[number][3])  # type: ignore[no-any-return]
        return [child for child in old.box.children if isinstance(child, MarginBox)]


def _until(number: int, running: Mapping[str, Mapping[int, Any]]) -> dict[str, dict[int, Any]]:
    """Return what was set aside for the margins up to a page."""
    return {name: {at: found for at, found in pages.items() if at <= number} for name, pages in running.items()}


def _fresh() -> dict[str, Any]:
    return {"content_changed": False, "pages_wanted": False, "anchors": [], "content_lookups": []}


@lru_cache(64)
def _is_usual(css: str) -> bool:
    return _UNUSUAL.search(css) is None


class Stock:
    """The units whose pages are kept, those used last at the end."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Any, ...], Stereotype] = OrderedDict()
        self._used: dict[tuple[Any, ...], Stereotype] = {}

    def lay_out(self, job: Job, html: str, document: Any, lay_out: Callable[[], Any]) -> Any:
        """Return a document with the pages of some HTML of a job, as many of them as may be out of the stock."""
        key = job.address, job.profile, job.sheets, job.language, job.hyphenation, job.mend, skeleton(html)
        kept = self._kept.pop(key, None)
        made = kept.correct(document) if kept and kept.pictures == job.pictures else None
        if kept and made:
            kept.hold()
            self._used[key] = kept
            return made
        if kept:
            kept.release()
        scribe = _Desk.scribe = _Scribe()
        try:
            made = lay_out()
        finally:
            _Desk.scribe = None
        if _can_be_kept(job, made, scribe):
            self._used[key] = Stereotype(made, scribe, job.pictures)
        return made

    def settle(self, document: Any) -> None:
        """Keep what was laid out since this was asked, of which a document was painted."""
        for kept in self._used.values():
            if kept.document is document:
                kept.hold()
        self._kept.update(self._used)
        self._used = {}
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)[1].release()

    def forget(self) -> None:
        """Keep nothing of what was laid out since it was settled: something was wrong with it."""
        for kept in self._used.values():
            kept.release()
        self._used = {}


def _can_be_kept(job: Job, document: Any, scribe: _Scribe) -> bool:
    """Tell whether nothing is unusual about pages."""
    context = scribe.context
    return bool(
        scribe.usual and scribe.mould and len(scribe.leaves) == len(document.pages)
        and not context.string_set and not context.target_collector.counter_lookup_items
        and not any(leaf.box.fixed_boxes for leaf in scribe.leaves)
        and all(_is_usual(sheet.css) for sheet in job.sheets))
