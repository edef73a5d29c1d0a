"""How much of an order fiscal documents (发票, 会费票据) cover, and how much they still may."""

from __future__ import annotations

from sqlalchemy import func, select

from confsys.core.db import db
from confsys.payments.models import FapiaoRequest, Order
from confsys.payments.queries import ledger
from confsys.payments.states import FapiaoKind, FapiaoState

#: A request that waits covers its amount as one that was issued does.
COVERING = (FapiaoState.REQUESTED, FapiaoState.ISSUED)


def _covered_by_kind(order: Order) -> dict[FapiaoKind, int]:
    query = select(FapiaoRequest.kind, func.sum(FapiaoRequest.amount)).where(
        FapiaoRequest.order_id == order.id, FapiaoRequest.state.in_(COVERING)
    )
    return {kind: int(total) for kind, total in db.session.execute(query.group_by(FapiaoRequest.kind))}


def covered(order: Order) -> int:
    return sum(_covered_by_kind(order).values())


def uncovered(order: Order) -> dict[FapiaoKind, int]:
    """For each kind what its lines cost and no document covers; never more than was paid and still stands."""
    by_kind = _covered_by_kind(order)
    most = min(ledger.standing_price(order), ledger.received(order)) - sum(by_kind.values())
    return {
        kind: max(0, min(most, sum(line.amount for line in order.lines if line.bill is kind) - by_kind.get(kind, 0)))
        for kind in FapiaoKind
    }
