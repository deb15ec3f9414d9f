"""«Nytt i denne utgaven»: what the page says, and that a hand that edited it is respected."""

from making import CONTENT, MEMORY
from revising import SHIPPED, booklet_of, edited, inventory_of, swap

from booklet.comparison import Comparison, Told
from booklet.news import is_by_hand, write_news
from booklet.revision import compare
from booklet.states import Desk, State
from booklet.verdict import Verdict
from booklet.words import read_revision_words

WORDS = read_revision_words("nb", MEMORY)
DESK = Desk(CONTENT, CONTENT, None, None, lambda step: None)
EDITS = (
    swap("themes/nettverk/text.md", "\n\n## Innvandrere er", "\n\nEt helt nytt avsnitt.\n\n## Innvandrere er"),
    swap("booklet.yaml", "[lokalsamfunn, retning,", "[retning, lokalsamfunn,"))


def comparison(*more: bytes) -> Comparison:
    """Return the comparison of the shipped content with an edited one, page aside."""
    files = edited(*EDITS)
    old, new = inventory_of(SHIPPED), inventory_of(files)
    changes = compare(old, new).changes
    states = State("v1", old, "", DESK, "", booklet_of(SHIPPED)), State("content", new, "", DESK, "", booklet_of(files))
    return Comparison(*states, tuple(Told(one, (), ()) for one in changes), (), False, Verdict("reprint", ()), ())


def test_page_links_to_what_is_new_so_that_its_page_is_printed() -> None:
    text = write_news(comparison(), WORDS, CONTENT)
    assert text.startswith("---\ntitle: Nytt i denne utgaven\n")
    assert "- Endret: [Møtesteder åpner dører](../themes/nettverk/text.md) (1 nye).\n" in text
    assert text.count("\n- Har fått ny plass: [") == 1


def test_page_is_content_that_validates() -> None:
    page = write_news(comparison(), WORDS, CONTENT).encode()
    files = edited(*EDITS, swap("booklet.yaml", "front: [", "front: [front/news.md, "),
                   lambda files: files.update({"front/news.md": page}))
    assert booklet_of(files).front[0].title == "Nytt i denne utgaven"


def test_hand_that_edited_the_page_is_seen() -> None:
    text = write_news(comparison(), WORDS, CONTENT)
    assert not is_by_hand(text)
    assert is_by_hand(text.replace("Endret", "Nytt")) and is_by_hand("---\ntitle: Nytt\n---\n\nVi har ryddet.\n")
