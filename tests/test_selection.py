"""A smaller booklet cut from the whole."""

import pytest
from making import article, block, booklet, example, mark, reference, theme

from booklet.selection import in_order, select
from booklet.units import used_sources


def test_excerpt_has_its_themes_in_the_order_asked_for_with_their_numbers() -> None:
    one = select(booklet(theme("en", 1), theme("to", 2), theme("tre", 3)), ("tre", "en"))
    assert [(kept.id, kept.number) for kept in one.themes] == [("tre", 3), ("en", 1)]


def test_names_are_put_in_the_order_of_the_booklet_and_a_theme_stands_for_its_parts() -> None:
    whole = booklet(theme("en", 1), theme("to", 2))
    assert in_order(whole, ("to/berg", "en/questions", "en/text", "en/text")) == ("en/text", "en/questions", "to/berg")
    assert in_order(whole, ("en/berg", "en")) == ("en",)


@pytest.mark.parametrize(("names", "form", "examples", "questions"), [
    (("en",), "whole", 1, 1), (("en/text",), "text", 0, 0), (("en/berg",), "", 1, 0), (("en/questions",), "", 0, 1),
    (("en/berg", "en/text"), "text", 1, 0)])
def test_part_of_a_theme_is_cut_without_the_others(
    names: tuple[str, ...], form: str, examples: int, questions: int
) -> None:
    (kept,) = select(booklet(), names).themes
    assert (kept.form, len(kept.examples), len(kept.questions)) == (form, examples, questions)


def test_examples_come_in_the_order_asked_for() -> None:
    one = theme("en", 1, examples=(example("en.berg"), example("en.dal")))
    (kept,) = select(booklet(one), ("en/dal", "en/berg")).themes
    assert [shown.article.address for shown in kept.examples] == ["en.dal", "en.berg"]


def test_short_form_has_points_instead_of_a_text_and_what_only_the_text_cites_is_gone() -> None:
    cited = article("en.text", block(f"<p>{mark(0, '')}</p>"), references=(reference("citation", "ssb"),))
    whole = booklet(theme("en", 1, cited))
    assert [len(used_sources(select(whole, ("en",), short=short))) for short in (False, True)] == [1, 0]


@pytest.mark.parametrize("name", ["en/vang", "fire/text", "en/"])
def test_unknown_part_is_named(name: str) -> None:
    with pytest.raises(LookupError, match=name):
        select(booklet(), (name,))


def test_excerpt_leaves_out_articles_and_keeps_registers() -> None:
    one = select(booklet(back=(article("more"), "glossary", "references")), ("en",))
    assert (one.front, one.back, one.excerpt) == ((), ("glossary", "references"), True)


def test_whole_booklet_is_not_changed() -> None:
    whole = booklet()
    select(whole, ("en",))
    assert whole == booklet() and not whole.excerpt


def test_unknown_theme_is_named() -> None:
    with pytest.raises(LookupError, match="fire"):
        select(booklet(), ("en", "fire"))
