"""Money of a span for reports: from the ledger, and from what the paid orders sold. Who paid stands nowhere here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from confsys.core.db import db
from confsys.payments.models import LedgerEntry, Order, OrderLine, Payment
from confsys.payments.states import EntryKind, FapiaoKind, OrderState

MOVED = (EntryKind.PAYMENT, EntryKind.CREDIT, EntryKind.REFUND)


@dataclass(frozen=True, slots=True)
class Sold:
    """A line of an order that was paid: a fee or dues."""

    order_id: int
    paid_at: datetime
    bill: FapiaoKind
    amount: int


@dataclass(frozen=True, slots=True)
class Moved:
    """Money that came, was taken off a price or went back; always counted upwards. ``provider``: how it came."""

    at: datetime
    kind: EntryKind
    provider: str
    amount: int


@dataclass(frozen=True, slots=True)
class Owed:
    """An order that is still to be paid."""

    placed_at: datetime
    due_at: datetime | None
    amount: int


@dataclass(frozen=True, slots=True)
class Till:
    """In minor units of ``currency``; of one event, or of all tills where ``event_id`` is None."""

    currency: str
    event_id: int | None

    def _of(self, query: Select[Any], table: Any) -> Select[Any]:
        query = query.where(table.currency == self.currency)
        return query if self.event_id is None else query.where(table.event_id == self.event_id)

    def orders_paid(self, first: datetime, last: datetime) -> list[Order]:
        query = self._of(select(Order), Order).where(Order.paid_at >= first, Order.paid_at < last)
        return list(db.session.scalars(query.order_by(Order.paid_at, Order.id)))

    def sold(self, orders: Sequence[Order]) -> list[Sold]:
        paid = {order.id: order.paid_at for order in orders if order.paid_at is not None}
        amount = OrderLine.unit * OrderLine.quantity
        query = select(OrderLine.order_id, OrderLine.bill, amount).where(OrderLine.order_id.in_(paid))
        rows = db.session.execute(query.order_by(OrderLine.order_id, OrderLine.position))
        return [Sold(order_id, paid[order_id], bill, int(value)) for order_id, bill, value in rows]

    def moved(self, first: datetime, last: datetime) -> list[Moved]:
        query: Any = select(LedgerEntry.at, LedgerEntry.kind, Payment.provider, LedgerEntry.amount)
        query = self._of(query.outerjoin(Payment, Payment.id == LedgerEntry.payment_id), LedgerEntry)
        query = query.where(LedgerEntry.at >= first, LedgerEntry.at < last, LedgerEntry.kind.in_(MOVED))
        rows = db.session.execute(query.order_by(LedgerEntry.at, LedgerEntry.id))
        return [Moved(at, kind, provider or "", abs(amount)) for at, kind, provider, amount in rows]

    def owed(self) -> list[Owed]:
        """What buyers owe at this moment, whatever the span."""
        balance = func.sum(LedgerEntry.amount)
        query: Any = select(Order.placed_at, Order.due_at, balance).join(LedgerEntry, LedgerEntry.order_id == Order.id)
        query = self._of(query, Order).where(Order.state == OrderState.OPEN)
        query = query.group_by(Order.id).having(balance != 0).order_by(Order.placed_at, Order.id)
        return [Owed(placed, due, int(amount)) for placed, due, amount in db.session.execute(query)]
