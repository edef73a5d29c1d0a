"""A schedule on the grid with the price of every place of any item, kept up to date move by move.

Prices come in three levels (hard, strong, nice); arrays are `[level, room, time]` over the points of the
axis. They agree with the evaluator: adding an item at a place changes the report's costs by its price, except
that overlaps in a room count one per placement however many items they hit.
"""

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from confsys.programme.solver.claims.facts import Facts, Points, counts
from confsys.programme.solver.claims.meetings import meetings
from confsys.programme.solver.data.instance import Instance, Schedule
from confsys.programme.solver.data.pairs import Pairs
from confsys.programme.solver.rules import Level

HARD, STRONG, NICE = 0, 1, 2
_INDEX = {Level.HARD: HARD, Level.STRONG: STRONG, Level.NICE: NICE}
Prices = NDArray[np.int64]


class Board:
    """Places of all items, and prices. `prices(i)` supposes that item i is off the board."""

    def __init__(self, facts: Facts) -> None:
        self.instance: Instance = facts.instance
        self.axis = facts.axis
        self._facts = facts
        size = len(self.instance.items)
        self.start = np.full(size, -1, dtype=np.int64)
        self.end = np.full(size, -1, dtype=np.int64)
        self.room = np.full(size, -1, dtype=np.int64)
        self._busy = np.zeros((len(self.instance.rooms), self.axis.size), dtype=np.int64)
        self._visits: dict[tuple[int, int], Points] = defaultdict(
            lambda: np.zeros(len(self.instance.rooms), dtype=np.int64)
        )
        self._meetings = _Neighbours(self.instance)
        self._walkers = _walkers(self.instance)
        self._parts = _parts(self.instance)

    def schedule(self) -> Schedule:
        return tuple(
            self.axis.place(int(self.start[i]), int(self.room[i])) if self.start[i] >= 0 else None
            for i in range(len(self.instance.items))
        )

    def load(self, schedule: Schedule) -> None:
        """Put every item where a schedule has it; those that are there already are not touched."""
        for item, place in enumerate(schedule):
            time = -1 if place is None else self.axis.time(place)
            room = -1 if place is None else place.room
            if (time, room) != (self.start[item], self.room[item]):
                self.take(item)
                if place is not None:
                    self.put(item, room, time)

    def put(self, item: int, room: int, time: int) -> None:
        thing = self.instance.items[item]
        self.start[item], self.end[item], self.room[item] = time, time + thing.slots, room
        self._mark(item, 1)

    def take(self, item: int) -> None:
        if self.start[item] >= 0:
            self._mark(item, -1)
            self.start[item] = self.end[item] = self.room[item] = -1

    def _mark(self, item: int, sign: int) -> None:
        room, start = int(self.room[item]), int(self.start[item])
        turnover = self.instance.rooms[room].turnover
        self._busy[room, start : int(self.end[item]) + turnover] += sign
        track = self.instance.items[item].track
        if track is not None:
            self._visits[track, int(self.axis.session_of[start])][room] += sign

    def prices(self, item: int) -> Prices:
        """What each place costs; places where the item does not fit are not masked, see `possible`."""
        table = np.zeros((3, len(self.instance.rooms), self.axis.size), dtype=np.int64)
        for fact in self._facts.by_item[item]:
            level = _INDEX[self.instance.level(fact.claim.rule)]
            weight = self.instance.weight(fact.claim.rule)
            table[level] += weight * fact.rooms[:, None] * fact.times[None, :]
        table += self._together(item)[:, None, :]
        table[HARD] += self._overlaps(item)
        self._add_parts(item, table)
        self._add_walking(item, table)
        self._add_track_rooms(item, table)
        return table

    def possible(self, item: int) -> NDArray[np.bool_]:
        """The points of time at which an item of this length can start."""
        return self.axis.fits[self.instance.items[item].slots]

    def _together(self, item: int) -> Prices:
        """Per level and time, the price of running beside the items it meets."""
        others, costs = self._meetings.of(item)
        placed = self.start[others] >= 0
        others, costs = others[placed], costs[:, placed]
        steps = np.zeros((3, self.axis.size + 1), dtype=np.int64)
        first = np.maximum(self.start[others] - self.instance.items[item].slots + 1, 0)
        for level in range(3):
            np.add.at(steps[level], first, costs[level])
            np.add.at(steps[level], self.end[others], -costs[level])
        return np.cumsum(steps, axis=1)[:, :-1]

    def _overlaps(self, item: int) -> Points:
        """1 where the room is full at some time the item would need it."""
        length = self.instance.items[item].slots
        found = np.zeros_like(self._busy)
        for number, room in enumerate(self.instance.rooms):
            if room.holds:
                full = np.concatenate(([0], np.cumsum(self._busy[number] >= room.holds)))
                reach = np.minimum(np.arange(self.axis.size) + length + room.turnover, self.axis.size)
                found[number] = (full[reach] - full[:-1]) > 0
        return found

    def _add_parts(self, item: int, table: Prices) -> None:
        level = self.instance.level("parts")
        if level is Level.OFF:
            return
        row = table[_INDEX[level]]
        weight = self.instance.weight("parts")
        length = self.instance.items[item].slots
        before, after = self._parts[item]
        for part in before:
            if self.start[part] >= 0:
                row[:, : self.end[part]] += weight
        for part in after:
            if self.start[part] >= 0:
                row[:, max(int(self.start[part]) - length + 1, 0) :] += weight

    def _add_walking(self, item: int, table: Prices) -> None:
        if not self._walkers[item]:
            return
        row = table[_INDEX[self.instance.level("walking")]]
        weight = self.instance.weight("walking")
        length = self.instance.items[item].slots
        for other in self._walkers[item]:
            if self.start[other] < 0:
                continue
            for room in range(len(self.instance.rooms)):
                way = self.axis.slots(self.instance.walk(room, int(self.room[other])))
                start, end = int(self.start[other]), int(self.end[other])
                row[room, end : end + way] += weight
                row[room, max(start - length - way + 1, 0) : max(start - length + 1, 0)] += weight

    def _add_track_rooms(self, item: int, table: Prices) -> None:
        track, level = self.instance.items[item].track, self.instance.level("track_rooms")
        if track is None or level is Level.OFF:
            return
        weight = self.instance.weight("track_rooms")
        for day, offset in enumerate(self.axis.offsets):
            visits = self._visits.get((track, day))
            if visits is not None and visits.any():
                end = offset + self.instance.sessions[day].slots
                table[_INDEX[level]][:, offset:end] += weight * (visits == 0)[:, None]


class _Neighbours:
    """Per item, the items it has meetings with and the price of each, by level."""

    def __init__(self, instance: Instance) -> None:
        prices: list[dict[int, list[int]]] = [{} for _ in instance.items]
        for meeting in meetings(instance):
            rule = meeting.claim.rule
            level, price = _INDEX[instance.level(rule)], instance.weight(rule) * meeting.points
            for one, other in ((meeting.one, meeting.other), (meeting.other, meeting.one)):
                prices[one].setdefault(other, [0, 0, 0])[level] += price
        self._others = [np.array(list(row), dtype=np.int64) for row in prices]
        self._costs = [np.array(list(row.values()), dtype=np.int64).reshape(-1, 3).T for row in prices]

    def of(self, item: int) -> tuple[Points, Prices]:
        return self._others[item], self._costs[item]


def _walkers(instance: Instance) -> list[list[int]]:
    """Per item, the items that share a person with it, where ways between rooms are counted."""
    rows: list[list[int]] = [[] for _ in instance.items]
    for one, other in Pairs(instance).needed if instance.walking else ():
        if counts(instance, "walking", one, other):
            rows[one].append(other)
            rows[other].append(one)
    return rows


def _parts(instance: Instance) -> list[tuple[list[int], list[int]]]:
    """Per item, its former and its later parts."""
    rows: list[tuple[list[int], list[int]]] = [([], []) for _ in instance.items]
    for item, thing in enumerate(instance.items):
        for before in thing.after:
            if counts(instance, "parts", before, item):
                rows[item][0].append(before)
                rows[before][1].append(item)
    return rows


def cheapest(table: Prices, possible: NDArray[np.bool_]) -> tuple[tuple[int, int, int], NDArray[np.int64]]:
    """The least price over all possible places, level by level, and the flat indexes that have it."""
    candidates = np.flatnonzero(np.broadcast_to(possible, table.shape[1:]))
    price = []
    for level in range(3):
        row = table[level].ravel()[candidates]
        least = row.min()
        price.append(int(least))
        candidates = candidates[row == least]
    return (price[0], price[1], price[2]), candidates


def place_of(flat: int, size: int) -> tuple[int, int]:
    """Room and time of a flat index of a price table."""
    return flat // size, flat % size
