"""Findings on their way out: every reading room writes into one of these instead of stopping.

In come codes, words and places, out go findings in the order of their places. It refuses to know what is read. No I/O.
"""

from collections.abc import Iterable

from booklet.findings import Finding, Position, Severity


class Collector:
    """Collects what is wrong; a room that has written here goes on with the next thing."""

    def __init__(self) -> None:
        """Start empty."""
        self._found: dict[Finding, None] = {}

    def error(self, code: str, message: str, position: Position, hint: str = "") -> None:
        """Note something that must be mended before anything is printed."""
        self._found[Finding(code, Severity.ERROR, message, position, hint)] = None

    def warning(self, code: str, message: str, position: Position, hint: str = "") -> None:
        """Note something that a person should look at."""
        self._found[Finding(code, Severity.WARNING, message, position, hint)] = None

    def add(self, findings: Iterable[Finding]) -> None:
        """Take over what another room has found."""
        self._found.update(dict.fromkeys(findings))

    def __len__(self) -> int:
        """Return how many findings there are, so that a caller can see whether a step added any."""
        return len(self._found)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return the findings, sorted by place, the same one never twice."""
        return tuple(sorted(self._found, key=_order))


def has_errors(findings: Iterable[Finding]) -> bool:
    """Return whether anything found forbids printing."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    position = finding.position
    if position is None:
        return "", 0, 0, finding.code, finding.message
    return str(position.path), position.line, position.column, finding.code, finding.message
