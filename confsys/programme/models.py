"""Tables of the programme: the working timetable, and its released versions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.accounts.models import Person
from confsys.core.db import Model, Versioned, enum_column
from confsys.core.localized import LocalizedText
from confsys.programme.states import SessionKind
from confsys.submissions.models import Submission

GRID_MINUTES = 5


class Room(Model, Versioned):
    __tablename__ = "room"
    __table_args__ = (CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    name: Mapped[LocalizedText]
    capacity: Mapped[int | None]
    position: Mapped[int] = mapped_column(default=0)
    #: Yards and poster halls hold several sessions at once.
    holds_several: Mapped[bool] = mapped_column(default=False)


class Session(Model, Versioned):
    """A block of the timetable: a time, perhaps a room, and the talks in it. No start: not placed yet."""

    __tablename__ = "session"
    __table_args__ = (
        CheckConstraint("minutes > 0 AND minutes % 5 = 0", name="on_the_grid"),
        Index("ix_session_event_starts", "event_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    kind: Mapped[SessionKind] = mapped_column(enum_column(SessionKind))
    code: Mapped[str] = mapped_column(String(20), default="")
    title: Mapped[LocalizedText]
    description: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    track_id: Mapped[int | None] = mapped_column(ForeignKey("track.id"))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"), index=True)
    starts_at: Mapped[datetime | None]
    minutes: Mapped[int] = mapped_column(default=90)
    chair_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    room: Mapped[Room | None] = relationship()
    chair: Mapped[Person | None] = relationship()
    talks: Mapped[list[Talk]] = relationship(back_populates="session", order_by="Talk.position")

    @property
    def ends_at(self) -> datetime | None:
        return None if self.starts_at is None else self.starts_at + timedelta(minutes=self.minutes)


class Talk(Model, Versioned):
    """A paper or an invited talk in a session; without a session it waits in the tray."""

    __tablename__ = "talk"
    __table_args__ = (
        CheckConstraint("minutes > 0 AND minutes % 5 = 0", name="on_the_grid"),
        Index("ix_talk_session_position", "session_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), unique=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("session.id"))
    position: Mapped[int] = mapped_column(default=0)
    minutes: Mapped[int] = mapped_column(default=20)
    #: Of invited talks; a paper's talk takes title and people from the paper.
    title: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    abstract: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    speaker_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    speaker_text: Mapped[str] = mapped_column(String(300), default="")

    session: Mapped[Session | None] = relationship(back_populates="talks")
    submission: Mapped[Submission | None] = relationship()
    speaker: Mapped[Person | None] = relationship()


class Release(Model):
    """A frozen programme. The public reads the latest release, never the working timetable."""

    __tablename__ = "release"
    __table_args__ = (
        UniqueConstraint("event_id", "number"),
        CheckConstraint("number > 0", name="number_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    number: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    #: {"rooms": […], "sessions": [… with talks …]}; see ``programme.snapshots``.
    snapshot: Mapped[dict[str, Any]]
    #: What changed against the release before, as data.
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)
