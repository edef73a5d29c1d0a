"""Papers made of a registration: certificates of attendance and sheets of badges."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.core.appendonly import AppendOnly
from confsys.core.db import Model, enum_column
from confsys.core.files import StoredFile
from confsys.registration.states import BadgeFormat


class AttendanceCertificate(Model, AppendOnly):
    """A certificate as issued: its words are a copy and never change."""

    __tablename__ = "attendance_certificate"

    id: Mapped[int] = mapped_column(primary_key=True)
    attendee_id: Mapped[int] = mapped_column(ForeignKey("attendee.id"), unique=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    issued_at: Mapped[datetime]
    contents: Mapped[dict[str, Any]] = mapped_column(default=dict)


class AttendanceCertificateFile(Model, AppendOnly):
    """The PDF of a certificate, set once after it was issued."""

    __tablename__ = "attendance_certificate_file"

    certificate_id: Mapped[int] = mapped_column(ForeignKey("attendance_certificate.id"), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    made_at: Mapped[datetime]

    file: Mapped[StoredFile] = relationship()


class BadgeSheet(Model):
    """Badges asked for: of whom, in which size, and the PDF as soon as it is set."""

    __tablename__ = "badge_sheet"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    format: Mapped[BadgeFormat] = mapped_column(enum_column(BadgeFormat))
    #: Ids of attendees, in the order of the sheet.
    attendee_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    job_id: Mapped[int | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    made_at: Mapped[datetime | None]

    file: Mapped[StoredFile | None] = relationship()
