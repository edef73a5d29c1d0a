"""One paper as its chair sees it: who reviews it, how far they are, what happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import joinedload

from confsys.core.audit import AuditEntry
from confsys.core.db import db
from confsys.core.names import PersonName
from confsys.events.standing import EventStanding
from confsys.reviewing.models import Assignment
from confsys.reviewing.queries.people import Who, people
from confsys.reviewing.queries.scope import LIVE, chaired
from confsys.reviewing.states import AssignmentState, ReviewState
from confsys.reviewing.wording import ASSIGNMENT_TONES, ASSIGNMENT_WORDS, REVIEW_TONES, REVIEW_WORDS
from confsys.submissions.models import Conflict, Submission
from confsys.submissions.states import ConflictState


@dataclass(frozen=True, slots=True)
class Given:
    """One assignment of a paper. ``away``: the reviewer must keep away by now, which the chair should settle."""

    id: int
    version: int
    person_id: int | None
    name: str
    organisation: Any
    state: AssignmentState
    review: ReviewState | None
    score: float | None
    released_at: datetime | None
    reminded_at: datetime | None
    decline_reason: str
    away: bool

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def word(self) -> Any:
        if self.state is AssignmentState.RELEASED and self.review is not None:
            return REVIEW_WORDS[self.review]
        return ASSIGNMENT_WORDS[self.state]

    @property
    def tone(self) -> str:
        if self.away and self.is_live:
            return "wrong"
        if self.state is AssignmentState.RELEASED and self.review is not None:
            return REVIEW_TONES[self.review]
        return ASSIGNMENT_TONES[self.state]


def assignments(paper: Submission) -> list[Given]:
    """Everybody who was ever asked to review a paper, in the order they were asked. For who decides on it."""
    away = exists().where(
        Conflict.submission_id == Assignment.submission_id,
        Conflict.person_id == Assignment.person_id,
        Conflict.state == ConflictState.ACTIVE,
    )
    query = select(Assignment, away).where(Assignment.submission_id == paper.id).options(joinedload(Assignment.review))
    rows = db.session.execute(query.order_by(Assignment.id)).all()
    names = people(row.person_id for row, _ in rows if row.person_id is not None)
    return [_given(row, names, bool(keeps_away)) for row, keeps_away in rows]


def _given(row: Assignment, names: Mapping[int, Who], away: bool) -> Given:
    who = names.get(row.person_id or 0)
    return Given(
        id=row.id, version=row.version, person_id=row.person_id, name=who.name.both if who else row.label,
        organisation=who.organisation if who else "", state=row.state, review=row.review.state if row.review else None,
        score=row.score, released_at=row.released_at, reminded_at=row.reminded_at, decline_reason=row.decline_reason,
        away=away,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """An entry of the paper's story; the sentence is made from ``action`` and ``facts`` when it is read."""

    at: datetime
    action: str
    facts: Mapping[str, Any]
    actor: PersonName | None


def story(paper: Submission, given: list[Given], limit: int = 50) -> list[Told]:
    """What happened in the review of a paper, newest first. For who decides on it."""
    number = AuditEntry.facts["number"].as_integer() == paper.number
    query = (
        select(AuditEntry)
        .where(
            AuditEntry.event_id == paper.event_id,
            AuditEntry.action.startswith("reviewing."),
            or_(
                and_(AuditEntry.object_type == "assignment", AuditEntry.object_id.in_([row.id for row in given])),
                and_(AuditEntry.object_type.in_(["review", "decision"]), number),
            ),
        )
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(limit)
    )
    rows = list(db.session.scalars(query))
    names = people(row.actor_id for row in rows if row.actor_id is not None)
    return [
        Told(row.at, row.action, row.facts, names[row.actor_id].name if row.actor_id in names else None) for row in rows
    ]


def neighbours(standing: EventStanding, number: int) -> tuple[int | None, int | None]:
    """Numbers of the papers before and after one, among those the viewer chairs."""
    numbers = chaired(standing).with_only_columns(Submission.number)
    before = numbers.where(Submission.number < number).order_by(Submission.number.desc()).limit(1)
    after = numbers.where(Submission.number > number).order_by(Submission.number).limit(1)
    found = db.session.execute(select(before.scalar_subquery(), after.scalar_subquery())).one()
    return found[0], found[1]
