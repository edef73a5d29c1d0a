"""Placing an order, and letting go of one that was not paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.identifiers import new_code
from confsys.core.jobs import enqueue
from confsys.core.localized import LocalizedText
from confsys.core.operation import expect_version, operation
from confsys.payments import mails
from confsys.payments.models import Order, OrderLine, Payment
from confsys.payments.operations import documents
from confsys.payments.operations.bookkeeping import enter, hold, move, note
from confsys.payments.queries import ledger
from confsys.payments.signals import order_cancelled, order_expired, order_paid
from confsys.payments.states import EntryKind, FapiaoKind, OrderState, PaymentState

EXPIRE_JOB = "payments.expire"


@dataclass(frozen=True, slots=True)
class NewLine:
    """What is sold: words in both languages, the price of one in minor units, and the seller's own reference."""

    text: LocalizedText
    unit: int
    seller: str
    reference: str
    quantity: int = 1
    bill: FapiaoKind = FapiaoKind.FAPIAO


@operation
def place(
    buyer_id: int, lines: Sequence[NewLine], *, currency: str, event_id: int | None = None,
    due_at: datetime | None = None, bill_to: dict[str, Any] | None = None, actor: Actor, at: datetime,
) -> Order:  # fmt: skip
    """Place an order. One that costs nothing is paid at once; ``order_paid`` is then sent before this returns.

    What the seller holds for the order must be written before this is called, in the same operation. ``due_at`` is when
    an unpaid order expires; none: never. ``event_id`` says whose till it is: an event's, or the society's.
    """
    if not lines:
        raise Invalid(_l("There is nothing to order."))
    total = sum(line.unit * line.quantity for line in lines)
    if total < 0:
        raise Invalid(_l("An order cannot cost less than nothing."))
    order = Order(
        code=new_code(8), buyer_id=buyer_id, event_id=event_id, currency=currency, total=total, state=OrderState.OPEN,
        placed_at=at, due_at=due_at, bill_to=bill_to or {},
    )  # fmt: skip
    order.lines = [
        OrderLine(
            position=n, text=line.text, unit=line.unit, quantity=line.quantity, seller=line.seller,
            reference=line.reference, bill=line.bill,
        )
        for n, line in enumerate(lines)
    ]  # fmt: skip
    note("placed", order, actor=actor, at=at)
    enter(order, EntryKind.CHARGE, total, f"charge:{order.id}:1", actor=actor, at=at)
    if total == 0:
        complete(order, actor=actor, at=at)
        return order
    if due_at is not None:
        set_due(order, due_at, at=at)
    mails.placed(order, at=at)
    return order


def complete(order: Order, *, actor: Actor, at: datetime) -> None:
    """Its price is covered: say so to the buyer and to the sellers. Inside a running operation only."""
    move(order, OrderState.PAID, at)
    note("paid", order, actor=actor, at=at)
    if order.total:
        documents.ensure_invoice(order, at=at)
        mails.paid(order, at=at)
    order_paid.send(order, actor=actor, at=at)


@operation
def cancel(order: Order, *, version: int | None = None, actor: Actor, at: datetime) -> None:
    """Give up an order before it is paid. Money that came in part, or comes later, waits to be sent back."""
    hold(order)
    expect_version(order, version)
    if order.state is not OrderState.OPEN:
        raise Invalid(_l("Only an order that waits for its money can be cancelled."))
    _drop(order, OrderState.CANCELLED, actor=actor, at=at)
    note("cancelled", order, actor=actor, at=at)
    order_cancelled.send(order, actor=actor, at=at)


@operation
def expire(order: Order, *, at: datetime) -> bool:
    """Let go of an unpaid order whose time is up; not while a transfer for it waits to be looked at."""
    hold(order)
    if order.state is not OrderState.OPEN or order.due_at is None or at < order.due_at:
        return False
    claimed = select(Payment.id).where(Payment.order_id == order.id, Payment.state == PaymentState.CLAIMED)
    if db.session.scalar(claimed.limit(1)) is not None:
        return False
    actor = Actor()
    _drop(order, OrderState.EXPIRED, actor=actor, at=at)
    note("expired", order, actor=actor, at=at)
    mails.expired(order, at=at)
    order_expired.send(order, actor=actor, at=at)
    return True


def _drop(order: Order, to: OrderState, *, actor: Actor, at: datetime) -> None:
    move(order, to, at)
    price = ledger.standing_price(order)
    times = len(ledger.entries(order))
    enter(order, EntryKind.VOID, -price, f"void:{order.id}:{times}", actor=actor, at=at)
    documents.credit_standing_invoice(order, price, at=at)


@operation
def extend(order: Order, due_at: datetime, *, version: int | None, actor: Actor, at: datetime) -> None:
    """Give the buyer more time."""
    hold(order)
    expect_version(order, version)
    if order.state is not OrderState.OPEN:
        raise Invalid(_l("Only an order that waits for its money can be given more time."))
    if due_at <= at:
        raise Invalid(due_at=_l("This moment has passed."))
    set_due(order, due_at, at=at)
    note("extended", order, actor=actor, at=at)


def set_due(order: Order, due_at: datetime, *, at: datetime) -> None:
    """When an unpaid order expires. Inside a running operation only."""
    order.due_at = due_at
    enqueue(EXPIRE_JOB, key=f"expire:{order.id}:{due_at.isoformat()}", actor=Actor(), at=at, not_before=due_at,
            order_id=order.id)  # fmt: skip


@operation
def bill_to(
    order: Order, name: str, address: str, tax_id: str, *, version: int | None, actor: Actor, at: datetime
) -> None:
    """Who the invoice names. An invoice that stands is taken back by a credit note and issued anew."""
    hold(order)
    expect_version(order, version)
    order.bill_to = {"name": name, "address": address, "tax_id": tax_id}
    note("billed_to", order, actor=actor, at=at)
    documents.reissue_invoice(order, at=at)
