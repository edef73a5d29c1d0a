"""Facts: what a rule says about one item's placement alone."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from confsys.programme.solver.claims.axis import Axis
from confsys.programme.solver.data.instance import Instance, Place
from confsys.programme.solver.data.times import inside_hours, overlap
from confsys.programme.solver.evaluator.report import Case
from confsys.programme.solver.rules import RULES, Form, Level

Points = NDArray[np.int64]


@dataclass(frozen=True)
class Fact:
    """Placing `item` at time t in room r costs `times[t] * rooms[r]` units of the claim's rule."""

    claim: Case
    item: int
    times: Points
    rooms: Points


def counts(instance: Instance, rule: str, *items: int) -> bool:
    """Whether a rule counts for these items: not off, and not a hard one whose breach pins have settled."""
    level = instance.level(rule)
    if level is Level.HARD and items and rule != "pins":
        return not all(instance.settled(i, RULES[rule].aspect) for i in items)
    return level is not Level.OFF


class Facts:
    """The facts of every item."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.axis = Axis(instance)
        self._anywhere = np.ones(len(instance.rooms), dtype=np.int64)
        self._anytime = np.ones(self.axis.size, dtype=np.int64)
        self._closures: dict[tuple[int, int], Points] = {}

    @cached_property
    def by_item(self) -> tuple[tuple[Fact, ...], ...]:
        return tuple(tuple(self._of(item)) for item in range(len(self.instance.items)))

    def _of(self, item: int) -> Iterator[Fact]:
        wishes = self._penalties if self.instance.form is Form.CELLS else self._wishes
        for source in (self._people, self._room, self._closed, wishes, self._bans, self._pins):
            for claim, times, rooms in source(item):
                if times.any() and rooms.any() and counts(self.instance, claim.rule, item):
                    yield Fact(claim, item, times, rooms)

    def _when(self, item: int, test: Callable[[Place], bool]) -> Points:
        """1 at every point of time where the item fits and the test on its place is true."""
        mask = np.zeros(self.axis.size, dtype=np.int64)
        for time in np.flatnonzero(self.axis.fits[self.instance.items[item].slots]):
            mask[time] = test(self.axis.place(int(time)))
        return mask

    def _per_session(self, table: Mapping[int, int]) -> Points:
        row = [table.get(session, 0) for session in range(len(self.instance.sessions))]
        return np.array(row, dtype=np.int64)[self.axis.session_of]

    def _per_room(self, table: Mapping[int, int]) -> Points:
        return np.array([table.get(room, 0) for room in range(len(self.instance.rooms))], dtype=np.int64)

    def _people(self, item: int) -> Iterator[tuple[Case, Points, Points]]:
        instance = self.instance
        for name in sorted(instance.present[item] & instance.people.keys()):
            person = instance.people[name]
            claim = Case("people_away", 1, (item,), people=(name,))
            times = self._when(item, lambda p, who=person: who.absent(instance.span(item, p)))  # type: ignore[misc]
            yield claim, times, self._anywhere
        for name in dict.fromkeys(instance.items[item].presenters):
            remote = instance.people.get(name)
            if remote is not None and remote.zone is not None:
                zone, hours = remote.zone, remote.hours
                claim = Case("remote_hours", 1, (item,), people=(name,))
                times = self._when(
                    item,
                    lambda p, h=hours, z=zone: not inside_hours(instance.span(item, p), h, z),  # type: ignore[misc]
                )
                yield claim, times, self._anywhere

    def _room(self, item: int) -> Iterator[tuple[Case, Points, Points]]:
        """Seats and equipment."""
        thing, expected = self.instance.items[item], self.instance.expected(item)
        short = {
            number: max(expected - room.seats, 0)
            for number, room in enumerate(self.instance.rooms)
            if room.seats is not None
        }
        lacking = {n: len(thing.equipment - room.equipment) for n, room in enumerate(self.instance.rooms)}
        yield Case("seats", 1, (item,)), self._anytime, self._per_room(short)
        yield Case("equipment", 1, (item,)), self._anytime, self._per_room(lacking)

    def _closed(self, item: int) -> Iterator[tuple[Case, Points, Points]]:
        """Closed rooms and breaks, claims of the rooms alone; rooms that are closed alike share a fact."""
        alike: dict[bytes, list[int]] = {}
        for room in range(len(self.instance.rooms)):
            times = self._closure(room, item)
            if times.any():
                alike.setdefault(times.tobytes(), []).append(room)
        for rooms in alike.values():
            claim = Case("room_closed", 1, rooms=tuple(rooms))
            yield claim, self._closure(rooms[0], item), self._per_room(dict.fromkeys(rooms, 1))

    def _closure(self, room: int, item: int) -> Points:
        key = room, self.instance.items[item].slots
        if key not in self._closures:
            thing = self.instance.rooms[room]
            pauses = [b.span for b in self.instance.breaks if b.rooms is None or room in b.rooms]

            def shut(place: Place) -> bool:
                span = self.instance.span(item, place)
                return thing.closed(span) or any(overlap(span, pause) for pause in pauses)

            idle = thing.open is None and not pauses
            self._closures[key] = np.zeros(self.axis.size, np.int64) if idle else self._when(item, shut)
        return self._closures[key]

    def _penalties(self, item: int) -> Iterator[tuple[Case, Points, Points]]:
        """CoSPLib's submission penalties, once per occupied slot."""
        thing = self.instance.items[item]
        for rule, table in (
            ("submissions_sessions", thing.session_penalty),
            ("submissions_timezones", thing.timezone_penalty),
        ):
            yield Case(rule, 1, (item,)), thing.slots * self._per_session(table), self._anywhere
        claim = Case("submissions_rooms", 1, (item,))
        yield claim, self._anytime, thing.slots * self._per_room(thing.room_penalty)

    def _wishes(self, item: int) -> Iterator[tuple[Case, Points, Points]]:
        """The same tables on the grid, and the track's and the room's, as one rule."""
        instance, thing = self.instance, self.instance.items[item]
        claim = Case("wishes", 1, (item,))
        days = {s: points for (t, s), points in instance.track_session_penalty.items() if t == thing.track}
        rooms = {r: points for (t, r), points in instance.track_room_penalty.items() if t == thing.track}
        times = self._per_session(thing.session_penalty) + self._per_session(days)
        yield claim, times, self._anywhere
        yield claim, self._anytime, self._per_room(thing.room_penalty) + self._per_room(rooms)
        for room in sorted({room for _, room in instance.session_room_penalty}):
            table = {s: points for (s, r), points in instance.session_room_penalty.items() if r == room}
            yield claim, self._per_session(table), self._per_room({room: 1})

    def _bans(self, item: int) -> Iterator[tuple[Case, Points, Points]]:
        for ban in self.instance.bans:
            if item not in ban.items:
                continue
            sessions, span = ban.sessions, ban.span

            def banned(place: Place) -> bool:
                here = sessions is None or place.session in sessions  # noqa: B023 (called at once)
                return here and (span is None or overlap(self.instance.span(item, place), span))  # noqa: B023

            where = self._anywhere if ban.room is None else self._per_room({ban.room: 1})
            claim = Case(
                "bans",
                1,
                (item,),
                rooms=() if ban.room is None else (ban.room,),
                sessions=tuple(sorted(sessions or ())),
            )
            yield claim, self._when(item, banned), where

    def _pins(self, item: int) -> Iterator[tuple[Case, Points, Points]]:
        """A pin's time and its room are two facts of one claim; slots of a session are not on the axis."""
        for pin in self.instance.pins:
            if item not in self.instance.pinned_items(pin):
                continue
            claim = Case(
                "pins",
                1,
                (item,),
                rooms=() if pin.room is None else (pin.room,),
                sessions=tuple(sorted(pin.sessions or ())),
            )
            if pin.room is not None:
                yield claim, self._anytime, 1 - self._per_room({pin.room: 1})
            if pin.sessions is not None:
                sessions, slot = pin.sessions, None if self.axis.cells else pin.slot

                def elsewhen(place: Place) -> bool:
                    at_slot = slot is None or place.slot == slot  # noqa: B023 (called at once)
                    return place.session not in sessions or not at_slot  # noqa: B023

                yield claim, self._when(item, elsewhen), self._anywhere
