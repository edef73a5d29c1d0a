"""Badges asked for, and the sheet when it is set."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.files import StoredFile, forget
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.jobs import enqueue
from confsys.core.operation import lock, operation
from confsys.events.models import Event
from confsys.registration.models import BadgeSheet
from confsys.registration.states import BadgeFormat

JOB = "registration.badges"


@operation
def ask_for_badges(
    event: Event, attendee_ids: Sequence[int], size: BadgeFormat, *, actor: Actor, at: datetime
) -> BadgeSheet:
    """Badges of these people, set in the background."""
    if not attendee_ids:
        raise Invalid(_l("Nobody is selected who has a place and a name."))
    row = BadgeSheet(
        event_id=event.id, format=size, attendee_ids=list(attendee_ids), asked_at=at, asked_by_id=actor.person_id
    )
    record("registration.badges_asked", row, actor=actor, at=at, changes={}, count=len(attendee_ids))
    row.job_id = enqueue(JOB, key=f"{JOB}:{row.id}", actor=actor, at=at, event_id=event.id, sheet_id=row.id).id
    return row


@operation
def keep_badges(row: BadgeSheet, stored: StoredFile, *, at: datetime) -> None:
    """The sheet is set; a run that comes second changes nothing."""
    lock(row)
    if row.file_id is not None:
        return
    db.session.add(stored)
    db.session.flush()
    row.file_id, row.made_at = stored.id, at


@operation
def throw_away(row: BadgeSheet, *, actor: Actor, at: datetime) -> None:
    """Printed and done: the names need not lie here any longer."""
    lock(row)
    file, row.file = row.file, None
    record("registration.badges_gone", row, actor=actor, at=at, changes={}, count=len(row.attendee_ids))
    db.session.delete(row)
    db.session.flush()
    if file is not None:
        forget(file, actor=actor, at=at)
