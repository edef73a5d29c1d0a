"""Tables of the programme: the working timetable, its editing steps, and its released versions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.accounts.models import Person
from confsys.core.db import Model, Versioned, enum_column
from confsys.core.files import StoredFile
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.events.models import Track
from confsys.programme.states import DutyRole, DutyState, PlanKind, PlanState, SessionKind, TalkState
from confsys.submissions.models import Submission


def new_guid() -> str:
    """The identity of an item outside this product: in calendars and in the schedule files of other systems."""
    return str(uuid4())


class Room(Model, Versioned):
    __tablename__ = "room"
    __table_args__ = (CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    name: Mapped[LocalizedText]
    description: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    capacity: Mapped[int | None]
    position: Mapped[int] = mapped_column(default=0)
    #: Yards and poster halls hold several sessions at once.
    holds_several: Mapped[bool] = mapped_column(default=False)
    equipment: Mapped[list[str]] = mapped_column(default=list)
    #: The building it is in, where the event has several: between two of them people walk.
    venue: Mapped[str] = mapped_column(String(80), default="", server_default="")
    #: [[from, until], …] as ISO moments; empty: always open.
    open_hours: Mapped[list[Any]] = mapped_column(JSON, default=list)


class Session(Model, Versioned):
    """A block of the timetable: a time, perhaps a room, and the talks in it. No start: not placed yet.

    Without a title it takes that of its first talk. A placed session without a room is for everybody, everywhere.
    """

    __tablename__ = "session"
    __table_args__ = (
        CheckConstraint("minutes > 0", name="minutes_positive"),
        CheckConstraint("after_id <> id", name="not_after_itself"),
        UniqueConstraint("event_id", "guid"),
        Index("ix_session_event_starts", "event_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    guid: Mapped[str] = mapped_column(String(36), default=new_guid)
    kind: Mapped[SessionKind] = mapped_column(enum_column(SessionKind))
    code: Mapped[str] = mapped_column(String(20), default="")
    title: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    description: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    track_id: Mapped[int | None] = mapped_column(ForeignKey("track.id"), index=True)
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"), index=True)
    starts_at: Mapped[datetime | None]
    minutes: Mapped[int] = mapped_column(default=90)
    #: People expected, where somebody has an idea.
    audience: Mapped[int | None]
    #: The part that comes before this one, in a series of parts.
    after_id: Mapped[int | None] = mapped_column(ForeignKey("session.id", ondelete="SET NULL"), index=True)
    #: Neither an arrangement by the engine nor a careless drag moves it.
    pinned: Mapped[bool] = mapped_column(default=False)
    #: What a schedule file said that has no column here; given back on export.
    extras: Mapped[dict[str, Any]] = mapped_column(default=dict)

    room: Mapped[Room | None] = relationship()
    track: Mapped[Track | None] = relationship()
    duties: Mapped[list[Duty]] = relationship(
        back_populates="session", order_by="Duty.position, Duty.id", cascade="all, delete-orphan"
    )
    talks: Mapped[list[Talk]] = relationship(back_populates="session", order_by="Talk.position, Talk.id")

    @property
    def ends_at(self) -> datetime | None:
        return None if self.starts_at is None else self.starts_at + timedelta(minutes=self.minutes)


class Duty(Model, Versioned):
    """Somebody chairs a session or sits on its panel: pencilled in, asked, and answered by themselves."""

    __tablename__ = "duty"
    __table_args__ = (
        UniqueConstraint("session_id", "person_id", "role"),
        CheckConstraint("(state = 'proposed') = (asked_at IS NULL)", name="asked_at_unless_proposed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[DutyRole] = mapped_column(enum_column(DutyRole))
    state: Mapped[DutyState] = mapped_column(enum_column(DutyState), default=DutyState.PROPOSED)
    position: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(500), default="")

    session: Mapped[Session] = relationship(back_populates="duties")
    person: Mapped[Person] = relationship()


class Talk(Model, Versioned):
    """A paper or an invited talk in a session; without a session it waits in the tray."""

    __tablename__ = "talk"
    __table_args__ = (
        CheckConstraint("minutes > 0 AND gap_minutes >= 0", name="minutes_positive"),
        UniqueConstraint("event_id", "guid"),
        Index("ix_talk_session_position", "session_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    guid: Mapped[str] = mapped_column(String(36), default=new_guid)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), unique=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("session.id"))
    position: Mapped[int] = mapped_column(default=0)
    minutes: Mapped[int] = mapped_column(default=20)
    #: A pause before it, within its session.
    gap_minutes: Mapped[int] = mapped_column(default=0)
    #: Of invited talks; a paper's talk takes title, abstract and people from the paper.
    title: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    abstract: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    state: Mapped[TalkState] = mapped_column(enum_column(TalkState), default=TalkState.OPEN)
    #: When those who give it were last asked whether they come.
    asked_at: Mapped[datetime | None]
    extras: Mapped[dict[str, Any]] = mapped_column(default=dict)

    session: Mapped[Session | None] = relationship(back_populates="talks")
    submission: Mapped[Submission | None] = relationship()
    speakers: Mapped[list[Speaker]] = relationship(
        back_populates="talk", order_by="Speaker.position", cascade="all, delete-orphan"
    )


class Speaker(Model):
    """Who gives a talk that is not a paper; linked to a person where one is known."""

    __tablename__ = "speaker"
    __table_args__ = (
        CheckConstraint("given <> '' OR family <> '' OR native <> ''", name="has_a_name"),
        Index("ix_speaker_talk_position", "talk_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    talk_id: Mapped[int] = mapped_column(ForeignKey("talk.id", ondelete="CASCADE"))
    position: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    given: Mapped[str] = mapped_column(String(120), default="")
    family: Mapped[str] = mapped_column(String(200), default="")
    native: Mapped[str] = mapped_column(String(120), default="")
    affiliation: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    biography: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    #: Who it is in the system the talk was imported from, so that one person stays one person.
    origin: Mapped[str] = mapped_column(String(60), default="")

    talk: Mapped[Talk] = relationship(back_populates="speakers")
    person: Mapped[Person | None] = relationship()

    @property
    def name(self) -> PersonName:
        return PersonName(self.given, self.family, self.native)


class PresenterAnswer(Model, Versioned):
    """What somebody on the programme told the organisers: when they cannot be there, and what they need."""

    __tablename__ = "presenter_answer"
    __table_args__ = (UniqueConstraint("event_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    #: Presents from elsewhere, in this zone.
    remote: Mapped[bool] = mapped_column(default=False)
    zone: Mapped[str] = mapped_column(String(64), default="")
    #: [[from, until], …] as ISO moments
    away: Mapped[list[Any]] = mapped_column(JSON, default=list)
    equipment: Mapped[list[str]] = mapped_column(default=list)
    note: Mapped[str] = mapped_column(String(1000), default="")
    answered_at: Mapped[datetime]

    person: Mapped[Person] = relationship()


class TimetableEdit(Model):
    """One step of editing, kept so that it can be taken back and done again by whoever did it."""

    __tablename__ = "timetable_edit"
    __table_args__ = (Index("ix_timetable_edit_event_by", "event_id", "by_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: [{"table": "session" or "talk", "id", "before": {column: value}, "after": {column: value}}]
    steps: Mapped[list[Any]] = mapped_column(JSON)
    undone_at: Mapped[datetime | None]


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
    #: Names these very contents to caches: a database restored from a copy may use a number twice.
    token: Mapped[str] = mapped_column(String(36), default=new_guid)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    #: The whole programme; see ``programme.snapshots``. Large, so it is loaded only when asked for.
    snapshot: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    #: {"items": […]} what changed against the release before, as data; see ``programme.changes``.
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Booklet(Model):
    """A release as a PDF in one language, with abstracts or without; set in the background."""

    __tablename__ = "booklet"
    __table_args__ = (UniqueConstraint("release_id", "locale", "abstracts"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"))
    locale: Mapped[str] = mapped_column(String(8))
    abstracts: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[datetime]
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)

    file: Mapped[StoredFile | None] = relationship()


class Unavailability(Model):
    """Somebody cannot be there, or a room cannot be used, as organisers learned."""

    __tablename__ = "unavailability"
    __table_args__ = (
        CheckConstraint("(room_id IS NULL) <> (who = '')", name="room_or_person"),
        CheckConstraint("until > since", name="until_after_since"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"))
    #: The identity of a person on the programme, see ``programme.people``.
    who: Mapped[str] = mapped_column(String(300), default="")
    name: Mapped[str] = mapped_column(String(300), default="")
    since: Mapped[datetime]
    until: Mapped[datetime]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    room: Mapped[Room | None] = relationship()


class Plan(Model, Versioned):
    """Another timetable of the same sessions: a copy to try things on, or what the engine proposes.

    Nothing of it is in force until it is accepted.
    """

    __tablename__ = "plan"
    __table_args__ = (Index("ix_plan_event_state", "event_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    kind: Mapped[PlanKind] = mapped_column(enum_column(PlanKind))
    state: Mapped[PlanState] = mapped_column(enum_column(PlanState))
    name: Mapped[str] = mapped_column(String(120), default="")
    #: Alternatives of one repair share it.
    batch: Mapped[str] = mapped_column(String(36), default=new_guid)
    created_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[datetime | None]
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    #: What was asked for; see ``programme.arranging.wishes``.
    wishes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: {key: [start, room, minutes]} as the timetable was when the plan began, and as the plan has it.
    base: Mapped[dict[str, Any]] = mapped_column(default=dict)
    places: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: What the engine says of it; see ``programme.arranging.outcome``.
    report: Mapped[dict[str, Any]] = mapped_column(default=dict)
    stop_asked: Mapped[bool] = mapped_column(default=False)


class Favourite(Model):
    """Something somebody wants to hear, known by its guid: it stays theirs wherever a release puts it."""

    __tablename__ = "favourite"
    __table_args__ = (UniqueConstraint("person_id", "event_id", "guid"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    guid: Mapped[str] = mapped_column(String(36))
    at: Mapped[datetime]


class OwnCalendar(Model):
    """The address under which somebody's own programme can be subscribed to.

    Whoever knows the address reads the calendar, so the address holds a secret; a new one ends the old.
    """

    __tablename__ = "own_calendar"
    __table_args__ = (UniqueConstraint("person_id", "event_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    secret: Mapped[str] = mapped_column(String(32), unique=True)
    made_at: Mapped[datetime]
