"""A page's lines carried over to another page, dressed as they are there.

In come a unit as WeasyPrint 70.0 laid it out, with what its boxes were before, and a document whose boxes were compared
with those; out go that document's pages: every box a copy of the one that was laid out, in the style and for the
element that is its own. Pages, their margins and the places of notes are made as the engine makes them; what holds
other words is laid out by itself. It refuses what it has not seen before. The box tree is private to the engine.
"""

from copy import deepcopy
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.formatting_structure.build import update_counters
from weasyprint.layout import page as pages
from weasyprint.layout.absolute import AbsolutePlaceholder, absolute_layout

from booklet.mending import MARK
from booklet.parallels import SERIAL, Noted, Parallels, Unlike, note

_OWN = "element", "element_tag", "footnote", "link", "replacement"
"""What a box has of its counterpart, and not of the box that it is a copy of."""
_KNOWN = frozenset({
    "_baseline", "adjustment", "background", "baseline", "block_ellipsis", "bookmark_label",
    "border_bottom_left_radius", "border_bottom_right_radius", "border_bottom_width", "border_left_width",
    "border_right_width", "border_top_left_radius", "border_top_right_radius", "border_top_width", "bottom",
    "cached_counter_values", "children", "clearance", "colspan", "column_groups", "column_positions",
    "column_widths", "computed_height", "content_height", "element", "element_tag", "empty", "first_letter_style",
    "first_line_style", "flex_base_size", "flex_factor", "footnote", "frozen", "grid_x", "height",
    "hypothetical_main_size", "index", "is_flex_item", "is_floated", "is_footer", "is_for_root_element",
    "is_header", "is_outside_marker", "is_table_wrapper", "justification_spacing", "leading_collapsible_space",
    "left", "link", "main_outer_extra", "margin_bottom", "margin_left", "margin_right", "margin_top", "max_height",
    "max_width", "min_height", "min_width", "missing_link", "padding_bottom", "padding_left", "padding_right",
    "padding_top", "page", "pango_layout", "position_x", "position_y", "remove_decoration_sides", "replacement",
    "resume_at", "right", "rowspan", "scaled_flex_shrink_factor", "serial", "string_set", "style",
    "target_main_size", "text", "text_indent", "text_overflow", "top", "trailing_collapsible_space",
    "vertical_align", "viewport_overflow", "width"})
"""What a layout says of boxes: of these alone is it sure that a copy may have the same."""
_SET = frozenset({"letter_spacing", "width", "min_width", "max_width", "height", "min_height", "max_height"})
"""What a layout changes in copies of a style."""
_SIDES = frozenset({"left", "right", "recto", "verso"})


class Laid:
    """A layout, and what it was made from."""

    def __init__(self, root: Any) -> None:
        """Note the boxes that are about to be laid out."""
        self.noted: Noted = note(root)
        self.pages: list[tuple[Any, list[Any]]] = []
        self.context: Any = None
        self.usual = True

    def add(self, page: Any, context: Any) -> None:
        """Add a page that was laid out just now."""
        self.pages.append((page, list(page.children)))
        if context.broken_out_of_flow or page.fixed_boxes or page.page_type.blank or page.children[2].children:
            self.usual = False

    def end(self, context: Any) -> None:
        """Hear that all pages are there."""
        self.context = context
        if len(context.page_maker) != len(self.pages) + 1 or context.target_collector.counter_lookup_items:
            self.usual = False
        if any(entry[1]["break"] in _SIDES for entry in context.page_maker):
            self.usual = False


class Transfer:
    """One document's pages, taken from those of another."""

    def __init__(self, laid: Laid, parallels: Parallels, context: Any, html: Any) -> None:
        """Begin with a layout, the comparison of its boxes, and the layout and document that are to have its lines."""
        self._laid, self._parallels, self._context, self._html = laid, parallels, context, html
        self._root = parallels.boxes[0]
        self._styles: dict[tuple[int, int], Any] = {}
        self._copies: dict[int, Any] = {}
        self._hung: list[tuple[Any, Any, Any, Any]] = []
        """What is to be laid out by itself: its place, where it hung, what it hangs in, and as it was laid out."""

    def pages(self) -> list[Any]:
        """Return all pages; raises Unlike."""
        made = [self._page(index) for index in range(len(self._laid.pages))]
        for name, found in self._laid.context.running_elements.items():
            for number, standing in found.items():
                self._context.running_elements[name][number] = [self._stand_in(box) for box in standing]
        apart = {self._parallels.noted[number][1]["element"] for number in self._parallels.others}
        for old, new in self._parallels.elements.items():
            if old not in apart and old is not None and MARK in old.attrib:
                new.attrib[MARK] = old.attrib[MARK]
        return made

    def _stand_in(self, box: Any) -> Any:
        """Return the box that stands for one, as it was before it was laid out."""
        number = box.__dict__.get(SERIAL)
        if number not in self._parallels.boxes:
            raise Unlike
        return self._parallels.boxes[number]

    def _page(self, index: int) -> Any:
        """Return a page with everything but its margins."""
        context, (old, (root, notes, aside)) = self._context, self._laid.pages[index]
        _, _, right, state, _ = context.page_maker[index]
        kind = old.page_type._replace(side="right" if right else "left")
        pages.set_page_type_computed_styles(kind, self._html, context.style_for)
        style = context.style_for(kind)
        page = _sheet(context, self._root, kind, style)
        if _area(page) != _area(old):
            raise Unlike
        if index == 0:
            context.style_for.initial_page_sizes.update(box=style["size"], area=(page.width, page.height))
        context.current_page, context.page_bottom = index + 1, page.content_box_y() + page.height
        page.fixed_boxes = []
        page.children = [
            self._copy(root, (old, page), None),
            self._area(notes, context.style_for(kind, "@footnote"), page),
            self._area(aside, context.style_for(kind, "@note-area"), page)]
        self._hang(page)
        following, state = self._laid.context.page_maker[index + 1], deepcopy(state)
        state[3][:] = deepcopy(following[3][3])
        pages._standardize_page_based_counters(style, None)
        update_counters(state, style)
        fresh = {"content_changed": False, "pages_wanted": False, "anchors": [], "content_lookups": []}
        context.page_maker.append((following[0], following[1], not right, state, fresh))
        return page

    def _area(self, old: Any, style: Any, page: Any) -> Any:
        """Return the place of a page's notes; where there are none at all, it may be of any kind."""
        made = _shell(old)
        made.style = page.style.anonymous_style if style is None else style
        if made.style["content"] != old.style["content"]:
            raise Unlike
        if self._parallels.notes:
            self._parallels.agree(old.style, made.style)
        if "page" in made.__dict__:
            made.page = page
        made.children = type(old.children)([self._copy(child, (old, made), None) for child in old.children])
        return made

    def _copy(self, old: Any, over: tuple[Any, Any], around: Any) -> Any:
        """Return a copy of a box, dressed as its counterpart; ``over`` is the box that holds it and that one's copy."""
        made = self._copies.get(id(old))
        if made is not None:
            return made
        if type(old) is AbsolutePlaceholder:
            made = self._copies[id(old)] = self._place(old, over, around)
            return made
        made = self._copies[id(old)] = _shell(old)
        values = made.__dict__
        if SERIAL in values:
            self._dress(old, values)
        elif old.style is over[0].style.anonymous_style and old.element is over[0].element:
            values.update(style=over[1].style.anonymous_style, element=over[1].element, element_tag=over[1].element_tag)
        else:
            raise Unlike
        if values["style"]["position"] != "static":
            around = made
        for name in ("children", "column_groups"):
            if found := values.get(name):
                values[name] = type(found)([self._copy(child, (old, made), around) for child in found])
        return made

    def _dress(self, old: Any, values: dict[str, Any]) -> None:
        """Give a copy what is its counterpart's own."""
        number = values[SERIAL]
        if number not in self._parallels.boxes:
            raise Unlike
        style, other = self._parallels.noted[number][1]["style"], self._parallels.boxes[number].__dict__
        for name in _OWN:
            if name in other:
                values[name] = other[name]
            elif name in values:
                del values[name]
        values["style"] = other["style"] if old.style is style else self._style(style, old.style, other["style"])

    def _style(self, old: Any, changed: Any, new: Any) -> Any:
        """Return a style changed as the layout changed the one that it stands for."""
        key = id(changed), id(new)
        if key not in self._styles:
            changes = {name: value for name, value in changed.items() if value is not old[name] and value != old[name]}
            if not _SET.issuperset(changes):
                raise Unlike
            self._styles[key] = new.copy()
            self._styles[key].update(changes)
        return self._styles[key]

    def _place(self, old: Any, over: tuple[Any, Any], around: Any) -> Any:
        """Return what holds the place of a box that hangs somewhere else."""
        laid = old._box
        number = laid.__dict__.get(SERIAL)
        if number not in self._parallels.others:
            made = AbsolutePlaceholder(self._copy(laid, over, around))
            made.set_laid_out_box(made._box)
            return made
        box, hung = self._parallels.boxes[number], self._parallels.noted[number][0]
        box.position_x, box.position_y, box.index = hung.position_x, hung.position_y, laid.index
        made = AbsolutePlaceholder(box)
        self._hung.append((made, hung, around, laid))
        return made

    def _hang(self, page: Any) -> None:
        """Lay out what hangs from the foot of other boxes and holds other words; raises Unlike where it may break."""
        context = self._context
        for place, hung, around, laid in self._hung:
            if not _hangs_still(hung, around, laid):
                raise Unlike
            room = around.content_box_y() + around.height
            ends = around.border_box_y() + around.border_height()
            context.create_block_formatting_context()
            absolute_layout(context, place, around, [], bottom_space=0, skip_stack=None)
            context.finish_block_formatting_context()
            if place._box.margin_height() > room or ends > page.children[1].position_y or context.broken_out_of_flow:
                raise Unlike
        self._hung.clear()


def _shell(old: Any) -> Any:
    """Return a copy of a box that has the same insides."""
    made = object.__new__(type(old))
    values = made.__dict__
    values.update(old.__dict__)
    if not _KNOWN.issuperset(values):
        raise Unlike
    return made


def _sheet(context: Any, root: Any, kind: Any, style: Any) -> Any:
    """Return an empty page, as the engine makes it."""
    style["overflow"] = root.viewport_overflow
    page = boxes.PageBox(kind, style)
    width, height = style["size"]
    pages.resolve_percentages(page, (width, height))
    page.position_x = page.position_y = 0
    pages.page_width(page, context, width)
    pages.page_height(page, context, height)
    return page


def _area(page: Any) -> tuple[float, ...]:
    """Return where the text of a page stands, and how big it is."""
    return (
        page.content_box_x(), page.content_box_y(), page.width, page.height, page.margin_width(), page.margin_height())


def _hangs_still(hung: Any, around: Any, laid: Any) -> bool:
    """Tell whether a box stands where it was hung, and that from the foot of a block: nothing was moved since."""
    if type(around) is not boxes.BlockBox or around.style["position"] != "relative":
        return False
    x = hung.position_x + (laid.left + (around.padding_box_x() - hung.position_x))
    edges = laid.padding_top + laid.padding_bottom + laid.border_top_width + laid.border_bottom_width
    edges = edges + laid.margin_top + laid.margin_bottom
    top = around.padding_height() - laid.bottom - edges + (around.padding_box_y() - hung.position_y)
    return bool(x == laid.position_x and hung.position_y + (top - laid.height) == laid.position_y)
