"""The variables of the cells form and what makes them a schedule."""

from collections import defaultdict
from dataclasses import dataclass

from ortools.sat.python import cp_model

from confsys.programme.solver.cells.copies import copies_needed
from confsys.programme.solver.claims.facts import Facts
from confsys.programme.solver.cp.builder import Builder
from confsys.programme.solver.cp.run import Value
from confsys.programme.solver.data.instance import Instance, Place, Schedule
from confsys.programme.solver.evaluator.report import Case
from confsys.programme.solver.rules import Level


@dataclass(frozen=True, slots=True)
class Cell:
    """A used session and room with the items of one track, in no order yet; `room` None is not yet chosen."""

    session: int
    track: int
    copy: int
    room: int | None
    items: tuple[int, ...]


class CellModel(Builder):
    """`used[t, s, c]`: track t runs a c-th time in session s; `put[i, s, c]`: item i is there;
    `where[t, s, c, r]`: in room r (only `with_rooms`; else rooms are counted, not chosen)."""

    def __init__(
        self, facts: Facts, parallel_rooms: int = 1, *, with_rooms: bool = True, guarded: bool = False
    ) -> None:
        super().__init__(facts.instance, guarded=guarded)
        self.facts = facts
        self.with_rooms = with_rooms
        self.used: dict[tuple[int, int, int], cp_model.IntVar] = {}
        self.put: dict[tuple[int, int, int], cp_model.IntVar] = {}
        self.where: dict[tuple[int, int, int, int], cp_model.IntVar] = {}
        self.copies = {
            track: max(copies_needed(self.instance, track), min(parallel_rooms, len(items), self.rooms))
            for track, items in enumerate(self.instance.items_of_track)
            if items
        }
        for track in self.copies:
            self._add_track(track)
        for item in range(len(self.instance.items)):
            self._place(item)
        self._share_rooms()
        self._keep_slots()

    @property
    def sessions(self) -> int:
        return len(self.instance.sessions)

    @property
    def rooms(self) -> int:
        return len(self.instance.rooms)

    def puts(self, item: int, session: int) -> list[cp_model.IntVar]:
        """The literals of an item in a session, one per copy of its track."""
        return [self.put[key] for c in self._copies_of(item) if (key := (item, session, c)) in self.put]

    def _copies_of(self, item: int) -> range:
        track = self.instance.items[item].track
        return range(self.copies[track]) if track is not None else range(0)

    def _add_track(self, track: int) -> None:
        allowed = {i: self._sessions_open_to(i) for i in self.instance.items_of_track[track]}
        for session in range(self.sessions):
            candidates = [i for i, open_to in allowed.items() if session in open_to]
            for copy in range(self.copies[track]) if candidates else ():
                self._add_cell(track, session, copy, candidates)

    def _sessions_open_to(self, item: int) -> set[int]:
        """Sessions no hard rule keeps the item out of; with guards, all it fits into."""
        fits = self.facts.axis.fits[self.instance.items[item].slots]
        open_to = {session for session in range(self.sessions) if fits[session]}
        if not self.guarded:
            for fact in self.facts.by_item[item]:
                if self.instance.level(fact.claim.rule) is Level.HARD and fact.rooms.all():
                    open_to -= {session for session in open_to if fact.times[session]}
        return open_to

    def _add_cell(self, track: int, session: int, copy: int, candidates: list[int]) -> None:
        used = self.used[track, session, copy] = self.boolean()
        if copy:
            self.model.add_implication(used, self.used[track, session, copy - 1])
        inside = []
        for item in candidates:
            put = self.put[item, session, copy] = self.boolean()
            self.model.add_implication(put, used)
            inside.append(put)
        self.model.add_bool_or([*inside, ~used])
        lengths = [self.instance.items[item].slots for item in candidates]
        slots = self.instance.sessions[session].slots
        self.model.add(cp_model.LinearExpr.weighted_sum(inside, lengths) <= slots * used)
        if self.with_rooms:
            chosen = [self.boolean() for _ in range(self.rooms)]
            for room, literal in enumerate(chosen):
                self.where[track, session, copy, room] = literal
            self.model.add(sum(chosen) == used)

    def _place(self, item: int) -> None:
        """Every item once; where leaving out is allowed, or may turn out necessary, at most once."""
        options = [put for session in range(self.sessions) for put in self.puts(item, session)]
        claim = Case("placed", 1, (item,))
        if self.instance.level("placed") is Level.HARD and not self.guarded:
            self.model.add_exactly_one(options)
        else:
            self.model.add_at_most_one(options)
            missing = self.boolean()
            self.model.add_bool_or([*options, missing])
            self.breach(claim, 1, [missing])

    def _share_rooms(self) -> None:
        by_session = defaultdict(list)
        for (_, session, _), used in self.used.items():
            by_session[session].append(used)
        for used_cells in by_session.values():
            self.model.add(sum(used_cells) <= self.rooms)
        by_room = defaultdict(list)
        for (_, session, _, room), literal in self.where.items():
            by_room[session, room].append(literal)
        for literals in by_room.values():
            self.model.add_at_most_one(literals)

    def _keep_slots(self) -> None:
        """Where a slot is pinned, what shares its cell must fit around it."""
        for pin in self.instance.pins:
            if pin.item is None or pin.slot is None or not pin.sessions:
                continue
            track, session = self.instance.items[pin.item].track, min(pin.sessions)
            for copy in self._copies_of(pin.item):
                around = [i for i in self.instance.items_of_track[track or 0] if (i, session, copy) in self.put]
                self.model.add_no_overlap(self._slots_of(item, session, copy) for item in around)

    def _slots_of(self, item: int, session: int, copy: int) -> cp_model.IntervalVar:
        """The slots an item takes if it is in a cell: any, or its pinned ones."""
        length = self.instance.items[item].slots
        pinned = {pin.slot for pin in self.instance.pins if pin.item == item and session in (pin.sessions or ())}
        fixed = [slot for slot in pinned if slot is not None]
        slots = fixed or range(self.instance.sessions[session].slots - length + 1)
        start = self.model.new_int_var_from_domain(cp_model.Domain.from_values(list(slots)), "")
        return self.model.new_optional_fixed_size_interval_var(start, length, self.put[item, session, copy], "")

    def cells(self, value: Value) -> list[Cell]:
        """The used cells of a solution."""
        inside = defaultdict(list)
        for (item, session, copy), literal in self.put.items():
            if value(literal):
                inside[self.instance.items[item].track, session, copy].append(item)
        rooms = {(t, s, c): room for (t, s, c, room), literal in self.where.items() if value(literal)}
        return [
            Cell(session, track, copy, rooms.get((track, session, copy)), tuple(items))
            for (track, session, copy), items in sorted(inside.items())
            if track is not None
        ]

    def at(self, item: int, place: Place) -> cp_model.IntVar:
        """A literal that is true exactly where the item is in the session and room of a place."""
        track = self.instance.items[item].track or 0
        here = self.boolean()
        ways = []
        for copy in self._copies_of(item):
            put = self.put.get((item, place.session, copy))
            where = self.where.get((track, place.session, copy, place.room))
            if put is not None and where is not None:
                both = self.boolean()
                self.model.add_bool_and([put, where]).only_enforce_if(both)
                self.model.add_bool_or([~put, ~where, both])
                self.model.add_implication(both, here)
                ways.append(both)
        self.model.add_bool_or([*ways, ~here])
        return here

    def hint(self, cells: list[Cell], *, rooms: bool = True) -> None:
        """Start from these cells; without `rooms`, from their sessions and items only."""
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        used = {(cell.track, cell.session, cell.copy): cell for cell in cells}
        for key, literal in self.used.items():
            self.model.add_hint(literal, key in used)
        for (item, session, copy), literal in self.put.items():
            cell = used.get((self.instance.items[item].track or 0, session, copy))
            self.model.add_hint(literal, cell is not None and item in cell.items)
        for (track, session, copy, room), literal in self.where.items() if rooms else ():
            cell = used.get((track, session, copy))
            self.model.add_hint(literal, cell is not None and cell.room == room)


def cells_of(instance: Instance, schedule: Schedule) -> list[Cell]:
    """The cells of a schedule; copies of a track are numbered by room."""
    inside: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for item, place in enumerate(schedule):
        track = instance.items[item].track
        if place is not None and track is not None:
            inside[place.session, track, place.room].append(item)
    cells: list[Cell] = []
    copies: dict[tuple[int, int], int] = defaultdict(int)
    for (session, track, room), items in sorted(inside.items()):
        cells.append(Cell(session, track, copies[session, track], room, tuple(items)))
        copies[session, track] += 1
    return cells
