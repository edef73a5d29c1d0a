"""A schedule seen from the sides the rules look at it."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from confsys.programme.solver.data.instance import Instance, Place, Schedule
from confsys.programme.solver.data.times import Span
from confsys.programme.solver.rules import Form


@dataclass(frozen=True)
class Plan:
    instance: Instance
    schedule: Schedule

    @cached_property
    def placed(self) -> tuple[tuple[int, Place], ...]:
        return tuple((i, place) for i, place in enumerate(self.schedule) if place is not None)

    @cached_property
    def cells(self) -> dict[tuple[int, int], list[int]]:
        """Items of each used (session, room), by slot."""
        cells: dict[tuple[int, int], list[int]] = defaultdict(list)
        for item, place in sorted(self.placed, key=lambda entry: entry[1]):
            cells[place.session, place.room].append(item)
        return cells

    @cached_property
    def tracks_of_session(self) -> dict[int, list[tuple[int, int]]]:
        """Per session its cells as (room, track), by room."""
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for (session, room), items in sorted(self.cells.items()):
            track = self.instance.items[items[0]].track
            if track is not None:
                found[session].append((room, track))
        return found

    @cached_property
    def cells_of_track(self) -> dict[int, list[tuple[int, int]]]:
        """Per track its cells as (session, room), in order."""
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for session, cells in sorted(self.tracks_of_session.items()):
            for room, track in cells:
                found[track].append((session, room))
        return found

    @cached_property
    def spans(self) -> dict[int, Span]:
        return {item: self.instance.span(item, place) for item, place in self.placed}

    @cached_property
    def own_spans(self) -> dict[int, Span]:
        return {item: self.instance.own_span(item, place) for item, place in self.placed}

    def together(self, one: int, other: int) -> bool:
        """Whether two placed items run at the same time in the sense of the form.

        Sessions of old instances carry dummy dates: there, only the same session is the same time.
        """
        here, there = self.schedule[one], self.schedule[other]
        if here is None or there is None:
            return False
        if self.instance.form is Form.CELLS:
            return here.session == there.session and here.room != there.room
        return (
            here.session == there.session
            and here.slot < there.slot + self.instance.items[other].slots
            and there.slot < here.slot + self.instance.items[one].slots
        )
