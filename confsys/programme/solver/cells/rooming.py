"""Rooms for given sessions, quickly: session by session the cheapest assignment."""

from dataclasses import replace

import numpy as np
from scipy.optimize import linear_sum_assignment

from confsys.programme.solver.cells.model import Cell
from confsys.programme.solver.claims.facts import Facts, Points
from confsys.programme.solver.data.instance import Instance
from confsys.programme.solver.rules import Level

_STRONG, _HARD = 10**7, 10**11
"""Prices that keep the levels apart without losing whole numbers in double precision."""


class Rooming:
    """Greedy over sessions, exact within one; a track is drawn to the rooms it already has."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._instance = facts.instance
        self._prices = dict(zip(Level, (_HARD, _STRONG, 1, 0), strict=True))

    def assign(self, cells: list[Cell]) -> list[Cell]:
        """The cells with rooms; those of tracks with many cells choose first."""
        sizes: dict[int, int] = {}
        for cell in cells:
            sizes[cell.track] = sizes.get(cell.track, 0) + 1
        by_session: dict[int, list[Cell]] = {}
        for cell in cells:
            by_session.setdefault(cell.session, []).append(cell)
        homes: dict[int, set[int]] = {}
        done: list[Cell] = []
        for _, group in sorted(by_session.items(), key=lambda entry: -sum(sizes[c.track] for c in entry[1])):
            table = np.array([self._price(cell, homes.get(cell.track, set())) for cell in group])
            for row, room in zip(*linear_sum_assignment(table), strict=True):
                done.append(replace(group[row], room=int(room)))
                homes.setdefault(group[row].track, set()).add(int(room))
        return sorted(done, key=lambda cell: (cell.session, cell.track, cell.copy))

    def _price(self, cell: Cell, homes: set[int]) -> Points:
        """Points of each room for a cell, levels kept apart by size."""
        instance = self._instance
        row = np.zeros(len(instance.rooms), dtype=np.int64)
        row += self._points("tracks_rooms", _row(instance, instance.track_room_penalty, cell.track))
        row += self._points("sessions_rooms", _row(instance, instance.session_room_penalty, cell.session))
        if homes:
            away = np.array([room not in homes for room in range(len(instance.rooms))], dtype=np.int64)
            row += self._points("rooms_per_track", away)
        for item in cell.items:
            for fact in self._facts.by_item[item]:
                row += self._points(fact.claim.rule, fact.times[cell.session] * fact.rooms)
        return row

    def _points(self, rule: str, amounts: Points) -> Points:
        level = self._instance.level(rule)
        return amounts * (self._instance.weight(rule) * self._prices[level])


def _row(instance: Instance, table: dict[tuple[int, int], int], key: int) -> Points:
    return np.array([table.get((key, room), 0) for room in range(len(instance.rooms))], dtype=np.int64)
