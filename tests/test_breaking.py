"""Where lines end: always where the engine would end them."""

import random
from types import SimpleNamespace
from typing import Any

import pytest
from pressing import words

from booklet import breaking
from booklet.breaking import split_first_line

ODD = "i å nord-sør og/eller «sitat» (12 12,5 % 1\u00a0361 AV To Yr, f.eks. fi flyt § – – — ; ! )? ?! * & … “ja” a@b.no"
LONG = (
    "bærekraftsmålsarbeidsgruppemedlemskap integreringsarbeidet kommunen https://example.org/a/b?c=d hverdag språk "
    "kommunestyrerepresentantene arbeidsinnvandrere folkebibliotek")
WORDS = [*ODD.split(" "), *LONG.split(" ")]
STYLES = {
    "text": "p { font-size: 13px; hyphens: auto; hyphenate-limit-chars: 8 4 3 }",
    "zone": "p { font-size: 13px; hyphens: auto; hyphenate-limit-chars: 5 2 2; hyphenate-limit-zone: 12% }",
    "room": "p { font-size: 13px; hyphens: auto; hyphenate-limit-chars: 5 2 2; hyphenate-limit-zone: 30px }",
    "figures": "p { font-size: 11.5px; font-family: BookletSans; font-variant-numeric: tabular-nums }",
    "heading": "p { font-size: 24px; font-family: BookletSans; font-weight: 600; hyphens: none }",
    "kept": "p { font-size: 12px; white-space: pre-wrap; hyphens: auto }",
    "spaced": "p { font-size: 12px; letter-spacing: 1px }",
    "mended": "p { font-size: 12.5px; letter-spacing: -.06px; hyphens: auto; hyphenate-limit-zone: 12% }",
    "wide": "p { font-size: 9px; letter-spacing: .12px; hyphens: auto; hyphenate-limit-chars: 5 2 2 }",
}


def answer(split: Any, text: str, style: Any, width: float | None, minimum: bool) -> list[Any]:
    """Return all that matters of a first line."""
    layout, *rest = split(text, style, SimpleNamespace(dictionaries={}), width, 0, minimum=minimum)
    return [layout.text, layout.first_line_direction, *rest]


@pytest.mark.parametrize("name", STYLES)
def test_lines_of_any_text_in_any_width_end_where_the_engine_ends_them(name: str) -> None:
    (box,) = words("<p>ord</p>", STYLES[name])
    dice, style, size = random.Random(name), box.style, box.style["font_size"]
    for _ in range(250):
        end = dice.choice(["", "", " ", " (", " i", " §"])
        text = " ".join(dice.choices(WORDS, k=dice.choice([1, 2, 5, 20, 60]))) + end
        width = dice.choice([None, 0, dice.uniform(0, 5 * size), dice.uniform(4 * size, 50 * size)])
        minimum, skip = dice.random() < 0.3, 0
        while skip is not None:
            rest = text.encode()[skip:].decode()
            ours, theirs = (
                answer(split, rest, style, width, minimum) for split in (split_first_line, breaking._split))
            assert ours == theirs, (rest, width, minimum)
            skip = None if ours[3] is None else skip + ours[3]


def test_most_lines_are_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, split = [], breaking._split
    monkeypatch.setattr(breaking, "_split", lambda *given, **line: asked.append(given) or split(*given, **line))
    text = "Folk flytter dit det er arbeid, og blir der de kjenner noen som har tid til dem. " * 20
    lines = words(f"<p>{text}</p>", f"{STYLES['zone']} p {{ width: 300px }}")
    assert len(lines) > 20 and len(asked) < len(lines) / 9


@pytest.mark.parametrize("text", ["to\nlinjer", "myk\u00adbinde", "tab\ttab", "عربي", "null\u200bbredde"])
def test_what_is_not_plain_is_left_to_the_engine(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(breaking, "_split", lambda *given: asked.append(given))
    (box,) = words("<p>ord</p>", STYLES["text"])
    split_first_line(text, box.style, None, 100, 0)
    assert len(asked) == 1


def test_engine_is_asked_once_for_the_same_line(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, split, context = [], breaking._split, SimpleNamespace(dictionaries={})
    monkeypatch.setattr(breaking, "_split", lambda *given, **line: asked.append(given) or split(*given, **line))
    (box,) = words("<p>ord</p>", STYLES["text"])
    first, second = (split_first_line("og/eller nord-sør", box.style, context, 20, 0) for _ in "12")
    assert len(asked) == 1 and first[1:] == second[1:] and first[0].shape is second[0].shape


def test_spaces_that_are_stretched_are_left_to_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(breaking, "_split", lambda *given: asked.append(given))
    (box,) = words("<p>ord</p>", STYLES["text"])
    split_first_line("to ord", box.style, None, 100, 3)
    assert len(asked) == 1
