"""What was read before: not read again, unless something was found, and never for other parts."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from making import AT, ROOT
from msgspec import Struct

from booklet.collector import Collector
from booklet.memory import Memory, Only
from booklet.store import Store


class Read(Struct, frozen=True):
    """What a file said."""

    words: str


class Other(Struct, frozen=True):
    """What another file said."""

    words: str


class Desk:
    """Reads, and counts how often."""

    def __init__(self, cache: Path | None, fault: str = "") -> None:
        self.memory, self.found, self.fault, self.times = Memory(Store(cache)), Collector(), fault, 0

    def read(self, found: Collector) -> Read | None:
        """Read once more."""
        self.times += 1
        if self.fault:
            found.warning(self.fault, "x", AT)
        return Read("ord")

    def ask(self, *parts: str | bytes) -> Read | None:
        """Ask for what some parts say."""
        return self.memory.recall(Read, parts or ("a.md", b"ord"), self.found, self.read)


def test_same_parts_are_not_read_again(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assert desk.ask() == desk.ask() == Read("ord") and desk.times == 1


def test_same_parts_are_not_read_again_without_a_store() -> None:
    desk = Desk(None)
    assert desk.ask() == desk.ask() == Read("ord") and desk.times == 1


def test_another_process_does_not_read_them_again(tmp_path: Path) -> None:
    Desk(tmp_path).ask()
    desk = Desk(tmp_path)
    assert desk.ask() == Read("ord") and desk.times == 0


@pytest.mark.parametrize(
    "parts", [("a.md", b"orD"), ("b.md", b"ord"), ("a.md", b"ord", b""), ("a.mdo", b"rd"), (b"ord", "a.md"), ("a.md",)],
    ids=str)
def test_other_parts_are_read(parts: tuple[str | bytes, ...], tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.ask("a.md", b"ord")
    desk.ask(*parts)
    assert desk.times == 2


def test_another_kind_of_the_same_parts_is_read(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.ask("a.md")
    made = desk.memory.recall(Other, ("a.md",), desk.found, lambda found: Other("annet"))
    assert made == Other("annet")


def test_name_that_is_no_utf8_can_be_asked_for(tmp_path: Path) -> None:
    assert Desk(tmp_path).ask("\udcff") == Desk(tmp_path).ask("\udcff") == Read("ord")


def test_what_has_findings_is_read_every_time_and_they_are_told(tmp_path: Path) -> None:
    first, second = Desk(tmp_path, "odd"), Desk(tmp_path, "odd")
    for desk in (first, second):
        assert desk.ask() == desk.ask() == Read("ord") and desk.times == 2
        assert [finding.code for finding in desk.found.findings] == ["odd"]


def test_what_has_a_finding_that_was_told_already_is_read_every_time(tmp_path: Path) -> None:
    """Else it would be taken for sound, and the next process would not hear of it."""
    desk = Desk(tmp_path, "odd")
    desk.found.warning("odd", "x", AT)
    desk.ask()
    after = Desk(tmp_path, "odd")
    after.ask()
    assert after.times == 1 and [finding.code for finding in after.found.findings] == ["odd"]


def test_earlier_findings_of_others_do_not_keep_it_from_being_remembered(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.found.warning("elsewhere", "x", AT)
    desk.ask()
    assert desk.ask() and desk.times == 1


def test_nothing_made_is_nothing_remembered(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    nothing: Callable[[Collector], Read | None] = lambda found: None  # noqa: E731
    assert desk.memory.recall(Read, ("a.md", b"ord"), desk.found, nothing) is None
    assert desk.ask() == Read("ord")


@pytest.mark.parametrize("damage", [b"", b"no json", b"[]", b'["a", "b"]', b"[7]", b"null"])
def test_damaged_entry_means_that_it_is_read(damage: bytes, tmp_path: Path) -> None:
    Desk(tmp_path).ask()
    (page,) = (tmp_path / "read").iterdir()
    Store(tmp_path).put("read", page.name, damage)
    desk = Desk(tmp_path)
    assert desk.ask() == Read("ord") and desk.times == 1


def test_run_that_ends_forgets_what_it_did_not_use() -> None:
    desk = Desk(None)
    desk.ask()
    desk.memory.keep()
    desk.ask()
    desk.memory.keep()
    assert desk.ask() and desk.times == 1
    desk.memory.keep()
    desk.memory.keep()
    assert desk.ask() and desk.times == 2


ANOTHER_PROGRAM = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from booklet.collector import Collector
from booklet.memory import Memory, Only
from booklet.store import Store
from booklet.words import read_words
memory = Memory(Store(Path(sys.argv[2])))
read_words("nb", memory)
print(memory.store.changed)
"""


def test_another_program_reads_again(tmp_path: Path) -> None:
    """A program is another when one of its own files says something else."""
    package = tmp_path / "there" / "booklet"
    package.mkdir(parents=True)
    for path in (ROOT / "booklet").rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            (package / path.relative_to(ROOT / "booklet")).parent.mkdir(exist_ok=True)
            (package / path.relative_to(ROOT / "booklet")).write_bytes(path.read_bytes())

    def reads() -> str:
        words = [sys.executable, "-I", "-B", "-c", ANOTHER_PROGRAM, package.parent, tmp_path / "cache"]
        return subprocess.run(list(map(str, words)), capture_output=True, text=True, check=True, timeout=60).stdout

    assert [reads(), reads()] == ["True\n", "False\n"]
    with (package / "letters.py").open("a") as file:
        file.write("\n")
    assert [reads(), reads()] == ["True\n", "False\n"]


def _twice(words: str) -> str:
    return words * 2


def test_what_a_function_made_is_made_once_as_long_as_it_is_used() -> None:
    memory, thing = Memory(Store(None)), ["a"]
    made = memory.once(tuple, Only(thing))
    memory.keep()
    assert made == ("a",) and memory.once(tuple, Only(thing)) is made
    for _ in range(2):
        memory.keep()
    assert memory.once(tuple, Only(thing)) is not made


def test_nothing_is_made_once_as_well() -> None:
    memory, times = Memory(Store(None)), list[int]()
    for _ in range(2):
        assert memory.once(times.append, 1) is None
    assert times == [1]


def test_only_the_very_same_thing_is_the_same() -> None:
    memory, one, other = Memory(Store(None)), ["a"], ["a"]
    first = memory.once(list, Only(one))
    assert memory.once(list, Only(other)) is not first and memory.once(list, Only(one)) is first


def test_equal_value_keeps_the_identity_of_the_one_before() -> None:
    memory, first, equal, other = Memory(Store(None)), Read("ord" * 2), Read("ord" + "ord"), Read("annet")
    assert memory.same("a", first) is first and memory.same("a", equal) is first
    assert memory.same("b", equal) is equal and memory.same("a", other) is other


def test_text_is_known_to_another_process_by_what_its_parts_say(tmp_path: Path) -> None:
    memory = Memory(Store(tmp_path), "home")
    assert memory.text("print", _twice, "ord") == "ordord"
    memory.keep()
    made = list[str]()

    def _twice_again(words: str) -> str:
        made.append(words)
        return words * 2

    _twice_again.__qualname__ = _twice.__qualname__
    later = Memory(Store(tmp_path), "home")
    assert later.text("print", _twice_again, Only("ord")) == "ordord" and not made
    assert later.text("print", _twice_again, "Ord") == "OrdOrd" and made == ["Ord"]


def test_key_of_a_text_does_not_depend_on_the_order_of_a_set(tmp_path: Path) -> None:
    keys = set()
    for seed in ("1", "2", "3"):
        code = "from booklet.memory import _digest; print(_digest(frozenset(map(str, range(50)))))"
        made = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env={"PYTHONHASHSEED": seed}, capture_output=True, text=True,
            check=True)
        keys.add(made.stdout)
    assert len(keys) == 1


def test_text_that_is_in_use_stays_in_its_drawer_while_others_are_made(tmp_path: Path) -> None:
    memory = Memory(Store(tmp_path))
    for number in range(40):
        memory.text("print", _twice, "always")
        memory.text("print", _twice, f"{number}")
        memory.keep()
    entries = [path.name for path in (tmp_path / "read").iterdir()]
    assert len(entries) == 1 and b"alwaysalways" in (Store(tmp_path).get("read", entries[0]) or b"")
