"""The floor of a session: made when it is needed, and counted on with everything its pages show."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.operation import operation
from confsys.events.models import Event
from confsys.exchange.models import Floor
from confsys.exchange.queries.floors import floor_of
from confsys.exchange.rules import may_moderate
from confsys.exchange.standing import FloorStanding
from confsys.programme.snapshots import Programme
from confsys.programme.states import WITH_TALKS


@operation
def ensure_floor(event: Event, session_id: int) -> Floor:
    """The floor of a session of the released programme."""
    floor = floor_of(event.id, session_id)
    if floor is None:
        floor = Floor(event_id=event.id, session_id=session_id, revision=1)
        db.session.add(floor)
        db.session.flush()
    return floor


@operation
def open_floors(event_id: int, programme: Programme) -> None:
    """A floor for each session of a release, so that its pages can listen from the first moment."""
    known = set(db.session.scalars(db.select(Floor.session_id).where(Floor.event_id == event_id)))
    for session in programme.sessions:
        if session.kind in WITH_TALKS and session.id not in known:
            db.session.add(Floor(event_id=event_id, session_id=session.id))
    db.session.flush()


def touch(floor: Floor) -> None:
    """Tell whoever listens that there is something new. In the database, since two may do it at once."""
    db.session.execute(
        update(Floor).where(Floor.id == floor.id).values(revision=Floor.revision + 1)
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    db.session.expire(floor, ["revision"])


@operation
def pause(event: Event, session_id: int, paused: bool, *, standing: FloorStanding, actor: Actor, at: datetime) -> Floor:
    """Take no more questions for the moment, or take them again."""
    demand(may_moderate(standing))
    floor = ensure_floor(event, session_id)
    floor.paused = paused
    record("exchange.pause" if paused else "exchange.resume", floor, actor=actor, at=at, changes={})
    touch(floor)
    return floor
