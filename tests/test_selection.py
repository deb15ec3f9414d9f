"""A smaller booklet cut from the whole."""

import pytest
from making import article, booklet, theme

from booklet.selection import select


def test_excerpt_keeps_its_themes_in_the_order_of_the_booklet() -> None:
    one = select(booklet(theme("en", 1), theme("to", 2), theme("tre", 3)), ("tre", "en"))
    assert [(kept.id, kept.number) for kept in one.themes] == [("en", 1), ("tre", 3)]


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
