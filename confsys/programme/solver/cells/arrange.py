"""Slots inside the sessions, once it is settled who is in which cell."""

from collections import defaultdict
from collections.abc import Callable
from itertools import combinations

from ortools.sat.python import cp_model

from confsys.programme.solver.cells.model import Cell
from confsys.programme.solver.cp.run import Budget, run
from confsys.programme.solver.data.instance import Instance, Place, Schedule
from confsys.programme.solver.data.pairs import Pairs
from confsys.programme.solver.rules import Level

_SECONDS = 2.0
_SLOT_RULES = ("presenter_conflicts_slot", "attendee_conflicts_slot")
_SHIFTED = 1
_STRONG = 10**5
_PENALTY = 1000
"""A point of the objective outweighs any number of items that keep their room but change their slot."""


class Arranger:
    """Turns cells into a schedule: ranks first, then as few clashes by the slot as can be.

    `keep` is an earlier schedule whose slots are kept where nothing speaks against it.
    """

    def __init__(self, instance: Instance, keep: Schedule | None = None) -> None:
        self.instance = instance
        self.keep = keep
        self._pinned = {pin.item: pin.slot for pin in instance.pins if pin.item is not None and pin.slot is not None}
        pairs = Pairs(instance)
        self._clashes: dict[tuple[int, int], int] = defaultdict(int)
        for rule, clashing in zip(_SLOT_RULES, (pairs.presenter, pairs.attendee), strict=True):
            if instance.level(rule) is not Level.OFF:
                strength = _STRONG if instance.level(rule) is Level.STRONG else 1
                for pair in clashing:
                    self._clashes[pair] += instance.weight(rule) * strength

    def quick(self, cells: list[Cell], budget: Budget) -> Schedule:
        """Cells filled from their first slot, wanted ranks kept where they can be; pins and parts always."""
        return self._arrange(cells, budget, self._bound_to)

    def exact(self, cells: list[Cell], budget: Budget) -> Schedule:
        """The quick schedule, with every session rearranged in which the slot matters."""
        return self._arrange(cells, budget, self._delicate)

    def _arrange(self, cells: list[Cell], budget: Budget, solve: Callable[[list[Cell]], bool]) -> Schedule:
        places: list[Place | None] = [None] * len(self.instance.items)
        before: dict[tuple[int, int], int] = {}
        count: dict[int, int] = defaultdict(int)
        by_session: dict[int, list[Cell]] = defaultdict(list)
        for cell in sorted(cells, key=lambda c: (c.session, c.room or 0)):
            before[cell.session, cell.room or 0] = count[cell.track]
            slot = 0
            for item in self._by_rank(cell, count[cell.track]):
                places[item] = Place(cell.session, cell.room or 0, slot)
                slot += self.instance.items[item].slots
            count[cell.track] += len(cell.items)
            by_session[cell.session].append(cell)
        for group in by_session.values():
            if solve(group):
                for item, place in self._solve(group, before, budget).items():
                    places[item] = place
        return tuple(places)

    def _by_rank(self, cell: Cell, before: int) -> list[int]:
        """The items so that those whose wanted rank lies in the cell stand at it."""
        seats: dict[int, int] = {}
        rest: list[int] = []
        for item in cell.items:
            position = self.instance.items[item].order - before - 1
            if self.instance.items[item].order and 0 <= position < len(cell.items) and position not in seats:
                seats[position] = item
            else:
                rest.append(item)
        waiting = iter(self._parts_last(rest))
        return [seats[p] if p in seats else next(waiting) for p in range(len(cell.items))]

    def _parts_last(self, items: list[int]) -> list[int]:
        """The items, earlier parts before later ones, else by wanted rank."""
        done: list[int] = []
        left = sorted(items, key=lambda i: (self.instance.items[i].order, i))
        while left:
            item = next(i for i in left if not set(self.instance.items[i].after) & set(left))
            left.remove(item)
            done.append(item)
        return done

    def _delicate(self, group: list[Cell]) -> bool:
        """Whether more than the rank decides the slots of a session."""
        items = {item for cell in group for item in cell.items}
        things = self.instance.items
        if self.keep is not None or self._bound_to(group):
            return True
        ordered = [cell.track for cell in group if any(things[i].order for i in cell.items)]
        if self.instance.level("submissions_order") is not Level.OFF and len(set(ordered)) < len(ordered):
            return True
        return any(set(pair) <= items for pair in self._clashes)

    def _bound_to(self, group: list[Cell]) -> bool:
        """Whether hard rules speak of the slots of a session."""
        items = {item for cell in group for item in cell.items}
        parts = any(set(self.instance.items[item].after) & items for item in items)
        return parts or bool(items & self._pinned.keys())

    def _solve(self, group: list[Cell], before: dict[tuple[int, int], int], budget: Budget) -> dict[int, Place]:
        puzzle = _Puzzle(self.instance, group)
        for cell in group:
            self._add_cell(puzzle, cell, before[cell.session, cell.room or 0])
        for pair, weight in self._clashes.items():
            puzzle.clash(pair, weight * _PENALTY)
        if self.instance.level("submissions_order") is not Level.OFF:
            weight = self.instance.weight("submissions_order") * _PENALTY
            for one, other in combinations(puzzle.start, 2):
                first, second = self.instance.items[one], self.instance.items[other]
                if first.order and second.order and first.track == second.track:
                    puzzle.clash((one, other), weight)
        puzzle.model.minimize(sum(puzzle.costs))
        small = Budget(_SECONDS, workers=1, seed=budget.seed, stop=budget.stop)
        outcome = run(puzzle.model, small)
        budget.worked += small.worked
        if not outcome.found:
            return {}
        return {i: Place(puzzle.session, puzzle.room[i], outcome.value(s)) for i, s in puzzle.start.items()}

    def _add_cell(self, puzzle: "_Puzzle", cell: Cell, before: int) -> None:
        weight = self.instance.weight("submissions_order") * _PENALTY
        if self.instance.level("submissions_order") is Level.OFF:
            weight = 0
        for item in cell.items:
            thing = self.instance.items[item]
            if item in self._pinned:
                puzzle.model.add(puzzle.start[item] == self._pinned[item])
            for part in thing.after:
                if part in cell.items:
                    puzzle.model.add(puzzle.start[item] >= puzzle.start[part] + self.instance.items[part].slots)
            if weight and thing.order and 0 < thing.order - before <= len(cell.items):
                puzzle.rank(item, cell, thing.order - before - 1, weight)
            old = self.keep[item] if self.keep is not None else None
            if old is not None and (old.session, old.room) == (cell.session, cell.room):
                puzzle.prefer(item, old.slot)


class _Puzzle:
    """The slots of one session as a small model."""

    def __init__(self, instance: Instance, group: list[Cell]) -> None:
        self.instance = instance
        self.session = group[0].session
        self.model = cp_model.CpModel()
        self.start: dict[int, cp_model.IntVar] = {}
        self.room: dict[int, int] = {}
        self.costs: list[cp_model.LinearExprT] = []
        slots = instance.sessions[self.session].slots
        for cell in group:
            intervals = []
            for item in cell.items:
                length = instance.items[item].slots
                self.start[item] = self.model.new_int_var(0, slots - length, "")
                self.room[item] = cell.room or 0
                intervals.append(self.model.new_fixed_size_interval_var(self.start[item], length, ""))
            self.model.add_no_overlap(intervals)

    def rank(self, item: int, cell: Cell, position: int, weight: int) -> None:
        """A price on the item not being at a position (from 0) among those of its cell."""
        earlier = []
        for other in cell.items:
            if other != item:
                first = self.model.new_bool_var("")
                self.model.add(self.start[other] < self.start[item]).only_enforce_if(first)
                self.model.add(self.start[other] > self.start[item]).only_enforce_if(~first)
                earlier.append(first)
        missed = self.model.new_bool_var("")
        self.model.add(sum(earlier) == position).only_enforce_if(~missed)
        self.costs.append(weight * missed)

    def clash(self, pair: tuple[int, int], weight: int) -> None:
        """A price on every slot two items of different rooms share."""
        one, other = pair
        if one not in self.start or other not in self.start or self.room[one] == self.room[other]:
            return
        lengths = self.instance.items[one].slots, self.instance.items[other].slots
        first, second = self.start[one], self.start[other]
        most = self.instance.sessions[self.session].slots
        overlap = self.model.new_int_var(-most, min(lengths), "")
        ways: list[cp_model.LinearExprT] = [
            first + lengths[0] - second,
            second + lengths[1] - first,
            *lengths,
        ]
        self.model.add_min_equality(overlap, ways)
        common = self.model.new_int_var(0, min(lengths), "")
        self.model.add(common >= overlap)
        self.costs.append(weight * common)

    def prefer(self, item: int, slot: int) -> None:
        shifted = self.model.new_bool_var("")
        self.model.add(self.start[item] == slot).only_enforce_if(~shifted)
        self.costs.append(_SHIFTED * shifted)
