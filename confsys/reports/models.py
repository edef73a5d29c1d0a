"""Tables of reports."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.core.db import Model, Versioned, enum_column, where
from confsys.core.files import StoredFile
from confsys.core.identifiers import new_code
from confsys.events.models import Event
from confsys.reports.states import FileForm, ReportKind


class Report(Model, Versioned):
    """Figures as they were at ``made_at``. One report of an event or a year is brought up to date until it is frozen;
    then it never changes, and the next one is another row.
    """

    __tablename__ = "report"
    __table_args__ = (
        CheckConstraint("(kind = 'exchange') = (event_id IS NOT NULL)", name="exchange_has_event"),
        CheckConstraint("(kind = 'year') = (year IS NOT NULL)", name="year_has_year"),
        CheckConstraint("frozen_at IS NULL OR made_at IS NOT NULL", name="frozen_was_made"),
        CheckConstraint("first_day <= last_day", name="days_in_order"),
        Index("uq_report_event_id", "event_id", unique=True, **where("frozen_at IS NULL AND event_id IS NOT NULL")),
        Index("uq_report_year", "year", unique=True, **where("frozen_at IS NULL AND year IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(8), unique=True, default=new_code)
    kind: Mapped[ReportKind] = mapped_column(enum_column(ReportKind))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    year: Mapped[int | None]
    first_day: Mapped[date]
    last_day: Mapped[date]
    #: See ``collecting``; its shape is docs/report.schema.json.
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: Empty until there are figures.
    made_at: Mapped[datetime | None]
    frozen_at: Mapped[datetime | None]
    frozen_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    event: Mapped[Event | None] = relationship()
    files: Mapped[list[ReportFile]] = relationship(cascade="all, delete-orphan", order_by="ReportFile.id")


class ReportFile(Model):
    """The report as a file, made with its figures; the data file holds both languages and has none of its own."""

    __tablename__ = "report_file"
    __table_args__ = (
        UniqueConstraint("report_id", "form", "locale"),
        CheckConstraint("(form = 'json') = (locale = '')", name="language_unless_data"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"))
    form: Mapped[FileForm] = mapped_column(enum_column(FileForm))
    locale: Mapped[str] = mapped_column(String(5), default="")
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))

    file: Mapped[StoredFile] = relationship()
