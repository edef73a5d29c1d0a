"""Who was there, and what they thought of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import operation
from confsys.events.models import Event
from confsys.exchange.models import Attendance, Feedback
from confsys.exchange.operations.floors import ensure_floor, touch
from confsys.exchange.rules import may_be_recorded, may_give_feedback, may_moderate
from confsys.exchange.signals import attended
from confsys.exchange.standing import FloorStanding
from confsys.exchange.states import Way


@operation
def attend(event: Event, session_id: int, *, standing: FloorStanding, actor: Actor, at: datetime) -> Attendance:
    """Record that the actor is in the room. The page has checked the code; doing it twice changes nothing."""
    demand(may_be_recorded(standing))
    return _recorded(event, session_id, actor.person_id or 0, Way.CODE, actor=actor, at=at)


@operation
def add_attendance(
    event: Event, session_id: int, person_id: int, *, standing: FloorStanding, actor: Actor, at: datetime
) -> Attendance:
    """A moderator records somebody who could not scan the code."""
    demand(may_moderate(standing))
    return _recorded(event, session_id, person_id, Way.DESK, actor=actor, at=at)


def _recorded(event: Event, session_id: int, person_id: int, way: Way, *, actor: Actor, at: datetime) -> Attendance:
    floor = ensure_floor(event, session_id)
    known = select(Attendance).where(Attendance.floor_id == floor.id, Attendance.person_id == person_id)
    row = db.session.scalar(known)
    if row is None:
        row = Attendance(floor_id=floor.id, person_id=person_id, at=at, way=way)
        record("exchange.attend", row, actor=actor, at=at, event_id=event.id, changes={})
        attended.send(row, floor=floor, actor=actor, at=at)
    return row


@operation
def give_feedback(
    event: Event, session_id: int, stars: int, comment: str, *, standing: FloorStanding, actor: Actor, at: datetime
) -> None:
    """Stars and a word. The audit says neither who nor what."""
    demand(may_give_feedback(standing))
    if not 1 <= stars <= 5:
        raise Invalid(stars=_l("Please give one to five stars."))
    floor = ensure_floor(event, session_id)
    mine = select(Feedback).where(Feedback.floor_id == floor.id, Feedback.person_id == actor.person_id)
    row = db.session.scalar(mine)
    if row is None:
        row = Feedback(floor_id=floor.id, person_id=actor.person_id)
        db.session.add(row)
    row.stars, row.comment, row.at = stars, comment.strip()[:1000], at
    db.session.flush()
    touch(floor)
