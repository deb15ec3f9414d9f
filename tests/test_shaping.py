"""Texts shaped once: what is shared, what is not plain, and layouts that are kept."""

import pytest
import weasyprint
from pressing import words
from weasyprint.text import line_break

from booklet import shaping
from booklet.engine import _engine
from booklet.shaping import Kept, plain, setting_of, strut
from booklet.typefaces import font_face_rules


@pytest.mark.parametrize("text", ["Å bo", "1\u00a0361 – «ja» …", "naïve §", " "])
def test_european_words_are_plain(text: str) -> None:
    assert plain(text)


@pytest.mark.parametrize("text", ["", "a\nb", "a\u00adb", "a\u200bb", "e\u0301", "א", "漢", "\u202e", "\U0001f600"])
def test_what_breaks_joins_or_combines_is_not(text: str) -> None:
    assert not plain(text)


def test_boxes_in_the_same_style_share_a_setting_and_others_do_not() -> None:
    one, two, three, four = words("<p>a</p><p>b</p><p><em>c</em></p><p style='white-space: pre'>d</p>")
    assert setting_of(one.style) is setting_of(two.style) is not None
    assert len({id(setting_of(box.style)) for box in (one, three, four)}) == 3


@pytest.mark.parametrize("css", [
    "letter-spacing: 5px", "word-spacing: 1px", "overflow-wrap: anywhere", "word-break: break-all", "direction: rtl"])
def test_style_that_is_not_plain_has_no_setting(css: str) -> None:
    assert setting_of(words("<p>a</p>", f"p {{ {css} }}")[0].style) is None


def test_style_whose_white_space_is_changed_gets_another_setting() -> None:
    (box,) = words("<p>a</p>")
    before = setting_of(box.style)
    box.style["white_space"] = "pre"
    assert setting_of(box.style) is not before


def test_copy_of_a_style_in_another_size_gets_another_setting() -> None:
    (box,) = words("<p>a</p>")
    before, copy = setting_of(box.style), box.style.copy()
    copy["font_size"] = 1000
    after = setting_of(copy)
    assert before and after and after.shape("a").units > 20 * before.shape("a").units


def test_style_that_inherits_all_shares_the_setting_of_its_parent() -> None:
    one, two, three = words("<p>a</p><p><u>b</u></p><p><b>c</b></p>", "u { color: red; font-weight: inherit }")
    assert setting_of(one.style) is setting_of(two.style) is not setting_of(three.style)


def test_shapes_are_kept_for_the_next_document() -> None:
    one, two = (setting_of(words("<p>et ord</p>")[0].style) for _ in "12")
    assert one is two


def test_face_that_is_added_makes_shapes_forgotten() -> None:
    before, engine = setting_of(words("<p>et ord</p>")[0].style), _engine()
    weasyprint.CSS(string=font_face_rules(), font_config=engine.fonts, url_fetcher=engine.memory)
    after = setting_of(words("<p>et ord</p>")[0].style)
    assert before and after and before is not after


def test_shapes_are_forgotten_before_they_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    setting = setting_of(words("<p>a</p>")[0].style)
    assert setting
    monkeypatch.setattr(shaping, "_MOST_SHAPES", setting.drawer.shapes + 2)
    for text in ("en", "to", "tre"):
        setting.shape(f"{text} som ingen har satt")
    assert list(setting.shapes) == ["tre som ingen har satt"]


def test_text_is_shaped_once() -> None:
    setting = setting_of(words("<p>a</p>")[0].style)
    assert setting and setting.shape("ord") is setting.shape("ord")


@pytest.mark.parametrize("css", ["", "letter-spacing: .3px", "letter-spacing: -.2px", "text-decoration: underline"])
def test_shape_measures_what_the_engine_measures(css: str) -> None:
    (box,) = words("<p>AVTo flyt fi</p>", f"p {{ {css} }}")
    setting, layout = setting_of(box.style), line_break.Layout(box.style)
    layout.set_text("AVTo flyt fi")
    line, _ = layout.get_first_line()
    assert setting
    shape = setting.shape("AVTo flyt fi")
    assert (shape.width, shape.height) == line_break.line_size(line, box.style)


def test_kept_layout_is_set_up_anew_for_whoever_wants_more_of_it() -> None:
    (box,) = words("<p>et ord</p>")
    layout = box.pango_layout
    assert type(layout) is Kept and "layout" not in layout.__dict__
    layout.reactivate(box.style)
    assert layout.ready
    line, _ = layout.get_first_line()
    assert line.length == len("et ord") and not layout.ready
    layout.deactivate()
    assert layout.ready


def test_kept_layout_is_not_painted_as_it_is_in_another_style() -> None:
    one, two = words("<p>a</p><p><em>b</em></p>")
    one.pango_layout.reactivate(two.style)
    assert not one.pango_layout.ready


def test_kept_layout_knows_the_lines_under_its_words() -> None:
    (box,) = words("<p>et ord</p>", "p { text-decoration: underline }")
    layout = line_break.Layout.__new__(line_break.Layout)
    shaping._setup(layout, box.style)
    assert type(box.pango_layout) is Kept
    for name in shaping._LINES:
        assert getattr(box.pango_layout, name) == getattr(layout, name)


def test_line_height_is_that_of_the_engine() -> None:
    for css in ("line-height: 1.4", "line-height: 19px", "line-height: normal", "font-size: 30px", "font-size: 0"):
        (box,) = words("<p>a</p>", f"p {{ {css} }}") or [None]
        if box:
            assert strut(box.style) == shaping._strut(box.style)
