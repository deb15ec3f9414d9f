"""What to do about printed copies: the limits, each on both sides."""

import pytest
from making import AT
from revising import SHIPPED, booklet_of, edited, swap

from booklet.inventory import Inventory, Item, Part
from booklet.model import Limits
from booklet.revision import Change
from booklet.verdict import judge, obstacles

LIMITS = Limits(slip_changes=2, slip_words=3, slip_added=1, reprint_themes=1, reprint_share=50)


def item(text: str, what: str = "paragraph", theme: str = "en", key: str = "", printed: bool = True) -> Item:
    """Return something that says some words."""
    return Item(what, key, text, text, AT, (f"{theme}.text#0",) if printed else (), (theme,) if theme else ())


def change(old: str, new: str, **more: str) -> Change:
    """Return a change of some words; empty is not there."""
    kind = "edited" if old and new else "added" if new else "removed"
    was, now = (item(text, **more) if text else None for text in (old, new))  # type: ignore[arg-type]
    theme = more.get("theme", "en")
    return Change(kind, more.get("what", "paragraph"), theme, f"{theme}.text", was, now)


NEW = Inventory("nb", "2019", tuple(
    Part(f"{theme}.text", "text", theme, theme, AT, tuple(item(str(n), theme=theme) for n in range(5)))
    for theme in ("en", "to")))


def verdict(*changes: Change) -> str:
    """Return what is to be done."""
    return judge(changes, NEW, LIMITS).word


def test_slip_carries_so_many_changes_of_so_many_words() -> None:
    short, long = change("a b c", "a b d"), change("a b c d", "e f g h")
    assert verdict() == "nothing"
    assert verdict(short, short) == "errata"
    assert verdict(short, short, short) == "reprint-theme"
    assert verdict(long) == "reprint-theme"


def test_slip_carries_so_many_added_or_removed_blocks() -> None:
    assert verdict(change("", "a b c")) == verdict(change("a b c", "")) == "errata"
    assert verdict(change("", "a b c"), change("a b c", "")) == "reprint-theme"


def test_more_themes_or_more_of_them_is_a_new_print_run() -> None:
    long = change("a b c d", "e f g h")
    assert verdict(long, change("a b c d", "e f g h", theme="to")) == "reprint"
    assert verdict(*[long] * 5) == "reprint-theme" and verdict(*[long] * 6) == "reprint"


def test_what_stands_outside_the_themes_is_a_new_print_run() -> None:
    assert verdict(change("a b c d", "e f g h", theme="")) == "reprint"


@pytest.mark.parametrize(("one", "told"), [
    (change("a", "b", what="picture"), "a slip cannot show a picture"),
    (Change("moved", "paragraph", "en", "en.text", item("a"), item("a")), "a paragraph was moved"),
    (change("", "a b c", what="example"), "an example was added"),
    (change("a", "", what="table"), "a slip cannot carry a table"),
    (change("a b c d", "e f g h"), "4 words of a paragraph changed, more than 3"),
])
def test_slip_says_why_it_cannot_say_something(one: Change, told: str) -> None:
    assert [reason.startswith(told) for reason in obstacles([one], LIMITS)] == [True]


def test_limits_stand_in_the_booklets_file() -> None:
    told = swap("booklet.yaml", "cover: images", "revision:\n  slip-words: 5\n  slip-added: 0\ncover: images")
    assert booklet_of(edited(told)).limits == Limits(slip_words=5, slip_added=0)
    assert booklet_of(SHIPPED).limits == Limits()


def test_what_no_copy_shows_does_not_count() -> None:
    quiet = [
        Change("edited", "fact", "", "facts", item("a", "fact"), item("b", "fact")),
        Change("edited", "step", "en", "en", item("a", "step"), item("b", "step")),
        Change("moved", "file", "en", "en.text", item("a.md", "file"), item("b.md", "file")),
        Change("edited", "metadata", "", "booklet", item("1", "metadata", key="edition"),
               item("2", "metadata", key="edition"))]
    assert verdict(*quiet) == "nothing"
