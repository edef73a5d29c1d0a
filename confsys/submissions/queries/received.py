"""Papers as the reports count them: when they came, what became of them. No title of a paper that was not accepted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from confsys.core.db import db
from confsys.core.localized import NO_TEXT, LocalizedText
from confsys.core.reporting import days_between
from confsys.events.models import Event, Track
from confsys.submissions.models import Submission
from confsys.submissions.states import SubmissionState

DECIDED = frozenset({SubmissionState.ACCEPTED, SubmissionState.REJECTED})


@dataclass(frozen=True, slots=True)
class PaperLine:
    """``title`` is empty unless the paper was accepted; ``days`` from receipt to the released decision."""

    event: LocalizedText
    track: LocalizedText
    title: LocalizedText
    state: SubmissionState
    received: datetime
    told: datetime | None

    @property
    def days(self) -> float | None:
        return days_between(self.received, self.told)


def of_event(event_id: int) -> list[PaperLine]:
    """All papers of an event but drafts; one query."""
    return _lines(Submission.event_id == event_id)


def of_span(first: datetime, last: datetime) -> list[PaperLine]:
    """Papers that came or whose decision was told in the span; one query."""
    came = (Submission.submitted_at >= first) & (Submission.submitted_at < last)
    told = (Submission.outcome_at >= first) & (Submission.outcome_at < last)
    return _lines(or_(came, told))


def _lines(condition: object) -> list[PaperLine]:
    query = (
        select(
            Event.name, Track.name, Submission.title, Submission.state, Submission.submitted_at, Submission.outcome_at
        )
        .join(Event, Event.id == Submission.event_id)
        .outerjoin(Track, Track.id == Submission.track_id)
        .where(condition, Submission.state != SubmissionState.DRAFT)  # type: ignore[arg-type]
        .order_by(Event.starts_on, Submission.event_id, Submission.submitted_at, Submission.id)
    )
    return [
        PaperLine(event, track or NO_TEXT, title if state is SubmissionState.ACCEPTED else NO_TEXT, state, came, told)
        for event, track, title, state, came, told in db.session.execute(query)
        if came is not None
    ]
