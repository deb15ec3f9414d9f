"""What an author may edit next, laid out while he thinks: so that the process knows its words when he saves.

In come a booklet and the outputs of a watched order; one unit after the other is laid out and let go. Keeps nothing but
what the engine keeps of words that it has shaped: a build makes the same pages with and without.
"""

from collections.abc import Iterator

from booklet.model import Booklet
from booklet.outputs import Output
from booklet.planning import Planner
from booklet.steps import Step
from booklet.styles import Styles
from booklet.teaching import FACILITATOR
from booklet.warehouse import Place

_OFTEN = frozenset({"text", "example", "article", "handout"})
"""Kinds of units that hold an author's running words."""


def rehearse(booklet: Booklet, styles: Styles, outputs: tuple[Output, ...], place: Place) -> Iterator[str]:
    """Lay out what holds running words, and yield its address each time, so that whoever has to go on can."""
    planner = Planner(booklet, styles, place, _say_nothing)
    for output in outputs:
        if output.occasion.audience != FACILITATOR:  # that one quotes others, which would have to be counted first
            for unit in planner.plan(output).units:
                if unit.kind in _OFTEN:
                    planner.presses[output.profile].rehearse(unit)
                    yield unit.address


def _say_nothing(step: Step) -> None:
    """Say nothing: nobody waits for this."""
