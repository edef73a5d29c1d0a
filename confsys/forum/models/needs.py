"""Needs of companies, experts who help, and demonstrations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.accounts.models import Organisation, Person
from confsys.core.db import Model, Versioned, enum_column
from confsys.events.models import Event
from confsys.forum.states import DemoState, MatchState, NeedState, Outcome, Side


class Expert(Model, Versioned):
    """A person who lets companies ask them. Nobody is here who did not say so themselves."""

    __tablename__ = "forum_expert"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    #: Free words in either language.
    fields: Mapped[list[str]] = mapped_column(default=list)
    about: Mapped[str] = mapped_column(String(1000), default="")
    active: Mapped[bool] = mapped_column(default=True)
    since: Mapped[datetime]

    person: Mapped[Person] = relationship()


class Need(Model, Versioned):
    """A problem that a company would like to have solved.

    ``confidential`` is read by the company, and by an expert once both sides have agreed; by nobody else. It is never
    put into a list, an export, a mail or an audit entry.
    """

    __tablename__ = "need"
    __table_args__ = (Index("ix_need_event_state", "event_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    state: Mapped[NeedState] = mapped_column(enum_column(NeedState), default=NeedState.OPEN)
    title: Mapped[str] = mapped_column(String(200))
    field: Mapped[str] = mapped_column(String(120))
    problem: Mapped[str] = mapped_column(Text)
    confidential: Mapped[str] = mapped_column(Text, default="", deferred=True)
    #: Whether everybody may read whose need it is; otherwise an expert learns it with the detail.
    named: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]

    person: Mapped[Person] = relationship()
    organisation: Mapped[Organisation] = relationship()
    event: Mapped[Event] = relationship()


class NeedMatch(Model, Versioned):
    """A need and an expert brought together; ``why`` keeps the reasons as they were."""

    __tablename__ = "need_match"
    __table_args__ = (
        UniqueConstraint("need_id", "expert_id"),
        CheckConstraint("state NOT IN ('agreed', 'ended') OR (company_yes AND expert_yes)", name="agreed_by_both"),
        CheckConstraint("(state = 'ended') = (outcome IS NOT NULL)", name="ended_has_outcome"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    expert_id: Mapped[int] = mapped_column(ForeignKey("forum_expert.id"), index=True)
    state: Mapped[MatchState] = mapped_column(enum_column(MatchState), default=MatchState.WAITING)
    begun_by: Mapped[Side] = mapped_column(enum_column(Side))
    company_yes: Mapped[bool] = mapped_column(default=False)
    expert_yes: Mapped[bool] = mapped_column(default=False)
    #: [{"kind", "value"}]: told in the reader's language.
    why: Mapped[list[Any]] = mapped_column(JSON, default=list)
    asked_at: Mapped[datetime]
    agreed_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None] = mapped_column(enum_column(Outcome))
    outcome_text: Mapped[str] = mapped_column(String(2000), default="")
    outcome_at: Mapped[datetime | None]

    need: Mapped[Need] = relationship()
    expert: Mapped[Expert] = relationship()


class Demo(Model, Versioned):
    """Something a company shows, at a time and a place of its own."""

    __tablename__ = "demo"
    __table_args__ = (
        CheckConstraint("state <> 'placed' OR (starts_at IS NOT NULL AND place <> '')", name="placed_has_place"),
        CheckConstraint("minutes BETWEEN 5 AND 480", name="minutes_sensible"),
        Index("ix_demo_event_state", "event_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    state: Mapped[DemoState] = mapped_column(enum_column(DemoState), default=DemoState.OFFERED)
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text)
    #: A table, power, a screen: for those who place it.
    wants: Mapped[str] = mapped_column(String(300), default="")
    starts_at: Mapped[datetime | None]
    minutes: Mapped[int] = mapped_column(default=20)
    place: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime]

    person: Mapped[Person] = relationship()
    organisation: Mapped[Organisation] = relationship()
