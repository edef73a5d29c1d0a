"""Cases of scientific integrity. They keep their own story: nothing of them stands in the audit that others read."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.accounts.models import Person
from confsys.core.db import Model, Versioned, enum_column, where
from confsys.members.states import Allegation, CaseOutcome, CaseState, OfficerChangeState


class IntegrityCase(Model, Versioned):
    """A complaint and what becomes of it. Its code is drawn by lot: a running number would tell how many there are."""

    __tablename__ = "integrity_case"
    __table_args__ = (
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_at_when_closed"),
        CheckConstraint("state <> 'closed' OR retain_until IS NOT NULL", name="kept_for_a_time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    state: Mapped[CaseState] = mapped_column(enum_column(CaseState), default=CaseState.FILED)
    allegation: Mapped[Allegation] = mapped_column(enum_column(Allegation))
    complainant_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    respondent_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    #: As the complainant named them.
    respondent_words: Mapped[str] = mapped_column(String(300), default="")
    complaint: Mapped[str] = mapped_column(Text, default="")
    reply: Mapped[str] = mapped_column(Text, default="")
    decision: Mapped[str] = mapped_column(Text, default="")
    appeal: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[CaseOutcome | None] = mapped_column(enum_column(CaseOutcome))
    filed_at: Mapped[datetime]
    reply_until: Mapped[datetime | None]
    appeal_until: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    #: Afterwards its words and its people are erased; what is counted in a year stays.
    retain_until: Mapped[date | None]

    complainant: Mapped[Person | None] = relationship(foreign_keys=[complainant_id])
    respondent: Mapped[Person | None] = relationship(foreign_keys=[respondent_id])
    panel: Mapped[list[Panelist]] = relationship(order_by="Panelist.id", cascade="all, delete-orphan")
    story: Mapped[list[CaseEntry]] = relationship(order_by="CaseEntry.id", cascade="all, delete-orphan")


class Panelist(Model):
    """Somebody who judges a case, and what they think of it."""

    __tablename__ = "integrity_panelist"
    __table_args__ = (UniqueConstraint("case_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("integrity_case.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    opinion: Mapped[str] = mapped_column(Text, default="")

    person: Mapped[Person] = relationship()


class CaseEntry(Model):
    """What happened in a case, for those inside it."""

    __tablename__ = "integrity_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("integrity_case.id"), index=True)
    at: Mapped[datetime]
    action: Mapped[str] = mapped_column(String(40))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class OfficerChange(Model, Versioned):
    """Somebody is to become an integrity officer, or to be one no longer. One proposes, another confirms."""

    __tablename__ = "integrity_officer_change"
    __table_args__ = (
        CheckConstraint("(state = 'confirmed') = (confirmed_by_id IS NOT NULL)", name="confirmed_by_somebody"),
        CheckConstraint("confirmed_by_id <> proposed_by_id", name="two_people"),
        CheckConstraint("person_id <> proposed_by_id AND person_id <> confirmed_by_id", name="not_for_oneself"),
        Index(
            "uq_integrity_officer_change_open", "person_id", unique=True,
            **where("state = 'proposed'"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    gives: Mapped[bool]
    state: Mapped[OfficerChangeState] = mapped_column(
        enum_column(OfficerChangeState), default=OfficerChangeState.PROPOSED
    )
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    proposed_by: Mapped[Person] = relationship(foreign_keys=[proposed_by_id])


class Sanction(Model, Versioned):
    """What somebody may not do until a day. It always has an end."""

    __tablename__ = "integrity_sanction"
    __table_args__ = (
        CheckConstraint("starts_on <= ends_on", name="has_an_end"),
        CheckConstraint("bars_submitting OR bars_reviewing", name="bars_something"),
        Index(
            "uq_integrity_sanction_case", "case_id", unique=True,
            **where("case_id IS NOT NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("integrity_case.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    bars_submitting: Mapped[bool] = mapped_column(default=True)
    bars_reviewing: Mapped[bool] = mapped_column(default=True)
