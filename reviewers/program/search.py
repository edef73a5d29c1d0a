"""Solving the programme: rows and pairs are added when they matter, and what was left out is accounted for.

First the linear relaxation, exactly over all pairs: its prices show which unseen pairs could help, until none
could. Then whole reviews over a *window* of pairs near the prices. A solution that uses any pair outside a
window of width w is worth at most the relaxation less w, so a widening window closes the gap from both sides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from ..kinds import Floats, Ints, codes
from ..meter import Meter
from ..problem import Problem
from ..rows import Row, RowFinder
from ..scores import NEVER
from .model import Columns, Model, Solution, Wishes

FIRST_COLUMNS, NEW_COLUMNS, WINDOW_COLUMNS = 5, 3, 2
"""Pairs per needed review: to begin the relaxation, to add to it at once, to begin with whole reviews."""
SMALLEST_WINDOW, MOST_COLUMNS = 4_000, 15_000
"""Windows of whole reviews begin with at least so many pairs and, without a budget, grow to so many."""
NEAR = 0.1
"""Papers within this share of the mean paper score above their floor are held to it from the start."""
TINY = 1e-6
FIRST_REACH = 0.05
CLOSE = 1e-5
"""The relaxation is good enough when unseen pairs add no more than this share; the bound includes it."""


@dataclass(frozen=True, eq=False)
class Relaxed:
    """The relaxation's last model, its solution, and a bound that counts the pairs it left out."""

    model: Model
    solution: Solution
    bound: float

    @property
    def slope(self) -> float:
        """What one point more of every floor would cost."""
        return float(self.solution.lift.sum())

    @property
    def falls_short(self) -> bool:
        """Whether some floor or row cannot be kept even in shares."""
        return bool((self.solution.short > TINY).any())


@dataclass(frozen=True, eq=False)
class Outcome:
    """Chosen pairs (locked ones apart), objective and proven bound on it, T, and what fell short.

    `low` lists papers below their floor and `broken` the rows no assignment could keep, each with the amount.
    """

    chosen: Ints
    value: float
    bound: float
    level: float
    low: list[tuple[int, float]]
    broken: list[tuple[Row, float]]


class Search:
    """The best assignment under some wishes and every rule of the instance.

    The prices of the best assignment without them start the search. Call `relax`, look at what it says, then
    `whole`.
    """

    def __init__(self, problem: Problem, wishes: Wishes) -> None:
        instance, optimum = problem.instance, problem.optimum
        self.instance, self.candidates, self.demand = instance, problem.candidates, problem.demand
        self.optimum, self.wishes = optimum, wishes
        self.unit, self.width = instance.unit, instance.shape[1]
        self.finder = RowFinder(instance)
        self.rows: dict[tuple[int, ...], Row] = {}
        self.held = np.zeros(instance.shape[0], bool)
        spread = float(np.ptp(optimum.by_reviewer) + np.ptp(optimum.by_paper)) * self.unit
        self.penalty = 1000 * max(1.0, spread)
        ones = np.ones(len(optimum.chosen))
        self._tighten(optimum.chosen, ones, wishes.ceiling)

    # -- rows ----------------------------------------------------------------------------------------------

    def _tighten(self, chosen: Ints, share: Floats, level: float) -> bool:
        """Add the rows and floors that this assignment breaks; whether there were any."""
        before = len(self.rows), int(self.held.sum())
        for row in self.finder.broken(chosen, share):
            self.rows.setdefault(row.key, row)
        score = self._score(chosen) * share
        sums = np.bincount(chosen[:, 0], weights=score, minlength=len(self.held))
        wanted = np.full(len(self.held), level) if self.wishes.reward > 0 else self.wishes.floors
        self.held |= sums < wanted - TINY
        return (len(self.rows), int(self.held.sum())) != before

    def _score(self, chosen: Ints) -> Floats:
        return np.asarray(self.instance.scores.at(chosen[:, 0], chosen[:, 1]) * self.unit)

    # -- columns -------------------------------------------------------------------------------------------

    def _columns(self, wanted: Ints) -> Columns:
        """The pairs with these codes, without the unusable ones."""
        wanted = np.unique(np.concatenate([wanted, codes(self.optimum.chosen, self.width), self._existing()]))
        papers, reviewers = np.divmod(wanted, self.width)
        worth = self.candidates.values(papers, reviewers)
        usable = worth != NEVER
        rows = np.column_stack([papers, reviewers])[usable]
        return Columns(wanted[usable], rows[:, 0], rows[:, 1], worth[usable] * self.unit, self._score(rows))

    def _existing(self) -> Ints:
        """Pairs whose worth is not their score are always in play, so that prices need not know of them."""
        return codes(self.instance.existing, self.width)

    def _start(self) -> Ints:
        """The pairs nearest to the prices of the flow, and the best ones of papers held by a row."""
        pool = self.optimum.pool
        excess = (
            self.candidates.values(pool[:, 0], pool[:, 1])
            - self.optimum.by_paper[pool[:, 0]]
            - self.optimum.by_reviewer[pool[:, 1]]
        )
        count = min(len(pool), FIRST_COLUMNS * max(1, self.demand.total))
        near = np.argpartition(-excess, count - 1)[:count] if count < len(pool) else np.arange(len(pool))
        touched = self.held.copy()
        touched[[paper for row in self.rows.values() for paper in row.papers]] = True
        mine = np.flatnonzero(touched[pool[:, 0]])
        return codes(pool[np.union1d(near, mine)], self.width)

    def _model(self, columns: Columns) -> Model:
        held = np.flatnonzero(self.held)
        return Model(columns, self.demand, self.wishes, held, list(self.rows.values()), self.penalty)

    def _near(self, model: Model, relaxed: Solution, over: float) -> tuple[Ints, Floats]:
        """Codes of pairs whose reduced worth exceeds `over`, and that worth."""
        weight = np.ones(len(self.held))
        weight[model.held] += relaxed.lift
        by_paper = relaxed.by_paper.copy()
        for row, dual in zip(model.rows, relaxed.by_row, strict=True):
            if dual < 0:
                by_paper[list(row.papers)] += dual
        papers, reviewers, excess = self.candidates.improving(
            by_paper / self.unit, relaxed.by_reviewer / self.unit, weight, over / self.unit
        )
        found, worth = papers * self.width + reviewers, excess * self.unit
        worth += (by_paper - relaxed.by_paper)[papers]
        order = np.argsort(found)
        found, worth = found[order], worth[order]
        for row, dual in zip(model.rows, relaxed.by_row, strict=True):
            if dual:
                place = np.minimum(np.searchsorted(found, row.members), max(0, len(found) - 1))
                hit = place[found[place] == row.members] if len(found) else place[:0]
                worth[hit] -= dual
        kept = worth > over
        return found[kept], worth[kept]

    # -- the two phases ------------------------------------------------------------------------------------

    def relax(self) -> Relaxed:
        """The relaxation over all pairs and all rows."""
        columns = self._columns(self._start())
        while True:
            model = self._model(columns)
            relaxed = model.relax()
            if relaxed is None:
                raise AssertionError("the relaxation must contain the flow's assignment")
            used = relaxed.share > TINY
            chosen = np.column_stack([columns.papers, columns.reviewers])[used]
            tighter = self._tighten(chosen, relaxed.share[used], relaxed.level)
            found, worth = self._near(model, relaxed, 0.0)
            new = ~np.isin(found, columns.codes)
            missing = float(worth[new].sum())
            if not tighter and missing <= CLOSE * max(1.0, abs(relaxed.value)):
                return Relaxed(model, relaxed, relaxed.value + missing)
            best = np.argsort(-worth[new], kind="stable")[: NEW_COLUMNS * max(1, self.demand.total)]
            columns = self._columns(np.concatenate([columns.codes, found[new][best]]))

    def whole(self, start: Relaxed, meter: Meter, gap: float = 5e-4, nodes: int | None = None) -> Outcome:
        """The best whole assignment in a widening window of pairs around the relaxation.

        It ends when no more than the relative `gap` remains between value and bound, when the meter's budget
        is spent or, without a budget, when a wider window would be large. With a limit on the `nodes` of a
        tree search the first window is all that is tried: for questions whose answer may well be no.
        """
        model, relaxed, ceiling = start.model, start.solution, start.bound
        self._hold_near(model.columns, relaxed)
        window = _Window(lambda over: self._near(model, relaxed, over), self.penalty)
        always = model.columns.codes[relaxed.share > TINY]
        count = max(SMALLEST_WINDOW, WINDOW_COLUMNS * self.demand.total)
        best: Outcome | None = None
        proven = ceiling
        while True:
            found, edge = window.best(count)
            held = codes(best.chosen, self.width) if best else found[:0]
            columns = self._columns(np.concatenate([found, always, held]))
            outcome = self._whole_within(columns, gap / 4, meter, nodes)
            if outcome is not None:
                proven = min(proven, max(outcome.bound, ceiling + edge))
                if best is None or outcome.value > best.value:
                    best = outcome
                best = replace(best, bound=max(proven, best.value))
                if nodes is not None or best.bound - best.value <= gap * abs(best.bound) or edge == -np.inf:
                    return best
                if not best.low and not best.broken and self._tired(2 * count, meter):
                    return best
            count *= 2

    def _hold_near(self, columns: Columns, relaxed: Solution) -> None:
        """Hold every paper that is near its floor already, so that whole solutions seldom surprise."""
        sums = np.bincount(columns.papers, weights=columns.score * relaxed.share, minlength=len(self.held))
        floor = np.full(len(self.held), relaxed.level) if self.wishes.reward > 0 else self.wishes.floors
        self.held |= sums < floor + NEAR * float(np.abs(sums).mean())

    def _tired(self, columns: int, meter: Meter) -> bool:
        """Whether a wider window is more than the caller asked for."""
        left = meter.remaining()
        return columns > MOST_COLUMNS if left is None else left < 1

    def _whole_within(self, columns: Columns, gap: float, meter: Meter, nodes: int | None) -> Outcome | None:
        """The best whole assignment using these pairs, adding rows until none is broken."""
        while True:
            model = self._model(columns)
            solution = model.whole(gap, meter.remaining(), nodes)
            if solution is None:
                return None
            used = solution.share > 0.5
            chosen = np.column_stack([columns.papers, columns.reviewers])[used]
            if not self._tighten(chosen, np.ones(len(chosen)), solution.level):
                return self._outcome(model, solution, chosen)

    def _outcome(self, model: Model, solution: Solution, chosen: Ints) -> Outcome:
        short = np.flatnonzero(solution.short > TINY).tolist()
        held = len(model.held)
        low = [(int(model.held[i]), float(solution.short[i])) for i in short if i < held]
        broken = [(model.rows[i - held], float(solution.short[i])) for i in short if i >= held]
        return Outcome(chosen, solution.value, solution.bound, solution.level, low, broken)


class _Window:
    """The pairs of greatest reduced worth, fetched a little beyond what is asked for."""

    def __init__(self, fetch: Callable[[float], tuple[Ints, Floats]], reach: float) -> None:
        """`fetch` gives codes and worth of all pairs above a worth; above -`reach` that is every pair."""
        self.fetch, self.reach = fetch, reach
        self.over = -FIRST_REACH
        self.codes, self.worth = self._fetched()

    def _fetched(self) -> tuple[Ints, Floats]:
        codes, worth = self.fetch(self.over)
        order = np.argsort(-worth, kind="stable")
        return codes[order], worth[order]

    def best(self, count: int) -> tuple[Ints, float]:
        """The `count` best pairs and the worth of the best pair left out: minus infinity when none is."""
        while len(self.codes) <= count and self.over > -self.reach:
            self.over *= 2
            self.codes, self.worth = self._fetched()
        return self.codes[:count], float(self.worth[count]) if count < len(self.worth) else -np.inf
