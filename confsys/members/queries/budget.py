"""The budget as its reader may know it, with the income from dues as it was paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from confsys.core.db import db
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.money import Money
from confsys.members.models import BudgetLine, BudgetYear, Due
from confsys.members.rules import may_read_budget
from confsys.members.standing import MemberStanding
from confsys.members.states import BudgetAudience, BudgetSide

#: The line that nobody writes.
DUES = _l("Dues of members")


@dataclass(frozen=True, slots=True)
class LineView:
    """``id`` is None for the dues, which are counted."""

    id: int | None
    name: Any
    note: LocalizedText
    planned: Money
    actual: Money


@dataclass(frozen=True, slots=True)
class BudgetView:
    year: int
    audience: BudgetAudience
    note: LocalizedText
    currency: str
    income: tuple[LineView, ...]
    use: tuple[LineView, ...]

    def planned(self, lines: Sequence[LineView]) -> Money:
        return Money(sum(line.planned.minor for line in lines), self.currency)

    def actual(self, lines: Sequence[LineView]) -> Money:
        return Money(sum(line.actual.minor for line in lines), self.currency)


def budgets(standing: MemberStanding) -> list[BudgetYear]:
    """Years that a viewer may read, the latest first."""
    query = select(BudgetYear).options(selectinload(BudgetYear.lines)).order_by(BudgetYear.year.desc())
    return [row for row in db.session.scalars(query) if may_read_budget(standing, row.audience)]


def budget_of(year: int) -> BudgetYear | None:
    query = select(BudgetYear).where(BudgetYear.year == year)
    return db.session.scalar(query.options(selectinload(BudgetYear.lines)))


def view_of(row: BudgetYear) -> BudgetView:
    """One query, for the dues."""
    dues = LineView(
        None, DUES, LocalizedText(), Money(row.dues_planned_minor, row.currency),
        Money(dues_income(row.year, row.currency), row.currency),
    )  # fmt: skip
    income = [_line(line, row.currency) for line in row.lines if line.side is BudgetSide.INCOME]
    use = [_line(line, row.currency) for line in row.lines if line.side is BudgetSide.USE]
    return BudgetView(row.year, row.audience, row.note, row.currency, (dues, *income), tuple(use))


def _line(line: BudgetLine, currency: str) -> LineView:
    return LineView(
        line.id, line.name, line.note, Money(line.planned_minor, currency), Money(line.actual_minor, currency)
    )


def dues_between(first: datetime, last: datetime, currency: str) -> int:
    """Dues paid from one moment until before another, less those given back in that time."""
    paid = func.coalesce(func.sum(Due.amount_minor).filter(Due.paid_at >= first, Due.paid_at < last), 0)
    back = func.coalesce(func.sum(Due.amount_minor).filter(Due.refunded_at >= first, Due.refunded_at < last), 0)
    row = db.session.execute(select(paid, back).where(Due.currency == currency)).one()
    return int(row[0]) - int(row[1])


def dues_income(year: int, currency: str) -> int:
    """Of a calendar year where the society lives."""
    zone = ZoneInfo(current_app.extensions["settings"].zone)
    return dues_between(datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone), currency)
