"""Stripe's messages: signed as the real ones are, by Stripe's own library."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import stripe
from flask import Flask
from flask.testing import FlaskClient

from confsys.core import clock
from confsys.payments.models import Order
from confsys.payments.states import OrderState
from tests import factories
from tests.payments.till import begin, place

SECRET = "whsec_for_this_test"


@pytest.fixture
def order(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Order:
    given = replace(app.extensions["settings"], stripe_secret_key="sk_test_none", stripe_webhook_secret=SECRET)
    monkeypatch.setitem(app.extensions, "settings", given)
    return place(factories.person(), 50_00)


def deliver(client: FlaskClient, order: Order, *, secret: str = SECRET, age: int = 0, amount: int = 50_00) -> int:
    payment = begin(order, "stripe")
    body = json.dumps(
        {
            "id": "evt_1", "type": "checkout.session.completed",
            "data": {
                "object": {
                    "payment_status": "paid", "amount_total": amount, "currency": "cny", "payment_intent": "pi_1",
                    "metadata": {"payment": payment.code},
                }
            },
        }
    )  # fmt: skip
    moment = int(clock.now().timestamp()) - age
    header = stripe.WebhookSignature.generate_signature_header(body, secret, moment)
    return client.post("/pay/callbacks/stripe", data=body, headers={"Stripe-Signature": header}).status_code


def test_a_signed_message_pays_the_order(order: Order, client: FlaskClient) -> None:
    assert deliver(client, order) == 200
    assert factories.refreshed(order).state is OrderState.PAID


def test_a_message_signed_by_somebody_else_or_too_old_is_refused(order: Order, client: FlaskClient) -> None:
    assert deliver(client, order, secret="whsec_of_somebody_else") == 400
    assert deliver(client, order, age=3600) == 400
    assert factories.refreshed(order).state is OrderState.OPEN


def test_another_amount_does_not_pay_the_whole(order: Order, client: FlaskClient) -> None:
    assert deliver(client, order, amount=1) == 200
    assert factories.refreshed(order).state is OrderState.OPEN
