"""Assignment by lottery: nobody can be sure of a paper, and the expected total stays near the greatest.

Against reviewers who bid to get a friend's paper, and against guessing who wrote a review: no pair is likelier
than a cap, and among all chances that keep a given share of the total the most widely spread are taken.
"""

from __future__ import annotations

import math

import numpy as np

from ..answer import Answer, Lottery
from ..chance import Market, Spread, draw, in_parts, spread
from ..chance.market import PARTS
from ..chance.sampling import WHOLE
from ..errors import BadInstance, Infeasible, Reason, Remedy
from ..instance import Instance, same_pairs
from ..kinds import Ints, pairs
from ..meter import Meter
from ..problem import Problem
from ..report import Unmet
from ..rows import RowFinder
from .total import total

KEPT = 0.95


def randomised(
    instance: Instance, meter: Meter, *, seed: int, cap: float | None = None, kept: float | None = None
) -> Answer:
    """One assignment drawn by the seed, with the chance every pair had."""
    kept = KEPT if kept is None else kept
    if not 0 < kept <= 1 or (cap is not None and not 0 < cap <= 1):
        raise BadInstance("The cap on a chance and the share of the total to keep lie above 0 and up to 1.")
    problem = Problem.of(instance)
    best = problem.optimum.bound * instance.unit
    target = kept * best if best > 0 else best - (1 - kept) * abs(best)
    market = Market.of(problem)
    found = spread(market, target, _cap(instance, market, target, cap))
    parts = in_parts(market, found.chance, found.cap)
    if parts is None:
        raise _too_low(instance, market)
    drawn = draw(market, parts, seed)
    chosen = np.column_stack([market.papers[drawn], market.reviewers[drawn]])
    lottery = _lottery(instance, market, found, parts)
    mended = _mended(instance, chosen, meter)
    unmet = _unmet(found, target)
    bound = best + float(problem.locked_score.sum())
    return Answer(pairs(np.concatenate([instance.locked, mended])), bound, None, unmet, lottery)


def _cap(instance: Instance, market: Market, target: float, cap: float | None) -> float:
    """The cap asked for, if coverage allows it; or the smallest under which the target can be kept."""
    if cap is None:
        return market.smallest_cap(target) / PARTS
    if market.best_under(math.ceil(cap * PARTS - 1e-9)) is None:
        raise _too_low(instance, market)
    return cap


def _too_low(instance: Instance, market: Market) -> Infeasible:
    """Too few reviewers for some papers to make every chance that small."""
    least = market.smallest_cap(-math.inf) / PARTS
    choice = np.bincount(market.papers, minlength=len(instance.papers))
    need = market.demand.need
    tight = np.flatnonzero((need > 0) & (need >= choice * least - 1))
    names = tuple(instance.papers[paper] for paper in tight.tolist())
    text = f"Papers have too few possible reviewers for every chance to stay that low; {least:.2f} is possible."
    reason = Reason("cap", text, names, available=math.ceil(100 * least))
    return Infeasible([reason], [Remedy("raise_cap", f"Set the cap to {least:.2f}.", cost=1)])


def _lottery(instance: Instance, market: Market, found: Spread, parts: Ints) -> Lottery:
    some = np.flatnonzero(parts)
    chance = parts[some] / WHOLE
    locked = instance.locked
    certain = instance.scores.at(locked[:, 0], locked[:, 1]).sum() * instance.unit
    return Lottery(
        rows=np.concatenate([locked, np.column_stack([market.papers[some], market.reviewers[some]])]),
        chance=np.concatenate([np.ones(len(locked)), chance]),
        cap=found.cap,
        expected=float(chance @ market.score[some] + certain),
        entropy=float(-(chance * np.log(chance)).sum()),
    )


def _mended(instance: Instance, chosen: Ints, meter: Meter) -> Ints:
    """The drawn pairs, with as few exchanged as the rules beyond a lottery's reach ask for."""
    finder = RowFinder(instance)
    if not finder.needed or not finder.broken(chosen, np.ones(len(chosen))):
        return chosen
    nearest = instance.with_existing(chosen).with_rules(keep=math.inf)
    answer = total(nearest, meter)
    return answer.chosen[~same_pairs(answer.chosen, instance.locked, instance.shape[1])]


def _unmet(found: Spread, target: float) -> tuple[Unmet, ...]:
    if found.reached:
        return ()
    text = f"With no chance above {found.cap:.2f} the expected total is {found.total:.4f}, not {target:.4f}."
    return (Unmet("kept", text, (), (), target, found.total),)
