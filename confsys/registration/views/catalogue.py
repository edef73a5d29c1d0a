"""The organisers' pages about what is sold: tickets, vouchers, rules, the waiting list."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app, g, render_template, url_for

from confsys.core.access import access
from confsys.core.errors import Invalid
from confsys.core.formatting import tx
from confsys.core.forms import localized, pair_of, select_choices
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.money import Money
from confsys.core.pages import back, notice
from confsys.core.stages import end_of_day
from confsys.events.context import EventPage
from confsys.events.options import keep_options
from confsys.registration.context import TicketPage, VoucherPage, by, registration_page, ticket_page, voucher_page
from confsys.registration.forms import VOUCHERS, RulesForm, TicketForm, VoucherForm
from confsys.registration.models import Ticket, Voucher
from confsys.registration.operations.catalogue import (
    Price,
    Terms,
    VoucherTerms,
    read_steps,
    save_ticket,
    save_voucher,
)
from confsys.registration.options import RegistrationOptions
from confsys.registration.queries import catalogue
from confsys.registration.queries import vouchers as read
from confsys.registration.queries import waiting as queue
from confsys.registration.rules import may_manage
from confsys.registration.states import Audience, TicketKind, VoucherKind
from confsys.registration.views.basket import currency
from confsys.registration.views.blueprint import bp


def money(minor: int) -> Money:
    return Money(minor, current_app.extensions["settings"].currency)


@bp.get("/events/<slug>/registration/tickets")
@access(registration_page, by(may_manage))
def tickets(page: EventPage) -> str:
    rows = catalogue.tickets_of(page.event.id)
    ids = [row.id for row in rows]
    return render_template(
        "registration/tickets.html", page=page, event=page.event, tickets=rows, taken=catalogue.taken(ids, g.now),
        waiting=catalogue.waiting(ids), money=money,
        price_of=lambda row: catalogue.price_of(row, Audience.ANYONE, g.now),
    )  # fmt: skip


@bp.route("/events/<slug>/registration/tickets/new", methods=["GET", "POST"])
@access(registration_page, by(may_manage))
def new_ticket(page: EventPage) -> Any:
    return _edit(page, None, TicketForm())


@bp.route("/events/<slug>/registration/catalogue/<code>", methods=["GET", "POST"])
@access(ticket_page, by(may_manage))
def edit_ticket(page: TicketPage) -> Any:
    row, zone = page.ticket, page.event.zone
    values: dict[str, Any] = {
        **pair_of("name", row.name), **pair_of("note", row.note), "code": row.code, "quota": row.quota,
        "version": row.version, "on_sale": row.on_sale, "hidden": row.hidden, "kind": row.kind.value,
        "members_first": row.members_first or None, "members_until": _day(row.members_until, zone),
    }  # fmt: skip
    for price in row.prices:
        early = price.audience is Audience.ANYONE and price.until is not None
        plain = {Audience.ANYONE: "regular", Audience.MEMBER: "member", Audience.STUDENT: "student"}
        values["early" if early else plain[price.audience]] = f"{money(price.amount).amount}"
        if early:
            values["until"] = _day(price.until, zone)
    return _edit(page, row, TicketForm(data=values))


def _day(moment: datetime | None, zone: str) -> Any:
    return moment.astimezone(ZoneInfo(zone)).date() if moment else None


def _edit(page: EventPage, row: Ticket | None, form: TicketForm) -> Any:
    if form.validate_on_submit() and form.attempt(lambda: _saved(page, row, form)):
        notice(_l("The ticket is saved."))
        return back(".tickets", slug=page.event.slug)
    return render_template(
        "registration/ticket_form.html", page=page, event=page.event, form=form, ticket=row
    ), form.status


def _saved(page: EventPage, row: Ticket | None, form: TicketForm) -> Ticket:
    zone = page.event.zone
    prices = [Price(Audience.ANYONE, _minor(form, "regular"))]
    if form.early.data:
        if form.until.data is None:
            raise Invalid(until=_l("Until which day does the early price hold?"))
        prices.append(Price(Audience.ANYONE, _minor(form, "early"), end_of_day(form.until.data, zone)))
    prices += [
        Price(audience, _minor(form, name))
        for audience, name in ((Audience.MEMBER, "member"), (Audience.STUDENT, "student"))
        if form[name].data
    ]
    until = form.members_until.data
    terms = Terms(
        TicketKind(form.kind.data), localized(form, "note"), form.members_first.data or 0,
        end_of_day(until, zone) if until else None, bool(form.hidden.data), bool(form.on_sale.data),
    )  # fmt: skip
    return save_ticket(
        page.event, row, form.code.data, localized(form, "name"), form.quota.data, prices, terms,
        version=form.seen_version or None, actor=page.viewer.actor, at=g.now,
    )  # fmt: skip


def _minor(form: Any, name: str) -> int:
    try:
        found = Money.parse(form[name].data, currency()).minor
    except ValueError as error:
        raise Invalid(**{name: _l("Please give an amount such as 1200.00.")}) from error
    if found < 0:
        raise Invalid(**{name: _l("A price cannot be less than nothing.")})
    return found


@bp.get("/events/<slug>/registration/vouchers")
@access(registration_page, by(may_manage))
def vouchers(page: EventPage) -> str:
    return render_template(
        "registration/vouchers.html", page=page, event=page.event, rows=read.of_event(page.event.id, g.now),
        words=VOUCHERS, money=money, why_not=lambda row: read.why_not(row, g.now),
    )  # fmt: skip


@bp.route("/events/<slug>/registration/vouchers/new", methods=["GET", "POST"])
@access(registration_page, by(may_manage))
def new_voucher(page: EventPage) -> Any:
    return _edit_voucher(page, None, VoucherForm())


@bp.route("/events/<slug>/registration/vouchers/<code>/edit", methods=["GET", "POST"])
@access(voucher_page, by(may_manage))
def edit_voucher(page: VoucherPage) -> Any:
    row, zone = page.voucher, page.event.zone
    amount = str(row.amount) if row.kind is VoucherKind.PERCENT else f"{money(row.amount).amount}"
    values = {
        "code": row.code, "kind": row.kind.value, "amount": "" if row.kind is VoucherKind.FREE else amount,
        "uses_max": row.uses_max, "begins": _day(row.begins, zone), "ends": _day(row.ends, zone),
        "tickets": list(row.ticket_ids), "note": row.note, "is_off": row.is_off, "version": row.version,
    }  # fmt: skip
    return _edit_voucher(page, row, VoucherForm(data=values))


def _edit_voucher(page: EventPage, row: Voucher | None, form: VoucherForm) -> Any:
    form.tickets.choices = select_choices((t.id, tx(t.name)) for t in catalogue.tickets_of(page.event.id))
    if row is not None:
        del form.code
    if form.validate_on_submit():
        saved = form.attempt(lambda: _saved_voucher(page, row, form))
        if saved is not None:
            notice(_l("The voucher is saved."))
            return back(".voucher", slug=page.event.slug, code=saved.code)
    return render_template(
        "registration/voucher_form.html", page=page, event=page.event, form=form, voucher=row
    ), form.status


def _saved_voucher(page: EventPage, row: Voucher | None, form: VoucherForm) -> Voucher:
    zone, kind = page.event.zone, VoucherKind(form.kind.data)
    amount = 0
    if kind is VoucherKind.AMOUNT:
        amount = _minor(form, "amount")
    elif kind is VoucherKind.PERCENT:
        text = (form.amount.data or "").rstrip("%").strip()
        amount = int(text) if text.isascii() and text.isdigit() else 0
    begins, ends = form.begins.data, form.ends.data
    terms = VoucherTerms(
        kind, amount, form.uses_max.data,
        datetime(begins.year, begins.month, begins.day, tzinfo=ZoneInfo(zone)) if begins else None,
        end_of_day(ends, zone) if ends else None, tuple(form.tickets.data or ()), form.note.data or "",
        bool(form.is_off.data),
    )  # fmt: skip
    code = "" if row is not None else form.code.data or ""
    return save_voucher(
        page.event, row, code, terms, version=form.seen_version or None, actor=page.viewer.actor, at=g.now
    )


@bp.get("/events/<slug>/registration/vouchers/<code>")
@access(voucher_page, by(may_manage))
def voucher(page: VoucherPage) -> str:
    """One code: what it does, who used it, and the address to give away."""
    row = page.voucher
    named = [t for t in catalogue.tickets_of(page.event.id) if t.id in row.ticket_ids]
    return render_template(
        "registration/voucher.html", page=page, event=page.event, voucher=row, used=read.used_by(row), named=named,
        words=VOUCHERS, money=money, uses=read.uses([row.id], g.now).get(row.id, 0), said=read.why_not(row, g.now),
        link=url_for(".show", slug=page.event.slug, voucher=row.code, _external=True),
    )  # fmt: skip


@bp.route("/events/<slug>/registration/rules", methods=["GET", "POST"])
@access(registration_page, by(may_manage))
def rules(page: EventPage) -> Any:
    """How long places are held, and what comes back to who cancels."""
    now = RegistrationOptions.of(page.event)
    form = RulesForm(
        data={
            "basket_minutes": now.basket_minutes, "pay_days": now.pay_days, "offer_hours": now.offer_hours,
            "cancel_steps": "\n".join(now.cancel_steps), "author_must_register": now.author_must_register,
            "version": page.event.version,
        }
    )  # fmt: skip
    if form.validate_on_submit() and form.attempt(lambda: _kept(page, now, form)):
        notice(_l("The rules are saved."))
        return back(".rules", slug=page.event.slug)
    return render_template("registration/rules.html", page=page, event=page.event, form=form), form.status


def _kept(page: EventPage, now: RegistrationOptions, form: RulesForm) -> None:
    new = replace(
        now, basket_minutes=form.basket_minutes.data, pay_days=form.pay_days.data, offer_hours=form.offer_hours.data,
        cancel_steps=read_steps(form.cancel_steps.data or ""),
        author_must_register=bool(form.author_must_register.data),
    )  # fmt: skip
    keep_options(page.event, new, version=form.seen_version or None, actor=page.viewer.actor, at=g.now)


@bp.get("/events/<slug>/registration/waiting")
@access(registration_page, by(may_manage))
def waiting_list(page: EventPage) -> str:
    return render_template(
        "registration/waiting.html", page=page, event=page.event, entries=queue.of_event(page.event.id)
    )
