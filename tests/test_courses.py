"""facilitator.yaml and courses/*.yaml → guides and courses; what is wrong with them stands in cases/teaching."""

import pytest
from making import TINY

from booklet.model import Booklet
from booklet.reader import read
from booklet.teaching import Course


@pytest.fixture(scope="module")
def tiny() -> Booklet:
    """Return the tiny booklet."""
    booklet, findings = read(TINY, frozenset({"fjord", "moss"}))
    assert booklet and findings == ()
    return booklet


def course(booklet: Booklet, name: str) -> Course:
    """Return a course by name."""
    return next(one for one in booklet.courses if one.id == name)


def test_theme_need_not_have_a_guide(tiny: Booklet) -> None:
    assert [guide.theme for guide in tiny.guides] == ["heim"]


def test_steps_lead_to_addresses_and_one_text_stands_for_a_list(tiny: Booklet) -> None:
    hour, evening = tiny.guides[0].programmes
    assert [stage.uses for stage in hour.stages] == [
        "", "heim.text", "heim.kaffi", "heim.questions", "takeaways"]
    assert [stage.uses for stage in evening.stages] == ["heim.text.fadder", "notes"]
    assert hour.stages[0].pitfalls == ("Opninga blir lett for lang.",) and hour.stages[1].expect == ("Ein nabo.",)


def test_course_has_the_programme_of_its_first_theme_or_its_own(tiny: Booklet) -> None:
    named, own = course(tiny, "kveld"), course(tiny, "stutt")
    assert named.programme == tiny.guides[0].programmes[0]
    assert own.programme and (own.programme.name, own.programme.stages[0].uses) == ("Vår eigen", "heim.kaffi")


def test_course_keeps_the_order_of_its_parts_and_what_is_not_said_is_empty(tiny: Booklet) -> None:
    named, own = course(tiny, "kveld"), course(tiny, "stutt")
    assert named.what == ("heim/kaffi", "heim/text", "heim/questions", "arbeid") and (named.short, own.short) == (
        False, True)
    assert (own.name, own.date, own.copies, own.layout, own.municipality) == ("stutt", "", None, "1-up", None)


def test_municipality_s_figures_come_from_a_file(tiny: Booklet) -> None:
    own = course(tiny, "kveld").municipality
    assert own and dict(own.figures) == {"population": "12345", "employed": "62,5 prosent"} and own.year == "2020"
