"""Missing fragments, made by several processes: the same fragments, however many work and whatever befalls them."""

import os
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from making import article, block, booklet, plan, press_of, theme
from msgspec import Struct
from msgspec.structs import replace

from booklet import engine
from booklet.counterproofs import Rack
from booklet.crew import FEW, Run, make_missing, runs_of
from booklet.fragments import Fragments
from booklet.pagination import paginate
from booklet.press import Press
from booklet.printed import RECTO, Fragment, Unit
from booklet.steps import Step
from booklet.store import Store

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are started by fork, on Linux alone")
ONE = booklet(theme("en", 1), theme("to", 2), theme("tre", 3))
UNITS = plan(ONE).units


class Log(Struct, frozen=True):
    """Hears of units."""

    steps: list[Step]

    def __call__(self, step: Step) -> None:
        self.steps.append(step)


def a_press(cache: Path | None = None) -> tuple[Press, list[Step]]:
    """Return a press, and what it tells."""
    log = Log([])
    return press_of(ONE, "screen", cache, tell=log), log.steps


def at_hand(press: Press, runs: Sequence[Run]) -> Mapping[str, Fragment]:
    """Return the units that are at hand."""
    return {
        unit.address: fragment for run in runs for unit in run.units
        if (fragment := press.stock.fragments.get(press.key(unit, RECTO)))}


def made_by(jobs: int) -> Mapping[str, Fragment]:
    """Return all units of a booklet, made by some processes; one makes those that others leave."""
    press, _ = a_press()
    make_missing([runs_of(press, UNITS)], jobs)
    return {unit.address: replace(press.lay_out(unit, RECTO), key="") for unit in UNITS}


def test_fragments_are_the_same_however_many_work() -> None:
    alone = made_by(1)
    assert made_by(2) == alone == made_by(5)


def test_runs_are_what_stands_before_the_themes_each_theme_and_what_stands_behind() -> None:
    runs = list(runs_of(a_press()[0], UNITS))
    assert [run.units[0].address for run in runs] == ["cover", "en", "to", "tre", "more"]
    assert [unit for run in runs for unit in run.units] == list(UNITS)


@pytest.mark.parametrize("pages", [1, 2, 5])
def test_sides_are_mended_as_soon_as_they_are_seen_to_be_wrong(pages: int) -> None:
    """However long a text is, nothing but what fills the last sheet is left to make when the copy is put together."""
    long = article("en.text", block(f"<p>{'Langt ord. ' * 280 * pages}</p>"))
    one = booklet(theme("en", 1, long), theme("to", 2), theme("tre", 3))
    steps: list[Step] = []
    press = press_of(one, tell=steps.append)
    make_missing([runs_of(press, plan(one).units)], 2)
    steps.clear()
    copy = paginate(plan(one), press.lay_out, None)
    assert {step.address for step in steps if not step.kept} <= {
        placed.unit.address for placed in copy.placed if placed.unit.kind in ("notes", "back")}


def test_booklet_without_themes_is_one_run() -> None:
    units = tuple(unit for unit in UNITS if unit.kind not in ("opener", "registers"))[:3]
    assert [run.units for run in runs_of(a_press()[0], units)] == [units]


def test_nothing_is_started_for_few() -> None:
    press, steps = a_press()
    run = Run(press, UNITS[:FEW])
    make_missing([[run]], 2)
    assert at_hand(press, [run]) == {} and steps == []


def test_nothing_is_started_for_one_process() -> None:
    press, steps = a_press()
    make_missing([runs_of(press, UNITS)], 1)
    assert steps == [] and at_hand(press, list(runs_of(press, UNITS))) == {}


def test_a_worker_keeps_no_pages_for_another_copy() -> None:
    press = press_of(ONE, "print", twins={"print"})
    run = runs_of(press, plan(ONE, "print").units)[1]
    assert list(run.make(RECTO)) and engine._engine().rack.pages == 0
    press_of(ONE, "print", twins={"print"}).lay_out(run.units[-1], RECTO)
    assert engine._engine().rack.pages == 1
    engine._engine().rack = Rack()


def test_what_is_missing_is_made_told_and_kept(tmp_path: Path) -> None:
    press, steps = a_press(tmp_path)
    runs = list(runs_of(press, UNITS))
    make_missing([runs], 2)
    assert at_hand(press, runs).keys() == {unit.address for unit in UNITS}
    assert sorted((step.profile, step.address, step.kept, step.why) for step in steps) == sorted(
        ("screen", unit.address, False, ("new",)) for unit in UNITS)
    after = replace(press, stock=replace(press.stock, fragments=Fragments(Store(tmp_path), "home")))
    assert at_hand(after, runs).keys() == {unit.address for unit in UNITS}
    steps.clear()
    make_missing([runs_of(after, UNITS)], 2)
    assert steps == []


def broken(press: Press, kind: str) -> Sequence[Run]:
    """Return runs, one of which cannot be laid out beyond its second unit."""
    first, *others = runs_of(press, UNITS)
    units = first.units[0], first.units[1], replace(first.units[2], kind=kind), *first.units[3:]
    return [replace(first, units=units), *others]


def test_worker_that_breaks_loses_only_the_rest_of_its_run(capfd: pytest.CaptureFixture[str]) -> None:
    press, _ = a_press()
    runs = broken(press, "no-such-template")
    make_missing([runs], 2)
    lost = {unit.address for unit in runs[0].units[2:]}
    assert at_hand(press, runs).keys() == {unit.address for unit in UNITS} - lost
    assert capfd.readouterr() == ("", "")


class Deadly(dict[str, object]):
    """Content on which its process is killed, unless that is the one that made it."""

    def __init__(self, content: Mapping[str, object]) -> None:
        super().__init__(content)
        self.home = os.getpid()

    def __iter__(self) -> Iterator[str]:
        if os.getpid() != self.home:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().__iter__()

    def keys(self) -> list[str]:  # type: ignore[override]
        """Return the names, read by the above."""
        return list(iter(self))


def deadly(unit: Unit) -> Unit:
    """Return a unit that kills the worker that lays it out."""
    return replace(unit, content=Deadly(unit.content))


def test_worker_that_is_killed_loses_only_the_rest_of_its_run() -> None:
    press, _ = a_press()
    first, *others = runs_of(press, UNITS)
    runs = [replace(first, units=(first.units[0], deadly(first.units[1]), *first.units[2:])), *others]
    make_missing([runs], 2)
    lost = {unit.address for unit in first.units[1:]}
    assert at_hand(press, runs).keys() == {unit.address for unit in UNITS} - lost
    assert press.lay_out(first.units[1], RECTO).pages >= 1


def test_fragment_with_findings_is_left_to_who_asks_for_it_and_is_told_once() -> None:
    press, _ = a_press()
    first, *others = runs_of(press, UNITS)
    odd = replace(first.units[4], content={**first.units[4].content, "title": "漢"})
    runs = [replace(first, units=(*first.units[:4], odd, *first.units[5:])), *others]
    make_missing([runs], 2)
    assert odd.address not in at_hand(press, runs) and press.stock.found.findings == ()
    press.lay_out(odd, RECTO)
    assert len(press.stock.found.findings) >= 1
