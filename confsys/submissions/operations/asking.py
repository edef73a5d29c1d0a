"""Asking for background work."""

from __future__ import annotations

from datetime import datetime

from confsys.core.actor import Actor
from confsys.core.decisions import demand
from confsys.core.jobs import Job, enqueue
from confsys.core.operation import operation
from confsys.events.models import Event
from confsys.events.standing import EventStanding
from confsys.submissions import rules

ZIP = "submissions.zip"


@operation
def ask_for_zip(event: Event, query: str, *, standing: EventStanding, actor: Actor, at: datetime) -> Job:
    """Collect the files of the papers that ``query`` finds. Asked again within the second it is the same job."""
    demand(rules.may_list(standing))
    key = f"{ZIP}:{event.id}:{actor.person_id}:{at:%Y%m%d%H%M%S}"
    return enqueue(
        ZIP, key=key, actor=actor, at=at, event_id=event.id, event=event.id, person=actor.person_id, q=query[:300]
    )
