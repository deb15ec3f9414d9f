"""Numbers are written as pydyf writes them."""

import pytest
from pressing import _engine  # loads the engine as we load it
from weasyprint.pdf.stream import pydyf

from booklet import numerals


@pytest.mark.parametrize("item", [
    0.0, -0.0, 1.0, -2.5, 1e-9, 4.9999999, 123456.789, 3, True, b"q", "/Span", pydyf.Array([1, 2.5]),
    pydyf.Dictionary({"MCID": 3}), pydyf.String("ord")])
def test_what_is_written_is_what_pydyf_writes(item: object) -> None:
    assert _engine and numerals.to_bytes(item) == numerals.to_bytes(item) == numerals._to_bytes(item)


def test_what_is_kept_is_not_endlessly_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numerals, "_MOST", 3)
    kept = numerals.Kept()
    for number in range(9):
        kept.keep(number, number)
    assert len(kept) <= 3 and kept[8] == 8
