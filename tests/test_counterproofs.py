"""Units kept for another copy: as few and as short as may be, and nothing of them is left when it was made."""

import gc
from collections import Counter
from collections.abc import Iterator

import pytest
from laying import LINE, job, paragraphs
from making import CONTENT, STYLES, WORDS, press_of
from msgspec.structs import replace
from weasyprint.css import Style, StyleFor
from weasyprint.formatting_structure.boxes import Box
from weasyprint.layout import LayoutContext

from booklet import counterproofs, engine
from booklet.counterproofs import Rack
from booklet.holdings import brief_labels
from booklet.job import Job
from booklet.profiles import PROFILES
from booklet.reading import read_all
from booklet.units import Brief, compose

KINDS = (Box, LayoutContext, Style, StyleFor)


@pytest.fixture
def rack() -> Iterator[Rack]:
    """Return the rack of the engine, with nothing on it, before and after."""
    rack = engine._engine().rack = Rack()
    yield rack
    engine._engine().rack = Rack()


def unit(kind: str, profile: str) -> Job:
    """Return the first unit of a kind of the booklet, as a build of the press's copy and the screen's lays it out."""
    booklet, looks, _ = read_all(CONTENT, STYLES)
    assert booklet and looks
    units = compose(booklet, Brief(PROFILES[profile], WORDS, brief_labels(booklet, WORDS)))
    press = press_of(booklet, profile, twins={"print"})
    return press._job(next(unit for unit in units if unit.kind == kind), press.side("verso"))[0]


def screen(pages: int = 2, address: str = "en", css: str = "") -> Job:
    """Return a unit of so many pages."""
    return replace(job(paragraphs(18 * pages), css), address=address)


def printed(pages: int = 2, address: str = "en", css: str = "") -> Job:
    """Return the same unit for the press, of which another copy will be asked for."""
    return replace(screen(pages, address, css), profile=PROFILES["print"], twin=True)


def test_a_unit_is_kept_until_its_other_copy_is_made(rack: Rack, taken: list[bool]) -> None:
    engine.press(printed())
    assert rack.pages == 2
    engine.press(screen(address="to"))
    assert rack.pages == 2 and not taken
    engine.press(screen())
    assert rack.pages == 0 and taken == [True]


def test_a_unit_of_which_nobody_will_ask_is_not_kept(rack: Rack) -> None:
    engine.press(replace(printed(), twin=False))
    assert rack.pages == 0


def test_a_unit_of_which_something_is_to_be_said_is_not_kept(rack: Rack) -> None:
    unserved = '<img alt="x" src="book://x/pictures/none.svg"></body>'
    assert engine.press(replace(printed(), html=printed().html.replace("</body>", unserved))).findings
    assert rack.pages == 0


def test_what_was_made_longest_ago_goes_first(rack: Rack, monkeypatch: pytest.MonkeyPatch, taken: list[bool]) -> None:
    monkeypatch.setattr(counterproofs, "MOST", 5)
    for address in ("en", "to", "tre"):
        engine.press(printed(2, address))
    assert rack.pages == 4
    engine.press(screen(2, "en"))
    engine.press(screen(2, "tre"))
    assert taken == [True] and rack.pages == 2


def test_nothing_is_left_of_a_unit_when_its_other_copy_is_made(rack: Rack) -> None:
    def left() -> Counter[str]:
        return Counter(type(thing).__name__ for thing in gc.get_objects() if isinstance(thing, KINDS))

    engine.press(screen())
    gc.collect()
    gc.disable()
    try:
        before = left()
        engine.press(printed())
        assert left() - before
        engine.press(screen())
        assert left() - before == Counter()
        engine.press(printed())
        engine.press(printed())
        engine.press(screen())
        assert left() - before == Counter()
    finally:
        gc.enable()


@pytest.mark.parametrize("change", [
    {"mend": (0.01, 5)}, {"hyphenation": ("lin-je",)}, {"profile": PROFILES["handout"]}])
def test_a_copy_made_otherwise_is_laid_out(rack: Rack, taken: list[bool], change: dict[str, object]) -> None:
    alone = engine.press(replace(screen(), **change))
    engine.press(printed())
    assert engine.press(replace(screen(), **change)) == alone
    assert not taken


def test_where_a_copy_cannot_be_taken_it_is_laid_out_as_ever(rack: Rack, taken: list[bool]) -> None:
    longer = replace(screen(), html=screen().html.replace("Ei linje.", LINE))
    alone = engine.press(longer)
    engine.press(printed())
    assert engine.press(longer) == alone
    assert taken == [False] and rack.pages == 0


def test_pages_that_are_counted_in_their_words_are_not_kept(rack: Rack) -> None:
    engine.press(printed(css="p::after { content: target-counter('#en', page) }"))
    assert rack.pages == 0


def test_a_process_that_keeps_its_pages_keeps_none_for_other_copies(rack: Rack) -> None:
    engine.keep_pages()
    try:
        engine.press(printed())
        assert rack.pages == 0
    finally:
        engine._engine().stock.clear()
        engine._engine().stock = None


@pytest.mark.parametrize(("kind", "whether"), [
    ("text", True), ("article", True), ("questions", True), ("glossary", True),
    ("example", False), ("references", False), ("contents", False)])
def test_units_are_taken_from_the_press_for_the_screen_where_they_differ_in_colours_alone(
    kind: str, whether: bool, rack: Rack, taken: list[bool]
) -> None:
    first, second = unit(kind, "print"), unit(kind, "screen")
    alone = engine.press(second)
    engine.press(first)
    assert engine.press(second) == alone
    assert set(taken) == {whether}
