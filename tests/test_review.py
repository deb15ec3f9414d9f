"""Which facts somebody should have looked at again, and how old they are."""


import pytest
from making import AT, article, block, booklet, mark, reference, theme
from msgspec.structs import replace

from booklet.model import Booklet, Fact
from booklet.review import age_of, is_due, overdue

FACT = Fact("a", "65,0", "prosent", "Andel", "2017-12-31", "2020-06-30", "kilde", (), AT)


def told(*facts: Fact, **more: str) -> Booklet:
    """Return a booklet whose text prints the facts «a» and «b»."""
    text = article("en.text", block(f"<p>{mark(0, 'x')}{mark(1, 'y')}</p>"),
                   references=(reference("fact", "a"), reference("fact", "b")))
    return booklet(theme("en", 1, text), facts=facts, **more)


@pytest.mark.parametrize(("on", "due"), [("2020-06-29", False), ("2020-06-30", False), ("2020-07-01", True)])
def test_fact_is_due_on_the_day_after_its_review(on: str, due: bool) -> None:
    assert is_due(FACT, on) is due


@pytest.mark.parametrize(
    ("on", "months"), [("2017-12-31", 0), ("2018-01-30", 0), ("2018-01-31", 1), ("2019-06-01", 17), ("2016-01-01", 0)])
def test_age_is_told_in_whole_months(on: str, months: int) -> None:
    assert age_of(FACT, on) == months


def test_build_tells_of_all_due_facts_at_once_and_names_the_oldest() -> None:
    one = told(FACT, replace(FACT, id="b", review_by="2019-01-01"))
    (finding,) = overdue(one, "2021-01-01")
    assert (finding.code, str(finding.severity)) == ("fact-review", "warning")
    assert finding.message.startswith("2 facts are past review on 2021-01-01; the oldest, 'b'")
    assert "--on 2021-01-01" in finding.hint


def test_build_asks_of_the_editions_day_unless_another_is_said() -> None:
    assert list(overdue(told(FACT, published="2020-06-30"))) == []
    (finding,) = overdue(told(FACT, published="2020-07-01"))
    assert "1 fact is past review on 2020-07-01" in finding.message


def test_fact_that_no_page_prints_ages_in_peace() -> None:
    assert list(overdue(told(replace(FACT, id="c")), "2030-01-01")) == []
