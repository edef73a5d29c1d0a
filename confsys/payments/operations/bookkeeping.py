"""Entering things in the ledger and in the story; called by the other operations inside their transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import lock
from confsys.payments.models import LedgerEntry, Order, Payment, Refund
from confsys.payments.states import ORDER_TRANSITIONS, EntryKind, OrderState

#: Entries of the story that treasurers read, and nobody else.
SCOPE = "treasury"


def hold(order: Order) -> None:
    """Lock the order until the transaction ends: all that happens to one order happens one after the other."""
    lock(order)


def enter(
    order: Order, kind: EntryKind, amount: int, key: str, *, actor: Actor, at: datetime,
    payment: Payment | None = None, refund: Refund | None = None,
) -> None:  # fmt: skip
    """One entry of the ledger; an amount of nothing is no entry."""
    if amount == 0:
        return
    db.session.add(
        LedgerEntry(
            key=key, at=at, order_id=order.id, event_id=order.event_id, kind=kind, amount=amount,
            currency=order.currency, payment_id=payment.id if payment else None,
            refund_id=refund.id if refund else None, actor_id=actor.person_id,
        )
    )  # fmt: skip
    db.session.flush()


def move(order: Order, to: OrderState, at: datetime) -> None:
    if to not in ORDER_TRANSITIONS[order.state]:
        raise Invalid(_l("The order has changed in the meantime; please look at it again."))
    order.state = to
    if to is OrderState.PAID:
        order.paid_at = at
    order.ended_at = at if to in {OrderState.CANCELLED, OrderState.EXPIRED, OrderState.REFUNDED} else None


def note(action: str, order: Order, *, actor: Actor, at: datetime, **facts: Any) -> None:
    """An entry of the story, for treasurers."""
    record(
        f"payments.{action}", order, actor=actor, at=at, event_id=order.event_id, scope=SCOPE, order=order.code, **facts
    )
