"""How wide words are, compared with the faces themselves."""

import pytest
from fontTools.ttLib import TTFont

from booklet.typefaces import FACES, face_path
from booklet.widths import _table, fold, width_of


@pytest.mark.parametrize(("face", "bold"), [("BookletSans", False), ("BookletSans-Bold", True)])
def test_table_says_what_the_face_says(face: str, bold: bool) -> None:
    font = TTFont(face_path(FACES[face]))
    names, advances = font.getBestCmap(), font["hmtx"]
    assert _table(bold) == {sign: advances[names[ord(sign)]][0] for sign in _table(bold)}
    assert advances[names[32]][0] == 200 and set("abcæøåÆØÅ0123456789–−,.%«»") <= set(_table(bold))


def test_words_are_as_wide_as_their_letters_and_spaces() -> None:
    assert width_of("aa a", 10) == pytest.approx((3 * 504 + 200) / 1000 * 10 * 25.4 / 72)


def test_fold_breaks_only_where_it_must_and_never_within_a_word() -> None:
    assert fold("Sogn og Fjordane", 100, 8.3) == ("Sogn og Fjordane",)
    assert fold("Sogn og Fjordane", 13, 8.3) == ("Sogn og", "Fjordane")
    assert fold("Fjordane", 1, 8.3) == ("Fjordane",)
