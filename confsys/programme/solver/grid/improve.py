"""A first schedule by greedy insertion, and better ones by taking items out and putting them back.

Each step removes a few items that have to do with each other (same people, same track, same corner of the
timetable) and reinserts each at its cheapest place; a result that is not worse is kept.
"""

import random
from collections.abc import Callable

import numpy as np

from confsys.programme.solver.cp.run import Budget
from confsys.programme.solver.data.instance import Instance
from confsys.programme.solver.grid.board import Board, cheapest, place_of
from confsys.programme.solver.rules import Aspect

Cost = tuple[int, int, int]
_WORK_PER_TABLE, _WORK_PER_ENTRY = 3e-4, 2.5e-8
"""Seconds that a price table and an entry of it take, roughly: how work is told without a clock."""
_LARGEST_RUIN = 10


class Improver:
    """Changes a board for the better. Items without a place count as one hard breach each."""

    def __init__(self, board: Board, budget: Budget) -> None:
        self.board = board
        self.instance: Instance = board.instance
        self._budget = budget
        self._random = random.Random(budget.seed)  # noqa: S311 (reproducible on purpose)
        self._work = _WORK_PER_TABLE + _WORK_PER_ENTRY * 3 * len(self.instance.rooms) * board.axis.size
        self._hardship = self._hardships()
        self.unplaced: set[int] = {i for i in range(len(self.instance.items)) if board.start[i] < 0}
        self.cost: Cost = (0, 0, 0)

    def _hardships(self) -> list[float]:
        """How hard an item is to place: pinned and plenary ones first, then long ones with few places."""
        found = []
        for item, thing in enumerate(self.instance.items):
            places = (self.board.prices(item)[0] == 0) & self.board.possible(item)
            pinned = item in self.instance.time_pinned or item in self.instance.room_pinned
            scarcity = 1.0 / (1 + int(places.sum()))
            found.append(1000.0 * pinned + 100.0 * thing.alone + thing.slots * scarcity * 100)
        return found

    def build(self) -> None:
        """Insert what has no place yet, the hardest first; what fits nowhere stays out."""
        for item in sorted(self.unplaced, key=lambda i: (-self._hardship[i], i)):
            self._insert(item)
        self.cost = (len(self.unplaced), 0, 0)

    def _insert(self, item: int) -> Cost:
        """The price paid; a place that breaks a hard rule is only taken where pins leave no other."""
        self._budget.worked += self._work
        table = self.board.prices(item)
        possible = self.board.possible(item)
        if not possible.any():
            self.unplaced.add(item)
            return (1, 0, 0)
        price, places = cheapest(table, possible)
        if price[0] and not self.instance.settled(item, Aspect.BOTH):
            self.unplaced.add(item)
            return (1, 0, 0)
        flat = int(places[self._random.randrange(len(places))])
        room, time = place_of(flat, self.board.axis.size)
        self.board.put(item, room, time)
        self.unplaced.discard(item)
        return price

    def _remove(self, item: int) -> Cost:
        """The price given back."""
        if self.board.start[item] < 0:
            return (1, 0, 0)
        room, time = int(self.board.room[item]), int(self.board.start[item])
        self.board.take(item)
        self._budget.worked += self._work
        table = self.board.prices(item)
        return int(table[0, room, time]), int(table[1, room, time]), int(table[2, room, time])

    def improve(self, reserve: float, patience: int | None, better: Callable[[], bool]) -> None:
        """Ruin and recreate while `better`, called on each gain, says to go on.

        Ends when the budget has only `reserve` left, or after `patience` steps without a gain.
        """
        movable = [i for i in range(len(self.instance.items)) if not self._fixed(i)]
        idle = 0
        while movable and self._budget.left() > reserve and not self._budget.stop():
            idle += 1
            if self._step(movable):
                idle = 0
                if not better():
                    return
            if patience is not None and idle >= patience:
                return

    def _fixed(self, item: int) -> bool:
        return item in self.instance.time_pinned and item in self.instance.room_pinned

    def _step(self, movable: list[int]) -> bool:
        """One ruin and recreate; true where the schedule became better."""
        chosen = self._ruin(movable)
        before = {item: (int(self.board.room[item]), int(self.board.start[item])) for item in chosen}
        gone = set(self.unplaced)
        change = np.zeros(3, dtype=np.int64)
        for item in chosen:
            change -= self._remove(item)
        self._random.shuffle(chosen)
        if self._random.random() < 0.5:
            chosen.sort(key=lambda i: -self._hardship[i])
        for item in chosen:
            change += self._insert(item)
        verdict = tuple(int(x) for x in change)
        if verdict > (0, 0, 0):
            self._restore(chosen, before, gone)
            return False
        self.cost = (self.cost[0] + verdict[0], self.cost[1] + verdict[1], self.cost[2] + verdict[2])
        return verdict < (0, 0, 0)

    def _restore(self, chosen: list[int], before: dict[int, tuple[int, int]], gone: set[int]) -> None:
        for item in chosen:
            self.board.take(item)
        for item in chosen:
            room, time = before[item]
            if time >= 0:
                self.board.put(item, room, time)
        self.unplaced = gone

    def _ruin(self, movable: list[int]) -> list[int]:
        """A few related items: around one without a place where there is any, else around any."""
        waiting = [i for i in sorted(self.unplaced) if not self._fixed(i)]
        seed = self._random.choice(waiting or movable)
        size = min(self._random.randint(2, _LARGEST_RUIN), len(movable))
        kind = self._random.random()
        if kind < 0.4:
            related = self._near(seed, movable)
        elif kind < 0.7:
            related = self._of_track(seed, movable)
        else:
            related = list(movable)
            self._random.shuffle(related)
        chosen = [seed, *(i for i in related if i != seed)]
        return chosen[:size]

    def _near(self, seed: int, movable: list[int]) -> list[int]:
        """Items close in time to the seed, or to a random moment where it has no place."""
        time = int(self.board.start[seed])
        if time < 0:
            time = self._random.randrange(self.board.axis.size)
        return sorted(movable, key=lambda i: (abs(int(self.board.start[i]) - time), self._random.random()))

    def _of_track(self, seed: int, movable: list[int]) -> list[int]:
        track = self.instance.items[seed].track
        mates = [i for i in movable if self.instance.items[i].track == track]
        self._random.shuffle(mates)
        return mates
