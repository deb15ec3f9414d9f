"""Our dialect: Markdown → blocks of inert HTML with marks, and findings instead of garbage on paper."""

import re
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booklet import markup
from booklet.collector import Collector
from booklet.composition import set_prose
from booklet.manuscript import split
from booklet.markup import END, MARK, TEXT, plain
from booklet.model import Prose

PIECES = [
    "*", "**", "_", "`", "[", "]", "(", ")", "![", "](", "[@k", "[^a]", "[^a]: ", "<", ">", "<sub>", "</sub>", "<br>",
    "<!--", "-->", "\n", "\n\n", "  \n", "    ", "- ", "1. ", "> ", "::: fact T\n", ":::\n", "::: table T\n", "{#a}",
    "| a | b |\n|---|---:|\n| 1 | 2 |\n", "# ", "## ", "ord ", "æ", "&amp;", "&#x41;", "\\", "(fact:x)", "[x](fact:a)",
    "::: figures N\n- [x](fact:a) b\n:::\n", ": m\n", "---\n", "===\n", "|", "```\n", '<abbr title="x">', "5 ",
]


def setting(text: str) -> tuple[Prose, list[str]]:
    """Return a body set at the address «a», and place and code of what is found."""
    found = Collector()
    prose = set_prose(split(text, Path("x.md")), "a", found).prose
    return prose, [" ".join(str(finding).split(" ")[:3]).removeprefix("x.md:") for finding in found.findings]


def html_of(text: str) -> str:
    """Return the HTML of a body without findings, marks written as «{number:words}»."""
    prose, found = setting(text)
    assert found == []
    ready = "".join(block.html for block in prose.blocks)
    return ready.replace(MARK, "{").replace(TEXT, ":").replace(END, "}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ord *kursiv* og **feit**.", "<p>Ord <em>kursiv</em> og <strong>feit</strong>.</p>"),
        ("a\nb", "<p>a\nb</p>"),
        ("a  \nb\\\nc<br>d", "<p>a<br>b<br>c<br>d</p>"),
        ("5 \\* 3 * 2 \\[a\\] a_b_c", "<p>5 * 3 * 2 [a] a_b_c</p>"),
        ("a < b & c &lt;d&gt; &amp;nbsp;", "<p>a &lt; b &amp; c &lt;d&gt; &amp;nbsp;</p>"),
        ("`[x](y) <b> **`", "<p><code>[x](y) &lt;b&gt; **</code></p>"),
        ("H<sub>2</sub>O", "<p>H<sub>2</sub>O</p>"),
        ("<abbr title='a \"b\"'>N</abbr>", '<p><abbr title="a &quot;b&quot;">N</abbr></p>'),
        ("## Flytting på Øya", '<h2 id="a.flytting-pa-oya">Flytting på Øya</h2>'),
        ("## Ord {#min-id}", '<h2 id="a.min-id">Ord</h2>'),
        ("- a\n- b\n  c\n\n1. d", '<ul><li>a</li><li data-l="1">b\nc</li></ul><ol><li>d</li></ol>'),
        ("- a\n  - b", '<ul><li>a<ul><li data-l="1">b</li></ul></li></ul>'),
        ("- a\n\n  b", '<ul><li><p>a</p><p data-l="2">b</p></li></ul>'),
        ("Tekst:\n- a", "<p>Tekst:</p><ul><li>a</li></ul>"),
        ("> a\n>\n> b", '<blockquote><p>a</p><p data-l="2">b</p></blockquote>'),
        (
            "Ord\n: tyding\n\nTo\n: meir",
            '<dl><dt>Ord</dt><dd data-l="1">tyding</dd><dt data-l="3">To</dt><dd data-l="4">meir</dd></dl>',
        ),
        ("[a](b.md#c) [d](https://e.no/?f&g)", '<p>{0:a} <a href="https://e.no/?f&amp;g">d</a></p>'),
        ("x [@a; @b, s. 3].", "<p>x {0:}{1:}.</p>"),
        ("**[a *b*](term:c)**", "<p><strong>{0:a <em>b</em>}</strong></p>"),
        ("a[^n].\n\n[^n]: b *c*\nd", '<p>a<span class="footnote">b <em>c</em>\nd</span>.</p>'),
        ("![x](y.svg)", '<figure class="picture">{0:}</figure>'),
        ("a <!-- [x -->b\n<!-- c\nd -->\ne", "<p>a b\ne</p>"),
        (
            "::: fact Tittel {#f}\na\n:::",
            '<aside class="box fact" id="a.f"><p class="box-title">Tittel</p><p data-l="1">a</p></aside>',
        ),
        (
            "::: figures Tal\n- Om lag [5 kr](fact:x) *no*.\n:::",
            '<div class="key-figures"><p class="box-title">Tal</p><ul><li data-l="1">'
            '<span class="figure">{0:5 kr}</span> <span class="figure-text">Om lag <em>no</em>.</span></li></ul></div>',
        ),
        (
            "::: table T {#t}\n| a | b |\n|---|---:|\n| c | [1](fact:x) |\n\nKjelde: d\n:::",
            '<figure class="table" id="a.t"><figcaption>T</figcaption><table><thead><tr data-l="1">'
            '<th scope="col">a</th><th scope="col" class="number">b</th></tr></thead><tbody>'
            '<tr data-l="3"><th scope="row">c</th><td class="number">{0:1}</td></tr></tbody></table>'
            '<p class="source" data-l="5">Kjelde: d</p></figure>',
        ),
    ],
)
def test_construct_is_set(text: str, expected: str) -> None:
    assert html_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a [@b", ["1:3: error lone-bracket:"]),
        ("a [b](c", ["1:3: error unclosed-link:"]),
        ("a **b", ["1:3: error unclosed-emphasis:"]),
        ("a\n<div\nx>", ["2:1: error raw-html:"]),
        ("a | b\n---|---\n1 | 2", ["1:1: error table-outside-box:"]),
        ("    a", ["1:5: error code-block:"]),
        ("## a\n\n## A", ["3:1: error duplicate-id:"]),
        ("## a\n\n#### b", ["3:1: error heading-skips:"]),
        ("- a\n  ::: fact T\n  b\n  :::", ["2:3: error misplaced-box:"]),
        ("::: fact T\na", ["1:1: error unclosed-box:"]),
        ("a <!-- ::: fact T\n\n## b [^c]", ["1:3: error unclosed-comment:"]),
        ("a [^b]", ["1:3: error footnote-no-text:"]),
        ("a\n\n[^b]: c", ["3:1: error footnote-no-call:"]),
        ("a ![b](c.svg) d", ["1:3: error picture-in-line:"]),
        ("::: table T\n| a | b |\n|---|---|\n| <i>c</i> | d |\n:::", ["4:3: error raw-html:"]),
        ("Ord {#id} her", ["1:5: error bad-attribute:"]),
        ("Som @haug2019 skriv", ["1:5: error bad-citation:"]),
    ],
)
def test_what_is_not_in_the_dialect_is_an_error_at_its_place(text: str, expected: list[str]) -> None:
    assert setting(text)[1] == expected


def test_reference_knows_its_words_and_its_place() -> None:
    prose, _ = setting("a\nb [c *d* e](fact:f)")
    (reference,) = prose.references
    assert (reference.text, reference.position.line, reference.position.column) == ("c d e", 2, 3)


def test_block_text_is_words_alone() -> None:
    prose, _ = setting("::: fact T\n- a *b* & [c](d.md)\n- e\n:::")
    assert prose.blocks[0].text == "T a b & c e"
    assert plain("<p>a<br>b</p>") == "a b"


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=40))
def test_any_text_gives_balanced_html_and_marks(text: str) -> None:
    prose, found = setting(text)
    ready = "".join(block.html for block in prose.blocks)
    opened: list[str] = []
    for close, name in re.findall(r"<(/?)([a-z0-9]+)[^>]*>", ready.replace("<br>", "")):
        assert not close or opened.pop() == name
        opened += [] if close else [name]
    assert opened == []
    if not found and MARK not in text and END not in text and "\ue003" not in text:
        assert sorted(map(int, re.findall(f"{MARK}(\\d+){TEXT}", ready))) == list(range(len(prose.references)))


@settings(deadline=None)
@given(st.lists(st.sampled_from([*"aæ 5.,-–«»()#+!:|~^\"'/{}=\ue003\u00a0\n", "  ", "www.a.no"])).map("".join))
def test_words_without_signs_are_what_python_markdown_makes_of_them(text: str) -> None:
    processor, write = markup._emphasis()
    root = Element("div")
    SubElement(root, "p").text = text
    processor.run(root)
    assert write(root[0]).removeprefix("<p>").removesuffix("</p>") == markup._emphasise(text)
