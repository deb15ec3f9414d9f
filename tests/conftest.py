"""What all tests share: the ``--update`` option, and that no test finds pages which another kept."""

import sys
from collections.abc import Iterator

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
    if engine and engine._engine.cache_info().currsize and engine._engine().stock:
        engine._engine().stock.clear()
        engine._engine().stock = None
