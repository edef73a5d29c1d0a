"""Reviews and decisions that come from another system, with a paper or for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.operation import operation
from confsys.events.models import Event, FormField
from confsys.events.states import FieldAudience, FieldType, FormKind
from confsys.reviewing.models import Assignment, Decision, Review
from confsys.reviewing.queries.fields import confidence_field, overall_field, review_fields
from confsys.reviewing.states import AssignmentState, Outcome, ReviewState
from confsys.submissions.models import Submission
from confsys.submissions.operations.lifecycle import record_outcome
from confsys.submissions.states import SubmissionState

TOLD_AS = {Outcome.ACCEPT: SubmissionState.ACCEPTED, Outcome.REJECT: SubmissionState.REJECTED}


@dataclass(frozen=True, slots=True)
class ImportedReview:
    """A review whose writer is unknown. ``rating`` and ``confidence`` on the scales of the event's form."""

    text: str
    title: str = ""
    rating: int | None = None
    confidence: int | None = None
    reviewer: str = ""


@dataclass(frozen=True, slots=True)
class ImportedDecision:
    outcome: Outcome
    presentation: str = ""
    comment: str = ""


@operation
def ensure_form(
    event: Event, *, rating: tuple[int, int], confidence: tuple[int, int], actor: Actor, at: datetime
) -> None:
    """Give an event without a review form the plainest one that holds imported reviews.

    Raises Invalid when the event has a form whose scales cannot hold them.
    """
    fields = review_fields(event.id)
    if not fields:
        for row in _plain_form(event.id, rating, confidence):
            record("reviewing.form", row, actor=actor, at=at, event_id=event.id, changes={})
        return
    for each, (low, high) in ((overall_field(fields), rating), (confidence_field(fields), confidence)):
        if each is None or (each.lowest or 0) > low or (each.highest or 0) < high:
            raise Invalid(
                _l(
                    "The review form of this event has no scale from %(low)s to %(high)s for these reviews.",
                    low=low,
                    high=high,
                )
            )
    if _text_field(fields) is None:
        raise Invalid(_l("The review form of this event has no long text that authors may read."))


def _plain_form(event_id: int, rating: tuple[int, int], confidence: tuple[int, int]) -> list[FormField]:
    def field(position: int, key: str, kind: FieldType, en: str, zh: str, **columns: Any) -> FormField:
        return FormField(
            event_id=event_id, form=FormKind.REVIEW, key=key, type=kind, label=LocalizedText(en, zh), required=True,
            position=position, audience=FieldAudience.AUTHORS, **columns,
        )  # fmt: skip

    return [
        field(1, "rating", FieldType.SCORE, "Rating", "评分", lowest=rating[0], highest=rating[1], is_overall=True),
        field(2, "confidence", FieldType.SCORE, "Confidence", "把握程度", lowest=confidence[0], highest=confidence[1],
              is_confidence=True),
        field(3, "review", FieldType.LONG_TEXT, "Review", "评审意见"),
    ]  # fmt: skip


def _text_field(fields: Sequence[FormField]) -> FormField | None:
    return next((f for f in fields if f.type is FieldType.LONG_TEXT and f.audience is FieldAudience.AUTHORS), None)


@operation
def import_reviews(
    event: Event, by_paper: Mapping[int, Sequence[ImportedReview]], *, actor: Actor, at: datetime
) -> int:
    """Store submitted reviews by id of their paper, in bulk; returns how many. Nobody is told of them."""
    fields = review_fields(event.id)
    taken: dict[int, int] = {}
    counts = select(Assignment.submission_id, func.count()).group_by(Assignment.submission_id)
    for paper, n in db.session.execute(counts.where(Assignment.submission_id.in_(sorted(by_paper)))):
        taken[paper] = n
    rows = [
        (paper, review, review.reviewer or f"Reviewer {taken.get(paper, 0) + n}")
        for paper, reviews in by_paper.items()
        for n, review in enumerate(reviews, start=1)
    ]
    if not rows:
        return 0
    given = [
        {
            "submission_id": paper, "person_id": None, "label": label[:80], "state": AssignmentState.RELEASED,
            "assigned_at": at, "released_at": at, "decline_reason": "", "version": 1,
        }
        for paper, _review, label in rows
    ]  # fmt: skip
    ids = db.session.scalars(insert(Assignment).returning(Assignment.id, sort_by_parameter_order=True), given).all()
    db.session.execute(
        insert(Review),
        [_review_row(assignment_id, row[1], fields, at) for assignment_id, row in zip(ids, rows, strict=True)],
    )
    record(
        "reviewing.imported", event, actor=actor, at=at, event_id=event.id, changes={}, reviews=len(rows),
    )  # fmt: skip
    return len(rows)


def _review_row(
    assignment_id: int, review: ImportedReview, fields: Sequence[FormField], at: datetime
) -> dict[str, Any]:
    overall, confidence, text = overall_field(list(fields)), confidence_field(list(fields)), _text_field(fields)
    words = f"{review.title}\n\n{review.text}".strip() if review.title else review.text
    pairs = ((overall, review.rating), (confidence, review.confidence), (text, words))
    answers = {field.key: value for field, value in pairs if field is not None and value not in (None, "")}
    return {
        "assignment_id": assignment_id, "state": ReviewState.SUBMITTED, "answers": answers, "overall": review.rating,
        "confidence": review.confidence, "saved_at": at, "submitted_at": at, "version": 1,
    }  # fmt: skip


@operation
def import_decisions(
    event: Event, by_paper: Mapping[int, ImportedDecision], *, released: bool, actor: Actor, at: datetime
) -> int:
    """Store decisions by id of their paper. ``released``: their authors know them already; no letter is written."""
    papers = {
        row.id: row
        for row in db.session.scalars(
            select(Submission).where(Submission.event_id == event.id, Submission.id.in_(sorted(by_paper)))
        )
    }
    for paper_id, given in by_paper.items():
        decision = Decision(
            submission_id=paper_id, outcome=given.outcome, presentation=given.presentation, comment=given.comment,
            note="", decided_at=at, decided_by_id=actor.person_id,
        )  # fmt: skip
        if released:
            decision.told, decision.released_at = decision.content, at
            record_outcome(
                papers[paper_id], TOLD_AS[given.outcome], presentation=given.presentation, actor=actor, at=at
            )
        db.session.add(decision)
    return len(by_paper)
