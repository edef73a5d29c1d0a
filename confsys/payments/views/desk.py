"""The treasurer's desk."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template
from werkzeug.exceptions import NotFound

from confsys.core.access import access
from confsys.core.errors import Invalid
from confsys.core.files import UploadRefused, receive, send
from confsys.core.files.sniffing import IMAGES, PDF
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.limits import UPLOAD, limiter
from confsys.core.money import Money
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.payments import words
from confsys.payments.context import (
    OrderPage,
    PartPage,
    by_standing,
    fapiao_page,
    order_page,
    payment_page,
    refund_page,
)
from confsys.payments.forms import ConfirmForm, DeclineForm, IssueForm, RefundForm, RejectForm, ReverseForm
from confsys.payments.operations import fapiao, paying, refunds
from confsys.payments.queries import desk as read
from confsys.payments.queries import orders as order_queries
from confsys.payments.rules import may_handle_order, may_open_desk, may_see_order
from confsys.payments.standing import TillStanding, till_standing
from confsys.payments.views.blueprint import bp

handled, seen = by_standing(may_handle_order), by_standing(may_see_order)


def _till(viewer: Viewer) -> TillStanding:
    return till_standing(viewer)


def _list(listing: Any, query: Any, standing: TillStanding, part: str) -> Any:
    found = listing.answer(query)
    if isinstance(found, Response):
        return found
    return render_template(
        "payments/desk.html", found=found, part=part, words=words, transfers=read.transfers(standing),
        refunds=read.refunds_to_send(standing), fapiao=read.count_fapiao(standing),
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
    return _list(read.fapiao, read.all_fapiao(standing), standing, "fapiao")


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


@bp.route("/orders/<code>/fapiao/<int:request_id>", methods=["GET", "POST"])
@limiter.limit(UPLOAD)
@access(fapiao_page, handled)
def answer_fapiao(page: PartPage) -> Any:
    row = page.part
    form = IssueForm(data={"issued_on": g.now.date(), "version": row.version})
    if form.validate_on_submit() and form.attempt(lambda: _issue(page, form)):
        notice(_l("Recorded. The buyer finds it with the order."))
        return back(".fapiao_list")
    return _fapiao(page, form, form.status)


def _issue(page: PartPage, form: IssueForm) -> None:
    stored = None
    if form.file.data:
        try:
            stored = receive(form.file.data, allowed=IMAGES | {PDF}, actor=page.viewer.actor, at=g.now)
        except UploadRefused as error:
            raise Invalid(file=error.reason) from error
    fapiao.issue(
        page.part, form.number.data, form.issued_on.data, stored, version=form.seen_version, actor=page.viewer.actor,
        at=g.now,
    )  # fmt: skip


def _fapiao(page: PartPage, form: IssueForm, status: int = 200, **others: Any) -> tuple[str, int]:
    values = {
        "decline": DeclineForm(formdata=None, data={"version": page.part.version}),
        "reverse": ReverseForm(formdata=None, data={"version": page.part.version, "reversed_on": g.now.date()}),
    } | others
    return render_template(
        "payments/fapiao.html", page=page, order=page.order, row=page.part, form=form, words=words, **values
    ), status


@bp.post("/orders/<code>/fapiao/<int:request_id>/decline")
@access(fapiao_page, handled)
def decline_fapiao(page: PartPage) -> Any:
    form = DeclineForm()
    if form.validate_on_submit() and form.attempt(
        lambda: fapiao.decline(
            page.part, form.reason.data or "", version=form.seen_version, actor=page.viewer.actor, at=g.now
        )
    ):
        notice(_l("The buyer reads your reason with the order."))
        return back(".fapiao_list")
    return _fapiao(page, IssueForm(formdata=None), 422, decline=form)


@bp.post("/orders/<code>/fapiao/<int:request_id>/reverse")
@access(fapiao_page, handled)
def reverse_fapiao(page: PartPage) -> Any:
    form = ReverseForm()
    if form.validate_on_submit() and form.attempt(
        lambda: fapiao.reverse(
            page.part, form.red_number.data, form.reversed_on.data, form.reason.data or "", version=form.seen_version,
            actor=page.viewer.actor, at=g.now,
        )
    ):  # fmt: skip
        notice(_l("The reversal is recorded; another may be asked for."))
        return back(".fapiao_list")
    return _fapiao(page, IssueForm(formdata=None), 422, reverse=form)


@bp.get("/orders/<code>/fapiao/<int:request_id>/file")
@access(fapiao_page, seen)
def fapiao_file(page: PartPage) -> Response:
    if page.part.file is None:
        raise NotFound
    return send(page.part.file, name=f"fapiao-{page.part.number}", inline=True)
