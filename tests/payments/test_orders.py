"""Orders and money, from the price to the documents."""

from __future__ import annotations

from datetime import timedelta

import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from confsys.accounts.models import Person
from confsys.core import clock, queue
from confsys.core.actor import Actor
from confsys.core.appendonly import NeverChanged, guarded_tables
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.money import Money
from confsys.payments import providers
from confsys.payments.models import Document, LedgerEntry, Order
from confsys.payments.operations import documents, orders, paying, refunds
from confsys.payments.printing import set_document
from confsys.payments.providers.base import Forged, NoticeKind
from confsys.payments.providers.simulator import message
from confsys.payments.queries import ledger
from confsys.payments.signals import order_paid, order_refunded, order_reviving
from confsys.payments.states import DocumentKind, NoticeOutcome, OrderState
from tests import factories
from tests.payments.till import begin, pay, place, tell

EIGHT_DAYS = timedelta(days=8)


@pytest.fixture
def buyer(app: Flask) -> Person:
    return factories.person("Wei", "Zhang", "张伟")


def kinds(order: Order) -> list[str]:
    query = select(Document.kind).where(Document.order_id == order.id).order_by(Document.id)
    return [kind.value for kind in db.session.scalars(query)]


def test_a_paid_order_has_a_ledger_an_invoice_and_a_receipt(buyer: Person) -> None:
    heard: list[str] = []

    def listen(order: Order, **_more: object) -> None:
        heard.append(order.code)

    with order_paid.connected_to(listen):
        order = place(buyer, 120_00, 30_00)
        assert (order.total, ledger.balance(order)) == (150_00, 150_00)
        assert pay(order) is NoticeOutcome.APPLIED
    assert heard == [order.code]
    assert (order.state, ledger.balance(order)) == (OrderState.PAID, 0)
    assert sorted(kinds(order)) == ["invoice", "receipt"]


def test_the_same_message_twice_counts_once(buyer: Person) -> None:
    order = place(buyer, 50_00)
    payment = begin(order)
    assert tell(payment) is NoticeOutcome.APPLIED
    assert tell(payment) is NoticeOutcome.REPEATED
    assert tell(payment, notice="another name") is NoticeOutcome.REPEATED
    assert ledger.received(order) == 50_00


def test_a_forged_message_is_refused(buyer: Person) -> None:
    payment = begin(place(buyer, 50_00))
    headers, body = message("n1", NoticeKind.PAID, payment)
    with pytest.raises(Forged):
        providers.named("simulator").read(headers, body.replace(b"5000", b"1"), at=clock.now())


def test_another_amount_and_another_currency_are_seen(buyer: Person) -> None:
    order = place(buyer, 50_00)
    assert pay(order, 20_00) is NoticeOutcome.OTHER_AMOUNT
    assert (order.state, ledger.balance(order)) == (OrderState.OPEN, 30_00)
    rest = begin(order)
    assert rest.amount == 30_00
    assert tell(rest, notice="n2", currency="USD") is NoticeOutcome.OTHER_CURRENCY
    assert order.state is OrderState.OPEN
    assert tell(rest, 35_00, notice="n3") is NoticeOutcome.OTHER_AMOUNT
    assert (order.state, ledger.to_send_back(order)) == (OrderState.PAID, 5_00)
    refunds.send_back(order, actor=Actor(), at=clock.now())
    queue.drain()
    assert ledger.balance(order) == 0


def test_part_of_a_price_then_the_rest_is_taken_back(buyer: Person) -> None:
    heard: list[tuple[bool, tuple[int, ...]]] = []

    def listen(_order: Order, whole: bool, line_ids: tuple[int, ...], **_more: object) -> None:
        heard.append((whole, line_ids))

    order = place(buyer, 100_00, 40_00)
    pay(order)
    line = order.lines[1].id
    with order_refunded.connected_to(listen):
        refunds.take_back(order, 40_00, line_ids=[line], actor=Actor(), at=clock.now())
        assert order.state is OrderState.PAID
        refunds.take_back(order, 100_00, actor=Actor(), at=clock.now())
    assert heard == [(False, (line,)), (True, ())]
    assert order.state is OrderState.REFUNDED
    queue.drain()
    assert (ledger.balance(order), ledger.standing_price(order)) == (0, 0)
    assert documents.standing_invoice(order) is None
    with pytest.raises(Invalid):
        refunds.take_back(order, 1, actor=Actor(), at=clock.now())


def test_an_expired_order_lets_go_and_late_money_revives_it(buyer: Person) -> None:
    order = place(buyer, 60_00)
    payment = begin(order)
    with clock.frozen(clock.now() + EIGHT_DAYS):
        queue.drain()
        assert (factories.refreshed(order).state, ledger.balance(order)) == (OrderState.EXPIRED, 0)
        tell(payment)
    assert (factories.refreshed(order).state, ledger.balance(order)) == (OrderState.PAID, 0)


def test_late_money_for_what_is_gone_waits_to_be_sent_back(buyer: Person) -> None:
    def sold_out(_order: Order, **_more: object) -> None:
        raise Invalid("sold out")

    order = place(buyer, 60_00)
    payment = begin(order)
    with clock.frozen(clock.now() + EIGHT_DAYS), order_reviving.connected_to(sold_out):
        queue.drain()
        tell(payment)
    assert factories.refreshed(order).state is OrderState.EXPIRED
    assert ledger.to_send_back(order) == 60_00


def test_a_transfer_on_its_way_keeps_the_order_open_and_is_confirmed_with_what_came(buyer: Person) -> None:
    order = place(buyer, 60_00)
    payment = begin(order, "transfer")
    paying.claim(payment, None, "Linjiang University", actor=Actor(buyer.id), at=clock.now())
    with clock.frozen(clock.now() + EIGHT_DAYS):
        queue.drain()
    assert factories.refreshed(order).state is OrderState.OPEN
    version = factories.refreshed(payment).version
    paying.confirm(payment, Money(60_00, "CNY"), "", version=version, actor=Actor(), at=clock.now())
    assert order.state is OrderState.PAID


def test_a_free_order_is_paid_at_once_without_documents(buyer: Person) -> None:
    order = place(buyer, 0)
    assert order.state is OrderState.PAID
    assert kinds(order) == []


def test_a_changed_name_takes_the_invoice_back_and_issues_another(buyer: Person) -> None:
    order = place(buyer, 60_00)
    documents.ask_for_invoice(order, actor=Actor(buyer.id), at=clock.now())
    orders.bill_to(order, "Linjiang University", "1 Road", "", version=order.version, actor=Actor(), at=clock.now())
    assert kinds(order) == ["invoice", "credit_note", "invoice"]
    orders.cancel(order, actor=Actor(buyer.id), at=clock.now())
    assert documents.standing_invoice(order) is None
    numbers = [d.number for d in db.session.scalars(select(Document).where(Document.kind == DocumentKind.INVOICE))]
    assert [number[-6:] for number in numbers] == ["000001", "000002"]


def test_what_is_written_once_cannot_be_changed(buyer: Person) -> None:
    pay(place(buyer, 60_00))
    entry = db.session.scalars(select(LedgerEntry)).first()
    assert entry is not None
    entry.amount = 1
    with pytest.raises(NeverChanged):
        db.session.flush()
    db.session.rollback()
    filled = {"ledger_entry", "order_line", "payment_document", "provider_notice"}
    assert filled <= set(guarded_tables())
    for table in filled:
        for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError, match="never changed"):
                db.session.execute(text(statement))
            db.session.rollback()


def test_every_document_is_set_in_both_languages(buyer: Person) -> None:
    order = place(buyer, 60_00)
    pay(order)
    refunds.take_back(order, 60_00, actor=Actor(), at=clock.now())
    for document in db.session.scalars(select(Document)):
        words = pypdfium2.PdfDocument(set_document(document))[0].get_textpage().get_text_range()
        assert document.number in words
        assert document.code in words
        assert "合计" in words
        assert "张伟" in words
