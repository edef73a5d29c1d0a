"""What the ledger says."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select

from confsys.core.db import db
from confsys.payments.models import LedgerEntry, Order, Refund
from confsys.payments.states import EntryKind, RefundState

#: Kinds of entries that say what the goods cost; the others say where the money is.
PRICE_KINDS = (EntryKind.CHARGE, EntryKind.VOID, EntryKind.CREDIT)


def _sum(order_id: int, kinds: Collection[EntryKind] | None = None) -> int:
    query = select(func.coalesce(func.sum(LedgerEntry.amount), 0)).where(LedgerEntry.order_id == order_id)
    if kinds is not None:
        query = query.where(LedgerEntry.kind.in_(kinds))
    return int(db.session.scalar(query) or 0)


def balance(order: Order) -> int:
    """What the buyer owes (positive) or is owed (negative), in minor units."""
    return _sum(order.id)


def standing_price(order: Order) -> int:
    """What the order costs now: its price less all that was voided or taken back."""
    return _sum(order.id, PRICE_KINDS)


def received(order: Order) -> int:
    return -_sum(order.id, [EntryKind.PAYMENT])


def to_send_back(order: Order) -> int:
    """What the buyer is owed beyond the refunds already decided."""
    decided = select(func.coalesce(func.sum(Refund.amount), 0)).where(
        Refund.order_id == order.id, Refund.state != RefundState.SENT
    )
    return max(0, -balance(order) - int(db.session.scalar(decided) or 0))


def entries(order: Order) -> list[LedgerEntry]:
    return list(
        db.session.scalars(select(LedgerEntry).where(LedgerEntry.order_id == order.id).order_by(LedgerEntry.id))
    )
