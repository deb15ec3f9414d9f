"""The words that are said of a revision: the same in both languages, each of them used."""

import re

import pytest
from making import MEMORY, ROOT

from booklet.words import Unspoken, read_revision_words, read_words

OURS = {language: {
    key: said for key, said in read_revision_words(language, MEMORY).items() if key not in read_words(language, MEMORY)}
    for language in ("nb", "nn")}


def test_languages_have_the_same_words_with_the_same_places() -> None:
    places = [{key: sorted(re.findall(r"\{(\w+)\}", said)) for key, said in ours.items()} for ours in OURS.values()]
    assert places[0] == places[1] and len(places[0]) > 60


def test_every_word_is_asked_for() -> None:
    program = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "booklet").glob("*.py"))
    asked = set(re.findall(r"""["'`]((?:errata|news|review|what)[\w-]*)""", program))
    families = {key for key in asked if key.endswith("-")}
    assert {key for key in OURS["nb"] if key not in asked and not key.startswith(tuple(families))} == set()


def test_language_without_words_is_named() -> None:
    with pytest.raises(Unspoken, match="no words for the revisions of the language 'se'"):
        read_revision_words("se", MEMORY)
