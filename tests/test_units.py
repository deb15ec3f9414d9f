"""A booklet → its units in page order: who is in a copy, and that every unit is complete."""

import re

import pytest
from graphing import CHARTS
from making import AT, WORDS, article, block, booklet, brief, example, mark, reference, source, theme
from msgspec.structs import replace

from booklet.gallery import TABLES
from booklet.holdings import addresses, used_sources, used_terms
from booklet.model import Article, Booklet, Term
from booklet.printed import Unit
from booklet.selection import select
from booklet.units import compose, notes


def units(one: Booklet, profile: str = "print", **digits: int) -> dict[str, Unit]:
    """Return the units of a copy by address, in page order."""
    made = compose(one, brief(one, profile, **digits))
    assert len({unit.address for unit in made}) == len(made), "two units at one address"
    return {unit.address: unit for unit in made}


def kinds(one: Booklet, profile: str = "print") -> list[str]:
    """Return address and kind of each unit of a copy."""
    return [f"{name} {unit.kind}" if name != unit.kind else name for name, unit in units(one, profile).items()]


THEME = ["en opener", "en.text text", "en.berg example", "en.questions questions"]
REST = ["to opener", "to.text text", "to.berg example", "to.questions questions"]
CITED = article("en.text", block(f"<p>{mark(0, '')}</p>"), references=(reference("citation", "ssb"),))


def test_whole_booklet_goes_from_cover_to_back_cover() -> None:
    one = booklet(theme("en", 1, CITED), theme("to", 2))
    front = ["cover", "colophon", "title", "contents", "foreword article"]
    back = ["more article", "glossary", "references", "back"]
    assert kinds(one) == kinds(one, "screen") == [*front, *THEME, *REST, *back]


def test_handout_is_one_leaflet_that_begins_with_its_theme() -> None:
    one = select(booklet(theme("en", 1, CITED), theme("to", 2)), ("en",))
    assert kinds(one, "handout") == [
        "en handout", "en.berg example", "en.questions questions", "references",
    ]


def test_excerpt_begins_with_a_title_leaf_and_holds_its_theme_alone() -> None:
    one = select(booklet(theme("en", 1, CITED), theme("to", 2)), ("en",))
    assert kinds(one, "screen") == ["leaf", *THEME, "references"]


def test_excerpt_numbers_only_what_the_whole_booklet_has() -> None:
    made = units(select(booklet(theme("en", 1, CITED), theme("to", 2)), ("en",)))
    assert [name for name, unit in made.items() if not unit.in_booklet] == ["leaf", "references"]
    assert not made["references"].folio and made["en.text"].folio


def test_pages_that_are_a_picture_of_the_booklet_have_no_folio() -> None:
    alone = ["cover", "colophon", "title", "en", "to", "back"]
    assert [name for name, unit in units(booklet()).items() if not unit.folio] == alone


def test_theme_without_questions_has_no_page_for_them() -> None:
    silent = replace(theme("en", 1), questions=())
    assert "en.questions" not in units(booklet(silent))


def test_contents_names_every_part_with_a_hole_for_its_page() -> None:
    (entries,) = units(booklet(theme("en", 1, CITED)))["contents"].content["parts"]  # type: ignore[misc]
    assert [(entry["level"], entry["title"], entry["label"], entry["place"]) for entry in entries] == [  # type: ignore[attr-defined]
        (1, "FOREWORD", "", ""), (1, "Tema en", "1", ""), (2, "EN.TEXT", "", ""), (2, "EN.BERG", "", "Berg"),
        (2, WORDS["questions"], "", ""), (1, "MORE", "", ""), (1, WORDS["glossary"], "", ""),
        (1, WORDS["references"], "", ""),
    ]
    for entry in entries:  # type: ignore[attr-defined]
        assert f'data-hole="page" data-target="{entry["address"]}">00<' in entry["hole"]


def test_long_contents_are_a_spread_with_half_of_the_themes_on_each_page() -> None:
    many = booklet(*(theme(f"t{number}", number) for number in range(1, 7)))
    unit = units(many)["contents"]
    labels = [[entry["label"] for entry in part if entry["label"]] for part in unit.content["parts"]]  # type: ignore[attr-defined]
    assert unit.spread and labels == [["1", "2", "3"], ["4", "5", "6"]]
    assert not units(booklet())["contents"].spread


def test_opener_is_a_spread_that_says_where_in_its_theme_what_stands() -> None:
    unit = units(booklet(replace(theme("en", 1), picture="p.svg")))["en"]
    entries = unit.content["entries"]
    assert unit.spread and unit.pictures == ("p.svg",)
    assert [entry["address"] for entry in entries] == ["en.text", "en.berg", "en.questions"]  # type: ignore[attr-defined]


def test_opener_of_many_examples_goes_on_behind_its_spread_on_pages_with_folios() -> None:
    few, many = (units(booklet(replace(theme("en", 1), examples=tuple(
        example(f"en.e{number}") for number in range(count)))))["en"] for count in (6, 7))
    assert few.content["more"] == () and not few.folio
    assert [entry["address"] for entry in many.content["more"]] == ["en.questions"] and many.folio  # type: ignore[attr-defined]


def test_place_for_the_page_of_the_numbers_behind_a_figure_grows_with_them() -> None:
    path = "themes/en/figures/bars.yaml"
    shown = article("en.text", block(f"<p>{mark(0, '')}</p>"), references=(reference("chart", path),))
    one = booklet(theme("en", 1, shown), charts=(CHARTS[path],), sources=(source("a", "Aas, Per"), source("ssb")))
    told = brief(one, "screen")
    holes = []
    for digits in ({}, {TABLES: 3}):
        (unit,) = (unit for unit in compose(one, replace(told, digits=digits)) if unit.address == "en.text")
        holes += re.findall(f'data-target="{TABLES}">\u00a0?(0+)<', str(unit.content["html"]))
    assert holes == ["00", "000"]


def test_contents_leaves_room_for_as_many_digits_as_a_page_is_known_to_have() -> None:
    (entries,) = units(booklet(), to=3, foreword=1)["contents"].content["parts"]  # type: ignore[misc]
    holes = {entry["address"]: len(re.findall(">(0+)<", entry["hole"])[0]) for entry in entries}  # type: ignore[attr-defined]
    assert (holes["to"], holes["foreword"], holes["en"]) == (3, 2, 2)


def test_only_the_screen_has_live_links() -> None:
    linking = article("en.text", block(f"<p>{mark(0, 'Berg')}</p>"), references=(reference("link", "en.berg"),))
    one = booklet(theme("en", 1, linking))
    assert "<a" in str(units(one, "screen")["en.text"].content)
    assert "<a" not in str([unit.content for unit in units(one).values()])


def test_every_block_carries_its_number_and_keeps_its_attributes() -> None:
    text = article("en.text", block('<h2 id="en.text.a">A</h2>', "heading", "en.text.a", 2), block("<p>B <b>c</b></p>"))
    unit = units(booklet(theme("en", 1, text)))["en.text"]
    assert unit.content["html"] == '<h2 data-b="0" id="en.text.a">A</h2>\n<p data-b="1">B <b>c</b></p>'
    assert len(unit.blocks) == 2


def test_headings_of_the_second_level_become_bookmarks() -> None:
    text = article(
        "en.text", block("<h2>Å bo</h2>", "heading", "en.text.a", 2), block("<h3>C</h3>", "heading", "en.text.c", 3))
    marks = units(booklet(theme("en", 1, text)))["en.text"].bookmarks
    assert [(entry.title, entry.address) for entry in marks] == [("Å bo", "en.text.a")]


def test_fact_column_has_no_empty_rows() -> None:
    alone = example("en.berg", partners=())
    facts = units(booklet(theme("en", 1, examples=(alone,))))["en.berg"].content["facts"]
    assert [label for label, _ in facts] == [WORDS[name] for name in ("municipality", "county", "period", "approval")]  # type: ignore[attr-defined]


def test_example_names_its_sources_short() -> None:
    sourced = example("en.berg", sources=("ssb", "aa"))
    assert units(booklet(theme("en", 1, examples=(sourced,))))["en.berg"].content["sources"] == ("SSB 2019", "Aas 2019")


def test_list_of_references_holds_what_texts_examples_and_figures_rest_on() -> None:
    figure = article("en.text", block(f"<p>{mark(0, '10')}</p>"), references=(reference("fact", "f"),))
    assert [s.key for s in used_sources(booklet(theme("en", 1, figure)))] == ["ssb"]
    sourced = theme("en", 1, CITED, (example("en.berg", sources=("aa",)),))
    assert [s.key for s in used_sources(booklet(sourced))] == ["ssb", "aa"]


def test_references_follow_the_norwegian_alphabet() -> None:
    names = "Ås", "Zoo", "Øy", "Ask", "Ære"
    keys = tuple(reference("citation", str(number)) for number in range(len(names)))
    text = article("en.text", block("".join(mark(i, "") for i in range(len(names)))), references=keys)
    sources = tuple(source(str(number), f"{name}, X") for number, name in enumerate(names))
    entries = units(booklet(theme("en", 1, text), sources=sources))["references"].content["entries"]
    assert [entry["label"].split()[0] for entry in entries] == ["Ask", "Zoo", "Ære", "Øy", "Ås"]  # type: ignore[attr-defined]


def test_source_is_called_the_same_in_an_excerpt() -> None:
    def citing(key: str) -> Article:
        return article(f"{key}.text", block(mark(0, "")), references=(reference("citation", key),))

    sources = source("en", organisation="KS", title="B"), source("to", organisation="KS", title="A")
    one = booklet(theme("en", 1, citing("en")), theme("to", 2, citing("to")), sources=sources)
    told = brief(one, "handout")
    (entry,) = next(u for u in compose(select(one, ("en",)), told) if u.kind == "references").content["entries"]  # type: ignore[attr-defined]
    assert entry["label"] == "KS 2019b"


def test_excerpt_explains_only_the_words_it_uses() -> None:
    text = article("en.text", block(mark(0, "ord")), references=(reference("term", "ord"),))
    one = booklet(theme("en", 1, text), theme("to", 2))
    assert [term.id for term in used_terms(one)] == ["ord", "tal"]
    assert [term.id for term in used_terms(select(one, ("en",)))] == ["ord"]
    assert "glossary" not in units(select(one, ("to",)))


@pytest.mark.parametrize("profile", ["print", "screen", "handout"])
def test_copy_holds_every_address_that_it_says_it_holds(profile: str) -> None:
    text = article("en.text", block(mark(0, "ord")), references=(reference("term", "ord"),))
    whole = booklet(theme("en", 1, text), theme("to", 2))
    for one in (whole, select(whole, ("en",)), select(whole, ("to",))):
        if profile == "handout" and not one.excerpt:
            continue
        told = brief(whole, profile)
        made = compose(one, told)
        ids = re.findall(r"'(?:id|text_address)': '([^']+)'", str([unit.content for unit in made]))
        assert addresses(one) - {unit.address for unit in made} - set(ids) == set()


def test_pictures_of_a_text_go_with_its_unit() -> None:
    text = article("en.text", block(mark(0, "")), references=(reference("picture", "p.svg"),))
    made = booklet(theme("en", 1, text))
    picture = type("P", (), {"path": "p.svg", "alt": "a", "caption": "", "credit": "c"})
    assert units(replace(made, pictures=(picture,)))["en.text"].pictures == ("p.svg",)  # type: ignore[arg-type]


def test_theme_has_its_own_colour_and_running_heads() -> None:
    unit = units(booklet())["en.berg"]
    assert (unit.colour, unit.running, unit.level) == ("fjord", ("Å bo", "en"), 2)


def test_pages_for_notes_are_counted() -> None:
    one = booklet()
    pages = [notes(one, brief(one), number) for number in (1, 2)]
    assert [(page.address, page.kind) for page in pages] == [("notes-1", "notes"), ("notes-2", "notes")]


def test_meaning_of_a_term_is_spaced_like_a_text() -> None:
    terms = (Term("tal", "tal", "Om lag 10 000 kroner.", "", AT),)
    (entry,) = units(booklet(glossary=terms))["glossary"].content["terms"]  # type: ignore[misc]
    assert entry["meaning"] == "Om lag 10\u00a0000\u00a0kroner."  # type: ignore[index]
