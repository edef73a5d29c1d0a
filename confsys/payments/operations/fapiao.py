"""发票 and 会费票据: asked for by the buyer, made in the tax authority's system, recorded here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.files import StoredFile
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import expect_version, lock, operation
from confsys.payments import credit_code
from confsys.payments.models import FapiaoRequest, Order
from confsys.payments.operations.bookkeeping import hold, note
from confsys.payments.queries import ledger
from confsys.payments.states import FAPIAO_TRANSITIONS, FapiaoKind, FapiaoState, FapiaoType, OrderState, TitleKind

#: Shown beside the code when its check digit does not fit; the buyer may say that it is right.
DOUBTFUL = _l("The check digit of this code does not fit. If it is right as it stands, tick the box below.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the buyer asks for. ``details`` of a special one: address, phone, bank, account."""

    kind: FapiaoKind
    type: FapiaoType
    title_kind: TitleKind
    title: str
    email: str
    credit_code: str = ""
    code_confirmed: bool = False
    item: str = ""
    phone: str = ""
    remark: str = ""
    details: dict[str, Any] = field(default_factory=dict)


@operation
def request(order: Order, wanted: Wanted, *, actor: Actor, at: datetime) -> FapiaoRequest:
    """Ask for one over what was paid and is not yet covered by another."""
    hold(order)
    code = _checked_code(wanted)
    _check_special(wanted)
    if not wanted.title.strip():
        raise Invalid(title=_l("Whose name shall it carry?"))
    amount = min(ledger.standing_price(order), ledger.received(order)) - _covered(order)
    if order.state is not OrderState.PAID or amount <= 0:
        raise Invalid(_l("There is no paid amount that is not covered yet."))
    row = FapiaoRequest(
        order_id=order.id, kind=wanted.kind, type=wanted.type, state=FapiaoState.REQUESTED,
        title_kind=wanted.title_kind, title=wanted.title.strip(), credit_code=code,
        code_confirmed=bool(code) and not credit_code.checks(code), details=wanted.details, item=wanted.item,
        amount=amount, email=wanted.email, phone=wanted.phone, remark=wanted.remark, requested_at=at,
    )  # fmt: skip
    db.session.add(row)
    note("fapiao_requested", order, actor=actor, at=at)
    return row


def _checked_code(wanted: Wanted) -> str:
    code = credit_code.normalized(wanted.credit_code)
    if wanted.title_kind is TitleKind.PERSON:
        return ""
    if not credit_code.well_shaped(code):
        raise Invalid(
            credit_code=_l("This is not a 统一社会信用代码: 18 digits and capital letters without I, O, S, V, Z.")
        )
    if not credit_code.checks(code) and not wanted.code_confirmed:
        raise Invalid(credit_code=DOUBTFUL)
    return code


def _check_special(wanted: Wanted) -> None:
    if wanted.type is not FapiaoType.SPECIAL:
        return
    if wanted.kind is FapiaoKind.DUES_BILL or wanted.title_kind is TitleKind.PERSON:
        raise Invalid(type=_l("A special VAT fapiao is issued to units only, and never for dues."))
    if not all(str(wanted.details.get(key, "")).strip() for key in ("address", "phone", "bank", "account")):
        raise Invalid(details=_l("A special VAT fapiao needs registered address, telephone, bank and account."))


def _covered(order: Order) -> int:
    query = select(func.coalesce(func.sum(FapiaoRequest.amount), 0)).where(
        FapiaoRequest.order_id == order.id, FapiaoRequest.state.in_([FapiaoState.REQUESTED, FapiaoState.ISSUED])
    )
    return int(db.session.scalar(query) or 0)


def _move(row: FapiaoRequest, to: FapiaoState, version: int | None) -> None:
    lock(row)
    expect_version(row, version)
    if to not in FAPIAO_TRANSITIONS[row.state]:
        raise Invalid(_l("This request has been answered."))
    row.state = to


@operation
def issue(
    row: FapiaoRequest, number: str, issued_on: date, stored: StoredFile | None, *, version: int | None, actor: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """Record what the authority's system issued: number, date and, best, the file."""
    if not number.strip().isalnum():
        raise Invalid(number=_l("A fapiao has a number of digits."))
    _move(row, FapiaoState.ISSUED, version)
    if stored is not None:
        db.session.add(stored)
        db.session.flush()
        row.file_id = stored.id
    row.number, row.issued_on = number.strip(), issued_on
    note("fapiao_issued", row.order, actor=actor, at=at)


@operation
def decline(row: FapiaoRequest, reason: str, *, version: int | None, actor: Actor, at: datetime) -> None:
    if not reason.strip():
        raise Invalid(reason=_l("Please say why."))
    _move(row, FapiaoState.DECLINED, version)
    row.reason = reason.strip()
    note("fapiao_declined", row.order, actor=actor, at=at)


@operation
def reverse(
    row: FapiaoRequest,
    red_number: str,
    reversed_on: date,
    reason: str,
    *,
    version: int | None,
    actor: Actor,
    at: datetime,
) -> None:
    """An issued one cannot be voided: it is reversed by a red one (红冲), and another may then be asked for."""
    if not red_number.strip().isalnum():
        raise Invalid(red_number=_l("A red fapiao has a number of its own."))
    _move(row, FapiaoState.RED_REVERSED, version)
    row.red_number, row.reversed_on, row.reason = red_number.strip(), reversed_on, reason.strip()
    note("fapiao_reversed", row.order, actor=actor, at=at)
