"""The organisers' pages: who comes, and what is sold."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, g, render_template

from confsys.core.access import access
from confsys.core.errors import Invalid
from confsys.core.forms import localized
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.money import Money
from confsys.core.pages import back, notice
from confsys.core.stages import end_of_day
from confsys.events.context import EventPage
from confsys.registration.context import TicketPage, by, registration_page, ticket_page
from confsys.registration.forms import TicketForm
from confsys.registration.models import Ticket
from confsys.registration.operations.catalogue import Price, save_ticket
from confsys.registration.queries import attendees as read
from confsys.registration.queries import catalogue
from confsys.registration.rules import may_check_in, may_manage
from confsys.registration.states import Audience
from confsys.registration.views.blueprint import bp


@bp.get("/events/<slug>/registration/attendees")
@access(registration_page, by(may_check_in))
def attendees(page: EventPage) -> Any:
    found = read.attendees.answer(read.all_of(page.standing))
    if isinstance(found, Response):
        return found
    return render_template(
        "registration/attendees.html", page=page, event=page.event, found=found, words=read.WORDS,
        managing=bool(may_manage(page.standing)),
    )  # fmt: skip


@bp.get("/events/<slug>/registration/tickets")
@access(registration_page, by(may_manage))
def tickets(page: EventPage) -> str:
    rows = catalogue.tickets_of(page.event.id)
    currency = current_app.extensions["settings"].currency
    return render_template(
        "registration/tickets.html", page=page, event=page.event, tickets=rows,
        taken=catalogue.taken(row.id for row in rows), money=lambda minor: Money(minor, currency),
    )  # fmt: skip


@bp.route("/events/<slug>/registration/tickets/new", methods=["GET", "POST"])
@access(registration_page, by(may_manage))
def new_ticket(page: EventPage) -> Any:
    return _edit(page, None, TicketForm())


@bp.route("/events/<slug>/registration/catalogue/<code>", methods=["GET", "POST"])
@access(ticket_page, by(may_manage))
def edit_ticket(page: TicketPage) -> Any:
    row, currency = page.ticket, current_app.extensions["settings"].currency
    values: dict[str, Any] = {
        "name_en": row.name.en, "name_zh": row.name.zh, "code": row.code, "quota": row.quota, "version": row.version,
        "on_sale": row.on_sale,
    }  # fmt: skip
    for price in row.prices:
        early = price.audience is Audience.ANYONE and price.until is not None
        name = "member" if price.audience is Audience.MEMBER else "early" if early else "regular"
        values[name] = f"{Money(price.amount, currency).amount}"
        if early and price.until is not None:
            values["until"] = price.until.date()
    return _edit(page, row, TicketForm(data=values))


def _edit(page: EventPage, row: Ticket | None, form: TicketForm) -> Any:
    if form.validate_on_submit() and form.attempt(lambda: _saved(page, row, form)):
        notice(_l("The ticket is saved."))
        return back(".tickets", slug=page.event.slug)
    return render_template(
        "registration/ticket_form.html", page=page, event=page.event, form=form, ticket=row
    ), form.status


def _saved(page: EventPage, row: Ticket | None, form: TicketForm) -> Ticket:
    prices = [Price(Audience.ANYONE, _minor(form, "regular"))]
    if form.early.data:
        if form.until.data is None:
            raise Invalid(until=_l("Until which day does the early price hold?"))
        prices.append(Price(Audience.ANYONE, _minor(form, "early"), end_of_day(form.until.data, page.event.zone)))
    if form.member.data:
        prices.append(Price(Audience.MEMBER, _minor(form, "member")))
    return save_ticket(
        page.event, row, form.code.data, localized(form, "name"), form.quota.data, prices, on_sale=form.on_sale.data,
        version=form.seen_version or None, actor=page.viewer.actor, at=g.now,
    )  # fmt: skip


def _minor(form: TicketForm, name: str) -> int:
    try:
        found = Money.parse(form[name].data, current_app.extensions["settings"].currency).minor
    except ValueError as error:
        raise Invalid(**{name: _l("Please give an amount such as 1200.00.")}) from error
    if found < 0:
        raise Invalid(**{name: _l("A price cannot be less than nothing.")})
    return found
