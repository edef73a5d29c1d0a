"""Tables of awards."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.accounts.models import Person
from confsys.awards.states import AgeRule, AwardState, Check, PairState, Scheme, Source
from confsys.core.appendonly import AppendOnly
from confsys.core.db import Model, Versioned, enum_column, where
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.events.models import Event
from confsys.submissions.models import Submission


class Award(Model, Versioned):
    """One award in one round. ``event_id`` None: of the society."""

    __tablename__ = "award"
    __table_args__ = (
        CheckConstraint("picks > 0", name="picks_positive"),
        CheckConstraint("winners_most > 0", name="winners_positive"),
        CheckConstraint(
            "rule = 'none' OR (age_limit IS NOT NULL AND age_limit > 0 AND age_on IS NOT NULL)",
            name="rule_has_its_limit",
        ),
        CheckConstraint("(state = 'announced') = (announced_at IS NOT NULL)", name="announced_at_when_announced"),
        CheckConstraint("state <> 'announced' OR reasons <> ''", name="announced_with_reasons"),
        Index("ix_award_event_state", "event_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))
    name: Mapped[LocalizedText]
    #: What it honours, for whoever nominates.
    purpose: Mapped[LocalizedText]
    state: Mapped[AwardState] = mapped_column(enum_column(AwardState), default=AwardState.DRAFT)
    sources: Mapped[list[str]] = mapped_column(JSON, default=list)
    nominate_until: Mapped[datetime | None]
    judge_until: Mapped[datetime | None]
    scheme: Mapped[Scheme] = mapped_column(enum_column(Scheme), default=Scheme.SCORE)
    #: Of a juror who picks: how many at most.
    picks: Mapped[int] = mapped_column(default=1)
    winners_most: Mapped[int] = mapped_column(default=1)
    rule: Mapped[AgeRule] = mapped_column(enum_column(AgeRule), default=AgeRule.NONE)
    age_limit: Mapped[int | None]
    age_on: Mapped[date | None]
    #: Why these and not others; public with the announcement.
    reasons: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    announced_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    event: Mapped[Event | None] = relationship()


class Nomination(Model, Versioned):
    """A candidate: a person with or without an account here, or a paper of the event.

    Of a paper, ``person_id`` is the author to whom the rule of age applies: who presents it, or its first author.
    """

    __tablename__ = "award_nomination"
    __table_args__ = (
        CheckConstraint(
            "submission_id IS NOT NULL OR person_id IS NOT NULL OR given <> '' OR family <> '' OR native <> ''",
            name="names_somebody",
        ),
        CheckConstraint("declared IS NULL OR consented_at IS NOT NULL", name="declared_with_consent"),
        CheckConstraint("place IS NULL OR (place > 0 AND withdrawn_at IS NULL)", name="winners_are_candidates"),
        UniqueConstraint("award_id", "submission_id"),
        Index(
            "uq_award_nomination_person", "award_id", "person_id", unique=True,
            **where("submission_id IS NULL AND person_id IS NOT NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    given: Mapped[str] = mapped_column(String(120), default="")
    family: Mapped[str] = mapped_column(String(120), default="")
    native: Mapped[str] = mapped_column(String(120), default="")
    organisation: Mapped[str] = mapped_column(String(200), default="")
    source: Mapped[Source] = mapped_column(enum_column(Source))
    nominated_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    why: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    #: Day of birth or of the degree, as the rule asks, with consent; forgotten with the announcement.
    declared: Mapped[date | None]
    consented_at: Mapped[datetime | None]
    check: Mapped[Check] = mapped_column("check_result", enum_column(Check), default=Check.OPEN)
    check_note: Mapped[str] = mapped_column(String(300), default="")
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: 1 is the first prize; several may share a place.
    place: Mapped[int | None]
    citation: Mapped[str] = mapped_column(Text, default="")

    award: Mapped[Award] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    submission: Mapped[Submission | None] = relationship()

    @property
    def name(self) -> PersonName:
        return self.person.name if self.person is not None else PersonName(self.given, self.family, self.native)


class Juror(Model):
    """Somebody of the jury of one award."""

    __tablename__ = "award_juror"
    __table_args__ = (UniqueConstraint("award_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    asked_at: Mapped[datetime]
    #: When the ballot was last cast; it may be cast again until the close.
    voted_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class JurorConflict(Model):
    """What a juror says about being too near to a candidate; what the house knows by itself is not written here."""

    __tablename__ = "award_juror_conflict"
    __table_args__ = (UniqueConstraint("juror_id", "nomination_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("award_juror.id", ondelete="CASCADE"))
    nomination_id: Mapped[int] = mapped_column(ForeignKey("award_nomination.id"), index=True)
    reason: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime]


class Vote(Model):
    """A juror's score of a candidate (1 when picked)."""

    __tablename__ = "award_vote"
    __table_args__ = (
        CheckConstraint("score BETWEEN 1 AND 10", name="score_from_1_to_10"),
        UniqueConstraint("juror_id", "nomination_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("award_juror.id", ondelete="CASCADE"))
    nomination_id: Mapped[int] = mapped_column(ForeignKey("award_nomination.id"), index=True)
    score: Mapped[int]


class YoungAuthor(Model, Versioned):
    """What an author tells an event for young people: the day its rule asks for, and whether a mentor is wished for."""

    __tablename__ = "young_author"
    __table_args__ = (
        UniqueConstraint("event_id", "person_id"),
        CheckConstraint("declared IS NULL OR consented_at IS NOT NULL", name="declared_with_consent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    #: Day of birth or of the degree, with consent; forgotten once it is checked.
    declared: Mapped[date | None]
    consented_at: Mapped[datetime | None]
    check: Mapped[Check] = mapped_column("check_result", enum_column(Check), default=Check.OPEN)
    check_note: Mapped[str] = mapped_column(String(300), default="")
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    wants_mentor: Mapped[bool] = mapped_column(default=False)

    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class MentorOffer(Model, Versioned):
    """Somebody who would mentor young authors of an event."""

    __tablename__ = "mentor_offer"
    __table_args__ = (
        UniqueConstraint("event_id", "person_id"),
        CheckConstraint("most BETWEEN 0 AND 10", name="most_from_0_to_10"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    topics: Mapped[list[str]] = mapped_column(JSON, default=list)
    #: How many at once; 0: no more.
    most: Mapped[int] = mapped_column(default=1)

    person: Mapped[Person] = relationship()


class Mentorship(Model, Versioned):
    """A pair the organisers propose; it is one when both have said yes, and none when one says no."""

    __tablename__ = "mentorship"
    __table_args__ = (
        UniqueConstraint("offer_id", "young_id"),
        CheckConstraint(
            "(state = 'agreed') = (mentor_said IS NOT NULL AND young_said IS NOT NULL)", name="agreed_by_both"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("mentor_offer.id"))
    young_id: Mapped[int] = mapped_column(ForeignKey("young_author.id"), index=True)
    state: Mapped[PairState] = mapped_column(enum_column(PairState), default=PairState.PROPOSED)
    proposed_at: Mapped[datetime]
    #: When each said yes.
    mentor_said: Mapped[datetime | None]
    young_said: Mapped[datetime | None]

    offer: Mapped[MentorOffer] = relationship()
    young: Mapped[YoungAuthor] = relationship()


class AwardCertificate(Model, AppendOnly):
    """A certificate as issued: its words are a copy and never change."""

    __tablename__ = "award_certificate"

    id: Mapped[int] = mapped_column(primary_key=True)
    nomination_id: Mapped[int] = mapped_column(ForeignKey("award_nomination.id"), unique=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    issued_at: Mapped[datetime]
    contents: Mapped[dict[str, Any]] = mapped_column(default=dict)
