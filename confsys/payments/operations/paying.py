"""Payments: begun by a buyer, settled by a provider's message or by the treasurer."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.files import StoredFile
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.identifiers import new_code
from confsys.core.jobs import enqueue
from confsys.core.money import Money
from confsys.core.operation import expect_version, lock, operation
from confsys.payments.models import Order, Payment, ProviderNotice, Refund
from confsys.payments.operations import documents
from confsys.payments.operations.bookkeeping import enter, hold, move, note
from confsys.payments.operations.orders import complete, set_due
from confsys.payments.operations.refunds import settle_refund
from confsys.payments.providers.base import Notice, NoticeKind
from confsys.payments.queries import ledger
from confsys.payments.signals import order_reviving
from confsys.payments.states import PAYMENT_TRANSITIONS, EntryKind, NoticeOutcome, OrderState, PaymentState

LOOK_UP_JOB = "payments.look_up"
#: Minutes after which a payment that nobody told us about is asked for; the last time when Stripe's page has closed
#: (after a day) and when a bank debit, which takes days, has come.
ASK_AFTER = (15, 120, 1500, 7200)
#: How long an order stays open at least once its buyer heard that the transfer did not come.
AFTER_REJECTION = timedelta(days=2)


@operation
def start(order: Order, provider: str, *, actor: Actor, at: datetime) -> Payment:
    """Begin to pay what is still owed. A payment begun and not finished with the same provider is taken up again."""
    hold(order)
    owed = ledger.balance(order)
    if order.state is not OrderState.OPEN or owed <= 0:
        raise Invalid(_l("There is nothing to pay."))
    query = select(Payment).where(
        Payment.order_id == order.id, Payment.provider == provider, Payment.amount == owed,
        Payment.state.in_([PaymentState.STARTED, PaymentState.CLAIMED]),
    )  # fmt: skip
    found = db.session.scalar(query.order_by(Payment.id.desc()).limit(1))
    if found is not None:
        return found
    made = Payment(
        code=new_code(20), order_id=order.id, provider=provider, state=PaymentState.STARTED, amount=owed, created_at=at
    )
    db.session.add(made)
    db.session.flush()
    note("started", order, actor=actor, at=at, provider=provider)
    return made


@operation
def keep_address(payment: Payment, external_id: str, address: str, *, at: datetime) -> None:
    """The provider has a page for this payment. Not an event of the story: the person only went on.

    Its message may never come, so we shall ask by ourselves.
    """
    lock(payment)
    for minutes in ASK_AFTER:
        enqueue(LOOK_UP_JOB, key=f"payments.look-up:{payment.id}:{minutes}", actor=Actor(), at=at,
                not_before=at + timedelta(minutes=minutes), payment_id=payment.id)  # fmt: skip
    if payment.state is PaymentState.STARTED:
        payment.external_id, payment.address = external_id, address


@operation
def claim(payment: Payment, slip: StoredFile | None, payer: str, *, actor: Actor, at: datetime) -> None:
    """The buyer says that the transfer is on its way, best with the bank's slip."""
    hold(payment.order)
    lock(payment)
    _move(payment, PaymentState.CLAIMED)
    if slip is not None:
        db.session.add(slip)
        db.session.flush()
        payment.slip_id = slip.id
    payment.payer, payment.claimed_at = payer, at
    note("claimed", payment.order, actor=actor, at=at)


@operation
def confirm(payment: Payment, received: Money, remark: str, *, version: int | None, actor: Actor, at: datetime) -> None:
    """The treasurer has seen the money: ``received`` is what came, be it less or more than was asked."""
    hold(payment.order)
    expect_version(payment, version)
    if received.minor <= 0:
        raise Invalid(received=_l("How much came?"))
    if received.currency != payment.order.currency:
        raise Invalid(received=_l("The order is in another currency."))
    if payment.state is PaymentState.SUCCEEDED:
        raise Invalid(_l("This payment was confirmed already."))
    payment.note = remark
    _settle(payment, received.minor, actor=actor, at=at)


@operation
def reject(payment: Payment, remark: str, *, version: int | None, actor: Actor, at: datetime) -> None:
    """The money did not come. The order waited for it beyond its due date, so its buyer gets some days to answer."""
    order = payment.order
    hold(order)
    expect_version(payment, version)
    _move(payment, PaymentState.FAILED)
    payment.note = remark
    note("rejected", order, actor=actor, at=at)
    if order.state is OrderState.OPEN and order.due_at is not None and order.due_at < at + AFTER_REJECTION:
        set_due(order, at + AFTER_REJECTION, at=at)


@operation
def take_notice(provider: str, notice: Notice, *, at: datetime) -> NoticeOutcome:
    """Apply a provider's message that proved to be its own. The same message again changes nothing."""
    payment = db.session.scalar(select(Payment).where(Payment.code == notice.payment_code))
    if payment is not None and payment.provider == provider:
        hold(payment.order)  # twins of this message wait here
        lock(payment)
    known = select(ProviderNotice.id).where(
        ProviderNotice.provider == provider, ProviderNotice.notice_id == notice.id
    )  # fmt: skip
    if db.session.scalar(known) is not None:
        return NoticeOutcome.REPEATED
    outcome = NoticeOutcome.UNKNOWN
    if payment is not None and payment.provider == provider:
        outcome = _apply(payment, notice, at=at)
    money = notice.amount
    db.session.add(
        ProviderNotice(
            provider=provider, notice_id=notice.id, kind=notice.kind.value, received_at=at, outcome=outcome,
            payment_id=payment.id if payment else None, amount=money.minor if money else None,
            currency=money.currency if money else "",
        )
    )  # fmt: skip
    return outcome


def _apply(payment: Payment, notice: Notice, *, at: datetime) -> NoticeOutcome:
    actor = Actor()
    if notice.kind is NoticeKind.PAID:
        return _paid(payment, notice, actor=actor, at=at)
    if notice.kind is NoticeKind.FAILED:
        if PaymentState.FAILED not in PAYMENT_TRANSITIONS[payment.state]:
            return NoticeOutcome.REPEATED
        payment.state = PaymentState.FAILED
        return NoticeOutcome.APPLIED
    refund = db.session.scalar(select(Refund).where(Refund.code == notice.refund_code))
    if refund is None or refund.payment_id != payment.id:
        return NoticeOutcome.UNKNOWN
    return settle_refund(refund, external_id=notice.external_id, actor=actor, at=at)


def _paid(payment: Payment, notice: Notice, *, actor: Actor, at: datetime) -> NoticeOutcome:
    money = notice.amount
    if money is None or money.minor <= 0:
        return NoticeOutcome.UNKNOWN
    if money.currency != payment.order.currency:
        note("other_currency", payment.order, actor=actor, at=at, currency=money.currency)
        return NoticeOutcome.OTHER_CURRENCY
    if payment.state is PaymentState.SUCCEEDED:
        return NoticeOutcome.REPEATED
    payment.external_id = notice.external_id or payment.external_id
    asked = payment.amount
    _settle(payment, money.minor, actor=actor, at=at)
    return NoticeOutcome.APPLIED if money.minor == asked else NoticeOutcome.OTHER_AMOUNT


def _settle(payment: Payment, received: int, *, actor: Actor, at: datetime) -> None:
    """Money came: the ledger, a receipt, and the order if its price is covered."""
    order = payment.order
    _move(payment, PaymentState.SUCCEEDED)
    payment.received, payment.settled_at = received, at
    db.session.flush()
    enter(order, EntryKind.PAYMENT, -received, f"payment:{payment.id}", payment=payment, actor=actor, at=at)
    note("received", order, actor=actor, at=at, amount=received, asked=payment.amount)
    documents.issue_receipt(payment, at=at)
    if order.state is OrderState.EXPIRED and -ledger.balance(order) >= order.total:
        _revive(order, actor=actor, at=at)
    if order.state is OrderState.OPEN and ledger.balance(order) <= 0:
        complete(order, actor=actor, at=at)


def _revive(order: Order, *, actor: Actor, at: datetime) -> None:
    """Late money for an expired order: it counts if every seller can still deliver; else it waits to be sent back."""
    try:
        with db.session.begin_nested():
            move(order, OrderState.OPEN, at)
            order_reviving.send(order, actor=actor, at=at)
            times = len(ledger.entries(order))
            enter(order, EntryKind.CHARGE, order.total, f"charge:{order.id}:{times}", actor=actor, at=at)
            note("revived", order, actor=actor, at=at)
    except Invalid:
        db.session.refresh(order)
        note("too_late", order, actor=actor, at=at)


def _move(payment: Payment, to: PaymentState) -> None:
    if to not in PAYMENT_TRANSITIONS[payment.state]:
        raise Invalid(_l("This payment has changed in the meantime; please look at it again."))
    payment.state = to
