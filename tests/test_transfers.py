"""Pages taken from those of another copy: the same fragment as if the copy had been laid out by itself."""

import pytest
from laying import LINE, job, paragraphs
from msgspec.structs import replace

from booklet import engine, transfers
from booklet.job import Job
from booklet.printed import Fragment
from booklet.profiles import PROFILES
from booklet.transfers import Transfer

FIGURE = """<figure class="framed"><img alt="x" src="book://x/pictures/a.svg"><figcaption>Bildetekst</figcaption>
<p class="source">Kilde: en bok.</p></figure>"""
BODY = f"""<div class="head">Hode</div><h2 data-b="1" id="over">Overskrift</h2>{paragraphs(7, LINE)}
<p>Denne <em>står <span>her</span></em> og kaller<span class="note">Ei note om noe.</span>, og så er den slutt.</p>
{paragraphs(9, LINE)}<table><thead><tr><th>En</th><th>To</th></tr></thead><tr><td>Celle en</td><td>Celle to</td></tr>
</table>{paragraphs(8, LINE)}<aside><p>Boks med ord</p></aside><ul><li>Punkt en</li><li>Punkt to</li></ul>
{paragraphs(6, LINE)}<p>{LINE}. {LINE}. Midt i deler den seg. {LINE}. {LINE}.</p>{FIGURE}{paragraphs(9, LINE)}
<div class="row"><p>Ved siden</p><p>av hverandre</p></div><p class="aside">I margen</p>
<dl><dt>Ord</dt><dd>sies</dd></dl>
{paragraphs(12, LINE)}<p>Slutten <span class="block">her</span></p>"""
CSS = """.head { position: running(head) } img { width: 30mm } dt { float: left; width: 9mm }
a { text-decoration: none }
.row { display: flex } .row p { flex: 1 } .aside { position: absolute; left: -10mm; width: 9mm; font-size: 6pt }
.framed { position: relative } .source { position: absolute; left: -12mm; bottom: 0; width: 11mm; font-size: 5pt }
.block { display: inline-block } @page { @top-left { content: element(head) } @bottom-right { content: counter(page) } }
"""
COLOURS = "html { color: #224466 } h2, a { color: #aa2200 } aside { background: #eeddcc; border: 1pt solid #aa2200 }"
PRESS = "html { break-before: left } aside { background: #ffffff; border: 1pt solid #000000 } @page { bleed: 3mm }"
LINKED = BODY.replace("<span>her</span>", '<a href="link://go/over">her</a>')
FAULTY = """og enden en samtidig en folk i arbeid bor en forbi lokalsamfunn ord enden til lokalsamfunn bor ei og enden
samtidig ei fyller der der fyller arbeid fyller en linje ord samtidig en en ei som som i lokalsamfunn bor"""
"""Words whose last line is too short."""


def copies(body: str, other: str, css: str = "", own: str = "") -> tuple[Job, Job]:
    """Return a unit for the press and for a screen."""
    first = job(body, CSS + css + PRESS, mend=(0.015, 5))
    return replace(first, profile=PROFILES["print"], twin=True), job(other, CSS + css + COLOURS + own, mend=(0.015, 5))


def after(first: Job, second: Job) -> Fragment:
    """Return the fragment of a unit that is laid out after another copy of it."""
    engine.press(first)
    return engine.press(second)


def test_pages_that_are_taken_are_those_of_a_layout(taken: list[bool]) -> None:
    first, second = copies(BODY, LINKED)
    alone = engine.press(second)
    assert after(first, second) == alone and alone.pages > 3
    assert taken == [True]


def test_a_copy_is_as_good_as_it_was_when_its_pages_were_kept(taken: list[bool]) -> None:
    first, second = copies(BODY, LINKED)
    alone = engine.press(replace(first, twin=False))
    assert engine.press(first) == alone
    engine.press(second)
    assert engine.press(first) == alone


def test_what_hangs_in_the_margin_may_say_more(taken: list[bool]) -> None:
    first, second = copies(BODY, LINKED.replace("Kilde: en bok.", "Kilde: en bok. Tallene står på <a>side to</a>."))
    alone = engine.press(second)
    assert after(first, second) == alone
    assert set(taken) == {True}


@pytest.mark.parametrize("words", [
    "Kilde. " * 200, 'Med<span class="note">ei note</span>', '<b class="aside">Over</b>'])
def test_but_not_so_much_that_others_must_make_room(words: str, taken: list[bool]) -> None:
    first, second = copies(BODY, BODY.replace("Kilde: en bok.", words))
    alone = engine.press(second)
    assert after(first, second) == alone
    assert taken == [False]


def test_letters_stay_as_far_apart_as_mending_set_them(taken: list[bool]) -> None:
    body = f"{paragraphs(14)}<p>{FAULTY}</p><p>{FAULTY.replace('folk', '<em>folk</em>')}</p>"
    first, second = copies(body, body)
    alone = engine.press(second)
    assert alone != engine.press(replace(second, mend=(0, 0)))
    assert after(first, second) == alone
    assert taken == [True]


def test_figures_that_leave_a_hole_move_in_both_copies(taken: list[bool]) -> None:
    blocks = "".join(f'\n<p data-b="{number}">{LINE}.</p>' for number in range(14))
    figure = '\n<figure data-b="14"><img alt="x" src="book://x/pictures/a.svg"><figcaption>Her</figcaption></figure>'
    rest = "".join(f'\n<p data-b="{number}">{LINE} {LINE}.</p>' for number in range(15, 24))
    first, second = copies(blocks + figure + rest, blocks + figure + rest, "img { width: 60mm }")
    alone = engine.press(second)
    assert after(first, second) == alone
    assert taken == [True, True]


@pytest.mark.parametrize("own", [
    "@page { margin-left: 16mm }", "@page { size: 101mm 100mm }", "p { margin-top: 1pt }", "em { font-weight: 700 }",
    "aside { break-before: right }", "html { widows: 3 }", "p { text-transform: uppercase }",
    "td { padding-left: 1mm }", "@page { @footnote { margin-top: 1mm } }",
    "@page { @note-area { content: 'Over' } }", "img { width: 31mm }",
    ".source { bottom: 1mm }"])
def test_a_layout_of_its_own_is_made_where_styles_differ(own: str, taken: list[bool]) -> None:
    first, second = copies(BODY, BODY, own=own)
    alone = engine.press(second)
    assert after(first, second) == alone
    assert taken == [False]


@pytest.mark.parametrize("css", [
    "h2 { break-after: right }", "p::first-letter { color: red }", "p::first-line { color: red }",
    ".head { position: fixed; top: 0 }", ".aside { height: 200mm; position: static; float: left }",
    "body::after { content: target-counter('#over', page) }", ".aside { position: absolute; height: 300mm }"])
def test_unusual_pages_are_as_right_as_others(css: str, taken: list[bool]) -> None:
    first, second = copies(BODY, LINKED, css)
    alone = engine.press(second)
    assert after(first, second) == alone


def test_what_no_copy_was_seen_to_have_is_laid_out(taken: list[bool], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfers, "_KNOWN", transfers._KNOWN - {"text_indent"})
    first, second = copies(BODY, BODY)
    alone = engine.press(second)
    assert after(first, second) == alone
    assert taken == [False]


def test_a_box_that_was_moved_after_it_was_hung_is_not_hung_again(
    taken: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    finish = Transfer._hang

    def move(transfer: Transfer, page: object) -> None:
        for _, hung, _, _ in transfer._hung:
            hung.position_y += 1e6
        finish(transfer, page)

    monkeypatch.setattr(Transfer, "_hang", move)
    first, second = copies(BODY, BODY.replace("Kilde: en bok.", "Kilde: to."))
    alone = engine.press(second)
    assert after(first, second) == alone
    assert taken == [False]
