"""Where words may be broken: what exceptions say, and compounds broken beside their joints."""

import pytest

from booklet.syllables import better_break, breaks_of, exceptions_in, is_exception, words_with

KNOWN = {"bærekraft": 3, "arbeid": 2, "liv": 1, "distrikt": 1, "nettverk": 2, "ene": 1}


@pytest.mark.parametrize(("broken", "better"), [
    ("bærekraft-smål", "bærekrafts-mål"), ("bærekrafts-mål", ""), ("arbeidsli-vet", "arbeids-livet"),
    ("Distriktssen-teret", ""), ("Distrikt-ssenteret", "distrikts-senteret"), ("nettver-kene", ""),
    ("likestilling-smålene", "likestillings-målene"), ("til-slag", ""), ("opp-spart", ""),
    ("innvand-ring", ""), ("arbei-det", ""),
])
def test_break_beside_a_joint(broken: str, better: str) -> None:
    assert better_break(broken, KNOWN) == better


def test_exception_says_where_a_word_may_be_broken() -> None:
    assert breaks_of("bære-krafts-mål") == (4, 10)
    assert breaks_of("ord*") == ()


@pytest.mark.parametrize(("broken", "word", "right"), [
    ("Bærekrafts-mål", "bærekrafts-mål", True), ("bærekraft-smål", "bærekrafts-mål", False),
    ("bærekrafts-målene", "bærekrafts-mål*", True), ("bærekrafts-målene", "bærekrafts-mål", False),
])
def test_break_that_the_author_wants(broken: str, word: str, right: bool) -> None:
    assert is_exception(broken, [word]) is right


def test_exceptions_of_a_text() -> None:
    words = ("bærekrafts-mål*", "nett-verk")
    assert exceptions_in("FNs Bærekraftsmålene".encode(), words) == words[:1]
    told = list(words_with(words[0], "Bærekraftsmål og bærekraftsmålene, bærekraft"))
    assert told == ["bærekraftsmål", "bærekraftsmålene"]
    assert list(words_with(words[1], "nettverk og nettverket")) == ["nettverk"]
    assert list(words_with("verk*", "nettverk, Verksted verk2")) == ["verk", "verksted"]


@pytest.mark.parametrize(("text", "word", "there"), [
    ("SKJÆRGÅRD", "skjær-gård", True), ("skjargard", "skjær-gård", False), ("\u212aart", "ka-rt", True),
    ("\u212aart", "kart", True), ("Øy", "øy", True), ("ØY", "Ø-y*", True), ("ÆØÅ", "æ-ø-å", True), ("ord", "", True),
])
def test_exception_is_found_however_the_text_is_written(text: str, word: str, there: bool) -> None:
    assert exceptions_in(text.encode(), (word,)) == ((word,) if there else ())


def test_only_two_signs_beyond_ascii_have_small_letters_in_it() -> None:
    signs = (chr(code) for code in range(128, 0x110000) if not 0xD800 <= code < 0xE000)
    assert [sign for sign in signs if min(sign.lower()) <= "\x7f"] == ["\u0130", "\u212a"]
