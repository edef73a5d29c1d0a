"""Sums of a span for reports: from the ledger, and from what the paid orders sold."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, select

from confsys.core.db import db
from confsys.payments.models import LedgerEntry, Order, OrderLine, Payment
from confsys.payments.states import EntryKind, FapiaoKind, OrderState


@dataclass(frozen=True, slots=True)
class Figures:
    """In minor units of one currency. ``sold``: what the orders paid in the span cost, fees apart from dues."""

    orders: int = 0
    sold: dict[FapiaoKind, int] = field(default_factory=dict)
    received: int = 0
    taken_back: int = 0
    sent_back: int = 0
    #: Owed by buyers of open orders at this moment, whatever the span.
    open: int = 0
    by_provider: dict[str, int] = field(default_factory=dict)
    #: (year, month) -> money received.
    by_month: dict[tuple[int, int], int] = field(default_factory=dict)


def of_span(first: datetime, last: datetime, currency: str, *, event_id: int | None, zone: str) -> Figures:
    """From ``first`` to before ``last``; of one event, or of all tills. Four queries, however long the span."""
    entries: Any = select(LedgerEntry.kind, LedgerEntry.amount, LedgerEntry.at, Payment.provider)
    found = db.session.execute(
        _of(entries.outerjoin(Payment, Payment.id == LedgerEntry.payment_id), LedgerEntry, currency, event_id).where(
            LedgerEntry.at >= first, LedgerEntry.at < last,
            LedgerEntry.kind.in_([EntryKind.PAYMENT, EntryKind.CREDIT, EntryKind.REFUND]),
        )
    )  # fmt: skip
    sums = dict.fromkeys(EntryKind, 0)
    by_provider: dict[str, int] = {}
    by_month: dict[tuple[int, int], int] = {}
    for kind, amount, at, provider in found:
        sums[kind] += amount
        if kind is EntryKind.PAYMENT:
            by_provider[provider] = by_provider.get(provider, 0) - amount
            there = at.astimezone(ZoneInfo(zone))
            month = (there.year, there.month)
            by_month[month] = by_month.get(month, 0) - amount
    paid = _of(select(func.count()).select_from(Order), Order, currency, event_id)
    return Figures(
        orders=db.session.scalar(paid.where(Order.paid_at >= first, Order.paid_at < last)) or 0,
        sold=_sold(first, last, currency, event_id), received=-sums[EntryKind.PAYMENT],
        taken_back=-sums[EntryKind.CREDIT], sent_back=sums[EntryKind.REFUND], open=_open(currency, event_id),
        by_provider=by_provider, by_month=dict(sorted(by_month.items())),
    )  # fmt: skip


def _of(query: Select[Any], table: Any, currency: str, event_id: int | None) -> Select[Any]:
    query = query.where(table.currency == currency)
    return query if event_id is None else query.where(table.event_id == event_id)


def _sold(first: datetime, last: datetime, currency: str, event_id: int | None) -> dict[FapiaoKind, int]:
    query: Any = select(OrderLine.bill, func.sum(OrderLine.unit * OrderLine.quantity)).join(Order)
    paid = _of(query, Order, currency, event_id).where(Order.paid_at >= first, Order.paid_at < last)
    rows = db.session.execute(paid.group_by(OrderLine.bill))
    return dict.fromkeys(FapiaoKind, 0) | {row[0]: int(row[1]) for row in rows}


def _open(currency: str, event_id: int | None) -> int:
    query: Any = select(func.sum(LedgerEntry.amount)).join(Order, Order.id == LedgerEntry.order_id)
    return int(db.session.scalar(_of(query.where(Order.state == OrderState.OPEN), Order, currency, event_id)) or 0)
