"""Same input, same bytes: whoever builds, wherever, however, and whatever was built before."""

from pathlib import Path

from making import STYLES, lay_tiny
from surroundings import differences


def test_build_makes_the_same_bytes_in_any_surroundings(tmp_path: Path) -> None:
    assert differences(tmp_path, lay_tiny(tmp_path / "source"), STYLES) == []
