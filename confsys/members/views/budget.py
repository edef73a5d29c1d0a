"""The budget: read by whom it is published to, written by the treasurer and the secretaries."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, request
from werkzeug.exceptions import NotFound

from confsys.core.access import access, anyone
from confsys.core.forms import localized, pair_of
from confsys.core.i18n import gettext as _
from confsys.core.money import Money
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.members.context import MemberPage, by_standing, member_page
from confsys.members.forms.amounts import amount_of
from confsys.members.forms.budget import BudgetForm, LineForm, NewBudgetForm
from confsys.members.models import BudgetLine, BudgetYear
from confsys.members.operations import budget as operations
from confsys.members.queries import budget as read
from confsys.members.queries.membership import tiers
from confsys.members.rules import may_keep_budget
from confsys.members.states import BudgetAudience
from confsys.members.views.blueprint import bp, office
from confsys.members.words import BUDGET_AUDIENCES

keeping = by_standing(may_keep_budget)


@bp.get("/benefits")
@access(member_page, anyone)
def benefits(page: MemberPage) -> str:
    """What each class costs and gives."""
    return render_template("members/benefits.html", page=page, tiers=tiers(open_only=True))


@bp.get("/budget")
@access(member_page, anyone)
def budget(page: MemberPage) -> str:
    """The year asked for, or the latest one, of those that the reader may know of."""
    years = read.budgets(page.standing)
    wanted = request.args.get("year", type=int)
    row = next((row for row in years if row.year == wanted), years[0] if years else None)
    return render_template(
        "members/budget.html", page=page, years=years, budget=read.view_of(row) if row is not None else None,
        keeps=bool(may_keep_budget(page.standing)), audiences=BUDGET_AUDIENCES,
    )  # fmt: skip


@office.route("/budgets", methods=["GET", "POST"])
@access(member_page, keeping)
def budgets(page: MemberPage) -> Any:
    form = NewBudgetForm(data={"year": page.day.year})
    if form.validate_on_submit():
        made = form.attempt(lambda: operations.create_budget(form.year.data, actor=page.viewer.actor, at=g.now))
        if made is not None:
            notice(_("The budget is begun, with the lines of the year before."))
            return back(".budget_desk", year=made.year)
    return render_template(
        "members/office/budgets.html", page=page, form=form, years=read.budgets(page.standing),
        audiences=BUDGET_AUDIENCES,
    ), form.status  # fmt: skip


def _budget(viewer: Viewer, year: int) -> tuple[MemberPage, BudgetYear]:
    page = member_page(viewer)
    found = read.budget_of(year) if may_keep_budget(page.standing) else None
    if found is None:
        raise NotFound
    return page, found


def _keeps(subject: tuple[MemberPage, Any]) -> Any:
    return keeping(subject[0])


@office.route("/budgets/<int:year>", methods=["GET", "POST"])
@access(_budget, _keeps)
def budget_desk(subject: tuple[MemberPage, BudgetYear]) -> Any:
    page, found = subject
    expected = Money(found.dues_planned_minor, found.currency)
    form = BudgetForm(
        data={
            **pair_of("note", found.note), "audience": found.audience.value, "version": found.version,
            "dues_planned": f"{expected.amount:f}",
        }
    )  # fmt: skip
    if form.validate_on_submit() and form.attempt(
        lambda: operations.publish_budget(
            found, BudgetAudience(form.audience.data), amount_of(form, "dues_planned", found.currency),
            localized(form, "note"), version=form.seen_version, actor=page.viewer.actor, at=g.now,
        )
    ):  # fmt: skip
        notice(_("Saved."))
        return back(".budget_desk", year=found.year)
    return render_template(
        "members/office/budget.html", page=page, form=form, row=found, budget=read.view_of(found),
        audiences=BUDGET_AUDIENCES,
    ), form.status  # fmt: skip


def _line(viewer: Viewer, year: int, line_id: int) -> tuple[MemberPage, BudgetYear, BudgetLine | None]:
    page, found = _budget(viewer, year)
    row = next((line for line in found.lines if line.id == line_id), None)
    if line_id and row is None:
        raise NotFound
    return page, found, row


@office.route("/budgets/<int:year>/lines/<int:line_id>", methods=["GET", "POST"])
@access(_line, lambda subject: keeping(subject[0]))
def budget_line(subject: tuple[MemberPage, BudgetYear, BudgetLine | None]) -> Any:
    """A line of a year; number 0 is a new one."""
    page, found, row = subject
    given: dict[str, Any] = {"side": "use", "planned": "0", "actual": "0"}
    if row is not None:
        given = {
            **pair_of("name", row.name), **pair_of("note", row.note), "side": row.side.value, "version": row.version,
            "planned": f"{Money(row.planned_minor, found.currency).amount:f}",
            "actual": f"{Money(row.actual_minor, found.currency).amount:f}",
        }  # fmt: skip
    form = LineForm(data=given)
    if form.validate_on_submit() and form.attempt(
        lambda: operations.put_line(
            found, row, form.line(found.currency), version=form.seen_version, actor=page.viewer.actor, at=g.now
        )
    ):
        notice(_("Saved."))
        return back(".budget_desk", year=found.year)
    return render_template("members/office/budget_line.html", form=form, budget=found, line=row), form.status


@office.post("/budgets/<int:year>/lines/<int:line_id>/remove")
@access(_line, lambda subject: keeping(subject[0]))
def remove_budget_line(subject: tuple[MemberPage, BudgetYear, BudgetLine | None]) -> Any:
    page, found, row = subject
    if row is None:
        raise NotFound
    operations.remove_line(found, row, actor=page.viewer.actor, at=g.now)
    notice(_("The line is removed."))
    return back(".budget_desk", year=found.year)
