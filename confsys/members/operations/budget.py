"""The budget of a year: lines written and changed, then published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.operation import expect_version, lock, operation
from confsys.members.models import BudgetLine, BudgetYear
from confsys.members.states import BudgetAudience, BudgetSide


@dataclass(frozen=True, slots=True)
class Line:
    side: BudgetSide
    name: LocalizedText
    planned_minor: int = 0
    actual_minor: int = 0
    note: LocalizedText = LocalizedText()


@operation
def create_budget(year: int, *, actor: Actor, at: datetime) -> BudgetYear:
    """An unpublished year with the lines of the year before, their plans kept and nothing spent yet."""
    if db.session.scalar(select(BudgetYear.id).where(BudgetYear.year == year)) is not None:
        raise Invalid(year=_l("There is a budget for this year already."))
    before = db.session.scalar(select(BudgetYear).where(BudgetYear.year == year - 1))
    budget = BudgetYear(year=year, dues_planned_minor=before.dues_planned_minor if before is not None else 0)
    for line in before.lines if before is not None else []:
        budget.lines.append(
            BudgetLine(side=line.side, name=line.name, planned_minor=line.planned_minor, position=line.position)
        )
    record("member.budget_created", budget, actor=actor, at=at, changes={}, year=year)
    return budget


@operation
def put_line(
    budget: BudgetYear, row: BudgetLine | None, line: Line, *, version: int | None, actor: Actor, at: datetime
) -> BudgetLine:
    """Add a line (``row`` None) or change one; what was published changes with it, and the audit says how."""
    lock(budget)
    if not line.name:
        raise Invalid(name=_l("Please give the name in at least one language."))
    if min(line.planned_minor, line.actual_minor) < 0:
        raise Invalid(planned=_l("An amount such as 200 or 199.50."))
    if row is None:
        row = BudgetLine(budget=budget, position=len(budget.lines))
    else:
        expect_version(row, version)
    row.side, row.name, row.note = line.side, line.name, line.note
    row.planned_minor, row.actual_minor = line.planned_minor, line.actual_minor
    record("member.budget_line", row, actor=actor, at=at, year=budget.year)
    return row


@operation
def remove_line(budget: BudgetYear, row: BudgetLine, *, actor: Actor, at: datetime) -> None:
    lock(budget)
    record("member.budget_line_removed", row, actor=actor, at=at, changes={}, year=budget.year, name=row.name)
    db.session.delete(row)


@operation
def publish_budget(
    budget: BudgetYear, audience: BudgetAudience, dues_planned_minor: int, note: LocalizedText, *,
    version: int | None, actor: Actor, at: datetime,
) -> None:  # fmt: skip
    """Who may read it, and what is said beside it."""
    lock(budget)
    expect_version(budget, version)
    if dues_planned_minor < 0:
        raise Invalid(dues_planned=_l("An amount such as 200 or 199.50."))
    budget.audience, budget.dues_planned_minor, budget.note = audience, dues_planned_minor, note
    record("member.budget_published", budget, actor=actor, at=at, year=budget.year)
