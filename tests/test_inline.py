"""Marks in a text → what is printed there."""

import re

from making import WORDS, block, mark, reference, source

from booklet.inline import Setting, hole, resolve, source_labels
from booklet.model import Prose, Reference

GAP = "\u00a0"


def printed(html: str, *references: Reference, live: bool = False, **setting: object) -> str:
    """Return what a block prints in a copy that holds ``en`` and the source ``a``."""
    told = {
        "inside": frozenset({"en", "references.a", "glossary.ord"}), "labels": {"a": "Aas 2019", "b": "Bø & Co 2018"},
        "pictures": {"p.png": ("Et hus", "Huset", "Kontoret")}, **setting,
    }
    return resolve(html, Prose((block(html),), references), Setting(words=WORDS, live=live, **told))  # type: ignore[arg-type]


def words_of(html: str) -> str:
    """Return HTML without its tags."""
    return re.sub("<[^>]*>", "", html)


def test_link_prints_its_words_and_leaves_a_hole_for_the_page() -> None:
    html = printed(f"<p>Se {mark(0, '<em>Berg</em>')}.</p>", reference("link", "en"))
    assert html == f"<p>Se <span><em>Berg</em></span>{GAP}(s.{hole('page', 'en', 2, GAP)}).</p>"


def test_link_is_live_only_where_links_are_made_and_the_target_is_in_the_copy() -> None:
    links = reference("link", "en"), reference("link", "ute")
    html = printed(mark(0, "inne") + " og " + mark(1, "ute"), *links, live=True)
    assert html.count("<a ") == 1 and '<a href="link://go/en">inne</a>' in html
    assert "<a" not in printed(mark(0, "inne"), *links)


def test_target_outside_an_excerpt_is_counted_in_the_whole_booklet() -> None:
    html = printed(mark(0, "ute"), reference("link", "ute"))
    assert html == f"<span>ute</span> (hele{GAP}heftet,{GAP}s.{hole('whole', 'ute', 2, GAP)})"


def test_hole_has_as_many_digits_as_its_number_is_expected_to_have() -> None:
    assert f">{GAP}000<" in printed(mark(0, "a"), reference("link", "en"), digits={"en": 3})
    assert f">{GAP}00<" in printed(mark(0, "a"), reference("link", "en"), digits={"to": 3})


def test_neighbouring_citations_share_one_pair_of_brackets() -> None:
    html = printed(mark(0, "") + mark(1, ""), reference("citation", "a", locator="s. 12"), reference("citation", "b"))
    assert words_of(html) == "(Aas 2019, s.\u00a012; Bø &amp; Co 2018)"


def test_citations_apart_have_brackets_of_their_own() -> None:
    html = printed(f"{mark(0, '')} x {mark(1, '')}", reference("citation", "a"), reference("citation", "b"))
    assert words_of(html) == "(Aas 2019) x (Bø &amp; Co 2018)"


def test_citation_right_after_a_link_is_printed_too() -> None:
    html = printed(mark(0, "Berg") + mark(1, ""), reference("link", "en"), reference("citation", "a"))
    assert words_of(html) == "Berg\u00a0(s.\u00a000)(Aas 2019)"


def test_citation_leads_to_the_list_of_references() -> None:
    html = printed(mark(0, ""), reference("citation", "a"), live=True)
    assert html == '(<a href="link://go/references.a">Aas 2019</a>)'


def test_term_leads_to_the_glossary_and_keeps_its_look_on_paper() -> None:
    term = reference("term", "ord")
    assert printed(mark(0, "ordet"), term, live=True) == '<a class="term" href="link://go/glossary.ord">ordet</a>'
    assert printed(mark(0, "ordet"), term) == '<span class="term">ordet</span>'


def test_fact_prints_its_words_and_nothing_else() -> None:
    assert printed(mark(0, "10"), reference("fact", "f")) == "10"


def test_picture_has_alt_text_caption_and_credit() -> None:
    html = printed(mark(0, ""), reference("picture", "p.png"))
    assert 'src="book://x/pictures/p.png" alt="Et hus"' in html
    assert '<figcaption>Huset <span class="credit">Illustrasjon: Kontoret</span>' in html


def test_alt_text_in_the_text_wins_over_the_side_file_and_cannot_break_out() -> None:
    html = printed(mark(0, ""), reference("picture", "p.png", 'Et "hus" <b>'))
    assert 'alt="Et &quot;hus&quot; &lt;b&gt;"' in html


def test_source_is_called_by_its_authors_and_year() -> None:
    sources = (
        source("a", "Aas, Per"), source("b", "Bø, Ida", "Li, Mo"), source("c", "Dahl, A", "Eik, B", "Foss, C"),
        source("d", organisation="SSB"), source("e", organisation="KS", year=""),
    )
    assert source_labels(sources, WORDS) == {
        "a": "Aas 2019", "b": "Bø og Li 2019", "c": "Dahl mfl. 2019", "d": "SSB 2019", "e": "KS u.å.",
    }


def test_sources_with_one_name_are_told_apart_by_letters_in_the_order_of_their_titles() -> None:
    sources = source("y", organisation="SSB", title="Y"), source("x", organisation="SSB", title="X")
    assert source_labels(sources, WORDS) == {"x": "SSB 2019a", "y": "SSB 2019b"}
    assert source_labels(sources[::-1], WORDS) == source_labels(sources, WORDS)


def test_undated_sources_with_one_name_have_a_gap_before_the_letter() -> None:
    sources = source("x", organisation="KS", year="", title="X"), source("y", organisation="KS", year="", title="Y")
    assert source_labels(sources, WORDS)["x"] == "KS u.å.\u00a0a"


def test_letters_do_not_end_with_z() -> None:
    sources = [source(f"{number:02}", organisation="KS", title=f"{number:02}") for number in range(28)]
    labels = source_labels(sources, WORDS)
    assert [labels[key][-2:] for key in ("00", "25", "26", "27")] == ["9a", "9z", "aa", "ab"]
