"""Charts → figures with captions and sources, and the tables behind them."""

import re

import pytest
from graphing import CHARTS, SPOTS
from making import WORDS, article, block, booklet, brief, mark, reference, source, theme
from msgspec.structs import replace

from booklet.gallery import TABLES, hang_chart, place_map, table_address, tables_of
from booklet.inline import Setting
from booklet.model import Booklet
from booklet.units import compose

PAPER = Setting(WORDS, frozenset(), {"a": "SSB 2019", "b": "IMDi u.å."}, {}, False)
SCREEN = replace(PAPER, inside=frozenset({TABLES, "references.a"}), live=True)
BARS = CHARTS["themes/en/figures/bars.yaml"]


def shown() -> Booklet:
    """Return a booklet whose first theme shows a figure."""
    text = article("en.text", block(mark(0, ""), kind="chart"), references=(reference("chart", BARS.path),))
    return booklet(theme("en", 1, text), theme("to", 2), charts=(BARS,), sources=(source("a", organisation="SSB"),))


@pytest.mark.parametrize("one", CHARTS.values(), ids=lambda one: one.kind)
def test_every_kind_has_a_caption_a_drawing_with_its_words_and_a_source(one: object) -> None:
    html = hang_chart(one, PAPER)  # type: ignore[arg-type]
    assert html.startswith("<figcaption>Flere kom") and html.count("<svg") == html.count("<title>") == 1
    assert html.endswith("Kilde: <span>SSB\u00a02019</span>.</p>")


@pytest.mark.parametrize("one", CHARTS.values(), ids=lambda one: one.kind)
def test_drawings_name_colours_of_the_palette_and_no_others(one: object) -> None:
    html = hang_chart(one, PAPER)  # type: ignore[arg-type]
    paints = set(re.findall(r'(?:fill|stroke)="([^"]*)"', html))
    assert all(re.fullmatch(r"none|var\(--(theme|theme-tint|line|stone|ink|paper)\)", paint) for paint in paints)
    assert not re.search(r"gradient|opacity|#[0-9a-f]{3}", html.lower())


def test_short_form_that_ends_in_a_stop_is_not_followed_by_another() -> None:
    html = hang_chart(replace(BARS, sources=("a", "b")), PAPER)
    assert html.endswith("Kilder: <span>SSB\u00a02019</span>; <span>IMDi\u00a0u.å.</span></p>")


def test_figure_leads_to_its_table_where_a_copy_has_it() -> None:
    assert "data-link" not in hang_chart(BARS, PAPER)
    assert f'<a href="link://go/{table_address(BARS)}">Tallene som tabell</a>' in hang_chart(BARS, SCREEN)


def test_tables_stand_at_the_addresses_that_figures_lead_to() -> None:
    charts = tuple(CHARTS.values())
    found = [re.findall(r'id="([^"]*)"', html)[0] for html in tables_of(charts, SCREEN)]
    assert found == [table_address(one) for one in charts] and len(set(found)) == len(charts)


def test_only_the_screen_ends_with_the_numbers_behind_the_figures() -> None:
    kinds = {name: [unit.kind for unit in compose(shown(), brief(shown(), name))] for name in ("print", "screen")}
    assert TABLES not in kinds["print"] and kinds["screen"][-2:] == [TABLES, "back"]
    assert TABLES not in [unit.kind for unit in compose(booklet(), brief(booklet(), "screen"))]


def test_source_of_a_figure_stands_in_the_list_of_references() -> None:
    units = {unit.address: unit for unit in compose(shown(), brief(shown()))}
    assert "SSB" in str(units["references"].content["entries"])
    assert units["en.text"].drawn and not units["to.text"].drawn


def test_place_map_names_all_its_places() -> None:
    assert "Berg, Frøya og Gloppen (Troms, Trøndelag, Sogn og Fjordane)" in place_map(SPOTS, WORDS)
    assert "ved Berg (Troms)" in place_map(SPOTS[:1], WORDS) and place_map((), WORDS) == ""
