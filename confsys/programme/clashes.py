"""What is wrong with a timetable: pure, and quick enough to run at every move.

Moments are whole minutes (of any common clock), intervals are half open: a session that ends when the next one
begins does not overlap it. Keys of people are opaque text, ids of sessions and rooms whole numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from confsys.programme.states import DEFAULT_SEVERITIES, SIDE_BY_SIDE, ClashKind, SessionKind, Severity

Interval = tuple[int, int]
#: Minutes of a day between which somebody at home may be asked to speak.
AWAKE = (7 * 60, 23 * 60)


@dataclass(frozen=True, slots=True)
class Activity:
    """Somebody is bound for a while. ``bound`` is False for a co-author who does not present."""

    person: str
    start: int
    end: int
    bound: bool = True


@dataclass(frozen=True, slots=True)
class Block:
    """A placed session. ``room`` None: for everybody, everywhere. ``talk_minutes``: what its talks need together."""

    id: int
    kind: SessionKind
    start: int
    end: int
    room: int | None = None
    track: int | None = None
    audience: int | None = None
    talk_minutes: int = 0
    #: The session it goes on from.
    after: int | None = None
    activities: tuple[Activity, ...] = ()

    @property
    def is_plenary(self) -> bool:
        return self.room is None or self.kind is SessionKind.KEYNOTE

    @property
    def can_be_missed(self) -> bool:
        """A coffee break in one room does not compete with anything."""
        return self.kind is SessionKind.BREAK and self.room is not None


@dataclass(frozen=True, slots=True)
class Hall:
    """What a room allows. ``open``: when it may be used; empty: always. ``lost``: when it cannot be used after all."""

    capacity: int | None = None
    holds_several: bool = False
    open: tuple[Interval, ...] = ()
    lost: tuple[Interval, ...] = ()
    equipment: frozenset[str] = frozenset()
    venue: str = ""

    def closed(self, start: int, end: int) -> bool:
        """Whether something from ``start`` to ``end`` would find it closed."""
        if self.open and not any(since <= start and end <= until for since, until in self.open):
            return True
        return any(start < until and since < end for since, until in self.lost)


@dataclass(frozen=True, slots=True)
class Frame:
    """What the sessions are held against. ``span``: the event's days, from the first minute to the last.

    Of people: when they are ``away``, what they ``need`` in the room, and the ``zones`` of those who take part from
    elsewhere.
    """

    halls: Mapping[int, Hall] = field(default_factory=dict)
    span: Interval | None = None
    away: Mapping[str, tuple[Interval, ...]] = field(default_factory=dict)
    needs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    zones: Mapping[str, str] = field(default_factory=dict)
    severities: Mapping[ClashKind, Severity] = field(default_factory=lambda: DEFAULT_SEVERITIES)
    #: Minutes between two buildings, under their names in order.
    walking: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def way(self, one: int | None, other: int | None) -> int:
        """Minutes from one room to another."""
        if not self.walking or one is None or other is None:
            return 0
        here, there = self.halls.get(one, Hall()).venue, self.halls.get(other, Hall()).venue
        return self.walking.get((here, there) if here < there else (there, here), 0) if here != there else 0

    @property
    def longest_way(self) -> int:
        return max(self.walking.values(), default=0)

    def severity(self, kind: ClashKind) -> Severity:
        return self.severities.get(kind, DEFAULT_SEVERITIES[kind])


@dataclass(frozen=True, slots=True)
class Clash:
    """One thing that is wrong, and between which sessions. ``have`` and ``need`` are its numbers, where it has any."""

    kind: ClashKind
    severity: Severity
    sessions: tuple[int, ...]
    person: str = ""
    room: int | None = None
    need: int = 0
    have: int = 0
    what: str = ""


def find(blocks: Iterable[Block], frame: Frame, *, touching: int | None = None) -> list[Clash]:
    """Every clash that is not ignored, the gravest first; with ``touching`` only those of one session."""
    blocks = sorted(blocks, key=lambda block: (block.start, block.id))
    found: dict[tuple[ClashKind, tuple[int, ...], str], Clash] = {}
    for clash in _all(blocks, frame):
        if touching is None or touching in clash.sessions:
            found.setdefault((clash.kind, clash.sessions, clash.person), clash)
    return sorted(found.values(), key=lambda clash: (-_ORDER[clash.severity], _KINDS[clash.kind], clash.sessions))


_ORDER = {severity: number for number, severity in enumerate(Severity)}
_KINDS = {kind: number for number, kind in enumerate(ClashKind)}


def _all(blocks: Sequence[Block], frame: Frame) -> Iterator[Clash]:
    yield from in_time(blocks, frame)
    yield from in_room(blocks, frame)
    for block in blocks:
        yield from of_room(block, frame)


def in_time(blocks: Sequence[Block], frame: Frame) -> Iterator[Clash]:
    """What hangs on the hours alone, whatever the rooms. Blocks in the order of their start."""
    yield from _people(blocks, frame)
    if frame.severity(ClashKind.AWAY) is not Severity.IGNORE:
        yield from _away(blocks, frame)
    if frame.zones and frame.severity(ClashKind.REMOTE) is not Severity.IGNORE:
        yield from _remote(blocks, frame)
    yield from _alone(blocks, frame)
    if frame.severity(ClashKind.ORDER) is not Severity.IGNORE:
        yield from _parts(blocks, frame)
    if frame.severity(ClashKind.PLENARY) is not Severity.IGNORE:
        yield from _plenaries(blocks, frame)
    if frame.severity(ClashKind.TRACK) is not Severity.IGNORE:
        yield from _tracks(blocks, frame)


def in_room(blocks: Sequence[Block], frame: Frame) -> Iterator[Clash]:
    """What hangs on hour and room together. Blocks in the order of their start."""
    yield from _rooms(blocks, frame)
    if frame.walking and frame.severity(ClashKind.WALK) is not Severity.IGNORE:
        yield from _ways(blocks, frame)
    severity = frame.severity(ClashKind.ROOM_CLOSED)
    for block in blocks if severity is not Severity.IGNORE else ():
        if block.room is not None and frame.halls.get(block.room, Hall()).closed(block.start, block.end):
            yield Clash(ClashKind.ROOM_CLOSED, severity, (block.id,), room=block.room)


def of_room(block: Block, frame: Frame) -> Iterator[Clash]:
    """What hangs on the room alone, whatever the hour."""
    if block.room is None:
        return
    capacity, severity = frame.halls.get(block.room, Hall()).capacity, frame.severity(ClashKind.CAPACITY)
    short = capacity is not None and block.audience is not None and block.audience > capacity
    if short and severity is not Severity.IGNORE:
        yield Clash(
            ClashKind.CAPACITY, severity, (block.id,), room=block.room, need=block.audience or 0, have=capacity or 0
        )  # fmt: skip
    if frame.needs and frame.severity(ClashKind.EQUIPMENT) is not Severity.IGNORE:
        yield from _equipment(block, frame)


def _overlapping(items: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, int]]:
    """Pairs of positions whose intervals overlap; ``items`` are (start, end, position) in order of start."""
    running: list[tuple[int, int]] = []
    for start, end, position in items:
        running = [(until, other) for until, other in running if until > start]
        for _, other in running:
            yield other, position
        running.append((end, position))


def _people(blocks: Sequence[Block], frame: Frame) -> Iterator[Clash]:
    bound_to: dict[str, list[tuple[int, Activity]]] = defaultdict(list)
    for block in blocks:
        for activity in block.activities:
            bound_to[activity.person].append((block.id, activity))
    for person, held in bound_to.items():
        if len(held) < 2:
            continue
        held.sort(key=lambda pair: pair[1].start)
        spans = [(activity.start, activity.end, n) for n, (_, activity) in enumerate(held)]
        for one, other in _overlapping(spans):
            (first, a), (second, b) = held[one], held[other]
            if first == second or not (a.bound or b.bound):
                continue
            kind = ClashKind.PERSON if a.bound and b.bound else ClashKind.COAUTHOR
            if (severity := frame.severity(kind)) is not Severity.IGNORE:
                yield Clash(kind, severity, _pair(first, second), person=person)


def _away(blocks: Sequence[Block], frame: Frame) -> Iterator[Clash]:
    severity = frame.severity(ClashKind.AWAY)
    for block in blocks:
        for activity in block.activities:
            absent = frame.away.get(activity.person, ()) if activity.bound else ()
            if any(activity.start < until and since < activity.end for since, until in absent):
                yield Clash(ClashKind.AWAY, severity, (block.id,), person=activity.person)


def _remote(blocks: Sequence[Block], frame: Frame) -> Iterator[Clash]:
    """Who takes part from elsewhere should not have to do it at night."""
    severity = frame.severity(ClashKind.REMOTE)
    for block in blocks:
        for activity in block.activities:
            zone = frame.zones.get(activity.person) if activity.bound else None
            if zone is None:
                continue
            begins = datetime.fromtimestamp(activity.start * 60, ZoneInfo(zone))
            minute = begins.hour * 60 + begins.minute
            if minute < AWAKE[0] or minute + activity.end - activity.start > AWAKE[1]:
                yield Clash(ClashKind.REMOTE, severity, (block.id,), person=activity.person, what=f"{begins:%H:%M}")


def _equipment(block: Block, frame: Frame) -> Iterator[Clash]:
    """What somebody needs is in another room. What no room has is no reason to move anybody."""
    severity = frame.severity(ClashKind.EQUIPMENT)
    here = frame.halls.get(block.room or 0, Hall()).equipment
    for activity in block.activities:
        missing = frame.needs.get(activity.person, frozenset()) - here if activity.bound else frozenset()
        found = sorted(word for word in missing if any(word in hall.equipment for hall in frame.halls.values()))
        if found:
            yield Clash(
                ClashKind.EQUIPMENT, severity, (block.id,), person=activity.person, room=block.room,
                what=", ".join(found),
            )  # fmt: skip


def _parts(blocks: Sequence[Block], frame: Frame) -> Iterator[Clash]:
    """A part begins when the one before it has ended."""
    ends = {block.id: block.end for block in blocks}
    for block in blocks:
        if block.after is not None and ends.get(block.after, block.start) > block.start:
            yield Clash(ClashKind.ORDER, frame.severity(ClashKind.ORDER), (block.after, block.id))


def _ways(blocks: Sequence[Block], frame: Frame) -> Iterator[Clash]:
    """Somebody has to get from one building to another faster than the way takes."""
    severity = frame.severity(ClashKind.WALK)
    held: dict[str, list[tuple[Activity, Block]]] = defaultdict(list)
    for block in blocks:
        for activity in block.activities:
            if activity.bound:
                held[activity.person].append((activity, block))
    for person, tasks in held.items():
        tasks.sort(key=lambda task: task[0].start)
        for place, (one, here) in enumerate(tasks):
            for other, there in tasks[place + 1 :]:
                gap = other.start - one.end
                if gap >= frame.longest_way:
                    break
                need = frame.way(here.room, there.room)
                if 0 <= gap < need:
                    yield Clash(ClashKind.WALK, severity, (here.id, there.id), person=person, need=need, have=gap)


def _rooms(blocks: Sequence[Block], frame: Frame) -> Iterator[Clash]:
    severity = frame.severity(ClashKind.ROOM)
    if severity is Severity.IGNORE:
        return
    by_room: dict[int, list[Block]] = defaultdict(list)
    for block in blocks:
        if block.room is not None and not frame.halls.get(block.room, Hall()).holds_several:
            by_room[block.room].append(block)
    for room, held in by_room.items():
        for one, other in _overlapping([(b.start, b.end, n) for n, b in enumerate(held)]):
            yield Clash(ClashKind.ROOM, severity, _pair(held[one].id, held[other].id), room=room)


def _alone(blocks: Sequence[Block], frame: Frame) -> Iterator[Clash]:
    """What is wrong with the hours of a session whatever the others do."""
    for block in blocks:
        wrong: list[tuple[ClashKind, int, int]] = []
        if frame.span is not None and not frame.span[0] <= block.start < block.end <= frame.span[1]:
            wrong.append((ClashKind.OUTSIDE, 0, 0))
        length = block.end - block.start
        if block.kind not in SIDE_BY_SIDE and block.talk_minutes > length:
            wrong.append((ClashKind.OVERFULL, block.talk_minutes, length))
        for kind, need, have in wrong:
            if (severity := frame.severity(kind)) is not Severity.IGNORE:
                yield Clash(kind, severity, (block.id,), room=block.room, need=need, have=have)


def _plenaries(blocks: Sequence[Block], frame: Frame) -> Iterator[Clash]:
    severity = frame.severity(ClashKind.PLENARY)
    for plenary in (block for block in blocks if block.is_plenary):
        for other in blocks:
            if other.start >= plenary.end:
                break
            if other.end > plenary.start and other.id != plenary.id and not other.can_be_missed:
                yield Clash(ClashKind.PLENARY, severity, _pair(plenary.id, other.id))


def _tracks(blocks: Sequence[Block], frame: Frame) -> Iterator[Clash]:
    severity = frame.severity(ClashKind.TRACK)
    by_track: dict[int, list[Block]] = defaultdict(list)
    for block in blocks:
        if block.track is not None:
            by_track[block.track].append(block)
    for held in by_track.values():
        for one, other in _overlapping([(b.start, b.end, n) for n, b in enumerate(held)]):
            yield Clash(ClashKind.TRACK, severity, _pair(held[one].id, held[other].id))


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
