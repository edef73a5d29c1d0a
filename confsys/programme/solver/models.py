"""The two models behind one face, for what works on either form."""

from typing import Protocol

from ortools.sat.python import cp_model

from confsys.programme.solver.cells import search as cells_search
from confsys.programme.solver.cells.arrange import Arranger
from confsys.programme.solver.cells.model import CellModel, cells_of
from confsys.programme.solver.claims.facts import Facts
from confsys.programme.solver.cp.builder import Builder
from confsys.programme.solver.cp.run import Budget, Value
from confsys.programme.solver.data.instance import Instance, Place, Schedule
from confsys.programme.solver.grid import search as grid_search
from confsys.programme.solver.grid.model import GridModel
from confsys.programme.solver.rules import Form


class Model(Protocol):
    """A model of the whole instance, whatever its form."""

    @property
    def builder(self) -> Builder:
        """The constraints, costs and guards."""

    def at(self, item: int, place: Place) -> cp_model.IntVar:
        """A literal that is true exactly where the item is at the place (in cells: in that cell)."""

    def hint(self, schedule: Schedule) -> None:
        """Start the search from a schedule."""

    def schedule(self, value: Value, keep: Schedule, budget: Budget) -> Schedule:
        """The schedule of a solution; where the model leaves slots open, those of `keep` are kept."""


class _Cells:
    def __init__(self, facts: Facts, parallel_rooms: int, guarded: bool) -> None:
        self.builder: CellModel = cells_search.build(facts, parallel_rooms, guarded=guarded)

    def at(self, item: int, place: Place) -> cp_model.IntVar:
        return self.builder.at(item, place)

    def hint(self, schedule: Schedule) -> None:
        self.builder.hint(cells_of(self.builder.instance, schedule))

    def schedule(self, value: Value, keep: Schedule, budget: Budget) -> Schedule:
        return Arranger(self.builder.instance, keep).exact(self.builder.cells(value), budget)


class _Grid:
    def __init__(self, facts: Facts, guarded: bool) -> None:
        self.builder: GridModel = grid_search.build(facts, guarded=guarded)

    def at(self, item: int, place: Place) -> cp_model.IntVar:
        return self.builder.at(item, place)

    def hint(self, schedule: Schedule) -> None:
        self.builder.hint(schedule)

    def schedule(self, value: Value, keep: Schedule, budget: Budget) -> Schedule:
        del keep, budget
        return self.builder.schedule(value)


def model_of(instance: Instance, parallel_rooms: int = 1, *, guarded: bool = False) -> Model:
    """The model of an instance; `guarded` lets every hard claim be switched off."""
    facts = Facts(instance)
    if instance.form is Form.CELLS:
        return _Cells(facts, parallel_rooms, guarded)
    return _Grid(facts, guarded)


def rooms_in_parallel(instance: Instance, schedule: Schedule) -> int:
    """The most rooms one track has at once in a schedule; 1 on the grid."""
    if instance.form is Form.GRID:
        return 1
    return 1 + max((cell.copy for cell in cells_of(instance, schedule)), default=0)
