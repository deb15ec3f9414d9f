"""What all tests share: the ``--update`` option."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a person rewrite the expected files after reading them."""
    parser.addoption("--update", action="store_true", help="rewrite the expected.txt of every case")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Return whether the expected files are to be rewritten."""
    return bool(request.config.getoption("--update"))
