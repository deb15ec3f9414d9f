"""Pages that stay as they were cast when a word is changed on another one.

In come a unit's HTML and a way to lay it out; out go its pages. In a process that stays, the pages are kept with the
state that each began in and with the blocks that were looked at for it. When the unit comes again with other words,
pages are made from the first that looked at them to the one behind the last that did and ends as before. The state
that travels from page to page is private to WeasyPrint 70.0; whatever is unusual in it is laid out as a whole.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from functools import cache, lru_cache
from typing import Any

from weasyprint import document as documents
from weasyprint import layout
from weasyprint.document import Page
from weasyprint.formatting_structure.boxes import MarginBox
from weasyprint.layout import flex, page, preferred, table

from booklet import daybook, distribution, impressions, slugs
from booklet.daybook import Desk, Leaf, Scribe, copied, remake_page
from booklet.flongs import skeleton
from booklet.job import Job
from booklet.shortcuts import give_way, take_shortcuts

MOST = 120
"""Pages that are kept, of 1.2 megabytes each; of a longer booklet those of the units made last."""
_OFTEN = 50
"""Corrections after which a unit is laid out as a whole again, so that what they leave does not add up."""
_UNUSUAL = re.compile(
    r"target-(counter|text)|string(-set|\()|content\(|counters?\(\s*pages?\b|note-area|position:\s*(fixed|note)"
    r"|::first-l|(?<![-\w])columns:|column-(count|width)|display:\s*(inline-)?grid")
"""What makes a page depend on others in ways that are not looked after here."""


class Stereotype:
    """The pages of a unit, and all that is needed to make one of them again."""

    def __init__(self, document: Any, scribe: Scribe, pictures: Mapping[str, bytes]) -> None:
        """Keep the pages of a document that was laid out just now."""
        assert scribe.flong
        self.pictures, self.document, self.corrected = pictures, document, 0
        self._flong, self._context, self._leaves = scribe.flong, scribe.context, scribe.leaves
        for leaf, made in zip(self._leaves, document.pages, strict=True):
            leaf.page = made
        self._held: distribution.Standing = ([], [], [], [])
        self.hold()

    def hold(self) -> None:
        """Keep what was laid out and painted just now from being taken apart."""
        distribution.leave_standing(self._held)
        self._held[1].clear()  # pages come and go

    def release(self) -> None:
        """Take all apart: nothing may be asked of it any more."""
        self._held[1].extend(leaf.box for leaf in self._leaves)
        distribution.distribute(self._held)

    def correct(self, document: Any) -> Any:
        """Return the pages of a document that differs in words; None where all have to be laid out."""
        changes = self._flong.changes(document)
        around = self._flong.around(changes or ())
        touching = [index for index, leaf in enumerate(self._leaves) if not leaf.touched.isdisjoint(around)]
        if not changes or not touching or self.corrected >= _OFTEN:
            return None
        self.corrected += 1
        self._flong.correct(changes)
        scribe = Desk.scribe = Scribe()
        try:
            made = self._relay(touching[0], touching[-1], scribe)
            bound = self._bind(made, touching[0], scribe) if made else None
            for leaf in () if bound else scribe.leaves:
                leaf.box.__dict__.clear()
            return bound
        finally:
            Desk.scribe = None

    def _restore(self, leaf: Leaf, first: int, root: Any) -> None:
        """Put everything where it was when a page was begun."""
        context = self._context
        context.page_maker = [(*deepcopy(one.state), _fresh()) for one in self._leaves[:first + 1]]
        context.footnotes, context.reported_footnotes = map(list, leaf.notes)
        context.running_elements.clear()
        for name, pages in copied(leaf.running).items():
            context.running_elements[name].update(pages)
        context.tables = {}
        mended = context.__dict__["mended"] = {}
        for path, chosen in leaf.chosen:
            box = root
            for index in path:
                box = box.children[index]
            mended[id(box)] = box, chosen

    def _relay(self, first: int, last: int, scribe: Scribe) -> list[Leaf]:
        """Return all pages of the unit, made anew from one on until they are as before; none where that is unsure."""
        context, root, old = self._context, self._flong.cast(), self._leaves
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
            ended = last < index < len(old) and Leaf(index, context, root).begins_as(old[index])
        if not scribe.usual or context.broken_out_of_flow:
            return []
        return [*scribe.leaves, *(old[index:] if ended else ())]

    def _bind(self, leaves: list[Leaf], first: int, scribe: Scribe) -> Any:
        """Return a document with the pages, the new ones with all that stands around their text."""
        for number, leaf in enumerate(scribe.leaves[first:], first + 1):
            if leaf.box.fixed_boxes:
                return None
            self._finish(leaf, number)
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

    def _finish(self, leaf: Leaf, number: int) -> None:
        """Put around the text of a page what stands there, as the engine does when all pages are made."""
        context, box = self._context, leaf.box
        context.current_page = number
        root, *areas = box.children
        areas = [area for area in areas if area.children]
        box.children = (root, *areas, *self._margins(leaf, number))
        layout.layout_backgrounds(box, context.get_image_from_uri)
        leaf.page = Page(box)  # its bookmarks are those of a page alone: no fragment has an outline

    def _margins(self, leaf: Leaf, number: int) -> Iterable[Any]:
        """Return the margin boxes of a page: those of the page before it where they show the same."""
        old = self._leaves[number - 1] if number <= len(self._leaves) else leaf
        if old is leaf or old.margins != leaf.margins:
            made: Iterable[Any] = layout.make_margin_boxes(
                self._context, leaf.box, self._context.page_maker[number][3])
            return made
        return [child for child in old.box.children if isinstance(child, MarginBox)]


def _fresh() -> dict[str, Any]:
    return {"content_changed": False, "pages_wanted": False, "anchors": [], "content_lookups": []}


@lru_cache(64)
def _is_usual(css: str) -> bool:
    return _UNUSUAL.search(css) is None


WATCHES: tuple[tuple[Callable[..., Any], Callable[..., Any]], ...] = (
    (documents.layout_document, daybook.layout_document),
    (page.remake_page, daybook.remake_page),
    (layout.make_margin_boxes, daybook.make_margin_boxes),
    (slugs.get_next_linebox, daybook.get_next_linebox),
    (preferred.inline_line_widths, daybook.inline_line_widths),
    (table.table_layout, daybook.table_layout),
    (flex.flex_layout, daybook.flex_layout),
)
"""Only in a process that keeps pages, as is the way in which it paints them."""


@cache
def keep_watch() -> bool:
    """Let it be written down, once, what pages are made from, and what is painted be kept; tell whether it is."""
    if not take_shortcuts():
        return False
    for theirs, ours in WATCHES:
        give_way(theirs, ours)
    Page.paint = impressions.paint
    return True


class Stock:
    """The units whose pages are kept, those used last at the end."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Any, ...], Stereotype] = OrderedDict()
        self._used: dict[tuple[Any, ...], Stereotype] = {}
        self._job: Job | None = None

    def lay_out(self, job: Job, html: str, document: Any, lay_out: Callable[[], Any]) -> Any:
        """Return a document with the pages of some HTML of a job, as many of them as may be out of the stock."""
        if job is not self._job:  # the one before ended wrongly
            self.forget()
            self._job = job
        key = job.address, job.profile, job.sheets, job.language, job.hyphenation, job.mend, skeleton(html)
        if key in self._used:
            return lay_out()
        kept = self._kept.pop(key, None)
        made = kept.correct(document) if kept and kept.pictures == job.pictures else None
        if kept and made:
            kept.hold()
            self._used[key] = kept
            return made
        if kept:
            kept.release()
        scribe = Desk.scribe = Scribe()
        try:
            made = lay_out()
        finally:
            Desk.scribe = None
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
        while self.pages > MOST and len(self._kept) > 1:
            self._kept.popitem(last=False)[1].release()

    @property
    def pages(self) -> int:
        """Return how many pages are kept."""
        return sum(len(kept.document.pages) for kept in self._kept.values())

    def clear(self) -> None:
        """Keep nothing."""
        self._used.update(self._kept)
        self._kept.clear()
        self.forget()

    def forget(self) -> None:
        """Keep nothing of what was laid out since it was settled: something was wrong with it."""
        for kept in self._used.values():
            kept.release()
        self._used = {}


def _can_be_kept(job: Job, document: Any, scribe: Scribe) -> bool:
    """Tell whether nothing is unusual about pages."""
    context = scribe.context
    return bool(
        scribe.usual and scribe.flong and len(scribe.leaves) == len(document.pages)
        and not context.string_set and not context.target_collector.counter_lookup_items
        and not any(leaf.box.fixed_boxes for leaf in scribe.leaves)
        and all(_is_usual(sheet.css) for sheet in job.sheets))
