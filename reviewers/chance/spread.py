"""The widest spread of chances at a given expected total: maximum entropy under a cap, by alternate scaling.

Of all probabilities that meet coverage, loads and the cap and keep the expected total, those of greatest
entropy have the form min(cap, exp(weight * score + a[paper] - b[reviewer])). The prices a and b are found by
turns, the weight by bisection. (Perturbed maximisation with the entropy as its perturbation.)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..kinds import Bools, Floats, Ints
from .market import Market

SWEEPS, CLOSE, STEPS = 500, 1e-4, 30
LONGEST = 3.0
"""A price moves at most so far in one sweep: far from the solution a full step may overshoot."""
HEAVIEST = 1e4


@dataclass(frozen=True, eq=False)
class Spread:
    """The chance of each pair of the market, the cap on it, and whether the total asked for was reached."""

    chance: Floats
    cap: float
    total: float
    reached: bool

    @property
    def entropy(self) -> float:
        """The sum of -p ln p: how much chance is in it."""
        some = self.chance[self.chance > 0]
        return float(-(some * np.log(some)).sum())


class _Prices:
    """Prices of papers and reviewers for one weight after another, each search starting from the last."""

    def __init__(self, market: Market, cap: float) -> None:
        self.market, self.cap = market, cap
        need, most, least = market.demand.need, market.demand.most, market.demand.least
        self.need, self.most, self.least = need.astype(float), most.astype(float), least.astype(float)
        self.a, self.b = np.zeros(len(need)), np.zeros(len(most))

    def at(self, weight: float) -> Floats:
        """Chances at this weight."""
        base = weight * self.market.score
        for _ in range(SWEEPS):
            worst = self._papers(base)
            self._reviewers(base)
            if worst < CLOSE:
                break
        self._papers(base)
        return self._chances(base)

    def _chances(self, base: Floats) -> Floats:
        power = base + self.a[self.market.papers] - self.b[self.market.reviewers]
        return np.asarray(np.minimum(self.cap, np.exp(np.minimum(power, 0.0))))

    def _sums(self, base: Floats, owner: Ints, size: int) -> tuple[Floats, Floats]:
        """For each owner: the sum of the chances below the cap, and of those at it."""
        chance = self._chances(base)
        full: Bools = chance >= self.cap
        below = np.bincount(owner, np.where(full, 0.0, chance), size)
        return below.astype(np.float64), self.cap * np.bincount(owner[full], minlength=size).astype(np.float64)

    def _papers(self, base: Floats) -> float:
        below, at_cap = self._sums(base, self.market.papers, len(self.need))
        self.a += _step(self.need - at_cap, below, self.need > 0)
        return float(np.abs(below + at_cap - self.need).max(initial=0.0))

    def _reviewers(self, base: Floats) -> None:
        """A price above zero slows a reviewer who is full; one below zero presses an idle one to the minimum."""
        below, at_cap = self._sums(base, self.market.reviewers, len(self.most))
        to_most = self.b - _step(self.most - at_cap, below, self.most > 0)
        to_least = self.b - _step(self.least - at_cap, below, self.least > 0)
        pressed = np.where(self.least > 0, np.minimum(to_least, 0.0), 0.0)
        self.b = np.where(self.most > 0, np.maximum(to_most, pressed), np.inf)


def _step(wanted: Floats, have: Floats, counts: Bools) -> Floats:
    """The change of a price by which pairs below the cap would come to what is wanted of them."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        step = np.where(wanted > 0, np.log(wanted / have), -LONGEST)
    return np.where(counts, np.clip(np.nan_to_num(step, posinf=LONGEST, neginf=-LONGEST), -LONGEST, LONGEST), 0.0)


def spread(market: Market, target: float, cap: float) -> Spread:
    """The chances of greatest entropy whose expected total reaches `target`, no chance above `cap`.

    When no chances under the cap reach it, those of the greatest weight tried are given and say so.
    """
    prices = _Prices(market, cap)
    scale = max(1e-9, float(np.ptp(market.score)) if len(market.score) else 1.0)

    def found(weight: float) -> tuple[Floats, float]:
        chance = prices.at(weight)
        return chance, float(chance @ market.score)

    chance, total = found(0.0)
    if total >= target:
        return Spread(chance, cap, total, True)
    low, high = 0.0, 8.0 / scale
    chance, total = found(high)
    while total < target and high < HEAVIEST / scale:
        low, high = high, 2 * high
        chance, total = found(high)
    if total < target:
        return Spread(chance, cap, total, False)
    for _ in range(STEPS):
        if total - target <= 1e-5 * abs(target):
            break
        middle = (low + high) / 2
        tried, worth = found(middle)
        if worth >= target:
            high, chance, total = middle, tried, worth
        else:
            low = middle
    return Spread(chance, cap, total, True)
