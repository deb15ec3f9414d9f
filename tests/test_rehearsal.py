"""What may be edited next is laid out beforehand; pages are the same with and without."""

from pathlib import Path

from making import STYLES, lay_tiny, say_nothing

from booklet.commission import Commission, Order
from booklet.ledger import Asked


def commission(home: Path, profile: str = "screen") -> Commission:
    """Return a watched order for the tiny booklet, which lies in ``home``."""
    asked = Asked(home / "content", STYLES, home / "dist", ("outputs_of", profile))
    return Commission(Order(
        asked, home / "cache", "outputs_of", ((profile,), ()), strict=False, printer="sheetfed", jobs=1))


def files(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder and below it."""
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_rehearsal_keeps_nothing_and_changes_nothing(tmp_path: Path) -> None:
    lay_tiny(tmp_path)
    watched, rested = commission(tmp_path), []
    assert watched.carry_out(say_nothing).rows
    before = files(tmp_path / "dist"), files(tmp_path / "cache").keys()

    def rest() -> bool:
        rested.append(1)
        return True

    watched.warm_up(rest)
    assert len(rested) > 4, "each text and example is laid out, and the folders looked at after each"
    assert (files(tmp_path / "dist"), files(tmp_path / "cache").keys()) == before


def test_who_has_rehearsed_once_need_not_do_it_again(tmp_path: Path) -> None:
    lay_tiny(tmp_path)
    watched, rested = commission(tmp_path), []
    watched.carry_out(say_nothing)
    watched.warm_up(lambda: bool(rested.append(1)) or True)
    count = len(rested)
    watched.warm_up(lambda: bool(rested.append(1)) or True)
    assert len(rested) == count > 0


def test_rehearsal_ends_when_somebody_saves_and_goes_on_when_the_folders_rest(tmp_path: Path) -> None:
    lay_tiny(tmp_path)
    watched, rested = commission(tmp_path), []
    watched.carry_out(say_nothing)
    watched.warm_up(lambda: bool(rested.append(1)))
    assert len(rested) == 1
    watched.warm_up(lambda: bool(rested.append(1)) or True)
    assert len(rested) > 2


def test_booklet_with_errors_is_not_rehearsed(tmp_path: Path) -> None:
    content, rested = lay_tiny(tmp_path), []
    (content / "booklet.yaml").write_text("title: [a\n", encoding="utf-8")
    watched = commission(tmp_path)
    assert not watched.carry_out(say_nothing).rows
    watched.warm_up(lambda: bool(rested.append(1)) or True)
    assert rested == []
