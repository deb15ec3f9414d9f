"""What builds keep for later ones: what comes out is what went in, any damage is a miss, one lock guards it all."""

import ast
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from making import ROOT

from booklet.store import _MAGIC, FEW, KINDS, MOST_AGE, Store

KEY, OTHER = "ab" + "0" * 62, "ab" + "1" * 62
BODY = b"%PDF-1.7\n\n\0binary\n" * 20
DAY = 86_400


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return a store that keeps one entry."""
    one = Store(tmp_path / "cache")
    one.put("fragments", KEY, BODY)
    return one


def entry(store: Store, key: str = KEY, kind: str = "fragments") -> Path:
    """Return the file that a key is kept in."""
    assert store.cache
    return store.cache / kind / key


def all_files(folder: Path) -> list[str]:
    """Return every file below a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_bytes_come_out_as_they_went_in(store: Store) -> None:
    store.put("read", KEY, b"")
    assert (store.get("fragments", KEY), store.get("read", KEY)) == (BODY, b"")


def test_another_process_finds_them(store: Store, tmp_path: Path) -> None:
    assert Store(tmp_path / "cache").get("fragments", KEY) == BODY


def test_later_bytes_take_the_place_of_earlier_ones(store: Store) -> None:
    store.put("fragments", KEY, b"new")
    assert store.get("fragments", KEY) == b"new"


def test_kinds_do_not_mix(store: Store) -> None:
    assert [store.get(kind, KEY) for kind in KINDS if kind != "fragments"] == [None] * (len(KINDS) - 1)


def test_nothing_but_the_entry_lies_there(store: Store, tmp_path: Path) -> None:
    assert all_files(tmp_path / "cache") == [f"fragments/{KEY}"]


def test_store_knows_whether_anything_was_put(store: Store, tmp_path: Path) -> None:
    other = Store(tmp_path / "cache")
    other.get("fragments", KEY)
    assert store.changed and not other.changed


def test_key_that_was_never_put_is_a_miss(store: Store) -> None:
    assert store.get("fragments", OTHER) is None


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def beheaded(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:len(_MAGIC) + 10])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def foreign(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7 something else entirely\n" * 100)


def newer(path: Path) -> None:
    path.write_bytes(b"booklet cache 9\n" + path.read_bytes()[len(_MAGIC):])


def longer(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


def moved(path: Path) -> None:
    """Let a sound entry of another key stand under this one."""
    Store(path.parents[1]).put("fragments", OTHER, BODY)
    os.replace(path.parent / OTHER, path)


def of_another_kind(path: Path) -> None:
    """Let a sound entry of another kind stand under this key."""
    Store(path.parents[1]).put("read", path.name, BODY)
    os.replace(path.parents[1] / "read" / path.name, path)


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "inside").write_bytes(b"x")


def gone(path: Path) -> None:
    path.unlink()


DAMAGES = [cut, beheaded, emptied, foreign, newer, longer, moved, of_another_kind, folder, gone]


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_entry_is_a_miss(damage: Callable[[Path], None], store: Store) -> None:
    damage(entry(store))
    assert store.get("fragments", KEY) is None


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_entry_is_mended_by_the_next_build(damage: Callable[[Path], None], store: Store) -> None:
    damage(entry(store))
    store.put("fragments", KEY, BODY)
    assert store.get("fragments", KEY) == BODY


def test_any_flipped_bit_is_a_miss(store: Store) -> None:
    path = entry(store)
    whole = path.read_bytes()
    for place in range(0, len(whole), 7):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1:])
        assert store.get("fragments", KEY) is None, place


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_entry_that_may_not_be_read_is_a_miss(store: Store) -> None:
    entry(store).chmod(0)
    assert store.get("fragments", KEY) is None


def test_store_without_a_folder_keeps_nothing() -> None:
    store = Store(None)
    store.put("fragments", KEY, BODY)
    assert store.get("fragments", KEY) is None and not store.changed
    assert (store.prune(), store.clear(), set(store.sizes().values())) == (0, 0, {(0, 0)})


def test_store_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    store = Store(tmp_path / "cache")
    with store.shared():
        store.put("fragments", KEY, BODY)
    assert store.get("fragments", KEY) is None and (tmp_path / "cache").read_text() == "a file"
    assert (store.prune(), store.clear()) == (0, 0)


def test_entry_that_cannot_be_renamed_leaves_nothing_behind(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*paths: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr(os, "replace", full)
    store.put("fragments", OTHER, BODY)
    assert os.listdir(entry(store).parent) == [KEY]


def test_folder_in_the_place_of_an_entry_is_no_reason_to_write_nothing_more(store: Store) -> None:
    folder(entry(store))
    store.put("fragments", KEY, BODY)
    store.put("fragments", OTHER, BODY)
    assert store.get("fragments", KEY) == store.get("fragments", OTHER) == BODY


@pytest.mark.parametrize("tidy", [Store.prune, Store.clear])
def test_folder_in_the_place_of_an_entry_is_tidied_away(tidy: Callable[[Store], int], store: Store) -> None:
    folder(entry(store))
    (entry(store).parent / "deep").mkdir()
    assert tidy(store) == 1 and os.listdir(entry(store).parent) == ["deep"]


FULL = """
import resource, signal, sys
from pathlib import Path
from booklet.store import Store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
store = Store(Path(sys.argv[1]))
store.put("fragments", "b" * 64, b"x" * 5000)
print(store.get("fragments", "b" * 64))
"""


def test_full_disk_costs_time_only_and_leaves_nothing_behind(store: Store, tmp_path: Path) -> None:
    made = python(FULL, tmp_path / "cache")
    assert (made.returncode, made.stdout, made.stderr) == (0, "None\n", "")
    assert all_files(tmp_path / "cache") == [f"fragments/{KEY}"]


def test_entries_are_data_not_code(store: Store) -> None:
    for room in ("store", "notation", "packing", "memory", "kits", "fragments", "ledger"):
        tree = ast.parse((ROOT / "booklet" / f"{room}.py").read_text())
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        assert names.isdisjoint({"pickle", "marshal", "shelve", "eval", "exec", "compile", "__import__"})
    assert not entry(store).stat().st_mode & 0o111


# ---- what was not used for long


def aged(store: Store, days: dict[str, float], kind: str = "copies") -> None:
    """Put entries that were used some days after the clock's beginning."""
    for key, day in days.items():
        store.put(kind, key, BODY)
        os.utime(entry(store, key, kind), (day * DAY, day * DAY))


@pytest.fixture
def bare(tmp_path: Path) -> Store:
    """Return a store that keeps nothing."""
    return Store(tmp_path / "bare")


def test_entries_that_are_too_old_are_forgotten(bare: Store) -> None:
    aged(bare, {"a": 1, "b": 2, "c": 61.5, "d": 62})
    assert bare.prune(most_age=60 * DAY) == 1
    assert [key for key in "abcd" if bare.get("copies", key)] == ["b", "c", "d"]


def test_age_counts_from_the_entry_used_last_so_that_a_clock_set_back_forgets_nothing(bare: Store) -> None:
    aged(bare, {"a": 1, "b": 2})
    assert bare.prune() == 0 and bare.get("copies", "a") == BODY


def test_entry_that_is_used_stays_young(bare: Store) -> None:
    aged(bare, {"a": 1, "b": 2})
    assert bare.get("copies", "a") == BODY
    assert bare.prune(most_age=DAY) == 1 and bare.get("copies", "a") == BODY


def test_what_is_too_much_is_forgotten_oldest_first_whatever_its_kind(bare: Store) -> None:
    aged(bare, {"a": 3, "b": 5})
    aged(bare, {"a": 4, "c": 2}, "fragments")
    size = entry(bare, "a", "copies").stat().st_size
    assert bare.prune(most_bytes=2 * size) == 2
    assert bare.sizes()["copies"] == (1, size) and bare.sizes()["fragments"] == (1, size)
    assert bare.get("copies", "b") == bare.get("fragments", "a") == BODY


def test_store_that_is_neither_old_nor_large_is_left_alone(bare: Store) -> None:
    aged(bare, {"a": 3, "b": 3 + MOST_AGE / DAY - 1})
    assert bare.prune() == 0 and bare.sizes()["copies"][0] == 2


def test_what_a_killed_build_left_of_an_entry_is_removed(store: Store) -> None:
    left = entry(store, ".tmpabc")
    left.write_bytes(b"half")
    assert store.prune() == 1 and not left.exists() and store.get("fragments", KEY) == BODY


def test_sizes_are_told_by_kind(store: Store) -> None:
    store.put("read", KEY, b"1")
    store.put("read", OTHER, b"22")
    head = entry(store, KEY, "read").stat().st_size - 1
    assert store.sizes() == dict.fromkeys(KINDS, (0, 0)) | {
        "fragments": (1, head + len(BODY)), "read": (2, 2 * head + 3)}


def test_clearing_forgets_every_entry_and_touches_nothing_else(store: Store, tmp_path: Path) -> None:
    store.put("read", KEY, BODY)
    mine = [tmp_path / "cache" / name for name in ("letter.txt", "read/deep/letter.txt", "photos/a.png")]
    for path in mine:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("mine")
    assert store.clear() == 2 and store.get("fragments", KEY) is None
    assert [path.read_text() for path in mine] == ["mine"] * 3
    assert not (tmp_path / "cache" / "fragments").exists()


def test_cleared_store_can_be_used_again(store: Store) -> None:
    store.clear()
    store.put("fragments", KEY, BODY)
    assert store.get("fragments", KEY) == BODY


def test_folder_says_that_backups_may_leave_it_out(store: Store, tmp_path: Path) -> None:
    with store.shared():
        tag = (tmp_path / "cache" / "CACHEDIR.TAG").read_text()
    assert tag.startswith("Signature: 8a477f597d28d172789f06886806bc55\n")


# ---- the lock


def python(code: str, *words: object) -> subprocess.CompletedProcess[str]:
    """Run some lines of Python in another process."""
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, words)], capture_output=True, text=True, cwd=ROOT, timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)})


HOLD = """
import sys
from pathlib import Path
from booklet.store import Store
with Store(Path(sys.argv[1])).shared():
    print("held", flush=True)
    sys.stdin.read()
"""
CLEAR = """
import sys
from pathlib import Path
from booklet.store import Store
print("waiting", flush=True)
print(Store(Path(sys.argv[1])).clear(), flush=True)
"""


@contextmanager
def other(code: str, cache: Path) -> Iterator[subprocess.Popen[str]]:
    """Start another process, which has said its first word when the block begins, and ends with it."""
    with subprocess.Popen(
            [sys.executable, "-c", code, str(cache)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}) as process:
        assert process.stdout and process.stdout.readline()
        try:
            yield process
        finally:
            process.kill()


def test_builds_share_the_lock(store: Store, tmp_path: Path) -> None:
    with other(HOLD, tmp_path / "cache"), store.shared():
        store.put("fragments", OTHER, BODY)
        assert store.get("fragments", OTHER) == BODY


def test_nothing_is_pruned_while_another_build_is_at_work(bare: Store) -> None:
    aged(bare, {"a": 1, "b": 1000})
    assert bare.cache
    with other(HOLD, bare.cache):
        assert bare.prune() == 0
        assert bare.sizes()["copies"][0] == 2
    assert bare.prune() == 1


def test_clearing_waits_until_no_build_is_at_work(store: Store, tmp_path: Path) -> None:
    with store.shared(), other(CLEAR, tmp_path / "cache") as clearing:
        with pytest.raises(subprocess.TimeoutExpired):
            clearing.wait(0.3)
        assert store.get("fragments", KEY) == BODY


def test_clearing_goes_on_when_the_build_has_ended(store: Store, tmp_path: Path) -> None:
    with other(HOLD, tmp_path / "cache") as build, other(CLEAR, tmp_path / "cache") as clearing:
        build.communicate("", timeout=30)
        assert clearing.communicate(timeout=30)[0] == "1\n"
    assert store.get("fragments", KEY) is None


def test_lock_dies_with_its_process(store: Store, tmp_path: Path) -> None:
    with other(HOLD, tmp_path / "cache") as build:
        build.send_signal(signal.SIGKILL)
        build.wait(30)
        made = python(CLEAR, tmp_path / "cache")
    assert made.stdout == "waiting\n1\n" and store.get("fragments", KEY) is None


def test_first_few_entries_of_a_patient_build_wait_to_its_end(store: Store) -> None:
    with store.shared(patient=True):
        store.put("read", OTHER, BODY)
        assert store.get("read", OTHER) == BODY and not entry(store, OTHER, "read").exists()
    assert entry(store, OTHER, "read").exists() and store.get("read", OTHER) == BODY and store.changed


def test_build_that_keeps_much_keeps_it_at_once(store: Store, tmp_path: Path) -> None:
    keys = [f"{number:064x}" for number in range(FEW + 2)]
    with store.shared(patient=True):
        for key in keys:
            store.put("read", key, BODY)
        assert all_files(tmp_path / "cache" / "read") == keys


def test_build_that_fails_keeps_what_it_made(store: Store) -> None:
    with pytest.raises(LookupError), store.shared(patient=True):
        store.put("read", OTHER, BODY)
        raise LookupError
    assert entry(store, OTHER, "read").exists()


def test_what_waits_takes_the_place_of_what_lies_there(store: Store) -> None:
    with store.shared(patient=True):
        store.put("fragments", KEY, b"new")
        assert store.get("fragments", KEY) == b"new"
    assert store.get("fragments", KEY) == b"new"


def test_worker_keeps_its_own_at_once_and_leaves_the_rest_to_whom_it_is_from(store: Store) -> None:
    with store.shared(patient=True):
        store.put("read", OTHER, BODY)
        store.hurry()
        store.put("pictures", KEY, BODY)
        assert entry(store, KEY, "pictures").exists() and not entry(store, OTHER, "read").exists()
    assert not entry(store, OTHER, "read").exists()


def test_nothing_waits_when_nobody_is_patient(store: Store) -> None:
    with store.shared():
        store.put("read", OTHER, BODY)
        assert entry(store, OTHER, "read").exists()
