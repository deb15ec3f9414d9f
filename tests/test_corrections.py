"""What a slip of errata says: page, paragraph and line of the paper, without an engine."""

import pytest
from making import AT, CONTENT, MEMORY, booklet

from booklet.comparison import Comparison, Told
from booklet.corrections import Errata, correct
from booklet.inventory import Inventory, Item, Part, digest_of
from booklet.revision import compare
from booklet.runs import Run, Stamp, joined
from booklet.standings import Standing
from booklet.states import Desk, State
from booklet.verdict import Verdict
from booklet.words import read_revision_words

WORDS = read_revision_words("nb", MEMORY)
DESK = Desk(CONTENT, CONTENT, None, None, lambda step: None)
FIRST = (
    "Kommunen har mange møtesteder, og innbyg¬", "gerne bruker dem hver uke. Biblioteket", "er åpent til klokka åtte.")
SECOND = ("Frivillige lager mat på torsdager, og", "alle kan komme.")
THIRD = ("En kort slutt på siden her.",)
PRINTED = (FIRST, SECOND, THIRD)


def item(text: str, number: int, what: str = "paragraph") -> Item:
    """Return something that stands somewhere."""
    return Item(what, "", text, digest_of(what, text), AT, (f"en.text/{number}",), ("en",))


def inventory(*texts: str) -> Inventory:
    """Return the inventory of a booklet of one text."""
    items = tuple(item(text, number) for number, text in enumerate(texts))
    return Inventory("nb", "2019", (Part("en.text", "text", "en", "Tekst", AT, items),))


OLD = inventory(*map(joined, PRINTED))
RUN = Run(
    Stamp("2019", "1", "10", "2019-01-01", "nb", *"csgfs", "8", "print", "sheetfed", "p", "f"), (), (), OLD,
    {"en.text/0": (Standing("22", 51, 180, 2), Standing("23", 51, 20, 1)), "en.text/1": (Standing("23", 51, 25, 2),),
     "en.text/2": (Standing("23", 51, 34, 1),)},
    {f"en.text/{number}": lines for number, lines in enumerate(PRINTED)})


def slip(*texts: str) -> Errata:
    """Return what is said when the text says something else."""
    new = inventory(*texts)
    revision = compare(OLD, new)
    told = tuple(Told(one, (), ()) for one in revision.changes)
    states = State("run:2019-1", OLD, "", DESK, run=RUN), State("content", new, "", DESK, booklet=booklet())
    return correct(Comparison(*states, told, (), False, Verdict("errata", ()), revision.same), WORDS)


TEXTS = [joined(lines) for lines in PRINTED]


def said(*texts: str) -> list[str]:
    """Return the lines of the slip."""
    errata = slip(*texts)
    assert errata.obstacles == ()
    return [f"{one.page}: {one.where}: {one.what}".replace("\u00a0", " ") for one in errata.corrections]


@pytest.mark.parametrize(("old", "new", "told"), [
    ("mange møte", "noen møte", "22: første avsnitt, linje 1: «Kommunen har mange møtesteder, og» skal være "
     "«Kommunen har noen møtesteder, og»"),
    ("innbyggerne", "folk", "22: første avsnitt, linje 1: «møtesteder, og innbyggerne bruker dem» skal være "
     "«møtesteder, og folk bruker dem»"),
    ("Biblioteket", "Kafeen", "22: første avsnitt, linje 2: «hver uke. Biblioteket er åpent» skal være "
     "«hver uke. Kafeen er åpent»"),
    ("åtte", "ni", "23: første avsnitt, linje 1: «til klokka åtte.» skal være «til klokka ni.»"),
])
def test_line_is_counted_on_its_page_and_broken_words_stand_where_they_begin(old: str, new: str, told: str) -> None:
    assert said(TEXTS[0].replace(old, new), *TEXTS[1:]) == [told]


def test_paragraphs_are_counted_as_they_stand_on_the_page() -> None:
    assert said(TEXTS[0], TEXTS[1].replace("alle", "noen"), TEXTS[2]) == [
        "23: andre avsnitt, linje 2: «torsdager, og alle kan komme.» skal være «torsdager, og noen kan komme.»"]
    assert said(*TEXTS[:2], TEXTS[2].replace("kort", "lang"))[0].startswith("23: tredje avsnitt, linje 1: ")


def test_removed_and_added_paragraphs_are_told_by_their_neighbours() -> None:
    assert said(TEXTS[0], TEXTS[2]) == ["23: andre avsnitt: «Frivillige lager mat på torsdager, og …» går ut"]
    assert said(*TEXTS[:2], "Et nytt avsnitt.", TEXTS[2]) == ["23: : etter andre avsnitt kommer «Et nytt avsnitt.»"]


def test_slip_does_not_pretend() -> None:
    assert slip(TEXTS[1], TEXTS[0], TEXTS[2]).obstacles[0].startswith("a paragraph was moved")
    assert slip("Noe helt nytt.", *TEXTS).obstacles == (
        "nothing printed stands before what was added: 'Noe helt nytt.'",)


def test_nothing_to_correct_is_no_slip() -> None:
    assert slip(*TEXTS) == Errata((), ())
