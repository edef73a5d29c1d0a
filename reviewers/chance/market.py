"""The pairs a lottery is held over, and what the best assignment is worth when no pair may be certain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from ..demand import Demand
from ..kinds import Floats, Ints
from ..problem import Problem

MOST_PAIRS = 2_000_000
PAIRS_PER_REVIEW = 60
"""Greater matrices are cut to the pairs nearest to the optimum's prices: the others would get next to no chance."""
PARTS = 100
"""Caps are looked for in hundredths."""


@dataclass(frozen=True, eq=False)
class Market:
    """Pairs with their scores, and how much probability papers need and reviewers can take in sum."""

    papers: Ints
    reviewers: Ints
    score: Floats
    demand: Demand

    @classmethod
    def of(cls, problem: Problem) -> Market:
        """All pairs of the problem, or the promising ones where there are too many."""
        papers, reviewers = _promising(problem)
        score = np.asarray(problem.candidates.values(papers, reviewers) * problem.instance.unit, np.float64)
        order = np.lexsort((reviewers, papers))
        return cls(papers[order], reviewers[order], score[order], problem.demand)

    def best_under(self, cap: int) -> float | None:
        """The greatest expected total when no pair is likelier than `cap` hundredths; None when there is none."""
        demand, shape = self.demand, (len(self.demand.need), len(self.demand.most))
        scale = 10**6
        solver = SimpleMinCostFlow()
        solver.add_arcs_with_capacity_and_unit_cost(
            self.papers.astype(np.int32),
            (self.reviewers + shape[0]).astype(np.int32),
            np.full(len(self.papers), cap, np.int64),
            -np.rint(self.score * scale).astype(np.int64),
        )
        sink = sum(shape)
        solver.add_arcs_with_capacity_and_unit_cost(
            np.arange(shape[0], sink, dtype=np.int32),
            np.full(shape[1], sink, np.int32),
            PARTS * (demand.most - demand.least),
            np.zeros(shape[1], np.int64),
        )
        supply = np.concatenate([demand.need, -demand.least, [demand.least.sum() - demand.need.sum()]])
        solver.set_nodes_supplies(np.arange(sink + 1, dtype=np.int32), PARTS * supply.astype(np.int64))
        if solver.solve() != solver.OPTIMAL:
            return None
        return float(-solver.optimal_cost() / (scale * PARTS))

    def smallest_cap(self, target: float) -> int:
        """The smallest cap, in hundredths, under which the expected total can still reach `target`."""
        low, high = 0, PARTS
        while high - low > 1:
            cap = (low + high) // 2
            best = self.best_under(cap)
            low, high = (low, cap) if best is not None and best >= target else (cap, high)
        return high


def _promising(problem: Problem) -> tuple[Ints, Ints]:
    candidates, optimum = problem.candidates, problem.optimum
    flat = candidates.flat
    cells = candidates.shape[0] * candidates.shape[1] if flat is None else len(flat[0])
    if cells <= MOST_PAIRS:
        papers, reviewers = candidates.all()
        return papers.astype(np.int64), reviewers.astype(np.int64)
    wanted = min(MOST_PAIRS, PAIRS_PER_REVIEW * max(1, problem.demand.total))
    reach = max(1.0, 0.05 / problem.instance.unit)
    while True:
        papers, reviewers, worth = candidates.improving(optimum.by_paper, optimum.by_reviewer, None, -reach)
        if len(papers) >= wanted or len(papers) >= cells:
            break
        reach *= 2
    near = np.argpartition(-worth, min(wanted, len(worth)) - 1)[:wanted]
    chosen = optimum.chosen[:, 0] * candidates.width + optimum.chosen[:, 1]
    code = np.union1d(papers[near] * candidates.width + reviewers[near], chosen)
    return np.divmod(code, candidates.width)
