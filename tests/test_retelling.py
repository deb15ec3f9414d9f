"""A figure in words: what stands for it where it is not seen, and the table behind it."""

import re

from graphing import CHARTS, chart, row
from making import WORDS

from booklet.retelling import caption, retell, table


def of(kind: str) -> str:
    """Return what stands for the small figure of a kind."""
    return retell(CHARTS[f"themes/en/figures/{kind}.yaml"], WORDS)


def test_alternative_text_tells_the_kind_the_finding_what_is_measured_and_every_number() -> None:
    assert of("bars") == (
        "Stolpediagram: Flere kom. Folk i 2019, personer. Oslo: 1\u00a0200; Berg: ikke oppgitt; Frøya: 60–70.")


def test_numbers_of_several_series_are_named() -> None:
    assert of("diverging").endswith("Nord: inn 12, ut \u22127, i alt 5; Sør: inn 3, ut \u22129, i alt \u22126.")


def test_years_are_said_as_years_and_per_cent_with_its_number() -> None:
    assert of("line").endswith(
        "Alle: 65,0 prosent i 2017, 66,5 prosent i 2018; Noen: ikke oppgitt i 2017, 40,1 prosent i 2018.")


def test_places_steps_and_days_are_told() -> None:
    assert of("map").endswith("Berg: Troms, tema 1; Frøya: Trøndelag; Gloppen: Sogn og Fjordane.")
    assert of("process").endswith("Spør: 3, alle; Svar: ikke oppgitt.")
    assert of("timeline").endswith("2013: Det begynte; 2019: Det endte.")


def test_name_of_capitals_keeps_them_within_a_sentence() -> None:
    one = chart("grouped", row("2018", "1", "2"), series=("NAV", "Kommunen"))
    assert retell(one, WORDS).endswith("2018: NAV 1, kommunen 2.")


def test_caption_says_the_finding_and_below_it_what_is_measured() -> None:
    html = caption(chart("bars", row("A", "1"), row("B", "2"), what="Folk i 2019, personer"))
    assert html == '<figcaption>Flere kom<span class="measured">Folk i 2019, personer</span></figcaption>'
    assert "measured" not in caption(chart("bars", row("A", "1"), what="", unit=""))


def test_table_has_a_header_for_each_column_and_row_and_all_numbers() -> None:
    html = table(CHARTS["themes/en/figures/grouped.yaml"], WORDS)
    assert re.findall(r'<th scope="col"[^>]*>([^<]*)', html) == ["Gruppe", "Her", "Der", "Borte"]
    assert re.findall(r'<th scope="row">([^<]*)', html) == ["2018", "2019"]
    assert re.findall(r'<td class="number">([^<]*)', html) == ["10", "20", "5", "12", "–", "7"]


def test_table_of_a_map_says_the_county_and_the_words_of_each_place() -> None:
    html = table(CHARTS["themes/en/figures/map.yaml"], WORDS)
    assert re.findall(r"<td>([^<]*)", html) == ["Troms", "tema 1", "Trøndelag", "–", "Sogn og Fjordane", "–"]


def test_authors_signs_are_never_markup() -> None:
    one = chart("bars", row("<b>", "1"), row("&", "2"), title="A <i>", what="B & C")
    assert "<b>" not in table(one, WORDS) and "<i>" not in caption(one)
