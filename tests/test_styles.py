"""The designer's folder: sheets, tokens, profiles; and whether sheets and templates know the same names."""

import re
import shutil
from pathlib import Path

import pytest
from making import STYLES, edit

from booklet.collector import Collector
from booklet.memory import Memory
from booklet.profiles import PROFILES, Profile
from booklet.store import Store
from booklet.styles import Styles, read_styles


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a copy of the designer's folder."""
    return Path(shutil.copytree(STYLES, tmp_path / "styles"))


def reading(home: Path) -> tuple[Styles | None, list[str]]:
    """Return the styles of a folder and what is wrong with them."""
    found = Collector()
    looks = read_styles(home, found)
    return looks, [f"{finding.code} {finding.message}" for finding in found.findings]


def test_shipped_styles_are_clean() -> None:
    looks, told = reading(STYLES)
    assert told == [] and looks is not None


@pytest.mark.parametrize("profile", PROFILES.values(), ids=list(PROFILES))
def test_no_token_is_left_for_the_engine(profile: Profile) -> None:
    looks, _ = reading(STYLES)
    assert looks is not None
    for theme in ("", *looks.palette.themes):
        for sheet in looks.of(profile, theme):
            assert "var(" not in sheet.css, sheet.name


def test_sheets_of_a_profile_say_its_colours_and_its_theme() -> None:
    looks, _ = reading(STYLES)
    assert looks is not None
    css = {name: "".join(sheet.css for sheet in looks.of(PROFILES[name], "moss")) for name in PROFILES}
    moss = {colour.name: colour for colour in looks.palette.colours}["moss"]
    assert "device-cmyk(" in css["print"] and "device-cmyk(" not in css["screen"] + css["handout"]
    assert moss.css("cmyk") in css["print"] and moss.srgb in css["screen"] and moss.css("grey") in css["handout"]


def test_no_sheet_names_a_colour_of_its_own() -> None:
    for path in STYLES.glob("*.css"):
        css = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
        values = re.findall(r":\s*([^;{}]+)[;}]", css)
        strange = [v for v in values if re.search(r"#[0-9a-f]{3,6}\b|\b(rgb|hsl|device-cmyk)a?\(|\b(black|white)\b", v)]
        assert strange == [], path.name


def test_sheet_of_a_profile_overrides_the_shared_tokens() -> None:
    looks, _ = reading(STYLES)
    assert looks is not None
    body = {name: re.findall(r"font-size: ([\d.]+pt)", looks.of(PROFILES[name], "")[1].css)[0] for name in PROFILES}
    assert body["print"] == body["screen"] != body["handout"]


def test_token_that_nobody_defines_is_an_error_with_its_line(home: Path) -> None:
    path = home / "screen.css"
    path.write_text(path.read_text() + "\np { color: var(--fjrod) }\n")
    looks, told = reading(home)
    assert looks is None
    assert told == ["unknown-token nobody defines '--fjrod'"]


@pytest.mark.parametrize("name", ["handout.css", "order.css", "booklet.css"])
def test_missing_sheet_is_an_error_that_names_file_and_cure(name: str, home: Path) -> None:
    (home / name).unlink()
    found = Collector()
    assert read_styles(home, found) is None
    [told] = found.findings
    assert (told.code, told.message) == ("style-missing", f"the style sheet '{name}' is missing")
    assert told.position and told.position.path == home / name
    assert ("order sheet" in told.hint) == (name == "order.css") and "copy it from" in told.hint


def test_missing_colour_profile_is_an_error(home: Path) -> None:
    next((home / "icc").glob("ISO*.icc")).unlink()
    looks, told = reading(home)
    assert looks is None and len(told) == 1


def test_missing_folder_is_an_error(tmp_path: Path) -> None:
    looks, told = reading(tmp_path / "nowhere")
    assert looks is None and told


def test_wrong_palette_stops_the_styles(home: Path) -> None:
    edit(home / "palette.yaml", "use: line", "use: lines")
    assert reading(home)[0] is None


@pytest.mark.parametrize(("css", "word"), [("h1 { color: #ff0000 }", "#ff0000"), ("p { color: rgb(1 2 3) }", "rgb(")])
def test_colour_that_is_not_in_the_palette_is_an_error_at_its_line(css: str, word: str, home: Path) -> None:
    sheet = home / "print.css"
    lines = sheet.read_text().count("\n")
    sheet.write_text(f"{sheet.read_text()}{css}\n")
    found = Collector()
    assert read_styles(home, found) is None
    (finding,) = found.findings
    assert finding.code == "colour-not-in-palette" and word in finding.message and finding.position
    assert (finding.position.path, finding.position.line) == (sheet, lines + 1)


def test_tokens_that_name_each_other_in_a_circle_are_an_error(home: Path) -> None:
    edit(home / "booklet.css", ":root {", ":root {\n  --a: var(--b);\n  --b: var(--a);")
    looks, told = reading(home)
    assert looks is None and told == [
        "unknown-token '--a' is defined by itself", "unknown-token '--b' is defined by itself"]


def test_unknown_token_with_a_fallback_is_an_error_too(home: Path) -> None:
    edit(home / "print.css", "html.verso {", "p { margin: VAR(--nope, 3pt) }\nhtml.verso {")
    assert reading(home)[1] == ["unknown-token nobody defines '--nope'"]


def test_file_that_is_no_colour_profile_is_an_error(home: Path) -> None:
    (home / "icc/ISOcoated_v2_300_bas.icc").write_bytes(b"x")
    assert reading(home)[1] == ["bad-icc this is no ICC profile of the kind 'CMYK'"]


def test_number_that_is_only_written_otherwise_is_told_apart_by_who_remembers(home: Path) -> None:
    memory, digests = Memory(Store(None)), list[str]()
    for text in ("last-line: 5\n", "widow-lines: 2\n"):  # what is not written is 5 too, but no fraction
        (home / "setting.yaml").write_text(text)
        warm, cold = (read_styles(home, Collector(), kept) for kept in (memory, Memory(Store(None))))
        assert warm and cold
        digests += [warm.digest(PROFILES["print"]), cold.digest(PROFILES["print"])]
    assert digests[0] == digests[1] != digests[2] == digests[3]
