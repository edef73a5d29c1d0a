"""Paper numbers: counted up an event, never given twice."""

from __future__ import annotations

from sqlalchemy import func, select

from confsys.core.db import db
from confsys.events.models import Event
from confsys.submissions.models import LastNumber, Submission


def next_numbers(event_id: int, count: int = 1) -> range:
    """Take the next ``count`` numbers of an event. Others who want some wait until the transaction ends."""
    db.session.execute(select(Event.id).where(Event.id == event_id).with_for_update())
    last = db.session.get(LastNumber, event_id)
    if last is None:
        last = LastNumber(event_id=event_id, number=0)
        db.session.add(last)
    used = db.session.scalar(select(func.max(Submission.number)).where(Submission.event_id == event_id)) or 0
    first = max(last.number, used) + 1
    last.number = first + count - 1
    return range(first, first + count)
