"""Leximin: the worst-off paper as well off as possible, then the second, and so on; total last.

Small instances are solved exactly. Larger ones by rounds of relaxations: a common level rises for all papers
until some hold it back; those are left at what they have, and it rises further for the others. The levels so
found are floors for a whole assignment; what cannot be kept in whole reviews is told under `unmet`.
"""

from __future__ import annotations

import math

import numpy as np

from ..answer import Answer
from ..instance import Instance
from ..kinds import Bools, Floats
from ..meter import Meter
from ..problem import Problem, programme_bonus
from ..program import Ladder, Search, Wishes
from ..report import paper_scores
from .fair import ROOM, attainable_step, finish, missed
from .total import by_programme

SMALL = 900
"""Pairs of papers and reviewers up to which the exact way is taken."""
ROUNDS, FINENESS = 4, 1 / 100
"""How often papers may be left behind, and how finely a level is looked for, as a share of the mean score."""
SHARES, NODES, LAST_GAP = (1.0, 0.75, 0.5, 0.25, 0.0), 300, 2e-3
"""How much of the way from the lowest level to each paper's own is tried, and with how much effort."""
HALF = 0.5
"""The share of a budget that looking for levels may use."""


def leximin(instance: Instance, meter: Meter) -> Answer:
    """The assignment whose paper scores, from the lowest up, are lexicographically greatest."""
    problem = Problem.of(instance, programme_bonus(instance))
    if not len(problem.asking):
        return problem.answer(problem.optimum.chosen, problem.optimum.bound * instance.unit)
    if math.prod(instance.shape) <= SMALL:
        exact = _exact(problem)
        if exact is not None:
            return exact
        by_programme(instance, meter)  # raises Infeasible where rules stand in the way
    levels = _levels(problem, meter)
    return _kept(problem, levels, meter)


def _kept(problem: Problem, levels: Floats, meter: Meter) -> Answer:
    """The levels as floors of whole reviews; lowered towards the lowest of them until all can be kept.

    Shares of reviews reach more than whole ones. Without this, a paper or two would pay for all the others.
    """
    lowest = np.minimum(levels[problem.asking].min(), levels)
    above = np.subtract(levels, lowest, out=np.zeros(len(levels)), where=np.isfinite(levels))
    step = attainable_step(problem)
    for share in SHARES:
        floors = lowest + share * above
        if step > FINENESS * abs(float(problem.own_best[problem.asking].mean())):
            floors = np.floor(floors / step + ROOM) * step  # no score lies between two steps
        search = Search(problem, Wishes(_free_part(problem, floors)))
        outcome = search.whole(search.relax(), meter, LAST_GAP, nodes=None if share == SHARES[-1] else NODES)
        if not outcome.low:
            break
    return finish(problem, outcome, float(floors[problem.asking].min()), missed(problem, outcome, floors))


def _exact(problem: Problem) -> Answer | None:
    """None when rules stand in the way; the programme then finds which and says so."""
    problem.optimum  # noqa: B018 - raises Infeasible with its reasons before anything else is tried
    chosen = Ladder(problem).climb()
    if chosen is None:
        return None
    worth = problem.candidates.values(chosen[:, 0], chosen[:, 1]).sum() * problem.instance.unit
    answer = problem.answer(chosen, float(worth))
    lowest = float(paper_scores(problem.instance, answer.chosen)[problem.asking].min())
    return Answer(answer.chosen, answer.bound, lowest)


def _free_part(problem: Problem, floors: Floats) -> Floats:
    """What free pairs must bring; a hair less, as scores are sums of rounded numbers."""
    return np.asarray(floors - problem.locked_score - ROOM)


def _levels(problem: Problem, meter: Meter) -> Floats:
    """The floor of each paper."""
    size = len(problem.own_best)
    asks = np.zeros(size, bool)
    asks[problem.asking] = True
    floors, rising = np.full(size, -np.inf), asks.copy()
    fine = max(FINENESS * abs(float(problem.own_best[asks].mean())), problem.instance.unit)
    for _ in range(ROUNDS):
        if not rising.any() or meter.past(HALF):
            break
        level, holding = _rise(problem, floors, rising, fine)
        floors[rising] = np.minimum(level, problem.own_best[rising])
        rising &= ~holding & (problem.own_best > level)
        if not holding.any():
            break
    return floors


def _rise(problem: Problem, floors: Floats, rising: Bools, fine: float) -> tuple[float, Bools]:
    """The highest common level in shares of reviews, and the papers that hold it back."""
    best = problem.own_best[rising]
    known = floors[rising]
    low = float(known.max()) if np.isfinite(known).any() else float(best.min()) - fine
    high = float(best.max())
    holding = _held_back(problem, floors, rising, high)
    if not holding.any():
        return high, holding
    if not np.isfinite(known).any() and not _held_back(problem, floors, rising, float(best.min())).any():
        low = float(best.min())
    while high - low > fine:
        middle = (low + high) / 2
        blamed = _held_back(problem, floors, rising, middle)
        if blamed.any():
            high, holding = middle, blamed
        else:
            low = middle
    return low, holding


def _held_back(problem: Problem, floors: Floats, rising: Bools, level: float) -> Bools:
    """Papers that a level cannot lift, directly or because they compete with such; none when all reach it."""
    wanted = floors.copy()
    wanted[rising] = np.minimum(level, problem.own_best[rising])
    relaxed = Search(problem, Wishes(_free_part(problem, wanted))).relax()
    blamed = np.zeros(len(floors), bool)
    if relaxed.falls_short:
        held = relaxed.model.held
        blamed[held[relaxed.solution.lift > relaxed.model.penalty / 2]] = True
        blamed[held[relaxed.solution.short[: len(held)] > ROOM * 10]] = True
        blamed &= rising
    return blamed
