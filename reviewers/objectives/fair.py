"""Fairness to papers: nobody below a floor, then the greatest total.

Every paper is to reach min(T, what it would get if it alone could choose). Without a T from the caller the
engine raises it as long as one point for the worst-off papers costs the average paper at most
EXCHANGE of one.
"""

from __future__ import annotations

import math

import numpy as np

from ..answer import Answer
from ..diagnosis import explain_rules
from ..instance import Instance
from ..kinds import Floats
from ..meter import Meter
from ..problem import Problem, programme_bonus
from ..program import Outcome, Search, Wishes
from ..report import Unmet

EXCHANGE = 1 / 6
FINE = 0.02
"""A step between attainable paper scores below this share of the mean score needs no weighing."""
ROOM = 1e-7


def fair(instance: Instance, meter: Meter, floor: float | None = None) -> Answer:
    """The greatest total with every paper at its floor; what cannot reach it is told under `unmet`."""
    problem = Problem.of(instance, programme_bonus(instance))
    if not len(problem.asking):
        return problem.answer(problem.optimum.chosen, problem.optimum.bound * instance.unit)
    level, outcome = (floor, None) if floor is not None else choose(problem, meter)
    if outcome is None:
        outcome = at_floor(problem, level, meter)
    wanted = np.full(len(problem.own_best), level)
    return finish(problem, outcome, level, _unmet(problem, outcome, wanted))


def finish(problem: Problem, outcome: Outcome, level: float, unmet: list[Unmet]) -> Answer:
    """The answer, or Infeasible when a rule had to be broken."""
    if outcome.broken:
        raise explain_rules(problem.instance, outcome.broken)
    return problem.answer(outcome.chosen, outcome.bound, level, tuple(unmet))


def at_floor(problem: Problem, level: float, meter: Meter) -> Outcome:
    """Whole reviews at a given T."""
    search = Search(problem, Wishes(floors(problem, level)))
    return search.whole(search.relax(), meter)


def floors(problem: Problem, level: float) -> Floats:
    """What the free pairs must bring each paper; a hair less, as scores are sums of rounded numbers."""
    wanted = np.full(len(problem.own_best), -np.inf)
    asking = problem.asking
    wanted[asking] = np.minimum(level, problem.own_best[asking]) - problem.locked_score[asking] - ROOM
    return wanted


def choose(problem: Problem, meter: Meter) -> tuple[float, Outcome | None]:
    """T by the exchange rule, with the outcome where weighing it has already found one."""
    ceiling = float(problem.own_best[problem.asking].min())
    reward = EXCHANGE * len(problem.asking)
    at_ceiling = Search(problem, Wishes(floors(problem, ceiling)))
    relaxed = at_ceiling.relax()
    if not relaxed.falls_short and relaxed.slope <= reward:
        return ceiling, at_ceiling.whole(relaxed, meter)
    best = Search(problem, Wishes(-problem.locked_score, reward, ceiling)).relax().solution.level
    step = attainable_step(problem)
    below = math.floor(best / step + ROOM) * step
    if step <= FINE * float(problem.own_best[problem.asking].mean()):
        return below, None
    lower, upper = (at_floor(problem, level, meter) for level in (below, below + step))
    if not upper.low and upper.value + reward * step > lower.value:
        return below + step, upper
    return below, lower


def attainable_step(problem: Problem) -> float:
    """The greatest number of which every score is a multiple."""
    pool = problem.optimum.pool
    values = problem.instance.scores.at(pool[:, 0], pool[:, 1])
    return float(max(1, int(np.gcd.reduce(values, initial=0)))) * problem.instance.unit


def _unmet(problem: Problem, outcome: Outcome, wanted: Floats) -> list[Unmet]:
    """Papers below T: those that could never reach it, and those for which it could not be arranged."""
    names, found = problem.instance.papers, missed(problem, outcome, wanted)
    told = {paper for paper, _ in outcome.low}
    for paper in problem.asking.tolist():
        best, level = float(problem.own_best[paper]), float(wanted[paper])
        if paper not in told and best < level - ROOM:
            text = f"Paper {names[paper]} cannot reach {level:.4f}: its best reviewers bring {best:.4f}."
            found.append(Unmet("floor", text, (names[paper],), (), level, best))
    return sorted(found, key=lambda unmet: unmet.got)


def missed(problem: Problem, outcome: Outcome, wanted: Floats) -> list[Unmet]:
    """Papers whose floor could not be arranged beside the others and the rules."""
    names, found = problem.instance.papers, []
    for paper, short in outcome.low:
        level = float(min(wanted[paper], problem.own_best[paper]))
        text = (
            f"Paper {names[paper]} stays {short:.4f} below its floor of {level:.4f}: "
            "other papers need the same reviewers, or a rule allows no better ones."
        )
        found.append(Unmet("floor", text, (names[paper],), (), level, level - short))
    return found
