"""Paragraphs that are measured once, for letters of all sizes."""

import random

import pytest
from pressing import words
from test_breaking import STYLES, WORDS

from booklet import rulers
from booklet.rulers import Ruler
from booklet.shaping import Setting, setting_of

TEXT = " ".join(random.Random(7).choices(WORDS, k=60))


def setting(name: str, size: float) -> Setting:
    """Return how words are set in a style, in another size."""
    (box,) = words("<p>ord</p>", f"{STYLES[name]} p {{ font-size: {size}px }}")
    found = setting_of(box.style)
    assert found
    found.shapes, found.rulers = {}, []
    return found


@pytest.mark.parametrize("name", ["text", "figures", "heading", "kept"])
def test_a_paragraph_in_another_size_is_as_much_longer(name: str) -> None:
    small, large = setting(name, 11.1), setting(name, 17.3)
    made = rulers.ruler_of(small, TEXT)
    grown, measured = rulers.known_ruler(large, TEXT), Ruler(large.shape(TEXT))
    assert grown and grown.slack and not made.slack
    assert (grown.text, grown.starts, grown.breaks) == (measured.text, measured.starts, measured.breaks)
    assert max(abs(one - other) for one, other in zip(grown.edges, measured.edges, strict=True)) > 0
    lines = zip(grown.edges, grown.edges[90:], measured.edges, measured.edges[90:], strict=False)
    assert all(abs((b - a) - (d - c)) < rulers._SCALED for a, b, c, d in lines)
    assert rulers.known_ruler(large, TEXT) is grown and TEXT in large.shapes


def test_what_was_never_measured_has_no_ruler() -> None:
    assert rulers.known_ruler(setting("text", 11.1), TEXT + " nytt") is None


def test_letters_that_stand_apart_are_measured_by_themselves() -> None:
    rulers.ruler_of(setting("wide", 11.1), TEXT)
    assert rulers.known_ruler(setting("wide", 17.3), TEXT) is None
