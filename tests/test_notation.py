"""Frozen data ↔ JSON: what comes back is what went in, and what has another shape is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, Optional

import pytest
from making import AT
from msgspec import Struct

from booklet.drawings import Image
from booklet.findings import Finding, Position, Severity
from booklet.kinds import Datum
from booklet.model import Fact, Prose
from booklet.notation import decode, encode
from booklet.pieces import Piece
from booklet.registers import Registers
from booklet.shapes import Record


class Ink(StrEnum):
    """A choice."""

    BLACK = "k"
    WHITE = "w"


class Leaf(Struct, frozen=True):
    """The smallest thing."""

    name: str
    size: float = 0.5


class Twig(Struct, frozen=True):
    """Something that holds more of its kind."""

    leaf: Leaf | None
    twigs: tuple[Twig, ...] = ()
    by_name: Mapping[str, Twig] | None = None


DATUM = Datum("Å", AT)
RECORD = Record("k", AT, {"a": (DATUM,)}, {"p": (Record("", AT, {}, {}, set()),)}, {"a", "b"})
VALUES: list[tuple[Any, Any]] = [
    (str, "blåbær \"og\" \u00a0\ue000"), (str, ""), (int, -7), (float, 1.25), (int | float, 3), (bool, False),
    (Path, Path("a/å.md")), (Ink, Ink.WHITE), (tuple[str, ...], ()), (tuple[str, ...], ("a", "b")),
    (tuple[int, str], (1, "a")), (tuple[tuple[int, Leaf], ...], ((0, Leaf("a")), (1, Leaf("b", 2.5)))),
    (dict[str, int], {"å": 1, "": 2}), (dict[int, str], {7: "å", 300: "fi"}), (Mapping[str, float], {"a": 0.1}),
    (dict[str, dict[int, str]], {"face": {1: "a"}}), (set[str], {"a", "b"}), (set[str], set()),
    (frozenset[int], frozenset({3, 1})), (str | None, None), (str | None, "a"), (Optional[Leaf], Leaf("a")),  # noqa: UP045
    (int | str, "7"), (int | str, 7), (tuple[str, ...] | str, ("a",)),
    (dict[str, int] | None, {"a": 1}), (tuple[float, float, float, float], (1.5, 2, 3, 4)),
    (Twig, Twig(Leaf("a"), (Twig(None), Twig(Leaf("b"), (Twig(None),))), {"x": Twig(Leaf("c"))})),
    (Position, AT), (Finding, Finding("a", Severity.WARNING, "m", AT, "h")),
    (Finding, Finding("a", Severity.ERROR, "m")),
    (Record, RECORD), (Piece, Piece("a.md", "a", RECORD, Prose(), True, AT)), (Image, Image("image/png", 3, 4.5)),
    (Registers, Registers({"f": Fact("f", "1", "", "w", "", "", "s", ("x",), AT)}, None, {}, {})),
]


@pytest.mark.parametrize(("kind", "value"), VALUES)
def test_value_comes_back_as_it_went_in(kind: Any, value: Any) -> None:
    back = decode(encode(value), kind)
    assert back == value and type(back) is type(value)


def test_numbers_come_back_as_they_went_in() -> None:
    back = decode(encode(Image("image/png", 3, 4.5)), Image)
    assert (type(back.width), type(back.height)) == (int, float)


def test_notation_is_json_without_a_line_end() -> None:
    data = encode(Leaf("a\nå"))
    assert json.loads(data) == {"name": "a\nå", "size": 0.5} and b"\n" not in data


WRONG: list[tuple[Any, object]] = [
    (str, 7), (str, None), (str, ["a"]), (int, "7"), (int, "many"), (int, 1.5), (int, None), (int, True),
    (float, "1"), (float, None), (bool, 1), (bool, "yes"), (Path, 7), (Path, None), (Path, ["a"]),
    (Ink, "x"), (Ink, None), (Ink, ["k"]),
    (tuple[str, ...], "ab"), (tuple[str, ...], {"a": 1}), (tuple[str, ...], [1]), (tuple[str, ...], None),
    (tuple[int, str], [1]), (tuple[int, str], [1, "a", 2]), (tuple[int, str], ["a", 1]),
    (tuple[str, str], "ab"), (tuple[str, str], {"a": 1, "b": 2}),
    (dict[str, int], []), (dict[str, int], [["a", 1]]), (dict[str, int], {"a": "1"}), (dict[int, str], {"a": "b"}),
    (dict[str, dict[int, str]], {"a": []}), (set[str], "ab"), (set[str], {"a": 1}), (set[str], [["a"]]),
    (set[str], [1]), (str | None, []), (str | None, 7), (int | str, 1.5), (int | str, None),
    (Leaf, {}), (Leaf, {"size": 1}), (Leaf, {"name": 7}), (Leaf, {"name": "a", "size": "b"}), (Leaf, "a"), (Leaf, None),
    (Leaf, ["a", 0.5]), (Twig, {"leaf": None, "twigs": [{"leaf": 7}]}), (Twig, {"leaf": {"name": "a"}, "by_name": []}),
]


@pytest.mark.parametrize(("kind", "wrong"), WRONG, ids=lambda one: str(one)[:40])
def test_what_has_another_shape_is_refused(kind: Any, wrong: object) -> None:
    with pytest.raises(ValueError):
        decode(json.dumps(wrong).encode(), kind)


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"no json", b"\xff", b'"a', b"[1,]", b"[" * 100_000, b"{}", b"null", b'{"a": 1}'])
def test_what_is_no_notation_at_all_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        decode(data, Leaf)


def test_what_has_no_notation_is_not_written() -> None:
    with pytest.raises(TypeError):
        encode(object())
