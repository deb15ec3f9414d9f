"""The designer's demands: setting.yaml, and what stands for what it leaves out."""

from pathlib import Path

from making import STYLES

from booklet.collector import Collector
from booklet.gauges import SETTING
from booklet.source import open_shelf
from booklet.standard import DEFAULT, Standard, read_standard


def reading(home: Path, text: str) -> tuple[Standard, list[str]]:
    """Return what a file demands, and the findings about it."""
    (home / "setting.yaml").write_text(text, encoding="utf-8")
    found = Collector()
    shelf = open_shelf(home, found)
    assert shelf
    return read_standard(shelf, found), [str(finding.code) for finding in found.findings]


def test_every_demand_has_a_key_and_every_key_a_demand() -> None:
    assert {name.replace("_", "-") for name in Standard.__struct_fields__} == SETTING.keys()


def test_shipped_file_is_sound() -> None:
    found = Collector()
    shelf = open_shelf(STYLES, found)
    assert shelf and read_standard(shelf, found).contrast == 4.5 and found.findings == ()


def test_what_is_left_out_is_as_ever(tmp_path: Path) -> None:
    standard, told = reading(tmp_path, "last-page: 25\nwhite: [cover]\n")
    assert told == [] and (standard.last_page, standard.white) == (25, ("cover",))
    assert standard.contrast == DEFAULT.contrast
    shelf = open_shelf(tmp_path / "..", Collector())
    assert shelf


def test_what_is_wrong_is_told(tmp_path: Path) -> None:
    assert reading(tmp_path, "last-pages: 25") == (DEFAULT, ["unknown-key"])
    assert reading(tmp_path, "last-page: many") == (DEFAULT, ["wrong-type"])
    assert reading(tmp_path, "white: cover") == (DEFAULT, ["wrong-type"])
