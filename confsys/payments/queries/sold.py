"""What a selling room asks: which orders carry its lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from confsys.core.db import db
from confsys.payments.models import Order, OrderLine


def orders_of(seller: str, references: Collection[str]) -> dict[str, list[Order]]:
    """Reference -> the orders that carry it, oldest first; one query and one for their lines."""
    found: dict[str, list[Order]] = {reference: [] for reference in references}
    if not found:
        return found
    query = (
        select(OrderLine.reference, Order)
        .join(Order, Order.id == OrderLine.order_id)
        .where(OrderLine.seller == seller, OrderLine.reference.in_(list(found)))
        .options(selectinload(Order.lines))
        .order_by(Order.id)
    )
    for reference, order in db.session.execute(query):
        if order not in found[reference]:
            found[reference].append(order)
    return found


def own_lines(order: Order, seller: str) -> list[OrderLine]:
    """The lines of an order that a room sold."""
    return [line for line in order.lines if line.seller == seller]


def by_code(code: str) -> Order | None:
    return db.session.scalar(select(Order).where(Order.code == code).options(selectinload(Order.lines)))


def states_of(order_ids: Iterable[int]) -> dict[int, Order]:
    """Id -> Order, without lines; one query."""
    wanted = set(order_ids)
    return {row.id: row for row in db.session.scalars(select(Order).where(Order.id.in_(wanted)))} if wanted else {}
