"""What is left of a unit when its pages are made: nothing."""

import gc
from collections import Counter
from collections.abc import Iterator

import pytest
from laying import job
from weasyprint.css import Style, StyleFor
from weasyprint.formatting_structure.boxes import Box
from weasyprint.layout import LayoutContext
from weasyprint.svg import SVG

from booklet import engine
from booklet.distribution import distributing

BODY = """<h2 id="a">Å bo</h2><p>Folk flytter <em>dit det er</em> arbeid<span class="note">Ei note.</span>, og blir.</p>
<table><tr><td>en</td><td>to</td></tr></table><ul><li>tre</li></ul><figure><img alt="x" src="book://x/pictures/a.svg">
<figcaption>Fire</figcaption></figure><p style="color: #111111">Fem.</p>"""
CSS = "p::first-letter { color: #222222 } @page { @bottom-center { content: counter(page) } }"
KINDS = (Box, LayoutContext, Style, StyleFor, SVG)


def left() -> Counter[str]:
    """Return how many things of a layout there are."""
    return Counter(type(thing).__name__ for thing in gc.get_objects() if isinstance(thing, KINDS))


@pytest.fixture
def idle() -> Iterator[None]:
    """Let nobody collect garbage."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("do", [engine.press, engine.measure])
def test_nothing_of_a_unit_is_left_though_no_garbage_is_collected(do: object, idle: None) -> None:
    assert callable(do)
    before = left()
    assert do(job(BODY, CSS, mend=(0.02, 9)))
    assert left() - before == Counter()


def test_nothing_is_left_of_a_unit_that_ends_wrongly(idle: None) -> None:
    def fail(one: object, ear: object) -> None:
        engine._set(job(BODY, CSS), engine._Ear())
        raise KeyboardInterrupt

    before = left()
    with pytest.raises(KeyboardInterrupt):
        engine._at_work(fail, job(BODY, CSS))
    assert left() - before == Counter()


def test_what_was_laid_out_before_stays_whole(idle: None) -> None:
    document, _ = engine._set(job(BODY, CSS), engine._Ear())
    style = document.pages[0]._page_box.children[0].children[0].style
    with distributing():
        engine._set(job(BODY, CSS), engine._Ear())
    assert style.parent_style is style.root_style and style.anonymous_style["color"] == style["color"]


@pytest.mark.parametrize(("most", "sought"), [(0, 1), (10**9, 0)])
def test_garbage_is_searched_for_only_when_too_much_lies_about(
    most: int, sought: int, idle: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    searches: list[int] = []
    monkeypatch.setattr(engine, "_GARBAGE", most)
    monkeypatch.setattr(gc, "collect", lambda: searches.append(1))
    engine.press(job("<p>En.</p>"))
    assert len(searches) == sought
