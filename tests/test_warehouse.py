"""What outlives a build: kits stay at hand from run to run, and leave with the run that did not want them."""

from pathlib import Path

from booklet.store import Store
from booklet.warehouse import Warehouse


def test_kit_stays_at_hand_as_long_as_every_run_wants_it(tmp_path: Path) -> None:
    house = Warehouse(Store(tmp_path), "here")
    kit = house.kit("a.pdf")
    house.close_run()
    assert house.kit("a.pdf") is kit
    house.close_run()
    house.close_run()
    assert house.kit("a.pdf") is not kit


def test_kit_at_hand_knows_the_last_making_though_the_store_was_emptied(tmp_path: Path) -> None:
    house = Warehouse(Store(tmp_path), "here")
    kit = house.kit("a.pdf")
    kit.prove(["p"])
    kit.keep()
    house.close_run()
    house.store.clear()
    assert house.kit("a.pdf").is_proven("p") and not Warehouse(Store(tmp_path), "here").kit("a.pdf").is_proven("p")


def test_what_is_done_aside_takes_no_kit_from_the_others_and_leaves_none(tmp_path: Path) -> None:
    house = Warehouse(Store(tmp_path), "here")
    kit, aside = house.kit("a.pdf"), house.aside()
    other = aside.kit("a.pdf")
    house.close_run()
    assert other is not kit and house.kit("a.pdf") is kit


def test_what_was_put_off_is_done_once_when_the_run_is_closed() -> None:
    house, done = Warehouse(Store(None), "here"), list[int]()
    house.later(lambda: done.append(1))
    assert not done
    house.close_run()
    house.close_run()
    assert done == [1]
