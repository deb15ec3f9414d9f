"""What the order sheet says, and what it leaves open."""

from typing import Any

import pytest
from making import AT, MEMORY, WORDS
from msgspec.structs import replace
from ordering_cases import KNOWN, UNKNOWN, matter

from booklet.ordersheet import sheet
from booklet.purchase import Delivery, Paper, PrintOrder
from booklet.words import read_words


def rows(order: PrintOrder = KNOWN, **more: Any) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return label → lines and blanks of a sheet, spaces plain."""
    content: Any = sheet(matter(order, **more), WORDS, AT).content
    return {
        row["label"]: (tuple(line.replace("\u00a0", " ") for line in row["lines"]), row["blanks"])
        for _, part in content["sections"] for row in part}


def test_everything_that_is_known_is_said_and_nothing_left_open() -> None:
    said = rows(replace(KNOWN, deliveries=KNOWN.deliveries[:1]))
    assert said["Omfang"][0] == (
        "60 sider: 4 sider omslag og 56 sider materie", "15 ark à 4 sider per eksemplar, 150 000 ark i opplaget")
    assert said["Papir, omslag"][0] == ("Silk, 250 g/m²",)
    assert said["Vekt"][0] == ("169 g per eksemplar, 1 689 kg for opplaget",)
    assert said["Leveres til"][0] == ("Sortland, 800 eksemplarer, 17. mai 2019",)
    assert said["Kontakt"][0] == ("Bestiller: Kari, 1, k@x.no", "Ola")
    assert said["Miljømerke"][0] == ("Svanemerket, lisensnummer 2041 0001",)
    assert said["Krav"][0] == ("PDF/X-4, FOGRA39, uten skjæremerker, 3 mm utfall, høyst 300 % farge",)
    assert {label for label, (_, blanks) in said.items() if blanks} == set()


def test_what_is_not_known_is_a_line_to_fill_in() -> None:
    said = rows(UNKNOWN)
    assert {label: blanks for label, (_, blanks) in said.items() if blanks} == {
        "Papir, omslag": ("Papirkvalitet", "Gramvekt (g/m²)"), "Papir, materie": ("Papirkvalitet", "Gramvekt (g/m²)"),
        "Farger": ("Trykkfarger, forside + bakside",), "Innbinding": ("Stiftet eller limt",),
        "Etterbehandling": ("Laminering, rilling, hull, pakking",), "Prøvetrykk": ("Digitalt, på papir, eller ingen",),
        "Leveres til": ("Navn og adresse", "Leveringsdato"), "Kontakt": ("Navn", "Telefon", "E-post"),
        "Merknader": ("Annet trykkeriet må vite",)}
    assert said["Omfang"][0] == ("60 sider, omslaget medregnet",)
    assert said["Vekt"][0] == ("Beregnes når papir og gramvekt er kjent",)
    assert said["Miljømerke"][0] == ("Ingen merker er bestilt",)


def test_paper_that_is_half_known_leaves_the_other_half_open() -> None:
    assert rows(replace(KNOWN, inside_paper=Paper("Silk")))["Papir, materie"] == (("Silk",), ("Gramvekt (g/m²)",))


def test_cover_of_the_same_paper_has_no_line() -> None:
    said = rows(replace(KNOWN, cover="self", cover_paper=Paper()))
    assert "Papir, omslag" not in said
    assert said["Omfang"][0][0] == "60 sider, omslag og materie av samme papir"


def test_stitch_or_spine() -> None:
    assert rows()["Innbinding"] == (("Falset og stiftet i ryggen",), ())
    glued = replace(KNOWN, binding="glued")
    assert rows(glued)["Innbinding"] == (("Limt i ryggen, ryggbredde 3,4 mm",), ())
    assert rows(replace(glued, inside_paper=Paper()))["Innbinding"] == (("Limt i ryggen",), ("Ryggbredde (mm)",))


def test_each_delivery_has_its_line() -> None:
    order = replace(KNOWN, deliveries=(Delivery("Oslo", "", None), Delivery("Bodø", "2020-01-02", 1000)))
    told: Any = sheet(matter(order), WORDS, AT).content["sections"]
    lines = [(row["label"], row["lines"], row["blanks"]) for row in told[1][1]][:2]
    assert lines == [
        ("Leveres til", ("Oslo",), ("Leveringsdato",)),
        ("", ("Bodø, 1\u00a0000 eksemplarer, 2.\u00a0januar 2020",), ())]


def test_printer_is_held_to_what_its_file_says() -> None:
    assert rows(wanted="marks")["Krav"][0] == ("PDF/X-4, FOGRA39, med skjæremerker, 3 mm utfall, høyst 300 % farge",)
    assert "0–5 mm utfall" in rows(wanted="wide-bleed")["Krav"][0][0]


@pytest.mark.parametrize(("language", "title"), [("nb", "Trykkbestilling"), ("nn", "Trykkbestilling")])
def test_numbers_at_the_head_are_the_ones_that_are_asked_first(language: str, title: str) -> None:
    unit = sheet(matter(), read_words(language, MEMORY), AT)
    figures: Any = unit.content["figures"]
    assert unit.title == f"{title}: Hefte: Å bo" and not unit.folio
    assert [number for number, _ in figures] == ["10\u00a0000", "170 × 240", "60", "169"]
    assert len(sheet(matter(UNKNOWN), WORDS, AT).content["figures"]) == 3  # type: ignore[arg-type]
