"""Tables of peer review."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.accounts.models import Person
from confsys.core.db import Model, Versioned, enum_column, where
from confsys.reviewing.states import AssignmentState, BidValue, DelegationState, Outcome, ReviewState, RunState
from confsys.submissions.models import Submission


class ReviewerProfile(Model, Versioned):
    """What a committee member told this event: how many papers, which topics, how senior."""

    __tablename__ = "reviewer_profile"
    __table_args__ = (
        UniqueConstraint("event_id", "person_id"),
        CheckConstraint("load_max IS NULL OR load_max >= 0", name="load_not_negative"),
        CheckConstraint("away_until >= away_from", name="away_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    load_max: Mapped[int | None]
    is_senior: Mapped[bool] = mapped_column(default=False)
    #: Ids of topics the person is at home in.
    topic_ids: Mapped[list[Any]] = mapped_column(JSON, default=list)
    #: Days on which the person cannot review, both included.
    away_from: Mapped[date | None]
    away_until: Mapped[date | None]
    note: Mapped[str] = mapped_column(String(500), default="")

    person: Mapped[Person] = relationship()


class Bid(Model):
    """How much a reviewer wants a paper. Single bids are seen by chairs only."""

    __tablename__ = "bid"
    __table_args__ = (UniqueConstraint("submission_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    value: Mapped[BidValue] = mapped_column(enum_column(BidValue))
    at: Mapped[datetime]


class Affinity(Model):
    """How near a reviewer's own writing is to a paper's text, from 0 to 1. Computed; only the nearest are kept."""

    __tablename__ = "affinity"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    value: Mapped[float]


class AssignmentRun(Model, Versioned):
    """One computed assignment: its parameters, its pairs, its report. Nothing changes until it is applied."""

    __tablename__ = "assignment_run"
    __table_args__ = (
        CheckConstraint("(state = 'applied') = (applied_at IS NOT NULL)", name="applied_at_when_applied"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    state: Mapped[RunState] = mapped_column(enum_column(RunState), default=RunState.COMPUTING)
    parameters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: See ``matching.solution.Solution``; once applied, also what that changed.
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    applied_at: Mapped[datetime | None]

    @property
    def is_partial(self) -> bool:
        """Whether it was applied to some papers only."""
        return bool(self.result.get("applied", {}).get("papers"))


class Assignment(Model, Versioned):
    """A paper given to a reviewer. ``person_id`` is empty for imported reviews whose reviewer is unknown."""

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("submission_id", "person_id"),
        CheckConstraint("person_id IS NOT NULL OR label <> ''", name="somebody_or_label"),
        Index("ix_assignment_person_state", "person_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    label: Mapped[str] = mapped_column(String(80), default="")
    state: Mapped[AssignmentState] = mapped_column(enum_column(AssignmentState), default=AssignmentState.PROPOSED)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("assignment_run.id"), index=True)
    score: Mapped[float | None]
    assigned_at: Mapped[datetime]
    assigned_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    released_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    decline_reason: Mapped[str] = mapped_column(String(500), default="")
    #: The last time the reviewer was reminded of it.
    reminded_at: Mapped[datetime | None]
    #: Whose paper somebody outside the committee reviews in their place.
    delegated_from_id: Mapped[int | None] = mapped_column(ForeignKey("assignment.id"))

    submission: Mapped[Submission] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    review: Mapped[Review | None] = relationship(back_populates="assignment", uselist=False)


class Delegation(Model, Versioned):
    """A reviewer's wish to pass a paper on to somebody outside the committee, and what became of it."""

    __tablename__ = "delegation"
    __table_args__ = (
        CheckConstraint("address = lower(address)", name="address_lower_case"),
        CheckConstraint("state <> 'accepted' OR person_id IS NOT NULL", name="accepted_has_person"),
        Index("uq_delegation_open", "assignment_id", unique=True, **where("state IN ('asked', 'invited')")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    state: Mapped[DelegationState] = mapped_column(enum_column(DelegationState), default=DelegationState.ASKED)
    address: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(200), default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: Why the reviewer asks for it, and what the chair or the person asked answered.
    reason: Mapped[str] = mapped_column(String(500), default="")
    answer: Mapped[str] = mapped_column(String(500), default="")
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    expires_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]

    assignment: Mapped[Assignment] = relationship()


class Review(Model, Versioned):
    """A reviewer's opinion: answers to the event's review form. A submitted one never becomes a draft again."""

    __tablename__ = "review"
    __table_args__ = (
        CheckConstraint("(state = 'submitted') = (submitted_at IS NOT NULL)", name="submitted_at_when_submitted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), unique=True)
    state: Mapped[ReviewState] = mapped_column(enum_column(ReviewState), default=ReviewState.DRAFT)
    #: {field key: value}
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: Copies of the overall and the confidence score, for sorting and means in the database.
    overall: Mapped[float | None]
    confidence: Mapped[float | None]
    saved_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]

    assignment: Mapped[Assignment] = relationship(back_populates="review")


class Decision(Model, Versioned):
    """What the chair decided, and what the authors were told of it.

    Until it is released nobody but the chairs knows that it exists. Authors read ``told``: a change made
    afterwards stays with the chairs until it is released in its turn.
    """

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), unique=True)
    outcome: Mapped[Outcome] = mapped_column(enum_column(Outcome))
    presentation: Mapped[str] = mapped_column(String(40), default="")
    #: To the authors, part of the letter.
    comment: Mapped[str] = mapped_column(Text, default="")
    #: Among chairs.
    note: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    released_at: Mapped[datetime | None]
    #: {"outcome", "presentation", "comment"} as released last; empty before.
    told: Mapped[dict[str, Any]] = mapped_column(default=dict)

    submission: Mapped[Submission] = relationship()

    @property
    def content(self) -> dict[str, Any]:
        """What a release would tell."""
        return {"outcome": self.outcome.value, "presentation": self.presentation, "comment": self.comment}

    @property
    def is_waiting(self) -> bool:
        """Whether a release would tell the authors something new."""
        return self.told != self.content


class ScoreCalibration(Model):
    """What the scores of an event would be without the habits of its reviewers: an estimate, computed now and then."""

    __tablename__ = "score_calibration"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    computed_at: Mapped[datetime]
    #: See ``operations.calibration``.
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)


class LetterTemplate(Model, Versioned):
    """The event's own words for a decision letter, with named places such as %(title)s."""

    __tablename__ = "letter_template"
    __table_args__ = (UniqueConstraint("event_id", "outcome", "locale"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    outcome: Mapped[Outcome] = mapped_column(enum_column(Outcome))
    locale: Mapped[str] = mapped_column(String(5))
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
