"""What a timetable is made of: plain frozen data, every reference an index into a tuple of the instance.

Times are minutes since 1970-01-01 UTC. In the *cells* form a session is a block that runs in all rooms at
once and holds one track per room; in the *grid* form a "session" is a whole day cut into equal slots.
"""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from confsys.programme.solver.data.times import Span, overlap
from confsys.programme.solver.rules import RULES, Aspect, Form, Level


class Place(NamedTuple):
    """Where an item is: indexes of session (or day) and room, and its first slot."""

    session: int
    room: int
    slot: int


Schedule = tuple[Place | None, ...]
"""One entry per item of the instance; None is an item without a place."""


@dataclass(frozen=True, slots=True)
class Session:
    """A block of `slots` equal slots from `start` to `end`; `day` is its local date, ISO."""

    id: str
    day: str
    start: int
    end: int
    slots: int

    def slot_start(self, slot: int) -> int:
        return self.start + (self.end - self.start) * slot // self.slots


@dataclass(frozen=True, slots=True)
class Room:
    """`open` is None where the room is always open; `holds` counts items at once, 0 is without limit."""

    id: str
    seats: int | None = None
    equipment: frozenset[str] = frozenset()
    open: tuple[Span, ...] | None = None
    holds: int = 1
    turnover: int = 0

    def closed(self, span: Span) -> bool:
        return self.open is not None and not any(a <= span[0] and span[1] <= b for a, b in self.open)


@dataclass(frozen=True, slots=True)
class Person:
    """`here` empty means always; `hours` are the comfortable ones of a remote person's own zone."""

    id: str
    name: str = ""
    here: tuple[Span, ...] = ()
    away: tuple[Span, ...] = ()
    zone: str | None = None
    hours: Span = (8 * 60, 22 * 60)

    def absent(self, span: Span) -> bool:
        if self.here and not any(a <= span[0] and span[1] <= b for a, b in self.here):
            return True
        return any(overlap(span, gone) for gone in self.away)


@dataclass(frozen=True, slots=True)
class Track:
    id: str
    chairs: tuple[str, ...] = ()
    expected: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """A submission to be placed; each penalty table gives points per index of a session or room."""

    id: str
    track: int | None
    slots: int
    title: str = ""
    order: int = 0
    presenters: tuple[str, ...] = ()
    coauthors: tuple[str, ...] = ()
    chairs: tuple[str, ...] = ()
    attendees: tuple[str, ...] = ()
    expected: int = 0
    equipment: frozenset[str] = frozenset()
    after: tuple[int, ...] = ()
    alone: bool = False
    session_penalty: dict[int, int] = field(default_factory=dict)
    room_penalty: dict[int, int] = field(default_factory=dict)
    timezone_penalty: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Break:
    """Nothing may run in `rooms` (None: in any) during `span`."""

    id: str
    span: Span
    rooms: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Pin:
    """Keeps an item or a whole track where it is told; None leaves that side free.

    `day` alone (no item, no track) locks a whole day as a start schedule has it.
    """

    item: int | None = None
    track: int | None = None
    sessions: frozenset[int] | None = None
    room: int | None = None
    slot: int | None = None
    day: str | None = None


@dataclass(frozen=True, slots=True)
class Ban:
    """Keeps `items` out of the meeting of sessions, room and span; None means any."""

    items: frozenset[int]
    sessions: frozenset[int] | None = None
    room: int | None = None
    span: Span | None = None


@dataclass(frozen=True)
class Instance:
    """A whole problem. Penalty tables are sparse: absent is 0. `similar` has the lower track index first."""

    name: str
    form: Form
    zone: str
    sessions: tuple[Session, ...]
    rooms: tuple[Room, ...]
    tracks: tuple[Track, ...]
    items: tuple[Item, ...]
    people: dict[str, Person] = field(default_factory=dict)
    breaks: tuple[Break, ...] = ()
    pins: tuple[Pin, ...] = ()
    bans: tuple[Ban, ...] = ()
    weights: dict[str, int] = field(default_factory=dict)
    levels: dict[str, Level] = field(default_factory=dict)
    track_session_penalty: dict[tuple[int, int], int] = field(default_factory=dict)
    track_room_penalty: dict[tuple[int, int], int] = field(default_factory=dict)
    session_room_penalty: dict[tuple[int, int], int] = field(default_factory=dict)
    similar: dict[tuple[int, int], int] = field(default_factory=dict)
    walking: dict[tuple[int, int], int] = field(default_factory=dict)
    grid_minutes: int = 5
    remarks: tuple[str, ...] = ()

    def level(self, rule: str) -> Level:
        """The level in force: the instance's own, else the rule's default; a term without weight is off."""
        known = RULES[rule]
        if self.form not in known.forms:
            return Level.OFF
        if rule in self.levels:
            return self.levels[rule]
        if known.cosplib and not self.weights.get(rule, 0):
            return Level.OFF
        return known.level

    def weight(self, rule: str) -> int:
        """Points per unit of the rule's amount within its level."""
        return self.weights.get(rule, 1) or 1

    def walk(self, one: int, other: int) -> int:
        """Minutes of walking between two rooms."""
        return self.walking.get((min(one, other), max(one, other)), 0)

    @cached_property
    def item_index(self) -> dict[str, int]:
        return {item.id: index for index, item in enumerate(self.items)}

    @cached_property
    def items_of_track(self) -> tuple[tuple[int, ...], ...]:
        members: list[list[int]] = [[] for _ in self.tracks]
        for index, item in enumerate(self.items):
            if item.track is not None:
                members[item.track].append(index)
        return tuple(map(tuple, members))

    @cached_property
    def needed(self) -> tuple[frozenset[str], ...]:
        """Per item, the people who cannot be elsewhere while it runs."""
        return tuple(frozenset((*item.presenters, *item.coauthors, *item.chairs)) for item in self.items)

    @cached_property
    def present(self) -> tuple[frozenset[str], ...]:
        """Per item, the people who must be at the venue: those needed and, in cells, the track's chairs."""
        if self.form is Form.GRID:
            return self.needed
        return tuple(
            people.union(self.tracks[item.track].chairs) if item.track is not None else people
            for people, item in zip(self.needed, self.items, strict=True)
        )

    def pinned_items(self, pin: Pin) -> tuple[int, ...]:
        """The items a pin speaks of; none for a locked day."""
        if pin.track is not None:
            return self.items_of_track[pin.track]
        return () if pin.item is None else (pin.item,)

    def expected(self, item: int) -> int:
        """Audience expected: the item's own figure, else its track's; 0 is unknown."""
        thing = self.items[item]
        return thing.expected or (self.tracks[thing.track].expected if thing.track is not None else 0)

    def span(self, item: int, place: Place) -> Span:
        """The time that counts for people and rooms: in cells the whole session, on the grid its own."""
        session = self.sessions[place.session]
        if self.form is Form.CELLS:
            return session.start, session.end
        return self.own_span(item, place)

    @cached_property
    def time_pinned(self) -> frozenset[int]:
        """Items whose time is settled by a pin: their session in cells, their first slot on the grid."""
        exact = (pin for pin in self.pins if pin.item is not None and len(pin.sessions or ()) == 1)
        return frozenset(
            pin.item for pin in exact if pin.item is not None and (self.form is Form.CELLS or pin.slot is not None)
        )

    @cached_property
    def room_pinned(self) -> frozenset[int]:
        """Items whose room is settled by a pin of their own or of their track."""
        tracks = {pin.track for pin in self.pins if pin.track is not None}
        own = {pin.item for pin in self.pins if pin.item is not None and pin.room is not None}
        return frozenset(i for i, item in enumerate(self.items) if i in own or item.track in tracks)

    def settled(self, item: int, aspect: Aspect) -> bool:
        """Whether pins alone decide this side of the item's place."""
        return (aspect is Aspect.ROOM or item in self.time_pinned) and (
            aspect is Aspect.TIME or item in self.room_pinned
        )

    def own_span(self, item: int, place: Place) -> Span:
        session = self.sessions[place.session]
        return session.slot_start(place.slot), session.slot_start(place.slot + self.items[item].slots)


def hard_only(instance: Instance) -> Instance:
    """The instance without its soft rules: the smallest model that says what is possible."""
    soft = {rule: Level.OFF for rule in RULES if instance.level(rule) is not Level.HARD}
    return replace(instance, levels={**instance.levels, **soft})
