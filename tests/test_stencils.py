"""Rules that come ready are those that the engine reads."""

from pathlib import Path
from typing import Any

import pytest
import weasyprint
from stencils import Odd, asked, keep, plain, read_rules, wanted_rules

from booklet import matching, stencils
from booklet.basics import shorten
from booklet.haste import engine_file

UA = engine_file("css", "html5_ua.css").read_bytes()
PAGE = (
    '<section class="a-b c"><p class="a-b">a</p><P class="A-B">b</P><h2>c</h2><h2 class="c d"><p>d</p></h2></section>'
    '<svg><p/></svg><div class="c">e<p>f</p><p class="a-b">g</p></div>')


def looked_for(selector: Any) -> Any:
    """Return the one thing that a selector is looked for by."""
    name = next((name for name in stencils.SOUGHT if getattr(selector, name)), "")
    return name, name and getattr(selector, name), name == "local_name" and selector.lower_local_name


def said(read: stencils.Read) -> Any:
    """Return all that rules say."""
    added, pages = read
    return [
        [(looked_for(one), one.specificity, one.pseudo_element, plain(list(says)), layer)
         for one, (says, layer) in added],
        [(plain([list(one) for one in selectors]), plain(list(says))) for _, selectors, says in pages]]


def same_tests(ours: stencils.Read, theirs: stencils.Read) -> bool:
    """Tell whether selectors that are compiled ask the same."""
    pairs = zip(ours[0], theirs[0], strict=True)
    return all(
        stencils._combined(one.test.text) or asked(one.test) == asked(other.test)
        for (one, _), (other, _) in pairs)


def test_rules_that_are_kept_say_what_the_engine_reads() -> None:
    fresh, known = read_rules(wanted_rules()), 0
    for text, read in fresh.items():
        if kept := stencils.find(text):
            known += 1
            assert said(kept) == said(read) and same_tests(kept, read), text
            assert len({id(says) for _, (says, _) in kept[0]}) == len({id(says) for _, (says, _) in read[0]}), text
    assert known > len(wanted_rules()) * .9, "type 'make haste'"


def test_own_sheet_of_the_engine_is_what_it_reads() -> None:
    counters, found = dict[str, Any](), dict[str, Any]()
    theirs = weasyprint.CSS(string=shorten(UA.decode()), counter_style=counters)
    assert stencils.knows(UA) and not stencils.knows(UA + b" "), "type 'make haste'"
    ours = weasyprint.CSS(string="")
    stencils.furnish(ours, found)
    assert {name: plain(list(style.items())) for name, style in found.items()} == {
        name: plain(list(style.items())) for name, style in counters.items()}
    for name in ("id", "class", "lower_local_name", "namespace", "lang_attr", "other"):
        buckets = [getattr(sheet.matcher, f"{name}_selectors") for sheet in (ours, theirs)]
        one, other = ([*bucket.items()] if isinstance(bucket, dict) else [("", bucket)] for bucket in buckets)
        assert [(key, [(*entry[1:4], plain(list(entry[4][0]))) for entry in found]) for key, found in one] == [
            (key, [(*entry[1:4], plain(list(entry[4][0]))) for entry in found]) for key, found in other]
    assert said(([], ours.page_rules)) == said(([], theirs.page_rules))


@pytest.mark.parametrize("text", [
    ".a-b", "p", "h2", "svg", ".c", "p.a-b", ".c > p", ".c p", ".c.d", ".c .d p", "section .d > p", "p + p",
    ".c p + .a-b", "p ~ p", "p:first-child", "h2 + .c p", ".c > p::before", ".A-B"])
def test_a_selector_finds_the_elements_that_it_finds_otherwise(text: str) -> None:
    test = stencils.Test(text)
    (compiled,) = weasyprint.css.cssselect2.compile_selector_list(text)
    elements = list(weasyprint.HTML(string=PAGE).wrapper_element.iter_subtree())
    assert [bool(test(one)) for one in elements] == [bool(compiled.test(one)) for one in elements]
    assert any(test(one) for one in elements) and not all(test(one) for one in elements)
    ours, theirs = (matching._names(code) for code in (test.test.__code__, asked(compiled.test)))
    for known in (matching._ALIKE, matching._LINE | {"next"}):
        assert known.issuperset(ours) == known.issuperset(theirs)


@pytest.mark.parametrize("value", [
    1, 1.0, -0.5, True, None, "a", (), (1, ("b", [2.5, None])), {"a", "b"}, weasyprint.css.ZERO_PIXELS,
    (weasyprint.css.ZERO_PIXELS._replace(value=1.5), "x")])
def test_values_come_back_as_they_were(value: Any) -> None:
    assert plain(stencils.revive(keep(value))) == plain(value)


def test_a_colour_comes_back_as_it_was_written() -> None:
    for text in ("#12ab34", "device-cmyk(0 .5 0 1)", "calc(1px + 2%)"):
        node = weasyprint.css.tinycss2.parse_one_component_value(text)
        assert keep(node) == [4, text] and plain(stencils.revive(keep(node))) == plain(node)


def test_a_value_of_another_kind_is_not_kept() -> None:
    for value in (object(), (1, {"a": 1}), b"a"):
        with pytest.raises(Odd):
            keep(value)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"rules": {}}'])
def test_without_the_file_the_engine_reads_all(content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = next(rule for rule in wanted_rules() if stencils.find(rule))
    (tmp_path / "stencils.json").write_text(content)
    monkeypatch.setattr(stencils, "KEPT", tmp_path / "stencils.json")
    monkeypatch.setattr(stencils, "_kept", stencils._kept.__wrapped__)
    assert stencils.find(rule) is None and not stencils.knows(UA)
