"""The treasurer's pages, over HTTP: transfers, refunds, 发票 and 会费票据; and who must not see them."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from confsys.core import clock, queue
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.events.states import Role
from confsys.members.operations.paying import order_for
from confsys.payments.models import FapiaoRequest, Order, Payment, Refund
from confsys.payments.operations import orders, paying
from confsys.payments.operations.orders import NewLine
from confsys.payments.queries import ledger
from confsys.payments.queries.fapiao import uncovered
from confsys.payments.states import FapiaoKind, FapiaoState, OrderState, PaymentState, RefundState
from tests import factories
from tests.conftest import QueryCounter
from tests.members import make
from tests.payments.till import begin, pay, place, treasurer

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)
RIGHT, DOUBTFUL, MISSHAPEN = "91110000101623741K", "91310115MA1H8R7C6D", "91110000101623741I"
NUMBER, RED = "26110000000000000001", "26110000000000000002"


@pytest.fixture
def order(app: Flask) -> Order:
    return place(factories.person("Wei", "Zhang", "张伟"), 60_00, 40_00)


@pytest.fixture
def buyer(order: Order, app: Flask) -> FlaskClient:
    return factories.sign_in(app.test_client(), order.buyer)


@pytest.fixture
def desk(app: Flask) -> FlaskClient:
    return factories.sign_in(app.test_client(), treasurer())


def asked(**changes: Any) -> dict[str, Any]:
    return {
        "type": "ordinary", "title_kind": "unit", "title": "临江大学", "credit_code": RIGHT, "item": "会议费",
        "email": "office@example.org",
    } | changes  # fmt: skip


def request_of(order: Order) -> FapiaoRequest:
    query = select(FapiaoRequest).where(FapiaoRequest.order_id == order.id).order_by(FapiaoRequest.id.desc())
    found = db.session.scalars(query.execution_options(populate_existing=True)).first()
    assert found is not None
    return found


def ask(client: FlaskClient, order: Order, status: int = 303, **changes: Any) -> str:
    answer = client.post(f"/orders/{order.code}/fapiao", data=asked(**changes))
    assert answer.status_code == status, answer.text
    return answer.text


def test_a_transfer_from_slip_to_receipt(order: Order, buyer: FlaskClient, desk: FlaskClient) -> None:
    here = f"/orders/{order.code}"
    page = buyer.post(f"{here}/pay", data={"provider": "transfer"}, follow_redirects=True).text
    assert order.code in page
    (payment,) = db.session.scalars(select(Payment))
    claim = {"payer": "临江大学", "slip": (io.BytesIO(PNG), "slip.png")}
    assert buyer.post(f"{here}/payments/{payment.code}/claim", data=claim).status_code == 303
    db.session.expire_all()
    assert desk.get(f"{here}/payments/{payment.code}/slip").data == PNG
    assert "临江大学" in desk.get("/treasury/").text
    confirm = f"{here}/payments/{payment.code}/confirm"
    assert desk.get(confirm).status_code == 200
    version = factories.refreshed(payment).version
    refused = desk.post(confirm, data={"received": "many", "version": version})
    assert refused.status_code == 422
    assert "many" in refused.text
    assert desk.post(confirm, data={"received": "100.00", "version": version}).status_code == 303
    assert factories.refreshed(order).state is OrderState.PAID
    again = desk.post(confirm, data={"received": "100.00", "version": version})
    assert again.status_code in {409, 422}
    assert ledger.received(order) == 100_00


def test_part_of_a_transfer_leaves_the_rest_to_be_paid(order: Order, buyer: FlaskClient, desk: FlaskClient) -> None:
    payment = begin(order, "transfer")
    confirm = f"/orders/{order.code}/payments/{payment.code}/confirm"
    desk.post(confirm, data={"received": "70", "version": payment.version})
    assert factories.refreshed(order).state is OrderState.OPEN
    page = buyer.get(f"/orders/{order.code}").text
    assert "Part of the price has come" in page
    assert "CN¥30.00" in page
    buyer.post(f"/orders/{order.code}/pay", data={"provider": "transfer"})
    rest = db.session.scalars(select(Payment).order_by(Payment.id.desc())).first()
    assert rest is not None
    assert rest.amount == 30_00


def test_too_much_is_seen_and_sent_back(order: Order, desk: FlaskClient) -> None:
    payment = begin(order, "transfer")
    confirm = f"/orders/{order.code}/payments/{payment.code}/confirm"
    desk.post(confirm, data={"received": "120", "version": payment.version})
    assert "nothing is owed for" in desk.get(f"/orders/{order.code}").text
    assert "More came than is owed" in desk.get("/treasury/").text
    assert desk.post(f"/orders/{order.code}/send-back").status_code == 303
    (refund,) = db.session.scalars(select(Refund))
    assert (refund.amount, refund.state) == (20_00, RefundState.REQUESTED)
    assert "nothing is owed for" not in desk.get(f"/orders/{order.code}").text
    assert "More came than is owed" not in desk.get("/treasury/").text
    queue.drain()
    assert factories.refreshed(refund).state is RefundState.REQUESTED, "a bank transfer goes back by hand"
    assert desk.post(f"/orders/{order.code}/refunds/{refund.code}/sent").status_code == 303
    assert ledger.balance(order) == 0


def test_money_that_did_not_come(order: Order, buyer: FlaskClient, desk: FlaskClient) -> None:
    payment = begin(order, "transfer")
    buyer.post(f"/orders/{order.code}/payments/{payment.code}/claim", data={"payer": "X"})
    assert desk.post(f"/orders/{order.code}/payments/{payment.code}/reject").status_code == 303
    assert factories.refreshed(payment).state is PaymentState.FAILED
    assert "did not arrive" in buyer.get(f"/orders/{order.code}").text
    claim = {"payer": "Y"}
    assert buyer.post(f"/orders/{order.code}/payments/{payment.code}/claim", data=claim).status_code == 303


def test_a_transfer_that_never_came_does_not_hold_places_for_ever(order: Order, desk: FlaskClient) -> None:
    """Announced before the due date and rejected after it: the buyer gets two more days, and no more."""
    payment = begin(order, "transfer")
    paying.claim(payment, None, "X", actor=Actor(order.buyer_id), at=clock.now())
    with clock.frozen(clock.now() + timedelta(days=9)):
        queue.drain()
        assert factories.refreshed(order).state is OrderState.OPEN
        desk.post(f"/orders/{order.code}/payments/{payment.code}/reject")
        queue.drain()
        assert factories.refreshed(order).state is OrderState.OPEN
    with clock.frozen(clock.now() + timedelta(days=12)):
        queue.drain()
    assert factories.refreshed(order).state is OrderState.EXPIRED


def test_a_refund_in_part_and_whole(order: Order, desk: FlaskClient) -> None:
    pay(order)
    here = f"/orders/{order.code}/refund"
    assert desk.get(here).status_code == 200
    for wrong in ("", "0", "100.01", "-1"):
        assert desk.post(here, data={"amount": wrong, "reason": "ill"}).status_code == 422
    assert desk.post(here, data={"amount": "40", "reason": "ill"}).status_code == 303
    assert (factories.refreshed(order).state, ledger.standing_price(order)) == (OrderState.PAID, 60_00)
    assert desk.post(here, data={"amount": "60", "reason": "ill"}).status_code == 303
    assert factories.refreshed(order).state is OrderState.REFUNDED
    queue.drain()
    assert ledger.balance(order) == 0


def test_a_fapiao_from_request_to_its_red_one(order: Order, buyer: FlaskClient, desk: FlaskClient) -> None:
    pay(order)
    ask(buyer, order)
    row = request_of(order)
    assert (row.amount, row.item, row.state) == (100_00, "会议费", FapiaoState.REQUESTED)
    assert "临江大学" in desk.get("/treasury/fapiao").text
    assert "临江大学" not in desk.get("/treasury/dues-bills").text
    here = f"/orders/{order.code}/fapiao/{row.id}"
    for wrong in ("", "123", "2611000000000000000X"):
        assert desk.post(here, data={"number": wrong, "on": "2026-03-11", "version": row.version}).status_code == 422
    issued = {"number": NUMBER, "on": "2026-03-11", "version": row.version, "file": (io.BytesIO(PNG), "f.png")}
    assert desk.post(here, data=issued).status_code == 303
    page = buyer.get(f"/orders/{order.code}").text
    assert NUMBER in page
    assert buyer.get(f"{here}/file").data == PNG
    assert "Ask for a fapiao" not in page, "all is covered"
    ask(buyer, order, 422)
    row = request_of(order)
    same = {"number": NUMBER, "on": "2026-03-12", "version": row.version}
    assert desk.post(f"{here}/reverse", data=same).status_code == 422
    red = {"number": RED, "on": "2026-03-12", "version": row.version, "reason": "wrong title"}
    assert desk.post(f"{here}/reverse", data=red).status_code == 303
    assert desk.post(f"{here}/reverse", data=red).status_code in {409, 422}
    assert (request_of(order).state, request_of(order).red_number) == (FapiaoState.RED_REVERSED, RED)
    ask(buyer, order, title="临江大学计算机学院")
    assert request_of(order).state is FapiaoState.REQUESTED
    decline = f"/orders/{order.code}/fapiao/{request_of(order).id}/decline"
    assert desk.post(decline, data={"reason": "", "version": request_of(order).version}).status_code == 422
    assert desk.post(decline, data={"reason": "twice", "version": request_of(order).version}).status_code == 303
    assert "twice" in buyer.get(f"/orders/{order.code}").text


def test_the_code_of_a_unit_its_shape_and_its_check_digit(order: Order, buyer: FlaskClient) -> None:
    pay(order)
    assert "18 digits" in ask(buyer, order, 422, credit_code=MISSHAPEN)
    refused = ask(buyer, order, 422, credit_code=DOUBTFUL)
    assert "check digit" in refused
    assert 'name="code_confirmed"' in refused
    assert DOUBTFUL in refused
    ask(buyer, order, credit_code=f" {DOUBTFUL.lower()} ", code_confirmed="y")
    assert (request_of(order).credit_code, request_of(order).code_confirmed) == (DOUBTFUL, True)


def test_a_person_needs_no_code_and_gets_no_special_one(order: Order, buyer: FlaskClient) -> None:
    pay(order)
    ask(buyer, order, 422, title_kind="person", type="special")
    ask(buyer, order, 422, type="special", address="1 Road", unit_phone="1", bank="Bank")
    ask(buyer, order, title_kind="person", title="张伟", credit_code="")
    assert request_of(order).credit_code == ""


def test_two_over_one_order_and_never_more_than_was_paid(order: Order, buyer: FlaskClient) -> None:
    pay(order)
    ask(buyer, order, 422, amount="100.01")
    ask(buyer, order, 422, amount="a lot")
    ask(buyer, order, amount="30")
    ask(buyer, order, 422, amount="70.01")
    ask(buyer, order)
    amounts = db.session.scalars(select(FapiaoRequest.amount).order_by(FapiaoRequest.id))
    assert list(amounts) == [30_00, 70_00]


def test_refunded_meanwhile(order: Order, buyer: FlaskClient, desk: FlaskClient) -> None:
    """A request over money that went back is not issued; one that was issued is to be reversed."""
    pay(order)
    ask(buyer, order, amount="50")
    first = request_of(order)
    issue = {"number": NUMBER, "on": "2026-03-11", "version": first.version}
    assert desk.post(f"/orders/{order.code}/fapiao/{first.id}", data=issue).status_code == 303
    ask(buyer, order)
    desk.post(f"/orders/{order.code}/refund", data={"amount": "100", "reason": "ill"})
    second = request_of(order)
    late = {"number": RED, "on": "2026-03-11", "version": second.version}
    refused = desk.post(f"/orders/{order.code}/fapiao/{second.id}", data=late)
    assert refused.status_code == 422
    assert "Decline this request" in refused.text
    assert "To be reversed" in desk.get("/treasury/").text


def test_dues_get_a_dues_bill_and_fees_a_fapiao(app: Flask, desk: FlaskClient) -> None:
    person, at = factories.person(), clock.now()
    due = order_for(make.due(person, make.tier()), actor=factories.viewer(person).actor, at=at)
    pay(due)
    client = factories.sign_in(app.test_client(), person)
    page = client.get(f"/orders/{due.code}").text
    assert "Ask for a dues bill" in page
    assert "Ask for a fapiao" not in page
    assert client.post(f"/orders/{due.code}/fapiao", data=asked()).status_code == 422
    plain = {"title_kind": "person", "title": "Zhang Wei", "email": "wei@example.org"}
    assert client.post(f"/orders/{due.code}/dues-bill", data=plain).status_code == 303
    row = request_of(due)
    assert (row.kind, row.item, row.amount) == (FapiaoKind.DUES_BILL, "会费", 200_00)
    assert "Zhang Wei" in desk.get("/treasury/dues-bills").text
    assert "Zhang Wei" not in desk.get("/treasury/fapiao").text
    here = f"/orders/{due.code}/fapiao/{row.id}"
    on = {"on": "2026-03-11", "version": row.version}
    assert desk.post(here, data={"number": "0000000001", **on}).status_code == 422
    assert desk.post(here, data={"number": NUMBER, "batch": "11010126", **on}).status_code == 422
    assert desk.post(here, data={"number": "0000000001", "batch": "11010126", **on}).status_code == 303
    assert (request_of(due).batch, request_of(due).number) == ("11010126", "0000000001")


def test_an_order_of_both_is_covered_by_one_of_each(app: Flask) -> None:
    person, at = factories.person(), clock.now()
    lines = [
        NewLine(LocalizedText("Fee", "会议费"), 300_00, "tests", "1"),
        NewLine(LocalizedText("Dues", "会费"), 200_00, "tests", "2", bill=FapiaoKind.DUES_BILL),
    ]
    order = orders.place(person.id, lines, currency="CNY", actor=factories.viewer(person).actor, at=at)
    assert uncovered(order) == {FapiaoKind.FAPIAO: 0, FapiaoKind.DUES_BILL: 0}
    pay(order)
    assert uncovered(order) == {FapiaoKind.FAPIAO: 300_00, FapiaoKind.DUES_BILL: 200_00}


def test_an_event_s_treasurer_has_that_event_s_till_only(app: Flask, order: Order) -> None:
    event = factories.event()
    mine = place(factories.person(), 10_00, event_id=event.id)
    client = factories.sign_in(app.test_client(), factories.grant(event, Role.TREASURER))
    listed = client.get("/treasury/").text
    assert mine.code in listed
    assert order.code not in listed
    assert client.get(f"/orders/{mine.code}").status_code == 200
    for action in ("refund", "send-back"):
        assert client.post(f"/orders/{order.code}/{action}").status_code == 404
    assert mine.code in client.get("/treasury/?format=csv").text
    assert order.code not in client.get("/treasury/?format=csv").text


@pytest.mark.parametrize("path", ["", "ledger", "fapiao", "dues-bills", "ways"])
def test_the_desk_is_not_there_for_others(path: str, app: Flask, order: Order, buyer: FlaskClient) -> None:
    admin = factories.sign_in(app.test_client(), factories.admin())
    for client in (app.test_client(), buyer, admin):
        assert client.get(f"/treasury/{path}").status_code in {302, 303, 404}


def test_the_desk_asks_as_often_for_three_as_for_one(app: Flask, desk: FlaskClient, queries: QueryCounter) -> None:
    counts = []
    for n in (1, 2):
        for _ in range(n):
            order = place(factories.person(), 60_00)
            begin(order, "transfer")
            paid = place(factories.person(), 60_00)
            pay(paid)
            ask(factories.sign_in(app.test_client(), paid.buyer), paid)
        with queries:
            for path in ("", "ledger", "fapiao", "dues-bills"):
                assert desk.get(f"/treasury/{path}").status_code == 200
        counts.append(queries.count)
    assert counts[0] == counts[1] < 60


def test_an_order_expires_although_its_transfer_was_only_begun(order: Order) -> None:
    begin(order, "transfer")
    with clock.frozen(clock.now() + timedelta(days=8)):
        queue.drain()
    assert factories.refreshed(order).state is OrderState.EXPIRED
