"""A volunteer's own pages, and the office's roster."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from flask import Response, g, render_template, request
from werkzeug.exceptions import NotFound

from confsys.core.access import access, signed_in, viewer_only
from confsys.core.decisions import HIDDEN, Decision, allow_if
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.outreach import rules
from confsys.outreach.context import ActivityPage, ShiftPage, activity_page, shift_page, society_zone
from confsys.outreach.forms import HoursForm, VolunteerForm, listed
from confsys.outreach.models import Volunteer
from confsys.outreach.operations import volunteers as operations
from confsys.outreach.queries import volunteers
from confsys.outreach.states import ShiftState, VolunteerState
from confsys.outreach.views.blueprint import bp
from confsys.outreach.words import SHIFT_STATES, VOLUNTEER_STATES


def _own(page: ShiftPage) -> bool:
    return page.viewer.signed_in and page.shift.volunteer.person_id == page.viewer.person_id


def _may_report(page: ShiftPage) -> Decision:
    if not _own(page):
        return HIDDEN
    return rules.may_report_hours(page.shift.state, page.shift.activity.starts_at, g.now)


def _run(page: ShiftPage) -> Decision:
    return rules.may_run(page.viewer)


@bp.route("/volunteer", methods=["GET", "POST"])
@access(viewer_only, signed_in)
def volunteer(viewer: Viewer) -> Any:
    """Join the roster; afterwards one's own help and hours."""
    mine = volunteers.of_person(viewer.person_id)
    values = {"skills": ", ".join(mine.skills), "cities": ", ".join(mine.cities), "about": mine.about} if mine else {}
    form = VolunteerForm(data=values)
    if form.validate_on_submit() and viewer.person_id is not None:
        person_id = viewer.person_id
        saved = form.attempt(
            lambda: operations.join_roster(
                person_id, skills=listed(form.skills.data), cities=listed(form.cities.data),
                about=form.about.data or "", actor=viewer.actor, at=g.now,
            )
        )  # fmt: skip
        if saved:
            notice(_l("Saved.") if mine else _l("Thank you. The office looks at it and takes you on."))
            return back(".volunteer")
    return render_template(
        "outreach/volunteer.html", form=form, mine=mine, shifts=volunteers.shifts_of(mine) if mine else [],
        minutes=volunteers.minutes_of(mine) if mine else 0, states=VOLUNTEER_STATES, shift_states=SHIFT_STATES,
        zone=society_zone(), certificates=volunteers.certificates_of(mine) if mine else [],
    ), form.status  # fmt: skip


@bp.post("/activities/<activity>/help")
@access(activity_page, lambda page: rules.may_offer_help(page.standing))
def offer_help(page: ActivityPage) -> Any:
    if page.volunteer is None:
        raise NotFound
    operations.offer_help(page.volunteer, page.activity, actor=page.viewer.actor, at=g.now)
    notice(_l("Thank you. The office will answer soon."))
    return back(".activity", activity=page.activity.slug)


@bp.route("/shifts/<int:shift_id>/hours", methods=["GET", "POST"])
@access(shift_page, _may_report)
def report_hours(page: ShiftPage) -> Any:
    shift = page.shift
    known = {"hours": str(volunteers.hours(shift.minutes)), "task": shift.task} if shift.minutes else {}
    form = HoursForm(data=known)
    if form.validate_on_submit():
        minutes = _minutes(form.hours.data)
        if minutes is None:
            form.hours.errors = [str(_l("Please write hours as a number, such as 2.5."))]
        elif form.attempt(
            lambda: operations.report_hours(shift, minutes, form.task.data, actor=page.viewer.actor, at=g.now)
        ):
            notice(_l("Reported. The office approves it."))
            return back(".volunteer")
    return render_template("outreach/hours.html", form=form, shift=shift, zone=society_zone()), form.status


def _minutes(text: str) -> int | None:
    """Hours as people write them: 2, 2.5 or 2:30."""
    whole, colon, rest = text.replace("：", ":").partition(":")
    try:
        if colon:
            return int(whole) * 60 + int(rest)
        return int(Decimal(text.replace("，", ".").replace(",", ".")) * 60)
    except (InvalidOperation, ValueError, OverflowError):
        return None


@bp.post("/shifts/<int:shift_id>/withdraw")
@access(shift_page, lambda page: allow_if(_own(page)))
def withdraw_help(page: ShiftPage) -> Any:
    operations.withdraw_help(page.shift, actor=page.viewer.actor, at=g.now)
    notice(_l("The office knows that you cannot come."))
    return back(".volunteer")


@bp.get("/office/volunteers")
@access(viewer_only, rules.may_run)
def roster(viewer: Viewer) -> Any:
    found = volunteers.roster.answer(volunteers.for_office(viewer))
    if isinstance(found, Response):
        return found
    return render_template(
        "outreach/office/roster.html", found=found, reported=volunteers.reported(viewer), zone=society_zone()
    )


def _volunteer(viewer: Viewer, volunteer_id: int) -> tuple[Viewer, Volunteer]:
    found = volunteers.by_id(volunteer_id)
    if found is None:
        raise NotFound
    return viewer, found


@bp.post("/office/volunteers/<int:volunteer_id>/<any(take,rest):verb>")
@access(
    lambda viewer, volunteer_id, verb: (*_volunteer(viewer, volunteer_id), verb),
    lambda subject: rules.may_run(subject[0]),
)
def set_volunteer(subject: tuple[Viewer, Volunteer, str]) -> Any:
    viewer, found, verb = subject
    state = VolunteerState.ACTIVE if verb == "take" else VolunteerState.RESTING
    operations.set_volunteer(found, state, actor=viewer.actor, at=g.now)
    notice(_l("Saved."))
    return back(".roster")


@bp.post("/office/shifts/<int:shift_id>/<any(agree,decline):verb>")
@access(
    lambda viewer, shift_id, verb: (shift_page(viewer, shift_id), verb),
    lambda subject: _run(subject[0]),
)
def answer_help(subject: tuple[ShiftPage, str]) -> Any:
    page, verb = subject
    operations.answer_help(page.shift, agreed=verb == "agree", actor=page.viewer.actor, at=g.now)
    notice(_l("Saved."))
    return back(".desk", activity=page.shift.activity.slug)


@bp.post("/office/hours")
@access(viewer_only, rules.may_run)
def approve_hours(viewer: Viewer) -> Any:
    """Approve the chosen reports."""
    wanted = set(request.form.getlist("selected"))
    chosen = [
        shift for shift in volunteers.reported(viewer) if str(shift.id) in wanted and shift.state is ShiftState.REPORTED
    ]
    done = operations.approve_hours(chosen, actor=viewer.actor, at=g.now)
    notice(_l("%(count)s reports of hours approved.", count=done), "success" if done else "info")
    return back(".roster")
