"""What `make bench` stands on: that peers get the same book, that edits and copies are sound, that figures are read
rightly.  Needs no peer, and measures no speed."""

import re
import shutil
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from booklet.model import Booklet
from booklet.printed import Unit
from booklet.reading import read_all
from tests.bench.book import Book, read_book
from tests.bench.chart import Bar, draw
from tests.bench.desk import change_markup, change_word
from tests.bench.html_book import write_html
from tests.bench.measuring import Case, Failed, Run, measure
from tests.bench.report import BEGIN, END, headline, put_in_readme, table
from tests.bench.targets import judge
from tests.bench.thousand import write_thousand
from tests.bench.typst_book import prose, words, write_typst
from tests.making import CONTENT, STYLES

COLOURS = dict.fromkeys(("fjord", "sky", "stone", "ink", "sun", "paper"), "#123456")


@pytest.fixture(scope="module")
def book() -> Book:
    return read_book(CONTENT, STYLES)


def read(content: Path) -> Booklet:
    """Return what is in a folder that has no fault at all."""
    booklet, _, findings = read_all(content, STYLES)
    assert booklet is not None and findings == ()
    return booklet


def case(who: str, what: str, *seconds: float, content: str = "shipped") -> Case:
    """Return a case that has been measured."""
    made = Case(f"{who}, {what}", what, who, lambda: Run(0, 0), content)
    made.runs = [Run(value, value * 2, 5_000_000) for value in seconds]
    return made


def bare(text: str) -> list[str]:
    """Return the words of a text."""
    return re.findall(r"\w{4,}", text)


def texts(unit: Unit) -> list[str]:
    """Return the words of a unit's body and head."""
    body = re.sub(r"<svg.*?</svg>|<[^>]*>", " ", str(unit.content.get("html", "")), flags=re.DOTALL)
    return bare(f"{unit.content.get('title', '')} {unit.content.get('lead', '')} {body}")


def test_typst_gets_every_word_of_the_booklet(book: Book, tmp_path: Path) -> None:
    source = write_typst(book, tmp_path).read_text("utf-8")
    given = set(bare(re.sub(r"\\(.)", r"\1", source)))
    assert [(unit.address, set(texts(unit)) - given) for unit in book.units if set(texts(unit)) - given] == []


def test_typst_gets_every_page_number_as_a_reference_to_a_place_that_is_there(book: Book, tmp_path: Path) -> None:
    source = write_typst(book, tmp_path).read_text("utf-8")
    wanted = set(re.findall(r'#page-of\("([^"]+)"\)', source))
    there = set(re.findall(r'#anchor\("([^"]+)"\)', source)) | set(re.findall(r" <([\w.-]+)>$", source, re.MULTILINE))
    assert wanted and wanted <= there


def test_typst_reads_no_sign_of_a_text_as_markup() -> None:
    assert words("1. a_b #c @d [e] -- f") == r"1\. a\_b \#c \@d \[e\] \-\- f"


def test_a_bracket_after_an_element_is_no_argument_of_it() -> None:
    assert prose("<p><em>a</em>(b)</p>").strip() == "#emph[a];(b)"


def test_html_peers_get_every_word_and_no_hole(book: Book, tmp_path: Path) -> None:
    page = write_html(book, tmp_path).read_text("utf-8")
    given = set(bare(re.sub(r"<[^>]*>", " ", page)))
    assert [unit.address for unit in book.units if set(texts(unit)) - given] == []
    assert "data-hole" not in page and "book://" not in page
    wanted = set(re.findall(r'class="number-of" href="#([^"]+)"', page))
    assert wanted and wanted <= set(re.findall(r'\bid="([^"]+)"', page))


def test_the_pictures_and_typefaces_lie_beside_the_book(book: Book, tmp_path: Path) -> None:
    write_html(book, tmp_path)
    assert (tmp_path / "images/cover.svg").exists()
    assert {path.suffix for path in (tmp_path / "fonts").iterdir()} == {".ttf"}


def test_each_edit_changes_one_word_and_leaves_the_content_sound(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    path, seen = content / "themes/nettverk/text.md", set()
    for number in range(1, 25):
        before = path.read_text("utf-8").split()
        change_word(path, number)
        after = path.read_text("utf-8").split()
        assert sum(one != other for one, other in zip(before, after, strict=True)) == 1
        seen.add(tuple(after))
    assert len(seen) == 24
    read(content)


def test_no_edit_touches_a_reference_or_a_comment(tmp_path: Path) -> None:
    path = tmp_path / "text.md"
    text = "---\ntitle: x\n---\n\nEn [stor\nny innvandring her](fact:x) og sammenhengen her.\n"
    text += "\n<!-- og annetsteds her -->\n"
    path.write_text(text, "utf-8")
    for number in range(4):
        change_word(path, number)
    assert re.sub("(?<=sammenhengen)[a-z]+", "", path.read_text("utf-8")) == text != path.read_text("utf-8")


def test_a_word_of_a_typst_book_can_be_changed(book: Book, tmp_path: Path) -> None:
    main = write_typst(book, tmp_path)
    before = main.read_text("utf-8").split()
    change_markup(main, 3)
    assert sum(one != other for one, other in zip(before, main.read_text("utf-8").split(), strict=True)) == 1


def test_a_large_booklet_is_sound_and_its_copies_name_their_own(tmp_path: Path) -> None:
    booklet, original = read(write_thousand(CONTENT, tmp_path / "content", 2, 3)), read(CONTENT)
    assert [len(booklet.themes), len(booklet.glossary)] == [2 * len(original.themes), 2 * len(original.glossary)]
    assert len(booklet.themes[0].examples) == 3 * len(original.themes[0].examples)
    targets = {reference.target for reference in booklet.themes[-1].text.body.references}
    assert targets and {target for target in targets if "-k02" not in target} == set()
    links = [reference.target for example in booklet.themes[0].examples for reference in example.article.body.references
             if reference.kind == "link" and example.article.address.endswith("-k03")]
    assert links and all(link.endswith("-k03") for link in links)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="no /proc")
def test_memory_is_that_of_all_processes_together(tmp_path: Path) -> None:
    hold = "import time; held = b'x' * 40_000_000; time.sleep(.4)"
    both = f"import subprocess, sys; held = b'x' * 40_000_000; subprocess.run([sys.executable, '-c', {hold!r}])"
    assert 80e6 < (measure((sys.executable, "-c", both), tmp_path).memory or 0) < 200e6


def test_cpu_is_that_of_children_too(tmp_path: Path) -> None:
    spend = "import time\nwhile time.process_time() < .3: pass"
    run = measure((sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {spend!r}])"),
                  tmp_path)
    assert run.cpu > 0.3


def test_a_program_that_fails_ends_its_own_case_only(tmp_path: Path) -> None:
    failing = Case("x", "x", "x", lambda: measure((sys.executable, "-c", "raise SystemExit('no ink')"), tmp_path))
    failing.measure()
    failing.measure()
    assert failing.runs == [] and "no ink" in failing.failed
    with pytest.raises(Failed, match="no ink"):
        failing.take()


def test_the_table_gives_medians_spread_and_the_ratio_to_typst() -> None:
    rows = table([case("booklet", "cold", 3, 1, 2), case("Typst", "cold", 0.5)]).splitlines()
    assert rows[2] == "| booklet, cold | 2.0 (1.00–3.0) | 4.0 (2.0–6.0) | 5 |  | 4.00 |"


def test_targets_say_what_was_reached_and_what_was_not_measured() -> None:
    said = judge([case("booklet", "cold", 2), case("booklet", "one word", 0.2), case("Typst", "cold", 0.5)])
    assert "| cold, no cache | 3.5 × Typst | 2.5 | 4.00 | missed |" in said
    assert "| one word edited, new process | 0.75 × Typst | 0.5 | 0.40 | dream |" in said
    assert "| nothing changed, new process | 0.1 s | 0.05 | – | not measured |" in said


def test_the_title_of_the_chart_names_every_peer_s_cost() -> None:
    measured = [case("booklet", "one word", 0.4), case("Typst", "cold", 0.5), case("WeasyPrint", "cold", 9)]
    assert headline(measured) == "A changed word costs booklet 0.40 s, Typst 0.50 s and WeasyPrint 9.0 s"


def test_the_chart_is_a_drawing_with_a_label_at_each_bar() -> None:
    bars = [Bar("A & B", 2, 1.5, 2.5, False), Bar("ours", 0.043, 0.04, 0.05, True)]
    drawing = ElementTree.fromstring(draw("Title", "below", "note", bars, COLOURS))
    assert [element.text for element in drawing.iter("{http://www.w3.org/2000/svg}text")] == [
        "Title", "below", "A & B", "2.0 s", "ours", "0.043 s", "note"]


def test_readme_changes_between_its_marks_only() -> None:
    new = put_in_readme(f"before\n{BEGIN}\nyesterday\n{END}\nafter", [case("booklet", "cold", 2)], "1 May 2026")
    assert new.startswith(f"before\n{BEGIN}\n1 May 2026, ") and new.endswith(f"|\n{END}\nafter")
    assert "yesterday" not in new


def test_a_readme_without_marks_is_left_alone() -> None:
    with pytest.raises(SystemExit, match="no section"):
        put_in_readme("before", [case("booklet", "cold", 2)], "1 May 2026")
