"""From an address of the till to what it names, with the viewer's standing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.exceptions import NotFound

from confsys.core.db import db
from confsys.core.decisions import Decision
from confsys.core.viewer import Viewer
from confsys.payments.models import Document, FapiaoRequest, Order, Payment, Refund
from confsys.payments.standing import OrderStanding, order_standing


@dataclass(frozen=True, slots=True)
class OrderPage:
    order: Order
    standing: OrderStanding

    @property
    def viewer(self) -> Viewer:
        return self.standing.viewer


@dataclass(frozen=True, slots=True)
class PartPage(OrderPage):
    """A payment, refund, document or request of an order."""

    part: Any


def order_page(viewer: Viewer, code: str) -> OrderPage:
    query = select(Order).where(Order.code == code).options(
        selectinload(Order.lines), selectinload(Order.payments).joinedload(Payment.slip), selectinload(Order.refunds),
        joinedload(Order.buyer),
    )  # fmt: skip
    order = db.session.scalar(query)
    if order is None:
        raise NotFound
    return OrderPage(order, order_standing(viewer, order))


def _part(kind: type[Any], column: Any) -> Callable[..., PartPage]:
    def load(viewer: Viewer, code: str, **address: Any) -> PartPage:
        page = order_page(viewer, code)
        (wanted,) = address.values()
        found = db.session.scalar(select(kind).where(column == wanted, kind.order_id == page.order.id))
        if found is None:
            raise NotFound
        return PartPage(page.order, page.standing, found)

    return load


payment_page = _part(Payment, Payment.code)
refund_page = _part(Refund, Refund.code)
document_page = _part(Document, Document.number)
fapiao_page = _part(FapiaoRequest, FapiaoRequest.id)


def by_standing(rule: Callable[[OrderStanding], Decision]) -> Callable[[OrderPage], Decision]:
    return lambda page: rule(page.standing)
