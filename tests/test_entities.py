"""Words are escaped as Python's own library does it."""

import html

import pytest

from booklet.entities import escape, unescape

WORDS = ["plain", "a & b", "<b>", "\"q\" 'a'", "&amp;", "&oslash; &#x27; &#229; &nbsp;", "&unknown; & &", ""]


@pytest.mark.parametrize("words", WORDS)
def test_words_are_those_of_the_library(words: str) -> None:
    assert escape(words) == html.escape(words) and escape(words, quote=False) == html.escape(words, quote=False)
    assert unescape(words) == html.unescape(words)
