"""Taking back a price, and sending money back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.identifiers import new_code
from confsys.core.jobs import enqueue
from confsys.core.operation import lock, operation
from confsys.payments import mails, providers
from confsys.payments.models import Order, Payment, Refund
from confsys.payments.operations import documents
from confsys.payments.operations.bookkeeping import enter, hold, move, note
from confsys.payments.queries import ledger
from confsys.payments.signals import order_refunded
from confsys.payments.states import EntryKind, NoticeOutcome, OrderState, PaymentState, RefundState

SEND_JOB = "payments.send_refund"


@operation
def take_back(
    order: Order, amount: int, *, line_ids: Sequence[int] = (), reason: str = "", actor: Actor, at: datetime
) -> list[Refund]:
    """Take back part or all of the price of a paid order: credit note, refunds, and word to the sellers.

    ``line_ids`` are the lines it is about; a seller stops delivering those. Without them it is a sum of money only,
    unless nothing of the price is left: then the order is refunded whole.
    """
    hold(order)
    price = ledger.standing_price(order)
    if order.state is not OrderState.PAID:
        raise Invalid(_l("Only a paid order can be refunded."))
    if amount < 0 or amount > price or (amount == 0 and price):
        raise Invalid(amount=_l("At most the price that still stands can be taken back."))
    unknown = set(line_ids) - {line.id for line in order.lines}
    if unknown:
        raise Invalid(_l("These lines are not part of the order."))
    times = len(ledger.entries(order))
    enter(order, EntryKind.CREDIT, -amount, f"credit:{order.id}:{times}", actor=actor, at=at)
    about = [line for line in order.lines if line.id in line_ids]
    documents.credit_standing_invoice(order, amount, lines=about, reason=reason, at=at)
    made = _refunds(order, amount, amount, line_ids, reason, actor=actor, at=at) if amount else []
    whole = amount == price
    if whole:
        move(order, OrderState.REFUNDED, at)
    note("refund_decided", order, actor=actor, at=at, amount=amount, reason=reason)
    order_refunded.send(
        order, refund=made[0] if made else None, whole=whole, line_ids=tuple(line_ids), actor=actor, at=at
    )
    return made


@operation
def send_back(order: Order, *, reason: str = "", actor: Actor, at: datetime) -> list[Refund]:
    """Decide to send back money that nothing is owed for: an over-payment, or one that came too late."""
    hold(order)
    amount = ledger.to_send_back(order)
    if not amount:
        raise Invalid(_l("There is no money to send back."))
    made = _refunds(order, amount, 0, (), reason, actor=actor, at=at)
    note("refund_decided", order, actor=actor, at=at, amount=amount, reason=reason)
    return made


def _refunds(
    order: Order, amount: int, credited: int, line_ids: Sequence[int], reason: str, *, actor: Actor, at: datetime
) -> list[Refund]:
    """Spread a sum over the payments it came by, the latest first; the first refund carries what was credited."""
    made: list[Refund] = []
    for payment, left in reversed(_left_of_payments(order)):
        part = min(left, amount)
        if part:
            made.append(_refund(order, payment, part, 0 if made else credited, line_ids, reason, actor=actor, at=at))
            amount -= part
    if amount:  # cannot be: nobody is owed more than came
        raise Invalid(_l("More would be sent back than came."))
    return made


def _left_of_payments(order: Order) -> list[tuple[Payment, int]]:
    spent = select(Refund.payment_id, func.sum(Refund.amount)).where(Refund.order_id == order.id)
    used = {payment_id: int(total) for payment_id, total in db.session.execute(spent.group_by(Refund.payment_id))}
    query = select(Payment).where(Payment.order_id == order.id, Payment.state == PaymentState.SUCCEEDED)
    return [(p, (p.received or 0) - used.get(p.id, 0)) for p in db.session.scalars(query.order_by(Payment.id))]


def _refund(
    order: Order, payment: Payment, amount: int, credited: int, line_ids: Sequence[int], reason: str, *, actor: Actor,
    at: datetime,
) -> Refund:  # fmt: skip
    made = Refund(
        code=new_code(20), order_id=order.id, payment_id=payment.id, state=RefundState.REQUESTED, amount=amount,
        credited=credited, line_ids=list(line_ids), reason=reason, requested_at=at,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    if providers.named(payment.provider).refunds:
        enqueue(SEND_JOB, key=f"payments.refund:{made.id}", actor=Actor(), at=at, refund_id=made.id)
    return made


@operation
def settle_refund(refund: Refund, *, external_id: str = "", actor: Actor, at: datetime) -> NoticeOutcome:
    """The money was sent back: by the provider, or by hand as the treasurer says."""
    hold(refund.order)
    lock(refund)
    if refund.state is RefundState.SENT:
        return NoticeOutcome.REPEATED
    refund.state, refund.sent_at = RefundState.SENT, at
    refund.external_id = external_id or refund.external_id
    enter(refund.order, EntryKind.REFUND, refund.amount, f"refund:{refund.id}", refund=refund, actor=actor, at=at)
    note("refund_sent", refund.order, actor=actor, at=at, amount=refund.amount)
    mails.refunded(refund, at=at)
    return NoticeOutcome.APPLIED


@operation
def fail_refund(refund: Refund, *, at: datetime) -> None:
    """The provider would not send it; the treasurer does it by hand."""
    hold(refund.order)
    lock(refund)
    if refund.state is RefundState.REQUESTED:
        refund.state = RefundState.FAILED
        note("refund_failed", refund.order, actor=Actor(), at=at, amount=refund.amount)
