"""What all tests share: the ``--update`` option, whether pages were taken, and that none finds what another kept."""

import sys
from collections.abc import Iterator
from importlib import import_module

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a person rewrite the expected files after reading them."""
    parser.addoption("--update", action="store_true", help="rewrite the expected.txt of every case")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Return whether the expected files are to be rewritten."""
    return bool(request.config.getoption("--update"))


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """Let no pages be kept after a test."""
    yield
    engine = sys.modules.get("booklet.engine")
    if engine and engine._engine.cache_info().currsize:
        one = engine._engine()
        one.rack = type(one.rack)()
        if one.stock:
            one.stock.clear()
            one.stock = None


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Return a list of whether pages were taken, for each layout for which some were kept."""
    counterproofs = import_module("booklet.counterproofs")
    told: list[bool] = []

    def take(*given: object) -> object:
        made = really(*given)
        told.append(made is not None)
        return made

    really = counterproofs._take
    monkeypatch.setattr(counterproofs, "_take", take)
    return told
