"""The points of time of an instance, numbered through: sessions in cells, slots of all days on the grid.

Between two days of the grid lie points at which nothing can start, more than any turnover or walk takes, so
that what happens late on one day never touches the next.
"""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from confsys.programme.solver.data.instance import Instance, Place
from confsys.programme.solver.rules import Form


class Axis:
    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.cells = instance.form is Form.CELLS
        night = 0 if self.cells else 1 + max(room.turnover for room in instance.rooms)
        if not self.cells:
            night += self.slots(max(instance.walking.values(), default=0))
        lengths = [1 if self.cells else session.slots + night for session in instance.sessions]
        self.offsets = [sum(lengths[:i]) for i in range(len(lengths))]
        self.session_of = np.repeat(np.arange(len(lengths)), lengths)
        self.size = len(self.session_of)

    def slots(self, minutes: int) -> int:
        """Slots of the grid that some minutes take up, rounded up."""
        return -(-minutes // self.instance.grid_minutes)

    def place(self, time: int, room: int = 0) -> Place:
        """The placement at a point of time; in cells, at the session's first slot."""
        session = int(self.session_of[time])
        return Place(session, room, time - self.offsets[session])

    def time(self, place: Place) -> int:
        return place.session if self.cells else self.offsets[place.session] + place.slot

    @cached_property
    def fits(self) -> dict[int, NDArray[np.bool_]]:
        """Per length in slots, the points of time where an item of that length can start."""
        found = {}
        for length in {item.slots for item in self.instance.items}:
            mask = np.zeros(self.size, dtype=bool)
            for session, offset in zip(self.instance.sessions, self.offsets, strict=True):
                starts = max(session.slots - length + 1, 0)
                mask[offset : offset + (min(starts, 1) if self.cells else starts)] = True
            found[length] = mask
        return found
