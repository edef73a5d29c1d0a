"""The figures of an assignment, counted as in the literature: a paper's score sums its affinities."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from .checker import check
from .instance import Instance
from .kinds import Floats, Id, Ints
from .meter import Spent


@dataclass(frozen=True)
class Unmet:
    """A wish that could not be granted, and why; `rule` is a stable code, `wanted` and `got` its figures."""

    rule: str
    text: str
    papers: tuple[Id, ...] = ()
    reviewers: tuple[Id, ...] = ()
    wanted: float = 0.0
    got: float = 0.0


@dataclass(frozen=True)
class Chances:
    """The lottery an assignment was drawn from.

    `cap` is the greatest chance allowed, `highest` the greatest there is, `support` how many pairs have one,
    `entropy` the sum of -p ln p, `expected` the mean total over all draws.
    """

    seed: int
    cap: float
    highest: float
    support: int
    entropy: float
    expected: float


@dataclass(frozen=True)
class Report:
    """What an assignment is worth and what it cost.

    `total` is the sum over all pairs; `mean`, `min`, `p1`, `p5`, `p10` and `gini` are over paper scores;
    `loads` is the papers of each reviewer, in the instance's order; `bound` is a total nobody can exceed
    under the same rules and floor, and `gap` = (bound - total) / |bound|; `violations` counts what the
    independent checker finds.
    """

    objective: str
    total: float
    mean: float
    min: float
    p1: float
    p5: float
    p10: float
    gini: float
    loads: tuple[int, ...]
    bound: float
    gap: float
    floor: float | None
    seconds: float
    cpu_seconds: float
    peak_mb: float
    violations: int
    unmet: tuple[Unmet, ...] = ()
    chances: Chances | None = None

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return asdict(self)


def paper_scores(instance: Instance, chosen: Ints) -> Floats:
    """The sum of affinities of each paper's reviewers."""
    values = instance.scores.at(chosen[:, 0], chosen[:, 1]) * instance.unit
    return np.bincount(chosen[:, 0], weights=values, minlength=len(instance.papers)).astype(np.float64)


def gini(scores: Floats) -> float:
    """Inequality of paper scores: 0 when all are equal."""
    total = float(scores.sum())
    if not len(scores) or total <= 0:
        return 0.0
    ranks = np.arange(1, len(scores) + 1)
    return float((2 * ranks - len(scores) - 1) @ np.sort(scores) / (len(scores) * total))


def summarise(
    instance: Instance,
    chosen: Ints,
    *,
    objective: str,
    bound: float,
    spent: Spent,
    floor: float | None = None,
    unmet: tuple[Unmet, ...] = (),
    chances: Chances | None = None,
) -> Report:
    """The report of an assignment; `bound` is in score, proven by the solver."""
    scores = paper_scores(instance, chosen)
    total = float(instance.scores.at(chosen[:, 0], chosen[:, 1]).sum() * instance.unit)
    counted = scores[instance.coverage > 0]
    counted = counted if len(counted) else np.zeros(1)
    low = np.percentile(counted, [1, 5, 10])
    return Report(
        objective=objective,
        total=total,
        mean=float(counted.mean()),
        min=float(counted.min()),
        p1=float(low[0]),
        p5=float(low[1]),
        p10=float(low[2]),
        gini=gini(counted),
        loads=tuple(np.bincount(chosen[:, 1], minlength=len(instance.reviewers)).tolist()),
        bound=bound,
        gap=max(0.0, (bound - total) / abs(bound)) if bound else 0.0,
        floor=floor,
        seconds=spent.seconds,
        cpu_seconds=spent.cpu_seconds,
        peak_mb=spent.peak_mb,
        violations=len(check(instance, chosen)),
        unmet=unmet,
        chances=chances,
    )
