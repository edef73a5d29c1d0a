"""The matching engine beside targets and published figures: `python -m tests.bench.reviewers [NAME ...]`.

Every row runs in a process of its own, so that seconds and memory are its own; NAME picks rows by instance.
"""

import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from reviewers import Instance, assign, sparse
from reviewers.formats import read
from reviewers.kinds import pairs
from tests.shared import ROOT

DATA = ROOT.parent / "shared" / "data" / "assignment"
HUGE = "15000x12000"


@dataclass(frozen=True)
class Row:
    """A run, what is to be reached, and what was published or measured for others."""

    name: str
    objective: str = "total"
    must: str = ""
    others: str = ""
    options: dict[str, Any] = field(default_factory=dict)
    rules: dict[str, Any] = field(default_factory=dict)


ROWS = (
    Row("midl", must="201.885", others="TPMS 201.88"),
    Row("sigir", must="122.50", others="MinMax 122.50"),
    Row("csconf3", must="454.25", others="MinMax 454.25"),
    Row("aamas2015", must="1406.25", others="MinMax 1406.25 in 2.5 s"),
    Row("aamas2021", must="1082.898", others="MinMax 1082.68 in 9.8 s"),
    Row("cvpr2017like", must="4246.53, 6 s (2.5), 600 MB (300)", others="MinMax 4245.75 in 256 s"),
    Row(HUGE, must="10 s (3), 500 MB (300)"),
    Row("midl", "fair", "0.9447 at 201.7 (201.77)", "FairIR 0.93 at 201.83"),
    Row("midl", "fair", "0.80 at 141 (0.92 at 143)", "FairFlow 0.618 at 130.29", {"floor": 0.92}, {"min_loads": True}),
    Row("aamas2015", "fair", "1.25 at 1400 (1403.75)", "FairFlow 1.25 at 1363.0"),
    Row("aamas2015", "fair", "(1.50 at 1375.75)", "", {"floor": 1.5}),
    Row("sigir", "fair", "1.0 at 121.5 (122.50)", "FairFlow 1.0 at 115.75"),
    Row("cvpr2017like", "fair", "0.75 at 4221, 60 s (0.815 at 4237.5, 20 s)", "FairSequence 0.642 at 4062.4"),
    Row("midl", "leximin", "0.9447", "PR4A 0.92 at 197.32 in 294 s"),
    Row("aamas2015", "randomised", "entropy 1700 (1950)", "PM 1954, PLRA 531"),
    Row(
        "aamas2021",
        "total",
        "98.5 % (99.8 %) of 1082.898",
        "98.5 %, 2 rings left",
        {},
        {"cycles": 2, "coauthors": True},
    ),
)


def _instance(name: str) -> Instance:
    if name != HUGE:
        return read(DATA / f"{name}.npz")
    papers, reviewers, each = 15_000, 12_000, 100
    dice = np.random.default_rng(1)
    code = np.unique(np.repeat(np.arange(papers), each) * reviewers + dice.integers(0, reviewers, papers * each))
    rows, columns = np.divmod(code, reviewers)
    scores = sparse((papers, reviewers), rows, columns, dice.integers(0, 1001, len(code)) / 1000)
    load = np.full(reviewers, 6)
    return Instance(
        tuple(range(papers)), tuple(range(reviewers)), scores, np.full(papers, 4), load, np.zeros_like(load), pairs()
    )


def _run(row: Row) -> str:
    instance = _instance(row.name).with_rules(**row.rules)
    report = assign(instance, row.objective, **row.options).report
    chance = f", entropy {report.chances.entropy:.0f} to {report.chances.highest:.2f}" if report.chances else ""
    return (
        f"{row.name:13} {row.objective:10} total {report.total:10.4f} of {report.bound:10.4f}, min {report.min:.4f}, "
        f"p5 {report.p5:.4f}{chance}, {report.violations} violations, {report.cpu_seconds:6.2f} CPU s, "
        f"{report.peak_mb:4.0f} MB | must (aim): {row.must} | others: {row.others or '-'}"
    )


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--row"]:
        sys.stdout.write(_run(ROWS[int(arguments[1])]) + "\n")
        return
    for number, row in enumerate(ROWS):
        if arguments and row.name not in arguments:
            continue
        if row.name != HUGE and not Path(DATA / f"{row.name}.npz").exists():
            sys.stdout.write(f"{row.name}: shared data absent\n")
            continue
        subprocess.run([sys.executable, "-m", "tests.bench.reviewers", "--row", str(number)], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
