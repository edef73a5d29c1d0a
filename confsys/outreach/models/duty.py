"""What a year asks of each member for the public, the articles they record, and who was reminded."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.accounts.models import Person
from confsys.core.db import Model, Versioned, enum_column, where
from confsys.outreach.states import ArticleState


class OutreachDuty(Model, Versioned):
    """From ``first_year`` on, until a later row: any one of the ways that are given is enough.

    A way that is empty does not count; with none of them nothing is asked.
    """

    __tablename__ = "outreach_duty"
    __table_args__ = (
        CheckConstraint("first_year BETWEEN 2000 AND 2200", name="year_of_this_age"),
        CheckConstraint("talks IS NULL OR talks BETWEEN 1 AND 100", name="talks_bounded"),
        CheckConstraint("articles IS NULL OR articles BETWEEN 1 AND 100", name="articles_bounded"),
        CheckConstraint("hours IS NULL OR hours BETWEEN 1 AND 1000", name="hours_bounded"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    first_year: Mapped[int] = mapped_column(unique=True)
    talks: Mapped[int | None]
    articles: Mapped[int | None]
    hours: Mapped[int | None]

    @property
    def asks(self) -> bool:
        return any(way is not None for way in (self.talks, self.articles, self.hours))


class OutreachArticle(Model, Versioned):
    """Something a member wrote for the public; it counts once the office has confirmed it."""

    __tablename__ = "outreach_article"
    __table_args__ = (
        CheckConstraint("(state = 'reported') = (decided_at IS NULL)", name="decided_at_when_decided"),
        CheckConstraint("state <> 'declined' OR note <> ''", name="declined_with_a_reason"),
        Index(
            "uq_outreach_article_once", "person_id", "title", "published_on", unique=True,
            **where("state <> 'declined'"),
        ),
        Index("ix_outreach_article_state_published_on", "state", "published_on"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    #: The newspaper, the journal, the channel.
    outlet: Mapped[str] = mapped_column(String(200))
    url: Mapped[str] = mapped_column(String(500), default="")
    published_on: Mapped[date]
    state: Mapped[ArticleState] = mapped_column(enum_column(ArticleState), default=ArticleState.REPORTED)
    #: What the office tells the author when it does not count.
    note: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class OutreachReminder(Model):
    """A member was reminded of a year's part."""

    __tablename__ = "outreach_reminder"
    __table_args__ = (Index("ix_outreach_reminder_person_id_sent_at", "person_id", "sent_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    year: Mapped[int]
    sent_at: Mapped[datetime]
