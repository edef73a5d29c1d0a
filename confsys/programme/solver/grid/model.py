"""The grid form as a scheduling model: a start for every item and an optional interval per room."""

from itertools import groupby

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from confsys.programme.solver.claims.facts import Fact, Facts
from confsys.programme.solver.cp.builder import Builder, Literal
from confsys.programme.solver.cp.run import Value
from confsys.programme.solver.data.instance import Place, Schedule
from confsys.programme.solver.evaluator.report import Case
from confsys.programme.solver.rules import Aspect, Level

Mask = NDArray[np.bool_]


class GridModel(Builder):
    """`start[i]` is a point of the axis, `there[i, r]` says that item i is in room r, `present[i]` that it
    has a place at all. An item without a place keeps a start that means nothing."""

    def __init__(self, facts: Facts, *, guarded: bool = False) -> None:
        super().__init__(facts.instance, guarded=guarded)
        self.facts = facts
        self.axis = facts.axis
        self.start: dict[int, cp_model.IntVar] = {}
        self.there: dict[tuple[int, int], cp_model.IntVar] = {}
        self.present: dict[int, Literal] = {}
        self._before: dict[tuple[int, int], cp_model.IntVar] = {}
        self._days: dict[tuple[int, int], cp_model.IntVar] = {}
        for item in range(len(self.instance.items)):
            self._add_item(item)
        for room in range(len(self.instance.rooms)):
            self._add_room(room)

    def fits(self, item: int) -> Mask:
        return self.axis.fits[self.instance.items[item].slots]

    def _add_item(self, item: int) -> None:
        times, rooms = self._open(item)
        optional = self.guarded or self.instance.level("placed") is not Level.HARD
        self.present[item] = self.boolean() if optional else self.model.new_constant(1)
        if not times.any() or not rooms.any():
            self.model.add_bool_or([~self.present[item]])
            times = self.fits(item)
        if optional:
            self.breach(Case("placed", 1, (item,)), 1, [~self.present[item]])
        self.start[item] = self.model.new_int_var_from_domain(domain(times), "")
        for room in np.flatnonzero(rooms):
            self.there[item, int(room)] = self.boolean()
        self.model.add(cp_model.LinearExpr.sum(list(self.rooms_of(item).values())) == self.present[item])

    def _open(self, item: int) -> tuple[Mask, Mask]:
        """Times and rooms that no hard rule on its own keeps the item out of; with guards, all of them."""
        times, rooms = self.fits(item).copy(), np.ones(len(self.instance.rooms), dtype=bool)
        for fact in self.facts.by_item[item] if not self.guarded else ():
            if self.removable(fact):
                if fact.rooms.all():
                    times &= fact.times == 0
                else:
                    rooms &= fact.rooms == 0
        return times, rooms

    def removable(self, fact: Fact) -> bool:
        """Whether a hard fact speaks of times alone or of rooms alone, so that it only narrows domains."""
        if self.guarded or self.instance.level(fact.claim.rule) is not Level.HARD:
            return False
        return bool(fact.rooms.all() or (fact.times[self.fits(fact.item)] > 0).all())

    def rooms_of(self, item: int) -> dict[int, cp_model.IntVar]:
        """The literal of each room the item may be in."""
        rooms = range(len(self.instance.rooms))
        return {room: self.there[item, room] for room in rooms if (item, room) in self.there}

    def end(self, item: int) -> cp_model.LinearExpr:
        return self.start[item] + self.instance.items[item].slots

    def _add_room(self, room: int) -> None:
        """No more items at once than the room holds, save where pins put them there together."""
        thing = self.instance.rooms[room]
        if not thing.holds:
            return
        forced = self._forced(room)
        intervals = [
            self.model.new_optional_fixed_size_interval_var(
                self.start[item], self.instance.items[item].slots + thing.turnover, literal, ""
            )
            for (item, where), literal in self.there.items()
            if where == room and item not in forced
        ]
        demands = [1] * len(intervals)
        for begin, length, demand in self._profile(forced, thing.turnover, thing.holds):
            intervals.append(self.model.new_fixed_size_interval_var(begin, length, ""))
            demands.append(demand)
        if thing.holds == 1:
            self.model.add_no_overlap(intervals)
        else:
            self.model.add_cumulative(intervals, demands, thing.holds)

    def _forced(self, room: int) -> dict[int, int]:
        """Items pinned into a room at overlapping times, and when; the evaluator reports them."""
        turnover = self.instance.rooms[room].turnover
        pinned = {
            pin.item: self.axis.time(Place(min(pin.sessions), room, pin.slot))
            for pin in self.instance.pins
            if pin.item is not None and pin.sessions and pin.slot is not None
            if self.instance.settled(pin.item, Aspect.BOTH) and (pin.item, room) in self.there
            if all(self.there.get((pin.item, r)) is None or r == room for r in range(len(self.instance.rooms)))
        }
        spans = {i: (t, t + self.instance.items[i].slots + turnover) for i, t in pinned.items()}
        return {
            one: a
            for one, (a, b) in spans.items()
            if any(other != one and a < d and c < b for other, (c, d) in spans.items())
        }

    def _profile(self, forced: dict[int, int], turnover: int, holds: int) -> list[tuple[int, int, int]]:
        """What forced items take up, as (start, length, demand), never more than the room holds."""
        load = np.zeros(self.axis.size, dtype=np.int64)
        for item, begin in forced.items():
            load[begin : begin + self.instance.items[item].slots + turnover] += 1
        found = []
        for demand, points in groupby(range(self.axis.size), key=lambda t: min(int(load[t]), holds)):
            run = list(points)
            if demand:
                found.append((run[0], len(run), demand))
        return found

    def before(self, one: int, other: int) -> cp_model.IntVar:
        """A literal that, where true, has `one` end before `other` starts."""
        if (one, other) not in self._before:
            literal = self._before[one, other] = self.boolean()
            self.model.add(self.end(one) <= self.start[other]).only_enforce_if(literal)
        return self._before[one, other]

    def day(self, item: int, day: int) -> cp_model.IntVar:
        """A literal that is true exactly where the item is on a day."""
        if (item, day) not in self._days:
            literals = []
            for number, offset in enumerate(self.axis.offsets):
                literal = self._days[item, number] = self.boolean()
                span = cp_model.Domain(offset, offset + self.instance.sessions[number].slots - 1)
                self.model.add_linear_expression_in_domain(self.start[item], span).only_enforce_if(literal)
                literals.append(literal)
            self.model.add_exactly_one(literals)
        return self._days[item, day]

    def during(self, item: int, times: Mask) -> cp_model.IntVar:
        """A literal that is true at least where the item starts at one of the times."""
        inside = self.boolean()
        outside = self.model.add_linear_expression_in_domain(self.start[item], domain(~times))
        outside.only_enforce_if(~inside)
        return inside

    def at(self, item: int, place: Place) -> cp_model.IntVar:
        """A literal that is true exactly where the item is at a place."""
        here, when = self.boolean(), self.boolean()
        time = self.axis.time(place)
        where = self.there.get((item, place.room))
        if where is None:
            self.model.add_bool_or([~here])
            return here
        self.model.add(self.start[item] == time).only_enforce_if(when)
        self.model.add(self.start[item] != time).only_enforce_if(~when)
        self.model.add_bool_and([when, where]).only_enforce_if(here)
        self.model.add_bool_or([~when, ~where, here])
        return here

    def schedule(self, value: Value) -> Schedule:
        """The schedule of a solution."""
        rooms = {item: room for (item, room), literal in self.there.items() if value(literal)}
        return tuple(
            self.axis.place(value(self.start[item]), rooms[item]) if item in rooms else None
            for item in range(len(self.instance.items))
        )

    def hint(self, schedule: Schedule) -> None:
        """Start from a schedule."""
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        for item, place in enumerate(schedule):
            if place is not None:
                self.model.add_hint(self.start[item], self.axis.time(place))
            for room, literal in self.rooms_of(item).items():
                self.model.add_hint(literal, place is not None and place.room == room)
        for (one, other), literal in self._before.items():
            here, there = schedule[one], schedule[other]
            if here is not None and there is not None:
                end = self.axis.time(here) + self.instance.items[one].slots
                self.model.add_hint(literal, end <= self.axis.time(there))


def domain(mask: Mask) -> cp_model.Domain:
    """The points at which a mask is true."""
    return cp_model.Domain.from_values([int(i) for i in np.flatnonzero(mask)])
