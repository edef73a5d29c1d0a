"""发票 and 会费票据: asked for by the buyer, made in an authority's system, recorded here.

They are two documents: fees get a 发票 of the tax authority, dues a 会费票据 of the treasury. What an order's lines
were sold as decides which of them its buyer may ask for, and over how much.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.files import StoredFile
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.money import Money
from confsys.core.operation import expect_version, lock, operation
from confsys.payments import credit_code
from confsys.payments.models import FapiaoRequest, Order
from confsys.payments.operations.bookkeeping import hold, note
from confsys.payments.queries import fapiao as read
from confsys.payments.queries import ledger
from confsys.payments.states import FAPIAO_TRANSITIONS, FapiaoKind, FapiaoState, FapiaoType, OrderState, TitleKind

#: Shown beside the code when its check digit does not fit; the buyer may say that it is right.
DOUBTFUL = _l("The check digit of this code does not fit. If it is right as it stands, tick the box below.")
#: What the authority wants of a unit before it issues a special VAT fapiao (专票).
SPECIAL_NEEDS = ("address", "unit_phone", "bank", "account")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the buyer asks for. ``details`` of a special one: see SPECIAL_NEEDS."""

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
    #: In minor units; None: all that is not covered yet. Offices ask for two over one order.
    amount: int | None = None
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Issued:
    """How the authority's system named what it issued. ``batch``: the 票据代码 of a 会费票据."""

    number: str
    on: date
    batch: str = ""


@operation
def request(order: Order, wanted: Wanted, *, actor: Actor, at: datetime) -> FapiaoRequest:
    """Ask for one over what was paid and is not yet covered by another."""
    hold(order)
    code = _checked_code(wanted)
    _check_special(wanted)
    if not wanted.title.strip():
        raise Invalid(title=_l("Whose name shall it carry?"))
    left = read.uncovered(order)[wanted.kind]
    if order.state is not OrderState.PAID or left <= 0:
        raise Invalid(_l("There is no paid amount that is not covered yet."))
    amount = left if wanted.amount is None else wanted.amount
    if not 0 < amount <= left:
        raise Invalid(amount=_l("At most %(amount)s is not covered yet.", amount=Money(left, order.currency).amount))
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
    absent = [key for key in SPECIAL_NEEDS if not str(wanted.details.get(key, "")).strip()]
    if absent:
        raise Invalid(**dict.fromkeys(absent, _l("A special VAT fapiao needs this.")))


def _move(row: FapiaoRequest, to: FapiaoState, version: int | None) -> None:
    lock(row)
    expect_version(row, version)
    if to not in FAPIAO_TRANSITIONS[row.state]:
        raise Invalid(_l("This request has been answered."))
    row.state = to


@operation
def issue(
    row: FapiaoRequest, issued: Issued, stored: StoredFile | None, *, version: int | None, actor: Actor, at: datetime
) -> None:
    """Record what the authority's system issued: its numbers, the date and, best, the file."""
    batch, number = _checked_numbers(row.kind, issued.batch, issued.number)
    hold(row.order)
    gone = read.covered(row.order) > ledger.standing_price(row.order)
    if gone and row.state is FapiaoState.REQUESTED:
        raise Invalid(_l("The price was taken back in the meantime. Decline this request; another may be asked for."))
    if stored is not None:
        db.session.add(stored)
        db.session.flush()
    _move(row, FapiaoState.ISSUED, version)
    row.batch, row.number, row.issued_on = batch, number, issued.on
    row.file_id = stored.id if stored is not None else None
    note("fapiao_issued", row.order, actor=actor, at=at)


def _checked_numbers(kind: FapiaoKind, batch: str, number: str) -> tuple[str, str]:
    """A 数电票 has 20 digits and no code beside it; a 会费票据 has a code of 8 digits and a number of 10."""
    batch, number = credit_code.normalized(batch), credit_code.normalized(number)
    if kind is FapiaoKind.FAPIAO:
        if not _digits(number, 20):
            raise Invalid(number=_l("A fapiao has a number of 20 digits."))
        return "", number
    if not _digits(batch, 8):
        raise Invalid(batch=_l("The code of a dues bill has 8 digits."))
    if not _digits(number, 10):
        raise Invalid(number=_l("The number of a dues bill has 10 digits."))
    return batch, number


def _digits(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdigit()


@operation
def decline(row: FapiaoRequest, reason: str, *, version: int | None, actor: Actor, at: datetime) -> None:
    if not reason.strip():
        raise Invalid(reason=_l("Please say why."))
    _move(row, FapiaoState.DECLINED, version)
    row.reason = reason.strip()
    note("fapiao_declined", row.order, actor=actor, at=at)


@operation
def reverse(row: FapiaoRequest, red: Issued, reason: str, *, version: int | None, actor: Actor, at: datetime) -> None:
    """An issued one cannot be voided: it is reversed by a red one (红冲), and another may then be asked for."""
    if red.number.strip() == row.number:
        raise Invalid(number=_l("The red one has a number of its own."))
    _batch, number = _checked_numbers(row.kind, red.batch, red.number)
    _move(row, FapiaoState.RED_REVERSED, version)
    row.red_number, row.reversed_on, row.reason = number, red.on, reason.strip()
    note("fapiao_reversed", row.order, actor=actor, at=at)
