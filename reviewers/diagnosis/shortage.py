"""Where supply falls short of demand: a maximum flow and the sets that block it (Hall violators)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.graph.python.max_flow import SimpleMaxFlow
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from ..kinds import Bools, Ints

MOST_SETS = 20


@dataclass(frozen=True, eq=False)
class Sides:
    """Askers who want units from givers, one unit for each permitted pair.

    With papers as askers this is coverage against maximum loads; with reviewers as askers, minimum loads
    against coverage.
    """

    asker: Ints
    giver: Ints
    wants: Ints
    offers: Ints

    def flow(self, helpers: int = 0, places: int = 0) -> tuple[Bools, Ints]:
        """A greatest flow: marks of used pairs, and the units each asker lacks.

        `helpers` extra givers with `places` units each, open to every asker, may take part.
        """
        askers, givers = len(self.wants), len(self.offers)
        source, sink, helper = askers + givers, askers + givers + 1, askers + givers + 2
        solver = SimpleMaxFlow()
        arcs = [
            (self.asker, self.giver + askers, np.ones(len(self.asker), np.int64)),
            (np.full(askers, source), np.arange(askers), self.wants),
            (np.arange(givers) + askers, np.full(givers, sink), self.offers),
            (np.arange(askers), np.full(askers, helper), np.full(askers, helpers)),
            (np.array([helper]), np.array([sink]), np.array([helpers * places])),
        ]
        for tail, head, capacity in arcs:
            solver.add_arcs_with_capacity(tail.astype(np.int32), head.astype(np.int32), capacity.astype(np.int64))
        solver.solve(source, sink)
        count = len(self.asker)
        used = solver.flows(np.arange(count, dtype=np.int32)) > 0
        got = solver.flows(np.arange(count, count + askers, dtype=np.int32))
        return np.asarray(used), np.asarray(self.wants - got)

    def blocking_sets(self, used: Bools, lacking: Ints) -> list[tuple[Ints, Ints]]:
        """Small sets of askers, each with the givers it depends on, whose wants cannot all be met.

        From each asker that lacks something, alternate along unused and used pairs: whatever is reached is
        a set whose givers are all spent on the set itself. Smallest first, each asker blamed once.
        """
        found: list[tuple[Ints, Ints]] = []
        blamed = np.zeros(len(self.wants), bool)
        for start in np.flatnonzero(lacking > 0).tolist()[:MOST_SETS]:
            if blamed[start]:
                continue
            askers, givers = self._reach(start, used)
            blamed |= askers
            found.append((np.flatnonzero(askers), np.flatnonzero(givers)))
        return sorted(found, key=lambda pair: len(pair[0]))

    def _reach(self, start: int, used: Bools) -> tuple[Bools, Bools]:
        askers, givers = np.zeros(len(self.wants), bool), np.zeros(len(self.offers), bool)
        askers[start] = True
        while True:
            givers[self.giver[askers[self.asker] & ~used]] = True
            grown = askers.copy()
            grown[self.asker[givers[self.giver] & used]] = True
            if (grown == askers).all():
                return askers, givers
            askers = grown

    def extra_offers(self) -> Ints | None:
        """The fewest extra units, by giver, that would meet all wants; None when no number of units does."""
        askers, givers = len(self.wants), len(self.offers)
        sink, total = askers + givers, int(self.wants.sum())
        solver = SimpleMinCostFlow()
        ones = np.ones(len(self.asker), np.int64)
        hub = np.arange(givers, dtype=np.int64) + askers
        end = np.full(givers, sink)
        arcs = [
            (self.asker, self.giver + askers, ones, 0),
            (hub, end, self.offers, 0),
            (hub, end, np.full(givers, total), 1),
        ]
        for tail, head, capacity, cost in arcs:
            solver.add_arcs_with_capacity_and_unit_cost(
                tail.astype(np.int32),
                head.astype(np.int32),
                capacity.astype(np.int64),
                np.full(len(tail), cost, np.int64),
            )
        solver.set_nodes_supplies(np.arange(askers, dtype=np.int32), self.wants.astype(np.int64))
        solver.set_node_supply(sink, -total)
        if solver.solve() != solver.OPTIMAL:
            return None
        first = len(self.asker) + givers
        return np.asarray(solver.flows(np.arange(first, first + givers, dtype=np.int32)))
