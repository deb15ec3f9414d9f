"""The shipped booklet: read, not built."""

import re

import pytest
from making import CONTENT, STYLES

from booklet.graphs import Chart
from booklet.model import Article, Booklet, articles
from booklet.reading import read_all

_WORD = re.compile(r"\w[\w,.–-]*")


@pytest.fixture(scope="module")
def shipped() -> Booklet:
    """Return the shipped booklet."""
    booklet, styles, findings = read_all(CONTENT, STYLES)
    assert findings == () and styles
    assert booklet
    return booklet


def words_in(article: Article) -> int:
    """Return how many words an article has, its headings, boxes and tables counted in."""
    return sum(len(_WORD.findall(block.text)) for block in article.body.blocks)


def words_on(chart: Chart) -> int:
    """Return how many words the title and the rows of a figure have."""
    said = [chart.title, *(text for row in chart.rows for text in (row.label, row.note))]
    return sum(len(_WORD.findall(text)) for text in said)


def count(article: Article, pattern: str) -> int:
    """Return how often something stands in an article's body."""
    return sum(len(re.findall(pattern, block.html)) for block in article.body.blocks)


def test_booklet_has_four_themes_of_three_examples_each(shipped: Booklet) -> None:
    assert [(theme.number, len(theme.examples)) for theme in shipped.themes] == [(1, 3), (2, 3), (3, 3), (4, 3)]
    assert len({theme.colour for theme in shipped.themes}) == 4


def test_texts_are_as_long_as_a_reader_has_time_for(shipped: Booklet) -> None:
    """What a figure drawn from data says is read as a table is."""
    charts = {chart.path: chart for chart in shipped.charts}
    lengths = {
        theme.text.address: words_in(theme.text) + sum(
            words_on(charts[reference.target]) for reference in theme.text.body.references if reference.kind == "chart")
        for theme in shipped.themes}
    assert {name: length for name, length in lengths.items() if not 1000 <= length <= 1500} == {}


def test_examples_are_of_one_page_or_a_spread(shipped: Booklet) -> None:
    lengths = {one.article.address: words_in(one.article) for theme in shipped.themes for one in theme.examples}
    assert {name: length for name, length in lengths.items() if not 350 <= length <= 500} == {}


def test_every_text_has_key_figures_and_a_figure_drawn_from_data(shipped: Booklet) -> None:
    for theme in shipped.themes:
        assert count(theme.text, 'class="figure"') >= 2, theme.id
        assert [block.kind for block in theme.text.body.blocks].count("chart") >= 1, theme.id


def test_every_theme_asks_four_to_six_questions(shipped: Booklet) -> None:
    assert {theme.id for theme in shipped.themes if not 4 <= len(theme.questions) <= 6} == set()


def test_glossary_explains_at_least_thirty_words(shipped: Booklet) -> None:
    assert len(shipped.glossary) >= 30


def test_every_figure_of_a_text_has_a_source_and_every_source_is_used(shipped: Booklet) -> None:
    known = {source.key for source in shipped.sources}
    assert {fact.source for fact in shipped.facts} <= known
    for theme in shipped.themes:
        assert any(reference.kind == "citation" for reference in theme.text.body.references), theme.id


def test_booklet_says_that_its_text_is_its_own(shipped: Booklet) -> None:
    colophon = " ".join(text for _, text in shipped.colophon)
    assert "gjengir ikke ordlyden i det publiserte heftet" in colophon


def test_nobody_is_quoted_whose_words_are_not_known(shipped: Booklet) -> None:
    for article in articles(shipped):
        assert count(article, "<blockquote>") == 0, article.address
