"""Old and new pages side by side: one HTML file with the pages as pictures and the changes marked.

In comes a comparison; out goes the file, complete in itself. Only pages with changes are shown; what only flowed on to
another page is named. A door to PDFium and to no other library.
"""

from base64 import b64encode
from collections.abc import Mapping
from html import escape
from io import BytesIO

import pypdfium2

from booklet.changemarks import Mark, by_page, marks_of
from booklet.comparison import Comparison
from booklet.digest import Row, head_of, rows_of
from booklet.inventory import take_inventory
from booklet.memory import Memory
from booklet.profiles import PROFILES
from booklet.reviewcopy import PROFILE, changed_items, print_state
from booklet.signals import undisturbed
from booklet.standings import page_order
from booklet.states import State
from booklet.verdict import counts
from booklet.words import read_revision_words, read_words

_SCALE = 1.25
"""Pixels per pt."""
_STYLE = """
body { font: 16px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; color: #1a1a1a }
h1 { font-weight: 400 } h2 { margin: 2.5rem 0 .6rem; border-top: 2px solid #14506e; padding-top: .6rem }
.verdict { font-weight: 700; color: #14506e; font-size: 1.2rem }
.row { display: grid; grid-template-columns: 15rem 1fr; gap: 1rem; padding: .4rem 0; border-top: 1px solid #ddd }
.row > :first-child { color: #5a5a5a } del { background: #fbdcd8 } ins { background: #d9efd6; text-decoration: none }
.pages { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5rem; align-items: start }
figure { margin: 0 } figcaption { color: #5a5a5a } .page { position: relative; box-shadow: 0 0 0 1px #bbb }
.page img { display: block; width: 100% }
.mark { position: absolute; background: #ffd54a55; border-left: 3px solid #b71c1c }
.old .mark { background: #f4433633 }
"""


class _Album:
    """The pages of one state as pictures."""

    def __init__(self, state: State, comparison: Comparison, *, new: bool) -> None:
        self.content, self.copy = print_state(state), state.copy(PROFILE)
        inventory, changed = state.inventory, list(changed_items(comparison, state.inventory, new=new))
        if state.run and state.booklet:  # a record has no boxes, but its content laid out again has
            words = read_words(state.booklet.language, Memory(state.desk.store))
            inventory = take_inventory(state.booklet, words)
            kinds = {(item.what, item.digest): kind for item, kind in changed}
            items = [item for part in inventory.parts for item in part.items]
            changed = [(one, kinds[one.what, one.digest]) for one in items if (one.what, one.digest) in kinds]
        self.marks = by_page(marks_of(self.content, self.copy, PROFILES[PROFILE], inventory, changed))

    def picture(self, label: str) -> str:
        """Return a page with its marks as HTML; nothing where there is no page of that name."""
        if label not in self.copy.labels:
            return ""
        number = self.copy.labels.index(label)
        with undisturbed():
            pdf, target = pypdfium2.PdfDocument(self.content), BytesIO()
            try:
                width, height = pdf[number].get_size()
                pdf[number].render(scale=_SCALE).to_pil().quantize(128).save(target, "PNG", optimize=True)
            finally:
                pdf.close()
        image = b64encode(target.getvalue()).decode()
        marks = "".join(_box(mark, width, height) for mark in self.marks.get(number, ()))
        return f"<div class='page'><img alt='{escape(label)}' src='data:image/png;base64,{image}'>{marks}</div>"


def _box(mark: Mark, width: float, height: float) -> str:
    """Return a mark over a page of so many pt."""
    left, top = 100 * mark.left / width - 1, 100 * (1 - mark.top / height)
    wide, high = 100 * (mark.right - mark.left) / width + 2, 100 * (mark.top - mark.bottom) / height
    style = f"left:{left:.1f}%;top:{top:.1f}%;width:{wide:.1f}%;height:{high:.1f}%"
    return f"<div class='mark {mark.kind}' style='{style}'></div>"


def _row(row: Row) -> str:
    tags = {"old": "del", "new": "ins", "same": "span"}
    said = " ".join(f"<{tags[kind]}>{escape(words)}</{tags[kind]}>" for kind, words in row.wording)
    return f"<div class='row'><div>{escape(row.what)}<br>{escape(row.pages)}</div><div>{said}</div></div>"


def _pairs(comparison: Comparison) -> list[tuple[str, str]]:
    """Return the pages that are shown beside each other, in the new order; empty where a side has none."""
    found: dict[tuple[str, str], None] = {}
    for told in comparison.told:
        if not counts(told.change):
            continue
        old, new = list(told.old_pages), list(told.new_pages)
        for number in range(max(len(old), len(new))):
            pair = old[number] if number < len(old) else "", new[number] if number < len(new) else ""
            found[pair] = None
    return sorted(found, key=lambda pair: page_order(pair[1] or pair[0]))


def _spread(albums: tuple[_Album | None, _Album], pair: tuple[str, str], words: Mapping[str, str]) -> str:
    """Return two pages beside each other."""
    sides = []
    for album, label, name, side in zip(
            albums, pair, (words["review-before"], words["review-after"]), ("old", "new"), strict=True):
        picture = album.picture(label) if album and label else ""
        missing = words["review-no-before"] if album is None and label else ""
        caption = f"{name}, {words['review-pages'].format(pages=label)}" if label else name
        shown = f"<figcaption>{escape(caption)}</figcaption>{picture}{escape(missing)}"
        sides.append(f"<figure class='{side}'>{shown}</figure>")
    return f"<section class='pages'>{''.join(sides)}</section>"


def page_of(comparison: Comparison) -> bytes:
    """Return the HTML file of a comparison."""
    new = comparison.new
    assert new.booklet
    words = read_revision_words(new.booklet.language, Memory(new.desk.store))
    between, verdict, notes = head_of(comparison, words)
    pairs = _pairs(comparison)
    old = _Album(comparison.old, comparison, new=False) if comparison.old.booklet and pairs else None
    albums = old, _Album(new, comparison, new=True) if pairs else None
    rows = "".join(f"<h2>{escape(title)}</h2>{''.join(map(_row, rows))}" for title, rows in rows_of(comparison, words))
    spreads = "".join(_spread((albums[0], albums[1]), pair, words) for pair in pairs if albums[1])
    told = "".join(f"<p>{escape(note)}</p>" for note in notes)
    return (
        f'<!DOCTYPE html>\n<html lang="{new.booklet.language}"><head><meta charset="utf-8">'
        f"<title>{escape(words['review'])}</title><style>{_STYLE}</style></head><body>"
        f"<h1>{escape(words['review'])}</h1><p>{escape(between)}</p><p class='verdict'>{escape(verdict)}</p>{told}"
        f"{rows}{spreads}</body></html>\n").encode()
