"""What an attendee sees: the tickets, the form, their own ticket and certificate."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, g, render_template, url_for
from sqlalchemy import select

from confsys.core.access import access
from confsys.core.db import db
from confsys.core.documents import qr_svg, set_pdf
from confsys.core.errors import Invalid
from confsys.core.formatting import tx
from confsys.core.forms import rows_pressed
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.names import PersonName
from confsys.core.pages import back, notice
from confsys.events.context import EventPage
from confsys.events.rules import may_see_event
from confsys.payments.models import Order
from confsys.registration.context import AttendeePage, attendee_page, by, holder, registration_page
from confsys.registration.forms import RegisterForm
from confsys.registration.operations import desk, registering
from confsys.registration.operations.registering import NewAttendee
from confsys.registration.queries import attendees as read
from confsys.registration.queries import catalogue
from confsys.registration.rules import may_register
from confsys.registration.views.blueprint import bp
from confsys.submissions.models import Submission


def _offers(page: EventPage) -> list[catalogue.Offer]:
    return catalogue.offers(page.event.id, current_app.extensions["settings"].currency, g.now)


@bp.get("/events/<slug>/registration/")
@access(registration_page, by(may_see_event))
def show(page: EventPage) -> str:
    return render_template(
        "registration/show.html", page=page, event=page.event, offers=_offers(page),
        mine=read.mine(page.viewer, page.event.id),
        words=read.WORDS, door=may_register(page.standing),
        member=catalogue.is_member(page.viewer.person_id, catalogue.day_of(page.event, g.now)),
    )  # fmt: skip


@bp.route("/events/<slug>/registration/new", methods=["GET", "POST"])
@access(registration_page, by(may_register))
def new(page: EventPage) -> Any:
    viewer, offers = page.viewer, [o for o in _offers(page) if o.on_sale]
    me = {
        "given": viewer.name.given, "family": viewer.name.family, "native": viewer.name.native, "email": viewer.email,
        "is_buyer": not read.mine(viewer, page.event.id),
    }  # fmt: skip
    form = RegisterForm(data={"people": [me]})
    pressed = rows_pressed(form)
    for entry in form.people.entries:
        entry.form.ticket.choices = [(o.id, f"{tx(o.name)}, {o.price.format(viewer.locale)}") for o in offers]
    if not pressed and form.validate_on_submit():
        order = form.attempt(lambda: _registered(page, form))
        if isinstance(order, Order):
            notice(_l("Your places are held. They are yours when the order is paid."))
            return back("payments.order", code=order.code)
    return render_template("registration/register.html", page=page, event=page.event, form=form), (
        200 if pressed else form.status
    )


def _registered(page: EventPage, form: RegisterForm) -> Order:
    actor = page.viewer.actor
    people = [_new(page, entry.form) for entry in form.people.entries]
    if sum(one.is_buyer for one in people) > 1:
        raise Invalid(_l("Only one of these people can be you."))
    return registering.register(page.event, actor.person_id or 0, people, actor=actor, at=g.now)


def _new(page: EventPage, row: Any) -> NewAttendee:
    name = PersonName(row.given.data or "", row.family.data or "", row.native.data or "")
    if not name:
        raise Invalid(_l("Everybody needs a name, in Latin letters, in their own script, or both."))
    paper = None
    if row.paper.data is not None:
        wanted = select(Submission.id).where(
            Submission.event_id == page.event.id, Submission.number == row.paper.data,
            Submission.authors.any(person_id=page.viewer.person_id),
        )  # fmt: skip
        paper = db.session.scalar(wanted)
        if paper is None:
            raise Invalid(_l("You have no paper number %(number)s at this event.", number=row.paper.data))
    return NewAttendee(
        row.ticket.data, name, row.email.data, row.organisation.data or "", is_buyer=row.is_buyer.data,
        submission_id=paper,
    )  # fmt: skip


def scan_address(page: AttendeePage) -> str:
    code = page.attendee.code
    return url_for(
        "registration.scanned", slug=page.event.slug, code=code, signature=desk.signature(code), _external=True
    )


@bp.get("/events/<slug>/registration/tickets/<code>")
@access(attendee_page, holder)
def ticket(page: AttendeePage) -> str:
    return render_template(
        "registration/ticket.html", page=page, event=page.event, attendee=page.attendee, words=read.WORDS
    )


@bp.get("/events/<slug>/registration/tickets/<code>/qr.svg")
@access(attendee_page, holder)
def qr(page: AttendeePage) -> Response:
    answer = Response(qr_svg(scan_address(page)), mimetype="image/svg+xml")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@bp.post("/events/<slug>/registration/tickets/<code>/certificate")
@access(attendee_page, holder)
def certificate(page: AttendeePage) -> Response:
    made = desk.certify(page.attendee, page.event, actor=page.viewer.actor, at=g.now)
    settings = current_app.extensions["settings"]
    address = url_for("registration.verified", code=made.code, _external=True)
    pdf = set_pdf(
        "registration/documents/attendance.typ",
        made.contents
        | {
            "number": made.number, "code": made.code, "verify": address, "qr": qr_svg(address),
            "date": made.issued_at.date().isoformat(),
            "issuer": {"en": settings.society_en, "zh": settings.society_zh, "address": settings.society_address},
        },
    )  # fmt: skip
    answer = Response(pdf, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{made.number}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
