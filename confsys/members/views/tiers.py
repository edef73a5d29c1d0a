"""Classes of members, for the office."""

from __future__ import annotations

from typing import Any

from flask import g, render_template
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from confsys.core.access import access
from confsys.core.db import db
from confsys.core.forms import localized, pair_of
from confsys.core.i18n import gettext as _
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.members.context import MemberPage, by_standing, member_page
from confsys.members.forms.amounts import amount_of
from confsys.members.forms.membership import NewTierForm, TierForm
from confsys.members.models import Tier
from confsys.members.operations.tiers import TierRules, create_tier, edit_tier
from confsys.members.queries.membership import tiers as all_tiers
from confsys.members.rules import may_run_office
from confsys.members.views.blueprint import office

at_desk = by_standing(may_run_office)


@office.get("/classes")
@access(member_page, at_desk)
def tiers(page: MemberPage) -> str:
    return render_template("members/office/tiers.html", page=page, tiers=all_tiers())


def _rules(form: TierForm, currency: str, position: int) -> TierRules:
    return TierRules(
        name=localized(form, "name"), letter=form.letter.data, description=localized(form, "description"),
        position=position, period=form.kind, months=form.months.data, rollover=form.rollover_day,
        grace_days=form.grace_days.data, opens_days=form.opens_days.data, referees=form.referees.data,
        dues_minor=amount_of(form, "dues", currency), joining_minor=amount_of(form, "joining", currency),
        currency=currency, is_open=form.is_open.data, benefits=localized(form, "benefits"),
    )  # fmt: skip


def _filled(tier: Tier) -> dict[str, Any]:
    return {
        **pair_of("name", tier.name), **pair_of("description", tier.description),
        **pair_of("benefits", tier.benefits), "letter": tier.letter,
        "dues": f"{tier.dues.amount:f}", "joining": f"{tier.joining_fee.amount:f}", "period": tier.period.value,
        "months": tier.months, "opens_days": tier.opens_days, "grace_days": tier.grace_days,
        "referees": tier.referees, "is_open": tier.is_open, "version": tier.version,
        "rollover": f"{tier.rollover_month:02d}-{tier.rollover_day:02d}" if tier.rollover_month else "",
    }  # fmt: skip


_EMPTY = {
    "period": "rolling", "months": 12, "opens_days": 90, "grace_days": 60, "referees": 2, "is_open": True,
    "dues": "0", "joining": "0",
}  # fmt: skip


@office.route("/classes/new", methods=["GET", "POST"])
@access(member_page, at_desk)
def new_tier(page: MemberPage) -> Any:
    form = NewTierForm(data=_EMPTY)
    if form.validate_on_submit():
        position = len(all_tiers())
        made = form.attempt(
            lambda: create_tier(form.key.data, _rules(form, "CNY", position), actor=page.viewer.actor, at=g.now)
        )
        if made:
            notice(_("The class is set up."))
            return back(".tiers")
    return render_template("members/office/tier.html", page=page, form=form, tier=None), form.status


def _tier(viewer: Viewer, key: str) -> tuple[MemberPage, Tier]:
    page = member_page(viewer)
    found = db.session.scalar(select(Tier).where(Tier.key == key)) if page.standing.is_office else None
    if found is None:
        raise NotFound
    return page, found


@office.route("/classes/<key>", methods=["GET", "POST"])
@access(_tier, lambda subject: at_desk(subject[0]))
def tier(subject: tuple[MemberPage, Tier]) -> Any:
    page, found = subject
    form = TierForm(data=_filled(found))
    if form.validate_on_submit() and form.attempt(
        lambda: edit_tier(
            found, _rules(form, found.currency, found.position), version=form.seen_version, actor=page.viewer.actor,
            at=g.now,
        )
    ):  # fmt: skip
        notice(_("Saved. It holds for terms that begin from now on."))
        return back(".tiers")
    return render_template("members/office/tier.html", page=page, form=form, tier=found), form.status
