"""What scores mean once the habits of reviewers are taken out, and how sure that is.

A score is taken as the paper's quality plus the reviewer's leniency plus noise. How much each varies is
estimated from the scores themselves (expectation maximisation), so that with few reviews estimates stay near
the mean: a reviewer of two papers is not declared harsh on the strength of two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from .errors import BadInstance
from .kinds import Floats, Id, Ints

ROUNDS, LEAST = 40, 1e-6
SCALE_SPREAD = 0.3
"""How far a reviewer's use of the scale strays from the common one before anything is known (standard deviation)."""


@dataclass(frozen=True)
class Quality:
    """A paper's score as if every reviewer had judged it, its standard error, and the plain mean."""

    value: float
    error: float
    mean: float
    reviews: int


@dataclass(frozen=True)
class Habit:
    """How much higher a reviewer scores than others would, and how widely (1: as others), with standard errors."""

    bias: float
    bias_error: float
    scale: float
    scale_error: float
    reviews: int


@dataclass(frozen=True)
class Calibration:
    """Estimates by id, and the standard deviations of quality, leniency and noise behind them."""

    papers: Mapping[Id, Quality]
    reviewers: Mapping[Id, Habit]
    quality_spread: float
    bias_spread: float
    noise: float


def calibrate(scores: Iterable[tuple[Id, Id, float]]) -> Calibration:
    """From (paper, reviewer, score) rows. BadInstance when there are none or one is no number."""
    rows = list(scores)
    values = np.array([score for _, _, score in rows], np.float64)
    if not len(rows) or not np.isfinite(values).all():
        raise BadInstance("Calibration needs scores, each a number.")
    papers, paper = _positions([row[0] for row in rows])
    reviewers, reviewer = _positions([row[1] for row in rows])
    fit = _Fit(paper, reviewer + len(papers), len(papers), len(papers) + len(reviewers), values)
    sums = np.bincount(paper, values, len(papers))
    counts, works = np.bincount(paper), np.bincount(reviewer)
    scale, scale_error = fit.scales()
    own, other = range(len(papers)), range(len(papers), len(papers) + len(reviewers))
    return Calibration(
        papers={
            papers[i]: Quality(
                fit.mean + float(fit.effect[i]), float(fit.error[i]), float(sums[i] / counts[i]), int(counts[i])
            )
            for i in own
        },
        reviewers={
            reviewers[i - len(papers)]: Habit(
                float(fit.effect[i]),
                float(fit.error[i]),
                float(scale[i]),
                float(scale_error[i]),
                int(works[i - len(papers)]),
            )
            for i in other
        },
        quality_spread=fit.variance[0] ** 0.5,
        bias_spread=fit.variance[1] ** 0.5,
        noise=fit.variance[2] ** 0.5,
    )


def _positions(ids: list[Id]) -> tuple[list[Id], Ints]:
    place: dict[Id, int] = {}
    found = np.array([place.setdefault(key, len(place)) for key in ids], np.int64)
    return list(place), found


class _Fit:
    """Effects of papers (first) and reviewers, found together with the variances of both and of the noise."""

    def __init__(self, paper: Ints, reviewer: Ints, split: int, size: int, values: Floats) -> None:
        self.paper, self.reviewer, self.size, self.values = paper, reviewer, size, values
        self.mean = float(values.mean())
        self.effect, self.error = np.zeros(size), np.zeros(size)
        start = max(LEAST, float(values.var()) / 3)
        self.variance = (start, start, start)
        for _ in range(ROUNDS):
            self._round(split)

    def _round(self, split: int) -> None:
        quality, bias, noise = self.variance
        own = np.where(np.arange(self.size) < split, 1 / quality, 1 / bias)
        matrix = np.diag(own)
        for a, b in ((self.paper, self.paper), (self.reviewer, self.reviewer)):
            np.add.at(matrix, (a, b), 1 / noise)
        np.add.at(matrix, (self.paper, self.reviewer), 1 / noise)
        np.add.at(matrix, (self.reviewer, self.paper), 1 / noise)
        covariance = np.linalg.inv(matrix)
        right = np.zeros(self.size)
        for place in (self.paper, self.reviewer):
            np.add.at(right, place, (self.values - self.mean) / noise)
        self.effect = covariance @ right
        self.mean = float((self.values - self.effect[self.paper] - self.effect[self.reviewer]).mean())
        spread = np.diag(covariance)
        self.error = np.sqrt(spread)
        squares = self.effect**2 + spread
        rest = self.values - self.mean - self.effect[self.paper] - self.effect[self.reviewer]
        unsure = spread[self.paper] + spread[self.reviewer] + 2 * covariance[self.paper, self.reviewer]
        self.variance = (
            max(LEAST, float(squares[:split].mean())),
            max(LEAST, float(squares[split:].mean())),
            max(LEAST, float((rest**2 + unsure).mean())),
        )

    def scales(self) -> tuple[Floats, Floats]:
        """How widely each reviewer's scores spread with quality, drawn towards 1 as far as they tell little."""
        quality = self.effect[self.paper]
        known = 1 / SCALE_SPREAD**2
        weight = np.bincount(self.reviewer, quality**2 / self.variance[2], self.size) + known
        rest = self.values - self.mean - self.effect[self.reviewer]
        told = np.bincount(self.reviewer, quality * rest / self.variance[2], self.size) + known
        return told / weight, np.sqrt(1 / weight)
