"""Activities, who comes to them, and what they said afterwards."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.core.db import Model, Versioned, enum_column, where
from confsys.core.localized import LocalizedText
from confsys.core.money import Money
from confsys.events.states import Mode
from confsys.outreach.states import ActivityKind, ActivityState, BookingState, ThemeDay


class Activity(Model, Versioned):
    """One thing the society does for the public: a lecture, an exhibition, an open laboratory."""

    __tablename__ = "outreach_activity"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="starts_before_it_ends"),
        CheckConstraint("actual_headcount IS NULL OR actual_headcount >= 0", name="headcount_not_negative"),
        CheckConstraint("cost_minor >= 0", name="cost_not_negative"),
        CheckConstraint("state <> 'held' OR actual_headcount IS NOT NULL", name="held_has_headcount"),
        CheckConstraint("state <> 'public' OR checked_by <> ''", name="public_was_checked"),
        Index("ix_outreach_activity_state_starts_at", "state", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    state: Mapped[ActivityState] = mapped_column(enum_column(ActivityState), default=ActivityState.DRAFT)
    kind: Mapped[ActivityKind] = mapped_column(enum_column(ActivityKind))
    theme_day: Mapped[ThemeDay | None] = mapped_column(enum_column(ThemeDay))
    #: Values of TargetGroup.
    target_groups: Mapped[list[str]] = mapped_column(default=list)
    mode: Mapped[Mode] = mapped_column(enum_column(Mode), default=Mode.IN_PERSON)
    title: Mapped[LocalizedText]
    summary: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    description: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    city: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    place: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    #: Where people meet on line; shown only to those who have a place.
    meeting_url: Mapped[str] = mapped_column(String(300), default="")
    hosts: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    #: A closed activity (a class at its school) is told of, but nobody signs up.
    takes_bookings: Mapped[bool] = mapped_column(default=True)
    volunteers_wanted: Mapped[int] = mapped_column(default=0)
    planned_headcount: Mapped[int | None]
    #: Heads counted at the door, not page views.
    actual_headcount: Mapped[int | None]
    online_views: Mapped[int | None]
    cost_minor: Mapped[int] = mapped_column(default=0)
    currency: Mapped[str] = mapped_column(String(3), default="CNY")
    #: Who looked at the content before the public could: it must be right.
    checked_by: Mapped[str] = mapped_column(String(120), default="")
    #: What is told of it afterwards.
    report: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)

    seats: Mapped[Seats] = relationship(back_populates="activity", cascade="all, delete-orphan", lazy="joined")
    experts: Mapped[list[ActivityExpert]] = relationship(
        order_by="ActivityExpert.position", cascade="all, delete-orphan"
    )

    @property
    def cost(self) -> Money:
        return Money(self.cost_minor, self.currency)


class Seats(Model):
    """How many places an activity has and how many are taken.

    A row of its own: a sign-up must not make the page stale on which the office is writing.
    """

    __tablename__ = "outreach_seats"
    __table_args__ = (
        CheckConstraint("taken >= 0", name="taken_not_negative"),
        CheckConstraint("capacity IS NULL OR taken <= capacity", name="not_oversold"),
    )

    activity_id: Mapped[int] = mapped_column(ForeignKey("outreach_activity.id"), primary_key=True)
    #: Empty: as many as come.
    capacity: Mapped[int | None]
    taken: Mapped[int] = mapped_column(default=0)

    activity: Mapped[Activity] = relationship(back_populates="seats")

    @property
    def free(self) -> int | None:
        return None if self.capacity is None else self.capacity - self.taken


class ActivityExpert(Model):
    """Who speaks, explains or guides. Known people count it as their yearly part."""

    __tablename__ = "outreach_expert"
    __table_args__ = (
        CheckConstraint("person_id IS NOT NULL OR name <> ''", name="names_somebody"),
        UniqueConstraint("activity_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("outreach_activity.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    position: Mapped[int] = mapped_column(default=0)


class Booking(Model, Versioned):
    """A person, a family or a group that comes. Holds no more than the door needs, and forgets it afterwards."""

    __tablename__ = "outreach_booking"
    __table_args__ = (
        CheckConstraint("adults >= 0 AND minors >= 0 AND adults + minors > 0", name="somebody_comes"),
        CheckConstraint(
            "minors = 0 OR (guardian_name <> '' AND consented_on IS NOT NULL) OR forgotten_at IS NOT NULL",
            name="minors_have_consent",
        ),
        CheckConstraint("forgotten_at IS NOT NULL OR email <> ''", name="can_be_reached"),
        CheckConstraint("arrived IS NULL OR (arrived >= 0 AND arrived <= adults + minors)", name="arrived_of_booked"),
        CheckConstraint("arrived IS NULL OR state = 'placed'", name="only_the_placed_arrive"),
        Index(
            "uq_outreach_booking_once", "activity_id", "email", unique=True,
            **where("state <> 'cancelled' AND email <> ''"),
        ),
        Index("ix_outreach_booking_activity_id_state", "activity_id", "state"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("outreach_activity.id"))
    state: Mapped[BookingState] = mapped_column(enum_column(BookingState))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    #: A school, a club, a firm; empty for a person or a family.
    group_name: Mapped[str] = mapped_column(String(120), default="")
    adults: Mapped[int]
    minors: Mapped[int] = mapped_column(default=0)
    guardian_name: Mapped[str] = mapped_column(String(120), default="")
    consented_on: Mapped[date | None]
    locale: Mapped[str] = mapped_column(String(5), default="en")
    created_at: Mapped[datetime]
    arrived: Mapped[int | None]
    arrived_at: Mapped[datetime | None]
    checked_in_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    forgotten_at: Mapped[datetime | None]

    activity: Mapped[Activity] = relationship()

    @property
    def size(self) -> int:
        return self.adults + self.minors


class Feedback(Model):
    """What one booking said afterwards; never shown with who said it."""

    __tablename__ = "outreach_feedback"
    __table_args__ = (
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating_one_to_five"),
        CheckConstraint("understood BETWEEN 1 AND 5", name="understood_one_to_five"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("outreach_booking.id"), unique=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("outreach_activity.id"), index=True)
    rating: Mapped[int]
    understood: Mapped[int]
    comment: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
