"""YAML → a tree in which every scalar is what the author wrote, and everything knows its place."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet.collector import Collector
from booklet.nodes import Mapping, Node, Scalar, Sequence, read_nodes

PATH = Path("a.yaml")


def reading(text: str, first: int = 1) -> tuple[object, list[str]]:
    """Return a text's tree as plain values, and place and code of what is found."""
    found = Collector()
    node = read_nodes(text, PATH, found, first)
    return node and plain(node), [" ".join(str(finding).split(" ")[:3]) for finding in found.findings]


def plain(node: Node) -> object:
    """Return a tree without its places; a hole is an ellipsis."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.pairs} if isinstance(node, Mapping) else ...


@pytest.mark.parametrize("word", ["no", "on", "1.10", "0123", "0x1F", "2019-02-30", "12:30", "~", "1_000", ".inf", "="])
def test_scalar_stays_what_the_author_wrote(word: str) -> None:
    assert reading(f"a: {word}\n") == ({"a": word}, [])


def test_value_knows_its_place_within_a_front_matter() -> None:
    node = read_nodes("a: 1\nb:\n  - c\n", PATH, Collector(), 2)
    assert isinstance(node, Mapping) and isinstance(node.pairs[1][1], Sequence)
    assert str(node.pairs[1][1].items[0].position) == "a.yaml:4:5"


def test_repeated_key_is_an_error_at_the_second_line() -> None:
    assert reading("a: 1\nb:\n  c: 1\n  c: 2\na: 2\n") == (
        {"a": "1", "b": {"c": "1"}},
        ["a.yaml:4:3: error duplicate-key:", "a.yaml:5:1: error duplicate-key:"],
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x 1\n", ["a.yaml:1:4: error yaml-anchor:"]),
        ("a: *x\n", ["a.yaml:1:4: error yaml-anchor:"]),
        ("a: !!python/object:os.system 1\n", ["a.yaml:1:4: error yaml-tag:"]),
        ("a: ! 1\n", ["a.yaml:1:4: error yaml-tag:"]),
        ("%YAML 1.2\n---\na: 1\n", ["a.yaml:1:1: error yaml-tag:"]),
        ("a: 1\n---\nb: 2\n", ["a.yaml:2:1: error yaml-documents:"]),
        ("? [a]\n: 1\n", ["a.yaml:1:3: error yaml-key:"]),
        ("a: b: c\n", ["a.yaml:1:5: error yaml-syntax:"]),
        ("a:\n\tb: c\n", ["a.yaml:2:1: error yaml-syntax:"]),
        ('a: "b\nc: d\n', ["a.yaml:1:4: error yaml-syntax:"]),
        ('a: "b\nc: "d"\n', ["a.yaml:1:4: error yaml-syntax:"]),
        ('a: "\\x00"\n', ["a.yaml:1:4: error control-character:"]),
        ("[" * 5000, ["a.yaml:1:9: error yaml-depth:"]),
    ],
)
def test_what_hides_a_value_is_an_error(text: str, expected: list[str]) -> None:
    assert reading(text)[1] == expected


def test_bomb_is_never_expanded() -> None:
    lines = "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 60))
    assert len(reading("a0: &a0 x\n" + lines)[1]) == 60 + 59


@given(st.text(alphabet=st.sampled_from("ab:-?[]{}&*!|>'\"%@`#,\n \t~<=0\\xé"), max_size=60))
def test_any_text_gives_a_tree_or_findings(text: str) -> None:
    found = Collector()
    node = read_nodes(text, PATH, found)
    assert node is not None or len(found) or not re.search("[ab0xé]", re.sub("#.*", "", text))
