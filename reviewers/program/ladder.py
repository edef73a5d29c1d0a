"""The exact leximin of a small instance, rung by rung, with OR-Tools' constraint solver.

A rung raises the score of the worst-off paper not yet settled as far as it goes, then leaves as few papers as
possible at it. Which papers stay behind is never decided before the last rung, so no choice is made too soon.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from ..kinds import Ints
from ..problem import Problem
from ..rows import Row, RowFinder

EFFORT = 20.0
"""Deterministic seconds for one question; a small instance needs a fraction."""


@dataclass(frozen=True)
class Rung:
    """At least `count` papers reach `level` (scaled score)."""

    level: int
    count: int


class Ladder:
    """Asks one question after another about the same assignment; rules are added when an answer breaks them."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.width = problem.instance.shape[1]
        papers, reviewers = problem.candidates.all()
        self.papers, self.reviewers = papers.astype(np.int64), reviewers.astype(np.int64)
        self.value = problem.instance.scores.at(self.papers, self.reviewers)
        self.worth = problem.candidates.values(self.papers, self.reviewers)
        self.certain = np.rint(problem.locked_score / problem.instance.unit).astype(np.int64)
        self.asking = problem.asking.tolist()
        self.finder = RowFinder(problem.instance)
        self.rows: dict[tuple[int, ...], Row] = {}
        self.rungs: list[Rung] = []

    def climb(self) -> Ints | None:
        """The leximin assignment of greatest worth (free pairs); None when no assignment keeps every rule."""
        left = len(self.asking)
        while left:
            level = self._highest(left)
            if level is None:
                return None
            self.rungs.append(Rung(level, left))
            left = self._most_above(level)
            if left:
                self.rungs.append(Rung(level + 1, left))
        return self._greatest()

    def _highest(self, count: int) -> int | None:
        """The greatest level that `count` papers can reach at once."""

        def wish(model: cp_model.CpModel, scores: list[cp_model.IntVar]) -> None:
            level = model.new_int_var(self._low(), self._high(), "level")
            self._reach(model, scores, level, count)
            model.maximize(level)

        answer = self._ask(wish)
        return None if answer is None else answer[0]

    def _most_above(self, level: int) -> int:
        def wish(model: cp_model.CpModel, scores: list[cp_model.IntVar]) -> None:
            above = [model.new_bool_var(f"above{i}") for i in range(len(scores))]
            for score, mark in zip(scores, above, strict=True):
                model.add(score >= level + 1).only_enforce_if(mark)
            model.maximize(sum(above))

        answer = self._ask(wish)
        return 0 if answer is None else answer[0]

    def _greatest(self) -> Ints | None:
        answer = self._ask(None)
        return None if answer is None else answer[1]

    def _reach(
        self, model: cp_model.CpModel, scores: list[cp_model.IntVar], level: int | cp_model.IntVar, count: int
    ) -> None:
        marks = [model.new_bool_var("") for _ in scores]
        for score, mark in zip(scores, marks, strict=True):
            model.add(score >= level).only_enforce_if(mark)
        model.add(sum(marks) >= count)

    def _low(self) -> int:
        return int(np.minimum(self.value, 0).sum() + self.certain.min(initial=0))

    def _high(self) -> int:
        return int(np.maximum(self.value, 0).sum() + self.certain.max(initial=0))

    def _ask(self, wish: object) -> tuple[int, Ints] | None:
        """The best answer that keeps every rule, as objective and pairs."""
        while True:
            model = cp_model.CpModel()
            pairs, scores = self._base(model)
            if wish is None:
                model.maximize(sum(int(w) * x for w, x in zip(self.worth, pairs, strict=True)))
            else:
                wish(model, scores)  # type: ignore[operator]
            solver = cp_model.CpSolver()
            solver.parameters.num_workers = 1
            solver.parameters.random_seed = 1
            solver.parameters.max_deterministic_time = EFFORT
            if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                return None
            used = np.array([solver.boolean_value(x) for x in pairs], bool)
            chosen = np.column_stack([self.papers, self.reviewers])[used]
            broken = [row for row in self.finder.broken(chosen, np.ones(len(chosen))) if row.key not in self.rows]
            if not broken:
                return round(solver.objective_value), chosen
            self.rows.update((row.key, row) for row in broken)

    def _base(self, model: cp_model.CpModel) -> tuple[list[cp_model.IntVar], list[cp_model.IntVar]]:
        pairs = [model.new_bool_var("") for _ in self.papers]
        demand = self.problem.demand
        by_paper: dict[int, list[int]] = {}
        by_reviewer: dict[int, list[int]] = {}
        for place, (paper, reviewer) in enumerate(zip(self.papers.tolist(), self.reviewers.tolist(), strict=True)):
            by_paper.setdefault(paper, []).append(place)
            by_reviewer.setdefault(reviewer, []).append(place)
        for paper, need in enumerate(demand.need.tolist()):
            model.add(sum(pairs[i] for i in by_paper.get(paper, ())) == need)
        for reviewer in range(self.width):
            load = sum(pairs[i] for i in by_reviewer.get(reviewer, ()))
            model.add_linear_constraint(load + 0, int(demand.least[reviewer]), int(demand.most[reviewer]))
        place_of = {
            int(p * self.width + r): i for i, (p, r) in enumerate(zip(self.papers, self.reviewers, strict=True))
        }
        for row in self.rows.values():
            count = sum(pairs[place_of[code]] for code in row.members.tolist() if code in place_of)
            high = len(pairs) if math.isinf(row.high) else int(row.high)
            model.add_linear_constraint(count + 0, int(row.low), high)
        scores = []
        for paper in self.asking:
            score = model.new_int_var(self._low(), self._high(), "")
            own = sum(int(self.value[i]) * pairs[i] for i in by_paper.get(paper, ()))
            model.add(score == own + int(self.certain[paper]))
            scores.append(score)
        for rung in self.rungs:
            self._reach(model, scores, rung.level, rung.count)
        return pairs, scores
