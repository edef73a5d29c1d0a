"""Branches, committees and offices of the society, and who holds which office from when until when."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.accounts.models import Person
from confsys.core.db import Model, Versioned, enum_column
from confsys.core.localized import LocalizedText
from confsys.members.states import BodyKind


class Body(Model, Versioned):
    """A branch (regional or of a field), a committee, an office of the secretariat."""

    __tablename__ = "society_body"
    __table_args__ = (
        CheckConstraint(
            "dissolved_on IS NULL OR founded_on IS NULL OR founded_on <= dissolved_on", name="dates_in_order"
        ),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_its_own_parent"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[BodyKind] = mapped_column(enum_column(BodyKind))
    name: Mapped[LocalizedText]
    about: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("society_body.id"))
    address: Mapped[str] = mapped_column(String(254), default="")
    position: Mapped[int] = mapped_column(default=0)
    founded_on: Mapped[date | None]
    dissolved_on: Mapped[date | None]
    #: Days within which it answers a suggestion.
    answer_days: Mapped[int] = mapped_column(default=30)

    offices: Mapped[list[Office]] = relationship(
        back_populates="body", order_by="Office.position, Office.id", cascade="all, delete-orphan"
    )

    def stands(self, day: date) -> bool:
        return self.dissolved_on is None or day < self.dissolved_on


class Office(Model, Versioned):
    """A seat or the seats of one kind in a body: its chair, its members."""

    __tablename__ = "society_office"

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("society_body.id"), index=True)
    title: Mapped[LocalizedText]
    position: Mapped[int] = mapped_column(default=0)
    #: One person at a time; otherwise any number.
    is_single: Mapped[bool] = mapped_column(default=True)

    body: Mapped[Body] = relationship(back_populates="offices")
    terms: Mapped[list[OfficeTerm]] = relationship(back_populates="office", order_by="OfficeTerm.starts_on")

    def held(self, day: date) -> list[OfficeTerm]:
        return [term for term in self.terms if term.holds(day)]

    def to_come(self, day: date) -> list[OfficeTerm]:
        return [term for term in self.terms if term.starts_on > day]

    def past(self, day: date) -> list[OfficeTerm]:
        """Who served before, the latest first."""
        return [term for term in reversed(self.terms) if term.ends_on is not None and term.ends_on < day]


class OfficeTerm(Model, Versioned):
    """A person holds an office. Terms end; the rows stay as the history of the society."""

    __tablename__ = "society_office_term"
    __table_args__ = (CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", name="dates_in_order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("society_office.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")

    office: Mapped[Office] = relationship(back_populates="terms")
    person: Mapped[Person] = relationship()

    def holds(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def meets(self, starts_on: date, ends_on: date | None) -> bool:
        """Whether it shares a day with such a span."""
        return (ends_on is None or self.starts_on <= ends_on) and (self.ends_on is None or starts_on <= self.ends_on)
