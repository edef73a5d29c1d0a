"""How the grid form is solved: insertion, ruin and recreate, then the scheduling model from the best."""

from confsys.programme.solver.claims.facts import Facts
from confsys.programme.solver.claims.meetings import meetings
from confsys.programme.solver.cp.lexicographic import Tiered, minimise
from confsys.programme.solver.cp.run import Budget, Value
from confsys.programme.solver.data.instance import Instance, Schedule
from confsys.programme.solver.grid.board import NICE, STRONG, Board
from confsys.programme.solver.grid.claims import add_claims
from confsys.programme.solver.grid.improve import Improver
from confsys.programme.solver.grid.model import GridModel
from confsys.programme.solver.incumbent import Incumbent
from confsys.programme.solver.rules import Level

_MODEL_SHARE = 0.4
_PATIENCE = 30
"""Steps per item without a gain after which the model, where it is small enough, takes over."""
_LARGEST_MODEL = 30_000
"""Meetings up to which the scheduling model is worth its time, unless no schedule is found without it."""


def build(facts: Facts, *, guarded: bool = False) -> GridModel:
    """The whole model of an instance."""
    model = GridModel(facts, guarded=guarded)
    add_claims(model)
    return model


class GridSearch:
    """One search; the incumbent collects what it finds."""

    def __init__(self, instance: Instance, budget: Budget, incumbent: Incumbent) -> None:
        self.instance = instance
        self.budget = budget
        self.incumbent = incumbent
        self.facts = Facts(instance)

    def run(self, start: Schedule | None) -> bool:
        """Search until the proof or the end of the budget; False where no schedule can exist."""
        self._prove_alone()
        small = sum(1 for _ in meetings(self.instance)) <= _LARGEST_MODEL
        reserve = _MODEL_SHARE * self.budget.left() if small else 0.0
        self._insert(start, reserve)
        if self.incumbent.proven or self.budget.over():
            return True
        if small or self.incumbent.schedule is None:
            return self._model()
        return True

    def _insert(self, start: Schedule | None, reserve: float) -> None:
        board = Board(self.facts)
        if start is not None:
            self.incumbent.offer(start)
            board.load(start)
        improver = Improver(board, self.budget)

        def better() -> bool:
            if not improver.unplaced or self.instance.level("placed") is not Level.HARD:
                self.incumbent.offer(board.schedule())
            return not self.incumbent.proven

        improver.build()
        if better():
            patience = _PATIENCE * len(self.instance.items) if reserve else None
            improver.improve(reserve, patience, better)

    def _model(self) -> bool:
        model = build(self.facts)
        if self.incumbent.schedule is not None:
            model.hint(self.incumbent.schedule)

        def take(value: Value) -> None:
            self.incumbent.offer(model.schedule(value))

        result = minimise(model, self.budget, proving=self.incumbent.schedule is not None, watch=take)
        self.incumbent.prove(result)
        return not result.infeasible

    def _prove_alone(self) -> None:
        """A bound that costs nothing: each item at its own best place, as if it were by itself."""
        board = Board(self.facts)
        strong = nice = 0
        for item in range(len(self.instance.items)):
            table = board.prices(item)
            fine = (table[0] == 0) & board.possible(item)
            if fine.any():
                strong += int(table[STRONG][fine].min())
                nice += int(table[NICE][fine].min())
        self.incumbent.prove(Tiered(False, False, False, strong, None, nice))
