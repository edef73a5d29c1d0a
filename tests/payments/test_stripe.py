"""Stripe Checkout against a Stripe of our own: whatever its messages do, an order is paid once and by what came."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from confsys.core import clock, queue
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.payments.models import LedgerEntry, Order, Payment, ProviderNotice, Refund
from confsys.payments.operations import refunds
from confsys.payments.queries import ledger
from confsys.payments.states import NoticeOutcome, OrderState, PaymentState, RefundState
from tests import factories
from tests.payments.fake_stripe import KEY, SECRET, FakeStripe, running, signed
from tests.payments.till import place, treasurer
from tests.shared import ROOT

WEEK = timedelta(days=7)


@pytest.fixture(scope="module")
def server() -> Iterator[FakeStripe]:
    with running() as fake:
        yield fake


@pytest.fixture
def stripe(app: Flask, server: FakeStripe, monkeypatch: pytest.MonkeyPatch) -> FakeStripe:
    """Well, empty, and set up in the settings."""
    given = replace(
        app.extensions["settings"], stripe_secret_key=KEY, stripe_webhook_secret=SECRET, stripe_api=server.address
    )
    monkeypatch.setitem(app.extensions, "settings", given)
    server.mood = "well"
    server.objects.clear()
    server.seen.clear()
    return server


@pytest.fixture
def order(stripe: FakeStripe, client: FlaskClient) -> Order:
    """One of 50 yuan whose buyer went to Stripe's page."""
    made = place(factories.person(), 50_00)
    factories.sign_in(client, made.buyer)
    answer = client.post(f"/orders/{made.code}/pay", data={"provider": "stripe"})
    assert (answer.status_code, answer.location) == (303, "https://pay.invalid/c/1")
    return made


def deliver(client: FlaskClient, event: dict[str, Any], **how: Any) -> int:
    body, headers = signed(event, **how)
    return client.post("/pay/callbacks/stripe", data=body, headers=headers).status_code


def state(order: Order) -> OrderState:
    return factories.refreshed(order).state


def outcomes() -> list[NoticeOutcome]:
    return list(db.session.scalars(select(ProviderNotice.outcome).order_by(ProviderNotice.id)))


def test_going_there_paying_and_being_told(order: Order, stripe: FakeStripe, client: FlaskClient) -> None:
    assert stripe.session()["amount_total"] == 50_00
    assert deliver(client, stripe.pay()) == 200
    assert (state(order), ledger.balance(order)) == (OrderState.PAID, 0)
    assert order.payments[0].external_id.startswith("pi_")


def test_told_twice_and_by_another_event_counts_once(order: Order, stripe: FakeStripe, client: FlaskClient) -> None:
    event = stripe.pay()
    again = stripe.event("checkout.session.async_payment_succeeded", stripe.session())
    assert [deliver(client, one) for one in (event, event, again)] == [200, 200, 200]
    assert ledger.received(order) == 50_00
    assert outcomes() == [NoticeOutcome.APPLIED, NoticeOutcome.REPEATED]


def test_forged_and_too_old_messages_change_nothing(order: Order, stripe: FakeStripe, client: FlaskClient) -> None:
    event = stripe.pay()
    body, headers = signed(event)
    assert deliver(client, event, secret="whsec_of_somebody_else") == 400
    assert deliver(client, event, age=3600) == 400
    assert deliver(client, event, age=-3600) == 400
    cheaper = body.replace(b"5000", b"1000")
    assert client.post("/pay/callbacks/stripe", data=cheaper, headers=headers).status_code == 400
    assert client.post("/pay/callbacks/stripe", data=body).status_code == 400
    assert (state(order), outcomes()) == (OrderState.OPEN, [])


def test_another_amount_counts_as_it_came(order: Order, stripe: FakeStripe, client: FlaskClient) -> None:
    assert deliver(client, stripe.pay(amount_total=20_00)) == 200
    assert (state(order), ledger.balance(order)) == (OrderState.OPEN, 30_00)
    client.post(f"/orders/{order.code}/pay", data={"provider": "stripe"})
    assert stripe.session()["amount_total"] == 30_00


def test_another_currency_is_not_counted_and_the_treasurer_sees_it(
    order: Order, stripe: FakeStripe, client: FlaskClient, app: Flask
) -> None:
    assert deliver(client, stripe.pay(currency="usd")) == 200
    assert (state(order), outcomes()) == (OrderState.OPEN, [NoticeOutcome.OTHER_CURRENCY])
    desk = factories.sign_in(app.test_client(), treasurer())
    assert "$50.00" in desk.get("/treasury/").text


def test_messages_in_the_wrong_order(order: Order, stripe: FakeStripe, client: FlaskClient) -> None:
    """The end of a page that was left is told after, or before, the success of the same payment."""
    expired = stripe.event("checkout.session.expired", stripe.session())
    paid = stripe.pay()
    assert [deliver(client, expired), deliver(client, paid)] == [200, 200]
    assert state(order) is OrderState.PAID
    assert deliver(client, stripe.event("checkout.session.expired", stripe.session())) == 200
    assert (state(order), order.payments[0].state) == (OrderState.PAID, PaymentState.SUCCEEDED)


def test_a_page_that_waits_for_its_bank_is_not_paid_yet(order: Order, stripe: FakeStripe, client: FlaskClient) -> None:
    stripe.session().update(status="complete", payment_status="unpaid")
    assert deliver(client, stripe.event("checkout.session.completed", stripe.session())) == 200
    assert state(order) is OrderState.OPEN
    assert deliver(client, stripe.pay()) == 200
    assert state(order) is OrderState.PAID


def test_messages_of_others_are_kept_for_the_treasurer(
    order: Order, stripe: FakeStripe, client: FlaskClient, app: Flask
) -> None:
    foreign = stripe.new("cs", object="checkout.session", payment_status="paid", amount_total=1, currency="cny")
    assert deliver(client, stripe.event("checkout.session.completed", foreign)) == 200
    assert deliver(client, stripe.event("customer.created", {"id": "cus_1"})) == 200
    assert deliver(client, {"id": "evt_thin", "type": "v2.core.event"}) == 200
    assert outcomes() == [NoticeOutcome.UNKNOWN]
    desk = factories.sign_in(app.test_client(), treasurer())
    assert "about no payment of ours" in desk.get("/treasury/").text


def test_a_lost_message_is_asked_for(order: Order, stripe: FakeStripe, client: FlaskClient) -> None:
    event = stripe.pay()
    with clock.frozen(clock.now() + timedelta(minutes=14)):
        queue.drain()
        assert state(order) is OrderState.OPEN
    with clock.frozen(clock.now() + timedelta(minutes=16)):
        queue.drain()
        assert state(order) is OrderState.PAID
        assert deliver(client, event) == 200
    assert ledger.received(order) == 50_00


def test_nobody_is_let_go_before_stripe_was_asked(order: Order, stripe: FakeStripe) -> None:
    """Stripe was away each time; when the order's time is up it is back, and the order is paid, not expired."""
    stripe.pay()
    stripe.mood = "away"
    with clock.frozen(clock.now() + WEEK - timedelta(minutes=1)):
        queue.drain()
    stripe.mood = "well"
    with clock.frozen(clock.now() + WEEK):
        queue.drain()
    assert state(order) is OrderState.PAID


def test_an_absent_stripe_does_not_hold_places_for_ever(order: Order, stripe: FakeStripe, client: FlaskClient) -> None:
    event = stripe.pay()
    stripe.mood = "away"
    with clock.frozen(clock.now() + WEEK):
        queue.drain()
        assert state(order) is OrderState.EXPIRED
        assert deliver(client, event) == 200, "late money revives it"
    assert state(order) is OrderState.PAID


def test_a_page_that_was_left_is_closed_and_another_opens(
    order: Order, stripe: FakeStripe, client: FlaskClient
) -> None:
    stripe.session()["status"] = "expired"
    with clock.frozen(clock.now() + timedelta(hours=25)):
        queue.drain()
    assert order.payments[0].state is PaymentState.FAILED
    client.post(f"/orders/{order.code}/pay", data={"provider": "stripe"})
    assert db.session.scalar(select(func.count(Payment.id))) == 2


def test_going_there_twice_opens_one_page_even_when_the_answer_was_lost(
    stripe: FakeStripe, client: FlaskClient
) -> None:
    order = place(factories.person(), 50_00)
    factories.sign_in(client, order.buyer)
    stripe.mood = "loses answers"
    page = client.post(f"/orders/{order.code}/pay", data={"provider": "stripe"}, follow_redirects=True)
    assert "does not answer at the moment" in page.text
    stripe.mood = "well"
    assert client.post(f"/orders/{order.code}/pay", data={"provider": "stripe"}).status_code == 303
    assert len(stripe.objects) == 1
    assert db.session.scalar(select(func.count(Payment.id))) == 1


def test_a_refund_is_sent_once_though_its_answer_is_lost(order: Order, stripe: FakeStripe, client: FlaskClient) -> None:
    deliver(client, stripe.pay())
    refunds.take_back(order, 20_00, actor=Actor(), at=clock.now())
    stripe.mood = "loses answers"
    queue.drain()
    (refund,) = db.session.scalars(select(Refund))
    assert refund.state is RefundState.REQUESTED
    stripe.mood = "well"
    with clock.frozen(clock.now() + timedelta(hours=1)):
        queue.drain()
        assert factories.refreshed(refund).state is RefundState.SENT
        told = stripe.event("refund.updated", stripe.refunds()[0])
        assert deliver(client, told) == 200
    assert [one["amount"] for one in stripe.refunds()] == [20_00]
    entries = select(func.count()).select_from(LedgerEntry).where(LedgerEntry.refund_id == refund.id)
    assert db.session.scalar(entries) == 1
    assert ledger.balance(order) == 0


def test_a_slow_refund_is_settled_by_its_message(order: Order, stripe: FakeStripe, client: FlaskClient) -> None:
    deliver(client, stripe.pay())
    made = refunds.take_back(order, 50_00, actor=Actor(), at=clock.now())
    stripe.new("re", object="refund", status="pending")
    stripe._kept[f"refund-{made[0].code}"] = stripe.refunds()[0]["id"]
    queue.drain()
    assert factories.refreshed(made[0]).state is RefundState.REQUESTED
    done = {**stripe.refunds()[0], "status": "succeeded",
            "metadata": {"refund": made[0].code, "payment": order.payments[0].code}}  # fmt: skip
    assert deliver(client, stripe.event("refund.updated", done)) == 200
    assert factories.refreshed(made[0]).state is RefundState.SENT


def test_a_refund_that_stripe_refuses_is_for_the_treasurer(
    order: Order, stripe: FakeStripe, client: FlaskClient
) -> None:
    deliver(client, stripe.pay())
    made = refunds.take_back(order, 50_00, actor=Actor(), at=clock.now())
    stripe.mood = "refuses"
    queue.drain()
    assert factories.refreshed(made[0]).state is RefundState.FAILED
    refunds.settle_refund(made[0], actor=Actor(), at=clock.now())
    assert ledger.balance(order) == 0


def test_nothing_about_this_machine_is_sent(order: Order, stripe: FakeStripe, client: FlaskClient) -> None:
    """The library would send how long its calls took, a number of this machine, and its platform."""
    client.post(f"/orders/{order.code}/pay", data={"provider": "stripe"})
    assert len(stripe.seen) == 2
    for headers in stripe.seen:
        assert "X-Stripe-Client-Telemetry" not in headers
        assert not {"telemetry_id", "platform", "uname"} & set(headers["X-Stripe-Client-User-Agent"].split('"'))


def test_without_keys_there_is_no_stripe_and_the_desk_says_what_it_lacks(app: Flask, client: FlaskClient) -> None:
    order = place(factories.person(), 50_00)
    factories.sign_in(client, order.buyer)
    assert "pay-stripe" not in client.get(f"/orders/{order.code}").text
    assert client.post(f"/orders/{order.code}/pay", data={"provider": "stripe"}).status_code == 400
    assert client.post("/pay/callbacks/stripe", data=b"{}").status_code == 404
    assert client.get("/treasury/ways").status_code == 404
    desk = factories.sign_in(app.test_client(), treasurer())
    page = desk.get("/treasury/ways").text
    assert "CONFSYS_STRIPE_SECRET_KEY" in page
    assert "/pay/callbacks/stripe" in page


def test_a_house_with_no_way_to_pay_says_so(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    order = place(factories.person(), 50_00)
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], mode="production"))
    page = factories.sign_in(client, order.buyer).get(f"/orders/{order.code}")
    assert page.status_code == 200
    assert "No way to pay is set up" in page.text


def test_no_key_of_stripe_is_in_the_repository() -> None:
    """Real ones have a long random part after their prefix."""
    found = subprocess.run(
        ["git", "grep", "-nE", r"(sk|rk)_(live|test)_[0-9A-Za-z]{16,}|whsec_[0-9A-Za-z+/]{24,}"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (found.returncode, found.stdout) == (1, "")
