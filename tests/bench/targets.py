"""The targets: what each figure may be at most, what is dreamt of, and how it came out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.bench.measuring import Case


@dataclass(frozen=True)
class Target:
    """One line of the table of targets."""

    name: str
    most: float
    dream: float
    unit: str
    figure: Callable[["Figures"], float | None]


class Figures:
    """The medians, by who, what and content."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self.cases = {(case.who, case.what, case.content): case for case in cases if case.runs}

    def cpu(self, what: str, content: str = "shipped", who: str = "booklet") -> float | None:
        """Return the CPU seconds of a case, where it was measured."""
        case = self.cases.get((who, what, content))
        return case.middle("cpu") if case else None

    def ratio(self, one: float | None, other: float | None) -> float | None:
        """Return one figure in terms of another, where there are both."""
        return one / other if one is not None and other else None

    def against_typst(self, what: str, content: str = "shipped") -> float | None:
        """Return a case's CPU in terms of what Typst takes with nothing kept."""
        return self.ratio(self.cpu(what, content), self.cpu("cold", content, "Typst"))

    def a_page(self, content: str) -> float | None:
        """Return CPU seconds a page of a cold build."""
        case = self.cases.get(("booklet", "cold", content))
        return case.middle("cpu") / case.pages if case and case.pages else None

    def memory(self, content: str) -> float | None:
        """Return the most megabytes that any build of a content held."""
        found = [max(case.values("memory")) / 1e6 for (who, _, where), case in self.cases.items()
                 if (who, where) == ("booklet", content) and case.values("memory")]
        return max(found, default=None)


TARGETS = (
    Target("cold, no cache", 3.5, 2.5, "× Typst", lambda it: it.against_typst("cold")),
    Target("one word edited, new process", 0.75, 0.5, "× Typst", lambda it: it.against_typst("one word")),
    Target("the same in watch, until the PDF lies there", 0.15, 0.06, "s", lambda it: it.cpu("watch")),
    Target("nothing changed, new process", 0.1, 0.05, "s", lambda it: it.cpu("nothing changed")),
    Target("all six files after one word", 2, 1.3, "× print alone",
           lambda it: it.ratio(it.cpu("six one word"), it.cpu("one word"))),
    Target("small booklet: cold", 3.5, 2.5, "× Typst", lambda it: it.against_typst("cold", "small")),
    Target("small booklet: one word", 0.75, 0.5, "× Typst", lambda it: it.against_typst("one word", "small")),
    Target("1,000 pages: cold CPU per page", 1, 1, "× shipped",
           lambda it: it.ratio(it.a_page("thousand"), it.a_page("shipped"))),
    Target("1,000 pages: one word", 2, 1, "s", lambda it: it.cpu("one word", "thousand")),
    Target("1,000 pages: peak memory", 600, 300, "MB", lambda it: it.memory("thousand")),
)


def judge(cases: Sequence[Case]) -> str:
    """Return a Markdown table: target, dream, measured, verdict."""
    figures = Figures(cases)
    lines = ["| CPU | at most | dream | measured | |", "|---|---:|---:|---:|---|"]
    for target in TARGETS:
        value = target.figure(figures)
        if value is None:
            shown, verdict = "–", "not measured"
        else:
            shown = f"{value:.0f}" if value >= 100 else f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"
            verdict = "dream" if value <= target.dream else "reached" if value <= target.most else "missed"
        lines.append(f"| {target.name} | {target.most:g} {target.unit} | {target.dream:g} | {shown} | {verdict} |")
    return "\n".join(lines)
