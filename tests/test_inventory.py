"""The inventory: what is the same to a reader is the same, and where everything is printed."""

import pytest
from making import WORDS, article, block, booklet, mark, reference, theme
from revising import SHIPPED, inventory_of

from booklet.inventory import Inventory, Item, take_inventory, words_of


def items(inventory: Inventory, what: str) -> list[Item]:
    """Return all items of a kind."""
    return [item for part in inventory.parts for item in part.items if item.what == what]


def only(html: str, *references: object) -> Item:
    """Return the item of a block."""
    text = article("en.text", block(html), references=references)  # type: ignore[arg-type]
    return items(take_inventory(booklet(theme("en", 1, text)), WORDS), "paragraph")[1]


def test_shipped_booklet_has_every_block_once() -> None:
    inventory = inventory_of(SHIPPED)
    spots = [item.spots for what in ("paragraph", "heading", "list") for item in items(inventory, what)]
    assert len(spots) == len(set(spots)) > 250


@pytest.mark.parametrize(("one", "other"), [
    ("<p>Ord og  ord.</p>", "<p>Ord og ord.</p>"), ("<p>Ord\u00a0og ord.</p>", "<p>Ord og ord.</p>"),
    ('<p id="en.text.x">Ord.</p>', "<p>Ord.</p>")])
def test_space_and_ids_are_no_difference(one: str, other: str) -> None:
    assert only(one).digest == only(other).digest


@pytest.mark.parametrize(("one", "other"), [
    ("<p>Ord.</p>", "<p>ord.</p>"), ("<p>Ord.</p>", "<p><em>Ord</em>.</p>"), ("<p>a b</p>", "<p>ab</p>")])
def test_letters_and_markup_are_a_difference(one: str, other: str) -> None:
    assert only(one).digest != only(other).digest


def test_link_says_its_words_and_leaves_the_page_open() -> None:
    item = only(f"<p>Se {mark(0, 'teksten')}.</p>", reference("link", "to.text", "teksten"))
    assert item.text == "Se teksten (s. …)."


def test_citation_says_what_is_printed() -> None:
    item = only(f"<p>Slik er det {mark(0, '')}.</p>", reference("citation", "ssb"))
    assert item.text == "Slik er det (SSB 2019)."


def test_footnote_is_a_thing_of_its_own() -> None:
    note = '<span class="footnote">En <span>lang</span> note.</span>'
    found = take_inventory(booklet(theme("en", 1, article("en.text", block(f"<p>Ord.{note} Mer.</p>")))), WORDS)
    assert [item.text for item in items(found, "footnote")] == ["En lang note."]
    assert "Ord. Mer." in [item.text for item in items(found, "paragraph")]


def test_fact_knows_its_sentences_and_their_themes() -> None:
    text = article("en.text", block(f"<p>{mark(0, '10')}.</p>"), references=(reference("fact", "f", "10"),))
    (fact,) = items(take_inventory(booklet(theme("en", 1, text)), WORDS), "fact")
    assert (fact.key, fact.text, fact.spots, fact.themes) == ("f", "10", ("en.text#0",), ("en",))


def test_words_of_html_are_words() -> None:
    assert words_of("<ul><li>én</li><li>to&amp;tre</li></ul>") == "én to&tre"
