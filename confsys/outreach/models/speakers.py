"""The pool of speakers, and what schools ask of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.accounts.models import Person
from confsys.core.db import Model, Versioned, enum_column
from confsys.core.localized import LocalizedText
from confsys.outreach.models.activities import Activity
from confsys.outreach.states import OfferState, RequestState, TargetGroup


class PublicSpeaker(Model, Versioned):
    """A person who speaks to the public when asked: about what, where, when."""

    __tablename__ = "public_speaker"
    __table_args__ = (
        CheckConstraint(
            "available_from IS NULL OR available_until IS NULL OR available_from <= available_until",
            name="days_in_order",
        ),
        CheckConstraint("per_year > 0", name="per_year_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    #: Free words in either language.
    topics: Mapped[list[str]] = mapped_column(default=list)
    cities: Mapped[list[str]] = mapped_column(default=list)
    online: Mapped[bool] = mapped_column(default=False)
    #: Values of TargetGroup.
    groups: Mapped[list[str]] = mapped_column(default=list)
    #: ISO weekdays 1 to 7 on which they can usually come; empty: any.
    weekdays: Mapped[list[Any]] = mapped_column(JSON, default=list)
    available_from: Mapped[date | None]
    available_until: Mapped[date | None]
    per_year: Mapped[int] = mapped_column(default=4)
    talks: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    active: Mapped[bool] = mapped_column(default=True)
    joined_at: Mapped[datetime]

    person: Mapped[Person] = relationship()


class SchoolRequest(Model, Versioned):
    """A school, a library or a village asks for a speaker."""

    __tablename__ = "school_request"
    __table_args__ = (
        CheckConstraint("first_day <= last_day", name="days_in_order"),
        CheckConstraint("headcount > 0", name="headcount_positive"),
        CheckConstraint("(state = 'agreed') = (activity_id IS NOT NULL)", name="agreed_has_activity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    state: Mapped[RequestState] = mapped_column(enum_column(RequestState), default=RequestState.OPEN)
    school: Mapped[str] = mapped_column(String(200))
    contact: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    city: Mapped[str] = mapped_column(String(80))
    place: Mapped[str] = mapped_column(String(200), default="")
    online_is_fine: Mapped[bool] = mapped_column(default=False)
    group: Mapped[TargetGroup] = mapped_column(enum_column(TargetGroup))
    headcount: Mapped[int]
    topic: Mapped[str] = mapped_column(String(200))
    message: Mapped[str] = mapped_column(Text, default="")
    first_day: Mapped[date]
    last_day: Mapped[date]
    locale: Mapped[str] = mapped_column(String(5), default="en")
    #: What the office wrote when it could not help.
    answer: Mapped[str] = mapped_column(String(1000), default="")
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("outreach_activity.id"), index=True)
    created_at: Mapped[datetime]

    activity: Mapped[Activity | None] = relationship()
    offers: Mapped[list[SpeakerOffer]] = relationship(back_populates="request", order_by="SpeakerOffer.id")


class SpeakerOffer(Model, Versioned):
    """A speaker was asked for one request; ``why`` keeps the reasons as they were."""

    __tablename__ = "speaker_offer"
    __table_args__ = (
        UniqueConstraint("request_id", "speaker_id"),
        CheckConstraint("(state = 'asked') = (answered_at IS NULL)", name="answered_at_when_answered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("school_request.id"))
    speaker_id: Mapped[int] = mapped_column(ForeignKey("public_speaker.id"), index=True)
    state: Mapped[OfferState] = mapped_column(enum_column(OfferState), default=OfferState.ASKED)
    #: [{"kind", "value"}]: told in the reader's language.
    why: Mapped[list[Any]] = mapped_column(JSON, default=list)
    note: Mapped[str] = mapped_column(String(500), default="")
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]

    request: Mapped[SchoolRequest] = relationship(back_populates="offers")
    speaker: Mapped[PublicSpeaker] = relationship()
