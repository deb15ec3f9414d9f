"""Units in order → every unit on its page, with a press that needs no engine: it tells how many pages a unit has."""

from collections.abc import Callable

import pytest
from making import article, block, booklet, fragment, mark, plan, reference, theme
from msgspec.structs import replace

from booklet.model import Booklet
from booklet.pagination import NeverSettles, labels_of, marks_of, paginate
from booklet.printed import Copy, Fragment, Place, Unit
from booklet.selection import select


class Press:
    """Lays out nothing: each unit has the pages it is told to have, and one otherwise."""

    def __init__(self, **pages: int) -> None:
        """Remember the pages of some units, dots written as underlines."""
        self.pages = {name.replace("_", "."): count for name, count in pages.items()}
        self.calls: list[tuple[str, str]] = []

    def __call__(self, unit: Unit, side: str) -> Fragment:
        """Return a unit's pages; notes what was asked for."""
        self.calls.append((unit.address, side))
        return fragment(unit, self.pages.get(unit.address, 1))


def copy_of(one: Booklet, profile: str = "print", whole: Copy | None = None, **pages: int) -> Copy:
    """Return a copy of a booklet, some units of which have more pages than one."""
    return paginate(plan(one, profile), Press(**pages), whole)


def order(copy: Copy) -> list[str]:
    """Return the unit that each page belongs to."""
    return [placed.unit.address for placed in copy.placed for _ in range(placed.fragment.pages)]


def test_units_follow_each_other_and_each_knows_its_side() -> None:
    press = Press(contents=2, en=2)
    copy = paginate(plan(booklet()), press, None)
    assert [placed.first for placed in copy.placed][:6] == [0, 1, 2, 3, 5, 6]
    assert press.calls[:6] == [
        ("cover", "recto"), ("colophon", "verso"), ("title", "recto"), ("contents", "verso"), ("foreword", "verso"),
        ("notes-1", "recto")]


@pytest.mark.parametrize("pages", [1, 2, 3])
@pytest.mark.parametrize("profile", ["print", "screen"])
def test_spread_begins_on_a_verso_with_a_page_for_notes_before_it_where_need_be(profile: str, pages: int) -> None:
    copy = copy_of(booklet(), profile, foreword=pages, en=2, to=2)
    assert [copy.pages[name] % 2 for name in ("en", "to")] == [1, 1]
    names = order(copy)
    assert [names[copy.pages[name] - 1].startswith("notes") for name in ("en", "to")] == [pages == 2, True]


def test_page_for_notes_that_is_longer_than_a_page_is_an_error_of_the_program() -> None:
    with pytest.raises(NeverSettles, match="more than one page"):
        copy_of(booklet(), **{"foreword": 2, "notes-1": 2})


@pytest.mark.parametrize("more", range(8))
def test_print_is_filled_to_a_multiple_of_four_before_the_back_cover(more: int) -> None:
    copy = copy_of(booklet(), en_text=1 + more)
    pages = order(copy)
    filled = [name for name in pages[copy.pages["more"]:] if name.startswith("notes")]
    assert len(pages) == len(copy.labels) and len(pages) % 4 == 0
    assert len(filled) < 4 and pages[-1] == "back" and pages[-1 - len(filled):-1] == filled


def test_screen_is_not_filled() -> None:
    pages = order(copy_of(booklet(), "screen"))
    assert not [name for name in pages[pages.index("more"):] if name.startswith("notes")]


def test_every_page_is_called_by_its_number() -> None:
    assert copy_of(booklet(), en_text=3).labels == tuple(map(str, range(1, 21)))


def test_page_map_says_where_every_address_stands() -> None:
    def press(unit: Unit, side: str) -> Fragment:
        return fragment(unit, 3, {"en.text.bo": 2} if unit.address == "en.text" else None)

    copy = paginate(plan(booklet()), press, None)
    assert copy.pages["en.text.bo"] == copy.pages["en.text"] + 2 == copy.pages["en.berg"] - 1
    assert labels_of(copy)["en.text.bo"] == str(copy.pages["en.text.bo"] + 1)


def test_number_of_one_digit_is_given_room_for_one() -> None:
    text = article("to.text", block(f"<p>{mark(0, 'a')}</p>"), references=(reference("link", "en"),))
    copy = copy_of(booklet(theme("en", 1), theme("to", 2, text)))
    (hole,) = [hole for placed in copy.placed if placed.unit.address == "to.text" for hole in placed.fragment.holes]
    assert (copy.label("en"), hole.digits) == ("6", 1)


def test_number_that_grows_to_three_digits_is_given_room_for_three() -> None:
    press = Press(en_text=120)
    copy = paginate(plan(booklet()), press, None)
    holes = {hole.target: hole.digits for placed in copy.placed for hole in placed.fragment.holes}
    assert {name: digits for name, digits in holes.items() if name in ("foreword", "en", "to", "more")} == {
        "foreword": 2, "en": 2, "to": 3, "more": 3}
    assert int(copy.label("to")) > 100


def test_every_number_fits_its_place() -> None:
    for pages in (1, 3, 5, 90, 95, 990):
        copy = copy_of(booklet(), en_text=pages)
        for placed in copy.placed:
            assert [hole for hole in placed.fragment.holes if len(copy.label(hole.target)) > hole.digits] == []


def test_place_that_was_corrected_never_shrinks_again() -> None:
    """A unit that is longer with three digits than with two would otherwise swing for ever."""
    text = article("en.text", block(f"<p>{mark(0, 'a')}</p>"), references=(reference("link", "to"),))

    def press(unit: Unit, side: str) -> Fragment:
        wide = unit.address == "en.text" and any(hole.digits == 3 for hole in fragment(unit).holes)
        return fragment(unit, 92 if wide else 93 if unit.address == "en.text" else 1)

    one = booklet(theme("en", 1, text), theme("to", 2))
    copy = paginate(plan(one), press, None)
    (hole,) = [hole for placed in copy.placed if placed.unit.address == "en.text" for hole in placed.fragment.holes]
    assert hole.digits == 3 and len(copy.label("to")) <= 3


def test_numbers_that_never_settle_end_the_build() -> None:
    def growing() -> Callable[[Unit, str], Fragment]:
        pages = 1

        def press(unit: Unit, side: str) -> Fragment:
            nonlocal pages
            pages *= 10 if unit.address == "en.text" else 1
            return fragment(unit, pages if unit.address == "en.text" else 1)

        return press

    with pytest.raises(NeverSettles):
        paginate(plan(booklet(), "screen"), growing(), None)


def test_excerpt_for_print_keeps_printed_numbers_and_sides() -> None:
    whole = copy_of(booklet(), en_text=2)
    press = Press(en_text=2)
    one = select(booklet(), ("to",))
    copy = paginate(plan(one), press, whole)
    printed = {placed.unit.address: placed for placed in copy.placed if placed.unit.in_booklet}
    assert list(printed) == ["to", "to.text", "to.berg", "to.questions"]
    for name, placed in printed.items():
        assert placed.labels == (whole.label(name),)
        assert placed.first % 2 == whole.pages[name] % 2
    assert ("to", "verso" if whole.pages["to"] % 2 else "recto") in press.calls


@pytest.mark.parametrize("shift", [1, 2])
def test_excerpt_is_filled_with_pages_for_notes_where_its_sides_ask_for_them(shift: int) -> None:
    whole = copy_of(booklet(), foreword=shift)
    pages = order(copy_of(select(booklet(), ("en",)), whole=whole))
    assert ("notes-1" in pages[:2]) == (whole.pages["en"] % 2 == 0)
    assert len(pages) % 4 == 0 and len(set(pages)) == len(pages)


def test_pages_that_the_whole_booklet_does_not_have_are_called_by_roman_numbers() -> None:
    copy = copy_of(select(booklet(), ("en",)), whole=copy_of(booklet()))
    strange = [label for placed in copy.placed if not placed.unit.in_booklet for label in placed.labels]
    assert strange[0] == "i" and not any(label.isdigit() for label in strange)
    assert len(set(copy.labels)) == len(copy.labels)


def test_handout_counts_from_one_and_quotes_the_whole_booklet() -> None:
    text = article("en.text", block(f"<p>{mark(0, 'a')}</p>"), references=(reference("link", "to"),))
    one = booklet(theme("en", 1, text), theme("to", 2))
    whole = copy_of(one, en_text=120)
    copy = copy_of(select(one, ("en",)), "handout", whole)
    (hole,) = [hole for placed in copy.placed if placed.unit.address == "en" for hole in placed.fragment.holes]
    assert copy.labels == tuple(str(number + 1) for number in range(len(copy.labels)))
    assert (hole.kind, hole.digits) == ("whole", len(whole.label("to"))) == ("whole", 3)


def test_mark_stands_at_the_first_block_that_begins_on_a_further_page() -> None:
    one = booklet(theme("en", 1, article("en.text", *(block(f"<p>{n}</p>") for n in range(5)))))
    places = ((0, 0), (1, 0), (1, 1), (2, 1), (3, 1), (4, 3))  # block 1 runs on to a second page

    def lay_out(unit: Unit, side: str) -> Fragment:
        made = fragment(unit, 4 if unit.address == "en.text" else 1)
        blocks = tuple((number, Place(page, 0, 0)) for number, page in places)
        return replace(made, blocks=blocks if unit.address == "en.text" else ())

    copy = paginate(plan(one), lay_out, None)
    first = int(copy.label("en.text"))
    marks = {name: words for name, words in marks_of(copy, "s. {page}").items() if name.startswith("en.text")}
    assert marks == {"en.text#": f"s. {first}", "en.text#2": f"s. {first + 1}", "en.text#4": f"s. {first + 3}"}
