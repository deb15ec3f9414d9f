"""Fragments ↔ bytes: what comes out is what went in, anything else is refused."""

import json

import pytest

from booklet.packing import pack, unpack
from booklet.printed import Fragment, Hole, Place

HOLE = Hole(page=1, offset=17, digits=2, kind="page", target="en.å", left=True, gap=True, face="BookletHoleSans",
            box=(1.5, 2, 3, 4))
FRAGMENT = Fragment(
    2, b"%PDF-1.7\n\n\0binary\n", (HOLE, HOLE), {"en.å": Place(1, 2.5, 3)},
    ((0, Place(0, 1, 2)), (0, Place(1, 1, 2))), {"BookletSans": {7: "å", 300: "fi"}}, {"f0": "BookletSans"},
    leaves=b"\n\0leaves\n")
BARE = Fragment(1, b"%PDF", (), {}, (), {}, {})
FACTS: list[object] = [1, [], {}, [], {}, {}, 4]


def with_fact(number: int, fact: object) -> list[object]:
    """Return the facts of a bare fragment, one of them another."""
    return [*FACTS[:number], fact, *FACTS[number + 1:]]


@pytest.mark.parametrize("fragment", [FRAGMENT, BARE], ids=["full", "bare"])
def test_fragment_comes_out_as_it_went_in(fragment: Fragment) -> None:
    assert unpack(pack(fragment)) == fragment


def test_same_fragment_is_always_the_same_bytes() -> None:
    assert pack(unpack(pack(FRAGMENT))) == pack(FRAGMENT)


@pytest.mark.parametrize(
    "facts",
    [
        [], None, 7, "x", {}, FACTS[:-1], [*FACTS, 1], with_fact(0, "many"), with_fact(0, None), with_fact(1, 3),
        with_fact(1, [{}]), with_fact(1, [[]]), with_fact(2, []), with_fact(2, {"a": 1}), with_fact(2, {"a": [1]}),
        with_fact(3, [1]), with_fact(3, [[1, {"x": 1}]]), with_fact(4, {"a": {"b": "c"}}), with_fact(4, []),
        with_fact(4, {"a": []}), with_fact(5, ["a"]), with_fact(5, {"a": 1}), with_fact(6, 5), with_fact(6, -1),
    ],
    ids=str,
)
def test_facts_of_another_shape_are_refused(facts: object) -> None:
    with pytest.raises(ValueError):
        unpack(json.dumps(facts).encode() + b"\n%PDF")


@pytest.mark.parametrize("data", [b"", b"\n", b"no json\n%PDF", b"\xff\n%PDF", b"{}", b"[" * 100_000 + b"\n"])
def test_what_is_no_fragment_at_all_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        unpack(data)


def test_facts_of_the_right_shape_are_taken() -> None:
    """So that what is refused above is refused for the right reason."""
    assert unpack(json.dumps(FACTS).encode() + b"\n%PDF") == BARE
