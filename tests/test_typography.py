"""What an author types, and what is printed instead."""

import re

import pytest

from booklet.typography import NAMES, RULES, Rule, Typography, typography_of

SETTING = Typography()


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_rule_does_what_its_example_says_and_nothing_when_it_is_off(rule: Rule) -> None:
    others = tuple(name for name in NAMES if name != rule.name)
    alone, without = Typography("nb", others), Typography("nb", (rule.name,))
    assert re.sub("[ \u00a0]", " ", alone.text(rule.typed)) == rule.printed
    assert without.text(rule.typed) != SETTING.text(rule.typed)
    assert alone.text(rule.typed) != rule.typed and rule.source


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("10 000 personer", "10_000 personer"), ("1 234 567", "1_234_567"), ("65 prosent", "65_prosent"),
        ("3 millioner", "3_millioner"), ("se s. 12", "se s._12"), ("kl. 9 og nr. 3", "kl._9 og nr._3"),
        ("§ 4", "§_4"), ("folk – og hus", "folk_– og hus"), ("i 2019 kom 1200", "i 2019 kom 1200"),
        ("5 prosentvis", "5 prosentvis"), ("hus. 12", "hus. 12"), ("2019 2020", "2019 2020"),
    ],
)
def test_spaces_are_fixed_where_a_line_must_not_break(text: str, fixed: str) -> None:
    assert SETTING.text(text) == fixed.replace("_", "\u00a0")


def test_spaces_in_tags_stay() -> None:
    assert SETTING.html('<p title="10 000">10 000</p>') == '<p title="10 000">10\u00a0000</p>'


@pytest.mark.parametrize("text", [
    "2014–2017", "NIBR-rapport 2014:25", "978-82-8309-079-1", "bo- og arbeidsmarked", "E-post", "s. 3-5", "Bø, Ida",
    "tlf. 22 86-57", "f.eks. slik", "5 prosentvis", "mai-2017", "3-åring", "1 av 2",
])
def test_what_is_right_stays(text: str) -> None:
    assert SETTING.text(text).replace("\u00a0", " ") == text


@pytest.mark.parametrize(("html", "printed"), [
    ('Vi sa <em>"ja"</em> og gikk.', "Vi sa <em>«ja»</em> og gikk."),
    ('"<strong>Hus</strong>"', "«<strong>Hus</strong>»"),
    ("Ordet &quot;hus&quot; (&quot;heim&quot;)", "Ordet «hus» («heim»)"),
    ('<a href="x-5">"10 000"</a>', '<a href="x-5">«10\u00a0000»</a>'),
    ("Hus &amp; heim", "Hus &amp; heim"),
])
def test_quotes_open_and_close_across_tags_which_stay(html: str, printed: str) -> None:
    assert SETTING.html(html) == printed


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_both_languages_have_their_words(language: str) -> None:
    words = {"nb": "3 millioner", "nn": "3 millionar"}[language]
    assert typography_of(language, ()).text(words) == words.replace(" ", "\u00a0")
    assert typography_of(language, ()) is typography_of(language, ())
