"""How good a timetable is, in figures with names: rooms, speakers, tracks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.programme import days
from confsys.programme.arranging.scene import Place, Scene, Thing
from confsys.programme.states import SessionKind

_PAUSES = frozenset({SessionKind.BREAK, SessionKind.SOCIAL})
#: The busiest people that are listed.
BUSIEST = 12
#: Minutes without anything after which a track is said to pause, beyond a lunch.
LONG_PAUSE = 150


@dataclass(frozen=True, slots=True)
class RoomFigures:
    name: LocalizedText
    sessions: int
    minutes: int
    seats: int | None
    fill: int | None
    """percent of the seats that the audience expected takes, over the sessions that say"""


@dataclass(frozen=True, slots=True)
class PersonFigures:
    name: PersonName
    tasks: int
    days: int
    rooms: int
    tightest: int | None
    """minutes between the end of one task and the beginning of the next on one day, where they are in other rooms"""


@dataclass(frozen=True, slots=True)
class TrackFigures:
    name: LocalizedText
    sessions: int
    days: int
    rooms: int
    pause: int
    """longest pause on one day, in minutes"""

    @property
    def is_torn(self) -> bool:
        return self.pause > LONG_PAUSE


@dataclass(frozen=True)
class Figures:
    rooms: tuple[RoomFigures, ...]
    people: tuple[PersonFigures, ...]
    tracks: tuple[TrackFigures, ...]
    placed: int
    waiting: int
    busiest: tuple[datetime, int] | None
    """when most sessions run at once, and how many"""


def figures(scene: Scene) -> Figures:
    placed = [(thing, thing.place) for thing in scene.things if thing.place and thing.kind not in _PAUSES]
    waiting = sum(thing.place is None for thing in scene.things)
    people = sorted(_people(scene, placed), key=lambda one: (-one.tasks, one.name.sort_key))
    return Figures(
        tuple(_rooms(scene, placed)), tuple(people[:BUSIEST]), tuple(_tracks(scene, placed)), len(placed), waiting,
        _busiest(placed),
    )  # fmt: skip


Placed = list[tuple[Thing, Place]]


def _rooms(scene: Scene, placed: Placed) -> Iterator[RoomFigures]:
    for hall in scene.halls:
        held = [(thing, place) for thing, place in placed if place.room == hall.id]
        told = [thing.audience for thing, _ in held if thing.audience]
        fill = round(100 * sum(told) / (hall.seats * len(told))) if told and hall.seats else None
        yield RoomFigures(hall.name, len(held), sum(place.minutes for _, place in held), hall.seats, fill)


def _people(scene: Scene, placed: Placed) -> Iterator[PersonFigures]:
    tasks: dict[str, list[Place]] = defaultdict(list)
    for thing, place in placed:
        for who in dict.fromkeys(bound.who for bound in thing.people if bound.firmly):
            tasks[who].append(place)
    for who, places in tasks.items():
        places.sort(key=lambda place: place.start)
        gaps = [
            int((after.start - before.end).total_seconds()) // 60
            for before, after in pairwise(places)
            if before.room != after.room and _day(scene, before) == _day(scene, after)
        ]
        yield PersonFigures(
            scene.people[who].name, len(places), len({_day(scene, place) for place in places}),
            len({place.room for place in places}), min(gaps, default=None),
        )  # fmt: skip


def _tracks(scene: Scene, placed: Placed) -> Iterator[TrackFigures]:
    for track, name in scene.tracks.items():
        held = sorted((place for thing, place in placed if thing.track == track), key=lambda place: place.start)
        if not held:
            continue
        pause = max((_pause(held, day, scene) for day in {_day(scene, place) for place in held}), default=0)
        yield TrackFigures(
            name, len(held), len({_day(scene, place) for place in held}), len({place.room for place in held}), pause
        )


def _pause(held: list[Place], day: date, scene: Scene) -> int:
    today = [place for place in held if _day(scene, place) == day]
    longest, until = 0, today[0].end
    for place in today[1:]:
        longest = max(longest, int((place.start - until).total_seconds()) // 60)
        until = max(until, place.end)
    return longest


def _day(scene: Scene, place: Place) -> date:
    return days.day_of(place.start, scene.zone)


def _busiest(placed: Placed) -> tuple[datetime, int] | None:
    steps = sorted([(p.start, 1) for _, p in placed] + [(p.end, -1) for _, p in placed])
    best, running = None, 0
    for moment, step in steps:
        running += step
        if best is None or running > best[1]:
            best = (moment, running)
    return best
