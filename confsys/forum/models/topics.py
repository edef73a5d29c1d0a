"""Topics that people propose, and who supports them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.accounts.models import Person
from confsys.core.db import Model, Versioned, enum_column
from confsys.events.models import Event, Track
from confsys.forum.states import TopicKind, TopicState


class TopicProposal(Model, Versioned):
    """A topic somebody would like the society to meet about.

    ``event_id``: proposed for this event; None: for the society. What came of it is ``track_id`` (a track of an
    event) or ``became_id`` (an event of its own, a salon).
    """

    __tablename__ = "topic_proposal"
    __table_args__ = (
        CheckConstraint("support >= 0", name="support_not_negative"),
        CheckConstraint(
            "(state IN ('selected', 'declined')) = (decided_at IS NOT NULL)", name="decided_at_when_decided"
        ),
        CheckConstraint("state NOT IN ('selected', 'declined') OR reasons <> ''", name="decided_has_reasons"),
        CheckConstraint("track_id IS NULL OR became_id IS NULL", name="became_one_thing"),
        CheckConstraint("(track_id IS NULL AND became_id IS NULL) OR state = 'selected'", name="only_selected_becomes"),
        Index("ix_topic_proposal_state", "state", "support"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[TopicKind] = mapped_column(enum_column(TopicKind))
    state: Mapped[TopicState] = mapped_column(enum_column(TopicState), default=TopicState.PROPOSED)
    title: Mapped[str] = mapped_column(String(200))
    #: The field, or the fields that meet.
    field: Mapped[str] = mapped_column(String(120))
    why: Mapped[str] = mapped_column(Text)
    #: How many support it; rows of TopicSupport, counted under the proposal's lock.
    support: Mapped[int] = mapped_column(default=0)
    reasons: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    track_id: Mapped[int | None] = mapped_column(ForeignKey("track.id"), index=True)
    became_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    created_at: Mapped[datetime]

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    event: Mapped[Event | None] = relationship(foreign_keys=[event_id])
    track: Mapped[Track | None] = relationship()
    became: Mapped[Event | None] = relationship(foreign_keys=[became_id])


class TopicSupport(Model):
    """One vote a person and topic; it can be taken back."""

    __tablename__ = "topic_support"
    __table_args__ = (UniqueConstraint("proposal_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("topic_proposal.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime]
