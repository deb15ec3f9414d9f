"""The pictures of a unit: converted for the size they have on the page, judged by it, and kept."""

from io import BytesIO
from math import ceil
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from making import (
    AT,
    article,
    block,
    booklet,
    brief,
    mark,
    press_of,
    reference,
    sheet_of,
    shipped_styles,
    stock_of,
    theme,
)
from PIL import Image

from booklet.artwork import PRINT_PPI, Artwork, Demand, demand_of
from booklet.job import Shown
from booklet.model import Booklet, Picture
from booklet.printed import Fragment, Unit
from booklet.store import Store
from booklet.units import compose

SHEET = sheet_of("print")
COLUMN = SHEET.column / 25.4
"""In inches: how wide the column of a text is."""
ICC = shipped_styles().icc["cmyk"]
USUAL = demand_of("cmyk", ICC)
_OPEN: list[pikepdf.Pdf] = []


def photo(width: int, height: int = 60, mode: str = "RGB", form: str = "PNG") -> bytes:
    """Return a picture with colours in it."""
    one, two = Image.linear_gradient("L").resize((width, height)), Image.radial_gradient("L").resize((width, height))
    target = BytesIO()
    (one.convert(mode) if len(mode) == 1 else Image.merge(mode, (one, two, one, two)[:len(mode)])).save(target, form)
    return target.getvalue()


def showing(*contents: bytes) -> Booklet:
    """Return a booklet whose first text shows some pictures, each as wide as its column."""
    names = [f"images/{number}.png" for number in range(len(contents))]
    html = "".join(f'<figure class="picture">{mark(number, "")}</figure>' for number in range(len(names)))
    text = article("en.text", block(html), references=tuple(reference("picture", name) for name in names))
    pictures = tuple(
        Picture(name, "image/png", content, "a", "", "c", "CC0", AT)
        for name, content in zip(names, contents, strict=True))
    return booklet(theme("en", 1, text), pictures=pictures)


def unit_of(one: Booklet) -> Unit:
    """Return the unit with the pictures."""
    return next(unit for unit in compose(one, brief(one)) if unit.address == "en.text")


def laid_out(one: Booklet, profile: str = "print", cache: Path | None = None) -> Fragment:
    """Return the fragment of the unit with the pictures."""
    return press_of(one, profile, cache).lay_out(unit_of(one), "recto")


def painted(fragment: Fragment) -> dict[int, Any]:
    """Return the pictures of a fragment by their width in pixels."""
    pdf = pikepdf.open(BytesIO(fragment.pdf))
    _OPEN.append(pdf)  # what is read of it lives as long
    found = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]
    return {int(one.Width): one for one in found}


@pytest.mark.parametrize(
    ("ppi", "severity"), [(149, "error"), (151, "warning"), (224, "warning"), (226, ""), (449, "")])
def test_resolution_is_judged_by_the_size_on_the_page(ppi: int, severity: str) -> None:
    fragment = laid_out(showing(photo(round(ppi * COLUMN))))
    assert [f"{finding.severity} {finding.code}" for finding in fragment.findings] == (
        [f"{severity} picture-resolution"] if severity else [])


def test_finding_says_what_to_do_with_numbers_that_suffice() -> None:
    (finding,) = laid_out(showing(photo(600))).findings
    assert finding.position == AT
    assert finding.message == (
        f"'images/0.png' has 600 × 60 pixels and is shown {SHEET.column:g} mm wide on page 1 of 'en.text': "
        f"{600 / COLUMN:.0f} pixels per inch, a picture for this printer wants 225, and at least 150")
    enough = ceil(225 * COLUMN)
    assert finding.hint == f"show it smaller, or use one of at least {enough} pixels across"
    assert laid_out(showing(photo(enough))).findings == ()


@pytest.mark.parametrize(("ppi", "codes"), [(549, ["error"]), (551, ["warning"]), (801, [])])
def test_line_art_of_one_bit_has_limits_of_its_own(ppi: int, codes: list[str]) -> None:
    fragment = laid_out(showing(photo(round(ppi * COLUMN), 400, "1")))
    assert [str(finding.severity) for finding in fragment.findings] == codes
    (plate,) = painted(fragment).values()
    assert (int(plate.Width), int(plate.BitsPerComponent)) == (round(ppi * COLUMN), 1)


def test_stretched_picture_is_judged_along_its_coarser_side() -> None:
    picture = Picture("p.png", "image/png", photo(400, 400), "", "", "", "", AT)
    art = Artwork("en", {"p.png": picture}, shipped_styles().palette, USUAL, Store(None))
    art.develop(Shown("p.png", 96, 288, 0, ()))
    (finding,) = art.found.findings
    assert str(finding.severity) == "error" and ": 133 pixels per inch" in finding.message
    assert "at least 675 pixels across" in finding.hint


@pytest.mark.parametrize("profile", ["screen", "handout"])
def test_coarse_picture_harms_nobody_but_a_press(profile: str) -> None:
    assert laid_out(showing(photo(100)), profile).findings == ()


def test_picture_with_far_more_pixels_than_the_press_can_show_is_made_smaller() -> None:
    assert list(painted(laid_out(showing(photo(round(449 * COLUMN)))))) == [round(449 * COLUMN)]
    (width,) = painted(laid_out(showing(photo(round(460 * COLUMN)))))
    assert width < 449 * COLUMN and width / COLUMN == pytest.approx(300, abs=0.3)


def test_number_of_pixels_changes_no_layout() -> None:
    few, many = (laid_out(showing(photo(width, width // 2))) for width in (1000, 4000))
    assert (few.pages, few.places, few.blocks) == (many.pages, many.places, many.blocks)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "1", "CMYK"])
def test_no_picture_of_a_print_file_is_in_the_colours_of_a_screen(mode: str) -> None:
    jpeg = mode == "CMYK"
    (plate,) = painted(laid_out(showing(photo(3400, 400, mode, "JPEG" if jpeg else "PNG")))).values()
    space = plate.ColorSpace
    assert space == "/DeviceCMYK" or (space[0], space[1]) == ("/Indexed", "/DeviceCMYK")
    assert "/SMask" not in plate and plate.Interpolate is False


def test_two_layouts_are_the_same_bytes() -> None:
    one = showing(photo(4000, 900), photo(1000, 300, "RGBA"), photo(1300, 300, "LA"))
    first, second = (laid_out(one) for _ in range(2))
    assert first.pdf == second.pdf


def test_converted_picture_is_kept_by_all_that_it_depends_on(tmp_path: Path) -> None:
    picture = Picture("p.png", "image/png", photo(900, 300), "", "", "", "", AT)
    palette, store = shipped_styles().palette, Store(tmp_path)

    def develop(width: float = 100, demand: Demand = USUAL, **shown: Any) -> bytes | None:
        art = Artwork("en", {"p.png": picture}, palette, demand, store)
        return art.develop(Shown("p.png", width, width / 3, 0, shown.get("ground", ())))

    def kept() -> int:
        return store.sizes()["pictures"][0]

    first = develop()
    assert kept() == 1 and develop() == first and kept() == 1
    develop(110)
    develop(ground=(9, 9, 9, 0))
    develop(demand=demand_of("srgb", ICC))
    develop(demand=demand_of("cmyk", ICC, {**PRINT_PPI, "target": 310}))
    assert kept() == 5


def test_damaged_entry_is_made_again(tmp_path: Path) -> None:
    one = showing(photo(1000))
    whole = laid_out(one, cache=tmp_path)
    for path in [*(tmp_path / "pictures").iterdir(), *(tmp_path / "fragments").iterdir()]:
        path.write_bytes(path.read_bytes()[:-1])
    assert laid_out(one, cache=tmp_path).pdf == whole.pdf


def test_key_of_a_unit_with_pictures_depends_on_what_the_printer_wants() -> None:
    stock, one = stock_of(booklet()), showing(photo(1000))
    assert demand_of("cmyk", ICC).inputs() != demand_of("cmyk", ICC, {**PRINT_PPI, "error": 100}).inputs()
    assert press_of(one).demand.inputs() == demand_of("cmyk", stock.styles.icc["cmyk"]).inputs()


def test_picture_that_cannot_be_read_is_an_error_at_its_place() -> None:
    whole = photo(1000, 400, form="JPEG")
    for content in (b"\x89PNG broken", whole[:-900] + whole[-2:]):
        (finding, *_) = [one for one in laid_out(showing(content)).findings if one.code == "picture-not-shown"]
        assert finding.position == AT and finding.message.startswith("'images/0.png': ")


def test_screen_and_handout_carry_no_more_than_eyes_see() -> None:
    for profile in ("screen", "handout"):
        (width,) = painted(laid_out(showing(photo(4000)), profile))
        assert width / sheet_of(profile).column * 25.4 == pytest.approx(220, abs=1)
