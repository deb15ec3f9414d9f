"""A figure's file → a chart: numbers read, facts looked up, sources named."""

import shutil
from pathlib import Path

import pytest

from booklet.graphs import Chart
from booklet.reader import read

TINY = Path(__file__).parent / "cases" / "tiny" / "content"
COLOURS = frozenset({"fjord", "moss"})
FIGURE = """kind: bars
title: Dei fleste blir
what: Tilflyttarar som bur i bygda etter fem år
unit: prosent
rows:
  - label: Bygda
    values: [fact:stayers-2020]
    highlight: yes
  - label: Byen
    values: ["51"]
note: Byen er rekna ut.
"""


def drawn(home: Path, figure: str = FIGURE, **edits: tuple[str, str]) -> tuple[Chart | None, list[str]]:
    """Return the chart that the tiny booklet's first text shows, and the codes of what is found."""
    content = Path(shutil.copytree(TINY, home / "content"))
    (content / "themes/heim/figures").mkdir()
    (content / "themes/heim/figures/blir.yaml").write_text(figure, "utf-8")
    text = content / "themes/heim/text.md"
    text.write_text(text.read_text("utf-8") + "\n![](figures/blir.yaml)\n", "utf-8")
    for name, (old, new) in edits.items():
        path = content / f"{name}.yaml"
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    booklet, findings = read(content, COLOURS)
    return booklet.charts[0] if booklet else None, [finding.code for finding in findings]


def test_numbers_of_facts_are_the_registers_and_others_the_authors(tmp_path: Path) -> None:
    one, found = drawn(tmp_path)
    assert one and found == []
    assert [(row.label, row.amounts[0].text, row.strong) for row in one.rows if row.amounts[0]] == [
        ("Bygda", "62,5", True), ("Byen", "51", False)]
    assert (one.path, one.title, one.note) == (
        "themes/heim/figures/blir.yaml", "Dei fleste blir", "Byen er rekna ut.")


def test_figure_follows_the_register(tmp_path: Path) -> None:
    edit = ('value: "62,5"', 'value: "70,1"')
    one, _ = drawn(tmp_path, facts=edit)
    assert one is None, "a sentence of the text still says 62,5"


def test_sources_are_those_of_the_facts_unless_the_author_names_some(tmp_path: Path) -> None:
    one, _ = drawn(tmp_path)
    assert one and one.sources == ("bygdeboka2020",)


def test_sources_that_the_author_names_stand_alone(tmp_path: Path) -> None:
    one, _ = drawn(tmp_path, f"{FIGURE}sources: [haug2019]\n")
    assert one and one.sources == ("haug2019",)


@pytest.mark.parametrize(("old", "new", "codes"), [
    ("kind: bars", "kind: strip", []),
    ("kind: bars", "kind: timeline", ["chart-rows", "chart-rows"]),
    ("kind: bars", "kind: grouped", ["chart-rows", "chart-rows", "chart-rows"]),
    ("unit: prosent", "unit: personar", ["chart-unit"]),
    ('"51"', '"51.0"', ["chart-value"]),
    ("fact:stayers-2020", "fact:stayer-2020", ["unknown-fact"]),
    ("highlight: yes", "place: her", ["chart-rows", "unknown-place"]),
    ("note: Byen", "series: [Ein, To]\nnote: Byen", ["chart-rows", "chart-rows", "chart-rows"]),
])
def test_what_does_not_fit_the_kind_is_an_error(old: str, new: str, codes: list[str], tmp_path: Path) -> None:
    assert sorted(drawn(tmp_path, FIGURE.replace(old, new))[1]) == codes


def test_figure_has_the_address_that_its_files_name_makes(tmp_path: Path) -> None:
    drawn(tmp_path)
    text = tmp_path / "content/themes/heim/text.md"
    text.write_text(text.read_text("utf-8") + "\nSjå [figuren](#blir).\n", "utf-8")
    booklet, findings = read(tmp_path / "content", COLOURS)
    assert booklet and findings == ()
    assert [block.anchor for block in booklet.themes[0].text.body.blocks if block.kind == "chart"] == ["heim.text.blir"]
