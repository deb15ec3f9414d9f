"""Bookmarks, page labels, destinations: what another program finds in the file."""

from binding import opened, quire_of
from making import AT

from booklet.printed import Copy, Entry, Fragment, Place, Placed, Unit
from booklet.quires import Quire
from booklet.signposts import Signposts


def unit(address: str, level: int, *marks: Entry) -> Placed:
    """Return a unit of a page that stands at a place of its own."""
    one = Unit(address, "text", address.upper(), level, "", ("", ""), {}, marks, (), AT)
    places = {name: Place(0, 10, 100 + number) for number, name in enumerate([address, *(m.address for m in marks)])}
    fragment = Fragment(1, b"", (), places, (), {}, {})
    return Placed(one, fragment, 0, ("1",))


def copy_of(*units: Placed, labels: tuple[str, ...] = ()) -> Copy:
    """Return a copy of units, each on a page of its own."""
    pages = {name: number for number, placed in enumerate(units) for name in placed.fragment.places}
    return Copy(units, pages, labels or tuple(str(number + 1) for number in range(len(units))))


def posted(copy: Copy) -> Quire:
    """Return an open file with bookmarks and labels."""
    quire = quire_of(*[b"q Q"] * len(copy.labels))
    posts = Signposts(quire, copy)
    posts.raise_outline()
    posts.name_pages()
    return quire


def test_bookmarks_stand_below_the_last_of_a_higher_level_and_only_the_highest_are_open() -> None:
    deep = Entry(2, "", "Overskrift", "b#1"), Entry(3, "", "Under", "b#2")
    pdf = opened(posted(copy_of(unit("a", 1), unit("b", 2, *deep), unit("c", 1), unit("d", 0))))
    with pdf.open_outline() as outline:
        first, last = outline.root
        (inner,) = first.children
        (heading,) = inner.children
        assert [one.title for one in (first, inner, heading, *heading.children, last)] == [
            "A", "B", "Overskrift", "Under", "C"]
        assert [one.is_closed for one in (first, inner, heading)] == [False, True, True]
    assert int(pdf.Root.Outlines.Count) == 3


def test_bookmark_leads_to_the_page_and_a_little_above_the_line() -> None:
    pdf = opened(posted(copy_of(unit("a", 1), unit("b", 1))))
    with pdf.open_outline() as outline:
        page, kind, x, y, zoom = outline.root[1].destination
        assert page.objgen == pdf.pages[1].obj.objgen
        assert (str(kind), int(x), int(y), zoom) == ("/XYZ", 10, 106, None)


def test_copy_without_bookmarks_has_an_empty_outline() -> None:
    assert set(opened(posted(copy_of(unit("a", 0)))).Root.Outlines.keys()) == {"/Type"}


def test_labels_that_count_on_are_told_once() -> None:
    copy = copy_of(*[unit(name, 0) for name in "abcde"], labels=("i", "4", "5", "9", "10"))
    pdf = opened(posted(copy))
    nums = pdf.Root.PageLabels.Nums
    said = {int(nums[i]): dict(nums[i + 1].items()) for i in range(0, len(nums), 2)}
    assert sorted(said) == [0, 1, 3]
    assert str(said[0]["/P"]) == "i" and (int(said[1]["/St"]), int(said[3]["/St"])) == (4, 9)
