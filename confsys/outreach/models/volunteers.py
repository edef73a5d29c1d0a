"""Volunteers and their hours."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.accounts.models import Person
from confsys.core.appendonly import AppendOnly
from confsys.core.db import Model, Versioned, enum_column
from confsys.core.files import StoredFile
from confsys.outreach.models.activities import Activity
from confsys.outreach.states import ShiftState, VolunteerState


class Volunteer(Model, Versioned):
    """Somebody on the roster."""

    __tablename__ = "volunteer"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    state: Mapped[VolunteerState] = mapped_column(enum_column(VolunteerState), default=VolunteerState.APPLIED)
    #: Free words: explaining, photography, first aid.
    skills: Mapped[list[str]] = mapped_column(default=list)
    cities: Mapped[list[str]] = mapped_column(default=list)
    about: Mapped[str] = mapped_column(String(500), default="")
    joined_at: Mapped[datetime]

    person: Mapped[Person] = relationship()


class VolunteerShift(Model, Versioned):
    """One volunteer's help at one activity. Minutes, so that no hour is rounded away."""

    __tablename__ = "volunteer_shift"
    __table_args__ = (
        UniqueConstraint("volunteer_id", "activity_id"),
        CheckConstraint("minutes IS NULL OR minutes BETWEEN 1 AND 1440", name="minutes_of_one_day"),
        CheckConstraint("state NOT IN ('reported', 'approved') OR minutes IS NOT NULL", name="reported_has_minutes"),
        CheckConstraint("(state = 'approved') = (approved_at IS NOT NULL)", name="approved_at_when_approved"),
        Index("ix_volunteer_shift_activity_id_state", "activity_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"))
    activity_id: Mapped[int] = mapped_column(ForeignKey("outreach_activity.id"))
    state: Mapped[ShiftState] = mapped_column(enum_column(ShiftState), default=ShiftState.OFFERED)
    #: What the volunteer did there.
    task: Mapped[str] = mapped_column(String(200), default="")
    minutes: Mapped[int | None]
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]

    volunteer: Mapped[Volunteer] = relationship()
    activity: Mapped[Activity] = relationship()


class VolunteerCertificate(Model, AppendOnly):
    """Hours of a volunteer as certified: its words are a copy and never change.

    ``contents``: {"name", "minutes", "first", "last", "activities": [{"title", "day", "minutes", "task"}]}.
    """

    __tablename__ = "volunteer_certificate"
    __table_args__ = (CheckConstraint("minutes > 0", name="minutes_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"), index=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    #: Whoever holds the certificate checks it with this.
    code: Mapped[str] = mapped_column(String(16), unique=True)
    issued_at: Mapped[datetime]
    minutes: Mapped[int]
    contents: Mapped[dict[str, Any]] = mapped_column(default=dict)


class VolunteerCertificateFile(Model, AppendOnly):
    """The PDF of a certificate, set once after it was issued."""

    __tablename__ = "volunteer_certificate_file"

    certificate_id: Mapped[int] = mapped_column(ForeignKey("volunteer_certificate.id"), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    made_at: Mapped[datetime]

    file: Mapped[StoredFile] = relationship()
