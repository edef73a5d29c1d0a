"""A linear or integer programme over a set of pairs, handed to HiGHS through SciPy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from ..demand import Demand
from ..kinds import Floats, Ints
from ..rows import Row

OPTIMAL, LIMIT = 0, 1
MOST_SHORT = 1000.0
"""Above this the prices of a programme spread further than its solver can tell apart."""
minimise: Any = linprog  # its type stubs know no sparse matrices


@dataclass(frozen=True, eq=False)
class Wishes:
    """What is wanted besides a great total.

    floors   the score each paper must reach (after locked pairs), minus infinity for none
    reward   what one point of a common floor T, which the programme then chooses, is worth; 0 for no T
    ceiling  the greatest T that makes sense
    """

    floors: Floats
    reward: float = 0.0
    ceiling: float = 0.0


@dataclass(frozen=True, eq=False)
class Columns:
    """The pairs in play: sorted codes, places, what they are worth in the objective, and their score."""

    codes: Ints
    papers: Ints
    reviewers: Ints
    worth: Floats
    score: Floats


@dataclass(frozen=True, eq=False)
class Solution:
    """Shares of the pairs, the objective, a bound on it over these pairs, T, and shortfalls of soft rows.

    `by_paper`, `by_reviewer`, `lift` (of each floor) and `by_row` are the duals of a linear programme.
    """

    share: Floats
    value: float
    bound: float
    level: float
    short: Floats
    by_paper: Floats = field(default_factory=lambda: np.zeros(0))
    by_reviewer: Floats = field(default_factory=lambda: np.zeros(0))
    lift: Floats = field(default_factory=lambda: np.zeros(0))
    by_row: Floats = field(default_factory=lambda: np.zeros(0))


class Model:
    """Rows in this order: floors of the `held` papers, then `rows`; both may fall short at a penalty, and no
    floors together are worth a row (a rule that is broken makes an assignment none).

    Variables: the pairs, one shortfall for each such row, and T when there is a reward for it.
    """

    def __init__(
        self,
        columns: Columns,
        demand: Demand,
        wishes: Wishes,
        held: Ints,
        rows: Sequence[Row],
        penalty: float,
    ) -> None:
        self.columns, self.demand, self.wishes = columns, demand, wishes
        self.held, self.rows, self.penalty = held, rows, penalty
        self.pairs, self.soft = len(columns.codes), len(held) + len(rows)
        self.size = self.pairs + self.soft + (wishes.reward > 0)
        self._build()

    def _build(self) -> None:
        columns, count = self.columns, self.pairs
        every = np.arange(count)
        papers, reviewers = len(self.demand.need), len(self.demand.most)
        self.cover = self._matrix(columns.papers, every, np.ones(count), papers)
        self.load = self._matrix(columns.reviewers, every, np.ones(count), reviewers)
        place = np.full(papers, -1)
        place[self.held] = np.arange(len(self.held))
        hit = np.flatnonzero(place[columns.papers] >= 0)
        parts: list[tuple[Any, ...]] = [(place[columns.papers[hit]], hit, columns.score[hit])]
        low, high = [self.wishes.floors[self.held]], [np.full(len(self.held), np.inf)]
        for number, row in enumerate(self.rows):
            found = _places(columns.codes, row.members)
            parts.append((np.full(len(found), len(self.held) + number), found, np.ones(len(found))))
            low.append(np.array([row.low]))
            high.append(np.array([row.high]))
        upper = np.concatenate(high)
        # a shortfall lifts a row that asks for more and lowers one that allows too much
        sign = np.where(np.isfinite(upper), -1.0, 1.0)
        parts.append((np.arange(self.soft), count + np.arange(self.soft), sign))
        if self.wishes.reward > 0:
            parts.append((np.arange(len(self.held)), np.full(len(self.held), self.size - 1), -np.ones(len(self.held))))
            low[0] = np.zeros(len(self.held))
        rows, places, values = (np.concatenate(part) for part in zip(*parts, strict=True))
        self.side = self._matrix(rows, places, values, self.soft)
        self.low, self.high = np.concatenate(low), upper
        self.gain = np.zeros(self.size)
        self.gain[:count] = columns.worth
        self.gain[count : count + self.soft] = -self.penalty
        self.gain[count + len(self.held) : count + self.soft] *= 1 + min(MOST_SHORT, self._short_at_most())
        self.top = np.ones(self.size)
        self.top[count : count + self.soft] = np.inf
        if self.wishes.reward > 0:
            self.gain[-1] = self.wishes.reward
            self.top[-1] = self.wishes.ceiling

    def _short_at_most(self) -> float:
        """What all floors together could lack at worst, in points."""
        level = (
            np.full(len(self.held), self.wishes.ceiling) if self.wishes.reward > 0 else self.wishes.floors[self.held]
        )
        worst = np.zeros(len(self.demand.need))
        np.minimum.at(worst, self.columns.papers, self.columns.score)
        lacking = level - self.demand.need[self.held] * worst[self.held]
        return float(lacking[np.isfinite(lacking)].clip(min=0).sum())

    def _matrix(self, rows: Ints, columns: Ints, values: Floats, height: int) -> sparse.csr_matrix:
        return sparse.csr_matrix((values, (rows, columns)), shape=(height, self.size))

    def relax(self) -> Solution | None:
        """The optimum in shares, with duals; None when even that does not exist."""
        at_most = np.isfinite(self.high)
        side = sparse.vstack([self.side[at_most], -self.side[~at_most]], format="csr")
        limits = np.concatenate([self.high[at_most], -self.low[~at_most]])
        least = np.flatnonzero(self.demand.least > 0)
        answer = minimise(
            -self.gain,
            A_ub=sparse.vstack([self.load, -self.load[least], side], format="csr"),
            b_ub=np.concatenate([self.demand.most, -self.demand.least[least], limits]),
            A_eq=self.cover,
            b_eq=self.demand.need,
            bounds=np.column_stack([self._bottom(), self.top]),
            method="highs-ds",
        )
        if answer.status != OPTIMAL:
            return None
        dual = -answer.ineqlin.marginals
        reviewers = len(self.demand.most)
        by_reviewer = dual[:reviewers].copy()
        by_reviewer[least] -= dual[reviewers : reviewers + len(least)]
        of_side = np.empty(self.soft)
        of_side[at_most] = dual[reviewers + len(least) :][: at_most.sum()]
        of_side[~at_most] = -dual[reviewers + len(least) + at_most.sum() :]
        return Solution(
            share=answer.x[: self.pairs],
            value=-answer.fun,
            bound=-answer.fun,
            level=self._level(answer.x),
            short=answer.x[self.pairs : self.pairs + self.soft],
            by_paper=-answer.eqlin.marginals,
            by_reviewer=by_reviewer,
            lift=-of_side[: len(self.held)],
            by_row=of_side[len(self.held) :],
        )

    def whole(self, gap: float, seconds: float | None, nodes: int | None = None) -> Solution | None:
        """The optimum in whole reviews, to a relative gap or within a time; None when none was found."""
        integral = np.zeros(self.size, np.int64)
        integral[: self.pairs] = 1
        answer = milp(
            -self.gain,
            integrality=integral,
            bounds=Bounds(self._bottom(), self.top),
            constraints=[
                LinearConstraint(self.cover, self.demand.need, self.demand.need),
                LinearConstraint(self.load, self.demand.least, self.demand.most),
                LinearConstraint(self.side, self.low, self.high),
            ],
            options={
                "mip_rel_gap": gap,
                "time_limit": np.inf if seconds is None else seconds,
                "node_limit": np.iinfo(np.int32).max if nodes is None else nodes,
            },
        )
        if answer.x is None or answer.status not in (OPTIMAL, LIMIT):
            return None
        bound = -answer.mip_dual_bound if answer.mip_dual_bound is not None else np.inf
        return Solution(
            share=np.rint(answer.x[: self.pairs]),
            value=-answer.fun,
            bound=float(bound),
            level=self._level(answer.x),
            short=answer.x[self.pairs : self.pairs + self.soft],
        )

    def _bottom(self) -> Floats:
        bottom = np.zeros(self.size)
        if self.wishes.reward > 0:
            bottom[-1] = -np.inf
        return bottom

    def _level(self, solution: NDArray[np.float64]) -> float:
        return float(solution[-1]) if self.wishes.reward > 0 else -np.inf


def _places(codes: Ints, members: Ints) -> Ints:
    """Where the members stand among the sorted codes; absent ones are left out."""
    place = np.searchsorted(codes, members)
    inside = place < len(codes)
    place, members = place[inside], members[inside]
    return np.asarray(place[codes[place] == members])
