"""The treasurer's desk."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template, url_for

from confsys.core.access import access
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.money import Money
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.payments import providers, words
from confsys.payments.context import OrderPage, PartPage, by_standing, order_page, payment_page, refund_page
from confsys.payments.forms import ConfirmForm, RefundForm, RejectForm
from confsys.payments.operations import paying, refunds
from confsys.payments.queries import desk as read
from confsys.payments.queries import orders as order_queries
from confsys.payments.rules import may_handle_order, may_open_desk
from confsys.payments.standing import TillStanding, till_standing
from confsys.payments.states import FapiaoKind
from confsys.payments.views.blueprint import bp

handled = by_standing(may_handle_order)


def _till(viewer: Viewer) -> TillStanding:
    return till_standing(viewer)


def _list(listing: Any, query: Any, standing: TillStanding, part: str) -> Any:
    found = listing.answer(query)
    if isinstance(found, Response):
        return found
    return render_template(
        "payments/desk.html", found=found, part=part, words=words, transfers=read.transfers(standing),
        refunds=read.refunds_to_send(standing), overpaid=read.overpaid(standing), notices=read.odd_notices(standing),
        to_reverse=read.to_reverse(standing),
        waiting={kind.value: count for kind, count in read.count_requests(standing).items()},
    )  # fmt: skip


@bp.get("/treasury/")
@access(_till, may_open_desk)
def desk(standing: TillStanding) -> Any:
    return _list(read.orders, read.all_orders(standing), standing, "orders")


@bp.get("/treasury/ledger")
@access(_till, may_open_desk)
def ledger(standing: TillStanding) -> Any:
    return _list(read.entries, read.all_entries(standing), standing, "ledger")


@bp.get("/treasury/fapiao")
@access(_till, may_open_desk)
def fapiao_list(standing: TillStanding) -> Any:
    return _list(read.fapiao, read.all_requests(standing, FapiaoKind.FAPIAO), standing, "fapiao")


@bp.get("/treasury/dues-bills")
@access(_till, may_open_desk)
def dues_bills(standing: TillStanding) -> Any:
    return _list(read.dues_bills, read.all_requests(standing, FapiaoKind.DUES_BILL), standing, "dues")


@bp.get("/treasury/ways")
@access(_till, may_open_desk)
def ways(_standing: TillStanding) -> str:
    """Which ways to pay are ready, and what the others lack."""
    callback = url_for(".callback", provider="stripe", _external=True)
    return render_template("payments/ways.html", providers=providers.presented(), callback=callback)


@bp.route("/orders/<code>/payments/<payment>/confirm", methods=["GET", "POST"])
@access(payment_page, handled)
def confirm(page: PartPage) -> Any:
    payment, currency = page.part, page.order.currency
    form = ConfirmForm(data={"received": f"{payment.money.amount}", "version": payment.version})
    if form.validate_on_submit() and form.attempt(
        lambda: paying.confirm(
            payment, _money(form.received.data, currency, "received"), form.remark.data or "",
            version=form.seen_version, actor=page.viewer.actor, at=g.now,
        )
    ):  # fmt: skip
        notice(_l("The money is entered in the ledger."))
        return back(".order", code=page.order.code)
    return render_template(
        "payments/confirm.html", page=page, order=page.order, payment=payment, form=form
    ), form.status


def _money(text: str, currency: str, name: str) -> Money:
    try:
        return Money.parse(text, currency)
    except ValueError as error:
        raise Invalid(**{name: _l("Please give an amount such as 1200.00.")}) from error


@bp.post("/orders/<code>/payments/<payment>/reject")
@access(payment_page, handled)
def reject(page: PartPage) -> Response:
    form = RejectForm()
    paying.reject(page.part, form.remark.data or "", version=None, actor=page.viewer.actor, at=g.now)
    notice(_l("The buyer sees that the money has not come."))
    return back(".order", code=page.order.code)


@bp.route("/orders/<code>/refund", methods=["GET", "POST"])
@access(order_page, handled)
def refund(page: OrderPage) -> Any:
    shown, currency = order_queries.view_of(page.order), page.order.currency
    form = RefundForm(data={"amount": f"{shown.price.amount}"})
    if form.validate_on_submit() and form.attempt(
        lambda: refunds.take_back(
            page.order, _money(form.amount.data, currency, "amount").minor, reason=form.reason.data,
            actor=page.viewer.actor, at=g.now,
        )
    ):  # fmt: skip
        notice(_l("The refund is decided; a credit note is issued."))
        return back(".order", code=page.order.code)
    return render_template("payments/refund.html", page=page, order=page.order, shown=shown, form=form), form.status


@bp.post("/orders/<code>/send-back")
@access(order_page, handled)
def send_back(page: OrderPage) -> Response:
    refunds.send_back(page.order, actor=page.viewer.actor, at=g.now)
    notice(_l("The money will be sent back."))
    return back(".order", code=page.order.code)


@bp.post("/orders/<code>/refunds/<refund>/sent")
@access(refund_page, handled)
def refund_sent(page: PartPage) -> Response:
    refunds.settle_refund(page.part, actor=page.viewer.actor, at=g.now)
    notice(_l("Entered as sent."))
    return back(".order", code=page.order.code)
