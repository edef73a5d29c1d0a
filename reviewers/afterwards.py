"""Commands for what comes before and after an assignment: `topup`, `calibrate`, `rings`."""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import numpy as np

from .calibration import Calibration, calibrate
from .collusion import suspicious
from .errors import BadInstance
from .formats import numbered, rows, write_json
from .instance import Instance
from .kinds import Id, Ints, pairs
from .topup import top_up

PAIR = ("paper", "reviewer")


def add_topup(parser: argparse.ArgumentParser) -> None:
    """What `topup` asks for besides what `assign` does."""
    parser.add_argument("present", type=Path, help="JSON with the pairs that stand, under assignment")
    parser.add_argument("--gone", action="append", default=[], metavar="REVIEWER", help="left; may be repeated")
    parser.add_argument("--declined", type=Path, help="CSV paper,reviewer: given back, never to be asked again")


def topped_up(instance: Instance, present: Ints, options: argparse.Namespace) -> Instance:
    """The instance in which what stands is locked and only the gaps are open."""
    place = {str(reviewer): i for i, reviewer in enumerate(instance.reviewers)}
    paper_at = {str(paper): i for i, paper in enumerate(instance.papers)}
    for name in options.gone:
        if name not in place:
            raise BadInstance(f"{name} is not a reviewer of the instance.")
    declined = []
    for row in rows(options.declined, PAIR, required=True) if options.declined else ():
        if row["paper"] not in paper_at or row["reviewer"] not in place:
            raise BadInstance(f"{options.declined.name} names {row['paper']}, {row['reviewer']}: not in the instance.")
        declined.append((paper_at[row["paper"]], place[row["reviewer"]]))
    return top_up(instance, pairs(np.asarray(present)), [place[name] for name in options.gone], pairs(declined))


def add_calibrate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scores", type=Path, help="CSV paper,reviewer,score of the reviews that are in")
    parser.add_argument("-o", "--output", type=Path, help="where to write the estimates (JSON)")
    parser.set_defaults(run=_calibrate)


def _calibrate(options: argparse.Namespace) -> int:
    found = calibrate(numbered(options.scores, ("paper", "reviewer", "score")))
    if options.output:
        write_json(_as_dict(found), options.output)
    low, high = _extremes(found)
    print(
        f"{len(found.papers)} papers, {len(found.reviewers)} reviewers; standard deviations: quality "
        f"{found.quality_spread:.2f}, leniency {found.bias_spread:.2f}, noise {found.noise:.2f}; "
        f"strictest {low}, mildest {high}"
    )
    return 0


def _as_dict(found: Calibration) -> dict[str, object]:
    return {
        "papers": {str(paper): asdict(quality) for paper, quality in found.papers.items()},
        "reviewers": {str(reviewer): asdict(habit) for reviewer, habit in found.reviewers.items()},
        "quality_spread": found.quality_spread,
        "bias_spread": found.bias_spread,
        "noise": found.noise,
    }


def _extremes(found: Calibration) -> tuple[str, str]:
    ranked = sorted(found.reviewers.items(), key=lambda item: (item[1].bias, str(item[0])))
    named = [f"{who} ({habit.bias:+.2f} ± {habit.bias_error:.2f})" for who, habit in ranked]
    return named[0], named[-1]


def add_rings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--bids", type=Path, required=True, help="CSV paper,reviewer: who wants which paper")
    parser.add_argument("--authors", type=Path, required=True, help="CSV paper,reviewer: who wrote which paper")
    parser.add_argument("--papers", type=int, help="how many papers there are; else those that are named")
    parser.add_argument("--affinity", type=Path, help="CSV reviewer,paper,score: finds wishes far from the own writing")
    parser.add_argument("-o", "--output", type=Path, help="where to write the findings (JSON)")
    parser.set_defaults(run=_rings)


def _rings(options: argparse.Namespace) -> int:
    wants = [(row["paper"], row["reviewer"]) for row in rows(options.bids, PAIR, required=True)]
    wrote = [(row["paper"], row["reviewer"]) for row in rows(options.authors, PAIR, required=True)]
    near: dict[tuple[Id, Id], float] | None = None
    if options.affinity:
        near = {(paper, who): value for paper, who, value in numbered(options.affinity, ("paper", "reviewer", "score"))}
    named = {paper for paper, _ in (*wants, *wrote)}
    found = suspicious(wants, wrote, len(named) if options.papers is None else options.papers, near)
    for finding in found:
        print(f"{finding.kind}: {', '.join(map(str, finding.people))}; papers {', '.join(map(str, finding.papers))}; "
              f"chance {finding.chance:.1e}")  # fmt: skip
    if options.output:
        write_json({"findings": [asdict(finding) for finding in found]}, options.output)
    kinds = Counter(finding.kind for finding in found)
    print(", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())) or "Nothing stands out.")
    return 0
