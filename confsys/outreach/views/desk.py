"""The outreach office: activities from the plan to the report."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, g, render_template, request

from confsys.core.access import access, viewer_only
from confsys.core.errors import Invalid, StaleVersion
from confsys.core.forms import localized, pair_of
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.money import Money
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.events.states import Mode
from confsys.outreach import rules
from confsys.outreach.context import ActivityPage, activity_page, office, society_zone
from confsys.outreach.forms import ActivityForm, OutcomeForm, chosen, listed
from confsys.outreach.models import Activity
from confsys.outreach.operations import activities as operations
from confsys.outreach.operations import bookings
from confsys.outreach.operations.activities import Outcome, Plan
from confsys.outreach.queries import activities, duty, figures, speakers, volunteers
from confsys.outreach.states import ActivityKind, ActivityState, ThemeDay
from confsys.outreach.views.blueprint import bp
from confsys.outreach.words import ACTIVITY_STATES, GROUPS, KINDS, SHIFT_STATES
from confsys.outreach.years import year_of, year_span

PLAIN = ("version", "meeting_url", "takes_bookings", "planned_headcount", "volunteers_wanted", "checked_by")
TEXTS = ("title", "summary", "description", "city", "place", "hosts")


@bp.get("/office")
@access(viewer_only, rules.may_run)
def overview(viewer: Viewer) -> Any:
    found = activities.office_list.answer(activities.for_office(viewer))
    if isinstance(found, Response):
        return found
    year = year_of(g.now)
    return render_template(
        "outreach/office/overview.html", found=found, year=year, figures=figures.of_span(*year_span(year)),
        groups=GROUPS, waiting=len(speakers.requests(viewer)), reported=len(volunteers.reported(viewer)),
        articles=len(duty.reported(viewer)),
        zone=society_zone(),
    )  # fmt: skip


def _plan(form: ActivityForm) -> Plan:
    zone = ZoneInfo(society_zone())
    return Plan(
        kind=ActivityKind(form.kind.data), theme_day=ThemeDay(form.theme_day.data) if form.theme_day.data else None,
        target_groups=chosen(form, "target_groups"), mode=Mode(form.mode.data),
        starts_at=form.starts_at.data.replace(tzinfo=zone), ends_at=form.ends_at.data.replace(tzinfo=zone),
        meeting_url=form.meeting_url.data or "", takes_bookings=form.takes_bookings.data,
        volunteers_wanted=form.volunteers_wanted.data or 0, planned_headcount=form.planned_headcount.data,
        checked_by=form.checked_by.data or "", capacity=form.capacity.data, experts=listed(form.experts.data),
        **{name: localized(form, name) for name in TEXTS},
    )  # fmt: skip


def _filled(activity: Activity) -> dict[str, Any]:
    zone = ZoneInfo(society_zone())
    values: dict[str, Any] = {
        "kind": activity.kind.value, "theme_day": activity.theme_day.value if activity.theme_day else "",
        "target_groups": activity.target_groups, "mode": activity.mode.value, "capacity": activity.seats.capacity,
        "starts_at": activity.starts_at.astimezone(zone), "ends_at": activity.ends_at.astimezone(zone),
        "experts": ", ".join(expert.name for expert in activity.experts if expert.name),
        **{name: getattr(activity, name) for name in PLAIN},
    }  # fmt: skip
    for name in TEXTS:
        values |= pair_of(name, getattr(activity, name))
    return values


@bp.route("/office/activities/new", methods=["GET", "POST"])
@access(viewer_only, rules.may_run)
def new_activity(viewer: Viewer) -> Any:
    form = ActivityForm(data={"takes_bookings": True})
    if form.validate_on_submit():
        made = form.attempt(lambda: operations.plan_activity(_plan(form), actor=viewer.actor, at=g.now))
        if made:
            notice(_l("Written down. Nobody sees it until you announce it."))
            return back(".desk", activity=made.slug)
    return render_template("outreach/office/form.html", form=form, activity=None, zone=society_zone()), form.status


@bp.route("/office/activities/<activity>/edit", methods=["GET", "POST"])
@access(activity_page, office)
def edit_activity(page: ActivityPage) -> Any:
    row = page.activity
    form = ActivityForm(data=_filled(row))
    if form.validate_on_submit():
        saved = form.attempt(
            lambda: operations.change_activity(
                row, _plan(form), version=form.seen_version, actor=page.viewer.actor, at=g.now
            )
        )
        if saved:
            notice(_l("Saved."))
            return back(".desk", activity=row.slug)
    return render_template("outreach/office/form.html", form=form, activity=row, zone=society_zone()), form.status


def _desk(page: ActivityPage, form: OutcomeForm) -> tuple[str, int]:
    row = page.activity
    shifts = volunteers.shifts_at(row)
    return render_template(
        "outreach/office/desk.html", activity=row, form=form, said=activities.said_of(row), shifts=shifts,
        kinds=KINDS, states=ACTIVITY_STATES, shift_states=SHIFT_STATES, arrived=activities.arrived_at(row),
        experts=activities.expert_names(row), zone=society_zone(), begun=g.now >= row.starts_at,
        open_=row.state in {ActivityState.DRAFT, ActivityState.PUBLIC},
    ), form.status  # fmt: skip


def _outcome_form(row: Activity) -> OutcomeForm:
    cost = str(row.cost.amount) if row.cost_minor else ""
    known = {name: getattr(row, name) for name in ("version", "actual_headcount", "online_views")}
    return OutcomeForm(data={**known, "cost": cost, **pair_of("report", row.report)})


@bp.get("/office/activities/<activity>")
@access(activity_page, office)
def desk(page: ActivityPage) -> Any:
    form = _outcome_form(page.activity)
    if form.actual_headcount.data is None:
        form.actual_headcount.data = activities.arrived_at(page.activity) or None
    return _desk(page, form)


@bp.post("/office/activities/<activity>/<any(announce,call_off):verb>")
@access(
    lambda viewer, activity, verb: (activity_page(viewer, activity), verb),
    lambda subject: office(subject[0]),
)
def move(subject: tuple[ActivityPage, str]) -> Any:
    page, verb = subject
    row, actor = page.activity, page.viewer.actor
    text = request.form.get("version", "")
    seen = int(text) if text.isdigit() else 0
    try:
        if verb == "announce":
            operations.announce(row, version=seen, actor=actor, at=g.now)
            notice(_l("Announced: everybody can see it and sign up."))
        else:
            told = operations.call_off(row, version=seen, actor=actor, at=g.now)
            notice(_l("Cancelled. %(count)s parties were told by mail.", count=told))
    except StaleVersion:
        notice(
            _l("Somebody has changed the plan meanwhile. Look at it again; nothing was announced or cancelled."),
            "warning",
        )
    except Invalid as error:
        notice(str(error), "warning")
    return back(".desk", activity=row.slug)


@bp.post("/office/activities/<activity>/outcome")
@access(activity_page, office)
def outcome(page: ActivityPage) -> Any:
    row = page.activity
    form = _outcome_form(row)
    if form.validate_on_submit():
        try:
            cost = Money.parse(form.cost.data or "0", row.currency)
        except ValueError:
            form.cost.errors = [str(_l("Please write an amount such as 1200 or 1200.50."))]
            return _desk(page, form)
        told = Outcome(
            actual_headcount=form.actual_headcount.data, online_views=form.online_views.data, cost_minor=cost.minor,
            report=localized(form, "report"),
        )  # fmt: skip
        if form.attempt(
            lambda: operations.report_outcome(row, told, version=form.seen_version, actor=page.viewer.actor, at=g.now)
        ):
            notice(_l("Saved. It counts in the figures of the year."))
            return back(".desk", activity=row.slug)
    return _desk(page, form)


@bp.post("/office/forget")
@access(viewer_only, rules.may_run)
def forget(viewer: Viewer) -> Any:
    done = bookings.forget_names(actor=viewer.actor, at=g.now)
    notice(_l("Names were taken out of %(count)s old bookings.", count=done), "success" if done else "info")
    return back(".overview")
