"""Tables of exchange. Sessions and talks are named by the numbers they have on the released programme.

There is no foreign key to the working timetable: what was asked in a session stays, whatever becomes of its line
in the plan.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.accounts.models import Person
from confsys.core.db import Model, Versioned, enum_column
from confsys.core.files import StoredFile
from confsys.core.identifiers import new_code
from confsys.events.models import Event
from confsys.exchange.states import Consent, MaterialKind, PollState, QuestionState, Way


def new_channel() -> str:
    """What a page listens to. It says nothing of the session and cannot be guessed."""
    return new_code(16)


class Floor(Model):
    """The discussion of one session. ``revision`` grows with everything its pages show."""

    __tablename__ = "floor"
    __table_args__ = (UniqueConstraint("event_id", "session_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    session_id: Mapped[int]
    channel: Mapped[str] = mapped_column(String(16), unique=True, default=new_channel)
    revision: Mapped[int] = mapped_column(default=1)
    #: A moderator takes no more questions for the moment.
    paused: Mapped[bool] = mapped_column(default=False)
    #: The question being answered, large on the screen.
    current_id: Mapped[int | None]

    event: Mapped[Event] = relationship()


class Question(Model, Versioned):
    """``voice`` is the same for one person's words in an event and tells nobody who it is; ``person_id`` is kept
    only where somebody may know it.
    """

    __tablename__ = "question"
    __table_args__ = (
        CheckConstraint("(state = 'answered') = (answered_at IS NOT NULL)", name="answered_at_when_answered"),
        CheckConstraint("NOT named OR person_id IS NOT NULL", name="named_has_person"),
        CheckConstraint("votes >= 0", name="votes_not_negative"),
        Index("ix_question_floor_state", "floor_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    floor_id: Mapped[int] = mapped_column(ForeignKey("floor.id"))
    talk_id: Mapped[int | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    voice: Mapped[str] = mapped_column(String(24))
    named: Mapped[bool]
    text: Mapped[str] = mapped_column(String(1000))
    state: Mapped[QuestionState] = mapped_column(enum_column(QuestionState))
    votes: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    #: What the speaker wrote; empty when it was answered aloud.
    answer: Mapped[str] = mapped_column(String(4000), default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    floor: Mapped[Floor] = relationship()


class QuestionVote(Model):
    __tablename__ = "question_vote"
    __table_args__ = (UniqueConstraint("question_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)


class Remark(Model):
    """A contribution to the debate; ``parent_id``: an answer to another one."""

    __tablename__ = "remark"
    __table_args__ = (Index("ix_remark_floor_at", "floor_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    floor_id: Mapped[int] = mapped_column(ForeignKey("floor.id"))
    talk_id: Mapped[int | None]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("remark.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    voice: Mapped[str] = mapped_column(String(24))
    text: Mapped[str] = mapped_column(String(4000))
    at: Mapped[datetime]
    #: Taken from the page by its writer or a moderator; answers to it stay.
    hidden_at: Mapped[datetime | None]

    floor: Mapped[Floor] = relationship()
    person: Mapped[Person] = relationship()


class Poll(Model, Versioned):
    """One question with a few answers, asked of the room. Nobody sees who answered what."""

    __tablename__ = "poll"

    id: Mapped[int] = mapped_column(primary_key=True)
    floor_id: Mapped[int] = mapped_column(ForeignKey("floor.id"), index=True)
    text: Mapped[str] = mapped_column(String(300))
    choices: Mapped[list[Any]] = mapped_column(JSON)
    state: Mapped[PollState] = mapped_column(enum_column(PollState), default=PollState.DRAFT)

    floor: Mapped[Floor] = relationship()


class PollAnswer(Model):
    __tablename__ = "poll_answer"
    __table_args__ = (UniqueConstraint("poll_id", "person_id"), CheckConstraint("choice >= 0", name="choice_valid"))

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    choice: Mapped[int]


class Material(Model, Versioned):
    """Slides, a recording, a link: shown once a speaker of the talk has said yes."""

    __tablename__ = "material"
    __table_args__ = (
        CheckConstraint("(file_id IS NULL) = (url <> '')", name="file_or_address"),
        CheckConstraint("(consent = 'asked') = (consented_at IS NULL)", name="consented_at_unless_asked"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    floor_id: Mapped[int] = mapped_column(ForeignKey("floor.id"), index=True)
    talk_id: Mapped[int]
    kind: Mapped[MaterialKind] = mapped_column(enum_column(MaterialKind))
    title: Mapped[str] = mapped_column(String(200))
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    url: Mapped[str] = mapped_column(String(500), default="")
    consent: Mapped[Consent] = mapped_column(enum_column(Consent), default=Consent.ASKED)
    consented_at: Mapped[datetime | None]
    consented_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    floor: Mapped[Floor] = relationship()
    file: Mapped[StoredFile | None] = relationship()


class Attendance(Model):
    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("floor_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    floor_id: Mapped[int] = mapped_column(ForeignKey("floor.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime]
    way: Mapped[Way] = mapped_column(enum_column(Way))


class Feedback(Model, Versioned):
    """What somebody thought of a session. Speakers and organisers read it without names."""

    __tablename__ = "feedback"
    __table_args__ = (
        UniqueConstraint("floor_id", "person_id"),
        CheckConstraint("stars BETWEEN 1 AND 5", name="stars_from_1_to_5"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    floor_id: Mapped[int] = mapped_column(ForeignKey("floor.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    stars: Mapped[int]
    comment: Mapped[str] = mapped_column(String(1000), default="")
    at: Mapped[datetime]
