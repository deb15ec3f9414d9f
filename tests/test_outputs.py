"""Which files a command makes, and what they are called."""

from collections.abc import Callable

import pytest
from making import booklet

from booklet.outputs import Output, output_of, outputs_of


def names(*made: Output) -> list[str]:
    """Return the names of files."""
    return [output.file for output in made]


def test_whole_job_is_print_screen_and_a_handout_of_each_theme() -> None:
    assert names(*outputs_of(booklet(), (), ())) == [
        "hefte-2019-print.pdf", "hefte-2019-screen.pdf", "hefte-2019-handout-en.pdf", "hefte-2019-handout-to.pdf",
    ]


def test_profile_asked_for_is_made_alone() -> None:
    assert names(*outputs_of(booklet(), ("screen",), ())) == ["hefte-2019-screen.pdf"]


def test_themes_asked_for_are_made_as_excerpts_of_every_profile() -> None:
    made = outputs_of(booklet(), (), ("to",))
    assert names(*made) == ["hefte-2019-print-to.pdf", "hefte-2019-screen-to.pdf", "hefte-2019-handout-to.pdf"]
    assert all(output.themes == ("to",) for output in made)


def test_excerpt_of_several_themes_is_one_file_in_the_order_of_the_booklet() -> None:
    assert output_of(booklet(), "print", ("to", "en")) == (Output("hefte-2019-print-en-to.pdf", "print", ("en", "to")),)


def test_no_two_files_have_one_name() -> None:
    made = names(*outputs_of(booklet(), (), ()), *outputs_of(booklet(), (), ("en", "to")))
    assert len(made) - len(set(made)) == 2  # the handouts, which are the same


def test_what_is_asked_for_twice_is_made_once() -> None:
    assert names(*outputs_of(booklet(), ("handout", "handout"), ("en", "en"))) == ["hefte-2019-handout-en.pdf"]


@pytest.mark.parametrize("make", [outputs_of, output_of])
def test_unknown_theme_is_named(make: Callable[..., tuple[Output, ...]]) -> None:
    with pytest.raises(LookupError, match="fire"):
        make(booklet(), "print" if make is output_of else ("print",), ("en", "fire"))


def test_part_of_a_theme_and_an_audience_are_told_in_the_name() -> None:
    assert names(*output_of(booklet(), "handout", ("to/berg", "en"), ("participant", "facilitator"))) == [
        "hefte-2019-handout-en-to.berg-participant.pdf", "hefte-2019-handout-en-to.berg-facilitator.pdf"]
