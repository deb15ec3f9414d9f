"""Fragments kept between builds: what comes out is what went in, and any damage is a miss."""

import ast
import json
import os
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from making import AT

from booklet.findings import Finding, Severity
from booklet.printed import Fragment, Hole, Place
from booklet.store import _MAGIC, GENERATIONS, Store

KEY, OTHER = "ab" + "0" * 62, "ab" + "1" * 62
HOLE = Hole(page=1, offset=17, digits=2, kind="page", target="en.å", left=True, gap=True, face="BookletHoleSans",
            box=(1.5, 2, 3, 4))
FRAGMENT = Fragment(
    2, b"%PDF-1.7\n\n\0binary\n", (HOLE,), {"en.å": Place(1, 2.5, 3)}, ((0, Place(0, 1, 2)), (0, Place(1, 1, 2))),
    {"BookletSans": {7: "å", 300: "fi"}}, {"f0": "BookletSans"})


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return a store that keeps one fragment."""
    one = Store(tmp_path / "cache")
    one.put(KEY, FRAGMENT)
    return one


def entry(store: Store, key: str = KEY) -> Path:
    """Return the file that a key is kept in."""
    assert store.folder
    return store.folder / key[:2] / key


def seal(key: str, body: bytes) -> bytes:
    """Return a body as an entry whose hash is right."""
    return _MAGIC + sha256(key.encode() + body).digest() + body


def test_fragment_comes_out_as_it_went_in(store: Store) -> None:
    assert store.get(KEY) == FRAGMENT


def test_another_process_finds_it(store: Store, tmp_path: Path) -> None:
    assert Store(tmp_path / "cache").get(KEY) == FRAGMENT


def test_another_generation_does_not(store: Store, tmp_path: Path) -> None:
    assert Store(tmp_path / "cache", "1").get(KEY) is None


def test_generation_that_keeps_nothing_yet_is_new(store: Store, tmp_path: Path) -> None:
    assert not store.is_new and Store(tmp_path / "cache", "1").is_new and not Store(None).is_new


def test_generations_that_were_not_used_for_longest_are_forgotten(store: Store, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    for number in range(1, GENERATIONS + 2):
        one = Store(cache, str(number))
        one.put(KEY, FRAGMENT)
        assert one.folder
        os.utime(one.folder, (number, number))
    store.prune()
    kept = {path.name for path in (cache / "fragments").iterdir()}
    assert kept == {"0", *map(str, range(3, GENERATIONS + 2))}
    assert store.get(KEY) == FRAGMENT


def test_nothing_but_the_entry_lies_there(store: Store) -> None:
    assert store.folder and [path for path in store.folder.rglob("*") if path.is_file()] == [entry(store)]


def test_key_that_was_never_put_is_a_miss(store: Store) -> None:
    assert store.get(OTHER) is None


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def beheaded(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:len(_MAGIC) + 10])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def foreign(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7 something else entirely\n" * 100)


def newer(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"fragment 1", b"fragment 2", 1))


def longer(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


def moved(path: Path) -> None:
    """Let a sound entry of another key stand under this one."""
    other = Store(path.parents[3])
    other.put(OTHER, replace(FRAGMENT, pages=9))
    os.replace(path.parent / OTHER, path)


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def gone(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("damage", [cut, beheaded, emptied, foreign, newer, longer, moved, folder, gone])
def test_damaged_entry_is_a_miss(damage: Callable[[Path], None], store: Store) -> None:
    damage(entry(store))
    assert store.get(KEY) is None


def test_any_flipped_bit_is_a_miss(store: Store) -> None:
    path = entry(store)
    whole = path.read_bytes()
    for place in range(0, len(whole), 7):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1:])
        assert store.get(KEY) is None, place


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_entry_that_may_not_be_read_is_a_miss(store: Store) -> None:
    entry(store).chmod(0)
    assert store.get(KEY) is None


FACTS = {"pages": 1, "holes": [], "places": {}, "blocks": [], "glyphs": {}, "fonts": {}}


@pytest.mark.parametrize(
    "facts",
    [
        [], None, 7, "x", {}, FACTS | {"holes": 3}, FACTS | {"holes": [{}]}, FACTS | {"holes": [[]]},
        FACTS | {"places": []}, FACTS | {"places": {"a": 1}}, FACTS | {"places": {"a": {"page": 1}}},
        FACTS | {"blocks": [1]}, FACTS | {"blocks": [[1, {"x": 1}]]}, FACTS | {"glyphs": {"a": {"b": "c"}}},
        FACTS | {"glyphs": []}, FACTS | {"glyphs": {"a": []}}, FACTS | {"pages": "many"},
    ],
    ids=str,
)
def test_sealed_entry_with_wrong_types_is_a_miss(facts: object, store: Store) -> None:
    entry(store).write_bytes(seal(KEY, json.dumps(facts).encode() + b"\n%PDF"))
    assert store.get(KEY) is None


@pytest.mark.parametrize("body", [b"", b"\n", b"no json\n%PDF", b"\xff\n%PDF", b"{}", b"[" * 100_000 + b"\n"])
def test_sealed_entry_that_is_no_json_is_a_miss(body: bytes, store: Store) -> None:
    entry(store).write_bytes(seal(KEY, body))
    assert store.get(KEY) is None


def test_sealed_entry_with_right_types_is_taken(store: Store) -> None:
    """So that the misses above are misses for the right reason."""
    entry(store).write_bytes(seal(KEY, json.dumps(FACTS).encode() + b"\n%PDF"))
    assert store.get(KEY) == Fragment(1, b"%PDF", (), {}, (), {}, {})


def test_damaged_entry_is_mended_by_the_next_build(store: Store) -> None:
    cut(entry(store))
    store.put(KEY, FRAGMENT)
    assert store.get(KEY) == FRAGMENT


def test_fragment_with_findings_is_not_kept_so_that_they_are_told_again(store: Store) -> None:
    said = Finding("glyph-missing", Severity.WARNING, "x", AT)
    store.put(OTHER, replace(FRAGMENT, findings=(said,)))
    assert store.get(OTHER) is None


def test_store_without_a_folder_keeps_nothing() -> None:
    store = Store(None)
    store.put(KEY, FRAGMENT)
    assert store.get(KEY) is None


def test_store_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    store = Store(tmp_path / "cache")
    store.put(KEY, FRAGMENT)
    assert store.get(KEY) is None and (tmp_path / "cache").read_text() == "a file"


def test_entry_that_cannot_be_renamed_leaves_nothing_behind(store: Store) -> None:
    path = entry(store)
    folder(path)
    store.put(KEY, FRAGMENT)
    assert os.listdir(path.parent) == [KEY]


def test_entries_are_data_not_code(store: Store) -> None:
    room = Path(__file__).parents[1] / "booklet" / "store.py"
    names = {node.id for node in ast.walk(ast.parse(room.read_text())) if isinstance(node, ast.Name)}
    assert names.isdisjoint({"pickle", "marshal", "shelve", "eval", "exec", "compile", "__import__"})
    assert not entry(store).stat().st_mode & 0o111
