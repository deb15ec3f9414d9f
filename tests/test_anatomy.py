"""What a PDF says of itself, and of its press: messages say what they mean, hostile files do no harm."""

import random
from pathlib import Path

import pytest
from faulty import Draft, profile

from booklet.anatomy import open_file
from booklet.collector import Collector
from booklet.docket import Docket
from booklet.intents import conditions, description
from booklet.preflight import judge
from booklet.printers import read_printer

STYLES = Path(__file__).parents[1] / "styles"
PRINTER = read_printer("sheetfed", STYLES, Collector(), with_icc=False)


@pytest.mark.parametrize(("words", "condition"), [
    ("ISO Coated v2 300% (basICColor)", "FOGRA39"), ("PSO Coated v3", "FOGRA51"), ("Coated FOGRA27", "FOGRA27"),
    ("PSO Uncoated ISO12647 (ECI)", "FOGRA47"), ("PSOuncoated_v3_FOGRA52", "FOGRA52"), ("CGATS TR 001", "SWOP"),
    ("U.S. Web Coated (SWOP) v2", "SWOP")])
def test_profile_is_known_by_its_name(words: str, condition: str) -> None:
    assert conditions(words) == {condition}


def test_name_that_says_nothing_condemns_nothing() -> None:
    assert conditions("our own press") == set()


def test_profile_tells_its_name() -> None:
    assert description(profile(title=b"PSO Coated v3")) == "PSO Coated v3"
    assert description((STYLES / "icc/ISOcoated_v2_300_bas.icc").read_bytes()).startswith("ISO Coated v2 300%")


def test_message_does_not_say_where_bytes_lie_in_memory() -> None:
    docket = Docket()
    assert open_file(b"hello", docket) is None
    assert "0x" not in docket.faults()[0].message


def test_rubbish_in_a_file_is_a_verdict_and_never_an_exception() -> None:
    content, dice = "BT /F 10 Tf 30 60 Td (Abba) Tj ET", random.Random(4)
    whole = bytearray(Draft(1, content).save(compress_streams=False))
    assert PRINTER is not None
    for _ in range(60):
        spoiled = bytearray(whole)
        for _ in range(dice.randrange(1, 30)):
            spoiled[dice.randrange(len(spoiled))] = dice.randrange(256)
        assert judge("x.pdf", bytes(spoiled), PRINTER, program="no such program").faults
