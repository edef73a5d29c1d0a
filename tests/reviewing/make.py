"""Things of peer review to test with, in a committed state."""

from __future__ import annotations

from typing import Any

from confsys.accounts.models import Person
from confsys.core import clock
from confsys.core.localized import LocalizedText
from confsys.events.context import standing_in
from confsys.events.models import Event, FormField
from confsys.events.standing import EventStanding
from confsys.events.states import FieldAudience, FieldType, FormKind, Role
from confsys.reviewing.context import review_page
from confsys.reviewing.models import Assignment, Decision, Review, ReviewerProfile
from confsys.reviewing.standing import ReviewStanding
from confsys.reviewing.states import AssignmentState, Outcome, ReviewState
from confsys.submissions.models import Conflict, Submission
from confsys.submissions.states import ConflictKind, ConflictSource
from tests import factories
from tests.factories import saved

ANSWERS = {"rating": 4, "confidence": 3, "text": "Sound work.", "secret": "Chairs only.", "peers": "Peers only."}


def form(event: Event) -> list[FormField]:
    """A review form with a field for each circle of readers."""
    common: dict[str, Any] = {"event_id": event.id, "form": FormKind.REVIEW}
    scores = [
        FormField(key="rating", type=FieldType.SCORE, label=LocalizedText("Rating", "评分"), lowest=1, highest=10,
                  required=True, position=1, is_overall=True, **common),
        FormField(key="confidence", type=FieldType.SCORE, label=LocalizedText("Confidence", "把握"), lowest=1,
                  highest=5, required=True, position=2, is_confidence=True, **common),
        FormField(key="text", type=FieldType.LONG_TEXT, label=LocalizedText("Comments", "意见"), required=True,
                  position=3, **common),
        FormField(key="peers", type=FieldType.LONG_TEXT, label=LocalizedText("To reviewers", "致审稿人"), position=4,
                  audience=FieldAudience.REVIEWERS, **common),
        FormField(key="secret", type=FieldType.LONG_TEXT, label=LocalizedText("To chairs", "致主席"), position=5,
                  audience=FieldAudience.CHAIRS, **common),
    ]  # fmt: skip
    return [saved(each) for each in scores]


def reviewer(event: Event, someone: Person | None = None, **profile: Any) -> Person:
    made: Person = factories.grant(event, Role.REVIEWER, someone)
    if profile:
        saved(ReviewerProfile(event_id=event.id, person_id=made.id, **profile))
    return made


def assignment(
    paper: Submission, someone: Person | None, state: AssignmentState = AssignmentState.RELEASED, **columns: Any
) -> Assignment:
    at = clock.now()
    told = state in {AssignmentState.RELEASED, AssignmentState.DECLINED}
    given: dict[str, Any] = {"assigned_at": at, "released_at": at if told else None, "state": state}
    return saved(Assignment(submission=paper, person=someone, **{**given, **columns}))


def review(of: Assignment, state: ReviewState = ReviewState.SUBMITTED, **answers: Any) -> Review:
    at = clock.now()
    given = {**ANSWERS, **answers}
    return saved(
        Review(
            assignment=of, state=state, answers=given, overall=float(given["rating"]), saved_at=at,
            confidence=float(given["confidence"]), submitted_at=at if state is ReviewState.SUBMITTED else None,
        )
    )  # fmt: skip


def reviewed(paper: Submission, someone: Person, **answers: Any) -> Review:
    return review(assignment(paper, someone), **answers)


def decision(paper: Submission, outcome: Outcome = Outcome.ACCEPT, *, told: bool = False, **columns: Any) -> Decision:
    at = clock.now()
    given: dict[str, Any] = {"comment": "", "note": "", "presentation": "", **columns}
    made = Decision(submission=paper, outcome=outcome, decided_at=at, **given)
    if told:
        made.told, made.released_at = made.content, at
    return saved(made)


def conflict(paper: Submission, someone: Person, **columns: Any) -> Conflict:
    given: dict[str, Any] = {"kind": ConflictKind.OTHER, "source": ConflictSource.CHAIR, "created_at": clock.now()}
    return saved(Conflict(submission_id=paper.id, person_id=someone.id, **{**given, **columns}))


def to_event(event: Event, someone: Person) -> EventStanding:
    return standing_in(event, factories.viewer(someone))


def to_paper(paper: Submission, someone: Person) -> ReviewStanding:
    return review_page(factories.viewer(someone), paper.event.slug, paper.number).standing
