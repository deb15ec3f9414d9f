"""Calculator functions: what is no program is told, and what is one leaves as many values as it says."""

import pytest

from booklet.calculator import values_left


@pytest.mark.parametrize(("source", "given", "left"), [
    ("{}", 3, 3), ("{ pop 0 .5 1e-2 }", 1, 3), ("{dup 0.5 gt {pop 1} {0.5 mul} ifelse}", 1, 1),
    ("{ % a comment }\n 2 copy add 3 1 roll exch }", 2, 3), ("{dup 1 gt {pop 1} if 0 0 3 -1 roll}", 1, 3),
    ("{dup 0 gt {pop} if}", 1, None), ("{cvi copy}", 2, None), ("{1 index 16#ff sub neg sqrt true {} if}", 2, 3),
])
def test_values_are_counted_where_they_can_be(source: str, given: int, left: int | None) -> None:
    assert values_left(source.encode(), given) == left


@pytest.mark.parametrize(("source", "told"), [
    ("", "no procedure"), ("{ dup", "no procedure"), ("{ } }", "closes a brace"), ("dup mul", "no procedure"),
    ("{ frob }", "no operator 'frob'"), ("{ add }", "takes more values"), ("{ 1 if }", "without its procedures"),
    ("{ {1} ifelse }", "without its procedures"), ("{ 0 {frob} if }", "no operator 'frob'"),
])
def test_what_is_no_program_is_told(source: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        values_left(source.encode(), 1)
