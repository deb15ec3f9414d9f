"""Our typefaces as the engine knows them: as their rules would have left them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import weasyprint
from weasyprint.text import fonts
from weasyprint.text.fonts import FontConfiguration

from booklet import casting
from booklet.casting import cast, describe
from booklet.supply import Supply
from booklet.typefaces import FACES, face_path, font_face_rules


class _Listening:
    """Fontconfig, with what it is told."""

    def __init__(self, library: Any) -> None:
        self.library, self.told = library, list[str]()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.library, name)

    def FcConfigParseAndLoadFromMemory(self, config: Any, xml: bytes, complain: bool) -> Any:
        """Note what is said of faces."""
        self.told += re.findall("<match.*?</match>", xml.decode(), re.DOTALL)
        return self.library.FcConfigParseAndLoadFromMemory(config, xml, complain)


def known(told: list[str]) -> list[str]:
    """Return what the font library was told, whatever the files are called."""
    plain = [ElementTree.canonicalize(one, strip_text=True) for one in told]
    return sorted(re.sub(r"(?<=<string>)/[^<]*", "FILE", one) for one in plain)


@pytest.fixture
def listening(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Listening]:
    """Listen to what the font library is told."""
    ear = _Listening(fonts.fontconfig)
    monkeypatch.setattr(fonts, "fontconfig", ear)
    monkeypatch.setattr(casting, "fontconfig", ear)
    yield ear


def test_faces_are_described_as_their_rules_would_be(listening: _Listening) -> None:
    weasyprint.CSS(string=font_face_rules(), font_config=FontConfiguration(), url_fetcher=Supply())
    theirs = known(listening.told)
    listening.told.clear()
    cast(FontConfiguration(), FACES)
    assert known(listening.told) == theirs and len(theirs) == 2 * len(FACES)


def test_faces_are_not_copied_and_go_with_the_configuration() -> None:
    configuration = FontConfiguration()
    cast(configuration, FACES)
    folder = configuration._folder
    assert {path.name: path.readlink() for path in folder.iterdir()} == {
        name: face_path(face) for name, face in FACES.items()}
    configuration.__del__()
    assert not folder.exists() and all(face_path(face).is_file() for face in FACES.values())


def test_face_that_cannot_be_loaded_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "a.ttf").write_bytes(b"no font")
    monkeypatch.setattr(casting, "face_path", lambda face: tmp_path / "a.ttf")
    with pytest.raises(OSError, match="the typeface 'BookletSerif' cannot be loaded"):
        cast(FontConfiguration(), FACES)


def test_description_names_family_slant_and_weight() -> None:
    told = describe(FACES["BookletSerif-Bold-Italic"], Path("/a/b.ttf"))
    assert "BookletSerif</string>" in told and "italic" in told and "<int>200</int>" in told and "/a/b.ttf" in told
