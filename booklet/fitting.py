"""Boxes judged: what is wider than its column, taller than a page, off the paper, or away from what it belongs to.

In comes a galley; out go faults. It refuses to know files and colours.
"""

from collections.abc import Iterator

from booklet.galleys import Box, Fault, Galley, box_of, quote
from booklet.measures import BESIDE, FLOW, MARGIN, NOTE, Thing

_SLACK = 0.3
"""In mm: what a letter's edge or a rounding may stand out."""
_EDGE = 5.0
"""In mm: nearer to the trim nothing of ours stands, unless it bleeds."""
_SHOWN = ("table", "img", "svg")
_WIDE = (*_SHOWN, "figure", "pre", "aside", "div")


def judge_fit(galley: Galley) -> Iterator[Fault]:
    """Yield what does not fit its place."""
    yield from _lost(galley)
    things = list(_things(galley))
    told = {(fault.home.block, fault.page) for fault in things if fault.home and fault.home.block >= 0}
    yield from things
    for fault in _lines(galley):  # who knows that a table is too wide knows it of its words
        if not fault.home or (fault.home.block, fault.page) not in told:
            yield fault
    yield from _broken(galley)
    yield from _captions(galley)
    yield from _notes(galley)


def _lost(galley: Galley) -> Iterator[Fault]:
    """Yield words that stand on no page, once a block: the engine drops what overflows a box placed by hand."""
    told: set[tuple[int, int]] = set()
    for home, words in galley.measures.lost:
        if (home.block, home.below) not in told:
            told.add((home.block, home.below))
            yield Fault("lost-words", f"{quote(words)} stands on no page", "shorten what it is in", 0, (0, 0, 0, 0),
                        home, words, severe=True)


def _lines(galley: Galley) -> Iterator[Fault]:
    """Yield lines off the paper, below their column, or wider than it."""
    told: set[tuple[int, int, str]] = set()
    for paragraph, line in galley.lines():
        home, leaf = paragraph.home, galley.leaf(line.page)
        off = (line.left < _EDGE or line.right > leaf.width - _EDGE
               or line.top < 0 or line.baseline > leaf.height - _EDGE)
        low = home.place in (FLOW, BESIDE) and leaf.bottom < leaf.height and line.baseline > leaf.bottom + _SLACK
        code = "off-the-page" if off else "too-tall" if low else ""
        code = code or ("too-wide" if line.right > line.edge + _SLACK and home.place in (FLOW, NOTE, BESIDE) else "")
        if not code or (home.block, line.page, code) in told:
            continue
        told.add((home.block, line.page, code))
        word = max(line.text.split(), key=len)
        if code == "too-wide":
            message = f"{quote(word)} stands {line.right - line.edge:.1f} mm out of its column"
            yield Fault(code, message, "break the word up, or make the column wider", line.page, box_of([line]), home,
                        word, severe=True)
        else:
            what = "runs off the paper" if off else "stands below the column: what it is in is taller than the page"
            yield Fault(code, f"{quote(line.text)} {what}", "shorten it, or break it up", line.page, box_of([line]),
                        home, line.text, severe=True)


def _box(thing: Thing) -> Box:
    return thing.left, thing.top, thing.right, thing.bottom


def _name(thing: Thing) -> str:
    names = {"img": "picture", "svg": "picture", "pre": "code", "aside": "box", "div": "box"}
    return names.get(thing.home.tag, thing.home.tag)


def _things(galley: Galley) -> Iterator[Fault]:
    """Yield tables and pictures that are too wide, and boxes that are too tall."""
    for thing in galley.measures.things:
        leaf, home = galley.leaf(thing.page), thing.home
        if home.place == MARGIN or (home.place == BESIDE and home.block < 0):
            continue
        out = max(thing.right - thing.end, thing.start - thing.left)
        if home.tag in _WIDE and out > _SLACK:
            off = thing.right > leaf.width or thing.left < 0
            where = "runs off the paper" if off else f"is {out:.1f} mm wider than its column"
            yield Fault("off-the-page" if off else "too-wide", f"the {_name(thing)} {where}",
                        "make it narrower, or let its words break", thing.page, _box(thing), home, severe=True)
        if thing.bottom > leaf.bottom + _SLACK and home.place == FLOW and home.tag in _WIDE:
            yield Fault("too-tall", f"the {_name(thing)} reaches {thing.bottom - leaf.bottom:.0f} mm below the column",
                        "shorten it, or allow it to break", thing.page, _box(thing), home, severe=True)


def _broken(galley: Galley) -> Iterator[Fault]:
    """Yield boxes that are on several pages although they must not be broken."""
    first: dict[int, Thing] = {}
    told: set[int] = set()
    for thing in galley.measures.things:
        begun = first.setdefault(thing.key, thing)
        if thing.whole and thing.page > begun.page and thing.key not in told:
            told.add(thing.key)
            yield Fault("too-tall", f"the {_name(thing)} is taller than a page, and broken against the design",
                        "shorten it, or make two of it", begun.page, _box(begun), thing.home)


def _captions(galley: Galley) -> Iterator[Fault]:
    """Yield captions that stand away from their figures."""
    things = galley.measures.things
    for caption in things:
        if caption.home.tag != "figcaption":
            continue
        shown = [one for one in things if one.home.figure == caption.home.figure and one.home.tag in _SHOWN]
        near = [one for one in shown if one.page == caption.page]
        if shown and not near:
            yield Fault("caption-apart", "the caption stands on another page than its figure",
                        "let 'break-inside: avoid' hold them together", caption.page, _box(caption), caption.home)
        elif near:
            gap = min(max(one.top - caption.bottom, caption.top - one.bottom) for one in near)
            if gap > galley.standard.caption_apart:
                yield Fault("caption-apart", f"the caption stands {gap:.0f} mm from its figure",
                            "set it nearer", caption.page, _box(caption), caption.home)


def _notes(galley: Galley) -> Iterator[Fault]:
    """Yield notes that stand on another page than their calls."""
    for note in galley.measures.notes:
        if note.page != note.call:
            yield Fault("note-apart", f"the note {quote(note.text)} stands on another page than its call",
                        "shorten the note, or move its call", note.call, (note.x, note.y, note.x + 2, note.y + 3),
                        note.home)
