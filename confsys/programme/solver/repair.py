"""A schedule that a change has broken, mended with the fewest moves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from confsys.programme.solver.claims.facts import Facts
from confsys.programme.solver.cp.lexicographic import minimise
from confsys.programme.solver.cp.run import Budget, Stop, run
from confsys.programme.solver.data.instance import Instance, Pin, Place, Schedule, hard_only
from confsys.programme.solver.data.locks import lock_days
from confsys.programme.solver.evaluator import Report, evaluate
from confsys.programme.solver.grid.board import Board
from confsys.programme.solver.grid.improve import Improver
from confsys.programme.solver.models import Model, model_of, rooms_in_parallel
from confsys.programme.solver.rules import Form, Level


@dataclass(frozen=True)
class Repair:
    """One way to mend a schedule.

    `moved` have another session or room (on the grid: another start or room) than before, or had none that
    still exists; `shifted` keep session and room but change their slot; `added` are new. `least` says that
    fewer moves are proven impossible, `best` that no schedule with so few moves has fewer points.
    """

    schedule: Schedule
    report: Report
    moved: tuple[int, ...]
    shifted: tuple[int, ...]
    added: tuple[int, ...]
    people: tuple[str, ...]
    least: bool
    best: bool
    seconds: float


@dataclass(frozen=True)
class Repairs:
    """The alternatives, the one with the fewest moves first; none where `impossible` is proven."""

    alternatives: tuple[Repair, ...]
    impossible: bool
    seconds: float


def repair(
    instance: Instance,
    old: Schedule,
    *,
    displaced: Sequence[int] = (),
    alternatives: int = 3,
    parallel_rooms: int = 1,
    seconds: float = 30.0,
    seed: int = 0,
    workers: int = 2,
    stop: Stop = lambda: False,
) -> Repairs:
    """Schedules of the changed instance that are near `old`: fewest moved items, then fewest people moved
    with them, then fewest points. Pins are kept.

    `displaced` are items that had a place which no longer exists; they count as moved. Items without a place
    in `old` that are not displaced are new and do not count.
    """
    return _Mender(instance, old, displaced, parallel_rooms, Budget(seconds, workers, seed, stop)).run(alternatives)


class _Mender:
    def __init__(
        self, instance: Instance, old: Schedule, displaced: Sequence[int], parallel_rooms: int, budget: Budget
    ) -> None:
        self.instance = lock_days(instance, old)
        self.old = old
        self.displaced = tuple(displaced)
        self.budget = budget
        self.copies = max(parallel_rooms, rooms_in_parallel(instance, old))
        self.kept = [(item, place) for item, place in enumerate(old) if place is not None]
        self.people = [self._people(item) for item in range(len(instance.items))]
        self.unit = 1 + sum(map(len, self.people))

    def _people(self, item: int) -> frozenset[str]:
        return self.instance.needed[item].union(self.instance.items[item].attendees)

    def run(self, alternatives: int) -> Repairs:
        """Least moves under the hard rules alone first; then, for each alternative, the fewest points."""
        lean = self._forced() or self._least()
        if not lean.found:
            return Repairs((), lean.infeasible, self.budget.elapsed())
        found: list[Repair] = []
        for number in range(alternatives):
            mended = self._best(lean, found, number)
            if mended is None:
                break
            found.append(mended)
        if not found:
            found.append(self._finish(lean.schedule, lean.optimal, best=False))
        return Repairs(tuple(found), False, self.budget.elapsed())

    def _forced(self) -> "_Lean | None":
        """On the grid: only what cannot stay moves, to its cheapest place; a proof wherever it succeeds."""
        if self.instance.form is not Form.GRID:
            return None
        facts = Facts(self.instance)
        hard = [[f for f in row if self.instance.level(f.claim.rule) is Level.HARD] for row in facts.by_item]
        time = facts.axis.time
        gone = {i for i, p in self.kept if any(f.times[time(p)] and f.rooms[p.room] for f in hard[i])}
        board = Board(facts)
        board.load(tuple(None if i in gone else place for i, place in enumerate(self.old)))
        improver = Improver(board, self.budget)
        improver.build()
        schedule = board.schedule()
        if improver.unplaced or not evaluate(self.instance, schedule).feasible:
            return None
        cost = sum(self.unit + len(self.people[item]) for item in gone)
        return _Lean(schedule, cost, found=True, optimal=True, forced=frozenset(gone))

    def _least(self) -> "_Lean":
        """The fewest moves; without the soft rules the model is small."""
        model = model_of(hard_only(self.instance), self.copies)
        stays = self._stay(model)
        model.hint(self.old)
        model.builder.model.minimize(self._weigh(stays))
        outcome = run(model.builder.model, self.budget, share=0.7 * self.budget.left())
        schedule = self.old
        if outcome.found:
            schedule = model.schedule(outcome.value, self.old, self.budget)
        cost = outcome.best if outcome.found else 0
        return _Lean(schedule, cost, outcome.found, outcome.optimal, outcome.infeasible)

    def _stay(self, model: Model) -> dict[int, cp_model.IntVar]:
        """Per item that has a place, a literal that it stays there."""
        return {item: model.at(item, place) for item, place in self.kept}

    def _weigh(self, stays: dict[int, cp_model.IntVar]) -> cp_model.LinearExprT:
        """Moves first, people second, as one number."""
        weights = {item: self.unit + len(self.people[item]) for item in stays}
        gone = cp_model.LinearExpr.weighted_sum(list(stays.values()), [-weights[item] for item in stays])
        return gone + sum(weights.values())

    def _best(self, lean: "_Lean", found: list[Repair], number: int) -> Repair | None:
        """The fewest points, unlike the alternatives before it; each of those may move one item more.

        Where it is known which items have to move, all others are held first: the model is then a small one, and as
        good, because whoever moves as few items moves exactly those.
        """
        if self.budget.over():
            return None
        held = self._search(self._held(lean.forced), lean, found, number) if lean.forced else None
        return held or self._search(self.instance, lean, found, number)

    def _held(self, moving: frozenset[int]) -> Instance:
        """The instance with everything else where it is."""
        pins = [
            Pin(item, None, frozenset((place.session,)), place.room, place.slot)
            for item, place in self.kept
            if item not in moving
        ]
        return replace(self.instance, pins=(*self.instance.pins, *pins))

    def _search(self, instance: Instance, lean: "_Lean", found: list[Repair], number: int) -> Repair | None:
        model = model_of(instance, self.copies)
        stays = self._stay(model)
        liberty = self.unit * (number + 1) - 1 if number else 0
        model.builder.model.add(self._weigh(stays) <= lean.cost + liberty)
        for other in found:
            self._differ(model, other)
        model.hint(lean.schedule)
        latest: list[Schedule] = []
        share = self.budget.left() / (2 if number < 2 else 1)
        result = minimise(
            model.builder,
            self.budget,
            share=share,
            proving=instance is not self.instance,  # a small model is closed by a worker on the bound
            watch=lambda value: latest.append(model.schedule(value, self.old, self.budget)),
        )
        if not latest:
            return None
        return self._finish(latest[-1], lean.optimal and number == 0, best=result.optimal)

    def _differ(self, model: Model, other: Repair) -> None:
        """At least one of the items that alternative moved goes elsewhere."""
        places = [(item, other.schedule[item]) for item in (*other.moved, *other.added)]
        same = [model.at(item, place) for item, place in places if place is not None]
        model.builder.model.add_bool_or([~literal for literal in same])

    def _finish(self, schedule: Schedule, least: bool, *, best: bool) -> Repair:
        moved = [item for item, place in self.kept if not self._same(schedule[item], place)]
        moved += [item for item in self.displaced if schedule[item] is not None]
        shifted = [item for item, place in self.kept if item not in moved and schedule[item] != place]
        before = {item for item, _ in self.kept} | set(self.displaced)
        added = [i for i, place in enumerate(schedule) if place is not None and i not in before]
        people = sorted(frozenset().union(*(self.people[item] for item in moved)))
        return Repair(
            schedule,
            evaluate(self.instance, schedule),
            tuple(sorted(moved)),
            tuple(shifted),
            tuple(added),
            tuple(people),
            least,
            best,
            self.budget.elapsed(),
        )

    def _same(self, now: Place | None, before: Place) -> bool:
        if now is None:
            return False
        return now[:2] == before[:2] if self.instance.form is Form.CELLS else now == before


@dataclass(frozen=True)
class _Lean:
    """A schedule with few moves: their weight, and whether fewer are proven impossible."""

    schedule: Schedule
    cost: int
    found: bool
    optimal: bool
    infeasible: bool = False
    forced: frozenset[int] = frozenset()
    """where known: exactly the items that have to move"""
