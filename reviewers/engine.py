"""The one call that assigns: choose the objective, solve, check, report."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from .alternates import rank
from .candidates import Candidates
from .columns import Optimum, best_total
from .demand import remaining
from .diagnosis import explain
from .errors import BadInstance, Infeasible
from .instance import Instance, keyed, same_pairs
from .kinds import Id, Ints, pairs
from .meter import Meter
from .report import Report, summarise

OBJECTIVES = ("total",)


@dataclass(frozen=True, eq=False)
class Result:
    """An assignment: (paper, reviewer) positions in `chosen`, alternates by position, and its report."""

    instance: Instance
    chosen: Ints
    ranked: dict[int, list[int]]
    report: Report

    @property
    def assignment(self) -> list[tuple[Id, Id]]:
        """(paper, reviewer) ids, by paper."""
        return keyed(self.instance, self.chosen)

    @property
    def alternates(self) -> dict[Id, list[Id]]:
        """Reviewers who could step in for each paper, best first."""
        papers, reviewers = self.instance.papers, self.instance.reviewers
        return {papers[paper]: [reviewers[r] for r in ranked] for paper, ranked in self.ranked.items()}

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON, as documented in docs/reviewers.md."""
        return {
            "assignment": [list(pair) for pair in self.assignment],
            "alternates": {str(paper): who for paper, who in self.alternates.items()},
            "report": self.report.as_dict(),
        }


def assign(instance: Instance, objective: str = "total", *, alternates: int = 5) -> Result:
    """The best assignment under the instance's rules.

    Raises Infeasible with named reasons and remedies when no assignment keeps every rule, and BadInstance for
    an unknown objective.
    """
    if objective not in OBJECTIVES:
        raise BadInstance(f"The objective must be one of {', '.join(OBJECTIVES)}.")
    meter = Meter()
    demand = remaining(instance)
    bonus = keep_bonus(instance)
    optimum = best_total(Candidates(instance, bonus), demand)
    if optimum is None:
        raise explain(instance) or Infeasible([])
    chosen = pairs(_with_locked(instance, optimum))
    bound = (optimum.bound + _locked_total(instance) - bonus * _kept(instance, optimum.chosen)) * instance.unit
    ranked = rank(instance, chosen, alternates)
    report = summarise(instance, chosen, objective=objective, bound=bound, spent=meter.spent())
    return Result(instance, chosen, ranked, report)


def keep_bonus(instance: Instance) -> int:
    """Scaled points for keeping an existing pair.

    An infinite wish becomes more than any chain of exchanges can win: a chain visits each paper or reviewer
    at most once, so its gain is below twice the smaller side times the spread of scores.
    """
    keep = instance.rules.keep
    if not len(instance.existing) or not keep:
        return 0
    if math.isinf(keep):
        values = instance.scores.values
        spread = int(values.max(initial=0)) - int(values.min(initial=0)) + 1
        return 2 * min(instance.shape) * spread + 1
    return round(keep / instance.unit)


def _with_locked(instance: Instance, optimum: Optimum) -> Ints:
    return np.concatenate([instance.locked, optimum.chosen])


def _locked_total(instance: Instance) -> int:
    return int(instance.scores.at(instance.locked[:, 0], instance.locked[:, 1]).sum())


def _kept(instance: Instance, chosen: Ints) -> int:
    return int(same_pairs(chosen, instance.existing, instance.shape[1]).sum())
