"""Waivers: what they hold for, and when they are findings themselves."""

from pathlib import Path

import pytest

from booklet.findings import Finding, Position, Severity
from booklet.waivers import Waiver, apply, read_waivers

PATH = Path("a.md")
CODES = {"short-last-line": "", "short-last-page": "", "widow": ""}
GOOD = "<!-- lint: short-last-line because the name must not be broken -->"


def finding(code: str, line: int, path: Path = PATH) -> Finding:
    """Return a finding on a line."""
    return Finding(code, Severity.WARNING, "wrong", Position(path, line))


def waivers(text: str, *blocks: int) -> list[Waiver]:
    """Return the waivers of a file."""
    return read_waivers(text, PATH, blocks)


@pytest.mark.parametrize(("line", "waived"), [(3, 0), (7, 1), (8, 1), (9, 0)])
def test_waiver_holds_for_the_block_that_follows_it(line: int, waived: int) -> None:
    text = f"\n\nEt avsnitt.\n\n{GOOD}\n\nEt annet\nover to linjer.\nEt tredje."
    _, count = apply([finding("short-last-line", line)], waivers(text, 3, 7, 9), CODES, all_judged=True)
    assert count == waived


def test_waiver_of_a_fault_of_pages_holds_for_the_file() -> None:
    text = "<!-- lint: short-last-page because it is the last one -->\n\nA.\n\nB."
    kept, count = apply([finding("short-last-page", 5)], waivers(text, 3, 5), CODES, all_judged=True)
    assert (kept, count) == ([], 1)


def test_comment_in_yaml_and_front_matter_holds_for_the_file() -> None:
    text = "---\ntitle: A\n# lint: widow because the poem has one line\n---\nA.\n\nB."
    kept, count = apply([finding("widow", 7)], waivers(text, 5, 7), CODES, all_judged=True)
    assert (kept, count) == ([], 1)


def test_waiver_holds_in_its_own_file_alone() -> None:
    found = finding("short-last-line", 2, Path("b.md"))
    kept, count = apply([found], waivers(f"{GOOD}\nA.", 2), CODES, all_judged=False)
    assert (kept, count) == ([found], 0)


@pytest.mark.parametrize(("text", "code", "hint"), [
    ("<!-- lint: short-last-line -->", "waiver-reason", "write 'lint: short-last-line because …'"),
    ("<!-- lint: short-last-line because -->", "waiver-reason", "write 'lint: short-last-line because …'"),
    ("<!-- lint: short-line because it is -->", "waiver-code", "did you mean 'short-last-line'?"),
    (GOOD, "waiver-idle", "remove the comment"),
])
def test_waiver_that_waives_nothing_is_a_finding(text: str, code: str, hint: str) -> None:
    kept, _ = apply([finding("widow", 3)], waivers(f"\n{text}\nA.", 3), CODES, all_judged=True)
    assert [(one.code, one.hint, one.position) for one in kept[1:]] == [(code, hint, Position(PATH, 2))]


def test_waiver_is_idle_only_where_everything_was_judged() -> None:
    assert apply([], waivers(f"{GOOD}\nA.", 2), CODES, all_judged=False) == ([], 0)


def test_waiver_without_a_reason_waives_nothing() -> None:
    found = finding("short-last-line", 2)
    kept, count = apply([found], waivers("<!-- lint: short-last-line -->\nA.", 2), CODES, all_judged=True)
    assert kept[0] == found and count == 0
