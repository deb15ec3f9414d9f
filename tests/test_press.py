"""Unit → fragment: a fragment's key depends on everything that decides its pages, and findings are never lost."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from making import AT, WORDS, article, block, booklet, brief, mark, press_of, reference, shipped_styles, theme
from msgspec.structs import replace

from booklet.model import Booklet, Picture
from booklet.printed import Unit
from booklet.steps import Step
from booklet.styles import Styles
from booklet.units import compose

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0H9V9Z" fill="#14506e"/></svg>'


def illustrated(content: bytes = DRAWING, media: str = "image/svg+xml") -> Booklet:
    """Return a booklet with one picture in its first text."""
    text = article("en.text", block(f"<figure>{mark(0, '')}</figure>"), references=(reference("picture", "p.svg"),))
    return booklet(theme("en", 1, text), pictures=(Picture("p.svg", media, content, "a", "", "c", "CC0", AT),))


def unit_of(one: Booklet, address: str = "en.text") -> Unit:
    """Return one unit of the print run."""
    return next(unit for unit in compose(one, brief(one)) if unit.address == address)


def other_ink(looks: Styles, name: str) -> Styles:
    """Return styles in which one colour has other inks."""
    colours = tuple(
        replace(colour, cmyk=(1, 2, 3, 4)) if colour.name == name else colour for colour in looks.palette.colours)
    return replace(looks, palette=replace(looks.palette, colours=colours))


def test_same_unit_has_the_same_key() -> None:
    one = illustrated()
    assert press_of(one).key(unit_of(one), "recto") == press_of(illustrated()).key(unit_of(illustrated()), "recto")


@pytest.mark.parametrize(
    "change",
    [
        lambda unit: replace(unit, content={**unit.content, "title": "B"}), lambda unit: replace(unit, kind="article"),
        lambda unit: replace(unit, address="b"), lambda unit: replace(unit, title="B"),
        lambda unit: replace(unit, colour="moss"), lambda unit: replace(unit, running=("", "B")),
        lambda unit: replace(unit, folio=False),
    ],
)
def test_key_depends_on_what_the_unit_prints(change: Callable[[Unit], Unit]) -> None:
    one = illustrated()
    press, unit = press_of(one), unit_of(one)
    assert press.key(change(unit), "recto") != press.key(unit, "recto") != press.key(unit, "verso")


@pytest.mark.parametrize(
    "changes",
    [
        {"profile": "screen"}, {"words": {**WORDS, "theme": "T"}}, {"language": "nn"},
        {"styles": other_ink(shipped_styles(), "fjord")}, {"styles": other_ink(shipped_styles(), "sun")},
        {"icc": {"cmyk": b"other"}},
    ],
    ids=["profile", "words", "language", "theme's ink", "ink of a drawing", "press"],
)
def test_key_depends_on_all_that_decides_the_page(changes: dict[str, Any]) -> None:
    one = illustrated()
    assert press_of(one, **changes).key(unit_of(one), "recto") != press_of(one).key(unit_of(one), "recto")


def test_press_and_paper_count_where_pictures_are_converted_and_nowhere_else() -> None:
    one = illustrated()
    mine, other = (press_of(one, icc={"cmyk": icc}) for icc in (b"one", b"other"))
    differ = [u.address for u in compose(one, brief(one)) if mine.key(u, "recto") != other.key(u, "recto")]
    assert differ == ["en.text"]


@pytest.mark.parametrize("change", [{"multiple": 8}, {"standard": "PDF/X-1a:2003"}, {"counted_by": "screen"}], ids=str)
def test_what_a_printer_wants_of_the_whole_file_makes_no_unit_anew(change: dict[str, Any]) -> None:
    one = illustrated()
    press = press_of(one)
    other = replace(press, profile=replace(press.profile, **change), _same={}, _inputs={})
    assert other.key(unit_of(one), "recto") == press.key(unit_of(one), "recto")


@pytest.mark.parametrize(
    "change", [{"bleed": 3.0}, {"trim": (148.0, 210.0)}, {"ink": "grey"}, {"facing": False}, {"tagged": True}], ids=str)
def test_key_depends_on_each_trait_of_the_profile_that_decides_the_page(change: dict[str, Any]) -> None:
    one = illustrated()
    press = press_of(one)
    other = replace(press, profile=replace(press.profile, **change), _same={}, _inputs={})
    assert other.key(unit_of(one), "recto") != press.key(unit_of(one), "recto")


def test_key_depends_on_the_picture_itself() -> None:
    keys = {press_of(one).key(unit_of(one), "recto") for one in (illustrated(), illustrated(DRAWING + b"\n"))}
    assert len(keys) == 2


def test_unit_whose_words_did_not_change_keeps_its_key() -> None:
    """An edit costs the unit that it is in, and no other."""
    before = booklet(theme("en", 1), theme("to", 2))
    after = booklet(theme("en", 1, article("en.text", block("<p>Nytt.</p>"))), theme("to", 2))
    keys = [{u.address: press_of(one).key(u, "recto") for u in compose(one, brief(one))} for one in (before, after)]
    assert [name for name in keys[0] if keys[0][name] != keys[1][name]] == ["en.text"]


def test_place_of_a_unit_in_its_file_does_not_matter() -> None:
    one = illustrated()
    unit = unit_of(one)
    moved = replace(unit, position=replace(AT, line=9), blocks=(replace(AT, line=10),))
    assert press_of(one).key(moved, "recto") == press_of(one).key(unit, "recto")


def test_kept_fragment_is_the_one_that_was_laid_out(tmp_path: Path) -> None:
    one = illustrated()
    laid, kept = (press_of(one, cache=tmp_path).lay_out(unit_of(one), "recto") for _ in range(2))
    assert laid == kept and laid.pages == 1


def test_every_unit_at_hand_is_told_with_why_it_was_made(tmp_path: Path) -> None:
    steps: list[Step] = []

    def lay_out(one: Booklet) -> None:
        press = press_of(one, cache=tmp_path, tell=steps.append)
        press.lay_out(unit_of(one), "recto")
        press.stock.fragments.keep()

    for one in (illustrated(), illustrated(), illustrated(DRAWING + b"\n")):
        lay_out(one)
    assert steps == [
        Step("print", "en.text", False, ("new",)), Step("print", "en.text", True),
        Step("print", "en.text", False, ("pictures",))]


def test_fragment_that_was_lost_is_made_again_for_no_reason(tmp_path: Path) -> None:
    steps: list[Step] = []
    for _ in range(2):
        press = press_of(illustrated(), cache=tmp_path, tell=steps.append)
        press.lay_out(unit_of(illustrated()), "recto")
        press.stock.fragments.keep()
        for path in (tmp_path / "fragments").iterdir():
            path.unlink()
    assert steps[1] == Step("print", "en.text", False, ())


def test_side_matters_only_where_left_and_right_differ() -> None:
    one = illustrated()
    unit = unit_of(one)
    assert len({press_of(one, "screen").key(unit, side) for side in ("recto", "verso")}) == 1
    assert press_of(one).inputs(unit, "verso")["side"] == "verso"


@pytest.mark.parametrize(
    ("content", "media", "code"),
    [
        (DRAWING.replace(b"#14506e", b"#123456"), "image/svg+xml", "colour-not-in-palette"),
        (b"\x89PNG broken", "image/png", "picture-not-shown"),
    ],
)
def test_fault_of_a_picture_is_told_by_every_build(content: bytes, media: str, code: str, tmp_path: Path) -> None:
    one = illustrated(content, media)
    for _ in range(2):
        press = press_of(one, cache=tmp_path)
        press.lay_out(unit_of(one), "recto")
        assert code in [finding.code for finding in press.stock.found.findings]


def test_exception_of_hyphenation_lays_out_only_the_units_that_have_the_word() -> None:
    text = article("en.text", block("<p>Bærekraftsmålene gjelder alle.</p>"))
    one = booklet(theme("en", 1, text), theme("to", 2))
    plain, taught = press_of(one), press_of(one, hyphenation=("bærekrafts-mål*",))
    with_it, without = unit_of(one), unit_of(one, "to.text")
    assert taught.exceptions(with_it) == ("bærekrafts-mål*",)
    assert plain.key(with_it, "recto") != taught.key(with_it, "recto")
    assert plain.key(without, "recto") == taught.key(without, "recto")


def test_key_depends_on_how_far_paragraphs_may_be_mended() -> None:
    one, looks = booklet(), shipped_styles()
    strict = replace(looks, standard=replace(looks.standard, repair=0, smallest=9))
    other = replace(looks, standard=replace(looks.standard, smallest=9))
    keys = [press_of(one, styles=styles).key(unit_of(one), "recto") for styles in (looks, strict, other)]
    assert keys[0] == keys[2] != keys[1]


def test_unit_is_measured_once(tmp_path: Path) -> None:
    one = booklet()
    first = press_of(one, cache=tmp_path).measure(unit_of(one), "recto")
    assert first.leaves and list((tmp_path / "measures").iterdir())
    assert press_of(one, cache=tmp_path).measure(unit_of(one), "recto") == first
