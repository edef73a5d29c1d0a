"""Rooms of an event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import NO_TEXT, LocalizedText
from confsys.core.operation import expect_version, operation
from confsys.events.models import Event
from confsys.events.standing import EventStanding
from confsys.programme.models import Room, Session
from confsys.programme.rules import may_arrange


@dataclass(frozen=True, slots=True)
class RoomContent:
    """``open_hours``: when it may be used; empty: always."""

    name: LocalizedText
    description: LocalizedText = NO_TEXT
    capacity: int | None = None
    holds_several: bool = False
    equipment: Sequence[str] = ()
    open_hours: Sequence[tuple[datetime, datetime]] = ()
    venue: str = ""


@operation
def add_room(event: Event, content: RoomContent, *, standing: EventStanding, actor: Actor, at: datetime) -> Room:
    demand(may_arrange(standing))
    last = db.session.scalar(select(func.max(Room.position)).where(Room.event_id == event.id))
    room = Room(event_id=event.id, position=0 if last is None else last + 1)
    _describe(room, content)
    record("room.add", room, actor=actor, at=at, name=room.name)
    return room


@operation
def change_room(
    room: Room, content: RoomContent, *, version: int | None, standing: EventStanding, actor: Actor, at: datetime
) -> None:
    demand(may_arrange(standing))
    expect_version(room, version)
    _describe(room, content)
    record("room.change", room, actor=actor, at=at, name=room.name)


@operation
def order_rooms(event: Event, ids: Sequence[int], *, standing: EventStanding, actor: Actor, at: datetime) -> None:
    """The order of the columns. Rooms that are not named keep their order behind the others."""
    demand(may_arrange(standing))
    rooms = db.session.scalars(select(Room).where(Room.event_id == event.id).order_by(Room.position, Room.id)).all()
    wanted = {number: place for place, number in enumerate(ids)}
    for place, room in enumerate(sorted(rooms, key=lambda room: wanted.get(room.id, len(wanted)))):
        if room.position != place:
            room.position = place
            record("room.order", room, actor=actor, at=at, name=room.name)


@operation
def remove_room(room: Room, *, version: int | None, standing: EventStanding, actor: Actor, at: datetime) -> None:
    demand(may_arrange(standing))
    expect_version(room, version)
    if db.session.scalar(select(exists().where(Session.room_id == room.id))):
        raise Invalid(_l("Sessions are still in this room. Move them to other rooms first."))
    record("room.remove", room, actor=actor, at=at, name=room.name)
    db.session.delete(room)


def _describe(room: Room, content: RoomContent) -> None:
    if not content.name:
        raise Invalid(name=_l("Give the room a name."))
    if content.capacity is not None and content.capacity < 1:
        raise Invalid(capacity=_l("A room seats at least one person. Leave this empty when you do not know."))
    for since, until in content.open_hours:
        if since >= until:
            raise Invalid(open_hours=_l("A room closes after it opens."))
    room.name, room.description, room.capacity = content.name, content.description, content.capacity
    room.venue = content.venue.strip()
    room.holds_several, room.equipment = content.holds_several, list(content.equipment)
    room.open_hours = [[since.isoformat(), until.isoformat()] for since, until in content.open_hours]
