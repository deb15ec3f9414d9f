"""Two inventories compared: what an editor does to the shipped content, and what is said of it."""

import re

import pytest
from revising import SHIPPED, Edit, Files, edited, inventory_of, paragraphs, put, swap

from booklet.model import Limits
from booklet.revision import Change, compare
from booklet.verdict import judge

TEXT, FROYA = "themes/nettverk/text.md", "themes/lokalsamfunn/examples/froya.md"
FACT = "employed-immigrants-2017"
BODY = paragraphs(SHIPPED, TEXT)
PROSE = [number for number, block in enumerate(BODY) if re.match(r"[A-ZÆØÅ]", block)]


def changes(*edits: Edit) -> tuple[tuple[Change, ...], str]:
    """Return what is said of edited content, and the verdict."""
    old, new = inventory_of(SHIPPED), inventory_of(edited(*edits))
    found = compare(old, new).changes
    return found, judge(found, new, Limits()).word


def brief(found: tuple[Change, ...]) -> list[tuple[str, str, str]]:
    """Return kind, thing and unit of changes."""
    return [(change.kind, change.what, change.unit) for change in found]


def moved(*order: str) -> Edit:
    """Return the edit that puts the themes in another order."""
    return swap("booklet.yaml", "themes: [lokalsamfunn, retning, nettverk, sysselsetting]",
                f"themes: [{', '.join(order)}]")


def rename(files: Files) -> None:
    """Call an example's file otherwise, and what leads to it."""
    files["themes/lokalsamfunn/examples/oya.md"] = files.pop(FROYA)
    for name, content in files.items():
        if name.endswith((".md", "facilitator.yaml")):
            files[name] = content.replace(b"examples/froya.md", b"examples/oya.md").replace(b"(froya.md", b"(oya.md")
    swap("themes/lokalsamfunn/theme.yaml", "froya", "oya")(files)


def replace_example(files: Files) -> None:
    """Tell of another municipality in the place of one."""
    rename(files)
    head, _ = files["themes/lokalsamfunn/examples/oya.md"].decode().rsplit("---\n", 1)
    head = re.sub(r"(?m)^title: .*", "title: Boliger på Øya", head).replace("Frøya", "Øya")
    head = re.sub(r"(?s)lead: >-\n.*?\n(?=\w)", "lead: Noe ganske annet.\n", head)
    files["themes/lokalsamfunn/examples/oya.md"] = f"{head}---\n## Husene\n\nHer bygger de hus.\n".encode()
    for name, content in files.items():
        if name.endswith(".md"):
            files[name] = re.sub(rb"(oya\.md)#[a-z-]+", rb"\1", content)


def test_one_word_is_one_edited_paragraph() -> None:
    block = BODY[PROSE[1]]
    word = re.findall(r"[a-zæøå]{6,}", block)[0]
    found, verdict = changes(put(TEXT, [block.replace(word, "annerledes", 1) if one is block else one for one in BODY]))
    assert (brief(found), verdict) == ([("edited", "paragraph", "nettverk.text")], "errata")
    (change,) = found
    assert change.old and change.new and "annerledes" in change.new.text and "annerledes" not in change.old.text
    line = SHIPPED[TEXT].decode().split("\n").index(block.split("\n")[0]) + 1
    assert (change.new.position.line, change.themes) == (line, ("nettverk",))


def test_added_paragraph_is_one_change_and_no_other_is() -> None:
    short, long = "Et nytt avsnitt kommer til her.", " ".join(["Et nytt avsnitt som er langt."] * 12)
    for text, wanted in ((short, "errata"), (long, "reprint-theme")):
        found, verdict = changes(put(TEXT, [*BODY[:PROSE[1]], text, *BODY[PROSE[1]:]]))
        assert (brief(found), verdict) == ([("added", "paragraph", "nettverk.text")], wanted)


def test_paragraph_that_moved_is_moved_within_its_text_and_to_another() -> None:
    block, rest = BODY[PROSE[0]], [one for number, one in enumerate(BODY) if number != PROSE[0]]
    found, verdict = changes(put(TEXT, [*rest[:-1], block, rest[-1]]))
    assert (brief(found), verdict) == ([("moved", "paragraph", "nettverk.text")], "reprint-theme")
    other = "themes/sysselsetting/text.md"
    there = paragraphs(SHIPPED, other)
    found, verdict = changes(put(TEXT, rest), put(other, [*there[:-1], block, there[-1]]))
    assert brief(found) == [("moved", "paragraph", "sysselsetting.text")] and verdict == "reprint"
    assert found[0].old and found[0].old.spots[0].startswith("nettverk.text#")


def test_replaced_example_is_one_removed_and_one_added() -> None:
    found, verdict = changes(replace_example)
    units = [one for one in brief(found) if one[1] == "example"]
    assert units == [("removed", "example", "lokalsamfunn.froya"), ("added", "example", "lokalsamfunn.oya")]
    assert verdict == "reprint-theme"


def test_fact_corrected_in_three_places_is_the_fact_and_its_sentences() -> None:
    def correct(files: Files) -> None:
        swap("facts.yaml", 'value: "65,0"', 'value: "64,0"')(files)
        for name, content in [(name, files[name]) for name in files if name.endswith(".md")]:
            said = re.sub(rf"\[65,0([^\]]*)\]\(fact:{FACT}\)", rf"[64,0\1](fact:{FACT})", content.decode())
            files[name] = said.encode()

    found, verdict = changes(correct)
    assert sorted(brief(found)) == [
        ("edited", "chart", "nettverk.text"), ("edited", "fact", "facts"), ("edited", "paragraph", "nettverk.text"),
        ("edited", "paragraph", "sysselsetting.text")]
    assert verdict == "errata"
    fact = next(change for change in found if change.what == "fact")
    assert fact.old and fact.new and (fact.old.text, fact.new.text) == ("65,0 prosent", "64,0 prosent")
    assert set(fact.themes) == {"nettverk", "sysselsetting"} and len(fact.new.spots) == 3


def test_picture_that_was_exchanged_cannot_be_told_on_a_slip() -> None:
    found, verdict = changes(lambda files: files.update({"images/cover.svg": SHIPPED["images/theme-retning.svg"]}))
    assert (brief(found), verdict) == ([("edited", "picture", "pictures")], "reprint")


def test_renamed_file_is_the_same_text() -> None:
    found, verdict = changes(rename)
    assert (brief(found), verdict) == ([("moved", "file", "lokalsamfunn.oya")], "nothing")
    assert found[0].old and found[0].old.text.endswith("froya.md")


def test_theme_in_another_order_is_one_move() -> None:
    found, verdict = changes(moved("retning", "lokalsamfunn", "nettverk", "sysselsetting"))
    assert [(change.kind, change.what) for change in found] == [("moved", "theme")] and verdict == "reprint"


@pytest.mark.parametrize("edit", [
    swap(TEXT, "\n\n## ", "\n\n\n## "), swap(TEXT, " kommunen", "  kommunen"),
    lambda files: files.update({TEXT: SHIPPED[TEXT].replace(b"\n", b"\r\n")}),
    lambda files: files.update({TEXT: SHIPPED[TEXT].replace(b". De ", b".\nDe ")}),
], ids=["blank lines", "two spaces", "line ends", "broken line"])
def test_white_space_is_nothing(edit: Edit) -> None:
    assert changes(edit) == ((), "nothing")


def test_emphasis_and_level_are_edits_though_the_words_are_the_same() -> None:
    block = BODY[PROSE[1]]
    word = re.findall(r"[a-zæøå]{6,}", block)[0]
    found, verdict = changes(put(TEXT, [block.replace(word, f"*{word}*", 1) if one is block else one for one in BODY]))
    assert (brief(found), verdict) == ([("edited", "paragraph", "nettverk.text")], "errata")
    assert found[0].old and found[0].new and found[0].old.text == found[0].new.text


def test_term_source_and_metadata_count() -> None:
    renewed = swap("booklet.yaml", 'edition: "2019"', 'edition: "2020"')
    found, verdict = changes(swap("glossary.yaml", "meaning: ", "meaning: Altså "), renewed)
    assert {change.what for change in found} == {"term", "metadata"}
    found, verdict = changes(renewed)
    assert verdict == "nothing", "a new edition says that it is one"
    found, verdict = changes(swap("references.yaml", "publisher: ", "publisher: Nye "))
    assert {change.what for change in found} == {"source"}
