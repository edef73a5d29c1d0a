"""Demonstrations: what is shown when and where."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import g, render_template

from confsys.core.access import access
from confsys.core.decisions import Decision
from confsys.core.formatting import tx
from confsys.core.forms import select_choices
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice
from confsys.forum.context import DemoPage, ForumPage, demo_page, demos_page
from confsys.forum.forms import DemoForm, PlaceForm
from confsys.forum.operations import demos as operations
from confsys.forum.operations.demos import Shown
from confsys.forum.queries import needs
from confsys.forum.rules import needs as rules
from confsys.forum.states import DemoState
from confsys.forum.views.blueprint import bp
from confsys.forum.views.needs import may_post, may_see
from confsys.forum.views.shared import number_in
from confsys.forum.words import DEMO_STATES


@bp.get("/events/<slug>/demos")
@access(demos_page, may_see)
def demos(on: ForumPage) -> str:
    rows = needs.demos_of(on.event.id, runs=on.runs)
    return render_template(
        "forum/demos.html", event=on.event, placed=[d for d in rows if d.state is DemoState.PLACED],
        offered=[d for d in rows if d.state is not DemoState.PLACED], own=needs.own_demos(on.event.id, on.viewer),
        states=DEMO_STATES, door=may_post(on), runs=on.runs,
    )  # fmt: skip


def _form(on: ForumPage, **data: Any) -> DemoForm:
    form = DemoForm(data={"minutes": 20, **data})
    form.organisation.choices = select_choices([(str(number), tx(name)) for number, name in on.organisations])
    return form


def _shown(form: DemoForm) -> Shown:
    return Shown(
        number_in(form.organisation.data) or 0, form.title.data or "", form.description.data or "",
        form.wants.data or "", form.minutes.data or 0,
    )  # fmt: skip


@bp.route("/events/<slug>/demos/offer", methods=["GET", "POST"])
@access(demos_page, may_post)
def offer_demo(on: ForumPage) -> Any:
    form = _form(on)
    if form.validate_on_submit() and form.attempt(
        lambda: operations.offer_demo(
            on.event, _shown(form), standing=on.page.standing, actor=on.viewer.actor, at=g.now
        )
    ):
        notice(_l("Thank you. The organisers find a time and a place, and write to you."))
        return back(".demos", slug=on.event.slug)
    return render_template("forum/demo_form.html", event=on.event, form=form, demo=None), form.status


def _may_change(page: DemoPage) -> Decision:
    return rules.may_change_demo(page.on.page.standing, page.is_own, page.demo.state)


@bp.route("/events/<slug>/demos/<int:number>", methods=["GET", "POST"])
@access(demo_page, _may_change)
def edit_demo(page: DemoPage) -> Any:
    on, row = page.on, page.demo
    form = _form(
        on, organisation=str(row.organisation_id), title=row.title, description=row.description, wants=row.wants,
        minutes=row.minutes, version=row.version,
    )  # fmt: skip
    if form.validate_on_submit() and form.attempt(
        lambda: operations.change_demo(
            row, _shown(form), version=form.seen_version, standing=on.page.standing, actor=on.viewer.actor, at=g.now
        )
    ):
        notice(_l("Saved."))
        return back(".demos", slug=on.event.slug)
    return render_template("forum/demo_form.html", event=on.event, form=form, demo=row), form.status


@bp.post("/events/<slug>/demos/<int:number>/withdraw")
@access(demo_page, _may_change)
def withdraw_demo(page: DemoPage) -> Any:
    operations.withdraw_demo(page.demo, standing=page.on.page.standing, actor=page.on.viewer.actor, at=g.now)
    notice(_l("Your demonstration is withdrawn."))
    return back(".demos", slug=page.on.event.slug)


@bp.route("/events/<slug>/demos/<int:number>/place", methods=["GET", "POST"])
@access(demo_page, lambda page: rules.may_run(page.on.page.standing))
def place_demo(page: DemoPage) -> Any:
    """A time and a place in the event's own zone; both empty: not this time."""
    on, row, zone = page.on, page.demo, ZoneInfo(page.on.event.zone)
    day = on.event.starts_on
    first = datetime(day.year, day.month, day.day, 10, tzinfo=zone) if day else None
    begins = (row.starts_at or first or g.now).astimezone(zone).replace(tzinfo=None)
    form = PlaceForm(data={"starts_at": begins, "place": row.place})
    if form.validate_on_submit():
        starts_at = form.starts_at.data.replace(tzinfo=zone) if form.starts_at.data and form.place.data else None
        if form.attempt(
            lambda: operations.place_demo(
                row, starts_at, form.place.data or "", standing=on.page.standing, actor=on.viewer.actor, at=g.now
            )
        ):
            notice(_l("Saved. Whoever offered it is told."))
            return back(".demos", slug=on.event.slug)
    return render_template("forum/demo_place.html", event=on.event, form=form, demo=row), form.status
