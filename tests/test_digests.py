"""Hashes of contents, large ones reckoned once."""

from hashlib import sha256

import pytest

from booklet import digests
from booklet.digests import _LARGE, _MOST, digest_of


@pytest.mark.parametrize("size", [0, 1, _LARGE - 1, _LARGE, _LARGE + 1])
def test_a_digest_is_the_sha256_of_the_content_each_time(size: int) -> None:
    content = bytes(range(256)) * (size // 256 + 1)
    for _ in range(2):
        assert digest_of(content[:size]) == sha256(content[:size]).digest()


def test_a_large_content_is_hashed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    content, hashed = b"a" * _LARGE, list[bytes]()
    monkeypatch.setattr(digests, "sha256", lambda given: hashed.append(given) or sha256(given))
    assert digest_of(content) == digest_of(content) and len(hashed) == 1


def test_only_a_few_contents_are_held() -> None:
    for number in range(3 * _MOST):
        content = bytes([number]) * _LARGE
        assert digest_of(content) == sha256(content).digest()
    assert len(digests._known) <= _MOST
