"""A drawing on its page: words in our faces and in black alone, shapes in the colours of the palette."""

import re
from io import BytesIO

import pikepdf
import pytest
from graphing import CHARTS, SPOTS
from making import (
    WORDS,
    article,
    block,
    booklet,
    brief,
    example,
    mark,
    press_of,
    reference,
    sheet_of,
    shipped_styles,
    source,
    theme,
)
from pikepdf import Name
from test_tags import below, kids

from booklet.easel import COLUMN, Easel, on_grid
from booklet.model import Booklet
from booklet.printed import Fragment
from booklet.profiles import PROFILES
from booklet.retelling import retell
from booklet.units import compose

BARS, PEOPLE = (CHARTS[f"themes/en/figures/{kind}.yaml"] for kind in ("bars", "pictogram"))


def shown() -> Booklet:
    """Return a booklet whose first theme shows two figures, and whose first example is on the map."""
    marks = [block(f'<figure class="chart">{mark(number, "")}</figure>', kind="chart") for number in (0, 1)]
    text = article("en.text", *marks, references=(reference("chart", BARS.path), reference("chart", PEOPLE.path)))
    one = example("en.berg")
    placed = type(one)(one.article, "Berg", "Troms", "2019", (), (), "asked", SPOTS[:1])
    return booklet(
        theme("en", 1, text, (placed,)), theme("to", 2), charts=(BARS, PEOPLE), back=("references",),
        sources=(source("a", organisation="SSB"),))


def laid_out(profile: str, address: str = "en.text") -> Fragment:
    """Return a unit of that booklet, laid out."""
    one = shown()
    units = {re.sub("^en$", "en.text", unit.address): unit for unit in compose(one, brief(one, profile))
             if (unit.kind, unit.address) != ("opener", "en")}
    press = press_of(one, profile)
    fragment = press.lay_out(units[address], "recto")
    assert press.stock.found.findings == ()
    return fragment


def content(fragment: Fragment) -> str:
    """Return the content of a fragment's pages."""
    with pikepdf.open(BytesIO(fragment.pdf)) as pdf:
        return "".join(page.Contents.read_bytes().decode("latin-1") for page in pdf.pages)


@pytest.mark.parametrize("profile", ["print", "screen", "handout"])
def test_words_are_set_in_our_faces_and_may_be_searched(profile: str) -> None:
    fragment = laid_out(profile)
    assert set(fragment.fonts.values()) <= {
        "BookletSans", "BookletSans-Bold", "BookletDisplay", "BookletDisplay-Bold", "BookletSerif", "BookletHoleSans"}


def test_words_over_a_drawing_are_black_ink_alone_in_print() -> None:
    drawn = content(laid_out("print"))
    plots = drawn[drawn.index("re\nf"):]  # from the first bar on
    assert {ink.split()[:3] == ["0", "0", "0"] for ink in inks_of_words(plots)} == {True}


def inks_of_words(drawn: str) -> set[str]:
    """Return the inks that words are painted in."""
    ink, kept, found = "", list[str](), set[str]()
    for line in drawn.split("\n"):
        if line == "q":
            kept.append(ink)
        elif line == "Q":
            ink = kept.pop() if kept else ""
        elif line.endswith(" scn"):
            ink = line.removesuffix(" scn")
        elif line.endswith("TJ") and ink:
            found.add(ink)
    return found


@pytest.mark.parametrize("profile", ["print", "screen", "handout"])
def test_shapes_are_in_the_palette_of_the_profile(profile: str) -> None:
    drawn, ink = content(laid_out(profile)), {"print": "cmyk", "screen": "srgb", "handout": "grey"}[profile]
    theme_colour = shipped_styles().palette.tokens(ink, "fjord")["theme"]
    if ink == "cmyk":
        wanted = " ".join(re.findall(r"[\d.]+", theme_colour)) + " scn"
    else:
        wanted = " ".join(f"{int(theme_colour[i:i + 2], 16) / 255:.6f}"[:6] for i in (1, 3, 5))
    assert wanted in re.sub(r"(0\.\d{4})\d+", r"\1", drawn)


def test_drawing_is_one_figure_that_owns_its_words_and_says_them() -> None:
    with pikepdf.open(BytesIO(laid_out("screen").pdf)) as pdf:
        figures = [one for one in below(pdf.Root.StructTreeRoot.K[0]) if one.S == Name.Figure]
        told = [str(figure.Alt).replace("80\u00a0", "80 ").replace("70\u00a0", "70 ") for figure in figures]
        assert told == [retell(one, WORDS) for one in (BARS, PEOPLE)]
        assert all(len(kids(figure)) > 3 and all(isinstance(kid, int) for kid in kids(figure)) for figure in figures)


def test_numbers_behind_figures_are_real_tables_on_the_screen() -> None:
    with pikepdf.open(BytesIO(laid_out("screen", "numbers").pdf)) as pdf:
        kinds = [str(one.S) for one in below(pdf.Root.StructTreeRoot.K[0])]
    assert kinds.count("/Table") == 2 and "/TH" in kinds and "/TD" in kinds


def test_example_shows_its_place_on_a_small_map() -> None:
    with pikepdf.open(BytesIO(laid_out("screen", "en.berg").pdf)) as pdf:
        figures = [str(one.Alt) for one in below(pdf.Root.StructTreeRoot.K[0]) if one.S == Name.Figure]
    assert figures == ["Skjematisk kart over Norge med prikk ved Berg (Troms)"]


def test_key_of_a_page_with_a_drawing_depends_on_the_palette() -> None:
    one, looks = shown(), shipped_styles()
    unit = next(unit for unit in compose(one, brief(one)) if unit.address == "en.text")
    bare = type(looks.palette)(tuple(colour for colour in looks.palette.colours if colour.name != "sky"))
    other = press_of(one, styles=type(looks)(bare, looks.sheets, looks.icc))
    assert press_of(one).inputs(unit, "recto")["pictures"] != other.inputs(unit, "recto")["pictures"]


def test_easel_grows_with_what_is_put_on_it() -> None:
    easel = Easel()
    easel.bar(0, 2, (50, 3), "theme")
    easel.say("Ord", 0, 9)
    assert 5 < easel.height < 12 and f"height:{on_grid(easel.height):g}mm" in easel.html("")


def test_labels_are_measured_for_the_narrowest_column_there_is() -> None:
    assert min(sheet_of(profile).column for profile in PROFILES) == COLUMN


def test_words_on_an_easel_are_never_markup() -> None:
    easel = Easel()
    easel.say("<b>", 0, 1)
    assert "<b>" not in easel.html("<i>") and "<i>" not in easel.html("<i>")


@pytest.mark.parametrize("height", [0.5, 20.0, 44.1, 112.0])
def test_drawing_and_the_half_line_below_its_title_are_whole_lines(height: float) -> None:
    lines = (on_grid(height) / 25.4 * 72 + 6.6) / 13.2
    assert lines == pytest.approx(round(lines), abs=1e-3) and 0 <= on_grid(height) - height < 4.66
