"""What a salon and a round table write down."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.accounts.models import Person
from confsys.core.db import Model, Versioned, enum_column
from confsys.core.localized import LocalizedText
from confsys.forum.states import IdeaState, QuoteState, ShortTalkState


class Gathering(Model, Versioned):
    """The question of an evening or a table, who leads it, who writes, and what was written. One an event."""

    __tablename__ = "gathering"
    __table_args__ = (CheckConstraint("published_at IS NULL OR text <> ''", name="published_has_text"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), unique=True)
    question: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    host_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    scribe_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    #: Minutes of a salon, summary of a round table, in Markdown.
    text: Mapped[str] = mapped_column(Text, default="")
    published_at: Mapped[datetime | None]

    host: Mapped[Person | None] = relationship(foreign_keys=[host_id])
    scribe: Mapped[Person | None] = relationship(foreign_keys=[scribe_id])


class ShortTalk(Model, Versioned):
    """A few minutes somebody offers to speak at a salon: a text to speak from, no review."""

    __tablename__ = "short_talk"
    __table_args__ = (Index("ix_short_talk_event", "event_id", "state", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[ShortTalkState] = mapped_column(enum_column(ShortTalkState), default=ShortTalkState.OFFERED)
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    #: Place in the order of the evening, among those on the list.
    position: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]

    person: Mapped[Person] = relationship()


class Quote(Model, Versioned):
    """Words of a participant that the minutes would like to repeat."""

    __tablename__ = "quote"
    __table_args__ = (
        CheckConstraint("(state = 'asked') = (answered_at IS NULL)", name="answered_at_when_answered"),
        Index("ix_quote_event", "event_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[QuoteState] = mapped_column(enum_column(QuoteState), default=QuoteState.ASKED)
    text: Mapped[str] = mapped_column(String(1000))
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class Idea(Model, Versioned):
    """What should come of it. It belongs to the room; whoever takes it up puts their name to it."""

    __tablename__ = "idea"
    __table_args__ = (
        CheckConstraint("(state = 'open') = (taken_by_id IS NULL)", name="taken_by_when_taken"),
        CheckConstraint("state <> 'done' OR outcome <> ''", name="done_has_outcome"),
        Index("ix_idea_event", "event_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    state: Mapped[IdeaState] = mapped_column(enum_column(IdeaState), default=IdeaState.OPEN)
    title: Mapped[str] = mapped_column(String(200))
    detail: Mapped[str] = mapped_column(String(2000), default="")
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    taken_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(2000), default="")
    done_at: Mapped[datetime | None]

    taken_by: Mapped[Person | None] = relationship()


class Statement(Model, Versioned):
    """What somebody at the round table sends before: the others read it, and everybody when its author likes."""

    __tablename__ = "statement"
    __table_args__ = (UniqueConstraint("event_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    is_public: Mapped[bool] = mapped_column(default=True)
    sent_at: Mapped[datetime]

    person: Mapped[Person] = relationship()
