"""One order with all that belongs to it, as its buyer or a treasurer reads it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from confsys.core.db import db
from confsys.core.money import Money
from confsys.core.viewer import Viewer
from confsys.payments.models import Document, FapiaoRequest, LedgerEntry, Order
from confsys.payments.queries import ledger
from confsys.payments.queries.fapiao import uncovered
from confsys.payments.states import EntryKind, FapiaoKind, OrderState


@dataclass(frozen=True, slots=True)
class OrderView:
    """``owed``: still to be paid (positive) or to be sent back (negative)."""

    order: Order
    price: Money
    received: Money
    owed: Money
    #: What came that nothing is owed for and no refund is decided for.
    to_send_back: Money
    entries: list[LedgerEntry]
    documents: list[Document]
    fapiao: list[FapiaoRequest]
    #: What may still be asked for of each kind of fiscal document.
    uncovered: dict[FapiaoKind, Money]

    @property
    def payable(self) -> bool:
        return self.order.state is OrderState.OPEN and self.owed.minor > 0


def view_of(order: Order) -> OrderView:
    entries = ledger.entries(order)

    def total(*kinds: EntryKind) -> Money:
        return Money(sum(e.amount for e in entries if not kinds or e.kind in kinds), order.currency)

    documents = select(Document).where(Document.order_id == order.id).order_by(Document.id)
    requests = select(FapiaoRequest).where(FapiaoRequest.order_id == order.id).order_by(FapiaoRequest.id)
    return OrderView(
        order, total(*ledger.PRICE_KINDS), -total(EntryKind.PAYMENT), total(),
        Money(ledger.to_send_back(order), order.currency), entries,
        list(db.session.scalars(documents)), list(db.session.scalars(requests)),
        {kind: Money(minor, order.currency) for kind, minor in uncovered(order).items()},
    )  # fmt: skip


def of_buyer(viewer: Viewer) -> list[Order]:
    """A person's own orders, the latest first."""
    if viewer.person_id is None:
        return []
    return list(db.session.scalars(select(Order).where(Order.buyer_id == viewer.person_id).order_by(Order.id.desc())))


def document_by_code(code: str) -> Document | None:
    """What the public check finds: whoever knows the code holds the paper."""
    return db.session.scalar(select(Document).where(Document.code == code.strip().upper()))
