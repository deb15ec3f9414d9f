"""Versions read from the names of folders."""

import sys
from importlib import metadata
from pathlib import Path

import pytest

from booklet.program import _DECIDES
from booklet.versions import version


@pytest.mark.parametrize("name", [*_DECIDES, "cffi", "font_source_serif_pro", "font-source-sans-pro", "PyYAML"])
def test_version_is_what_the_library_of_python_says(name: str) -> None:
    assert version(name) == metadata.version(name)


def test_package_that_is_not_there_is_missed() -> None:
    with pytest.raises(ModuleNotFoundError, match="'no-such-thing' is not installed"):
        version("no-such-thing")


def test_first_folder_on_the_way_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pypHEN-9.9.dist-info").mkdir()
    monkeypatch.setattr(sys, "path", [str(tmp_path / "missing"), str(tmp_path), *sys.path])
    assert version("pyphen") == "9.9"
