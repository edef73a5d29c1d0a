"""A buyer's own orders: look, pay, announce a transfer, documents, 发票, cancel."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, g, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound

from confsys.core.access import access, signed_in, viewer_only
from confsys.core.errors import Invalid
from confsys.core.files import UploadRefused, receive, send
from confsys.core.files.sniffing import IMAGES, PDF
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.limits import UPLOAD, limiter
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.payments import providers, words
from confsys.payments.context import OrderPage, PartPage, by_standing, document_page, order_page, payment_page
from confsys.payments.forms import BillForm, ClaimForm, DuesBillForm, FapiaoForm
from confsys.payments.jobs import ensure_file
from confsys.payments.operations import documents, orders, paying
from confsys.payments.providers.base import NoticeKind, ProviderAway, ProviderRefused
from confsys.payments.providers.simulator import message
from confsys.payments.providers.transfer import account
from confsys.payments.queries import orders as read
from confsys.payments.rules import may_pay_order, may_see_order
from confsys.payments.views.blueprint import bp

SLIPS = IMAGES | {PDF}
seen, own = by_standing(may_see_order), by_standing(may_pay_order)


@bp.get("/orders")
@access(viewer_only, signed_in)
def mine(viewer: Viewer) -> str:
    return render_template("payments/mine.html", orders=read.of_buyer(viewer), words=words)


def show(page: OrderPage, status: int = 200, **forms: Any) -> tuple[str, int]:
    """The page of an order; a form that was refused comes back with what was typed."""
    shown = read.view_of(page.order)
    values = {
        "claim": ClaimForm(formdata=None), "bill": BillForm(formdata=None, data=_billed(page)),
        "fapiao": FapiaoForm(formdata=None, data={"email": page.viewer.email}),
        "dues_bill": DuesBillForm(formdata=None, data={"email": page.viewer.email}),
    } | forms  # fmt: skip
    return render_template(
        "payments/order.html", page=page, order=page.order, shown=shown, words=words, account=account(),
        providers=providers.offered(), named=providers.named, **values,
    ), status  # fmt: skip


def _billed(page: OrderPage) -> dict[str, Any]:
    return {"name": page.order.buyer.name.both, "version": page.order.version} | page.order.bill_to


@bp.get("/orders/<code>")
@access(order_page, seen)
def order(page: OrderPage) -> tuple[str, int]:
    return show(page)


@bp.post("/orders/<code>/pay")
@access(order_page, own)
def pay(page: OrderPage) -> Any:
    """Three steps, so that nothing is lost between them: our row, the provider's page, its address."""
    key = request.form.get("provider", "")
    if not any(one.key == key for one in providers.offered()):
        abort(400)
    here = url_for(".order", code=page.order.code, _external=True)
    payment = paying.start(page.order, key, actor=page.viewer.actor, at=g.now)
    try:
        begun = providers.named(key).begin(payment, back=here, at=g.now)
    except (ProviderAway, ProviderRefused):
        notice(
            _l("The payment service does not answer at the moment. Choose another way, or try again later."), "warning"
        )
        return back(".order", code=page.order.code)
    paying.keep_address(payment, begun.external_id, begun.address, at=g.now)
    return redirect(begun.address if begun.address != here else url_for(".order", code=page.order.code), code=303)


@bp.post("/orders/<code>/payments/<payment>/claim")
@limiter.limit(UPLOAD)
@access(payment_page, own)
def claim(page: PartPage) -> Any:
    form = ClaimForm()
    if form.validate_on_submit() and page.part.provider == "transfer":
        slip = None
        if form.slip.data:
            try:
                slip = receive(form.slip.data, allowed=SLIPS, actor=page.viewer.actor, at=g.now)
            except UploadRefused as error:
                form.blame(Invalid(slip=error.reason))
                return show(page, 422, claim=form)
        payer = form.payer.data or ""
        if form.attempt(lambda: paying.claim(page.part, slip, payer, actor=page.viewer.actor, at=g.now)):
            notice(_l("Thank you. The treasurer will look for the money and confirm it."))
            return back(".order", code=page.order.code)
    return show(page, 422, claim=form)


@bp.get("/orders/<code>/payments/<payment>/slip")
@access(payment_page, seen)
def slip(page: PartPage) -> Response:
    if page.part.slip is None:
        raise NotFound
    return send(page.part.slip, name=f"slip-{page.order.code}", inline=True)


@bp.post("/orders/<code>/cancel")
@access(order_page, own)
def cancel(page: OrderPage) -> Response:
    orders.cancel(page.order, actor=page.viewer.actor, at=g.now)
    notice(_l("The order is cancelled."))
    return back(".order", code=page.order.code)


@bp.post("/orders/<code>/invoice")
@access(order_page, own)
def invoice(page: OrderPage) -> Response:
    made = documents.ask_for_invoice(page.order, actor=page.viewer.actor, at=g.now)
    notice(_l("The invoice %(number)s is issued.", number=made.number))
    return back(".order", code=page.order.code)


@bp.post("/orders/<code>/bill-to")
@access(order_page, own)
def bill_to(page: OrderPage) -> Any:
    form = BillForm()
    if form.validate_on_submit() and form.attempt(
        lambda: orders.bill_to(
            page.order, form.name.data, form.address.data, form.tax_id.data, version=form.seen_version,
            actor=page.viewer.actor, at=g.now,
        )
    ):  # fmt: skip
        notice(_l("Saved. An invoice issued before was taken back and issued anew."))
        return back(".order", code=page.order.code)
    return show(page, form.status, bill=form)


@bp.get("/orders/<code>/documents/<number>.pdf")
@access(document_page, seen)
def document(page: PartPage) -> Response:
    return send(ensure_file(page.part).file, name=f"{page.part.number}.pdf", inline=True)


@bp.route("/orders/<code>/payments/<payment>/simulator", methods=["GET", "POST"])
@access(payment_page, own)
def simulator(page: PartPage) -> Any:
    """The page that a real provider would have: what shall happen with this payment?"""
    payment = page.part
    if payment.provider != "simulator" or providers.named("simulator").missing():
        raise NotFound
    if request.method == "GET":
        return render_template("payments/simulator.html", page=page, order=page.order, payment=payment)
    choice = request.form.get("choice")
    kind = NoticeKind.FAILED if choice == "fail" else NoticeKind.PAID
    amount = payment.amount // 2 if choice == "half" and payment.amount > 1 else None
    headers, body = message(f"{payment.code}-{kind.value}", kind, payment, amount=amount)
    provider = providers.named("simulator")
    told = provider.read(headers, body, at=g.now)
    if told is not None:
        paying.take_notice(provider.key, told, at=g.now)
    return back(".order", code=page.order.code)
