"""What comes between: a room that cannot be used after all, a person who cannot be there."""

from __future__ import annotations

from datetime import datetime

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import operation
from confsys.events.models import Event
from confsys.events.standing import EventStanding
from confsys.programme.models import Room, Unavailability
from confsys.programme.people import public_key
from confsys.programme.queries.scene import scene
from confsys.programme.rules import may_arrange


@operation
def lose_room(
    event: Event, room_id: int | None, since: datetime, until: datetime, *, standing: EventStanding, actor: Actor,
    at: datetime,
) -> Unavailability:  # fmt: skip
    """A room cannot be used for a while. Nothing moves by itself; what is in it then clashes."""
    demand(may_arrange(standing))
    room = db.session.get(Room, room_id) if room_id is not None else None
    if room is None or room.event_id != event.id:
        raise Invalid(room=_l("Choose one of the rooms."))
    _check(since, until)
    lost = Unavailability(
        event_id=event.id, room_id=room.id, who="", name="", since=since, until=until, at=at, by_id=actor.person_id
    )
    record("room.lost", lost, actor=actor, at=at, event_id=event.id, changes={}, name=room.name)
    return lost


@operation
def lose_person(
    event: Event, key: str, since: datetime, until: datetime, *, standing: EventStanding, actor: Actor, at: datetime
) -> Unavailability:
    """Somebody on the programme, named by their public key, cannot be there for a while, as organisers have heard."""
    demand(may_arrange(standing))
    people = scene(event).people
    who = next((each for each in people if public_key(event.id, each) == key), None)
    if who is None:
        raise Invalid(person=_l("Choose one of the people on the programme."))
    human = people[who]
    _check(since, until)
    lost = Unavailability(
        event_id=event.id, room_id=None, who=who, name=human.name.both, since=since, until=until, at=at,
        by_id=actor.person_id,
    )  # fmt: skip
    record("presenter.lost", lost, actor=actor, at=at, event_id=event.id, changes={}, name=lost.name)
    return lost


@operation
def forget(lost: Unavailability, *, standing: EventStanding, actor: Actor, at: datetime) -> None:
    """It is not so any more."""
    demand(may_arrange(standing))
    name = lost.room.name if lost.room is not None else lost.name
    record("presenter.found", lost, actor=actor, at=at, event_id=lost.event_id, changes={}, name=name)
    db.session.delete(lost)


def _check(since: datetime, until: datetime) -> None:
    if until <= since:
        raise Invalid(until=_l("The end must come after the beginning."))
