"""What the last making of a file left for the next: the result never depends on it."""

import zlib
from hashlib import sha256
from pathlib import Path

import pytest

from booklet.kits import Kit
from booklet.store import Store

PROFILE = bytes(36) + b"acsp" + b"".join(sha256(bytes([one])).digest()[:one % 9] * 3 for one in range(200))
STREAMS = [b"", b"q Q", b"q Q " * 500, bytes(range(256)) * 40, PROFILE]


def made(cache: Path, streams: list[bytes], proofs: tuple[str, ...] = (), name: str = "a.pdf") -> list[bytes]:
    """Make a file of some streams and proofs; returns the streams deflated."""
    kit = Kit(Store(cache), name)
    deflated = [kit.deflate(stream) for stream in streams]
    for proof in proofs:
        if not kit.is_proven(proof):
            kit.prove([proof])
    kit.keep()
    return deflated


def kept(cache: Path) -> int:
    """Return how many bytes all kits have."""
    return sum(len(path.read_bytes()) for path in (cache / "kits").iterdir())


@pytest.mark.parametrize("stream", STREAMS, ids=len)
def test_stream_is_deflated_whole(stream: bytes) -> None:
    assert zlib.decompress(Kit(Store(None), "").deflate(stream)) == stream


def test_profile_takes_less_time_and_all_else_less_room() -> None:
    kit = Kit(Store(None), "")
    assert zlib.compress(PROFILE, 4) != zlib.compress(PROFILE, 6)
    assert kit.deflate(PROFILE) == zlib.compress(PROFILE, 4)
    assert kit.deflate(PROFILE[1:]) == zlib.compress(PROFILE[1:], 6)


def test_streams_are_the_same_with_and_without_what_was_kept(tmp_path: Path) -> None:
    cold = made(tmp_path, STREAMS)
    assert made(tmp_path, STREAMS) == cold == made(tmp_path / "other", STREAMS)


def test_stream_that_was_kept_is_not_deflated_again(tmp_path: Path) -> None:
    """What lies in the kit is what comes out, so that it must have come from there."""
    made(tmp_path, [b"q Q"])
    store = Store(tmp_path)
    (page,) = (tmp_path / "kits").iterdir()
    data = store.get("kits", page.name)
    assert data
    store.put("kits", page.name, data[:36] + b"!" * (len(data) - 36))
    assert set(Kit(store, "a.pdf").deflate(b"q Q")) == set(b"!")
    assert Kit(store, "a.pdf").deflate(b"q q") == zlib.compress(b"q q", 6)


def test_what_a_making_did_not_use_is_dropped(tmp_path: Path) -> None:
    made(tmp_path, [b"a" * 9])
    small = kept(tmp_path)
    made(tmp_path, [b"a" * 9, bytes(range(256))])
    assert kept(tmp_path) > small
    made(tmp_path, [b"a" * 9])
    assert kept(tmp_path) == small


def test_making_with_the_same_streams_writes_nothing(tmp_path: Path) -> None:
    made(tmp_path, STREAMS, ("p",))
    kit = Kit(Store(tmp_path), "a.pdf")
    for stream in STREAMS:
        kit.deflate(stream)
    assert kit.is_proven("p")
    store = Store(tmp_path)
    before = {path: path.stat().st_ino for path in tmp_path.rglob("*")}
    kit.keep()
    assert {path: path.stat().st_ino for path in tmp_path.rglob("*")} == before and not store.changed


def pages(cache: Path) -> dict[str, int]:
    """Return the parts of all kits, with their places on the disk."""
    return {path.name: path.stat().st_ino for path in (cache / "kits").iterdir()}


LARGE = [sha256(bytes([one])).digest() * 9 for one in range(100)]


def test_little_that_is_new_is_written_beside_what_there_was(tmp_path: Path) -> None:
    made(tmp_path, LARGE)
    (base,) = pages(tmp_path).items()
    made(tmp_path, [*LARGE[1:], b"new"])
    made(tmp_path, [*LARGE[2:], b"new", b"newer"])
    assert base in pages(tmp_path).items() and len(pages(tmp_path)) == 2
    store = Store(tmp_path)
    last = Kit(store, "a.pdf")
    for stream in (*LARGE[2:], b"new", b"newer"):
        last.deflate(stream)
    last.keep()
    assert not store.changed, "what lies in both parts is known"


@pytest.mark.parametrize("steps", [40, 41, 70])
def test_what_is_beside_never_becomes_much(steps: int, tmp_path: Path) -> None:
    made(tmp_path, LARGE)
    whole = kept(tmp_path)
    for step in range(steps):
        made(tmp_path, [*LARGE[step:], *LARGE[:step], bytes([step]) * 9])
        made(tmp_path, [b"%d" % step * 50 + stream for stream in LARGE[:step]] + LARGE[step:])
        assert kept(tmp_path) < 2 * whole


def test_part_of_a_kit_that_is_damaged_costs_time_only(tmp_path: Path) -> None:
    made(tmp_path, LARGE)
    cold = made(tmp_path, [*LARGE, b"new"])
    for page in (tmp_path / "kits").iterdir():
        whole = page.read_bytes()
        page.write_bytes(whole[:-1])
        assert made(tmp_path, [*LARGE, b"new"]) == cold
        page.write_bytes(whole)
        assert made(tmp_path, [*LARGE, b"new"]) == cold


def test_each_file_has_a_kit_of_its_own(tmp_path: Path) -> None:
    made(tmp_path, [b"a"], ("p",))
    made(tmp_path, [b"b"], ("q",), "b.pdf")
    assert Kit(Store(tmp_path), "a.pdf").is_proven("p") and not Kit(Store(tmp_path), "a.pdf").is_proven("q")
    assert not Kit(Store(tmp_path), "b.pdf").is_proven("p")


def test_page_is_proven_when_it_was_proven_by_the_last_making(tmp_path: Path) -> None:
    assert not Kit(Store(tmp_path), "a.pdf").is_proven("p")
    made(tmp_path, [], ("p", "q"))
    again = Kit(Store(tmp_path), "a.pdf")
    assert again.is_proven("p") and not again.is_proven("r")
    again.keep()
    last = Kit(Store(tmp_path), "a.pdf")
    assert last.is_proven("p") and not last.is_proven("q"), "a proof that nobody asked for is dropped"


def test_making_without_proofs_leaves_none(tmp_path: Path) -> None:
    made(tmp_path, [], ("p",))
    made(tmp_path, [])
    assert not Kit(Store(tmp_path), "a.pdf").is_proven("p")


def test_making_that_was_given_up_leaves_the_last_kit(tmp_path: Path) -> None:
    made(tmp_path, [b"a"], ("p",))
    before = kept(tmp_path)
    Kit(Store(tmp_path), "a.pdf").deflate(b"b")
    assert kept(tmp_path) == before and Kit(Store(tmp_path), "a.pdf").is_proven("p")


@pytest.mark.parametrize("whole", [0, 60, 100, -1])
def test_damaged_kit_costs_time_only(whole: int, tmp_path: Path) -> None:
    cold = made(tmp_path, STREAMS, ("p",))
    for kind in ("kits", "proofs"):
        (page,) = (tmp_path / kind).iterdir()
        page.write_bytes(page.read_bytes()[:whole])
    assert made(tmp_path, STREAMS, ("p",)) == cold


def test_kit_that_stays_at_hand_knows_what_the_last_making_used(tmp_path: Path) -> None:
    """Whether that making came to its end or not; what is kept is what the next one used."""
    kit = Kit(Store(tmp_path), "a.pdf")
    kit.deflate(b"a" * 9)
    kit.prove(["p"])
    kit.begin()
    assert kit.is_proven("p") and kept_streams(tmp_path) == 0
    kit.deflate(b"b" * 9)
    kit.keep()
    assert kept_streams(tmp_path) == 1 and Kit(Store(tmp_path), "a.pdf").is_proven("p")
    kit.begin()
    kit.deflate(b"b" * 9)
    (tmp_path / "kits" / next(iter((tmp_path / "kits").iterdir())).name).unlink()
    kit.keep()
    assert kept_streams(tmp_path) == 0, "what is kept already is not written again"


def kept_streams(cache: Path) -> int:
    """Return how many kits are kept."""
    return len(list((cache / "kits").iterdir())) if (cache / "kits").exists() else 0
