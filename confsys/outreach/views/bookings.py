"""Sign-up, and the page of a party: its ticket, giving places back, feedback."""

from __future__ import annotations

from typing import Any

import segno
from flask import Response, g, render_template, url_for

from confsys.core.access import access, anyone
from confsys.core.decisions import Decision
from confsys.core.i18n import current_locale
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.limits import ACCOUNT, on_post
from confsys.core.pages import back, notice
from confsys.outreach import rules, signed
from confsys.outreach.context import ActivityPage, BookingPage, activity_page, booking_page, society_zone
from confsys.outreach.forms import BookingForm, FeedbackForm
from confsys.outreach.operations import bookings as operations
from confsys.outreach.operations.bookings import Party
from confsys.outreach.queries import activities
from confsys.outreach.states import BookingState
from confsys.outreach.views.blueprint import bp
from confsys.outreach.words import BOOKING_STATES


def _may_book(page: ActivityPage) -> Decision:
    return rules.may_book(page.standing)


def _may_say(page: BookingPage) -> Decision:
    activity = page.booking.activity
    return rules.may_give_feedback(page.booking.state, activity.state, activity.starts_at, g.now)


@bp.route("/activities/<activity>/sign-up", methods=["GET", "POST"])
@on_post(ACCOUNT)
@access(activity_page, _may_book)
def sign_up(page: ActivityPage) -> Any:
    viewer = page.viewer
    known = {"name": viewer.name.shown(current_locale()), "email": viewer.email} if viewer.signed_in else {}
    form = BookingForm(data={"adults": 1, "minors": 0, **known})
    if form.validate_on_submit():
        party = Party(
            name=form.name.data, email=form.email.data, adults=form.adults.data or 0, minors=form.minors.data or 0,
            group_name=form.group_name.data, guardian_name=form.guardian_name.data, locale=current_locale(),
            consented_on=g.now.date() if form.consent.data else None,
        )  # fmt: skip
        made = form.attempt(lambda: operations.book(page.activity, party, actor=viewer.actor, at=g.now))
        if made:
            return back(".booking", code=signed.code_of(signed.BOOKING, made.id))
    return render_template(
        "outreach/sign_up.html", activity=page.activity, form=form, zone=society_zone()
    ), form.status  # fmt: skip


@bp.get("/bookings/<code>")
@access(booking_page, anyone)
def booking(page: BookingPage) -> str:
    row = page.booking
    activity = row.activity
    return render_template(
        "outreach/booking.html", booking=row, activity=activity, code=page.code, zone=society_zone(),
        word=BOOKING_STATES[row.state], placed=row.state is BookingState.PLACED,
        leave=rules.may_cancel_booking(row.state, activity.starts_at, g.now), say=_may_say(page),
    )  # fmt: skip


@bp.get("/bookings/<code>/ticket.svg")
@access(booking_page, anyone)
def ticket(page: BookingPage) -> Response:
    """The code for the door. It opens a page on which only those at the door can press a button."""
    target = url_for(".check_in", code=signed.code_of(signed.TICKET, page.booking.id), _external=True)
    return Response(segno.make_qr(target, error="m").svg_inline(scale=6, border=2), mimetype="image/svg+xml")


@bp.post("/bookings/<code>/give-back")
@access(booking_page, lambda p: rules.may_cancel_booking(p.booking.state, p.booking.activity.starts_at, g.now))
def give_back(page: BookingPage) -> Any:
    operations.give_back(page.booking, actor=page.viewer.actor, at=g.now)
    notice(_l("Your places are given back. Thank you for telling us."))
    return back(".booking", code=page.code)


@bp.route("/bookings/<code>/feedback", methods=["GET", "POST"])
@access(booking_page, _may_say)
def feedback(page: BookingPage) -> Any:
    said = activities.feedback_of_booking(page.booking.id)
    values = {"rating": str(said.rating), "understood": str(said.understood), "comment": said.comment} if said else {}
    form = FeedbackForm(data=values)
    if form.validate_on_submit():
        operations.give_feedback(
            page.booking, rating=int(form.rating.data), understood=int(form.understood.data),
            comment=form.comment.data, actor=page.viewer.actor, at=g.now,
        )  # fmt: skip
        notice(_l("Thank you. It is read without your name."))
        return back(".booking", code=page.code)
    return render_template(
        "outreach/feedback.html", form=form, activity=page.booking.activity, code=page.code
    ), form.status  # fmt: skip
