"""A booklet → the units of a handout: what a reader, a participant, a facilitator gets."""

import re
from itertools import pairwise

import pytest
from making import AT, WORDS, article, block, booklet, brief, example, mark, reference, strings, theme
from msgspec.structs import replace
from teaching_cases import OWN, course, guide, occasions, programme, stage

from booklet.handouts import CODE, mark_block
from booklet.model import Booklet, Term
from booklet.printed import Unit
from booklet.selection import select
from booklet.teaching import FACILITATOR, PARTICIPANT, Municipality, Occasion
from booklet.units import compose


def units(one: Booklet, occasion: Occasion | None = None, *names: str, short: bool = False) -> dict[str, Unit]:
    """Return the units of a handout by address, in page order."""
    told = replace(brief(one, "handout"), occasion=occasion or Occasion())
    return {unit.address: unit for unit in compose(select(one, names or ("en",), short=short), told)}


def said(unit: Unit) -> str:
    """Return everything that a unit prints."""
    return " ".join(strings(unit.content))


def test_handout_of_a_theme_says_what_it_is_an_excerpt_of() -> None:
    first = units(booklet())["en"]
    assert "Utdrag av «Hefte: Å bo», utgave 2019" in said(first)
    assert "Utgave 2019 · {total} sider" in said(first)


def test_participants_get_pages_to_write_on_and_others_do_not() -> None:
    assert list(units(booklet())) == ["en", "en.berg", "en.questions"]
    assert list(units(booklet(), Occasion(PARTICIPANT))) == ["en", "en.berg", "en.questions", "takeaways", "notes"]


def test_registers_stand_behind_the_pages_to_write_on() -> None:
    cited = article("en.text", block(f"<p>{mark(0, 'x')}</p>"), references=(reference("term", "ord"),))
    assert [*units(booklet(theme("en", 1, cited)), Occasion(PARTICIPANT))][-1] == "glossary"


@pytest.mark.parametrize(("names", "expected"), [
    (("en/berg",), ["en.berg"]), (("en/text",), ["en"]), (("en/questions",), ["en.questions"]),
    (("to", "en/berg"), ["course", "to", "to.berg", "to.questions", "en.berg"])])
def test_part_of_a_theme_is_a_handout_of_its_own(names: tuple[str, ...], expected: list[str]) -> None:
    made = units(booklet(), None, *names)
    assert list(made) == expected and all("origin" in unit.content for unit in list(made.values())[:1])


def test_theme_without_questions_or_examples_makes_a_handout() -> None:
    bare = replace(theme("en", 1), questions=(), examples=())
    assert list(units(booklet(bare), Occasion(PARTICIPANT))) == ["en", "takeaways", "notes"]


def test_example_alone_says_which_theme_it_belongs_to() -> None:
    shown = units(booklet(), None, "en/berg")["en.berg"]
    assert "Tema en" in said(shown).replace("\u00a0", " ")


def test_link_out_of_an_excerpt_names_the_page_of_the_whole_booklet() -> None:
    linked = example("en.berg", block(f"<p>{mark(0, 'teksten')}</p>"))
    linked = replace(linked, article=replace(linked.article, body=replace(
        linked.article.body, references=(reference("link", "en.text"),))))
    one = booklet(theme("en", 1, examples=(linked,)))
    holes = [re.findall(r'data-hole="(page|whole)" data-target="(.*?)"', said(units(one, None, name)["en.berg"]))
             for name in ("en/berg", "en")]
    assert holes == [[("whole", "en.text")], [("page", "en.text")]]


def test_code_and_address_are_printed_where_the_booklet_has_one() -> None:
    with_url, without = units(booklet(url="https://x.no/a"))["en"], units(booklet())["en"]
    assert CODE in with_url.pictures and "https://x.no/a" in said(with_url)
    assert without.pictures == () and "Hele heftet" not in said(without)


def test_short_address_stands_for_the_long_one() -> None:
    shown = said(units(booklet(url="https://x.no/a/long/one", short_url="https://x.no/a"))["en"])
    assert "https://x.no/a" in shown and "long" not in shown


@pytest.mark.parametrize(("html", "expected"), [
    ("<p>Ord</p>", "<p>|Ord</p>"), ('<h2 id="a">Ord</h2>', '<h2 id="a">|Ord</h2>'),
    ("<ul><li>Ord</li></ul>", "<ul><li>|Ord</li></ul>"), ("<dl>\n<dt>Ord</dt></dl>", "<dl>\n<dt>|Ord</dt></dl>"),
    ("<aside><p>Ord</p></aside>", "<aside>|<p>Ord</p></aside>")])
def test_place_for_the_printed_page_stands_within_the_first_line_of_a_block(html: str, expected: str) -> None:
    marked = mark_block(html, "en.text#3", WORDS)
    assert re.sub(r'<span class="page-mark.*?</span>', "|", marked) == expected
    assert 'data-hole="mark" data-target="en.text#3"' in marked


def test_only_handouts_have_places_for_printed_pages() -> None:
    one = booklet()
    for name, expected in (("print", False), ("screen", False), ("handout", True)):
        made = compose(select(one, ("en",)), brief(one, name))
        assert any('data-hole="mark"' in said(unit) for unit in made) is expected


def test_contents_list_what_has_a_page_and_quote_it() -> None:
    first = units(booklet(), Occasion(PARTICIPANT, contents=True))["en"]
    listed = [entry["address"] for entry in first.content["contents"]]  # type: ignore[attr-defined]
    assert listed == ["en.berg", "en.questions", "takeaways", "notes"]


def test_short_form_has_points_and_no_text() -> None:
    one = units(booklet(), Occasion(PARTICIPANT, course=course(short=True)), "en", short=True)
    assert one["en"].content["text"] is None and one["en"].content["points"] == ("En.",)


def test_course_begins_with_its_own_page_and_the_municipality() -> None:
    made = units(booklet(), Occasion(PARTICIPANT, course=course()))
    assert list(made)[:3] == ["course", "municipality", "en"]
    assert "Velkommen." in said(made["course"]) and "12.\u00a0mars" in said(made["course"])


def test_figures_are_shown_as_they_were_given_and_a_missing_one_is_left_open() -> None:
    shown = units(booklet(), Occasion(PARTICIPANT, course=course()))["municipality"].content["figures"]
    assert shown == (("Innbyggere", "12\u00a0345"), ("Innvandrere", "9,5\u00a0prosent"), ("Innvandrere i arbeid", ""),
                     ("Bosatte flyktninger", ""))


def test_only_what_is_the_municipality_s_differs_between_two() -> None:
    made = [units(booklet(), Occasion(PARTICIPANT, course=course(municipality=own)))
            for own in (OWN, Municipality("Berg"))]
    differ = [address for address in made[0] if made[0][address].content != made[1][address].content]
    assert differ == ["course", "municipality"]


def test_facilitator_gets_aims_materials_and_each_programme() -> None:
    made = units(booklet(), Occasion(FACILITATOR, guides=(guide("en", programme(), programme(name="Halv dag")),)))
    assert list(made) == ["guide", "programme-1", "programme-2"]
    assert "Alle vet det." in said(made["guide"]) and "Tusjer" in said(made["guide"])


def test_facilitator_of_a_course_gets_its_programme_and_its_copies() -> None:
    made = units(booklet(), Occasion(FACILITATOR, course=course(), guides=(guide(),)))
    assert list(made) == ["guide", "programme-1"] and "20 kursark" in said(made["guide"])


def test_clock_adds_up_the_minutes() -> None:
    told = programme(stage(minutes=10), stage("Les", 55), stage("Slutt", 25))
    made = units(booklet(), Occasion(FACILITATOR, guides=(guide("en", told),)))["programme-1"].content
    clocks = [one["clock"] for one in made["stages"]]  # type: ignore[attr-defined]
    assert (clocks, made["end"], made["sum"]) == (["0:00", "0:10", "1:05"], "1:30", "90 minutter av 90")


@pytest.mark.parametrize(("uses", "held", "expected"), [
    ("en.berg", {"@en.berg", "en.berg"}, ("kursark s.", "@en.berg")),
    ("en.text", {"@en", "en.text"}, ("kursark s.", "@en")),
    ("to.berg", {"@en", "to.berg"}, ("hele heftet, s.", "to.berg")),
    ("to.berg", {"@en"}, ("", "")), ("", {"@en"}, ("", ""))])
def test_step_names_the_page_in_the_participants_handout_or_else_in_the_whole_booklet(
    uses: str, held: set[str], expected: tuple[str, str]
) -> None:
    told = guide("en", programme(stage(uses=uses)))
    made = units(booklet(), Occasion(FACILITATOR, guides=(told,), held=frozenset(held)))["programme-1"].content
    page = made["stages"][0]["page"]  # type: ignore[index]
    assert page.startswith(expected[0]) and (f'data-target="{expected[1]}"' in page or not page)
    assert bool(page) is bool(expected[0])


def test_two_themes_that_refer_to_each_other_both_stand_in_one_handout() -> None:
    texts = [article(f"{a}.text", block(f"<p>{mark(0, 'x')}</p>"), references=(reference("link", f"{b}.text"),))
             for a, b in (("en", "to"), ("to", "en"))]
    one = booklet(theme("en", 1, texts[0]), theme("to", 2, texts[1]))
    both, alone = units(one, None, "en", "to"), units(one, None, "en")
    assert 'data-hole="page" data-target="to.text"' in said(both["en"])
    assert 'data-hole="whole" data-target="to.text"' in said(alone["en"])


def test_glossary_of_a_handout_holds_exactly_the_terms_used() -> None:
    cited = article("en.text", block(f"<p>{mark(0, 'x')}</p>"), references=(reference("term", "tal"),))
    words = Term("ord", "ord", "Et ord.", "", AT), Term("tal", "tal", "Et tall.", "", AT)
    shown = units(booklet(theme("en", 1, cited), glossary=words))["glossary"].content["terms"]
    assert [term["term"] for term in shown] == ["tal"]  # type: ignore[attr-defined]


def test_no_two_units_of_any_handout_share_an_address() -> None:
    for occasion in occasions():
        told = replace(brief(booklet(), "handout"), occasion=occasion)
        made = [unit.address for unit in compose(select(booklet(), ("en", "to")), told)]
        assert all(a != b for a, b in pairwise(sorted(made)))
