"""How the cells form is solved: sessions first, rooms second, then both together.

Without rooms the problem is small, solved to proof within seconds as a rule, and its optimum is a lower
bound of the whole. Rooms for given sessions are an assignment. The whole model then starts from a schedule
that is nearly best already, and one worker works on its bound.
"""

from confsys.programme.solver.cells.arrange import Arranger
from confsys.programme.solver.cells.claims import add_claims
from confsys.programme.solver.cells.model import Cell, CellModel, cells_of
from confsys.programme.solver.cells.rooming import Rooming
from confsys.programme.solver.cells.terms import add_terms
from confsys.programme.solver.claims.facts import Facts
from confsys.programme.solver.cp.lexicographic import minimise
from confsys.programme.solver.cp.run import Budget, Value, run
from confsys.programme.solver.data.instance import Instance, Schedule, hard_only
from confsys.programme.solver.incumbent import Incumbent

_FIRST_SHARE = 0.5
_SESSIONS_SHARE = 0.35
_ROOMS_SHARE = 0.1


def build(facts: Facts, parallel_rooms: int = 1, *, with_rooms: bool = True, guarded: bool = False) -> CellModel:
    """The whole model of an instance, or the one without rooms."""
    model = CellModel(facts, parallel_rooms, with_rooms=with_rooms, guarded=guarded)
    add_claims(model)
    add_terms(model)
    return model


class CellSearch:
    """One search; the incumbent collects what it finds. `parallel_rooms` bounds the copies of a track."""

    def __init__(self, instance: Instance, budget: Budget, incumbent: Incumbent, parallel_rooms: int) -> None:
        self.instance = instance
        self.budget = budget
        self.incumbent = incumbent
        self.parallel_rooms = parallel_rooms
        self.facts = Facts(instance)
        self._arranger = Arranger(instance)
        self._rooming = Rooming(self.facts)
        self._cells: list[Cell] = []

    def run(self, start: Schedule | None) -> bool:
        """Search until the proof or the end of the budget; False where no schedule can exist."""
        if start is not None:
            self._cells = cells_of(self.instance, start)
            self.incumbent.offer(start)
        else:
            self._first()
        possible = self._sessions()
        if possible and not self.budget.over():
            possible = self._whole()
        self._settle_slots()
        return possible

    def _first(self) -> None:
        """Any schedule, at once: hard rules only, no rooms, nothing to minimise."""
        model = build(Facts(hard_only(self.instance)), self.parallel_rooms, with_rooms=False)
        outcome = run(model.model, self.budget, share=_FIRST_SHARE * self.budget.left())
        if outcome.found:
            self._cells = self._rooming.assign(model.cells(outcome.value))
            self.incumbent.offer(self._arranger.quick(self._cells, self.budget))

    def _sessions(self) -> bool:
        """Who runs when, without rooms; each solution gets rooms at once so that it can be shown."""
        model = build(self.facts, self.parallel_rooms, with_rooms=False)
        if self._cells:
            model.hint(self._cells)

        def take(value: Value) -> None:
            self._cells = self._rooming.assign(model.cells(value))
            self.incumbent.offer(self._arranger.quick(self._cells, self.budget))

        share = _SESSIONS_SHARE * self.budget.left()
        for proving in (False, True):
            result = minimise(model, self.budget, share=share / 2, proving=proving, watch=take)
            self.incumbent.prove(result)
            if result.optimal or not result.found:
                break
            model.hint(self._cells)
        return not result.infeasible

    def _whole(self) -> bool:
        model = build(self.facts, self.parallel_rooms)

        def take(value: Value) -> None:
            self._cells = model.cells(value)
            self.incumbent.offer(self._arranger.quick(self._cells, self.budget))

        if self._cells:
            model.hint(self._cells, rooms=False)
            share = _ROOMS_SHARE * self.budget.left()
            minimise(model, self.budget, share=share, fix_hints=True, watch=take)
            model.hint(self._cells)
        if self.budget.over():
            return True
        result = minimise(model, self.budget, proving=True, watch=take)
        self.incumbent.prove(result)
        return not result.infeasible

    def _settle_slots(self) -> None:
        if self._cells:
            self.incumbent.offer(self._arranger.exact(self._cells, self.budget))
