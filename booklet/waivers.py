"""Waivers: what an author says in the content about a fault that is to stay, and why.

In come the content folder and findings; out go the findings that are not waived, and what is wrong with the waivers. A
waiver is a comment, ``<!-- lint: short-last-line because … -->`` in Markdown and ``# lint: … because …`` in YAML and in
front matter. In Markdown it holds for the block that follows it, elsewhere and for faults of whole pages for the file.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from booklet.findings import Finding, Position, Severity
from booklet.letters import guess, quoted

OF_PAGES = frozenset({"short-last-page", "facing-unequal", "over-budget"})
"""Codes of faults that are no single block's."""
_WAIVER = re.compile(
    r"<!--\s*lint:\s*(?P<code>[\w-]*)(?P<rest>.*?)-->|^[ \t]*#[ \t]*lint:[ \t]*(?P<key>[\w-]*)(?P<tail>[^\n]*)$",
    re.MULTILINE | re.DOTALL)
_BECAUSE = re.compile(r"\s+because\s+\S")


class Waiver(Struct, frozen=True):
    """One waiver."""

    code: str
    reason: bool
    """Whether it gives any."""
    position: Position
    last: int
    """The last line of the file that it holds for."""
    whole: bool
    """Whether it holds for all of the file."""

    def waives(self, finding: Finding) -> bool:
        """Tell whether a finding is waived."""
        at = finding.position
        if at is None or at.path != self.position.path or finding.code != self.code:
            return False
        return self.whole or self.code in OF_PAGES or self.position.line <= at.line <= self.last


def read_waivers(text: str, path: Path, blocks: Sequence[int]) -> list[Waiver]:
    """Return the waivers of a file; ``blocks`` are the lines on which its blocks begin."""
    found = []
    for match in _WAIVER.finditer(text):
        line = text.count("\n", 0, match.start("code" if match["code"] is not None else "key")) + 1
        code, rest = match["code"], match["rest"]
        in_yaml = code is None
        if in_yaml:
            code, rest = match["key"], match["tail"]
        below = [start for start in sorted(blocks) if start > line]
        last = below[1] - 1 if len(below) > 1 else text.count("\n") + 1
        whole = in_yaml or not below
        found.append(Waiver(code, _BECAUSE.match(rest) is not None, Position(path, line), last, whole))
    return found


def apply(
    findings: Iterable[Finding], waivers: Iterable[Waiver], codes: Mapping[str, object], *, all_judged: bool
) -> tuple[list[Finding], int]:
    """Return the findings that stay, with those about waivers, and how many were waived."""
    waivers = list(waivers)
    sound = [waiver for waiver in waivers if waiver.reason and waiver.code in codes]
    used: set[Waiver] = set()
    kept, waived = [], 0
    for finding in findings:
        by = [waiver for waiver in sound if waiver.waives(finding)]
        used.update(by)
        waived += bool(by)
        kept += [] if by else [finding]
    return [*kept, *_complaints(waivers, used, codes, all_judged)], waived


def _complaints(
    waivers: list[Waiver], used: set[Waiver], codes: Mapping[str, object], all_judged: bool
) -> Iterable[Finding]:
    for waiver in waivers:
        if waiver.code not in codes:
            hint = guess(waiver.code, codes) or f"codes: {', '.join(codes)}"
            yield _warn("waiver-code", f"there is no fault {quoted(waiver.code)} to waive", waiver, hint)
        elif not waiver.reason:
            yield _warn("waiver-reason", f"'{waiver.code}' is waived without a reason", waiver,
                        f"write 'lint: {waiver.code} because …'")
        elif all_judged and waiver not in used:
            yield _warn("waiver-idle", f"'{waiver.code}' is waived, and not found here", waiver, "remove the comment")


def _warn(code: str, message: str, waiver: Waiver, hint: str) -> Finding:
    return Finding(code, Severity.WARNING, message, waiver.position, hint)
