"""From choosing tickets to the order: how many, who comes, what it costs."""

from __future__ import annotations

from typing import Any

from flask import current_app, g, render_template, request
from werkzeug.exceptions import NotFound

from confsys.core.access import access
from confsys.core.errors import Invalid, StaleVersion
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.money import Money
from confsys.core.pages import back, notice
from confsys.events.context import EventPage
from confsys.payments.models import Order
from confsys.registration.context import BasketPage, basket_page, by, owner, registration_page
from confsys.registration.forms import ChooseForm, ConfirmForm
from confsys.registration.models import Basket
from confsys.registration.operations import baskets
from confsys.registration.operations.lines import price
from confsys.registration.options import RegistrationOptions
from confsys.registration.places import Places
from confsys.registration.queries import attendees as read
from confsys.registration.queries import catalogue, vouchers
from confsys.registration.rules import may_register
from confsys.registration.states import BasketState
from confsys.registration.views.blueprint import bp

STEPS = (_l("Tickets"), _l("Who comes"), _l("Check and order"), _l("Pay"))


def currency() -> str:
    return str(current_app.extensions["settings"].currency)


def unlocked(event_id: int, code: str) -> list[int]:
    """Tickets that a voucher shows; none for one that does not hold."""
    found = vouchers.by_code(event_id, code) if code else None
    return list(found.ticket_ids) if found is not None and vouchers.why_not(found, g.now) is None else []


def steps(current: int) -> list[dict[str, Any]]:
    states = ["done"] * current + ["current"] + ["todo"] * (len(STEPS) - current - 1)
    return [{"label": label, "state": state} for label, state in zip(STEPS, states, strict=True)]


@bp.route("/events/<slug>/registration/new", methods=["GET", "POST"])
@access(registration_page, by(may_register))
def new(page: EventPage) -> Any:
    """How many of which ticket; their places are then held for some minutes."""
    has = read.has_place(page.event.id, page.standing.viewer.person_id or 0)
    asked = request.args.get("voucher", "")
    form = ChooseForm(data={"own": not has, "voucher": asked})
    code = form.voucher.data or ""
    offers = catalogue.offers(page.event.id, currency(), g.now, unlocked(page.event.id, code))
    offers = [offer for offer in offers if offer.on_sale and not offer.is_addon]
    member = catalogue.is_member(page.viewer.person_id, catalogue.day_of(page.event, g.now))
    wanted = {offer.id: _count(offer.id) for offer in offers}
    if form.validate_on_submit():
        basket = form.attempt(
            lambda: baskets.open_basket(
                page.event, page.viewer.person_id or 0, wanted, voucher_code=code, own=bool(form.own.data),
                actor=page.viewer.actor, at=g.now,
            )
        )  # fmt: skip
        if isinstance(basket, Basket):
            return back(".basket", slug=page.event.slug, code=basket.code)
    if request.method == "GET" and len(offers) == 1:
        wanted = {offers[0].id: 1}
    return render_template(
        "registration/choose.html", page=page, event=page.event, form=form, offers=offers, wanted=wanted,
        member=member, steps=steps(0), open=baskets.open_of(page.event.id, page.viewer.person_id or 0), most=10,
        addons=any(row.kind.value == "addon" and row.on_sale for row in catalogue.tickets_of(page.event.id)),
    ), form.status  # fmt: skip


def _count(ticket_id: int) -> int:
    text = request.form.get(f"count-{ticket_id}", "0").strip()
    return min(int(text), baskets.MOST + 1) if text.isascii() and text.isdigit() else 0


def _open(page: BasketPage) -> None:
    if page.basket.state is not BasketState.OPEN:
        raise Invalid(_l("This basket was ordered or given up. Please begin again."))


@bp.route("/events/<slug>/registration/baskets/<code>", methods=["GET", "POST"])
@access(basket_page, owner)
def basket(page: BasketPage) -> Any:
    """Who has the places, and what they book besides."""
    _open(page)
    if request.method == "GET":
        return _fill(page, Places.of(page), ConfirmForm(data={"version": page.basket.version}))
    form, places = ConfirmForm(), Places.posted(page)
    if form.validate_on_submit() and form.attempt(lambda: _described(page, places, form)):
        return back(".check", slug=page.event.slug, code=page.basket.code)
    return _fill(page, places, form)


def _described(page: BasketPage, places: Places, form: ConfirmForm) -> None:
    baskets.describe(
        page.basket, page.event, places.read(), version=form.seen_version or None, actor=page.viewer.actor, at=g.now
    )


def _fill(page: BasketPage, places: Places, form: ConfirmForm) -> tuple[str, int]:
    return render_template(
        "registration/basket.html", page=page, event=page.event, basket=page.basket, places=places, form=form,
        steps=steps(1), over=g.now >= page.basket.expires_at,
    ), (422 if places.sentences or form.form_errors else form.status)  # fmt: skip


@bp.route("/events/<slug>/registration/baskets/<code>/check", methods=["GET", "POST"])
@access(basket_page, owner)
def check(page: BasketPage) -> Any:
    """What it costs, line by line; then the order."""
    _open(page)
    priced = [price(row, page.basket.opened_at) for row in page.basket.attendees]
    form = ConfirmForm(data={"version": page.basket.version})
    if form.validate_on_submit():
        order = form.attempt(lambda: _ordered(page, form))
        if isinstance(order, Order):
            notice(_l("Your places are held. They are yours when the order is paid."))
            return back("payments.order", code=order.code)
    return render_template(
        "registration/check.html", page=page, event=page.event, basket=page.basket, priced=priced, form=form,
        money=lambda minor: Money(minor, currency()), total=Money(sum(one.total for one in priced), currency()),
        rules=RegistrationOptions.of(page.event), steps=steps(2), over=g.now >= page.basket.expires_at,
    ), form.status  # fmt: skip


def _ordered(page: BasketPage, form: ConfirmForm) -> Order | None:
    try:
        return baskets.check_out(
            page.basket, page.event, version=form.seen_version or None, actor=page.viewer.actor, at=g.now
        )
    except StaleVersion as error:
        raise Invalid(_l("The basket has changed in the meantime; please look at it again.")) from error


@bp.post("/events/<slug>/registration/baskets/<code>/leave")
@access(basket_page, owner)
def leave(page: BasketPage) -> Any:
    if page.basket.state is not BasketState.OPEN:
        raise NotFound
    baskets.leave(page.basket, actor=page.viewer.actor, at=g.now)
    notice(_l("The basket is given up; nothing was ordered."))
    return back(".show", slug=page.event.slug)
