"""What is left to assign once the locked pairs stand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .errors import Infeasible, Reason
from .instance import Instance, keyed, same_pairs
from .kinds import Ints


@dataclass(frozen=True, eq=False)
class Demand:
    """Reviews still needed by each paper, and the fewest and most each reviewer may still take."""

    need: Ints
    least: Ints
    most: Ints

    @property
    def total(self) -> int:
        return int(self.need.sum())


def remaining(instance: Instance) -> Demand:
    """The demand after the locked pairs; Infeasible when a lock contradicts another rule by itself."""
    papers, reviewers = instance.shape
    locked = instance.locked
    by_paper = np.bincount(locked[:, 0], minlength=papers)
    by_reviewer = np.bincount(locked[:, 1], minlength=reviewers)
    reasons = _locked_against_bars(instance)
    for paper in np.flatnonzero(by_paper > instance.coverage).tolist():
        reasons.append(
            Reason(
                "locked",
                f"Paper {instance.papers[paper]} has {by_paper[paper]} locked reviewers but is to get "
                f"{instance.coverage[paper]}.",
                papers=(instance.papers[paper],),
                needed=int(by_paper[paper]),
                available=int(instance.coverage[paper]),
            )
        )
    for reviewer in np.flatnonzero(by_reviewer > instance.load_max).tolist():
        reasons.append(
            Reason(
                "locked",
                f"Reviewer {instance.reviewers[reviewer]} is locked to {by_reviewer[reviewer]} papers "
                f"but may take {instance.load_max[reviewer]}.",
                reviewers=(instance.reviewers[reviewer],),
                needed=int(by_reviewer[reviewer]),
                available=int(instance.load_max[reviewer]),
            )
        )
    if reasons:
        raise Infeasible(reasons)
    return Demand(
        instance.coverage - by_paper,
        np.maximum(0, instance.lower_loads - by_reviewer),
        instance.load_max - by_reviewer,
    )


def _locked_against_bars(instance: Instance) -> list[Reason]:
    clash = instance.locked[same_pairs(instance.locked, instance.barred(), instance.shape[1])]
    return [
        Reason(
            "locked",
            f"Reviewer {reviewer} is locked to paper {paper} but must not review it.",
            papers=(paper,),
            reviewers=(reviewer,),
        )
        for paper, reviewer in keyed(instance, clash)
    ]
