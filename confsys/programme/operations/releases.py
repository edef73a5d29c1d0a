"""Freezing the timetable into what the public reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import NO_TEXT, LocalizedText
from confsys.core.operation import lock, operation
from confsys.events.models import Event
from confsys.events.standing import EventStanding
from confsys.programme import changes, snapshots
from confsys.programme.models import Release, new_guid
from confsys.programme.operations.booklets import follow_booklets
from confsys.programme.operations.letters import draft_placements
from confsys.programme.queries.preview import outlook
from confsys.programme.rules import may_arrange
from confsys.programme.signals import released


@operation
def release(
    event: Event, *, note: LocalizedText = NO_TEXT, seen: int | None = None, standing: EventStanding, actor: Actor,
    at: datetime,
) -> Release:  # fmt: skip
    """Freeze the timetable as the next version, and draft a letter to everybody it newly places or moves.

    ``seen``: the number of the latest release the page showed. Raises Invalid when a clash bars releases, when
    nothing is placed, nothing changed, or somebody else has just released.
    """
    demand(may_arrange(standing))
    lock(event)
    last = db.session.scalar(
        select(Release.number).where(Release.event_id == event.id).order_by(Release.number.desc()).limit(1)
    )
    if seen is not None and seen != (last or 0):
        raise Invalid(_l("Somebody has just released the programme. Look at the changes again."))
    view = outlook(event, at)
    if not view.programme.sessions:
        raise Invalid(_l("Nothing has a time yet, so there is nothing to release."))
    if view.barring:
        raise Invalid(_l("Some clashes must be gone before a release; they are listed below."))
    if not view.changes_something:
        raise Invalid(_l("Nothing has changed since the last release."))
    number = (last or 0) + 1
    programme = changes.numbered(view.before, replace(view.programme, number=number), view.changes)
    made = Release(
        event_id=event.id, number=number, token=new_guid(), at=at, by_id=actor.person_id, note=note,
        snapshot=snapshots.as_data(programme), changes=changes.as_data(view.changes),
    )  # fmt: skip
    record("programme.release", made, actor=actor, at=at, changes={}, number=number, items=len(view.changes))
    follow_booklets(made, actor=actor, at=at)
    draft_placements(event, programme, view.changes, first=view.before is None, at=at)
    released.send(made, programme=programme, actor=actor, at=at)
    return made
