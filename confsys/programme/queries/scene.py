"""The timetable as the engine needs to know it: a fixed number of queries, whatever the size of the event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.events.models import Event
from confsys.programme import days
from confsys.programme.arranging.scene import Bound, Hall, Human, Moments, Place, Scene, Thing
from confsys.programme.models import PresenterAnswer, Room, Session, Talk, Unavailability
from confsys.programme.options import ProgrammeOptions
from confsys.programme.queries.placing import People, block_of, words
from confsys.programme.states import SessionKind

Places = Mapping[str, Place | None]


def place_data(place: Place | None) -> list[Any] | None:
    """A place as JSON keeps it."""
    return None if place is None else [place.start.isoformat(), place.room, place.minutes]


def place_of(data: list[Any] | None) -> Place | None:
    return None if data is None else Place(datetime.fromisoformat(data[0]), data[1], data[2])


def places_of(data: Mapping[str, Any]) -> dict[str, Place | None]:
    return {key: place_of(kept) for key, kept in data.items()}


def scene(event: Event, places: Places | None = None) -> Scene:
    """The whole timetable, and the talks that wait; with ``places`` as a plan has it."""
    options = ProgrammeOptions.of(event)
    people = _Humans(event)
    things = [*_sessions(event, people), *_waiting(event, people)]
    if places is not None:
        things = [_moved(thing, places) for thing in things]
    listed = {days.day_of(thing.place.start, event.zone) for thing in things if thing.place is not None}
    if event.starts_on is not None:
        listed.update(days.between(event.starts_on, event.ends_on or event.starts_on))
    return Scene(
        event.name, event.zone, tuple(sorted(listed)), tuple(_halls(event)),
        {track.id: track.name for track in event.tracks}, tuple(things), people.known, options.severities,
        dict(options.walking),
    )  # fmt: skip


def _moved(thing: Thing, places: Places) -> Thing:
    if thing.key not in places:
        return thing
    place = places[thing.key]
    return replace(thing, place=place, minutes=place.minutes if place else thing.minutes)


def _sessions(event: Event, people: _Humans) -> list[Thing]:
    rows = db.session.execute(
        select(
            Session.id, Session.kind, Session.title, Session.code, Session.room_id, Session.track_id,
            Session.starts_at, Session.minutes, Session.audience, Session.pinned, Session.version, Session.after_id,
        )
        .where(Session.event_id == event.id)
        .order_by(Session.id)
    ).all()  # fmt: skip
    of_event = select(Session.id).where(Session.event_id == event.id)
    bound = People(Talk.session_id.in_(of_event))
    bound.add_duties(of_event)
    people.meet(bound.names)
    found = []
    for row in rows:
        block = block_of(row, 0, row.minutes, row.room_id, bound)
        parts = tuple(Bound(a.person, a.start, a.end, a.bound) for a in block.activities)
        found.append(
            Thing(
                f"s{row.id}", row.title or bound.titles.get(row.id) or LocalizedText(row.code), row.kind, row.minutes,
                Place(row.starts_at, row.room_id, row.minutes) if row.starts_at is not None else None, row.track_id,
                parts, row.audience, people.needs(parts), row.pinned, row.version,
                f"s{row.after_id}" if row.after_id is not None else None,
            )
        )  # fmt: skip
    return found


def _waiting(event: Event, people: _Humans) -> list[Thing]:
    """Talks without a session: placed, each gets one of its own."""
    loose = People((Talk.event_id == event.id) & Talk.session_id.is_(None))
    people.meet(loose.names)
    found = []
    for row in loose.talks.get(None, []):
        parts = tuple(Bound(who, 0, row.minutes, presents) for who, presents in loose.parts.get(row.id, []))
        kind = SessionKind.POSTER if row.presentation == SessionKind.POSTER.value else SessionKind.ORAL
        found.append(
            Thing(
                f"t{row.id}", row.paper_title or row.title, kind, row.minutes, None, row.track_id, parts,
                equipment=people.needs(parts), version=row.version,
            )
        )  # fmt: skip
    return found


def _halls(event: Event) -> list[Hall]:
    lost: dict[int | None, list[Moments]] = defaultdict(list)
    rows = db.session.execute(
        select(Unavailability.room_id, Unavailability.since, Unavailability.until).where(
            Unavailability.event_id == event.id, Unavailability.room_id.is_not(None)
        )
    )
    for row in rows:
        lost[row.room_id].append((row.since, row.until))
    rooms = db.session.scalars(select(Room).where(Room.event_id == event.id).order_by(Room.position, Room.id))
    return [
        Hall(
            room.id, room.name, room.capacity, room.holds_several, words(room.equipment),
            _moments(room.open_hours), tuple(lost[room.id]), room.venue,
        )
        for room in rooms
    ]  # fmt: skip


def _moments(pairs: list[Any]) -> tuple[Moments, ...]:
    return tuple((datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in pairs)


class _Humans:
    """Everybody bound by the timetable, with what they said of themselves and what organisers learned."""

    def __init__(self, event: Event) -> None:
        self.known: dict[str, Human] = {}
        self._away: dict[str, list[Moments]] = defaultdict(list)
        self._zones: dict[str, str] = {}
        self._needs: dict[str, frozenset[str]] = {}
        answers = db.session.execute(
            select(
                PresenterAnswer.person_id, PresenterAnswer.away, PresenterAnswer.remote, PresenterAnswer.zone,
                PresenterAnswer.equipment,
            ).where(PresenterAnswer.event_id == event.id)
        )  # fmt: skip
        for row in answers:
            who = f"person:{row.person_id}"
            self._away[who].extend(_moments(row.away))
            self._needs[who] = words(row.equipment)
            if row.remote and row.zone:
                self._zones[who] = row.zone
        learned = db.session.execute(
            select(Unavailability.who, Unavailability.since, Unavailability.until).where(
                Unavailability.event_id == event.id, Unavailability.room_id.is_(None)
            )
        )
        for row in learned:
            self._away[row.who].append((row.since, row.until))

    def meet(self, names: Mapping[str, PersonName]) -> None:
        for who, name in names.items():
            self.known.setdefault(who, Human(name, tuple(self._away.get(who, ())), self._zones.get(who, "")))

    def needs(self, parts: tuple[Bound, ...]) -> frozenset[str]:
        return frozenset(word for part in parts if part.firmly for word in self._needs.get(part.who, ()))
