"""How long a copy will be, guessed from its words: so that the places left for page numbers are wide enough at once.

In come a booklet's units before any is laid out; out goes a number of digits for each address. The guess depends on the
booklet alone, never on earlier builds: a wrong one costs a second layout of the units that quote the number.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from booklet.model import Booklet
from booklet.printed import Unit
from booklet.units import FOLIO, Brief, addresses, compose

_LETTERS = {"glossary": 3300, "references": 10_000, "registers": 5500}
"""Kind of unit → characters of its content (addresses and labels included) on a page of 170 × 240 mm."""
_TEXT = 2100
_TAG = re.compile(r"<[^>]*>")
_AREA = 170 * 240


@dataclass(frozen=True, slots=True)
class Plan:
    """A copy before its layout."""

    booklet: Booklet
    brief: Brief
    """With the digits expected of each address."""
    units: tuple[Unit, ...]


def plan_of(booklet: Booklet, brief: Brief) -> Plan:
    """Return a copy's plan; the brief knows the digits of the numbers that an excerpt quotes from the whole."""
    units = compose(booklet, brief)
    width, height = brief.profile.trim
    expected = {**brief.digits, **_expected(units, addresses(booklet), width * height / _AREA)}
    unusual = {address: digits for address, digits in expected.items() if digits != 2}
    told = replace(brief, digits=unusual)
    return Plan(booklet, told, compose(booklet, told) if unusual else units)


def _expected(units: Iterable[Unit], wanted: Iterable[str], room: float) -> dict[str, int]:
    """Return address → how many digits its page number will probably have."""
    firsts, page = dict[str, int](), 1
    for unit in units:
        firsts[unit.address] = page
        letters = sum(len(_TAG.sub("", text)) for text in _strings(unit.content))
        page += -(-letters // round(_LETTERS.get(unit.kind, _TEXT) * room))
    return {address: len(str(_page(address, firsts))) for address in wanted} | {FOLIO: max(2, len(str(page - 1)))}


def _page(address: str, firsts: Mapping[str, int]) -> int:
    """Return the page on which the unit begins that an address belongs to."""
    while address and address not in firsts:
        address = address.rpartition(".")[0]
    return firsts.get(address, 10)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | tuple):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from _strings(inner)
