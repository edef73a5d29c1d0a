"""Exact assignment as a minimum-cost flow, with the prices that prove it.

Papers send units to reviewers, reviewers to a sink. A reviewer's minimum load is a demand of its own node, so
it is met exactly rather than by a large bonus. A *gate* lets at most so many units of one paper pass to a set
of reviewers: "at most one from this organisation", or "at most two who are not senior". Gates keep the
network a network, and the optimum whole and exact, as long as the gates of one paper do not overlap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from .demand import Demand
from .kinds import Bools, Ints


@dataclass(frozen=True, eq=False)
class Gate:
    """At most `limit` of the `members` (a mark for each reviewer) may review `paper`."""

    paper: int
    members: Bools
    limit: int


@dataclass(frozen=True, eq=False)
class FlowSolution:
    """Chosen pairs (marks over the pairs given), the scaled total, and potentials of all nodes."""

    chosen: Bools
    total: int
    potential: Ints


class Network:
    """The flow network over a growing set of pairs; nodes are papers, reviewers, the sink, then gates."""

    def __init__(self, demand: Demand, gates: Sequence[Gate] = ()) -> None:
        self.demand = demand
        self.gates = list(gates)
        self.papers, self.reviewers = len(demand.need), len(demand.most)
        self.sink = self.papers + self.reviewers
        self.size = self.sink + 1 + len(self.gates)
        self._door = self._doors()

    def _doors(self) -> dict[int, Ints]:
        """For each gated paper, the node through which it reaches each reviewer."""
        doors: dict[int, Ints] = {}
        for number, gate in enumerate(self.gates):
            door = doors.setdefault(gate.paper, np.full(self.reviewers, gate.paper, np.int64))
            door[gate.members] = self.sink + 1 + number
        return doors

    def doors(self, papers: Ints, reviewers: Ints) -> Ints:
        """The node from which each pair's unit leaves: the paper itself, or its gate."""
        nodes = papers.astype(np.int64)
        if self._door:
            gated = np.isin(papers, list(self._door))
            for place in np.flatnonzero(gated).tolist():
                nodes[place] = self._door[int(papers[place])][reviewers[place]]
        return nodes

    def solve(self, papers: Ints, reviewers: Ints, values: Ints, guess: Ints | None = None) -> FlowSolution | None:
        """The best assignment using only these pairs, or None when they cannot meet the demand.

        `guess`: potentials of an earlier solution on fewer pairs, which shorten the search for new ones.
        """
        demand, count = self.demand, len(papers)
        tails = self.doors(papers, reviewers)
        heads = reviewers + np.int64(self.papers)
        solver = SimpleMinCostFlow()
        ones = np.ones(count, np.int64)
        solver.add_arcs_with_capacity_and_unit_cost(
            tails.astype(np.int32), heads.astype(np.int32), ones, -values.astype(np.int64)
        )
        other = self._other_arcs()
        solver.add_arcs_with_capacity_and_unit_cost(
            other[:, 0].astype(np.int32),
            other[:, 1].astype(np.int32),
            other[:, 2],
            np.zeros(len(other), np.int64),
        )
        supply = np.concatenate([demand.need, -demand.least, [demand.least.sum() - demand.need.sum()]])
        solver.set_nodes_supplies(np.arange(len(supply), dtype=np.int32), supply.astype(np.int64))
        if solver.solve() != solver.OPTIMAL:
            return None
        flows = solver.flows(np.arange(count + len(other), dtype=np.int32))
        total = -solver.optimal_cost()
        del solver
        arcs = _Arcs(
            np.concatenate([tails, other[:, 0]]),
            np.concatenate([heads, other[:, 1]]),
            np.concatenate([ones, other[:, 2]]),
            np.concatenate([-values.astype(np.int64), np.zeros(len(other), np.int64)]),
        )
        start = np.zeros(self.size, np.int64) if guess is None else guess
        return FlowSolution(flows[:count] > 0, int(total), arcs.potentials(flows, start))

    def _other_arcs(self) -> Ints:
        """Tail, head, capacity of the arcs to the sink and into the gates."""
        loads = np.column_stack(
            [
                np.arange(self.papers, self.sink),
                np.full(self.reviewers, self.sink),
                self.demand.most - self.demand.least,
            ]
        )
        gates = [[gate.paper, self.sink + 1 + i, gate.limit] for i, gate in enumerate(self.gates)]
        return np.concatenate([loads, np.array(gates, np.int64).reshape(-1, 3)]).astype(np.int64)

    def prices(self, solution: FlowSolution) -> tuple[Ints, Ints]:
        """Prices of a review for each paper and of a place for each reviewer, from the potentials.

        No unused pair is worth more than its two prices; a used one is worth no less. A paper's price is
        that of its cheapest door, so with gates it may invite useless pairs, but never miss a useful one.
        """
        level = solution.potential - solution.potential[self.sink]
        by_paper = level[: self.papers].copy()
        for number, gate in enumerate(self.gates):
            by_paper[gate.paper] = min(by_paper[gate.paper], level[self.sink + 1 + number])
        return by_paper, -level[self.papers : self.sink]

    def bound(self, solution: FlowSolution, excess: int) -> int:
        """A total no assignment can exceed, from the prices and the sum by which pairs exceed them."""
        level = solution.potential - solution.potential[self.sink]
        by_reviewer = -level[self.papers : self.sink]
        demand = self.demand
        loads = np.where(by_reviewer > 0, demand.most, demand.least) * by_reviewer
        passing = sum(
            gate.limit * max(0, int(level[self.sink + 1 + i] - level[gate.paper])) for i, gate in enumerate(self.gates)
        )
        return int((demand.need * level[: self.papers]).sum() + loads.sum() + passing + excess)


@dataclass(frozen=True, eq=False)
class _Arcs:
    tail: Ints
    head: Ints
    capacity: Ints
    cost: Ints

    def potentials(self, flow: Ints, start: Ints) -> Ints:
        """Shortest distances in the residual network (Bellman-Ford), which exist as the flow is optimal."""
        ahead, back = flow < self.capacity, flow > 0
        source = np.concatenate([self.tail[ahead], self.head[back]])
        target = np.concatenate([self.head[ahead], self.tail[back]])
        length = np.concatenate([self.cost[ahead], -self.cost[back]])
        order = np.argsort(target, kind="stable")
        source, target, length = source[order], target[order], length[order]
        first = np.flatnonzero(np.diff(target, prepend=-1))
        node = target[first]
        distance = np.zeros(int(max(start.size, node.max(initial=0) + 1)), np.int64)
        distance[: start.size] = start
        while len(node):
            reached = np.minimum.reduceat(distance[source] + length, first)
            if (reached >= distance[node]).all():
                break
            distance[node] = np.minimum(distance[node], reached)
        return distance
