"""What somebody was honoured with, by the society."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.accounts.models import Person
from confsys.core.db import Model, enum_column, where
from confsys.core.localized import LocalizedText
from confsys.members.states import HonourKind


class Honour(Model):
    """``source`` names where it comes from in another room, such as ``awards:17``; empty when the office wrote it."""

    __tablename__ = "society_honour"
    __table_args__ = (
        CheckConstraint("year BETWEEN 1800 AND 2200", name="year_valid"),
        Index("uq_society_honour_source", "source", "person_id", unique=True, **where("source <> ''")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[HonourKind] = mapped_column(enum_column(HonourKind))
    title: Mapped[LocalizedText]
    year: Mapped[int]
    source: Mapped[str] = mapped_column(String(80), default="")

    person: Mapped[Person] = relationship()
