"""Pages kept while a word on another one is changed: the same fragments, and as few pages as may be made anew."""

import gc
import random
import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from laying import LINE, job, paragraphs
from making import CONTENT, STYLES, WORDS, press_of
from msgspec.structs import replace
from PIL import Image

from booklet import daybook, engine, stereotypes
from booklet.holdings import brief_labels
from booklet.job import Job, Sheet
from booklet.printed import Fragment
from booklet.profiles import PROFILES
from booklet.reading import read_all
from booklet.selection import select
from booklet.stereotypes import Stock
from booklet.units import Brief, compose

PAGES = 4
BODY = f"""<div class="head">Hode</div><h2 data-b="1">Overskrift</h2>{paragraphs(7, LINE)}
<p>Denne <em>står her</em> og kaller<span class="note">Ei note om noe.</span>, og så er den slutt.</p>
{paragraphs(9, LINE)}<table><tr><td>Celle en</td><td>Celle to</td></tr></table>
{paragraphs(8, LINE)}<aside><p>Boks med ord</p></aside><ul><li>Punkt en</li><li>Punkt to</li></ul>
{paragraphs(6, LINE)}<p>{LINE}. {LINE}. Midt i deler den seg. {LINE}. {LINE}.</p>
<figure><img alt="x" src="book://x/pictures/a.svg"><figcaption>Bildetekst</figcaption></figure>{paragraphs(9, LINE)}
<div class="row"><p>Ved siden</p><p>av hverandre</p></div><p class="aside">I margen</p>
{paragraphs(12, LINE)}<p>Slutten her</p>"""
CSS = """.head { position: running(head) } @page { @top-left { content: element(head) } } img { width: 30mm }
.row { display: flex } .row p { flex: 1 } .aside { position: absolute; left: -10mm; width: 9mm; font-size: 6pt }"""

FAULTY = """og enden en samtidig en folk i arbeid bor en forbi lokalsamfunn ord enden til lokalsamfunn bor ei og enden
samtidig ei fyller der der fyller arbeid fyller en linje ord samtidig en en ei som som i lokalsamfunn bor"""
"""Words whose last line is too short."""


@pytest.fixture
def stock() -> Iterator[Stock]:
    """Let this process keep pages."""
    engine.keep_pages()
    made = engine._engine().stock
    assert made is not None
    yield made


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list of the pages that are laid out from now on."""
    numbers: list[int] = []

    def begin(scribe: daybook.Scribe, index: int, *rest: object) -> daybook.Leaf:
        numbers.append(index)
        return begun(scribe, index, *rest)  # type: ignore[arg-type]

    begun = daybook.Scribe.begin
    monkeypatch.setattr(daybook.Scribe, "begin", begin)
    return numbers


def unit(body: str = BODY, css: str = CSS, mend: tuple[float, float] = (0.015, 5)) -> Job:
    """Return a unit of four pages."""
    return job(body, css, mend=mend)


def fresh(one: Job) -> Fragment:
    """Return the fragment of a job as a process makes it that keeps nothing."""
    kept, engine._engine().stock = engine._engine().stock, None
    try:
        return engine.press(one)
    finally:
        engine._engine().stock = kept


def changed(one: Job, old: str, new: str) -> Job:
    """Return a job with other words."""
    assert old in one.html
    return replace(one, html=one.html.replace(old, new, 1))


@pytest.mark.parametrize(("old", "new", "pages"), [
    ("Overskrift", "Overskrifta", [0]),
    ("Hode", "Hoder", [0, 1, 2, 3]),  # it stands on all pages
    ("Denne", "Ho", [0]), ("står her", "stod der", [0]), ("Ei note om noe", "Ei note om alt", [0]),
    ("Celle to", "Celle tre", [1]), ("Boks med", "Boks uten", [1]), ("Punkt to", "Punkt tre", [1]),
    ("Midt i", "Midt på", [2]), ("Bildetekst", "Billedtekst", [2]), ("Ved siden", "Ved sida", [3]),
    ("I margen", "I margene", [3]), ("Slutten", "Ende", [3]),
])
def test_only_pages_are_made_anew_that_looked_at_the_words(
    stock: Stock, made: list[int], old: str, new: str, pages: list[int]
) -> None:
    first = engine.press(unit())
    assert first.pages == PAGES and made == [*range(PAGES)]
    made.clear()
    other = changed(unit(), old, new)
    assert engine.press(other) == fresh(other) != first
    assert made == pages


@pytest.mark.parametrize("old", ["Overskrift", "står her", "Ei note om noe", "Celle to", "Boks med", "Punkt to",
                                 "Midt i", "Bildetekst", "Ved siden", "I margen", "Slutten"])
def test_lines_more_or_less_move_what_follows(stock: Stock, old: str) -> None:
    for new in (f"{LINE} og {LINE}", f"{old} {LINE}", "x", f"{LINE}, {LINE} og {LINE}", old):
        other = changed(unit(), old, new)
        assert engine.press(other) == fresh(other), new


def test_pages_behind_are_kept_again_where_they_begin_as_before(stock: Stock, made: list[int]) -> None:
    body = f'{paragraphs(17, "Linje.")}<p>Ord.</p><p style="break-before: page">Ny.</p>{paragraphs(40, "Linje.")}'
    short, long = unit(body), unit(body.replace("Ord.", f"{LINE} og {LINE}."))
    assert engine.press(short).pages == 4
    assert (engine.press(long).pages, made[4:]) == (5, [0, 1, 2, 3, 4]), "there is a page more: all begin elsewhere"
    made.clear()
    other = changed(long, "Ny.", "Anna.")
    assert engine.press(other) == fresh(other)
    assert made == [2]


def test_every_page_can_be_the_first_to_be_made_anew(stock: Stock) -> None:
    words = [match.start() for match in re.finditer("Ord som", unit().html)][::6]
    for place in words:
        html = unit().html
        other = replace(unit(), html=f"{html[:place]}Ting {html[place + 4:]}")
        assert engine.press(other) == fresh(other), place


def test_head_of_a_page_goes_where_what_it_shows_goes(stock: Stock) -> None:
    body = f"{paragraphs(16, 'Linje.')}<p>Siste.</p><div class='head'>Hode</div>{paragraphs(30, 'Linje.')}"
    engine.press(unit(body))
    for words in (f"{LINE} {LINE} {LINE} {LINE}.", "Siste."):
        other = changed(unit(body), "Siste.", words)
        assert engine.press(other) == fresh(other)


def test_words_on_several_pages_are_changed_at_once(stock: Stock, made: list[int]) -> None:
    engine.press(unit())
    made.clear()
    other = changed(changed(unit(), "Boks med", "Boks uten"), "Ved siden", "Ved sida")
    assert engine.press(other) == fresh(other)
    assert made == [1, 2, 3]


def test_paragraph_that_was_mended_goes_on_as_it_began(stock: Stock) -> None:
    chosen = 0
    for count in (14, 15, 16):
        body = f"{paragraphs(count, 'Linje.')}<p>{FAULTY}.</p>{paragraphs(9, 'Linje.')}<p>Slutten her</p>"
        one = unit(body, mend=(0.02, 5))
        engine.press(one)
        chosen += sum(len(leaf.chosen) for kept in stock._kept.values() for leaf in kept._leaves)
        other = changed(one, "Slutten", "Ende")
        assert engine.press(other) == fresh(other)
    assert chosen, "no paragraph was set tighter that goes on over the page"


def test_columns_are_as_wide_as_the_whole_table_wants(stock: Stock) -> None:
    rows = "<tr><td>Ord i celle</td><td>Mange flere ord enn der, som går over flere linjer i cella</td></tr>" * 16
    one = unit(f"<table>{rows}<tr><td>Siste</td><td>Ord</td></tr></table>{paragraphs(30, LINE)}")
    assert engine.press(one).pages > 2
    for words in ("Samtidighetsutfordringene er her", "Siste"):
        other = changed(one, "Siste", words)
        assert engine.press(other) == fresh(other)


def test_note_that_no_longer_fits_goes_over_to_the_next_page(stock: Stock, made: list[int]) -> None:
    note = f'<span class="note">{LINE}. {LINE}. {LINE}.</span>'
    behind = f'<p style="break-before: page">Ny side</p>{paragraphs(20, LINE)}'
    short = unit(f"{paragraphs(11, 'Linje.')}<p>Ord{note}</p><p>Siste.</p>{behind}")
    engine.press(short)
    carried = set()
    for count in range(7):
        made.clear()
        other = changed(short, "Siste.", " ".join([f"{LINE}."] * (count + 1)))
        assert engine.press(other) == fresh(other), count
        carried.add(tuple(made))
    assert len(carried) > 1, "the note always stays on its page"


def test_picture_of_a_page_that_is_kept_is_hung_once(stock: Stock) -> None:
    target = BytesIO()
    Image.new("L", (40, 40), 90).save(target, "PNG")
    one = replace(unit(BODY.replace("a.svg", "a.png")), pictures={"a.png": target.getvalue()},
                  develop=lambda shown: target.getvalue())
    for word in ("Ende", "Over", "Ut"):
        other = changed(one, "Slutten", word)
        assert engine.press(other) == fresh(other)
    kept, = stock._kept.values()
    plates = [box.replacement for leaf in kept._leaves for box in leaf.box.descendants() if box.element_tag == "img"]
    assert [hasattr(plate.stand_in, "stand_in") for plate in plates] == [False]


@pytest.mark.parametrize("css", [
    "@page { @bottom-left { content: counter(page) } }", "p { column-count: 2 }", ".aside { position: fixed }",
    "p::first-letter { color: #222222 }", "h2 { string-set: title content() }",
    "h2::after { content: target-counter('#en', page) }"])
def test_what_makes_pages_depend_on_each_other_is_not_kept(stock: Stock, css: str) -> None:
    engine.press(unit(css=f"{CSS} {css}"))
    assert stock.pages == 0


@pytest.mark.parametrize("body", ["<img alt='' src='book://x/pictures/missing.png'>", "<p>\U0001fae8</p>"])
def test_unit_of_which_something_was_said_is_not_kept(stock: Stock, body: str) -> None:
    assert [finding.code for finding in engine.press(unit(f"{body}<p>Ord</p>")).findings] != []
    assert stock.pages == 0


@pytest.mark.parametrize("change", [
    {"mend": (0.02, 5)}, {"language": "nn"}, {"hyphenation": ("over-skrift",)}, {"profile": PROFILES["print"]},
    {"address": "to"}, {"sheets": (Sheet("plain.css", "p { color: #111111 }"),)},
    {"pictures": {"a.svg": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'}}])
def test_whatever_else_is_other_is_laid_out_as_a_whole(
    stock: Stock, made: list[int], change: dict[str, object]
) -> None:
    engine.press(unit())
    made.clear()
    other = replace(changed(unit(), "Slutten", "Ende"), **change)
    assert engine.press(other) == fresh(other)
    assert made[0] == 0


def test_unit_that_ended_wrongly_is_not_kept(stock: Stock, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as wrong, pytest.raises(ZeroDivisionError):
        wrong.setattr(engine, "generate_pdf", lambda *_, **__: 1 / 0)
        engine.press(unit())
    engine.press(replace(unit(), address="to"))
    assert [key[0] for key in stock._kept] == ["to"]


def test_no_more_pages_are_kept_than_agreed(stock: Stock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stereotypes, "MOST", 2 * PAGES + 1)
    for address in "abcd":
        engine.press(replace(unit(), address=address))
        assert stock.pages <= 2 * PAGES
    assert [key[0] for key in stock._kept] == ["c", "d"]


def test_nothing_is_left_of_pages_that_are_kept_no_more(stock: Stock) -> None:
    from test_distribution import left
    gc.collect()
    gc.disable()
    before = left()
    for number in range(4):
        engine.press(changed(changed(unit(), "Slutten", f"Slutten {number * LINE}"), "Denne", f"Den {number}"))
    assert left() != before
    stock.clear()
    assert left() - before == {}
    gc.enable()


def test_corrections_do_not_add_up(stock: Stock, made: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stereotypes, "_OFTEN", 2)
    for number in range(4):
        engine.press(changed(unit(), "Slutten", f"Slutt {number}"))
    assert made == [*range(PAGES), PAGES - 1, PAGES - 1, *range(PAGES)]


def test_process_that_was_started_from_the_one_that_watches_keeps_nothing(
    stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine._engine(), "owner", 1)
    engine.press(unit())
    assert stock.pages == 0


def test_process_that_ends_keeps_nothing(made: list[int]) -> None:
    engine.press(unit())
    assert engine._engine().stock is None and not made


WORD = re.compile("(?<= )[a-zæøå]{4,}(?= )")


def jobs(profile: str) -> Iterator[Job]:
    """Yield a text, an example and an article of the booklet, or what a handout has of them."""
    booklet, looks, _ = read_all(CONTENT, STYLES)
    assert booklet and looks
    form = PROFILES[profile]
    copy = select(booklet, (booklet.themes[0].id,)) if form.plan == "handout" else booklet
    units = compose(copy, Brief(form, WORDS, brief_labels(booklet, WORDS)))
    kinds = {unit.kind: unit for unit in units}
    press = press_of(booklet, profile)
    for kind in ("text", "example", "article", "handout"):
        if kind in kinds:
            yield press._job(kinds[kind], "verso" if form.facing else "single")[0]


@pytest.mark.parametrize("profile", ["print", "screen", "handout"])
def test_words_of_the_booklet_are_changed_one_after_the_other(stock: Stock, made: list[int], profile: str) -> None:
    dice, all_pages, anew = random.Random(profile), 0, 0
    for one in jobs(profile):
        engine.press(one)
        made.clear()
        for new in ("o", "samtidig", "ord som gjør avsnittet ei linje lenger enn det var fra før"):
            place = dice.choice([*WORD.finditer(one.html, one.html.index("<body"))])
            one = replace(one, html=f"{one.html[:place.start()]}{new}{one.html[place.end():]}")
            found = engine.press(one)
            assert found == fresh(one), place
            all_pages += found.pages
        anew += len(made)
    assert 0 < anew < all_pages
