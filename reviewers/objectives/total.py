"""The greatest total, by a flow where the rules allow one and by an integer programme where they do not."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ..answer import Answer
from ..columns import Optimum, best_total
from ..diagnosis import explain_rules
from ..flow import Gate
from ..instance import Instance
from ..meter import Meter
from ..problem import Problem, flow_bonus, programme_bonus
from ..rows import Row, RowFinder


def total(instance: Instance, meter: Meter) -> Answer:
    """The assignment of greatest total score under every rule of the instance."""
    problem = Problem.of(instance, flow_bonus(instance))
    found = by_flow(problem)
    if found is None:
        return by_programme(instance, meter)
    return problem.answer(found.chosen, found.bound * instance.unit)


def by_flow(problem: Problem) -> Optimum | None:
    """The exact optimum as long as the rules broken by a flow can be put into the network, else None.

    Rules are added where they are broken, and only there: a limit or a wish for seniors becomes a gate of its
    paper. Cycles, and gates of one paper that overlap, are beyond a network.
    """
    finder = RowFinder(problem.instance)
    optimum: Optimum | None = problem.optimum
    gates: dict[tuple[int, ...], Gate] = {}
    while optimum is not None:
        broken = finder.broken(optimum.chosen, np.ones(len(optimum.chosen)))
        if not broken:
            return optimum
        for row in broken:
            gate = _gate(problem, row)
            if gate is None or row.key in gates or _overlaps(gate, gates.values()):
                return None
            gates[row.key] = gate
        optimum = best_total(problem.candidates, problem.demand, list(gates.values()))
    return None


def _gate(problem: Problem, row: Row) -> Gate | None:
    """The row as a gate of one paper, or None when it is none or already impossible."""
    width = problem.instance.shape[1]
    members = np.zeros(width, bool)
    if row.rule.startswith("cycle"):
        return None
    (paper,) = row.papers
    members[row.members % width] = True
    if row.rule == "seniors":
        members, limit = ~members, int(problem.demand.need[paper] - row.low)
    else:
        limit = int(row.high)
    return Gate(paper, members, limit) if limit >= 0 else None


def _overlaps(gate: Gate, others: Iterable[Gate]) -> bool:
    return any(other.paper == gate.paper and bool((other.members & gate.members).any()) for other in others)


def by_programme(instance: Instance, meter: Meter) -> Answer:
    """The same by an integer programme, for rules that a network cannot carry."""
    from ..program import Search, Wishes  # noqa: PLC0415 - SciPy's optimisers take a second to load

    problem = Problem.of(instance, programme_bonus(instance))
    search = Search(problem, Wishes(np.full(len(instance.papers), -np.inf)))
    outcome = search.whole(search.relax(), meter)
    if outcome.broken:
        raise explain_rules(instance, outcome.broken)
    return problem.answer(outcome.chosen, outcome.bound)
