"""At the door: the list, and the page a ticket opens."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template, request

from confsys.core.access import access
from confsys.core.decisions import Decision
from confsys.core.exporting import download
from confsys.core.i18n import gettext as _
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice
from confsys.outreach import rules, signed
from confsys.outreach.context import ActivityPage, TicketPage, activity_page, society_zone, ticket_page
from confsys.outreach.forms import ArrivedForm
from confsys.outreach.operations import bookings as operations
from confsys.outreach.queries import activities
from confsys.outreach.views.blueprint import bp
from confsys.outreach.words import BOOKING_STATES


def _may(page: ActivityPage) -> Decision:
    return rules.may_check_in(page.standing)


@bp.get("/activities/<activity>/door")
@access(activity_page, _may)
def door(page: ActivityPage) -> Any:
    rows = activities.bookings_of(page.activity)
    if request.args.get("format") in {"csv", "xlsx"}:
        return _export(page, rows)
    codes = {row.id: signed.code_of(signed.TICKET, row.id) for row in rows}
    return render_template(
        "outreach/door.html", activity=page.activity, rows=rows, codes=codes, words=BOOKING_STATES,
        arrived=activities.arrived_at(page.activity), zone=society_zone(), office=rules.is_office(page.viewer),
    )  # fmt: skip


def _export(page: ActivityPage, rows: list[activities.BookingRow]) -> Response:
    header = [_("Name"), _("Group"), _("Adults"), _("Children"), _("Guardian"), _("Consent"), _("State"), _("Arrived")]
    lines = [
        [r.name, r.group_name, r.adults, r.minors, r.guardian_name, r.consented_on, str(BOOKING_STATES[r.state][0]),
         r.arrived]
        for r in rows
    ]  # fmt: skip
    return download(request.args["format"], f"door-{page.activity.slug}", header, lines)


@bp.route("/check-in/<code>", methods=["GET", "POST"])
@access(ticket_page, lambda ticket: rules.may_check_in(ticket.page.standing))
def check_in(ticket: TicketPage) -> Any:
    booking = ticket.booking
    form = ArrivedForm(data={"arrived": booking.size if booking.arrived is None else booking.arrived})
    if form.validate_on_submit():
        actor = ticket.page.viewer.actor
        if form.attempt(lambda: operations.check_in(booking, form.arrived.data or 0, actor=actor, at=g.now)):
            notice(_l("Checked in."))
            return back(".door", activity=ticket.page.activity.slug)
    return render_template(
        "outreach/check_in.html",
        booking=booking,
        activity=booking.activity,
        form=form,
        word=BOOKING_STATES[booking.state],
    ), form.status
