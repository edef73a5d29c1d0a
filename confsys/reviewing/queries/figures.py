"""The work of the reviewers as the reports count it: without names and without papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from confsys.core.db import db
from confsys.core.localized import NO_TEXT, LocalizedText
from confsys.events.models import Event, Stage, Track
from confsys.events.states import StageKind
from confsys.reviewing.models import Assignment, Review
from confsys.reviewing.states import AssignmentState
from confsys.submissions.models import Submission

#: Assignments that reviewers learned of.
ASKED = (AssignmentState.RELEASED, AssignmentState.DECLINED)


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One review that was asked for. ``due``: empty where the event gave no day."""

    event: LocalizedText
    track: LocalizedText
    state: AssignmentState
    asked: datetime | None
    due: datetime | None
    given: datetime | None

    @property
    def on_time(self) -> bool:
        return self.given is not None and (self.due is None or self.given <= self.due)


@dataclass(frozen=True, slots=True)
class Load:
    """What one reviewer had on the desk; who it is nobody learns here."""

    event: LocalizedText
    papers: int
    given: int


def asked_of(event_id: int) -> list[ReviewLine]:
    return _lines(Submission.event_id == event_id)


def asked_in(first: datetime, last: datetime) -> list[ReviewLine]:
    """Reviews that were asked for in a span of time, in any event."""
    return _lines(Assignment.released_at >= first, Assignment.released_at < last)


def _lines(*conditions: object) -> list[ReviewLine]:
    query = (
        select(Event.name, Track.name, Assignment.state, Assignment.released_at, Stage.due, Review.submitted_at)
        .select_from(Assignment)
        .join(Submission, Submission.id == Assignment.submission_id)
        .join(Event, Event.id == Submission.event_id)
        .outerjoin(Track, Track.id == Submission.track_id)
        .outerjoin(Stage, (Stage.event_id == Event.id) & (Stage.kind == StageKind.REVIEW))
        .outerjoin(Review, Review.assignment_id == Assignment.id)
        .where(Assignment.state.in_(ASKED), *conditions)  # type: ignore[arg-type]  # conditions
        .order_by(Event.starts_on, Event.id, Assignment.released_at, Review.submitted_at, Assignment.id)
    )
    return [ReviewLine(row[0], row[1] or NO_TEXT, *row[2:]) for row in db.session.execute(query)]


def loads_of(event_id: int) -> list[Load]:
    return _loads(Submission.event_id == event_id)


def loads_in(first: datetime, last: datetime) -> list[Load]:
    return _loads(Assignment.released_at >= first, Assignment.released_at < last)


def _loads(*conditions: object) -> list[Load]:
    """Papers that each reviewer of an event kept, the busiest first."""
    papers = func.count(Assignment.id)
    query = (
        select(Event.name, papers, func.count(Review.submitted_at))
        .select_from(Assignment)
        .join(Submission, Submission.id == Assignment.submission_id)
        .join(Event, Event.id == Submission.event_id)
        .outerjoin(Review, Review.assignment_id == Assignment.id)
        .where(Assignment.state == AssignmentState.RELEASED, Assignment.person_id.is_not(None), *conditions)  # type: ignore[arg-type]
        .group_by(Event.id, Assignment.person_id)
        .order_by(papers.desc(), Event.id, Assignment.person_id)
    )
    return [Load(*row) for row in db.session.execute(query)]
