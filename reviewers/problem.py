"""The parts that every objective begins with: candidates, demand, the flow optimum, each paper's own best."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .answer import Answer, Unmets
from .candidates import Candidates
from .columns import Optimum, best_total
from .demand import Demand, remaining
from .diagnosis import explain
from .errors import Infeasible
from .instance import Instance, same_pairs
from .kinds import Floats, Ints, pairs
from .scores import NEVER


@dataclass(frozen=True, eq=False)
class Problem:
    """An instance with its locked pairs settled."""

    instance: Instance
    demand: Demand
    candidates: Candidates

    @classmethod
    def of(cls, instance: Instance, bonus: int = 0) -> Problem:
        """Raises Infeasible when the locked pairs contradict another rule."""
        return cls(instance, remaining(instance), Candidates(instance, bonus))

    @cached_property
    def optimum(self) -> Optimum:
        """The greatest total under coverage, loads and barred pairs alone; Infeasible when there is none."""
        optimum = best_total(self.candidates, self.demand)
        if optimum is None:
            raise explain(self.instance) or Infeasible([])
        return optimum

    @cached_property
    def own_best(self) -> Floats:
        """The score each paper would get if it alone could choose, locked pairs included."""
        return np.asarray(self.candidates.best_sums(self.demand.need) * self.instance.unit) + self.locked_score

    @cached_property
    def locked_score(self) -> Floats:
        """What the locked pairs give each paper."""
        locked = self.instance.locked
        values = self.instance.scores.at(locked[:, 0], locked[:, 1]) * self.instance.unit
        return np.bincount(locked[:, 0], weights=values, minlength=len(self.instance.papers)).astype(np.float64)

    @property
    def asking(self) -> Ints:
        """Papers that are to get any review."""
        return np.flatnonzero(self.instance.coverage > 0)

    def answer(self, chosen: Ints, bound: float, floor: float | None = None, unmet: Unmets = ()) -> Answer:
        """The answer from the free pairs and a bound on their worth, without the worth of keeping pairs."""
        kept = int(same_pairs(chosen, self.instance.existing, self.instance.shape[1]).sum())
        bound += float(self.locked_score.sum()) - self.candidates.bonus * kept * self.instance.unit
        return Answer(pairs(np.concatenate([self.instance.locked, chosen])), bound, floor, unmet)


PROGRAMME_SPREADS = 10
"""In an integer programme, "keep as many as possible" weighs each kept pair as so many spreads of scores."""


def flow_bonus(instance: Instance) -> int:
    """Scaled points for keeping an existing pair, in a network.

    An infinite wish becomes more than any exchange can win: a chain of exchanges visits each paper or
    reviewer at most once, so its gain is below twice the smaller side times the spread of scores.
    """
    return _bonus(instance, 2 * min(instance.shape) + 1)


def programme_bonus(instance: Instance) -> int:
    """The same in an integer programme, whose arithmetic cannot bear a weight as great as that."""
    return _bonus(instance, PROGRAMME_SPREADS)


def _bonus(instance: Instance, spreads: int) -> int:
    keep = instance.rules.keep
    if not len(instance.existing) or not keep:
        return 0
    if not math.isinf(keep):
        return round(keep / instance.unit)
    values = instance.scores.values
    return spreads * (int(values.max(initial=0)) - max(NEVER + 1, int(values.min(initial=0))) + 1)
