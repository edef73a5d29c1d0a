"""发票 and 会费票据: the buyer asks, the treasurer records what the authority's system issued or reversed."""

from __future__ import annotations

from collections.abc import Callable
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
from confsys.payments import words
from confsys.payments.context import OrderPage, PartPage, by_standing, fapiao_page, order_page
from confsys.payments.forms import BillRequestForm, DeclineForm, DuesBillForm, FapiaoForm, IssueForm, ReverseForm
from confsys.payments.operations import fapiao
from confsys.payments.operations.fapiao import Issued, Wanted
from confsys.payments.rules import may_handle_order, may_pay_order, may_see_order
from confsys.payments.states import FapiaoKind, FapiaoType, TitleKind
from confsys.payments.views.blueprint import bp
from confsys.payments.views.buyer import show

own, handled, seen = by_standing(may_pay_order), by_standing(may_handle_order), by_standing(may_see_order)
LISTS = {FapiaoKind.FAPIAO: ".fapiao_list", FapiaoKind.DUES_BILL: ".dues_bills"}


@bp.post("/orders/<code>/fapiao")
@access(order_page, own)
def ask_fapiao(page: OrderPage) -> Any:
    form = FapiaoForm()

    def more() -> dict[str, Any]:
        type_ = FapiaoType(form.type.data)
        details = {name: form[name].data for name in fapiao.SPECIAL_NEEDS} if type_ is FapiaoType.SPECIAL else {}
        return {"type": type_, "item": form.item.data, "details": details}

    return _ask(page, form, FapiaoKind.FAPIAO, more, "fapiao")


@bp.post("/orders/<code>/dues-bill")
@access(order_page, own)
def ask_dues_bill(page: OrderPage) -> Any:
    def more() -> dict[str, Any]:
        return {"type": FapiaoType.ORDINARY, "item": words.DUES_ITEM}

    return _ask(page, DuesBillForm(), FapiaoKind.DUES_BILL, more, "dues_bill")


def _ask(
    page: OrderPage, form: BillRequestForm, kind: FapiaoKind, more: Callable[[], dict[str, Any]], name: str
) -> Any:
    if form.validate_on_submit() and form.attempt(
        lambda: fapiao.request(page.order, _wanted(form, kind, page, more()), actor=page.viewer.actor, at=g.now)
    ):
        notice(_l("Your request is with the treasurer."))
        return back(".order", code=page.order.code)
    return show(page, 422, **{name: form})


def _wanted(form: BillRequestForm, kind: FapiaoKind, page: OrderPage, more: dict[str, Any]) -> Wanted:
    amount = None
    if form.amount.data and form.amount.data.strip():
        try:
            amount = Money.parse(form.amount.data, page.order.currency).minor
        except ValueError as error:
            raise Invalid(amount=_l("Please give an amount such as 1200.00.")) from error
    return Wanted(
        kind=kind, title_kind=TitleKind(form.title_kind.data), title=form.title.data, email=form.email.data,
        credit_code=form.credit_code.data, code_confirmed=form.code_confirmed.data, phone=form.phone.data,
        remark=form.remark.data, amount=amount, **more,
    )  # fmt: skip


@bp.route("/orders/<code>/fapiao/<int:request_id>", methods=["GET", "POST"])
@limiter.limit(UPLOAD)
@access(fapiao_page, handled)
def answer_fapiao(page: PartPage) -> Any:
    form = IssueForm(data={"on": g.now.date(), "version": page.part.version})
    if form.validate_on_submit() and form.attempt(lambda: _issue(page, form)):
        notice(_l("Recorded. The buyer finds it with the order."))
        return back(LISTS[page.part.kind])
    return _answer_page(page, form, form.status)


def _issue(page: PartPage, form: IssueForm) -> None:
    stored = None
    if form.file.data:
        try:
            stored = receive(form.file.data, allowed=IMAGES | {PDF}, actor=page.viewer.actor, at=g.now)
        except UploadRefused as error:
            raise Invalid(file=error.reason) from error
    issued = Issued(form.number.data, form.on.data, form.batch.data or "")
    fapiao.issue(page.part, issued, stored, version=form.seen_version, actor=page.viewer.actor, at=g.now)


def _answer_page(page: PartPage, form: IssueForm, status: int = 200, **others: Any) -> tuple[str, int]:
    version = page.part.version
    values = {
        "decline": DeclineForm(formdata=None, data={"version": version}),
        "reverse": ReverseForm(formdata=None, data={"version": version, "on": g.now.date()}),
    } | others
    return render_template(
        "payments/fapiao.html", page=page, order=page.order, row=page.part, form=form, words=words,
        list_address=LISTS[page.part.kind], dues=page.part.kind is FapiaoKind.DUES_BILL, **values,
    ), status  # fmt: skip


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
        return back(LISTS[page.part.kind])
    return _answer_page(page, IssueForm(formdata=None), 422, decline=form)


@bp.post("/orders/<code>/fapiao/<int:request_id>/reverse")
@access(fapiao_page, handled)
def reverse_fapiao(page: PartPage) -> Any:
    form = ReverseForm()
    if form.validate_on_submit() and form.attempt(
        lambda: fapiao.reverse(
            page.part, Issued(form.number.data, form.on.data, form.batch.data or ""), form.reason.data or "",
            version=form.seen_version, actor=page.viewer.actor, at=g.now,
        )
    ):  # fmt: skip
        notice(_l("The reversal is recorded; another may be asked for."))
        return back(LISTS[page.part.kind])
    return _answer_page(page, IssueForm(formdata=None), 422, reverse=form)


@bp.get("/orders/<code>/fapiao/<int:request_id>/file")
@access(fapiao_page, seen)
def fapiao_file(page: PartPage) -> Response:
    if page.part.file is None:
        raise NotFound
    return send(page.part.file, name=f"fapiao-{page.part.number}", inline=True)
