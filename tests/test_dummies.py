"""What hardly anybody uses is loaded when somebody does."""

import sys
from importlib import import_module

import pytest

from booklet.dummies import Late, in_haste, later, real, standing_in


@pytest.fixture(autouse=True)
def _unloaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BOOKLET_HASTE", raising=False)
    monkeypatch.delitem(sys.modules, "this", raising=False)
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)


def test_a_dummy_knows_what_it_was_told_and_asks_the_module_for_the_rest() -> None:
    with standing_in({"colorsys": {"rgb_to_hls": "told"}}):
        held = import_module("colorsys")
        assert held.rgb_to_hls == "told" and sys.modules["colorsys"] is held
        from colorsys import rgb_to_hls
        assert rgb_to_hls == "told", "taking a name that is known loads nothing"
    assert "colorsys" not in sys.modules, "who imports it later gets the real one"
    assert held.hls_to_rgb is import_module("colorsys").hls_to_rgb and import_module("colorsys").__spec__ is not None


def test_a_module_that_is_loaded_is_left_alone() -> None:
    before = import_module("json")
    with standing_in({"json": {}}):
        assert import_module("json") is before
    assert sys.modules["json"] is before


def test_a_module_may_seem_to_be_missing() -> None:
    with standing_in({}, "colorsys"), pytest.raises(ImportError):
        import_module("colorsys")
    assert import_module("colorsys").hls_to_rgb


def test_without_haste_nothing_stands_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOKLET_HASTE", "0")
    with standing_in({"colorsys": {"rgb_to_hls": "told"}}):
        assert import_module("colorsys").rgb_to_hls != "told"
    assert not in_haste()


def test_stand_ins_are_for_the_versions_that_they_are_made_for() -> None:
    assert in_haste() and not in_haste({"click": "0"})


def test_functions_and_classes_are_loaded_when_they_are_used() -> None:
    call, late = later("colorsys", "rgb_to_hls"), Late("email.message", "EmailMessage")
    assert "colorsys" not in sys.modules
    assert call(0, 0, 0) == (0, 0, 0) and real("colorsys") is sys.modules["colorsys"]
    made = late()
    assert isinstance(made, late) and not isinstance("", late)  # type: ignore[arg-type]
    assert late.get_content_type is type(made).get_content_type
