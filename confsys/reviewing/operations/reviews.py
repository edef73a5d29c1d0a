"""Writing a review: drafts as it is typed, then submitted. What is submitted never becomes a draft again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.errors import Invalid, StaleVersion
from confsys.core.operation import operation
from confsys.events import answers as reading
from confsys.events.models import FormField
from confsys.reviewing import rules
from confsys.reviewing.models import Assignment, Review
from confsys.reviewing.operations.calibration import recalibrate_later
from confsys.reviewing.queries.fields import confidence_field, overall_field, review_fields
from confsys.reviewing.standing import ReviewStanding
from confsys.reviewing.states import ReviewState

SCOPE = "reviewing"
#: What a form shows as its version while no review exists.
UNWRITTEN = 0


@dataclass(frozen=True)
class Saved:
    """The review as kept, and the sentences for what still keeps it from being submitted."""

    review: Review
    missing: Mapping[str, str]


@operation
def save_review(
    assignment: Assignment,
    given: Mapping[str, Any],
    *,
    submit: bool,
    version: int | None,
    standing: ReviewStanding,
    actor: Actor,
    at: datetime,
) -> Saved:
    """Keep a review, and submit it when asked and complete.

    ``version`` is what the form showed, UNWRITTEN before the first save, None when no page was seen. A draft takes
    anything; asked to submit with something missing it stays a draft and says what. A submitted review must stay
    complete: Invalid otherwise. Raises StaleVersion when somebody (or another tab) saved since.
    """
    demand(rules.may_write_review(standing))
    review = assignment.review
    _expect(review, version)
    fields = review_fields(assignment.submission.event_id)
    checked = reading.check(fields, given)
    was_submitted = review is not None and review.state is ReviewState.SUBMITTED
    if was_submitted and not checked.complete:
        raise Invalid(**{**checked.missing, **checked.wrong})
    if review is None:
        review = Review(assignment_id=assignment.id, assignment=assignment, state=ReviewState.DRAFT)
    elif review.answers == checked.draft and (was_submitted or not submit):
        return Saved(review, checked.missing | checked.wrong)
    _fill(review, fields, checked, at)
    if submit and checked.complete and not was_submitted:
        review.state, review.submitted_at = ReviewState.SUBMITTED, at
    _record(review, assignment, was_submitted=was_submitted, actor=actor, at=at)
    return Saved(review, checked.missing | checked.wrong)


def _expect(review: Review | None, version: int | None) -> None:
    present = UNWRITTEN if review is None else review.version
    if version is not None and version != present:
        raise StaleVersion(row=review, seen=version)


def _fill(review: Review, fields: list[FormField], checked: reading.Checked, at: datetime) -> None:
    review.answers = checked.draft
    review.overall = _number(overall_field(fields), checked)
    review.confidence = _number(confidence_field(fields), checked)
    review.saved_at = at


def _number(field: FormField | None, checked: reading.Checked) -> float | None:
    value = None if field is None else checked.answers.get(field.key)
    return None if value is None else float(value)


def _record(review: Review, assignment: Assignment, *, was_submitted: bool, actor: Actor, at: datetime) -> None:
    """Drafts leave no trace in the story, nor does the text of a review: only that one came in or was changed."""
    if review.state is ReviewState.DRAFT:
        db.session.add(review)
        db.session.flush()
        return
    action = "reviewing.review_changed" if was_submitted else "reviewing.review_submitted"
    paper = assignment.submission
    record(
        action, review, actor=actor, at=at, event_id=paper.event_id, scope=SCOPE, changes={}, number=paper.number
    )  # fmt: skip
    recalibrate_later(paper.event_id, actor=actor, at=at)
