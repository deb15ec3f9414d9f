"""The HTML of a body depends on what is said to decide it, and is composed once."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from making import WORDS, article, block, booklet, brief, mark, reference, theme
from msgspec.structs import replace

from booklet.bodies import Ground, set_body
from booklet.memory import Memory
from booklet.model import Booklet, Prose
from booklet.store import Store
from booklet.units import compose

GROUND = Ground(WORDS, frozenset({"en.berg"}), {"a": "Aas 2019"}, {}, True, ("nb", ()), {"f": "SSB 2019"}, False)
LINKING = Prose(
    (block("<p>En.</p>"), block(f"<p>Se {mark(0, 'Berg')}.</p>")), (reference("link", "en.berg"),))
FIGURES = Prose(
    (block(f'<div class="key-figures"><ul><li>{mark(0, "10")}</li></ul></div>', "figures"),),
    (reference("fact", "f"),))


def body(prose: Prose = LINKING, digits: Mapping[str, int] | None = None, **changes: Any) -> str:
    """Return the HTML of a body of the address «en.text»."""
    told = tuple((digits or {"en.berg": 2}).items())
    return set_body(prose, "en.text", replace(GROUND, **changes), told, ())


def test_every_block_says_which_it_is() -> None:
    assert re.findall(r'<p data-b="(\d)"', body()) == ["0", "1"]


def test_number_that_a_body_quotes_has_room_for_its_digits() -> None:
    assert [len(re.findall(">\u00a0?(0+)<", body(digits={"en.berg": count}))[0]) for count in (1, 2, 3)] == [1, 2, 3]


def test_handout_has_a_place_for_the_printed_page_beside_each_block() -> None:
    assert re.findall(r'data-target="(en\.text#\d)"', body(marked=True)) == ["en.text#0", "en.text#1"]
    assert "en.text#" not in body()


def test_key_figures_name_the_sources_of_their_facts() -> None:
    assert "SSB 2019" in body(FIGURES) and "Aas" in body(FIGURES, facts={"f": "Aas 2019"})


@pytest.mark.parametrize(
    "change", [{"live": False}, {"inside": frozenset()}, {"words": {**WORDS, "page": "(p. {page})"}}], ids=str)
def test_body_depends_on_its_ground(change: dict[str, Any]) -> None:
    assert body(**change) != body()


def _linking(words: str = "Berg", target: str = "en.berg") -> Booklet:
    said = article("en.text", block(f"<p>Se {mark(0, words)}.</p>"), references=(reference("link", target),))
    return booklet(theme("en", 1, said), theme("to", 2))


CHANGES: dict[str, tuple[Booklet, str, dict[str, int]]] = {
    "words": (_linking("Bergen"), "print", {}), "target": (_linking(target="to.berg"), "print", {}),
    "copy": (_linking(), "screen", {}), "digits": (_linking(), "print", {"en.berg": 3}),
    "title": (replace(_linking(), title="Å by"), "print", {}),
    "edition": (replace(_linking(), edition="2020"), "print", {}),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_was_composed_before_changes_nothing(change: tuple[Booklet, str, dict[str, int]]) -> None:
    memory, (after, profile, digits) = Memory(Store(None)), change
    before = compose(_linking(), replace(brief(_linking()), memory=memory))
    memory.keep()
    assert compose(_linking(), replace(brief(_linking()), memory=memory)) == before
    told = brief(after, profile, **digits)
    made = compose(after, replace(told, memory=memory))
    assert made == compose(after, told) != before


def test_unit_that_is_as_it_was_is_the_very_same() -> None:
    memory = Memory(Store(None))
    first, second = (
        {unit.address: unit for unit in compose(one, replace(brief(one), memory=memory))}
        for one in (_linking(), _linking("Bergen")))
    assert [name for name in first if second[name] is not first[name]] == ["en.text"]
