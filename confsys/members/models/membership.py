"""Who is a member, of which class, and from when until when."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.accounts.models import Person
from confsys.core.db import Model, Versioned, enum_column, where
from confsys.core.localized import LocalizedText
from confsys.core.money import Money
from confsys.members.numbers import MemberNumber
from confsys.members.states import (
    ApplicationKind,
    ApplicationState,
    DueKind,
    DueState,
    EndReason,
    Period,
    RefereeState,
    TermState,
)
from confsys.members.terms import Span, TermRule


class Tier(Model, Versioned):
    """A class of members with its rules. Rules are data: a new class is a new row."""

    __tablename__ = "member_tier"
    __table_args__ = (
        # A class cannot promise membership for ever: a term is at most ten years long.
        CheckConstraint("months BETWEEN 1 AND 120", name="term_has_an_end"),
        CheckConstraint("dues_minor >= 0 AND joining_minor >= 0", name="fees_not_negative"),
        CheckConstraint("grace_days BETWEEN 0 AND 730", name="grace_bounded"),
        CheckConstraint("opens_days BETWEEN 0 AND 366", name="renewal_window_bounded"),
        CheckConstraint("referees BETWEEN 0 AND 5", name="referees_bounded"),
        CheckConstraint("length(letter) = 1", name="one_letter"),
        CheckConstraint("(rollover_month IS NULL) = (rollover_day IS NULL)", name="rollover_whole"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[LocalizedText]
    description: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    #: What its members get, one thing a line.
    benefits: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    #: The last character of the member number.
    letter: Mapped[str] = mapped_column(String(1))
    position: Mapped[int] = mapped_column(default=0)
    period: Mapped[Period] = mapped_column(enum_column(Period), default=Period.ROLLING)
    months: Mapped[int] = mapped_column(default=12)
    rollover_month: Mapped[int | None]
    rollover_day: Mapped[int | None]
    grace_days: Mapped[int] = mapped_column(default=60)
    #: Renewal opens so many days before the end.
    opens_days: Mapped[int] = mapped_column(default=90)
    #: How many members must vouch for an applicant.
    referees: Mapped[int] = mapped_column(default=0)
    dues_minor: Mapped[int] = mapped_column(default=0)
    joining_minor: Mapped[int] = mapped_column(default=0)
    currency: Mapped[str] = mapped_column(String(3), default="CNY")
    #: Whether people may apply for it; otherwise only the office gives it.
    is_open: Mapped[bool] = mapped_column(default=True)

    @property
    def rule(self) -> TermRule:
        rollover = (
            (self.rollover_month, self.rollover_day)
            if self.rollover_month is not None and self.rollover_day is not None
            else None
        )
        return TermRule(self.period, self.months, self.grace_days, self.opens_days, rollover)

    @property
    def dues(self) -> Money:
        return Money(self.dues_minor, self.currency)

    @property
    def joining_fee(self) -> Money:
        return Money(self.joining_minor, self.currency)


class MemberCounter(Model):
    """The last stem given out under a society's code. It only grows: a stem is never given twice."""

    __tablename__ = "member_counter"
    __table_args__ = (CheckConstraint("last BETWEEN 0 AND 9999999", name="seven_digits"),)

    code: Mapped[str] = mapped_column(String(3), primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


class Member(Model, Versioned):
    """A person who was a member at least once: the row comes with the first term that is paid, and stays."""

    __tablename__ = "member"
    __table_args__ = (
        UniqueConstraint("code", "stem"),
        CheckConstraint("stem BETWEEN 1 AND 9999999", name="stem_seven_digits"),
        CheckConstraint("(ended_on IS NULL) = (end_reason IS NULL)", name="ended_with_a_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    code: Mapped[str] = mapped_column(String(3))
    stem: Mapped[int]
    tier_id: Mapped[int] = mapped_column(ForeignKey("member_tier.id"), index=True)
    joined_on: Mapped[date]
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("society_body.id"), index=True)
    #: Changed to make every card printed before worthless.
    card_key: Mapped[str] = mapped_column(String(16))
    #: Field of the directory -> who may read it; a field that is not named is nobody's.
    consent: Mapped[dict[str, Any]] = mapped_column(default=dict)
    ended_on: Mapped[date | None]
    end_reason: Mapped[EndReason | None] = mapped_column(enum_column(EndReason))

    person: Mapped[Person] = relationship()
    tier: Mapped[Tier] = relationship()
    terms: Mapped[list[Term]] = relationship(back_populates="member", order_by="Term.ends_on")

    @property
    def number(self) -> MemberNumber:
        return MemberNumber(self.code, self.stem, self.tier.letter)


class Application(Model, Versioned):
    """Somebody asks to become a member, or a member asks for another class."""

    __tablename__ = "member_application"
    __table_args__ = (
        CheckConstraint(
            "(state IN ('approved', 'declined', 'withdrawn')) = (decided_at IS NOT NULL)", name="decided_when_closed"
        ),
        Index(
            "uq_member_application_open", "person_id", unique=True,
            **where("state IN ('referees', 'office')"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    tier_id: Mapped[int] = mapped_column(ForeignKey("member_tier.id"))
    kind: Mapped[ApplicationKind] = mapped_column(enum_column(ApplicationKind))
    state: Mapped[ApplicationState] = mapped_column(enum_column(ApplicationState))
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("society_body.id"))
    statement: Mapped[str] = mapped_column(Text, default="")
    submitted_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: What the office tells the applicant.
    note: Mapped[str] = mapped_column(String(2000), default="")

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    tier: Mapped[Tier] = relationship()
    asked: Mapped[list[Referee]] = relationship(
        back_populates="application", order_by="Referee.id", cascade="all, delete-orphan"
    )

    @property
    def confirmed(self) -> int:
        return sum(row.state is RefereeState.CONFIRMED for row in self.asked)


class Referee(Model):
    """A member asked to vouch for an applicant. The applicant names an address and never learns whose it is not."""

    __tablename__ = "member_referee"
    __table_args__ = (
        UniqueConstraint("application_id", "address"),
        CheckConstraint("(state = 'asked') = (answered_at IS NULL)", name="answered_at_when_answered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("member_application.id"))
    address: Mapped[str] = mapped_column(String(254))
    #: The member of that address; empty when it belongs to none, who then was not written to.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[RefereeState] = mapped_column(enum_column(RefereeState), default=RefereeState.ASKED)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    words: Mapped[str] = mapped_column(String(1000), default="")

    application: Mapped[Application] = relationship(back_populates="asked")
    person: Mapped[Person | None] = relationship()


class Due(Model, Versioned):
    """What somebody owes for a term. Money arrives through ``payments``; only a paid due makes a term."""

    __tablename__ = "member_due"
    __table_args__ = (
        CheckConstraint("amount_minor >= 0", name="amount_not_negative"),
        CheckConstraint("(state = 'paid') = (paid_at IS NOT NULL)", name="paid_at_when_paid"),
        Index(
            "uq_member_due_open", "person_id", "kind", unique=True,
            **where("state = 'open'"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    tier_id: Mapped[int] = mapped_column(ForeignKey("member_tier.id"))
    application_id: Mapped[int | None] = mapped_column(ForeignKey("member_application.id"))
    kind: Mapped[DueKind] = mapped_column(enum_column(DueKind))
    state: Mapped[DueState] = mapped_column(enum_column(DueState), default=DueState.OPEN)
    amount_minor: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    created_at: Mapped[datetime]
    paid_at: Mapped[datetime | None]
    #: When its money went back; it stays a due that was paid.
    refunded_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
    tier: Mapped[Tier] = relationship()
    application: Mapped[Application | None] = relationship()

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)


class Term(Model):
    """One term of a membership. A new one is a new row; gaps stay visible for ever."""

    __tablename__ = "member_term"
    __table_args__ = (
        # The never-ending membership of other systems: unpaid, active, without an end. Here it cannot be written.
        CheckConstraint("ends_on IS NOT NULL AND ends_on >= starts_on AND ends_on < '2200-01-01'", name="has_an_end"),
        CheckConstraint("grace_until >= ends_on", name="grace_after_the_end"),
        Index(
            "uq_member_term_start", "member_id", "starts_on", unique=True,
            **where("state = 'active'"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    tier_id: Mapped[int] = mapped_column(ForeignKey("member_tier.id"))
    #: The one due that bought it: a payment told twice buys one term.
    due_id: Mapped[int] = mapped_column(ForeignKey("member_due.id"), unique=True)
    state: Mapped[TermState] = mapped_column(enum_column(TermState), default=TermState.ACTIVE)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    grace_until: Mapped[date]
    created_at: Mapped[datetime]

    member: Mapped[Member] = relationship(back_populates="terms")
    tier: Mapped[Tier] = relationship()

    @property
    def span(self) -> Span:
        return Span(self.starts_on, self.ends_on, self.grace_until)
