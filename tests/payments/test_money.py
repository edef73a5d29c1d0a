"""Whatever happens in whatever order: ledger, orders and documents say the same."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from confsys.core import clock
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.payments.models import Document, Order, Payment, Refund
from confsys.payments.operations import documents, orders, paying, refunds
from confsys.payments.queries import ledger
from confsys.payments.states import DocumentKind, OrderState, PaymentState, RefundState
from tests import factories
from tests.conftest import NOW, _empty_database
from tests.payments.till import begin, place, tell

#: What may befall an order; a number chooses among payments and says how much.
BEFALLS = [
    "begin", "paid", "again", "half", "dollars", "cancel", "expire", "refund", "back", "sent", "bill",
]  # fmt: skip
STEPS = st.lists(st.tuples(st.sampled_from(BEFALLS), st.integers(0, 5)), max_size=9)


class Till:
    """One order, and beside it a model that adds up by itself what came, went back and is still the price."""

    def __init__(self) -> None:
        self.order: Order = place(factories.person(), 60_00, 40_00)
        self.came: dict[int, int] = {}
        self.sent: dict[int, int] = {}

    def step(self, what: str, n: int) -> None:
        try:
            getattr(self, f"_{what}")(n)
        except Invalid:
            db.session.rollback()

    def _payment(self, n: int) -> Payment | None:
        found = list(db.session.scalars(select(Payment).order_by(Payment.id)))
        return found[n % len(found)] if found else None

    def _begin(self, _n: int) -> None:
        begin(self.order)

    def _told(self, n: int, share: int = 1, notice: str = "n", currency: str = "") -> None:
        payment = self._payment(n)
        if payment is not None:
            amount = payment.amount // share
            fresh = payment.state is not PaymentState.SUCCEEDED and not currency
            tell(payment, amount, notice=notice, currency=currency)
            if fresh and db.session.get_one(Payment, payment.id).state is PaymentState.SUCCEEDED:
                self.came[payment.id] = amount

    def _paid(self, n: int) -> None:
        self._told(n)

    def _again(self, n: int) -> None:
        self._told(n, notice="other name")

    def _half(self, n: int) -> None:
        self._told(n, share=2, notice="half")

    def _dollars(self, n: int) -> None:
        self._told(n, notice="dollars", currency="USD")

    def _cancel(self, _n: int) -> None:
        orders.cancel(self.order, actor=Actor(), at=clock.now())

    def _expire(self, _n: int) -> None:
        orders.expire(self.order, at=clock.now() + timedelta(days=8))

    def _refund(self, n: int) -> None:
        refunds.take_back(self.order, min(20_00 * (n + 1), 100_00), actor=Actor(), at=clock.now())

    def _back(self, _n: int) -> None:
        refunds.send_back(self.order, actor=Actor(), at=clock.now())

    def _sent(self, n: int) -> None:
        found = list(db.session.scalars(select(Refund).order_by(Refund.id)))
        if found:
            refund = found[n % len(found)]
            refunds.settle_refund(refund, actor=Actor(), at=clock.now())
            self.sent[refund.id] = refund.amount

    def _bill(self, _n: int) -> None:
        documents.ask_for_invoice(self.order, actor=Actor(), at=clock.now())

    def check(self) -> None:
        order = db.session.get_one(Order, self.order.id, populate_existing=True)
        came, sent = sum(self.came.values()), sum(self.sent.values())
        price = ledger.standing_price(order)
        assert ledger.received(order) == came
        assert ledger.balance(order) == price - came + sent
        assert sent + self._waiting() <= came, "never more is sent back than came"
        assert (order.state is OrderState.PAID) <= (came - sent >= price > 0)
        assert (price > 0) == (order.state in {OrderState.OPEN, OrderState.PAID})
        assert self._issued(DocumentKind.RECEIPT) == came
        invoiced = self._issued(DocumentKind.INVOICE) - self._issued(DocumentKind.CREDIT_NOTE)
        assert invoiced in (0, price)
        assert order.state is not OrderState.PAID or invoiced == price

    def _waiting(self) -> int:
        return db.session.scalar(select(func.sum(Refund.amount)).where(Refund.state != RefundState.SENT)) or 0

    def _issued(self, kind: DocumentKind) -> int:
        return db.session.scalar(select(func.sum(Document.amount)).where(Document.kind == kind)) or 0


@settings(max_examples=25)
@given(steps=STEPS)
def test_ledger_orders_and_documents_agree(shared_app: Flask, steps: list[tuple[str, int]]) -> None:
    with shared_app.app_context(), clock.frozen(NOW):
        try:
            till = Till()
            for what, n in steps:
                till.step(what, n)
                till.check()
        finally:
            db.session.remove()
            _empty_database()


def test_paying_is_an_operation_of_the_order(app: Flask) -> None:
    """A payment of one order never settles another."""
    one, other = place(factories.person(), 10_00), place(factories.person(), 10_00)
    tell(begin(one))
    assert factories.refreshed(other).state is OrderState.OPEN
    assert paying.start(other, "simulator", actor=Actor(other.buyer_id), at=clock.now()).order_id == other.id
