"""What an inspection found, in figures: for the terminal and for programs.  No I/O; judges nothing."""

from collections import Counter
from collections.abc import Iterator

from booklet.inspection import Report
from booklet.lint import Remark, Verdict


def lines(report: Report) -> Iterator[str]:
    """Yield the figures of the whole, a few lines a copy."""
    for verdict in report.verdicts:
        yield f"{verdict.file}: {verdict.pages} pages, {verdict.shares.lines} lines of running text"
        yield from (f"  {name}: {value:.1f} % ({told})" for name, value, told in _shares(verdict, report))
        yield from (f"  {code}: {count}" for code, count in sorted(_counts(verdict).items()))
        yield from (f"{one.position}: repaired: '{one.words}…' is {_told(one.apart)}" for one in verdict.repairs)
    if report.waived:
        yield f"waived: {report.waived}"


def _shares(verdict: Verdict, report: Report) -> Iterator[tuple[str, float, str]]:
    shares, standard = verdict.shares, report.styles.standard if report.styles else None
    if standard:
        yield "on the baseline grid", shares.grid, f"at least {standard.share_grid:g} wanted"
        yield "pages filled", shares.fill, f"at least {standard.share_fill:g} wanted"
        yield "lines hyphenated", shares.hyphens, f"at most {standard.share_hyphens:g} wanted"


def _told(apart: float) -> str:
    how = f"set {abs(apart):.1%} {'looser' if apart > 0 else 'tighter'}"
    return how if apart else "moved behind the paragraph that followed it"


def _counts(verdict: Verdict) -> Counter[str]:
    return Counter(remark.finding.code for remark in verdict.remarks)


def hyphens(report: Report) -> Iterator[str]:
    """Yield every break once, by the alphabet."""
    for verdict in report.verdicts:
        for one in sorted(verdict.breaks, key=lambda one: one.word.lower()):
            yield f"{one.position}: {one.word} (page {one.label}, {verdict.profile})"


def record(report: Report) -> dict[str, object]:
    """Return a report as a program reads it."""
    placed = {remark.finding: remark for verdict in report.verdicts for remark in verdict.remarks}
    return {
        "findings": [_finding(finding, placed.get(finding)) for finding in report.findings],
        "copies": [_copy(verdict) for verdict in report.verdicts],
        "waived": report.waived,
    }


def _finding(finding: object, remark: Remark | None) -> dict[str, object]:
    at = getattr(finding, "position", None)
    told: dict[str, object] = {
        "path": str(at.path) if at else None, "line": at.line if at else None, "column": at.column if at else None}
    told |= {name: str(getattr(finding, name)) for name in ("severity", "code", "message", "hint")}
    if remark:
        told |= {"profile": remark.profile, "page": remark.label, "box_mm": [round(side, 1) for side in remark.box]}
    return told


def _copy(verdict: Verdict) -> dict[str, object]:
    shares = verdict.shares
    return {
        "file": verdict.file, "profile": verdict.profile, "pages": verdict.pages, "lines": shares.lines,
        "on_grid": round(shares.grid, 2), "filled": round(shares.fill, 2), "hyphenated": round(shares.hyphens, 2),
        "faults": dict(sorted(_counts(verdict).items())),
        "cuts": [{"address": cut.unit.address, "path": str(cut.unit.position.path), "lines": cut.lines,
                  "words": cut.words} for cut in verdict.cuts],
        "breaks": [{"word": one.word, "page": one.label, "path": str(one.position.path), "line": one.position.line}
                   for one in verdict.breaks],
        "repairs": [{"path": str(one.position.path), "line": one.position.line, "words": one.words,
                     "set": _told(one.apart)} for one in verdict.repairs],
    }
