"""The review copy: the new booklet with change bars in its margin, and a summary of all changes on top of it.

In comes a comparison; out goes a PDF. The booklet's own pages are those of an ordinary build: bars are drawn over them
and nothing is laid out anew. Knows no command.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name

from booklet.changemarks import Mark, by_page, marks_of
from booklet.comparison import Comparison
from booklet.digest import summary_of
from booklet.inventory import Inventory, Item
from booklet.leaflets import print_unit
from booklet.outputs import Output
from booklet.profiles import PROFILES, REVIEW_SUMMARY
from booklet.states import NoState, State
from booklet.warehouse import Place, Warehouse
from booklet.words import read_revision_words

PROFILE = "screen"
_INK = (0.74, 0.1, 0.1)
"""Red of the bars, as on a manuscript."""
_FROM_EDGE, _WIDTH, _BEYOND = 22.0, 2.0, 1.5
"""In pt: from the outer edge of the page to the bar, how wide it is, and how far it goes beyond the words."""


def changed_items(comparison: Comparison, inventory: Inventory, *, new: bool) -> Iterator[tuple[Item, str]]:
    """Yield what changed in one of both inventories, whole units item by item."""
    parts = {part.address: part for part in inventory.parts}
    for change in comparison.changes:
        item = change.new if new else change.old
        if item is None or change.what in ("file", "fact"):
            continue
        yield item, change.kind
        if change.what in ("article", "theme", "text", "example") and item.spots and item.spots[0] in parts:
            yield from ((one, change.kind) for one in parts[item.spots[0]].items)


def print_state(state: State) -> bytes:
    """Return a state as an ordinary PDF for the screen; NoState when it cannot be made."""
    shop = state.shop()
    made = shop.make(Output(f"{state.name}.pdf", PROFILE))
    if made is None:
        raise NoState(f"'{state.name}' cannot be laid out", shop.found.findings)
    shop.place.warehouse.close_run()
    return made.content


def review(comparison: Comparison) -> bytes:
    """Return the review copy of a comparison."""
    new, profile = comparison.new, PROFILES[PROFILE]
    content = print_state(new)
    assert new.booklet and new.styles
    place = Place(Warehouse(new.desk.store, "review"), Path())
    words = read_revision_words(new.booklet.language, place.warehouse.memory)
    summary = print_unit(summary_of(comparison, words), REVIEW_SUMMARY, new.booklet, new.styles, place)
    marks = marks_of(content, new.copy(PROFILE), profile, new.inventory,
                     changed_items(comparison, new.inventory, new=True))
    with pikepdf.open(BytesIO(content)) as pdf, pikepdf.open(BytesIO(summary.content)) as front:
        for number, mine in by_page(marks).items():
            _draw(pdf, number, mine)
        for at, page in enumerate(front.pages):
            pdf.pages.insert(at, page)
        _relabel(pdf, len(front.pages))
        _disown(pdf)
        target = BytesIO()
        pdf.save(target, deterministic_id=True, compress_streams=True)
        return target.getvalue()


def _draw(pdf: pikepdf.Pdf, number: int, marks: tuple[Mark, ...]) -> None:
    """Draw bars beside what changed on a page."""
    page = pdf.pages[number]
    x = float(page.mediabox[2]) - _FROM_EDGE
    bars = [f"{x:.2f} {mark.bottom - _BEYOND:.2f} {_WIDTH:g} {mark.top - mark.bottom + 2 * _BEYOND:.2f} re f"
            for mark in marks]
    said = "\n".join(["/Artifact BMC q", "{:g} {:g} {:g} rg".format(*_INK), *bars, "Q EMC"])
    page.contents_add(b"q", prepend=True)
    page.contents_add(b"Q\n" + said.encode())


def _relabel(pdf: pikepdf.Pdf, more: int) -> None:
    """Call the pages of the summary i, ii … and leave the others their numbers."""
    nums = [0, Dictionary(S=Name.r)]
    if "/PageLabels" in pdf.Root:
        old = list(pdf.Root.PageLabels.Nums)
        for at, label in zip(old[::2], old[1::2], strict=True):
            nums += [int(at) + more, label]
    pdf.Root.PageLabels = Dictionary(Nums=Array(nums))


def _disown(pdf: pikepdf.Pdf) -> None:
    """Take away what says that this is the booklet itself, and which standards it follows."""
    for key in ("/Metadata", "/OutputIntents", "/StructTreeRoot", "/MarkInfo"):
        if key in pdf.Root:
            del pdf.Root[key]
