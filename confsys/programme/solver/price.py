"""What every other place would cost one item, and what clashes where it is.

Only what can change when an item moves is judged: its track, whom and what it can clash with. The evaluator
does the counting on that part of the schedule, so that a price is a difference of reports.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import product

import numpy as np

from confsys.programme.solver.claims.facts import Facts
from confsys.programme.solver.data.instance import Instance, Place, Schedule
from confsys.programme.solver.data.pairs import Pairs
from confsys.programme.solver.evaluator import Case, Evaluator
from confsys.programme.solver.grid.board import Board
from confsys.programme.solver.part import Part
from confsys.programme.solver.rules import Form

Cost = tuple[int, int, int]


class Blocked(StrEnum):
    """Why an item cannot go to a cell as it is."""

    TRACK = "track"  # another track has the room in that session
    FULL = "full"  # too few slots are left; `swap` may name an exchange


@dataclass(frozen=True, slots=True)
class Price:
    """A place and what the schedule would gain or lose there: hard, strong and nice points against now.

    `swap` is the item that would take the old place in exchange; `blocked` is None where the item can move
    by itself. `change` is None where it can do neither.
    """

    place: Place
    change: Cost | None
    blocked: Blocked | None = None
    swap: int | None = None


def _dearness(price: Price) -> tuple[bool, bool, Cost, Place]:
    return price.change is None, price.blocked is not None, price.change or (0, 0, 0), price.place


class Pricer:
    """Prices and clashes for one instance; keep it while a schedule is edited. Not for several threads."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self._partners = _partners(instance)

    @cached_property
    def _board(self) -> Board:
        return Board(Facts(self.instance))

    def clashes(self, schedule: Schedule, item: int) -> tuple[Case, ...]:
        """The breaches an item is part of where it stands, its track's among them."""
        part = Part(self.instance, self._partners[item])
        report = Evaluator(part.instance).report(part.schedule(schedule))
        track = self.instance.items[item].track
        cases = (part.whole(case) for case in (*report.cases, *report.waived))
        return tuple(case for case in cases if item in case.items or track in case.tracks)

    def prices(self, schedule: Schedule, item: int) -> list[Price]:
        """The price of every place, cheapest first; places where the item does not fit are left out."""
        cells = self.instance.form is Form.CELLS
        found = (
            _CellPricer(self.instance, schedule, item, self._partners).prices()
            if cells
            else self._on_grid(schedule, item)
        )
        return sorted(found, key=_dearness)

    def _on_grid(self, schedule: Schedule, item: int) -> Iterator[Price]:
        board, now = self._board, schedule[item]
        board.load(schedule)
        board.take(item)
        table = board.prices(item)
        here = np.array([1, 0, 0])
        if now is not None:
            here = table[:, now.room, board.axis.time(now)]
        times = np.flatnonzero(board.possible(item))
        changes = (table[:, :, times] - here[:, None, None]).transpose(1, 2, 0).tolist()
        places = [board.axis.place(int(time)) for time in times]
        for room, row in enumerate(changes):
            for place, (hard, strong, nice) in zip(places, row, strict=True):
                where = Place(place.session, room, place.slot)
                if where != now:
                    yield Price(where, (hard, strong, nice))


class _CellPricer:
    """Prices of one item in cells, judged on the items its track can touch."""

    def __init__(self, instance: Instance, schedule: Schedule, item: int, partners: list[frozenset[int]]) -> None:
        self.instance = instance
        mates = instance.items_of_track[instance.items[item].track or 0]
        self._part = Part(instance, frozenset[int]().union(*(partners[mate] for mate in mates)))
        self._judge = Evaluator(self._part.instance)
        self._schedule, self._item = schedule, item
        self._before = self._cost(schedule)

    def _cost(self, schedule: Schedule) -> Cost:
        return self._judge.report(self._part.schedule(schedule)).cost

    def prices(self) -> Iterator[Price]:
        holders: dict[tuple[int, int], list[int]] = {}
        for other, place in enumerate(self._schedule):
            if place is not None and other != self._item:
                holders.setdefault((place.session, place.room), []).append(other)
        now = self._schedule[self._item]
        for cell in product(range(len(self.instance.sessions)), range(len(self.instance.rooms))):
            if now is None or (now.session, now.room) != cell:
                yield self._price(cell, holders.get(cell, []))

    def _price(self, cell: tuple[int, int], holders: list[int]) -> Price:
        items, own = self.instance.items, self.instance.items[self._item]
        if any(items[other].track != own.track for other in holders):
            return Price(Place(*cell, 0), None, Blocked.TRACK)
        options = [self._changed(place) for place in self._gaps(cell, holders)]
        if not options and self._schedule[self._item] is not None:
            options = [
                self._changed(place, other)
                for other in holders
                if items[other].slots == own.slots and (place := self._schedule[other]) is not None
            ]
        if not options:
            return Price(Place(*cell, 0), None, Blocked.FULL)
        return min(options, key=_dearness)

    def _gaps(self, cell: tuple[int, int], holders: list[int]) -> list[Place]:
        """Where the item fits between those already in a cell; in an empty one, its first slot."""
        taken = {
            slot
            for other in holders
            if (place := self._schedule[other]) is not None
            for slot in range(place.slot, place.slot + self.instance.items[other].slots)
        }
        length = self.instance.items[self._item].slots
        starts = range(self.instance.sessions[cell[0]].slots - length + 1)
        free = [slot for slot in starts if not taken & set(range(slot, slot + length))]
        return [Place(*cell, slot) for slot in (free if holders else free[:1])]

    def _changed(self, place: Place, other: int | None = None) -> Price:
        """The price of a place; `other` takes the item's old place in exchange."""
        changed = list(self._schedule)
        if other is not None:
            changed[other] = changed[self._item]
        changed[self._item] = place
        after = self._cost(tuple(changed))
        before = self._before
        change = after[0] - before[0], after[1] - before[1], after[2] - before[2]
        return Price(place, change, None if other is None else Blocked.FULL, other)


def _partners(instance: Instance) -> list[frozenset[int]]:
    """Per item, the items whose rules it can touch: of its own and related tracks, and who shares people."""
    pairs = Pairs(instance)
    partners: list[set[int]] = [{item} for item in range(len(instance.items))]
    for clashing in (pairs.presenter, pairs.attendee, pairs.needed, pairs.audience):
        for one, other in clashing:
            partners[one].add(other)
            partners[other].add(one)
    for item, thing in enumerate(instance.items):
        for before in thing.after:
            partners[item].add(before)
            partners[before].add(item)
    plenaries = {item for item, thing in enumerate(instance.items) if thing.alone}
    related = _related(instance)
    for item, thing in enumerate(instance.items):
        partners[item] |= set(range(len(instance.items))) if thing.alone else plenaries
        if thing.track is not None:
            for track in related[thing.track]:
                partners[item].update(instance.items_of_track[track])
    return [frozenset(row) for row in partners]


def _related(instance: Instance) -> list[set[int]]:
    """Per track, itself and the tracks it must not run beside: similar ones and those with a common chair."""
    related = [{track} for track in range(len(instance.tracks))]
    chairing = {
        (one, other)
        for one, other in product(range(len(instance.tracks)), repeat=2)
        if set(instance.tracks[one].chairs) & set(instance.tracks[other].chairs)
    }
    for one, other in (*instance.similar, *chairing):
        related[one].add(other)
        related[other].add(one)
    return related
