"""What the society planned to take and to spend in a year, and what it did."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.core.db import Model, Versioned, enum_column
from confsys.core.localized import LocalizedText
from confsys.members.states import BudgetAudience, BudgetSide


class BudgetYear(Model, Versioned):
    """The income from dues is not written here: it is what was paid."""

    __tablename__ = "society_budget_year"
    __table_args__ = (
        CheckConstraint("year BETWEEN 1900 AND 2200", name="year_valid"),
        CheckConstraint("dues_planned_minor >= 0", name="dues_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(unique=True)
    currency: Mapped[str] = mapped_column(String(3), default="CNY")
    audience: Mapped[BudgetAudience] = mapped_column(enum_column(BudgetAudience), default=BudgetAudience.DRAFT)
    dues_planned_minor: Mapped[int] = mapped_column(default=0)
    note: Mapped[LocalizedText] = mapped_column(default=LocalizedText)

    lines: Mapped[list[BudgetLine]] = relationship(
        back_populates="budget", order_by="BudgetLine.position, BudgetLine.id", cascade="all, delete-orphan"
    )


class BudgetLine(Model, Versioned):
    __tablename__ = "society_budget_line"
    __table_args__ = (CheckConstraint("planned_minor >= 0 AND actual_minor >= 0", name="amounts_not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    budget_id: Mapped[int] = mapped_column(ForeignKey("society_budget_year.id"), index=True)
    side: Mapped[BudgetSide] = mapped_column(enum_column(BudgetSide))
    name: Mapped[LocalizedText]
    note: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    planned_minor: Mapped[int] = mapped_column(default=0)
    actual_minor: Mapped[int] = mapped_column(default=0)
    position: Mapped[int] = mapped_column(default=0)

    budget: Mapped[BudgetYear] = relationship(back_populates="lines")
