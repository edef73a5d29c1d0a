"""The exact maximum total over all pairs, by solving a few and asking the prices for more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .candidates import Candidates
from .demand import Demand
from .flow import FlowSolution, Gate, Network
from .kinds import Ints, codes

FIRST_SEEDS = 25


@dataclass(frozen=True, eq=False)
class Optimum:
    """Chosen (paper, reviewer) pairs, scaled total and proven upper bound, and the prices behind it.

    `pool` holds every pair the search looked at closely, as (paper, reviewer) rows.
    """

    chosen: Ints
    total: int
    bound: int
    by_paper: Ints
    by_reviewer: Ints
    pool: Ints


def best_total(candidates: Candidates, demand: Demand, gates: Sequence[Gate] = ()) -> Optimum | None:
    """The assignment of greatest total value that meets the demand, or None when there is none."""
    network = Network(demand, gates)
    papers, reviewers, solution = _first(candidates, network)
    if solution is None:
        return None
    while True:
        by_paper, by_reviewer = network.prices(solution)
        more_papers, more_reviewers, _ = candidates.improving(by_paper, by_reviewer)
        used = np.column_stack([papers, reviewers])
        width = candidates.width
        new = ~np.isin(more_papers * width + more_reviewers, codes(used, width))
        if not new.any():
            chosen = used[solution.chosen]
            bound = network.bound(solution, _unpriced(network, solution, more_papers, more_reviewers, candidates))
            return Optimum(chosen, solution.total, bound, by_paper, by_reviewer, used)
        papers = np.concatenate([papers, more_papers[new]])
        reviewers = np.concatenate([reviewers, more_reviewers[new]])
        grown = network.solve(papers, reviewers, candidates.values(papers, reviewers), solution.potential)
        if grown is None:  # more pairs cannot undo feasibility
            raise AssertionError("the flow solver lost a feasible assignment")
        solution = grown


def _first(candidates: Candidates, network: Network) -> tuple[Ints, Ints, FlowSolution | None]:
    """A solution on few pairs, or on more, or on all of them."""
    count = FIRST_SEEDS
    while count < max(candidates.shape):
        papers, reviewers = candidates.seeds(count)
        solution = network.solve(papers, reviewers, candidates.values(papers, reviewers))
        if solution is not None:
            return papers, reviewers, solution
        count *= 4
    papers, reviewers = (part.astype(np.int64) for part in candidates.all())
    return papers, reviewers, network.solve(papers, reviewers, candidates.values(papers, reviewers))


def _unpriced(network: Network, solution: FlowSolution, papers: Ints, reviewers: Ints, candidates: Candidates) -> int:
    """By how much, in sum, the given pairs exceed the prices of their own doors."""
    level = solution.potential - solution.potential[network.sink]
    doors = network.doors(papers, reviewers)
    excess = candidates.values(papers, reviewers) - level[doors] + level[network.papers + reviewers]
    return int(np.maximum(0, excess).sum())
