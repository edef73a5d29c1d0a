"""What an attendee sees: the tickets, their own place, the waiting list, the certificate."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template, request, url_for

from confsys.core.access import access
from confsys.core.documents import qr_svg
from confsys.core.errors import Invalid
from confsys.core.files import send
from confsys.core.formatting import tx
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice
from confsys.events.answers import shown
from confsys.events.context import EventPage
from confsys.events.queries.parts import form_fields
from confsys.events.rules import may_see_event
from confsys.events.states import FormKind
from confsys.registration import signed
from confsys.registration.context import (
    AttendeePage,
    TicketPage,
    WaitingPage,
    attendee_page,
    by,
    holder,
    offer_page,
    registration_page,
    ticket_page,
    waiter,
    waiting_page,
)
from confsys.registration.jobs import ensure_certificate_file
from confsys.registration.operations import baskets, desk, waiting
from confsys.registration.options import RegistrationOptions
from confsys.registration.queries import attendees as read
from confsys.registration.queries import catalogue, vouchers
from confsys.registration.queries import waiting as queue
from confsys.registration.rules import may_register
from confsys.registration.signatures import signature
from confsys.registration.states import TicketKind
from confsys.registration.views.basket import currency, unlocked
from confsys.registration.views.blueprint import bp


@bp.get("/events/<slug>/registration/")
@access(registration_page, by(may_see_event))
def show(page: EventPage) -> str:
    code = request.args.get("voucher", "").strip()
    said = vouchers.why_not(vouchers.by_code(page.event.id, code), g.now) if code else None
    viewer = page.viewer
    return render_template(
        "registration/show.html", page=page, event=page.event, mine=read.mine(viewer, page.event.id),
        offers=catalogue.offers(page.event.id, currency(), g.now, unlocked(page.event.id, code)), words=read.WORDS,
        proofs=read.PROOFS, door=may_register(page.standing), voucher=code, voucher_said=said,
        member=catalogue.is_member(viewer.person_id, catalogue.day_of(page.event, g.now)),
        waiting=queue.of_person(viewer.person_id, page.event.id), rules=RegistrationOptions.of(page.event),
        basket=baskets.open_of(page.event.id, viewer.person_id) if viewer.person_id else None,
    )  # fmt: skip


@bp.get("/events/<slug>/registration/tickets/<code>")
@access(attendee_page, holder)
def ticket(page: AttendeePage) -> str:
    row = page.attendee
    answers = [
        (tx(field.label), shown(field, row.answers.get(field.key), page.viewer.locale))
        for field in form_fields(page.event.id, FormKind.REGISTRATION)
    ]
    group = row.buyer_id == page.viewer.person_id and row.person_id != page.viewer.person_id
    link = ""
    if group and row.state.value == "active" and row.person_id is None:
        link = url_for(".claim", token=signed.claim_code(row), _external=True)
    return render_template(
        "registration/ticket.html", page=page, event=page.event, attendee=row, words=read.WORDS, proofs=read.PROOFS,
        answers=[pair for pair in answers if pair[1]], link=link,
        has_addons=any(row.kind is TicketKind.ADDON and row.on_sale for row in catalogue.tickets_of(page.event.id)),
    )  # fmt: skip


@bp.get("/events/<slug>/registration/tickets/<code>/qr.svg")
@access(attendee_page, holder)
def qr(page: AttendeePage) -> Response:
    code = page.attendee.code
    address = url_for(".scanned", slug=page.event.slug, code=code, signature=signature(code), _external=True)
    answer = Response(qr_svg(address), mimetype="image/svg+xml")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@bp.post("/events/<slug>/registration/tickets/<code>/certificate")
@access(attendee_page, holder)
def certificate(page: AttendeePage) -> Response:
    made = desk.certify(page.attendee, page.event, actor=page.viewer.actor, at=g.now)
    return send(ensure_certificate_file(made), name=f"{made.number}.pdf")


@bp.post("/events/<slug>/registration/catalogue/<code>/wait")
@access(ticket_page, by(may_register))
def wait(page: TicketPage) -> Any:
    row = waiting.join(page.ticket, page.event, page.viewer.person_id or 0, actor=page.viewer.actor, at=g.now)
    if row.state.value == "offered":
        return back(".offer", token=signed.offer_code(row))
    notice(_l("You are on the waiting list. You are told by mail as soon as a place is free for you."))
    return back(".show", slug=page.event.slug)


@bp.post("/events/<slug>/registration/waiting/<int:entry_id>/leave")
@access(waiting_page, waiter)
def step_out(page: WaitingPage) -> Any:
    waiting.step_out(page.entry, actor=page.viewer.actor, at=g.now)
    notice(_l("You no longer wait for this ticket."))
    return back(".show", slug=page.event.slug)


@bp.route("/registration/offers/<token>", methods=["GET", "POST"])
@access(offer_page, waiter)
def offer(page: WaitingPage) -> Any:
    """A place that came free: the link shows it, the button takes it."""
    entry = page.entry
    error = ""
    if request.method == "POST":
        try:
            basket = baskets.open_basket(
                page.event, entry.person_id, {entry.ticket_id: 1}, offer=entry, actor=page.viewer.actor, at=g.now,
                own=not read.has_place(page.event.id, entry.person_id),
            )  # fmt: skip
        except Invalid as failed:
            error = str(failed)
        else:
            return back(".basket", slug=page.event.slug, code=basket.code)
    over = entry.state.value != "offered" or entry.offer_until is None or g.now > entry.offer_until
    return render_template(
        "registration/offer.html", page=page, event=page.event, entry=entry, token=page.code, over=over, error=error
    ), (422 if error else 200)
