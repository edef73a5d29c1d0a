"""The reviews of papers, each cut to what one circle of readers may see of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.events.answers import shown
from confsys.events.models import FormField
from confsys.events.states import FieldAudience, FieldType
from confsys.reviewing.models import Assignment, Review
from confsys.reviewing.queries.fields import review_fields
from confsys.reviewing.standing import ReviewStanding
from confsys.reviewing.states import AssignmentState, ReviewState


@dataclass(frozen=True, slots=True)
class Answer:
    """One answered field. ``audience`` tells a reader who else reads it."""

    label: LocalizedText
    text: str
    is_long: bool
    audience: FieldAudience


@dataclass(frozen=True, slots=True)
class ReviewView:
    """A submitted review as one reader may see it. ``reviewer`` is None for who may not know, or nobody does."""

    number: int
    answers: tuple[Answer, ...]
    overall: float | None
    confidence: float | None
    submitted_at: datetime
    is_own: bool
    reviewer: PersonName | None = None
    reviewer_id: int | None = None


def submitted(papers: Collection[int]) -> dict[int, list[Review]]:
    """Submitted reviews by paper, the first submitted first: their place is the reviewer's number for everybody."""
    query = (
        select(Review)
        .join(Assignment, Assignment.id == Review.assignment_id)
        .where(
            Assignment.submission_id.in_(sorted(papers)),
            Assignment.state == AssignmentState.RELEASED,
            Review.state == ReviewState.SUBMITTED,
        )
        .options(joinedload(Review.assignment).joinedload(Assignment.person))
        .order_by(Review.submitted_at, Review.id)
    )
    found: dict[int, list[Review]] = defaultdict(list)
    for review in db.session.scalars(query):
        found[review.assignment.submission_id].append(review)
    return found


def answers_of(review: Review, fields: Sequence[FormField], locale: str) -> tuple[Answer, ...]:
    """What was answered, in the order of the form, for fields the reader may see."""
    written = ((each, shown(each, review.answers.get(each.key), locale)) for each in fields)
    return tuple(
        Answer(each.label, text, each.type is FieldType.LONG_TEXT, each.audience) for each, text in written if text
    )


def reviews_for(
    standing: ReviewStanding, event_id: int, locale: str, fields: list[FormField] | None = None
) -> list[ReviewView]:
    """The submitted reviews of a paper for a reader who may read them; the caller has asked the rule.

    Reviewers' names are there for those who decide, and for nobody else. ``fields``: those of the form that the
    reader may see, where the caller has them.
    """
    rows = submitted([standing.paper.submission_id])[standing.paper.submission_id]
    seen = review_fields(event_id, standing.audience) if fields is None else fields
    return [_view(n, row, seen, locale, standing) for n, row in enumerate(rows, start=1)]


def _view(number: int, row: Review, fields: list[FormField], locale: str, standing: ReviewStanding) -> ReviewView:
    person_id = row.assignment.person_id
    reads_scores = {each.key for each in fields if each.is_overall}, {each.key for each in fields if each.is_confidence}
    name = None
    if standing.is_deciding:
        person = row.assignment.person
        name = person.name if person else PersonName(family=row.assignment.label)
    assert row.submitted_at is not None  # noqa: S101  a CHECK of the table
    return ReviewView(
        number=number,
        answers=answers_of(row, fields, locale),
        overall=row.overall if reads_scores[0] else None,
        confidence=row.confidence if reads_scores[1] else None,
        submitted_at=row.submitted_at,
        is_own=person_id is not None and person_id == standing.viewer.person_id,
        reviewer=name,
        reviewer_id=person_id if standing.is_deciding else None,
    )
