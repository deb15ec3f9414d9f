"""Measured cases → tables, a chart, and the section of README between its two marks."""

import json
import os
import platform
import re
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tests.bench.cases import US
from tests.bench.chart import Bar, draw, seconds
from tests.bench.measuring import Case
from tests.bench.targets import judge

BEGIN, END = "<!-- bench:begin -->", "<!-- bench:end -->"


def machine() -> str:
    """Return what the figures were measured on."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists() and (match := re.search(r"^model name\s*: (.*)$", cpuinfo.read_text(), re.MULTILINE)):
        model = match[1]
    return f"{os.cpu_count()} cores ({model}), Python {platform.python_version()}"


def versions() -> str:
    """Return which peers were measured."""
    found = []
    for name in ("typst", "weasyprint"):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return ", ".join(found)


def _cell(case: Case, name: str) -> str:
    low, high = case.spread(name)
    middle = seconds(case.middle(name))
    return middle if len(case.runs) == 1 else f"{middle} ({seconds(low)}–{seconds(high)})"


def table(cases: Sequence[Case]) -> str:
    """Return the cases as a Markdown table; CPU against what Typst takes for the same book, nothing kept."""
    typst = {case.content: case.middle("cpu") for case in cases if (case.who, case.what) == ("Typst", "cold")}
    lines = ["| | CPU s | wall s | memory MB | pages | × Typst |", "|---|---:|---:|---:|---:|---:|"]
    for case in cases:
        if not case.runs:
            continue
        ratio = f"{case.middle('cpu') / typst[case.content]:.2f}" if typst.get(case.content) else ""
        memory = f"{max(case.values('memory') or [0]) / 1e6:.0f}"
        lines.append(f"| {case.name} | {_cell(case, 'cpu')} | {_cell(case, 'wall')} | {memory} |"
                     f" {case.pages or ''} | {ratio} |")
    return "\n".join(lines)


def _middle(cases: Sequence[Case], who: str, what: str) -> float:
    return next((case.middle("cpu") for case in cases
                 if (case.who, case.what, case.content) == (who, what, "shipped") and case.runs), 0.0)


def headline(cases: Sequence[Case]) -> str:
    """Return what the figures say: a changed word costs this program a word, the peers their whole booklet."""
    costs = [("booklet", _middle(cases, US, "one word")),
             *((peer, _middle(cases, peer, "cold")) for peer in ("Typst", "WeasyPrint", "Chromium", "Vivliostyle"))]
    *first, last = [f"{who} {seconds(cost)} s" for who, cost in costs if cost] or ["nothing measured"]
    return f"A changed word costs {', '.join(first)} and {last}" if first else f"A changed word costs {last}"


def chart(cases: Sequence[Case], colours: dict[str, str], day: str) -> str:
    """Return the chart of the shipped booklet: what of this program makes the print PDF, and its peers."""
    shown = [case for case in cases if case.content == "shipped" and case.runs
             and (case.who != US or case.what in ("cold", "one word", "nothing changed", "watch"))]
    shown.sort(key=lambda case: -case.middle("cpu"))
    bars = [Bar(f"{'booklet: ' if case.who == US else ''}{case.name}", case.middle("cpu"), *case.spread("cpu"),
                case.who == US) for case in shown]
    pages = next((case.pages for case in shown if case.who == US and case.pages), 0)
    below = f"CPU seconds for the print PDF of {pages} pages, medians with least and most; dark: this program"
    return draw(headline(cases), below, f"{day}; {machine()}; {versions()}", bars, colours)


def tell(cases: Sequence[Case], day: str) -> str:
    """Return the whole report as Markdown."""
    runs = max((len(case.runs) for case in cases), default=0)
    failed = [f"* {case.name}: {case.failed}" for case in cases if case.failed]
    parts = [
        f"# {headline(cases)}",
        f"{day}, {machine()}; {versions()}. Medians of {runs} interleaved runs (least–most); memory is the most that "
        "all processes of a run held at one moment.", table(cases), "## Against the targets", judge(cases)]
    return "\n\n".join(parts + (["## Failed", "\n".join(failed)] if failed else [])) + "\n"


def record(cases: Sequence[Case], day: str) -> str:
    """Return the same as JSON, with every run."""
    rows = [{"name": case.name, "who": case.who, "what": case.what, "content": case.content, "pages": case.pages,
             "failed": case.failed, "runs": [asdict(run) for run in case.runs]} for case in cases]
    facts = {"date": day, "machine": machine(), "versions": versions(), "cases": rows}
    return json.dumps(facts, ensure_ascii=False, indent=1) + "\n"


def put_in_readme(text: str, cases: Sequence[Case], day: str) -> str:
    """Return README with the newest figures between its marks."""
    runs = max(len(case.runs) for case in cases)
    new = f"{day}, {machine()}, {versions()}; medians of {runs} interleaved runs (least–most).\n\n{table(cases)}"
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"README has no section between {BEGIN} and {END}")
    return f"{before}{BEGIN}\n{new}\n{END}{after}"
