"""Measures this program and its peers: `make bench`.  Asserts nothing; writes tables and a chart to dist/bench/.

    make bench                 the shipped booklet, a small one, and the peers that are here
    make bench RUNS=9          more runs
    make bench LONG=1          also a booklet of 1,000 pages, which takes minutes
    make bench README=1        and put the figures into README
"""

import argparse
import datetime
import sys
import tempfile
from pathlib import Path

from booklet.collector import Collector
from booklet.palette import read_palette
from tests.bench.cases import another, daily, long, warm_up
from tests.bench.desk import ROOT
from tests.bench.measuring import Case
from tests.bench.peers import peer_cases
from tests.bench.report import chart, put_in_readme, record, table, tell
from tests.bench.targets import judge


def arguments() -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5, help="runs of each case [5]")
    parser.add_argument("--long", action="store_true", help="also a booklet of 1,000 pages")
    parser.add_argument("--only", default="", help="only cases whose name has these words, and Typst")
    parser.add_argument("--readme", action="store_true", help="put the figures into README")
    parser.add_argument("--output", type=Path, default=ROOT / "dist/bench", help="where the tables go [dist/bench]")
    return parser.parse_args()


def gather(place: Path, with_long: bool) -> list[Case]:
    """Return all cases, their desks laid."""
    cases = [*daily(place), *peer_cases(ROOT / "content", place, "shipped"), *another(place)]
    cases += peer_cases(place / "tiny/content", place, "small", ("Typst",))
    if with_long:
        cases += long(place)
        cases += peer_cases(place / "thousand/content", place, "thousand", ("Typst",), 3)
    return cases


def measure_all(cases: list[Case], runs: int) -> None:
    """Run all cases by turns, so that a busy moment of the machine meets each alike."""
    for number in range(1, runs + 1):
        for case in cases:
            if sys.stderr.isatty():
                print(f"\r\033[Krun {number} of {runs}: {case.name}", end="", file=sys.stderr, flush=True)
            case.measure()
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)


def main() -> None:
    """Measure, write, tell."""
    asked, day = arguments(), f"{datetime.date.today():%-d %B %Y}"
    with tempfile.TemporaryDirectory() as folder:
        warm_up(Path(folder))
        cases = [case for case in gather(Path(folder), asked.long)
                 if asked.only in case.name or (case.who, case.what) == ("Typst", "cold")]
        measure_all(cases, asked.runs)
    palette = read_palette(ROOT / "styles", Collector())
    colours = {colour.name: colour.srgb for colour in palette.colours}
    asked.output.mkdir(parents=True, exist_ok=True)
    for name, text in (("bench.md", tell(cases, day)), ("bench.json", record(cases, day)),
                       ("bench.svg", chart(cases, colours, day))):
        (asked.output / name).write_text(text, "utf-8")
    if asked.readme:
        readme = ROOT / "README.md"
        readme.write_text(put_in_readme(readme.read_text("utf-8"), cases, day), "utf-8")
    print(f"{table(cases)}\n\n{judge(cases)}")
    for case in cases:
        if case.failed:
            print(f"failed: {case.name}: {case.failed}", file=sys.stderr)
    print(f"written to {asked.output}")


if __name__ == "__main__":
    main()
