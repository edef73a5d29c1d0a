"""What every place of a day would mean for one session or talk: pure, and quick enough for a drag to wait for it.

A price is the list of clashes the thing would be part of there. What hangs on the hour is judged once an hour, what
hangs on the room once a room; only what hangs on both is looked at place by place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from confsys.programme.clashes import Block, Clash, Frame, in_room, in_time, of_room
from confsys.programme.days import GRID_MINUTES
from confsys.programme.states import SIDE_BY_SIDE, WITH_TALKS, ClashKind, Severity

#: How grave a price is: nothing, to be looked at, to be gone before a release, not even for a moment.
FREE, MILD, GRAVE, REFUSED = range(4)
_GRAVITY = {
    Severity.IGNORE: FREE, Severity.WARN: MILD, Severity.BLOCK_RELEASE: GRAVE, Severity.BLOCK_MOVE: REFUSED,
}  # fmt: skip
Price = tuple[Clash, ...]


def gravity(price: Price) -> int:
    return max((_GRAVITY[clash.severity] for clash in price), default=FREE)


def dearness(price: Price) -> tuple[int, int, int]:
    """For sorting: how many clashes of each gravity, the gravest first."""
    found = [_GRAVITY[clash.severity] for clash in price]
    return found.count(REFUSED), found.count(GRAVE), found.count(MILD)


@dataclass(frozen=True, slots=True)
class Band:
    """Beginnings in one room that mean the same: from ``first`` to ``last``, both included, on the five-minute grid.

    ``joins``: the session a talk would become part of there.
    """

    room: int
    first: int
    last: int
    price: Price
    joins: int | None = None


def bands(
    thing: Block, others: Sequence[Block], frame: Frame, starts: Sequence[int], *, joining: bool = False
) -> list[Band]:
    """The price of every beginning in every room. ``others``: what may stand near, the thing itself not among them.

    ``joining``: the thing is a talk, which becomes part of a session that it is let fall on.
    """
    others = sorted(others, key=lambda block: (block.start, block.id))
    # In a room, whichever: what is nowhere yet is not for everybody.
    thing = replace(thing, room=next(iter(frame.halls), None))
    rooms = {room: tuple(of_room(replace(thing, room=room), frame)) for room in frame.halls}
    open_bands: dict[int, Band] = {}
    found: list[Band] = []
    for start in starts:
        for room, price, joins in _hour(_at(thing, start), others, frame, rooms, joining=joining):
            band = open_bands.get(room)
            if band is not None and band.price == price and band.joins == joins and band.last + GRID_MINUTES == start:
                open_bands[room] = replace(band, last=start)
                continue
            if band is not None:
                found.append(band)
            open_bands[room] = Band(room, start, start, price, joins)
    return [*found, *open_bands.values()]


def _at(thing: Block, start: int) -> Block:
    shift = start - thing.start
    activities = tuple(replace(a, start=a.start + shift, end=a.end + shift) for a in thing.activities)
    return replace(thing, start=start, end=thing.end + shift, activities=activities)


def _hour(
    thing: Block, others: Sequence[Block], frame: Frame, rooms: Mapping[int, Price], *, joining: bool
) -> Iterator[tuple[int, Price, int | None]]:
    """The price of one beginning in each room."""
    near = [block for block in others if block.start < thing.end and block.end > thing.start]
    parts = [b for b in others if (b.id == thing.after or b.after == thing.id) and b not in near]
    timely = _touching(in_time(_in_order(thing, [*near, *parts]), frame), thing)
    reach = frame.longest_way
    walked = [b for b in others if b.start < thing.end + reach and b.end > thing.start - reach] if reach else []
    who = {activity.person for activity in thing.activities}
    walked = [b for b in walked if any(activity.person in who for activity in b.activities)]
    for room, standing in rooms.items():
        beside = [block for block in near if block.room == room]
        beside += [block for block in walked if block.room != room]
        hosts = (b for b in near if joining and b.room == room and b.kind in WITH_TALKS and b.start <= thing.start)
        host = next(hosts, None)
        if host is None:
            there = _touching(in_room(_in_order(replace(thing, room=room), beside), frame), thing)
            yield room, (*timely, *there, *standing), None
        else:
            yield room, tuple(_joined(thing, host, timely, frame)), host.id


def _joined(thing: Block, host: Block, timely: Price, frame: Frame) -> Iterator[Clash]:
    """A talk in a session: what it would meet elsewhere, and whether the session has the minutes."""
    for clash in timely:
        if host.id not in clash.sessions and clash.kind is not ClashKind.TRACK:
            yield clash
    need, have = host.talk_minutes + thing.end - thing.start, host.end - host.start
    severity = frame.severity(ClashKind.OVERFULL)
    if host.kind not in SIDE_BY_SIDE and need > have and severity is not Severity.IGNORE:
        yield Clash(ClashKind.OVERFULL, severity, (host.id,), room=host.room, need=need, have=have)


def _in_order(thing: Block, near: Sequence[Block]) -> list[Block]:
    return sorted((*near, thing), key=lambda block: (block.start, block.id))


def _touching(clashes: Iterator[Clash], thing: Block) -> Price:
    """Those the thing is part of, each once."""
    found = {(c.kind, c.sessions, c.person): c for c in clashes if thing.id in c.sessions}
    return tuple(found.values())
